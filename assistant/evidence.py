"""The sentences of all articles that bear on a topic: gathered, told apart, made into an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.answer import Answer, Mode, Sentence
from assistant.claims.statements import same_statement
from assistant.event_days import event_day
from assistant.facts import facts
from assistant.forms import plurals
from assistant.periods import named_period
from assistant.quoting import cite, nearest_sources, number_sources, rank_sentences
from assistant.silence import answering
from assistant.speech import asked_speaker, leans, reports_speech, says
from assistant.support import claim_coverage, names_someone
from corpus.arabic import is_arabic
from corpus.article import Article
from corpus.dates import find_calendar_dates
from corpus.sentences import sentence_spans
from corpus.words import stem, word_forms, words
from vectorstore.matching import Wanted, coverage, read_text, read_wanted
from vectorstore.query import Filters, Hit
from vectorstore.questions import SAYING, Question, read_question

if TYPE_CHECKING:
    from vectorstore.index import Index

_PASSAGES = 60
_COPY = 0.8  # share of 4-grams in common from which two sentences have the same words
_REPEATED = 0.7  # share of a sentence's weight from which another says as much
_REPEATED_THAT_DAY = 0.4  # the same of either of two sentences about one day
_SPOKEN = 4.0  # what it weighs that a sentence gives the words of the speaker asked about
# The same of sentences in two languages, read off the sample articles: in the one that has more of
# the other, or in both.
_TRANSLATED = 0.6
_TRANSLATED_BOTH = 0.43
_SAME_WORD = 0.3  # coverage from which two forms are one word («هجوم», «هجمات»)
_FEW = 2  # words of a topic of which an article can miss none
_COPIES = 2  # further articles that are cited for the same words
_LED_BACK = 2  # sentences that a quotation is drawn back to who speaks
# Before a time that articles are narrowed to: "in 2021", «في عام 2021».
_WITHIN = word_forms(
    "in during of year في خلال من عام سنة العام شهر en au mois de pendant durant im in jahr während"
)
_INTO_PERIOD = word_forms("in during في خلال en au pendant durant im während")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that bears on a topic, with those before it that it leans on.

    Attributes:
        hit: The passage in which it stands.
        start: Offset of its first character in the article's text.
        end: Offset after its last character.
        language: The language of the article.
        score: The ranker's score; comparable within one search.
        covered: The share of the topic's weight that its words have, in [0, 1].
        about: The same share that the headline and the first sentence of its article have.
        day: The day of what it tells, where it gives one.
    """

    hit: Hit
    start: int
    end: int
    language: str
    score: float
    covered: float
    about: float
    day: dt.date | None

    @property
    def text(self) -> str:
        """Its words."""
        return self.hit.article.text[self.start : self.end]

    @property
    def date(self) -> dt.date | None:
        """The day of what it tells, or else of its publication."""
        return self.day or self.hit.article.date


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a search for a topic brought.

    Attributes:
        evidence: Sentences of the articles that tell of it, best first.
        hits: All passages that were found, best first.
    """

    evidence: Sequence[Evidence]
    hits: Sequence[Hit]


def gather(index: Index, topic: str, filters: Filters | None = None) -> Gathered:
    """Finds the sentences of the articles that tell of a topic.

    An article takes part where an answer to the topic could be quoted from it alone. A time that
    the topic is put in narrows the sentences by their days.

    Args:
        index: The articles.
        topic: What is asked about.
        filters: Which articles may take part.
    """
    bare, period = _apart_from_period(topic)
    if period:
        within = _gather(index, bare, filters)
        inside = [found for found in within.evidence if _inside(found, period)]
        if inside:
            return Gathered(inside, within.hits)
    return _gather(index, topic, filters)


def _gather(index: Index, topic: str, filters: Filters | None) -> Gathered:
    hits = index.search(topic, _PASSAGES, filters)
    among = index.passages(filters)
    asked = read_question(topic)
    wanted = {
        language: read_wanted(asked, language, index.rarity, index.translate)
        for language in {hit.article.language or "ar" for hit in hits}
    }
    ranked = rank_sentences(asked, hits, wanted)
    best: dict[str, float] = {}
    best_of: dict[str, float] = {}
    for sentence in ranked:
        best.setdefault(sentence.candidate.language, sentence.score)
        best_of.setdefault(sentence.hit.article.id, sentence.score)
    languages = answering(asked, hits, wanted, best, among)
    speaker = asked_speaker(asked)
    of_article: dict[str, list[Hit]] = {}
    for hit in hits:
        of_article.setdefault(hit.article.id, []).append(hit)
    telling = {
        article_id
        for article_id, own in of_article.items()
        if article_id in best_of
        and (language := own[0].article.language or "ar") in languages
        and _has_what_tells(asked, wanted[language], own[0].article)
        and answering(asked, own, wanted, {language: best_of[article_id]}, among)
    }
    able = [sentence for sentence in ranked if sentence.hit.article.id in telling]
    spoken = [
        bool(speaker)
        and says(asked, speaker, wanted[sentence.candidate.language], sentence.candidate)
        for sentence in able
    ]
    evidence = [
        _evidence(
            sentence.hit, sentence.start, sentence.end, sentence.score + _SPOKEN * his, wanted
        )
        for sentence, his in zip(able, spoken, strict=True)
        if his or not any(spoken) or not reports_speech(sentence.candidate.text)
    ]
    evidence.sort(key=lambda found: -found.score)
    return Gathered(evidence, hits)


def _has_what_tells(asked: Question, terms: Wanted, article: Article) -> bool:
    """Tells whether an article has the topic's names and, of few words, all."""
    language = article.language or "ar"
    found = coverage(terms, read_text(f"{article.title}\n{article.text}", language))
    names = {
        stem(word.form, asked.language)
        for word in asked.words
        # A topic does not begin a sentence.
        if names_someone(f" {asked.text}", word.start + 1, word.form, asked.language)
    }
    # A word of which no translation is known tells nothing by its absence, unless it is a name
    # that the same letters write.
    known = [n for n, told in enumerate(terms.told) if told > 0]
    one_script = is_arabic(asked.text) == is_arabic(article.text)
    telling = {n for n, form in enumerate(asked.stems) if form in names}
    telling = telling if one_script else telling & set(known)
    if len(asked.stems) <= _FEW and language == asked.language:
        general = SAYING | plurals()
        told = {word.form for word in asked.words if word.form not in general}
        telling |= {n for n in known if terms.forms[n] in told}
    return all(found[n] >= _SAME_WORD for n in telling)


