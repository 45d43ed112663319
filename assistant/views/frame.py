"""What every page has: the stylesheet, the interface's language, and ways around."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import streamlit as st

from assistant.messages import wording as words_of
from assistant.messages.wording import Wording

STATIC = Path(__file__).parents[1] / "static"
# Streamlit would import numpy to look at a picture before the first paint.
_ICON = "data:image/svg+xml," + quote((STATIC / "isnad.svg").read_text("utf-8"))
_COOKIE = "isnad_language"
_YEAR = 365 * 24 * 3600

_browser = st.components.v2.component(
    "isnad_page", js=(STATIC / "isnad.js").read_text("utf-8"), isolate_styles=False
)


def wording() -> Wording:
    """The interface's language: chosen here, chosen before in this browser, or the browser's."""
    chosen = st.session_state.get("language") or st.context.cookies.get(_COOKIE)
    browser = st.context.locale
    if chosen and browser and browser.split("-")[0] == chosen:
        chosen = browser  # keeps the region, which decides digits and month names
    return words_of.wording(chosen or browser)


def choose_language(language: str) -> None:
    """Changes the interface's language, for this session and for the browser's next ones."""
    st.session_state["language"] = language


def choose_theme(theme: str) -> None:
    """Changes the theme of this browser: System, Light or Dark. The page is drawn anew."""
    _browser(key=f"theme {theme}", data={"theme": theme})


def dress(pages: Mapping[str, st.Page]) -> None:
    """Sets the style, the direction and the language of the page, and remembers its pages."""
    words = wording()
    sheets = ["isnad.css", "rtl.css"] if words.direction == "rtl" else ["isnad.css"]
    style = "\n".join((STATIC / sheet).read_text("utf-8") for sheet in sheets)
    st.html(f"<style>body {{ direction: {words.direction} }}\n{style}</style>")
    st.session_state["pages"] = dict(pages)
    remember = st.session_state.get("language")
    _browser(
        key="page",
        data={
            "language": words.language,
            "direction": words.direction,
            "words": words.of_streamlit(),
            "icon": _ICON,
            "remember": f"{_COOKIE}={remember}; path=/; max-age={_YEAR}; samesite=lax"
            if remember
            else "",
        },
        height="content",
        on_stopped_change=lambda: None,  # what Streamlit's own stop leaves undrawn is drawn then
    )


def seek(element: str, moment: object = "", block: Literal["start", "center"] = "center") -> None:
    """Scrolls to an element once it is on the page, and gives it the keyboard.

    Args:
        element: Its id.
        moment: Tells one wish to be there from another: the same one is granted once.
        block: Where on the screen it should stand.
    """
    _browser(key=f"seek {element} {moment}", data={"seek": f"{element} {moment}", "block": block})


def keep_address() -> None:
    """Writes what a page was asked for into its address.

    Streamlit leaves the address as it was where a link leads from a page to the same page: another
    run, or a reload, would then show what was there before.
    """
    st.query_params.from_dict(st.query_params.to_dict())


def narrow() -> None:
    """Gives the page a column as wide as a line is well read."""
    st.html('<span class="narrow-page"></span>')


def page(name: str) -> st.Page:
    """One of the app's pages, to link or switch to: chat, library, settings or article."""
    found: st.Page = st.session_state["pages"][name]
    return found
