"""The default writer: the sentences of the articles that answer, word for word.

Needs no language model. A question and the passages that a search found go in; the one to four
sentences that answer come out, each an exact span of its article, or the plain word that the
articles do not tell, with the nearest passages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from assistant.answer import Answer, Citation, Figure, Sentence, Source
from assistant.claims.statements import relation, same_statement
from assistant.facts import Fact, FactKind, facts, known_names
from assistant.ranking import Candidate, compared, features, fitted, nearest, new_to
from assistant.silence import MANY, answering
from assistant.speech import asked_speaker, leans, reports_speech, says
from assistant.support import same
from corpus.arabic import is_arabic
from corpus.article import Article
from corpus.sentences import sentence_spans
from corpus.words import forms, stem, word_forms, words
from vectorstore.matching import Rarity, Translate, Wanted, alike, coverage, read_text, read_wanted
from vectorstore.query import Hit
from vectorstore.questions import Kind, Question, read_question

_QUOTED = 3  # sentences at the most, besides those that another leans on
_EXCERPT = 1500  # characters of an article under one number
_LIKELY = 0.02  # a further sentence is quoted when it is this likely beside the first
_SPOKEN = 4.0  # what it weighs that a sentence gives the words of the speaker asked about
_MOST = 4  # sentences that give a figure each
_AS_WELL = 0.4  # share of the best sentence's coverage that a differing one must have
_AS_WELL_ACROSS = 0.25  # the same of a sentence in another language than the question's
_COMPARED = 12  # sentences that are looked at for differing figures
_BESIDE = 8  # words between a figure and what it counts
_SAME_WORD = 0.3  # coverage from which two forms are one word («هجوم», «هجمات»)
_ONE_EVENT = 90  # days between reports that may contradict each other
_OF = word_forms("of in at to from de des du d à au aux en")
_COPIES = 2  # further articles that are cited for the same words
_AGREEING = 3  # further sources that are cited for the same figure
_NEAREST = 3  # passages shown when the articles do not answer

_MARKED: dict[Kind, FactKind] = {
    "who": "name",
    "when": "date",
    "count": "number",
    "said": "quotation",
}


_STATED: dict[Kind, frozenset[FactKind]] = {
    "count": frozenset({"number"}),
    "when": frozenset({"date", "number"}),
}
_TIMES = word_forms(
    "قرن القرن عام العام سنة السنة عندما حين century centuries year when siècle année quand"
)


@dataclass(frozen=True, slots=True)
class _Scored:
    hit: Hit
    start: int
    end: int
    candidate: Candidate
    score: float


def quote(
    question: str,
    hits: Sequence[Hit],
    *,
    rarity: Rarity = alike,
    translate: Translate | None = None,
    reports: Mapping[str, str] = MappingProxyType({}),
    among: int = MANY,
) -> Answer:
    """Answers a question with sentences of the passages that were found.

    Args:
        question: As asked, self-contained.
        hits: What a search found, best first.
        rarity: How rare a stem is in a language at large; every word alike where not given.
        translate: Stems of the articles' language for one of the question's.
        reports: By article, the report that it is a copy of; by itself where not given. Copies
            of one report do not bear each other out.
        among: Among how many passages the search looked; the fewer, the less by chance.
    """
    if not hits:
        return Answer(question, abstained=True, mode="quote", sentences=(), sources=())
    asked = read_question(question)
    wanted = {
        language: read_wanted(asked, language, rarity, translate)
        for language in {_language(hit.article) for hit in hits}
    }
    ranked = rank_sentences(asked, hits, wanted)
    best: dict[str, float] = {}
    for one in ranked:
        best.setdefault(one.candidate.language, one.score)
    languages = answering(asked, hits, wanted, best, among)
    languages -= {language for language in languages if not _states(asked, language, ranked)}
    ranked = [one for one in ranked if one.candidate.language in languages]
    if not ranked:
        return Answer(question, True, "quote", (), nearest_sources(hits))
    ranked = _spoken(asked, wanted, ranked)
    told = _told(asked, wanted, ranked, reports, translate)
    chosen = _choose(ranked, [own[0] for own in told])
    quoted = [
        (own[0].hit, start, end, own, *_others(own, (start, end), ranked, told))
        for (start, end), own in _joined(chosen)
    ]
    sources = number_sources(
        [
            span
            for hit, start, end, _, copies, agreeing in quoted
            for span in [(hit, start, end), *copies, *agreeing]
        ]
    )
    sentences = tuple(
        Sentence(
            text=hit.article.text[start:end],
            citations=(
                cite(sources, hit.article, start, end),
                *(cite(sources, copy.article, first, last) for copy, first, last in copies),
            ),
            also=tuple(cite(sources, other.article, a, b) for other, a, b in agreeing),
            support="supported",
            marks=tuple(
                (a + one.start - start, b + one.start - start)
                for one in own
                for a, b in _marks(asked, wanted[_language(hit.article)], one.candidate)
            ),
        )
        for hit, start, end, own, copies, agreeing in quoted
    )
    figures = _figures(asked, wanted, told, sources)
    return Answer(question, False, "quote", sentences, sources, figures=figures)


def rank_sentences(
    question: Question, hits: Sequence[Hit], wanted: Mapping[str, Wanted]
) -> list[_Scored]:
    """Scores the sentences of the passages, best first."""
    found = candidates(hits)
    sentences = [candidate for _, _, _, candidate in found]
    values = [features(question, wanted[one.language], one) for one in sentences]
    weights = fitted()
    scored = [
        _Scored(hit, start, end, candidate, weights.score(value))
        for (hit, start, end, candidate), value in zip(
            found, compared(question, sentences, values), strict=True
        )
    ]
    return sorted(scored, key=lambda one: -one.score)


def _states(question: Question, language: str, ranked: Sequence[_Scored]) -> bool:
    """Tells whether the best sentences of a language state what could answer at all.

    How many is answered by a number, and when by a date or a number; of other questions, nothing
    so plain can be told.
    """
    kinds = _STATED.get(question.kind)
    best = [one.candidate.text for one in ranked if one.candidate.language == language][:_QUOTED]
    return (
        kinds is None
        or any(
            fact.kind in kinds and new_to(question, fact) for text in best for fact in facts(text)
        )
        or any(_two(question, text) for text in best)
        or (question.kind == "when" and any(not _TIMES.isdisjoint(forms(text)) for text in best))
    )


def _two(question: Question, text: str) -> bool:
    """Tells whether Arabic counts two by the noun's ending («كم لقاءً؟», «لقاءين»)."""
    counted = {
        word.form.removesuffix("ا")
        for word in question.words
        if question.kind == "count" and stem(word.form, question.language) in question.focus
    }
    return any(word.form[-2:] in ("ين", "ان") and word.form[:-2] in counted for word in words(text))