def _evidence(
    hit: Hit, start: int, end: int, score: float, wanted: Mapping[str, Wanted]
) -> Evidence:
    language = hit.article.language or "ar"
    first = _led_back(hit.article.text, start)
    terms = wanted[language]
    found = coverage(terms, read_text(hit.article.text[first:end], language))
    return Evidence(
        hit,
        first,
        end,
        language,
        score,
        covered=terms.share(found),
        about=terms.share(coverage(terms, read_text(_beginning(hit.article), language))),
        day=event_day(hit.article, start, end),
    )


def _beginning(article: Article) -> str:
    spans = sentence_spans(article.text)
    return f"{article.title}\n{article.text[slice(*spans[0])] if spans else ''}"


def _led_back(text: str, start: int) -> int:
    """Where a quotation begins, so that it names who speaks."""
    spans = [span for span in sentence_spans(text) if span[0] <= start]
    for n in range(min(_LED_BACK, len(spans) - 1)):
        place = len(spans) - 1 - n
        gap = text[spans[place - 1][1] : spans[place][0]]
        if not leans(text[slice(*spans[place])]) or "\n" in gap:
            return spans[place][0]
    return spans[max(0, len(spans) - 1 - _LED_BACK)][0]


def _apart_from_period(topic: str) -> tuple[str, tuple[dt.date, dt.date] | None]:
    """A topic without the time that it is put in ("in April 2021"), and that time."""
    dates = [date for date in find_calendar_dates(topic) if date.year is not None]
    if len(dates) != 1:
        return topic, None
    date = dates[0]
    before = words(topic[: date.start])
    kept = len(before)
    while kept and before[kept - 1].form in _WITHIN:
        kept -= 1
    period = named_period(topic)
    if period is None or not any(word.form in _INTO_PERIOD for word in before[kept:]):
        return topic, None
    start = before[kept].start
    bare = " ".join(f"{topic[:start]} {topic[date.end :]}".split())
    return (bare, period) if any(map(str.isalpha, bare)) else (topic, None)


def _inside(found: Evidence, period: tuple[dt.date, dt.date]) -> bool:
    years = {str(year) for year in range(period[0].year, period[1].year + 1)}
    told = {word.form for word in words(found.text)}
    whole_year = (period[1] - period[0]).days > 300
    day = found.date
    return (day is not None and period[0] <= day <= period[1]) or (
        whole_year and not years.isdisjoint(told)
    )


def distinct(
    index: Index, evidence: Iterable[Evidence], most: int, *, most_of_article: int
) -> list[Evidence]:
    """The first sentences of which none says what another says.

    Two of one article that overlap become one.

    Args:
        index: The articles.
        evidence: Sentences, best first.
        most: How many to take at the most.
        most_of_article: How many of one article at the most.
    """
    chosen: list[Evidence] = []
    counted: dict[str, int] = {}
    for found in evidence:
        article_id = found.hit.article.id
        joined = [place for place, other in enumerate(chosen) if overlap(found, other)]
        if joined:
            other = chosen[joined[0]]
            if not (other.start <= found.start and found.end <= other.end):
                start, end = min(found.start, other.start), max(found.end, other.end)
                chosen[joined[0]] = replace(other, start=start, end=end, day=other.day or found.day)
            continue
        if len(chosen) == most or counted.get(article_id, 0) == most_of_article:
            continue
        if any(_repeats(index, found, other) for other in chosen):
            continue
        counted[article_id] = counted.get(article_id, 0) + 1
        chosen.append(found)
    # What grew as it took in a neighbour may now say what another says.
    return [
        found
        for place, found in enumerate(chosen)
        if not any(_repeats(index, found, other) for other in chosen[:place])
    ]


