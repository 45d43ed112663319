"""The index, opened behind the page: the first paint waits for nothing.

One index serves every tab of the process. It is opened on a thread, which loads the embedding
model and, in a store that never held an article, indexes the sample articles first.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Literal

import streamlit as st
from streamlit import runtime

from assistant.messages.wording import Wording
from assistant.views import faults, leaving, markup

if TYPE_CHECKING:
    from assistant.indexing import Progress
    from assistant.settings import Settings
    from vectorstore.dense import Dense
    from vectorstore.index import Index

_log = logging.getLogger(__name__)

SAMPLES = 20  # about as many sample articles as there are, for the progress bar
_PAUSE = 0.4  # seconds in which a browser fetches what it draws the first page with
_SHORT = 0.0001  # seconds of the switch interval while an index is opened
_one_at_a_time = threading.Lock()  # other settings may name the same store

Stage = Literal["opening", "indexing", "warming", "catching_up", "ready", "failed"]


class Opening:
    """An index on its way to being ready.

    Attributes:
        stage: How far it is.
        index: The index.
        progress: How far the sample articles are.
        behind: How many stored articles could not be found yet when the index was opened.
        error: Why it failed.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings
        self.stage: Stage = "opening"
        self.index: Index | None = None
        self.progress: Progress | None = None
        self.error: Exception | None = None
        self.behind = 0
        self._dense: Dense | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def listed(self) -> bool:
        """Whether the articles can be listed and read, be they findable or not."""
        return self.index is not None and self.stage not in ("opening", "indexing")

    def begin(self) -> None:
        """Starts once; a failed opening starts again."""
        with self._lock:
            if self._thread and (self._thread.is_alive() or self.stage == "ready"):
                return
            self.stage, self.error = "opening", None
            self._thread = threading.Thread(target=self._open, name="isnad-opening", daemon=True)
            self._thread.start()

    def _open(self) -> None:
        # Importing the model's libraries reads thousands of files, and after each one this thread
        # waits a whole switch interval for any other that draws a page; short ones make a
        # start that takes minutes beside a busy page take seconds.
        try:
            with _one_at_a_time, _switch_interval(_SHORT):
                self._read()
        except Exception as error:
            _log.exception("The index could not be opened.")
            self.error = error
            self.stage = "failed"

    def _read(self) -> None:
        from assistant.engine import open_index
        from assistant.indexing import SAMPLE_ARTICLES, index_paths
        from assistant.settings import Settings

        index = open_index(self.settings or Settings())
        self.index = index
        if index.revision == 0:
            self.stage = "indexing"
            index_paths(index, [SAMPLE_ARTICLES], self._advance)
        self.stage = "warming"
        self.behind, self._dense = index.pending(), index.dense
        if self.behind:
            self.stage = "catching_up"
        index.search("إسناد", top=1)
        self.stage = "ready"

    def _advance(self, progress: Progress) -> None:
        self.progress = progress

    def pending(self) -> int:
        """How many stored articles cannot be found yet: another program may have written them."""
        if self.index is None or self._dense is None:
            return self.behind
        return self.index.catalog.pending(self._dense.revision())

    def wait(self, seconds: float) -> bool:
        """Waits for the end, good or bad; tells whether it has come."""
        self.begin()
        if self._thread:
            self._thread.join(seconds)
        return self.stage in ("ready", "failed")


@contextmanager
def _switch_interval(seconds: float) -> Iterator[None]:
    """Sets the interpreter's switch interval for a while; whoever holds it is alone."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


_unread = Opening()
_begun = threading.Event()
_opened: dict[tuple[str, str], Opening] = {}  # by the store and the model


def current() -> Opening:
    """The index of this process, on its way or ready."""
    if not _begun.is_set():
        return _unread  # the first page of all: even reading the settings is left for later
    from assistant.settings import Settings

    chosen = Settings()
    return _opened.setdefault((str(chosen.store), chosen.embedding_model), Opening(chosen))


def begin_soon() -> None:
    """Starts opening the index once the page that was drawn last has reached the browser."""
    server = runtime.get_instance()
    if isinstance(server, runtime.Runtime):  # not a test of a page
        leaving.with_the(server)
    if _begun.is_set():
        begin()
        return
    soon = threading.Timer(_PAUSE, begin)
    soon.daemon = True
    soon.start()


def begin() -> Opening:
    """Starts opening the index now, where a page cannot be drawn without it."""
    _begun.set()
    now = current()
    now.begin()
    return now


@st.fragment(run_every=1.0)
def watch(words: Wording, listed: bool = True) -> None:
    """Says how far the index is, and draws the page anew when it is ready.

    Args:
        words: The interface's language.
        listed: Whether the page has the articles listed; if not, it is drawn when it can have.
    """
    now = current()
    if now.stage == "ready" or (now.listed and not listed):
        st.rerun()
    stage(words, now)


def stage(words: Wording, now: Opening) -> None:
    """Says how far the index is."""
    if now.stage == "failed":
        st.error(markup.plain(words("opening.failed", reason=faults.told(now.error, words))))
        st.button(words("retry"), on_click=now.begin)
    elif now.stage == "indexing" and now.progress:
        share = min(now.progress.read / SAMPLES, 1.0)
        st.progress(share, words("opening.samples", n=now.progress.read))
    elif now.stage == "catching_up":
        left = min(now.pending(), now.behind)
        st.progress(1 - left / now.behind, words("opening.catching_up", n=left))
    else:
        text = escape(
            words("opening.warming" if now.stage == "indexing" else f"opening.{now.stage}")
        )
        st.html(f'<p class="hint working" role="status" dir="auto">{text}</p>')
