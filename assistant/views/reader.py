"""One article, whole, with the words that were quoted from it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from assistant.messages.wording import Wording
from assistant.views import faults, frame, headlines, history, markup, opening
from assistant.views.markup import Span
from corpus.article import Article

if TYPE_CHECKING:
    from vectorstore.catalog import ArticleSummary
    from vectorstore.index import Index

_log = logging.getLogger(__name__)
_SIMILAR = 4


def page() -> None:
    """Draws the article that the address names: ``?id=…&at=START-END``."""
    words = frame.wording()
    frame.narrow()
    frame.keep_address()
    now = opening.begin()
    while now.index is None and not now.wait(0.2):
        pass
    if now.index is None:
        st.error(markup.plain(words("opening.failed", reason=faults.told(now.error, words))))
        return
    article = now.index.article(st.query_params.get("id", ""))
    if article is None:
        _back(words)
        st.html(f'<p class="hint" dir="auto">{escape(words("reader.missing"))}</p>')
        return
    quoted = _quoted(article)
    at = _span(st.query_params.get("at", ""), article)
    at = _first_inside(at, quoted) if at else at
    _bar(article, at, quoted, words)
    st.html(markup.story(article, at, quoted, words))
    if at:
        frame.seek("quoted-now", f"{article.id} {at}")
    _left_out(article, words)
    _copies(now.index, article, words)
    if now.stage == "ready":
        _similar(now.index, article, words)


def _span(text: str, article: Article) -> Span | None:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    span = (int(found[1]), int(found[2])) if found else None
    return span if span and span[0] < span[1] <= len(article.text) else None


def _quoted(article: Article) -> list[Span]:
    """What the conversation quotes from the article, in its order."""
    return sorted(
        {
            (citation.start, citation.end)
            for turn in history.turns()
            if turn.answer
            for said in turn.answer.cited
            for citation in said.references
            for source in turn.answer.sources
            if source.n == citation.n and source.article_id == article.id
        }
    )


def _first_inside(at: Span, quoted: Sequence[Span]) -> Span:
    """The first quoted words within a span; the span where it holds none."""
    return next((span for span in quoted if at[0] <= span[0] and span[1] <= at[1]), at)


def _back(words: Wording) -> None:
    arrow = "forward" if words.direction == "rtl" else "back"
    st.page_link(
        frame.page("chat"),
        label=words("reader.back"),
        icon=f":material/arrow_{arrow}:",
        query_params={"chat": history.current().id},
    )


def _bar(article: Article, at: Span | None, quoted: Sequence[Span], words: Wording) -> None:
    """The way back, and from one quotation to the next."""
    with st.container(horizontal=True, vertical_alignment="center", key="reader-bar"):
        _back(words)
        if len(quoted) < 2:
            return
        place = quoted.index(at) if at in quoted else 0
        steps = {"previous": quoted[place - 1], "next": quoted[(place + 1) % len(quoted)]}
        for name, (start, end) in steps.items():
            st.page_link(
                frame.page("article"),
                label=words(f"reader.{name}"),
                query_params={
                    "id": article.id,
                    "at": f"{start}-{end}",
                    "chat": history.current().id,
                },
            )
        text = words("reader.place", place=place + 1, n=len(quoted))
        st.html(f'<p class="hint" role="status">{escape(text)}</p>', width="content")


def _left_out(article: Article, words: Wording) -> None:
    if article.left_out:
        with st.expander(words("reader.left_out", n=len(article.left_out))):
            st.html(markup.left_out(article, words))


def _copies(index: Index, article: Article, words: Wording) -> None:
    """Where else the same report stands: files that hold the same words, and near copies."""
    copies, near = index.catalog.copies(article.id), index.near_copies(article.id)
    if copies:
        items = "".join(f'<li><bdi dir="ltr">{escape(path)}</bdi></li>' for path in copies)
        title = escape(words("reader.copies"))
        st.html(f'<section class="aside"><h2>{title}</h2><ul>{items}</ul></section>')
    if near:
        _listed("near", near, words)


def _similar(index: Index, article: Article, words: Wording) -> None:
    """Other articles about the same thing."""
    known = {article.id, *(copy.id for copy in index.near_copies(article.id))}
    about = f"{article.title}\n{article.text[:300]}"
    found = {
        hit.article.id: hit.article
        for hit in index.search(about, top=5 * _SIMILAR)
        if hit.article.id not in known
    }
    if not found:
        return
    _listed("similar", list(found.values())[:_SIMILAR], words)


def _listed(kind: str, others: Sequence[Article | ArticleSummary], words: Wording) -> None:
    """Other articles under a title, each with its outlet and date and a way to it."""
    title = escape(words(f"reader.{kind}"))
    st.html(f'<section class="aside"><h2>{title}</h2></section>')
    for other in others:
        headlines.draw(other, kind, words)
