"""Files that no reader knows: which of them are counted, and what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from corpus.readers.document import Unreadable

_LONGEST_ENDING = 10
# Written by systems and programs for themselves, never by a person.
_LITTER = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "__macosx"}
    | {"system volume information", "lost+found"}
)
_LITTER_BEGINNINGS = (".", "~$")  # hidden files, and locks of open Word documents


class _Kind(NamedTuple):
    name: str
    remedy: str
    endings: str


_KINDS = (
    _Kind("Documents", "save them as .docx", ".doc .dot .odt .rtf .pages .wpd .wps .gdoc"),
    _Kind("E-books", "convert them to .html or .txt", ".epub .mobi .azw .azw3 .fb2 .djvu"),
    _Kind("Spreadsheets", "save them as .csv", ".xls .xlsx .xlsm .ods .numbers"),
    _Kind("Presentations", "save them as .pdf", ".ppt .pptx .odp .key"),
    _Kind("JSON documents", "save one object a line, as .jsonl", ".json .geojson"),
    _Kind("Databases", "export their tables as .csv", ".db .sqlite .sqlite3 .mdb .accdb"),
    _Kind("Mailboxes", "save their messages as .eml", ".msg .mbox .pst .ost .emlx"),
    _Kind("Web archives", "save their pages as .html or .mhtml", ".warc .webarchive .maff .webloc"),
    _Kind("Subtitles", "save their text as .txt", ".srt .vtt .ass .ssa .sub"),
    _Kind("TeX and other markup", "save its text as .txt or .pdf", ".tex .rst .adoc .org .textile"),
    _Kind("Archives", "unpack them", ".rar .7z .tar .tgz .tar.gz .bz2 .xz .zst .iso"),
    _Kind(
        "Pictures",
        "recognise their text first, and save it as .txt",
        ".jpg .jpeg .png .gif .webp .tif .tiff .bmp .heic .svg",
    ),
    _Kind(
        "Recordings",
        "write down what is said, as .txt",
        ".mp3 .m4a .wav .ogg .opus .flac .mp4 .mkv .mov .avi .webm",
    ),
    _Kind("Parts of saved pages", "they hold no articles", ".css .js .map .woff .woff2 .ico"),
)
_KIND_OF = {ending: kind for kind in _KINDS for ending in kind.endings.split()}
_ELSE = "save the text as .txt, .html, .docx or .pdf"


def is_litter(name: str) -> bool:
    """Tells whether a file or folder is hidden, or something that a system leaves behind.

    Nobody means these to be read: they are neither read nor counted.
    """
    return name.startswith(_LITTER_BEGINNINGS) or name.lower() in _LITTER


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters; "" where it has none.

    What packed it is part of it (``.tar.gz``); a number or a sentence after a full stop is none.
    """
    name = name.lower()
    packed = ".gz" if name.endswith(".gz") else ""
    ending = PurePath(name.removesuffix(packed)).suffix
    known = ending[1:].isalnum() and not ending[1:].isdigit() and len(ending) <= _LONGEST_ENDING
    return (ending if known else "") + packed


def passed_over(place: str, name: str) -> Unreadable:
    """Tells of a file in a folder or an archive that no reader knows."""
    return Unreadable(place, unread_reason(name), "unread")


def unread_reason(name: str) -> str:
    """Says of one file what kind it is, and what to do with it."""
    ending = ending_of(name)
    if kind := _KIND_OF.get(ending):
        return f"{kind.name} ({ending}) cannot be read: {kind.remedy}."
    if not ending:
        return f"Its name has no ending that tells what it is: {_ELSE}."
    return f"Files that end in {ending} cannot be read: {_ELSE}."


def remedies(endings: Sequence[str]) -> list[str]:
    """What to do with files of some endings, a sentence for each kind."""
    found: dict[str, list[str]] = {}
    for ending in endings:
        kind = _KIND_OF.get(ending)
        told = f"{kind.name}: {kind.remedy}" if kind else f"Others: {_ELSE}"
        found.setdefault(told, []).append(ending)
    return [f"{told}." for told in sorted(found, key=lambda told: told.startswith("Others"))]
