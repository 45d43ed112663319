"""What went wrong, as a sentence with a next step in the interface's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.messages.wording import Wording

if TYPE_CHECKING:
    from corpus.readers.document import Unreadable

# By the names of the exceptions, so that telling them apart imports none of their libraries.
_KINDS = {
    "ChromaUnavailableError": "chroma",
    "SQLAlchemyError": "database",
    "EmbeddingModelError": "model",
    "ValidationError": "settings",
    "DiskFullError": "disk",
    "OSError": "disk",
}
_OURS = ("ChromaUnavailableError", "EmbeddingModelError", "DiskFullError", "ValueError")


def told(error: Exception | None, words: Wording) -> str:
    """Says what an exception means for the reader; the log has the rest."""
    names = [kind.__name__ for kind in type(error).__mro__]
    if words.language == "en" and any(name in _OURS for name in names):
        return str(error)  # written for the reader, with the place and what to do
    kind = next((_KINDS[name] for name in names if name in _KINDS), "unknown")
    # What the system itself says stays together, left to right, in a line of Arabic.
    return words(f"fault.{kind}", where=f"\u2066{error}\u2069")


def unread(item: Unreadable, words: Wording) -> str:
    """Says why a file gave no article. The readers speak English, and say more than the kind."""
    return item.reason if words.language == "en" else words(f"unreadable.{item.fault}")
