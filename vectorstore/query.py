"""What is asked of the index, and what comes back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from corpus.article import Article, Passage


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer. An empty field lets everything through.

    Attributes:
        since: First day of publication, included. An article without a date never passes.
        until: Last day of publication, included. An article without a date never passes.
        sources: Outlets, by exact name.
        languages: Language codes.
        article_ids: Articles, by id.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    article_ids: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found.

    Attributes:
        passage: The passage.
        article: The article that it stands in.
        relevance: How likely it is that the passage bears on the question, in [0, 1].
        score: The fused score that ordered it; comparable within one search only.
    """

    passage: Passage
    article: Article
    relevance: float
    score: float
