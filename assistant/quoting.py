"""The default writer: the sentences of the articles that answer, word for word.

Needs no language model. A question and the passages that a search found go in; the one to four
sentences that answer come out, each an exact span of its article, or the plain word that the
articles do not tell, with the nearest passages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from assistant.answer import Answer, Citation, Sentence, Source
from assistant.claims.statements import relation, same_statement
from assistant.corroboration import Report, corroborated, figures
from assistant.facts import FactKind, facts
from assistant.ranking import (
    Candidate,
    Fitted,
    compared,
    coverage_by_forms,
    features,
    fitted,
    new_to,
)
from assistant.reading import Span, answering_span, counted
from assistant.reading.vocabulary import MEASURES
from assistant.silence import MANY, answering
from assistant.speech import asked_speaker, leans, reports_speech, says
from assistant.support import same
from corpus.article import Article
from corpus.sentences import sentence_spans
from corpus.words import forms, stem, word_forms, words
from vectorstore.matching import Rarity, Translate, Wanted, alike, read_wanted
from vectorstore.query import Hit
from vectorstore.questions import Kind, Question, read_question

_MOST = 4  # sentences at the most, besides those that another leans on
_EXCERPT = 1500  # characters of an article under one number
# How likely a further sentence must be beside the first, where that has no sure answer; and the
# same for a second and a third one where the first is in another language than the question.
# Chosen on ARCD's train part and the sample articles' questions for at most 1.6 quotations an
# answer.
_LIKELY = (0.25,)
_LIKELY_ACROSS = (0.1, 0.3)
_SPOKEN = 4.0  # what it weighs that a sentence gives the words of the speaker asked about
_STATING = 3  # sentences of which one must state what could answer
_COUNTING = 5  # and of which one must give a number of what is counted
_SAME_WORD = 0.5  # coverage from which a word counts as found
_READ = 12  # sentences that are looked at for what else is told
_COPIES = 2  # further articles that are cited for the same words
_AGREEING = 3  # further sources that are cited for the same figure
_NEAREST = 3  # passages shown when the articles do not answer


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
    languages -= {
        language for language in languages if not _states(asked, wanted[language], language, ranked)
    }
    ranked = [one for one in ranked if one.candidate.language in languages]
    if not ranked:
        return Answer(question, True, "quote", (), nearest_sources(hits))
    ranked = _spoken(asked, wanted, ranked)
    readings: Mapping[int, Span] = {
        place: span
        for place, one in enumerate(ranked[:_READ])
        if (span := _reading(asked, wanted, one)) is not None
    }
    ranked, readings = _own_language_first(asked, ranked, readings, translate)
    told = _told(asked, ranked, readings, reports, translate)
    chosen = _choose(asked, ranked, readings, [group[0].place for group in told])
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
            marks=tuple(
                (span.start + one.start - start, span.end + one.start - start)
                for one in own
                if (span := _reading(asked, wanted, one)) is not None
            ),
        )
        for hit, start, end, own, copies, agreeing in quoted
    )
    numbers = {
        report.place: cite(sources, one.hit.article, one.start, one.end).n
        for group in told
        for report in group[: 1 + _AGREEING]
        for one in (ranked[report.place],)
    }
    shown = [[report for report in group if report.place in numbers] for group in told]
    return Answer(
        question,
        False,
        "quote",
        sentences,
        sources,
        figures=figures(shown, numbers, counted(asked)),
    )


def _own_language_first(
    question: Question,
    ranked: list[_Scored],
    readings: Mapping[int, Span],
    translate: Translate | None,
) -> tuple[list[_Scored], Mapping[int, Span]]:
    """Puts the asker's language first where one of its sentences gives the first one's answer."""
    if 0 not in readings or ranked[0].candidate.language == question.language:
        return ranked, readings
    for place, span in readings.items():
        own = ranked[place].candidate.language == question.language
        if own and same(readings[0].fact, span.fact, translate):
            order = [place, *(n for n in range(len(ranked)) if n != place)]
            moved = {n: readings[old] for n, old in enumerate(order) if old in readings}
            return [ranked[n] for n in order], moved
    return ranked, readings


def _reading(question: Question, wanted: Mapping[str, Wanted], one: _Scored) -> Span | None:
    candidate = one.candidate
    around = f"{candidate.title}\n{candidate.before}\n{one.hit.article.date or ''}"
    words_of = wanted[candidate.language]
    return answering_span(question, words_of, candidate.text, candidate.language, around)


def _told(
    question: Question,
    ranked: Sequence[_Scored],
    readings: Mapping[int, Span],
    reports: Mapping[str, str],
    translate: Translate | None,
) -> list[list[Report]]:
    """What independent sources answer, where the best sentence has a sure answer."""
    if 0 not in readings:
        return []
    found = [
        Report(place, one.hit.article, one.candidate.text, one.candidate.language, readings[place])
        for place, one in enumerate(ranked[:_READ])
        if place in readings
    ]
    return corroborated(question, found, reports, translate)


def rank_sentences(
    question: Question,
    hits: Sequence[Hit],
    wanted: Mapping[str, Wanted],
    weights: Fitted | None = None,
) -> list[_Scored]:
    """Scores the sentences of the passages, best first; by the weights that ship, or others."""
    found = candidates(hits)
    sentences = [candidate for _, _, _, candidate in found]
    values = [features(question, wanted[one.language], one) for one in sentences]
    weights = weights or fitted()
    scored = [
        _Scored(hit, start, end, candidate, weights.score(value))
        for (hit, start, end, candidate), value in zip(
            found, compared(question, sentences, values), strict=True
        )
    ]
    return sorted(scored, key=lambda one: -one.score)


def _states(question: Question, wanted: Wanted, language: str, ranked: Sequence[_Scored]) -> bool:
    """Tells whether the best sentences of a language state what could answer at all.

    How many is answered by a number of what is counted, and when by a date or a number; of other
    questions, nothing so plain can be told.
    """
    kinds = _STATED.get(question.kind)
    if kinds is None:
        return True
    best = [one.candidate.text for one in ranked if one.candidate.language == language]
    stated = any(
        _two(question, text)
        or (question.kind == "when" and not _TIMES.isdisjoint(forms(text)))
        or any(fact.kind in kinds and new_to(question, fact) for fact in facts(text, language))
        for text in best[:_STATING]
    )
    return stated and (
        question.kind != "count"
        or any(_counts(question, wanted, language, text) for text in best[:_COUNTING])
    )


def _counts(question: Question, wanted: Wanted, language: str, text: str) -> bool:
    """Tells whether a sentence has a number, and what is counted or measured."""
    numbers = [
        fact for fact in facts(text, language) if fact.kind == "number" and new_to(question, fact)
    ]
    covered = coverage_by_forms(question, wanted, text, language)
    found = dict(zip(question.stems, covered, strict=True))
    focus = [found[one] for one in question.focus if one in found]
    measured = any(word.form in MEASURES for word in question.words) and any(
        fact.quantity is not None and fact.quantity.unit for fact in numbers
    )
    return _two(question, text) or (
        bool(numbers) and (measured or max(focus, default=1.0) >= _SAME_WORD)
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


def _least_likely(question: Question, first: _Scored, chosen: int) -> float:
    """How likely beside the first a further sentence must be."""
    across = first.candidate.language != question.language
    least = _LIKELY_ACROSS if across else _LIKELY
    return least[chosen - 1] if chosen <= len(least) else math.inf


def _choose(
    question: Question,
    ranked: Sequence[_Scored],
    readings: Mapping[int, Span],
    telling: Sequence[int],
) -> list[_Scored]:
    """The best sentence, those that give another figure or deny it, and another as likely.

    Args:
        question: What is asked.
        ranked: All sentences, best first.
        readings: By place, the words that surely answer.
        telling: Places of sentences that give a figure each.
    """
    chosen = [0, *(place for place in telling if place)][:_MOST]
    for place, one in enumerate(ranked):
        if len(chosen) == _MOST:
            break
        if any(_repeats(one, ranked[other]) for other in chosen):
            continue
        first = ranked[0]
        if relation(one.candidate.text, first.candidate.text) == "edited":
            if one.hit.article.id != first.hit.article.id:
                chosen.append(place)  # a copy that was changed: both are shown
        elif place in readings and 0 in readings and _in_other_units(readings[0], readings[place]):
            chosen.append(place)  # neither the same figure nor another one: it speaks for itself
        elif (
            0 not in readings
            and place < _READ
            # In a story's order, and the best sentence first: what stands before it is left out.
            and not (one.hit.article.id == first.hit.article.id and one.start < first.start)
            and one.score >= first.score + math.log(_least_likely(question, first, len(chosen)))
        ):
            chosen.append(place)
    found = [ranked[place] for place in chosen]
    articles = list(dict.fromkeys(one.hit.article.id for one in found))
    return sorted(found, key=lambda one: (articles.index(one.hit.article.id), one.start))


def _in_other_units(one: Span, other: Span) -> bool:
    a, b = one.fact.quantity, other.fact.quantity
    return a is not None and b is not None and (a.unit, a.per) != (b.unit, b.per)


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


_Quoted = tuple[Hit, int, int]


def _others(
    own: Sequence[_Scored],
    span: tuple[int, int],
    ranked: Sequence[_Scored],
    told: Sequence[Sequence[Report]],
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
        if ranked[group[0].place] in own
        for other in (ranked[report.place] for report in group[1 : 1 + _AGREEING])
        if other.hit.article.id not in copies
    }
    return list(copies.values())[:_COPIES], list(agreeing.values())


def _repeats(one: _Scored, other: _Scored) -> bool:
    """Tells whether a sentence says what another says."""
    return relation(one.candidate.text, other.candidate.text) in ("same", "copy")


def _with_antecedent(one: _Scored) -> tuple[int, int]:
    """A sentence's span, drawn back within its paragraph to who speaks, where it only leans."""
    spans = _spans(one.hit.article.text)
    at = spans.index((one.start, one.end))
    first = at
    text = one.hit.article.text
    while (
        first > 0
        and at - first < 2
        and leans(text[slice(*spans[first])])
        and "\n" not in text[spans[first - 1][0] : spans[first][0]]
    ):
        first -= 1
    return spans[first][0], one.end


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
