"""Files and folders become articles: one module a format, one way in."""

from __future__ import annotations

import dataclasses
import gzip
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import IO, cast

from corpus.article import Article
from corpus.readers.archives import read_zip
from corpus.readers.document import Document, Fault, ReadError, Unreadable
from corpus.readers.docx import read_docx
from corpus.readers.encoding import decode
from corpus.readers.feeds import read_feed
from corpus.readers.html import read_html
from corpus.readers.mail import read_mail, read_mhtml
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf import read_pdf
from corpus.readers.tables import read_csv, read_jsonl
from corpus.readers.text import read_text
from corpus.recurring import recurring_lines

__all__ = ["FORMATS", "Unreadable", "is_address", "read"]

Reader = Callable[[Document], Iterator[Article | Unreadable]]
Unit = Callable[[], Iterator[Article | Unreadable]]
"""Reads one file or address when it is called."""

FORMATS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
    ".eml": lambda document: read_mail(document, reader_of, read_document),
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".zip": lambda document: read_zip(document, reader_of, read_document),
}

_LOOKED_AT = 200  # page dumps of a folder in which recurring lines are sought
_LARGEST_DUMP = 1 << 20


def read(paths: Iterable[Path | str]) -> Iterator[Article | Unreadable]:
    """Reads files and folders.

    Args:
        paths: Files, folders to walk, and web addresses. In a folder, hidden files and files
            that no reader knows by their ending are passed over in silence; a file that is
            named is read or reported.

    Yields:
        Articles, and a line for everything that gave none, in the order of the paths; those of
        a folder in the order of their names.
    """
    for unit in units(paths):
        yield from unit()


def units(paths: Iterable[Path | str]) -> Iterator[Unit]:
    """What there is to read, in its order, each of which can be read by itself."""
    for given in paths:
        path = Path(given).expanduser().absolute()
        if isinstance(given, str) and is_address(given):
            yield partial(_read_address, given)
        elif path.is_dir():
            yield from _units_of(path)
        elif not path.exists():
            yield _nothing(path, "There is no such file or folder.", "missing")
        elif reader_of(path.name) is None:
            reason = "Files of this kind cannot be read; see the README for those that can."
            yield _nothing(path, reason, "format")
        else:
            yield partial(_read_file, path)


def is_address(text: str) -> bool:
    """Tells a web address from a path."""
    return text.lower().startswith(("http://", "https://"))


def reader_of(name: str) -> Reader | None:
    """Gives the reader of a file by its name's ending; ``.gz`` after it is allowed."""
    return FORMATS.get(Path(name.lower().removesuffix(".gz")).suffix)


def _units_of(folder: Path) -> Iterator[Unit]:
    closed: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(here, name) for name in sorted(files) if not name.startswith(".")]
        dumps = [path for path in paths if reader_of(path.name) is read_text]
        recurring = cache(partial(_recurring, dumps))  # sought when the first of them is read
        for path in paths:
            if reader_of(path.name):
                yield partial(_read_file, path, recurring)
    for error in closed:
        yield _nothing(error.filename, f"It cannot be opened: {error.strerror}.", "closed")


def _nothing(path: Path | str, reason: str, fault: Fault) -> Unit:
    return partial(iter, [Unreadable(str(path), reason, fault)])


def _read_address(address: str) -> Iterator[Article | Unreadable]:
    from corpus.readers.web import read_address

    return read_address(address)


def _recurring(paths: Sequence[Path]) -> frozenset[str]:
    """Finds what recurs in some of a folder's page dumps; in which, their names alone decide."""
    chosen = sorted(paths, key=lambda path: zlib.crc32(os.fsencode(path.name)))[:_LOOKED_AT]
    return recurring_lines(_lines(path) for path in chosen)


def _lines(path: Path) -> list[str]:
    """The lines of a page dump; none of a file that is large or cannot be read."""
    try:
        if path.suffix == ".gz" or not path.is_file() or path.stat().st_size > _LARGEST_DUMP:
            return []
        return decode(path.read_bytes()).splitlines()
    except (OSError, ReadError):
        return []


def _read_file(
    path: Path, recurring: Callable[[], frozenset[str]] = frozenset
) -> Iterator[Article | Unreadable]:
    if not path.is_file():  # a pipe or a device would never end
        yield Unreadable(str(path), "It is not an ordinary file.", "closed")
        return
    try:
        with path.open("rb") as stream:
            of_folder = recurring() if reader_of(path.name) is read_text else frozenset()
            yield from read_document(Document(stream, str(path), recurring=of_folder), path.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Unreadable(str(path), f"It cannot be opened: {reason}.", "closed")


def read_document(document: Document, name: str) -> Iterator[Article | Unreadable]:
    """Reads one file by its name's ending. Whatever is wrong with it becomes one line."""
    reader = reader_of(name)
    if reader is None:
        yield Unreadable(document.place, "Files of this kind cannot be read.", "format")
        return
    if name.lower().endswith(".gz"):
        unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=document.stream))
        document = dataclasses.replace(document, stream=unpacked)
    try:
        yield from reader(document)
    except ReadError as error:
        yield Unreadable(document.place, str(error), error.fault)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield Unreadable(document.place, "It is damaged: its packed data cannot be unpacked.")
    except OSError:
        raise
    except Exception as error:  # parsers of other people's files fail in ways of their own
        what = f"{type(error).__name__}: {error}".strip(": ")
        yield Unreadable(document.place, f"It is damaged, or not what its name says ({what}).")