def overlap(found: Evidence, other: Evidence) -> bool:
    """Tells whether two sentences share words of one article."""
    same_article = found.hit.article.id == other.hit.article.id
    return same_article and found.start < other.end and other.start < found.end


def _repeats(index: Index, found: Evidence, other: Evidence) -> bool:
    """Tells whether a sentence says no more than another."""
    if _has_the_words(found, other):
        return True
    if _figures(found) - _figures(other):
        return False
    if found.day and other.day and found.day != other.day:
        return False
    shared = claim_coverage(found.text, other.text, index.rarity, index.translate) or 0.0
    back = claim_coverage(other.text, found.text, index.rarity, index.translate) or 0.0
    if found.day and found.day == other.day:
        return max(shared, back) >= _REPEATED_THAT_DAY
    if found.language == other.language:
        return shared >= _REPEATED
    return max(shared, back) >= _TRANSLATED or min(shared, back) >= _TRANSLATED_BOTH


def _has_the_words(found: Evidence, other: Evidence) -> bool:
    if found.language != other.language:
        return False
    one, two = (read_text(e.text, e.language).grams for e in (found, other))
    return len(one & two) >= _COPY * max(1, max(len(one), len(two)))


def _figures(found: Evidence) -> set[str]:
    return {fact.value for fact in facts(found.text) if fact.kind == "number"}


def bearing(evidence: Sequence[Evidence], share: float) -> list[Evidence]:
    """Those that have enough of the topic's words.

    Args:
        evidence: Sentences that bear on a topic.
        share: Of what the best of them has.
    """
    least = share * max((found.covered for found in evidence), default=0.0)
    return [found for found in evidence if found.covered >= least]


def near_the_best(evidence: Sequence[Evidence], share: float) -> list[Evidence]:
    """Those that score not much less than the best of their language.

    Args:
        evidence: Sentences that bear on a topic, best first.
        share: Of the best one's score.
    """
    best: dict[str, float] = {}
    for found in evidence:
        best.setdefault(found.language, found.score)
    return [found for found in evidence if found.score >= share * abs(best[found.language])]


class Answered(NamedTuple):
    """An answer, and the passages to answer from: those that it quotes first."""

    answer: Answer
    hits: tuple[Hit, ...]


def answer_of(
    question: str,
    mode: Mode,
    chosen: Sequence[Evidence],
    gathered: Gathered,
    headings: Sequence[str] = (),
) -> Answered:
    """An answer that quotes some sentences in the order given; silent where there are none.

    Args:
        question: As asked.
        mode: The form of the answer.
        chosen: What it quotes.
        gathered: Where to find copies of what it quotes, and the nearest passages.
        headings: For each of them, what it stands under.
    """
    if not chosen:
        silent = Answer(question, True, mode, (), nearest_sources(gathered.hits))
        return Answered(silent, tuple(gathered.hits))
    copies = [_copies(found, gathered.evidence) for found in chosen]
    sources = number_sources(
        [
            (quoted.hit, quoted.start, quoted.end)
            for found, others in zip(chosen, copies, strict=True)
            for quoted in (found, *others)
        ]
    )
    sentences = tuple(
        Sentence(
            text=found.text,
            citations=tuple(
                cite(sources, quoted.hit.article, quoted.start, quoted.end)
                for quoted in (found, *others)
            ),
            heading=headings[n] if headings else "",
            day=found.day,
        )
        for n, (found, others) in enumerate(zip(chosen, copies, strict=True))
    )
    quoted = [
        one.hit for found in zip(chosen, copies, strict=True) for one in (found[0], *found[1])
    ]
    hits = {hit.passage.id: hit for hit in [*quoted, *gathered.hits]}
    return Answered(Answer(question, False, mode, sentences, sources), tuple(hits.values()))


def _copies(found: Evidence, evidence: Iterable[Evidence]) -> list[Evidence]:
    """The same words in other articles, one each."""
    copies: dict[str, Evidence] = {}
    for other in evidence:
        same_words = same_statement(found.text, other.text)
        if other.hit.article.id != found.hit.article.id and same_words:
            copies.setdefault(other.hit.article.id, other)
    return list(copies.values())[:_COPIES]
