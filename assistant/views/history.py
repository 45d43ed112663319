"""The conversation on the page, and the list of those before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from assistant import export
from assistant.messages.wording import Wording
from assistant.turns import Conversation, Turn, title_of
from assistant.views import frame, markup, opening

if TYPE_CHECKING:
    from assistant.conversations import Conversations

_SHOWN = 30

_FORMATS: dict[str, tuple[str, Callable[[Conversation], str | bytes]]] = {
    "html": ("text/html", export.html),
    "md": ("text/markdown", export.markdown),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        export.docx,
    ),
    "bib": ("application/x-bibtex", export.bibtex),
    "ris": ("application/x-research-info-systems", export.ris),
}
_EXPORTS = {"whole": ("html", "md", "docx"), "sources": ("bib", "ris")}


def _file_name(title: str) -> str:
    """A title without what a file's name may not hold."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", title).strip(" .")[:60] or "isnad"


def saved() -> Conversations | None:
    """The saved conversations; None while the library is still being opened."""
    index = opening.current().index
    return _beside(str(index.store), index.catalog.engine) if index else None


@st.cache_resource(show_spinner=False)
def _beside(store: str, _engine: object) -> Conversations:
    from assistant.conversations import Conversations

    return Conversations(_engine)  # type: ignore[arg-type]


def current() -> Conversation:
    """The conversation that the page's address names, or the one of this session."""
    here: Conversation | None = st.session_state.get("conversation")
    asked = st.query_params.get("chat")
    if here and (not asked or here.id == asked):
        return here
    kept = saved()
    found = kept.load(asked) if kept and asked else None
    if found or here is None:
        here = found or Conversation()
        # Until the library is open a saved conversation cannot be read: it will be asked again.
        if found or kept or not asked:
            show(here)
    return here


def show(conversation: Conversation) -> None:
    """Makes a conversation the one on the page."""
    from assistant.views import choosing

    st.session_state["conversation"] = conversation
    st.session_state.pop("editing", None)
    st.session_state.pop("seek", None)
    choosing.choose(conversation.filters)


def start() -> None:
    """Begins a new conversation."""
    show(Conversation())
    st.query_params.clear()


def append(turn: Turn, without: Sequence[Turn] = ()) -> None:
    """Adds a question to the conversation on the page, behind what other tabs have asked there.

    Args:
        turn: The question.
        without: Turns of the page that it replaces.
    """
    conversation = current()
    gone = {old.id for old in without}
    conversation.turns = [*(old for old in conversation.turns if old.id not in gone), turn]
    if kept := saved():
        kept.save(conversation, without)
        if latest := kept.load(conversation.id):
            _join(conversation, latest)
        st.query_params["chat"] = conversation.id


def _join(conversation: Conversation, latest: Conversation) -> None:
    """Takes over what other tabs have asked, answered and named since."""
    open_here = {turn.id: turn for turn in conversation.turns if turn.open}
    conversation.title = latest.title
    conversation.turns = [open_here.get(turn.id, turn) for turn in latest.turns]


def settle(turn: Turn) -> None:
    """Keeps what came of a question of the conversation on the page."""
    conversation = current()
    if kept := saved():
        kept.settle(conversation, turn)
        st.query_params["chat"] = conversation.id


def judge(turn: Turn) -> None:
    """Keeps what the reader thinks of an answer."""
    if kept := saved():
        kept.judge(turn)


def turns() -> list[Turn]:
    """The turns of the conversation on the page."""
    return current().turns


def draw(words: Wording) -> None:
    """Draws the list in the sidebar."""
    if st.button(words("history.new"), icon=":material/add:", width="stretch", key="new-chat"):
        start()
        st.switch_page(frame.page("chat"))
    kept = saved()
    if kept is None:
        return
    removed = st.session_state.get("removed-chat")
    if removed and st.button(
        words("history.undo"), icon=":material/undo:", type="tertiary", key="undo-remove"
    ):
        kept.restore(removed)
        st.session_state.pop("removed-chat")
        st.switch_page(frame.page("chat"), query_params={"chat": removed})
    listed = kept.listing(most=_SHOWN)
    if not listed:
        return
    st.html(f'<h2 class="sidebar-title">{escape(words("history.title"))}</h2>')
    if len(listed) > 1:
        search = st.text_input(
            words("history.search"),
            placeholder=words("history.search"),
            label_visibility="collapsed",
            key="history-search",
        )
        listed = kept.listing(search, _SHOWN) if search else listed
    here = current().id
    with st.container(key="history", gap="xxsmall"):
        for entry in listed:
            place = "here" if entry.id == here else "other"
            pressed = st.button(
                markup.plain(entry.title),
                key=f"chat-{place}-{entry.id}",
                type="tertiary",
                width="stretch",
            )
            if pressed:
                st.session_state.pop("removed-chat", None)
                st.switch_page(frame.page("chat"), query_params={"chat": entry.id})


def menu(words: Wording) -> None:
    """Draws what can be done with the conversation on the page."""
    conversation, kept = current(), saved()
    if kept is None or not conversation.turns:
        return
    with (
        st.container(horizontal=True, horizontal_alignment="right", key="chat-menu"),
        st.popover(words("history.menu"), icon=":material/more_horiz:", type="tertiary"),
    ):
        with (
            st.form("rename", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            title = st.text_input(words("history.rename"), conversation.title)
            if st.form_submit_button(words("history.rename_now")) and title.strip():
                conversation.title = title_of(title)
                kept.save(conversation)
                kept.rename(conversation.id, title)
                st.rerun()
        for what, endings in _EXPORTS.items():
            st.html(f'<h3 class="menu-title">{escape(words(f"export.{what}"))}</h3>')
            with st.container(horizontal=True, gap="xxsmall", key=f"export-{what}"):
                for ending in endings:
                    _download(conversation, ending, words)
        if st.button(words("history.remove"), icon=":material/delete:", type="tertiary"):
            kept.remove(conversation.id)
            start()
            st.session_state["removed-chat"] = conversation.id
            st.rerun()


def _download(conversation: Conversation, ending: str, words: Wording) -> None:
    mime, write = _FORMATS[ending]
    st.download_button(
        words(f"export.{ending}"),
        data=partial(write, conversation),
        file_name=f"{_file_name(conversation.title)}.{ending}",
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        key=f"export-{ending}",
    )