def candidates(hits: Sequence[Hit]) -> list[tuple[Hit, int, int, Candidate]]:
    """The sentences of the passages, each once, with what surrounds them."""
    found: list[tuple[Hit, int, int, Candidate]] = []
    seen: set[tuple[str, int]] = set()
    of_language: dict[str, list[float]] = {}
    for hit in hits:
        language = _language(hit.article)
        scores = of_language.setdefault(language, [])
        scores.append(hit.score)
        text = hit.article.text
        spans = _spans(text)
        for position, (start, end) in enumerate(spans):
            inside = hit.passage.start <= start and end <= hit.passage.end
            if not inside or (hit.article.id, start) in seen:
                continue
            seen.add((hit.article.id, start))
            before = spans[position - 1] if position else (0, 0)
            after = spans[position + 1] if position + 1 < len(spans) else (0, 0)
            candidate = Candidate(
                text=text[start:end],
                before=text[slice(*before)],
                after=text[slice(*after)],
                title=hit.article.title,
                passage=hit.passage.text,
                language=language,
                position=position,
                rank=len(scores) - 1,
                score=hit.score / (scores[0] or 1.0),
                relevance=hit.relevance,
            )
            found.append((hit, start, end, candidate))
    return found


@lru_cache(maxsize=512)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


def _language(article: Article) -> str:
    return article.language or "ar"


def _spoken(
    question: Question, wanted: Mapping[str, Wanted], ranked: list[_Scored]
) -> list[_Scored]:
    """Puts the words of the speaker who is asked about first, and leaves out those of others.

    Where he says nothing, all stays as it is.
    """
    speaker = asked_speaker(question)
    his = [
        bool(speaker) and says(question, speaker, wanted[one.candidate.language], one.candidate)
        for one in ranked
    ]
    if not any(his):
        return ranked
    kept = [
        replace(one, score=one.score + _SPOKEN * spoken)
        for one, spoken in zip(ranked, his, strict=True)
        if spoken or not reports_speech(one.candidate.text)
    ]
    return sorted(kept, key=lambda one: -one.score)


def _choose(ranked: Sequence[_Scored], differing: Sequence[_Scored]) -> list[_Scored]:
    """The best sentence, those that give another figure, and those nearly as likely."""
    chosen = list(ranked[:1])
    chosen += [one for one in differing if one not in chosen][: _MOST - 1]
    for one in ranked:
        if len(_joined(chosen)) >= _QUOTED or one.score < ranked[0].score + math.log(_LIKELY):
            break
        if not any(_repeats(one, other) for other in chosen):
            chosen.append(one)
    return chosen


