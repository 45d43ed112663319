"""Files and folders become articles: one module a format, one way in."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import IO, cast

from corpus.article import Article
from corpus.paths import path_text
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
from corpus.readers.unread import is_litter, passed_over, unread_reason
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


def read(
    paths: Iterable[Path | str],
    *,
    private_urls: bool = False,
    only: Collection[str] | None = None,
) -> Iterator[Article | Unreadable]:
    """Reads files and folders.

    Args:
        paths: Files, folders to walk, and web addresses. What is named twice is read once.
        private_urls: Whether addresses inside a private network may be read.
        only: Of the files, read only these, as `corpus.paths.path_text` writes them.

    Yields:
        Articles, and a line for everything that gave none, in the order of the paths; those of
        a folder in the order of their names. Files in a folder that no reader knows have the
        fault "unread"; hidden files and what systems leave behind are not told at all.
    """
    for unit in units(paths, private_urls=private_urls, only=only):
        yield from unit()


def units(
    paths: Iterable[Path | str],
    *,
    private_urls: bool = False,
    only: Collection[str] | None = None,
) -> Iterator[Unit]:
    """What there is to read, in its order, each of which can be read by itself; see `read`."""
    seen: set[Path | str] = set()
    for given in paths:
        if isinstance(given, str) and is_address(given):
            if given not in seen and only is None:
                yield partial(_read_address, given, private_urls)
            seen.add(given)
            continue
        path = absolute(given)
        for file, unit in _files(path) if _is_folder(path) else [(path, _named(path))]:
            if file not in seen and (only is None or path_text(file) in only):
                yield unit
            seen.add(file)


def absolute(path: Path | str) -> Path:
    """The path from the root, without ``..`` and the like: a file has one such path."""
    with contextlib.suppress(RuntimeError):  # a name that begins with a tilde, and no user's
        path = Path(path).expanduser()
    return Path(os.path.abspath(path))  # noqa: PTH100  (resolve would follow links)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it lies in a folder that is closed
        return False


def _named(path: Path) -> Unit:
    """Reads a file that was named, or says why not."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # no name that a file can have
        return _nothing(path, "There is no such file or folder.", "missing")
    except OSError as error:
        return _nothing(path, f"It cannot be opened: {error.strerror}.", "closed")
    if reader_of(path.name) is None:
        return _nothing(path, unread_reason(path.name), "format")
    return partial(_read_file, path)


def is_address(text: str) -> bool:
    """Tells a web address from a path."""
    return text.lower().startswith(("http://", "https://"))


def reader_of(name: str) -> Reader | None:
    """Gives the reader of a file by its name's ending; ``.gz`` after it is allowed."""
    return FORMATS.get(Path(name.lower().removesuffix(".gz")).suffix)


def _files(folder: Path) -> Iterator[tuple[Path, Unit]]:
    """The files of a folder tree, and the folders in it that cannot be opened."""
    closed: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not is_litter(name))
        paths = [Path(here, name) for name in sorted(files) if not is_litter(name)]
        dumps = [path for path in paths if reader_of(path.name) is read_text]
        recurring = cache(partial(_recurring, dumps))  # sought when the first of them is read
        for path in paths:
            if reader_of(path.name):
                yield path, partial(_read_file, path, recurring)
            else:
                yield path, partial(iter, [passed_over(path_text(path), path.name)])
    for error in closed:
        path = Path(error.filename)
        yield path, _nothing(path, f"It cannot be opened: {error.strerror}.", "closed")


def _nothing(path: Path, reason: str, fault: Fault) -> Unit:
    return partial(iter, [Unreadable(path_text(path), reason, fault)])


def _read_address(address: str, private_urls: bool) -> Iterator[Article | Unreadable]:
    from corpus.readers.web import read_address

    return read_address(address, private_urls=private_urls)


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
    try:
        if path.exists() and not path.is_file():  # a pipe or a device would never end
            yield Unreadable(path_text(path), "It is not an ordinary file.", "closed")
            return
        with path.open("rb") as stream:
            of_folder = recurring() if reader_of(path.name) is read_text else frozenset()
            document = Document(stream, path_text(path), recurring=of_folder)
            yield from read_document(document, path.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Unreadable(path_text(path), f"It cannot be opened: {reason}.", "closed")


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
