"""What a reader is given, and what it says when it cannot read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Literal

LARGEST = 32 * 1024 * 1024  # bytes of one article's file; a book of a thousand pages has two


Fault = Literal[
    "missing",  # there is no such file
    "closed",  # it cannot be opened
    "format",  # a kind of file that no reader knows
    "unread",  # the same, in a folder or an archive: no failure
    "damaged",  # or not what its name says
    "locked",  # with a password
    "large",  # more than an article, or an archive of articles, has
    "pictures",  # of text, not text
    "glyphs",  # shapes of letters, and nothing that tells the letters
    "empty",  # no text, or no story in it
    "layout",  # a table, a line or a feed without what is looked for
    "address",  # no web address
    "unreachable",  # no such site, or it does not answer
    "refused",  # the site answers, but gives no page
    "private",  # an address inside a private network
]
"""What is the matter, for programs that say it in words of their own."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that gave no article.

    Attributes:
        path: The file's path (a line of a file: ``path:LINE``; a member of an archive:
            ``path/member``), or the address of a page.
        reason: Why, as one sentence.
        fault: The kind of reason.
    """

    path: str
    reason: str
    fault: Fault = "damaged"


class ReadError(Exception):
    """A file cannot be read; its message is one sentence for the reader of the program.

    Attributes:
        fault: The kind of reason.
    """

    def __init__(self, reason: str, fault: Fault = "damaged") -> None:
        super().__init__(reason)
        self.fault: Fault = fault


@dataclass(frozen=True, slots=True)
class Document:
    """A file's bytes and where they stood.

    Attributes:
        stream: The bytes, read from the beginning.
        path: The file on disk, as `corpus.paths.path_text` writes it; None for a page that was
            fetched.
        inner: The place inside that file, where it is an archive.
        url: The page's address, where it is known.
        depth: How many archives it lies in.
        recurring: Lines that stand on several pages of its folder.
    """

    stream: IO[bytes]
    path: str | None
    inner: str = ""
    url: str | None = None
    depth: int = 0
    recurring: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """The place as a person would write it."""
        return "/".join(part for part in (self.path or self.url, self.inner) if part)

    def article_id(self, key: str = "") -> str:
        """Gives an article's id: the same for the same place, on every reading.

        Args:
            key: What tells an article from the others in one file.
        """
        name = "\0".join((self.path or self.url or "", self.inner, key))
        return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def read(self, largest: int = LARGEST) -> bytes:
        """Reads the whole of it.

        Raises:
            ReadError: It is empty, or larger than ``largest`` bytes.
        """
        data = self.stream.read(largest + 1)
        if len(data) > largest:
            raise ReadError(
                f"It is larger than {largest >> 20} MB, more than an article has; split it, or"
                " save its articles as JSON lines.",
                "large",
            )
        if not data.strip():
            raise ReadError("It is empty.", "empty")
        return data


def distinct(name: str, taken: set[str]) -> str:
    """Gives a file in an archive or a mail a name of its own, such as ``a (2).txt``.

    Args:
        name: The name that it bears.
        taken: The names of those before it, to which its own is added.
    """
    path = PurePosixPath(name)
    found, number = name, 1
    while found in taken:
        number += 1
        found = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    taken.add(found)
    return found
