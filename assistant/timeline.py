"""What happened, in order: one dated quotation of each article that tells of a topic."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Sentence, Source
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
    among = index.passages(filters)
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.article.date:
            by_article.setdefault(hit.article.id, []).append(hit)
    told: list[tuple[dt.date, Sentence, Source]] = []
    for own in by_article.values():
        answer = quote(about, own, rarity=index.rarity, translate=index.translate, among=among)
        day = own[0].article.date
        if answer.sentences and day and len(told) < _MOST:
            said = answer.sentences[0]
            source = next(s for s in answer.sources if s.n == said.citations[0].n)
            told.append((day, said, source))
    if not told:
        nearest = quote(about, hits, rarity=index.rarity, translate=index.translate, among=among)
        return replace(
            nearest, question=question, abstained=True, mode="timeline", sentences=(), figures=()
        )
    told.sort(key=lambda one: one[0])
    sentences = [
        replace(said, citations=(replace(said.citations[0], n=n),))
        for n, (_, said, _) in enumerate(told, start=1)
    ]
    sources = [replace(source, n=n) for n, (_, _, source) in enumerate(told, start=1)]
    return Answer(question, False, "timeline", tuple(sentences), tuple(sources))
