"""Answers about a time: from the articles of that time, and from others that name it."""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Period, Sentence
from assistant.periods import calendar_days
from assistant.premises import Telling, untold_event
from assistant.quoting import (
    candidates,
    cite,
    nearest_sources,
    number_sources,
    quote,
    rank_sentences,
)
from assistant.time_of_question import AskedPeriod
from corpus.article import Passage
from corpus.dates import CalendarDate, find_calendar_dates
from corpus.relative_days import relative_days
from corpus.sentences import sentence_spans
from vectorstore.matching import read_wanted
from vectorstore.query import Filters, Hit
from vectorstore.questions import read_question

if TYPE_CHECKING:
    from vectorstore.index import Index

_PASSAGES = 10  # enough to hold the answer, few enough to read
_TOPIC_PASSAGES = 30  # among which the newest on a topic are looked for
_LIKELY = 0.02  # how likely a sentence must be beside the best to be on the topic
_AS_RELEVANT = 0.5  # how relevant its passage must be beside the most relevant
_NEWEST = 4  # articles quoted for the latest on a topic, or for what happened


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and the answer in the articles' own words.

    Attributes:
        hits: The passages, best first.
        quoted: The answer.
        searched: When the search was done, by `time.perf_counter`.
    """

    hits: Sequence[Hit]
    quoted: Answer
    searched: float


def search_and_quote(index: Index, question: str, filters: Filters | None) -> Found:
    """Searches for a question and quotes what answers it."""
    return _quoted(index, question, index.search(question, _PASSAGES, filters), filters)


def search_period(
    index: Index, question: str, filters: Filters | None, asked: AskedPeriod
) -> Found:
    """Answers a question about a time.

    The articles of that time are asked first. Where they do not answer, and the time may be an
    event's, other articles are, whose sentences name it, or which have no date themselves.

    Args:
        index: The articles.
        question: As asked.
        filters: Which articles may answer.
        asked: The time, which is not that of "the latest".
    """
    narrowed = narrow(filters, asked)
    held = index.passages(narrowed) > 0
    searched = Period(narrowed.since, narrowed.until, "searched" if held else "empty")
    within = _within(index, question, narrowed, asked) if held else None
    if within and not within.quoted.abstained:
        return _with(within, searched)
    if asked.kind == "event":
        elsewhere = _naming(index, question, filters, asked)
        if not elsewhere.quoted.abstained:
            undated = all(source.date is None for source in elsewhere.quoted.sources)
            other = replace(searched, outcome="elsewhere")
            return elsewhere if undated else _with(elsewhere, other)
    if within is None:
        hits = index.search(asked.without_time(question), _PASSAGES, filters)
        within = Found(
            hits, Answer(question, True, "quote", (), nearest_sources(hits)), time.perf_counter()
        )
    return _with(within, searched)


def search_latest(
    index: Index, question: str, filters: Filters | None, asked: AskedPeriod
) -> Found:
    """Answers with the best sentence of each of the newest articles on a topic, newest first.

    An article is on it where its sentence is about as likely to answer as the best, and its
    passage about as relevant.
    """
    topic = asked.without_time(question)
    hits = index.search(topic, _TOPIC_PASSAGES, filters)
    found = _quoted(index, topic, hits[:_PASSAGES], filters)
    if found.quoted.abstained:
        return found
    on_topic = _best_spans(index, topic, hits)
    if not on_topic:
        return found
    newest = sorted(on_topic, key=lambda span: _day(span[0]), reverse=True)[:_NEWEST]
    day = _day(newest[0][0])
    found = replace(found, hits=[hit for hit, _, _ in newest], quoted=_in_order(question, newest))
    return _with(found, Period(day, day, "newest"))


def days_of_relevant_articles(index: Index, question: str) -> list[dt.date]:
    """On what days the articles were published that may bear on a question."""
    hits = index.search(question, _TOPIC_PASSAGES)
    relevant = _AS_RELEVANT * max((hit.relevance for hit in hits), default=0.0)
    return [hit.article.date for hit in hits if hit.article.date and hit.relevance >= relevant]


def narrow(filters: Filters | None, asked: AskedPeriod) -> Filters:
    """Filters that also ask for the days on which a period's articles were published."""
    since, until = asked.published
    return replace(filters or Filters(), since=since, until=until)


def _within(index: Index, question: str, narrowed: Filters, asked: AskedPeriod) -> Found:
    """Asks the articles of a period.

    Sentences may write the date of an event, but those of its day seldom do: its words are
    searched for first, and left out where nothing answers with them.
    """
    if asked.alone:
        return _what_happened(index, question, narrowed)
    if asked.kind == "event":
        found = search_and_quote(index, question, narrowed)
        if not found.quoted.abstained:
            return found
    return search_and_quote(index, asked.without_time(question), narrowed)


