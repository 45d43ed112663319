"""What happened, in order: one dated quotation of each article that tells of a topic."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Mode, Sentence, Source
from vectorstore.query import Filters, Hit

if TYPE_CHECKING:
    from vectorstore.index import Index

_PASSAGES = 60
_MOST = 12  # quotations
_ASKING = re.compile(
    r"(?:ما هو|ما هي|ما|اعرض|رتب|أعطني|اعطني)?\s*(?:ال)?(?:تسلسل|خط|جدول|ترتيب)\s+(?:ال)?"
    r"(?:زمني|زمنيا|زمنياً|أحداث|احداث)(?:\s+(?:ل|لل)?(?:ال)?(?:أحداث|احداث|ما حدث))?"
    r"|(?:ماذا|ما الذي)\s+(?:حدث|جرى|حصل)\s*،?\s*(?:بالترتيب|على الترتيب|بحسب التسلسل)(?:\s+في)?"
    r"|what happened,? in (?:chronological )?order(?:\s+(?:in|with|to))?"
    r"|(?:give me |show me |what (?:is|was) )?(?:the |a )?"
    r"(?:timeline|chronology|sequence of events)(?:\s+(?:of|for|about))?"
    r"|(?:quelle est la )?chronologie(?:\s+(?:des|du|de la|de l'|de))?",
    re.IGNORECASE,
)


def topic(question: str) -> str | None:
    """What a question wants told in order of time; None where it wants something else.

    The topic is empty where the question names none («ما التسلسل الزمني؟»).
    """
    found = _ASKING.search(question)
    if found is None:
        return None
    rest = f"{question[: found.start()]} {question[found.end() :]}"
    return " ".join(rest.split()).strip(" ?؟.،,:()")


@dataclass(frozen=True, slots=True)
class DatedQuotation:
    """A quotation of an article on a topic.

    Attributes:
        day: The article's day of publication.
        sentence: The quotation.
        source: Where it stands.
        hit: The first of the article's passages.
    """

    day: dt.date
    sentence: Sentence
    source: Source
    hit: Hit


def timeline(index: Index, question: str, filters: Filters | None = None) -> Answer:
    """Answers with one quotation of each article on the topic, in the order of their days.

    Articles without a day of publication cannot be placed and are left out.

    Args:
        index: The articles.
        question: One for which `topic` names something.
        filters: Which articles may answer.
    """
    from assistant.quoting import quote

    about = topic(question) or question
    hits = index.search(about, _PASSAGES, filters)
    quotations = dated_quotations(index, about, filters, hits)[:_MOST]
    if not quotations:
        among = index.passages(filters)
        nearest = quote(about, hits, rarity=index.rarity, translate=index.translate, among=among)
        return replace(
            nearest, question=question, abstained=True, mode="timeline", sentences=(), figures=()
        )
    return in_given_order(
        question, sorted(quotations, key=lambda quotation: quotation.day), "timeline"
    )


def dated_quotations(
    index: Index, about: str, filters: Filters | None, hits: Sequence[Hit] | None = None
) -> list[DatedQuotation]:
    """One quotation of each dated article that tells of a topic, the most relevant first.

    Args:
        index: The articles.
        about: The topic.
        filters: Which articles may answer.
        hits: What a search for it found; searched for where not given.
    """
    from assistant.quoting import quote

    hits = index.search(about, _PASSAGES, filters) if hits is None else hits
    among = index.passages(filters)
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.article.date:
            by_article.setdefault(hit.article.id, []).append(hit)
    quotations = []
    for own in by_article.values():
        answer = quote(about, own, rarity=index.rarity, translate=index.translate, among=among)
        day = own[0].article.date
        if answer.sentences and day:
            sentence = answer.sentences[0]
            source = next(s for s in answer.sources if s.n == sentence.citations[0].n)
            quotations.append(DatedQuotation(day, sentence, source, own[0]))
    return quotations


def in_given_order(question: str, quotations: Sequence[DatedQuotation], mode: Mode) -> Answer:
    """An answer of quotations, each under the number of its place."""
    sentences = [
        replace(one.sentence, citations=(replace(one.sentence.citations[0], n=n),))
        for n, one in enumerate(quotations, start=1)
    ]
    sources = [replace(one.source, n=n) for n, one in enumerate(quotations, start=1)]
    return Answer(question, False, mode, tuple(sentences), tuple(sources))
