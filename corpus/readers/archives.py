"""ZIP archives of files that can be read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from corpus.article import Article
from corpus.readers.document import Document, Fault, ReadError, Unreadable, distinct
from corpus.readers.encoding import decode
from corpus.readers.unread import is_litter, passed_over

_LARGEST = 256 * 1024 * 1024
_LARGEST_UNPACKED = 1024 * 1024 * 1024
_MEMBERS = 20_000
_DEPTH = 2  # an archive within an archive, and no further
_ENCRYPTED, _UTF_8_NAME = 0x1, 0x800  # of a member's flags
# What zipfile raises at bytes that are not what they should be.
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError)

Reader = Callable[[Document, str], Iterator[Article | Unreadable]]


def read_zip(
    document: Document, knows: Callable[[str], object], read: Reader
) -> Iterator[Article | Unreadable]:
    """Reads the members of an archive, in the order of their names.

    Those that no reader knows are passed over, and told as such; one that is locked or damaged
    is told by itself, and the others are read.

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
    except (*_DAMAGE, NotImplementedError) as error:
        raise ReadError("It is a damaged ZIP archive.") from error
    members = archive.infolist()
    # zipfile gives no more of a member than its entry says, so the sum is a true bound.
    unpacked = sum(member.file_size for member in members)
    if unpacked > _LARGEST_UNPACKED or len(members) > _MEMBERS:
        raise ReadError(
            f"It unpacks to {unpacked >> 20} MB in {len(members)} files, more than is safe;"
            " unpack it and index the folder.",
            "large",
        )
    taken: set[str] = set()
    with archive:
        for name, member in sorted(zip(_names(members), members, strict=True), key=lambda m: m[0]):
            if member.is_dir() or any(map(is_litter, PurePosixPath(name).parts)):
                continue
            # Two members can have one name; each is a file of its own.
            own_name = distinct(name, taken)
            inner = "/".join(part for part in (document.inner, own_name) if part)
            place = f"{document.path}/{inner}"
            if not knows(name):
                yield passed_over(place, name)
                continue
            try:
                with archive.open(member) as stream:
                    yield from read(
                        Document(stream, document.path, inner, depth=document.depth + 1), name
                    )
            except (*_DAMAGE, NotImplementedError, RuntimeError) as error:
                yield Unreadable(place, *_what_is_wrong(member, error))


def _what_is_wrong(member: zipfile.ZipInfo, error: Exception) -> tuple[str, Fault]:
    if member.flag_bits & _ENCRYPTED:
        return "It is locked with a password; unpack the archive and index the folder.", "locked"
    if isinstance(error, NotImplementedError):
        return (
            "It is packed in a way that cannot be undone here; unpack the archive and index the"
            " folder.",
            "format",
        )
    return "It is damaged in the archive: its data cannot be unpacked.", "damaged"


def _names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names; those in an older encoding are decoded together, as one text is."""
    names = [member.filename for member in members]
    old = [
        number
        for number, member in enumerate(members)
        if not member.flag_bits & _UTF_8_NAME and not member.filename.isascii()
    ]
    try:
        data = "\n".join(names[number] for number in old).encode("cp437")  # as zipfile read them
        decoded = decode(data).split("\n")
    except (UnicodeEncodeError, ReadError):
        return names
    if len(decoded) == len(old):
        for number, name in zip(old, decoded, strict=True):
            names[number] = name
    return names
