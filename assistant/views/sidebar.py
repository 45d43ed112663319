"""The sidebar: the pages, the conversations, and the interface's language."""

from __future__ import annotations

from html import escape

import streamlit as st

from assistant.messages.wording import wording
from assistant.views import frame, history

_ICONS = {"chat": "forum", "library": "newsstand", "settings": "tune"}


def draw() -> None:
    """Draws the sidebar."""
    words = frame.wording()
    with st.sidebar:
        st.html(
            '<div class="wordmark"><b lang="ar" dir="rtl">إسناد</b><span lang="en" dir="ltr">Isnad'
            f'</span></div><p class="hint">{escape(words("tagline"))}</p>'
        )
        # Going to the chat page goes to the conversation that was there.
        conversation = history.current()
        where = {"chat": conversation.id} if conversation.turns else None
        with st.container(gap="xxsmall", key="pages"):
            for name, icon in _ICONS.items():
                st.page_link(
                    frame.page(name),
                    label=words(f"page.{name}"),
                    icon=f":material/{icon}:",
                    width="stretch",
                    query_params=where if name == "chat" else None,
                )
        history.draw(words)
        other = "en" if words.language == "ar" else "ar"
        st.button(
            wording(other)("language.own"),
            key="switch-language",
            icon=":material/translate:",
            type="tertiary",
            on_click=frame.choose_language,
            args=(other,),
        )
