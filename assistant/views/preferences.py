"""The settings: the interface, who writes the answers, the library, and what leaves here."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.privacy import leaving
from assistant.settings import SECRETS, Settings, remember
from assistant.views import frame, markup, opening
from assistant.views.wording import LANGUAGES, Wording, wording

_THEMES = ("System", "Light", "Dark")
_CHAT = ("chat_model", "chat_base_url", "chat_api_key")
_PROVIDERS = ("ollama", "openai", "anthropic")


def settings() -> Settings:
    """The settings in force: those of this session before the environment's and the file's."""
    chosen: dict[str, Any] = st.session_state.get("chosen-model", {})
    return Settings(**chosen)


def page() -> None:
    """Draws the page."""
    words = frame.wording()
    frame.narrow()
    st.html(f'<h1 class="page-title">{escape(words("page.settings"))}</h1>')
    _privacy(words)
    _interface(words)
    _answers(words)
    _library(words)


def _title(text: str) -> None:
    st.html(f'<h2 class="section-title">{escape(text)}</h2>')


def _privacy(words: Wording) -> None:
    told = leaving(settings())
    if not told:
        text = words("privacy.nothing")
    else:
        text = words.listing([words(f"privacy.{item.what}", where=item.where) for item in told])
    kind = "leaving" if told else "staying"
    st.html(f'<p class="privacy {kind}" role="status">{escape(text)}</p>')


def _interface(words: Wording) -> None:
    _title(words("settings.interface"))
    language = st.segmented_control(
        words("settings.language"),
        LANGUAGES,
        default=words.language,
        format_func=lambda code: wording(code)("language.own"),
        required=True,
        key=f"interface-language-{words.language}",
    )
    if language and language != words.language:
        frame.choose_language(language)
        st.rerun()
    theme = st.segmented_control(
        words("settings.theme"),
        _THEMES,
        format_func=lambda name: words(f"theme.{name.lower()}"),
        key="interface-theme",
    )
    if theme:
        frame.choose_theme(theme)


def _answers(words: Wording) -> None:
    _title(words("settings.answers"))
    now = settings()
    written = st.segmented_control(
        words("settings.writer"),
        ("quote", "model"),
        default="model" if now.chat_model else "quote",
        format_func=lambda name: words(f"writer.{name}"),
        required=True,
        key="writer",
    )
    if written == "quote":
        st.html(f'<p class="hint">{escape(words("writer.quote_why"))}</p>')
        if now.chat_model:
            st.session_state["chosen-model"] = dict.fromkeys(_CHAT)
            st.rerun()
        return
    st.html(f'<p class="hint">{escape(words("writer.model_why"))}</p>')
    provider, _, model = (now.chat_model or "ollama:").partition(":")
    with st.form("model", border=False):
        given = st.selectbox(
            words("model.provider"),
            _PROVIDERS,
            index=_PROVIDERS.index(provider) if provider in _PROVIDERS else 0,
        )
        name = st.text_input(words("model.name"), model, placeholder="qwen3:8b")
        address = st.text_input(
            words("model.address"), now.chat_base_url or "", placeholder="http://localhost:11434"
        )
        key = st.text_input(words("model.key"), now.chat_api_key or "", type="password")
        keep = st.checkbox(words("model.keep", file=str(SECRETS)))
        if st.form_submit_button(words("model.use"), type="primary") and name.strip():
            values = (f"{given}:{name.strip()}", address.strip(), key.strip())
            chosen = dict(zip(_CHAT, values, strict=True))
            st.session_state["chosen-model"] = {n: value or None for n, value in chosen.items()}
            if keep:
                remember(chosen)
            st.rerun()


def _library(words: Wording) -> None:
    _title(words("settings.library"))
    now = opening.current()
    chosen = now.settings
    rows = {
        words("library.location"): str(Path(chosen.store).absolute()),
        words("library.model"): chosen.embedding_model,
    }
    if now.index:
        rows[words("library.holds")] = words("library.articles", n=len(now.index))
    items = "".join(
        f"<dt>{escape(name)}</dt><dd><bdi>{escape(value)}</bdi></dd>"
        for name, value in rows.items()
    )
    st.html(f'<dl class="about">{items}</dl>')
    if now.error:
        st.error(markup.plain(words("opening.failed", reason=str(now.error))))
