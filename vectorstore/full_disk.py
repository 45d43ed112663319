"""Whether an error is a full disk, whichever library meets it."""

from __future__ import annotations

import errno
import sqlite3

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DISK_FULL = "53100"  # PostgreSQL's code
# tantivy and Chroma, which are written in Rust, tell of it in the text of an error alone: Rust
# puts the system's number there, and SQLite has one sentence for it in all languages.
_WORDS = (*(f"os error {number}" for number in sorted(_FULL)), "database or disk is full")
_WITHOUT_A_CODE = ("tantivy", "chromadb", "builtins")


class DiskFullError(RuntimeError):
    """There is no room to write; the message says where and what to do."""


def is_full(error: BaseException | None) -> bool:
    """Tells whether an error, or what caused it, is a full disk."""
    while error is not None:
        if _says_full(error) or _says_full(getattr(error, "orig", None)):  # SQLAlchemy's
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_full(error: BaseException | None) -> bool:
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _FULL
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    if getattr(error, "sqlstate", None) == _DISK_FULL:
        return True
    said = str(error).casefold()
    package = type(error).__module__.partition(".")[0]
    return package in _WITHOUT_A_CODE and any(words in said for words in _WORDS)
