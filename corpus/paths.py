"""Paths as text that can be stored, printed and shown, and back again.

On most systems a path is bytes, which need not be UTF-8. Python holds a byte that is not as half
of a character, which neither a database nor a terminal takes. Here such a byte becomes a character
of Unicode's private use area instead: U+F700 and the byte.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_BYTES = 0xF700  # what is added to a byte that is not UTF-8
_HALVES = 0xDC00  # what Python adds to it
_ESCAPED = re.compile("[\uf780-\uf7ff]")


def path_text(path: str | os.PathLike[str]) -> str:
    """Writes a path as text: any UTF-8 one as it is, and others so that `path_of` knows them."""
    try:
        encoded = os.fsencode(path)
    except UnicodeEncodeError:  # what was typed is no path that there can be
        encoded = os.fspath(path).encode("utf-8", "surrogatepass")
    # A path that has such a character of its own is written byte by byte.
    raw = _ESCAPED.sub(
        lambda match: "".join(chr(_HALVES + byte) for byte in match[0].encode()),
        encoded.decode("utf-8", "surrogateescape"),
    )
    return re.sub("[\udc80-\udcff]", lambda match: chr(ord(match[0]) - _HALVES + _BYTES), raw)


def path_of(text: str) -> Path:
    """Gives the path that `path_text` wrote."""
    raw = _ESCAPED.sub(lambda match: chr(ord(match[0]) - _BYTES + _HALVES), text)
    return Path(os.fsdecode(raw.encode("utf-8", "surrogateescape")))


def is_gone(text: str) -> bool:
    """Tells whether there is no longer a file at a path; one that cannot be looked at may be."""
    try:
        path_of(text).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
