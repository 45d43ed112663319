"""ZIP archives of files that can be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from corpus.article import Article
from corpus.readers.document import Document, ReadError, Unreadable
from corpus.readers.unread import is_litter, passed_over

_LARGEST = 256 * 1024 * 1024
_LARGEST_UNPACKED = 1024 * 1024 * 1024
_MEMBERS = 20_000
_DEPTH = 2  # an archive within an archive, and no further

Reader = Callable[[Document, str], Iterator[Article | Unreadable]]


def read_zip(
    document: Document, knows: Callable[[str], object], read: Reader
) -> Iterator[Article | Unreadable]:
    """Reads the members of an archive, in the order of their names.

    Those that no reader knows are passed over, and told as such.

    Args:
        document: The archive.
        knows: Tells whether a file can be read, by its name.
        read: Reads one file, given its name.

    Raises:
        ReadError: It is damaged, nested too deep, or unpacks to more than is safe.
    """
    if document.depth >= _DEPTH:
        raise ReadError("It lies in an archive within an archive; unpack it first.", "format")
    try:
        archive = zipfile.ZipFile(io.BytesIO(document.read(_LARGEST)))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ReadError("It is a damaged ZIP archive.") from error
    members = sorted(archive.infolist(), key=lambda member: member.filename)
    # zipfile gives no more of a member than its entry says, so the sum is a true bound.
    unpacked = sum(member.file_size for member in members)
    if unpacked > _LARGEST_UNPACKED or len(members) > _MEMBERS:
        raise ReadError(
            f"It unpacks to {unpacked >> 20} MB in {len(members)} files, more than is safe;"
            " unpack it and index the folder.",
            "large",
        )
    with archive:
        for member in members:
            parts = PurePosixPath(member.filename).parts
            if member.is_dir() or any(map(is_litter, parts)):
                continue
            inner = "/".join(part for part in (document.inner, member.filename) if part)
            if not knows(member.filename):
                yield passed_over(f"{document.path}/{inner}", member.filename)
                continue
            try:
                with archive.open(member) as stream:
                    yield from read(
                        Document(stream, document.path, inner, depth=document.depth + 1),
                        member.filename,
                    )
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
                yield Unreadable(
                    f"{document.path}/{inner}",
                    "It is damaged, or locked with a password.",
                    "locked",
                )