def _joined(chosen: Sequence[_Scored]) -> list[tuple[tuple[int, int], list[_Scored]]]:
    """The spans to quote, with what is chosen in each: none is quoted twice.

    A sentence that leans on the one before brings it with it, which may be chosen itself.
    """
    joined: list[tuple[tuple[int, int], list[_Scored]]] = []
    for one in chosen:
        start, end = _with_antecedent(one)
        for n, ((first, last), own) in enumerate(joined):
            if own[0].hit.article.id == one.hit.article.id and start < last and first < end:
                joined[n] = (min(first, start), max(last, end)), [*own, one]
                break
        else:
            joined.append(((start, end), [one]))
    return joined


def _told(
    question: Question,
    wanted: Mapping[str, Wanted],
    ranked: Sequence[_Scored],
    reports: Mapping[str, str],
    translate: Translate | None,
) -> list[list[_Scored]]:
    """Sentences of independent sources by what they answer: those that agree stand together.

    Only such as cover the question about as well as the best does, and state their figure beside
    one of its first words: another figure of another thing is no contradiction. Another name is
    never one. Nothing where the best sentence states no figure, or no other source does.
    """
    told: list[tuple[Fact, list[_Scored]]] = []
    seen: set[str] = set()
    best = _covered(wanted, ranked[0])
    for one in ranked[:_COMPARED]:
        fact = _comparable(question, wanted, one, beside=one is not ranked[0])
        own_language = one.candidate.language == question.language
        least = best * (_AS_WELL if own_language else _AS_WELL_ACROSS)
        article = one.hit.article
        if article.source is None and article.date is None:
            continue  # whose figure it is, and of when, could not be said
        marks = {reports.get(article.id, article.id), article.source or article.id}
        if fact is None or marks & seen or _covered(wanted, one) < least:
            continue
        seen |= marks
        with_it = next((own for other, own in told if same(fact, other, translate)), None)
        if with_it is not None:
            if not any(_repeats(one, other) for other in with_it):
                with_it.append(one)
        elif not told or (fact.kind != "name" and _same_time(told[0][1][0], one)):
            told.append((fact, [one]))
    groups = [own for _, own in told]
    alone = sum(map(len, groups)) < 2
    return [] if alone or groups[0][0] is not ranked[0] else groups[:_MOST]


def _comparable(
    question: Question, wanted: Mapping[str, Wanted], one: _Scored, *, beside: bool
) -> Fact | None:
    """What a sentence answers, where another source's answer can be held against it.

    Args:
        question: What is asked.
        wanted: The question's words by language.
        one: The sentence.
        beside: Whether what it answers must stand beside what is counted or dated.
    """
    fact = _answering(question, wanted[one.candidate.language], one.candidate)
    if fact is None or fact.kind == "quotation":
        return None
    if beside and not _beside_focus(question, wanted, one, fact):
        return None
    half_named = fact.kind == "name" and " " not in fact.value
    weekday = fact.value.startswith("day-")  # of which week, it does not say
    return None if half_named or weekday else fact


def _same_time(one: _Scored, other: _Scored) -> bool:
    """Tells whether two reports may be of one event, as far as their days tell."""
    a, b = one.hit.article.date, other.hit.article.date
    return a is None or b is None or abs((a - b).days) <= _ONE_EVENT


def _figures(
    question: Question,
    wanted: Mapping[str, Wanted],
    told: Sequence[Sequence[_Scored]],
    sources: Sequence[Source],
) -> tuple[Figure, ...]:
    """What the sources tell, as numbers and dates with the sources' numbers; the newest marked."""
    newest = max((d for own in told for one in own if (d := one.hit.article.date)), default=None)
    figures = []
    for own in told:
        first = own[0]
        fact = _answering(question, wanted[first.candidate.language], first.candidate)
        numbers = [
            cite(sources, one.hit.article, one.start, one.end).n for one in own[: 1 + _AGREEING]
        ]
        figures.append(
            Figure(
                first.candidate.text[fact.start : fact.end] if fact else "",
                tuple(numbers),
                len(told) > 1
                and newest is not None
                and any(one.hit.article.date == newest for one in own),
            )
        )
    return tuple(figures)


def _covered(wanted: Mapping[str, Wanted], one: _Scored) -> float:
    words = wanted[one.candidate.language]
    return words.share(coverage(words, read_text(one.candidate.text, one.candidate.language)))


def _beside_focus(
    question: Question, wanted: Mapping[str, Wanted], one: _Scored, fact: Fact
) -> bool:
    """Tells whether a figure stands within a few words of what is counted or dated."""
    words_of = wanted[one.candidate.language]
    around = words(one.candidate.text)
    at = sum(word.start < fact.start for word in around)
    near = " ".join(word.form for word in around[max(0, at - _BESIDE) : at + _BESIDE + 1])
    found = coverage(words_of, read_text(near, one.candidate.language))
    by_stem = dict(zip(question.stems, found, strict=True))
    return max((by_stem.get(one, 0.0) for one in question.focus), default=0.0) >= _SAME_WORD


