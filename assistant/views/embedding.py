"""A new embedding model, and how far it is with reading the articles."""

from __future__ import annotations

import logging
import threading
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from assistant.messages.wording import Wording
from assistant.views import faults, markup
from assistant.views.opening import Opening
from assistant.views.storage import model_name

if TYPE_CHECKING:
    from vectorstore.index import Index

_log = logging.getLogger(__name__)


class Embedding:
    """The passages of an index on their way through the model that was chosen for it.

    Attributes:
        done: Passages embedded so far.
        total: All that have to be.
        error: Why it broke off; what was done until then stays done.
    """

    def __init__(self, index: Index) -> None:
        self.done, self.total = 0, 0
        self.error: Exception | None = None
        self._index = index
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self) -> None:
        """Starts, or goes on where it broke off."""
        with self._lock:
            if not self.running:
                self.done, self.error = 0, None
                self._thread = threading.Thread(
                    target=self._embed, name="isnad-embedding", daemon=True
                )
                self._thread.start()

    def _embed(self) -> None:
        try:
            self.total = self._index.unembedded()
            self._index.embed(self._advance)
        except Exception as error:
            _log.exception("The articles could not be embedded.")
            self.error = error

    def _advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total


@st.cache_resource(max_entries=4, show_spinner=False)
def _work(_index: Index, identity: int) -> Embedding:
    return Embedding(_index)


def draw(now: Opening, words: Wording) -> None:
    """Says that a newly chosen model waits for the articles, and lets it read them."""
    if now.index is None or now.stage != "ready":
        return
    work = _work(now.index, id(now.index))
    if work.running:
        _watch(work, words)
        return
    left = now.index.unembedded()
    if not left:
        return
    if work.error:
        st.error(markup.plain(words("embedding.failed", reason=faults.told(work.error, words))))
    old = f"\u2068{model_name(now.index.answering_model, words)}\u2069"
    text = escape(f"{words('embedding.waits', n=left)} {words('embedding.until', old=old)}")
    with st.container(border=True, key="embedding"):
        st.html(f'<p role="status" dir="auto">{text}</p>')
        st.button(words("embedding.now"), icon=":material/model_training:", on_click=work.begin)


@st.fragment(run_every=1.0)
def _watch(work: Embedding, words: Wording) -> None:
    if not work.running:
        st.rerun()
    share = min(work.done / work.total, 1.0) if work.total else 0.0
    st.progress(share, words("embedding.progress", done=work.done, all=work.total))
