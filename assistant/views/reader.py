"""One article, whole, with the words that were quoted from it."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from assistant.views import chat, frame, markup, opening


def page() -> None:
    """Draws the article that the address names: ``?id=…&at=START-END``."""
    words = frame.wording()
    frame.narrow()
    st.page_link(frame.page("chat"), label=words("reader.back"), icon=":material/arrow_back:")
    now = opening.current()
    while now.index is None and not now.wait(0.2):
        pass
    if now.index is None:
        st.error(markup.plain(words("opening.failed", reason=str(now.error))))
        return
    article_id = st.query_params.get("id", "")
    article = now.index.article(article_id)
    if article is None:
        st.html(f'<p class="hint" dir="auto">{escape(words("reader.missing"))}</p>')
        return
    at = _span(st.query_params.get("at", ""))
    quoted = [
        (citation.start, citation.end)
        for turn in chat.turns()
        if turn.answer
        for said in turn.answer.sentences
        for citation in said.citations
        if turn.answer.sources[citation.n - 1].article_id == article_id
    ]
    st.html(markup.story(article, at, quoted, words))
    if at or quoted:
        frame.seek("quoted-now", f"{article_id} {at}")


def _span(text: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    return (int(found[1]), int(found[2])) if found else None
