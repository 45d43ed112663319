"""Answers about a time: from the articles of that time, and from others that name it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Period, Sentence
from assistant.periods import calendar_days
from assistant.quoting import cite, nearest_sources, number_sources, quote
from assistant.time_of_question import AskedPeriod
from assistant.timeline import dated_quotations, in_given_order
from corpus.article import Passage
from corpus.dates import CalendarDate, find_calendar_dates
from corpus.relative_days import relative_days
from corpus.sentences import sentence_spans
from vectorstore.query import Filters, Hit

if TYPE_CHECKING:
    from vectorstore.index import Index

_PASSAGES = 10  # enough to hold the answer, few enough to read
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
    within = None
    if held:
        within = (
            _what_happened(index, question, narrowed)
            if asked.alone
            else search_and_quote(index, asked.without_time(question), narrowed)
        )
        if not within.quoted.abstained:
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
    """Answers with a quotation of each of the newest articles on a topic, newest first."""
    topic = asked.without_time(question)
    found = dated_quotations(index, topic, filters)
    if not found:
        return search_and_quote(index, topic, filters)
    found.sort(key=lambda quotation: quotation.day, reverse=True)
    newest = found[:_NEWEST]
    answer = in_given_order(question, newest, "quote")
    day = newest[0].day
    return _with(
        Found([quotation.hit for quotation in newest], answer, time.perf_counter()),
        Period(day, day, "newest"),
    )


def narrow(filters: Filters | None, asked: AskedPeriod) -> Filters:
    """Filters that also ask for the days on which a period's articles were published."""
    since, until = asked.published
    return replace(filters or Filters(), since=since, until=until)


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
    return Found(hits, answer, searched)


def _with(found: Found, period: Period) -> Found:
    return replace(found, quoted=replace(found.quoted, period=period))


def _naming(index: Index, question: str, filters: Filters | None, asked: AskedPeriod) -> Found:
    """Searches with the words of the time for sentences that name it."""
    hits = [
        hit
        for hit in index.search(question, _PASSAGES, filters)
        if hit.article.date is None or _names(hit.passage.text, hit.article.date, asked)
    ]
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
    sources = number_sources([(hit, hit.passage.start, hit.passage.end) for hit in hits])
    sentences = tuple(
        Sentence(
            hit.passage.text, (cite(sources, hit.article, hit.passage.start, hit.passage.end),)
        )
        for hit in hits
    )
    return Found(hits, Answer(question, not hits, "quote", sentences, sources), time.perf_counter())
