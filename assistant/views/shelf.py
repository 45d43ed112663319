"""What the library holds, remembered until it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import datetime as dt

    from vectorstore.catalog import ArticleSummary
    from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Shelf:
    """The articles of an index at one revision, and what they can be filtered by.

    Attributes:
        articles: Newest first.
        outlets: Names, the most frequent first.
        languages: Codes, the most frequent first.
        first: The earliest day of publication.
        last: The latest.
    """

    articles: tuple[ArticleSummary, ...]
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None


@st.cache_resource(max_entries=4, show_spinner=False)
def _shelf(_index: Index, store: str, revision: int) -> Shelf:
    from collections import Counter

    articles = tuple(_index.articles())
    outlets = Counter(article.source for article in articles if article.source)
    languages = Counter(article.language for article in articles if article.language)
    days = [article.date for article in articles if article.date]
    return Shelf(
        articles,
        tuple(name for name, _ in outlets.most_common()),
        tuple(code for code, _ in languages.most_common()),
        min(days, default=None),
        max(days, default=None),
    )


def shelf(index: Index) -> Shelf:
    """What the index holds now."""
    return _shelf(index, str(index.store), index.revision)