_Quoted = tuple[Hit, int, int]


def _others(
    own: Sequence[_Scored],
    span: tuple[int, int],
    ranked: Iterable[_Scored],
    told: Sequence[Sequence[_Scored]],
) -> tuple[list[_Quoted], list[_Quoted]]:
    """Other articles that have the words of a quotation, and those that bear out its figure."""
    article = own[0].hit.article
    copies: dict[str, _Quoted] = {}
    for other in ranked:
        start, end = _with_antecedent(other)
        if other.hit.article.id != article.id and same_statement(
            article.text[slice(*span)], other.hit.article.text[start:end]
        ):
            copies.setdefault(other.hit.article.id, (other.hit, start, end))
    agreeing = {
        other.hit.article.id: (other.hit, other.start, other.end)
        for group in told
        if group[0] in own
        for other in group[1 : 1 + _AGREEING]
        if other.hit.article.id not in copies
    }
    return list(copies.values())[:_COPIES], list(agreeing.values())


def _repeats(one: _Scored, other: _Scored) -> bool:
    """Tells whether a sentence says what another says."""
    return relation(one.candidate.text, other.candidate.text) in ("same", "copy")


def _with_antecedent(one: _Scored) -> tuple[int, int]:
    """A sentence's span, drawn back to the one that names who speaks where it only leans."""
    spans = _spans(one.hit.article.text)
    at = spans.index((one.start, one.end))
    first = at
    text = one.hit.article.text
    while first > 0 and at - first < 2 and leans(text[slice(*spans[first])]):
        first -= 1
    return spans[first][0], one.end


def _marks(question: Question, wanted: Wanted, candidate: Candidate) -> list[tuple[int, int]]:
    fact = _answering(question, wanted, candidate)
    return [] if fact is None else [(fact.start, fact.end)]


def _answering(question: Question, wanted: Wanted, candidate: Candidate) -> Fact | None:
    """The number, date, name or quotation that answers, where it can be told."""
    kind = _MARKED.get(question.kind)
    stated = [
        f
        for f in facts(candidate.text)
        if f.kind == kind
        and new_to(question, f)
        and not (kind == "name" and _is_place(candidate.text, f))
    ]
    text = read_text(candidate.text, candidate.language)

    def distance(fact: Fact) -> tuple[bool, float, int]:
        away = nearest(candidate.text, wanted, text, [fact])
        half_named = fact.kind == "name" and " " not in fact.value
        return (half_named, math.inf if away is None else away, fact.start)

    return min(stated, key=distance, default=None)


def _is_place(text: str, name: Fact) -> bool:
    """Tells whether a name in Latin letters is a place's: known as such, or "of" or "in" it."""
    if is_arabic(name.value):
        return False
    before = words(text[: name.start])
    return name.value in known_names() or bool(before and before[-1].form in _OF)


def nearest_sources(hits: Sequence[Hit]) -> tuple[Source, ...]:
    """The nearest passages, for an answer that the articles do not give."""
    return number_sources([(hit, hit.passage.start, hit.passage.end) for hit in hits[:_NEAREST]])


def number_sources(spans: Sequence[tuple[Hit, int, int]]) -> tuple[Source, ...]:
    """Numbers the excerpts in order of first use; one article seldom has two numbers.

    Args:
        spans: What is quoted from which hit, in reading order.
    """
    excerpts: list[tuple[Hit, int, int]] = []
    for hit, start, end in spans:
        start, end = min(start, hit.passage.start), max(end, hit.passage.end)
        for i, (other, first, last) in enumerate(excerpts):
            joined = min(first, start), max(last, end)
            if other.article.id == hit.article.id and joined[1] - joined[0] <= _EXCERPT:
                best = other if other.relevance >= hit.relevance else hit
                excerpts[i] = (best, *joined)
                break
        else:
            excerpts.append((hit, start, end))
    return tuple(
        Source(
            n=n,
            article_id=hit.article.id,
            title=hit.article.title,
            source=hit.article.source,
            date=hit.article.date,
            language=hit.article.language,
            path=hit.article.path,
            url=hit.article.url,
            start=start,
            end=end,
            excerpt=hit.article.text[start:end],
            score=hit.relevance,
        )
        for n, (hit, start, end) in enumerate(excerpts, 1)
    )


def cite(sources: Sequence[Source], article: Article, start: int, end: int) -> Citation:
    """Cites a span of an article under the number of the source whose excerpt holds it."""
    n = next(
        source.n
        for source in sources
        if source.article_id == article.id and source.start <= start and end <= source.end
    )
    return Citation(n, start, end, article.text[start:end])