def _quoted(index: Index, question: str, hits: Sequence[Hit], filters: Filters | None) -> Found:
    searched = time.perf_counter()
    answer = quote(
        question,
        hits,
        rarity=index.rarity,
        translate=index.translate,
        reports=index.reports({hit.article.id for hit in hits}),
        among=index.passages(filters),
    )
    untold = None if answer.abstained else _untold(index, question, hits)
    if untold:
        answer = Answer(question, True, "quote", (), nearest_sources(hits), untold=untold)
    return Found(hits, answer, searched)


def _untold(index: Index, question: str, hits: Sequence[Hit]) -> str | None:
    sentences = (
        Telling(one.text, f"{one.title} {one.before}", one.language)
        for _, _, _, one in candidates(hits)
    )
    return untold_event(question, sentences, rarity=index.rarity, translate=index.translate)


def _with(found: Found, period: Period) -> Found:
    return replace(found, quoted=replace(found.quoted, period=period))


def _naming(index: Index, question: str, filters: Filters | None, asked: AskedPeriod) -> Found:
    """Searches with the words of the time for sentences that name it."""
    hits = [
        hit
        for hit in index.search(question, _PASSAGES, filters)
        if hit.article.date is None or _names(hit.passage.text, hit.article.date, asked)
    ]
    if asked.alone:
        naming = [
            (hit, start, end)
            for hit, start, end, sentence in candidates(hits)
            if hit.article.date and _names(sentence.text, hit.article.date, asked)
        ][:_NEWEST]
        if naming:
            return Found(hits, _in_order(question, naming), time.perf_counter())
    found = _quoted(index, question, hits, filters)
    first = found.quoted.sentences[:1]
    if first and not _of_period(first[0], found.quoted, asked):
        silent = Answer(question, True, "quote", (), nearest_sources(hits))
        return replace(found, quoted=silent)
    return found


def _of_period(sentence: Sentence, answer: Answer, asked: AskedPeriod) -> bool:
    published = answer.sources[sentence.citations[0].n - 1].date
    return published is None or _names(sentence.text, published, asked)


def _names(text: str, published: dt.date, asked: AskedPeriod) -> bool:
    """Tells whether a text names a day of the period."""
    days = [_days(date, published) for date in find_calendar_dates(text)]
    days += [(mention.date, mention.date) for mention in relative_days(text, published)]
    return any(found and asked.holds(*found) for found in days)


def _days(date: CalendarDate, published: dt.date) -> tuple[dt.date, dt.date] | None:
    """The days of a date in an article; without its year, of the last one up to its publication."""
    if date.year is not None:
        return calendar_days(date.calendar, date.year, date.month, date.day)
    if date.month is None or date.calendar != "gregorian":
        return None
    for year in (published.year, published.year - 1):
        days = calendar_days(date.calendar, year, date.month, date.day)
        if days and days[0] <= published:
            return days
    return None


def _what_happened(index: Index, question: str, filters: Filters) -> Found:
    """Quotes the opening sentences of the newest articles, each of another report."""
    summaries = index.articles(filters)
    reports = index.reports({summary.id for summary in summaries[: 4 * _NEWEST]})
    newest = {reports.get(s.id, s.id): s.id for s in reversed(summaries[: 4 * _NEWEST])}
    hits = []
    for id_ in list(newest.values())[-_NEWEST:]:
        article = index.article(id_)
        spans = list(sentence_spans(article.text)) if article else []
        if article and spans:
            start, end = spans[0]
            passage = Passage(id_, 0, start, end, article.text[start:end])
            hits.append(Hit(passage, article, relevance=1.0, score=1.0))
    opening = [(hit, hit.passage.start, hit.passage.end) for hit in hits]
    answer = _in_order(question, opening) if opening else Answer(question, True, "quote", (), ())
    return Found(hits, answer, time.perf_counter())


def _in_order(question: str, spans: Sequence[tuple[Hit, int, int]]) -> Answer:
    """An answer that quotes spans of articles as they come."""
    sources = number_sources(spans)
    sentences = tuple(
        Sentence(hit.article.text[start:end], (cite(sources, hit.article, start, end),))
        for hit, start, end in spans
    )
    return Answer(question, False, "quote", sentences, sources)


def _best_spans(index: Index, topic: str, hits: Sequence[Hit]) -> list[tuple[Hit, int, int]]:
    """The best sentence of each dated article that is on a topic."""
    asked = read_question(topic)
    languages = {hit.article.language or "ar" for hit in hits}
    wanted = {
        language: read_wanted(asked, language, index.rarity, index.translate)
        for language in languages
    }
    ranked = rank_sentences(asked, hits, wanted)
    least = ranked[0].score + math.log(_LIKELY)
    relevant = _AS_RELEVANT * max(hit.relevance for hit in hits)
    spans: dict[str, tuple[Hit, int, int]] = {}
    for sentence in ranked:
        hit = sentence.hit
        if hit.article.date and sentence.score >= least and hit.relevance >= relevant:
            spans.setdefault(hit.article.id, (hit, sentence.start, sentence.end))
    return list(spans.values())


def _day(hit: Hit) -> dt.date:
    return hit.article.date or dt.date.min
