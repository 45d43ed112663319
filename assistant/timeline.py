"""What happened, in order: one quotation of each event that the articles tell of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.evidence import Answered, answer_of, bearing, distinct, gather
from vectorstore.query import Filters

if TYPE_CHECKING:
    from vectorstore.index import Index

_MOST = 12  # quotations
_OF_ARTICLE = 3
_SHARE = 0.5  # of the topic's words that the best sentence has
_UNDATED = dt.date.max


def timeline(index: Index, question: str, topic: str, filters: Filters | None = None) -> Answered:
    """Quotes the events of a topic in the order of their days.

    A sentence stands at the day that it tells, else at the day of its publication. Where neither
    is known it cannot be placed, and is left out.

    Args:
        index: The articles.
        question: As asked.
        topic: What is to be told in order.
        filters: Which articles may answer.
    """
    gathered = gather(index, topic or question, filters)
    able = [found for found in bearing(gathered.evidence, _SHARE) if found.date]
    chosen = distinct(index, able, _MOST, most_of_article=_OF_ARTICLE)
    chosen.sort(key=lambda found: (found.date or _UNDATED, found.hit.article.id, found.start))
    return answer_of(question, "timeline", chosen, gathered)
