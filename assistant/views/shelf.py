"""What the library holds, remembered until it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from assistant.views import axis

if TYPE_CHECKING:
    import datetime as dt

    from vectorstore.catalog import ArticleSummary
    from vectorstore.index import Index

OUTLETS = 6  # counted by name; the others stand together
OTHERS = "…"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The articles of an index at one revision, counted, and what they can be filtered by.

    Attributes:
        store: The folder that holds the index.
        revision: The index's revision.
        articles: Newest first.
        outlets: Names, the most frequent first.
        languages: Codes, the most frequent first.
        step: What articles are counted by along time.
        by_time: Articles by the first day of their step and by outlet, in order of time; all
            outlets but the `OUTLETS` most frequent are `OTHERS`.
        by_language: Articles by language, the most frequent first.
        passages: How many passages there are.
        first: The earliest day of publication.
        last: The latest.
    """

    store: str
    revision: int
    articles: tuple[ArticleSummary, ...]
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    step: axis.Step
    by_time: Mapping[tuple[dt.date, str], int]
    by_language: Mapping[str, int]
    passages: int
    first: dt.date | None
    last: dt.date | None


@st.cache_resource(max_entries=4, show_spinner=False)
def _shelf(_index: Index, store: str, revision: int) -> Shelf:
    from collections import Counter

    articles = tuple(_index.articles())
    outlets = Counter(article.source for article in articles if article.source)
    names = tuple(name for name, _ in outlets.most_common())
    languages = Counter(article.language for article in articles if article.language)
    named = set(names[:OUTLETS])
    days = [article.date for article in articles if article.date]
    first, last = min(days, default=None), max(days, default=None)
    step = axis.step(first, last) if first and last else "day"
    by_time = Counter(
        (axis.beginning(article.date, step), article.source if article.source in named else OTHERS)
        for article in articles
        if article.date
    )
    return Shelf(
        store,
        revision,
        articles,
        names,
        tuple(code for code, _ in languages.most_common()),
        step,
        dict(sorted(by_time.items())),
        dict(languages.most_common()),
        sum(article.passages for article in articles),
        first,
        last,
    )


def shelf(index: Index) -> Shelf:
    """What the index holds now."""
    return _shelf(index, str(index.store), index.revision)
