"""The settings: the interface, who writes the answers, the library, and what leaves here."""

from __future__ import annotations

import os
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.messages.wording import LANGUAGES, Wording, wording
from assistant.views import embedding, faults, frame, markup, opening, storage

if TYPE_CHECKING:
    from assistant.settings import Settings

_THEMES = ("System", "Light", "Dark")
_CHAT = ("chat_model", "chat_base_url", "chat_api_key")
_PROVIDERS = ("ollama", "openai", "anthropic")
_OLLAMA = "http://localhost:11434"
_PLACEHOLDERS = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}


def settings() -> Settings:
    """The settings in force: those of this session before the environment's and the file's."""
    from assistant.settings import Settings

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
    from assistant.privacy import leaving

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
    if written == "model":
        _hint(words("writer.model_why"))
        _model(now, words)
        return
    _hint(words("writer.quote_why"))
    if now.chat_model:
        st.session_state["chosen-model"] = dict.fromkeys(_CHAT)
        st.rerun()
    if _saved_model() and st.button(words("model.forget", file=_secrets()), type="tertiary"):
        _remember(dict.fromkeys(_CHAT, ""))
        st.rerun()


def _model(now: Settings, words: Wording) -> None:
    """Fields for the language model, and a line about the one in use."""
    if now.chat_model:
        st.html(
            f'<p class="hint" role="status">{escape(words("model.in_use"))} '
            f"<bdi>{escape(now.chat_model)}</bdi></p>"
        )
    provider, _, model = (now.chat_model or "").partition(":")
    given = st.selectbox(
        words("model.provider"),
        _PROVIDERS,
        index=_PROVIDERS.index(provider) if provider in _PROVIDERS else 0,
        format_func=lambda name: words(f"provider.{name}"),
        key="model-provider",
    )
    local = given == "ollama"
    address = st.text_input(
        words("model.ollama_address" if local else "model.address"),
        now.chat_base_url or "",
        placeholder=_OLLAMA if local else _PLACEHOLDERS[given],
        key=f"model-address-{given}",
    ).strip()
    found = _ollama(address or _OLLAMA) if local else []
    if local:
        text = words("ollama.found", n=len(found)) if found else words("ollama.none")
        _hint(text)
    # In a form: outside one, a key that is left with the keyboard is not taken over.
    with st.form("model", border=False):
        if found:
            place = found.index(model) if model in found else 0
            name = st.selectbox(words("model.name"), found, index=place)
        else:
            name = st.text_input(words("model.name"), model, key=f"model-name-{given}").strip()
        key = ""
        if not local:
            key = st.text_input(words("model.key"), now.chat_api_key or "", type="password").strip()
        keep = st.checkbox(words("model.keep", file=_secrets()))
        use = st.form_submit_button(words("model.use"), type="primary")
    if use and name:
        chosen = dict(zip(_CHAT, (f"{given}:{name}", address, key), strict=True))
        st.session_state["chosen-model"] = {n: value or None for n, value in chosen.items()}
        if keep:
            _remember(chosen)
        st.rerun()


@st.cache_data(ttl=5, show_spinner=False)
def _ollama(address: str) -> list[str]:
    """The models of an Ollama that runs there; none where there is none."""
    from assistant.writing import ollama_models

    return ollama_models(address)


def _library(words: Wording) -> None:
    _title(words("settings.library"))
    now, chosen = opening.current(), settings()
    with st.container():
        if now.stage not in ("ready", "failed"):
            opening.watch(words, now.listed)
    storage.draw(now, chosen, words)
    embedding.draw(now, words)
    if now.error:
        st.error(markup.plain(words("opening.failed", reason=faults.told(now.error, words))))
    with st.expander(words("library.change")), st.form("library", border=False):
        _hint(words("library.change_why", file=_secrets()))
        store = st.text_input(
            words("library.location"), str(chosen.store), disabled="ISNAD_STORE" in os.environ
        )
        model = st.text_input(
            words("library.model"),
            chosen.embedding_model,
            disabled="ISNAD_EMBEDDING_MODEL" in os.environ,
        )
        given = {"store": store.strip(), "embedding_model": model.strip()}
        changed = {n: value for n, value in given.items() if value != str(getattr(chosen, n))}
        if st.form_submit_button(words("library.change_now")) and changed:
            _remember(changed)
            opening.begin()
            st.rerun()


def _hint(text: str) -> None:
    st.html(f'<p class="hint" dir="auto">{escape(text)}</p>')


def _secrets() -> str:
    """The file of secrets as it is written inside a line of Arabic: isolated, left to right."""
    from assistant.settings import SECRETS

    return f"\u2066{SECRETS}\u2069"


def _remember(values: dict[str, str]) -> None:
    from assistant.settings import remember

    remember(values)


def _saved_model() -> bool:
    """Whether a language model is set for coming sessions in the file of secrets."""
    from assistant.settings import saved

    return bool(saved().get("chat_model"))
