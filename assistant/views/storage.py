"""Where the library is kept, how much room it takes, and which model reads it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from assistant.messages.wording import Wording
from assistant.views.opening import Opening

if TYPE_CHECKING:
    from assistant.settings import Settings


def draw(now: Opening, chosen: Settings, words: Wording) -> None:
    """Draws what is known of the library's place, size and model."""
    folder = Path(chosen.store).absolute()
    rows = {words("library.location"): str(folder)}
    rows[words("library.size")] = words.size(_bytes(folder))
    for name, url in (("chroma", chosen.chroma_url), ("database", chosen.database_url)):
        if url:
            rows[words(f"library.{name}")] = _without_password(url)
    rows[words("library.model")] = model_name(chosen.embedding_model, words)
    if now.index:
        rows[words("library.holds")] = words("library.articles", n=len(now.index))
    items = "".join(
        f"<dt>{escape(name)}</dt><dd><bdi>{escape(value)}</bdi></dd>"
        for name, value in rows.items()
    )
    st.html(f'<dl class="about">{items}</dl>')


def model_name(name: str, words: Wording) -> str:
    """What an embedding model is called on the page."""
    return words("library.bundled") if name == "bundled" else name


def _bytes(folder: Path) -> int:
    """The size of all files of a folder; those that go while it is looked through do not count."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def _without_password(url: str) -> str:
    """An address as it may be shown: user names and passwords are left out."""
    try:
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "…"
    return f"{parts.scheme.partition('+')[0]}://{place}{parts.path}"
