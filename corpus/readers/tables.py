"""Many articles in one file: JSON lines and CSV.

Their text is an article already: it is stored as it is given.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO

from corpus.article import Article
from corpus.dates import parse_date
from corpus.metadata import language, published_in_address
from corpus.outlets import outlet_in_address
from corpus.readers.document import LARGEST, Document, ReadError, Unreadable
from corpus.readers.encoding import decode

_LONGEST = 8 << 30  # bytes of one file, unpacked
# The usual names of each field, in the order of preference.
_SURROGATE = re.compile("[\ud800-\udfff]")  # halves of a character, which JSON can hold
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "article_id", "uid", "guid"),
    "text": ("text", "body", "content", "article", "maintext", "story", "النص", "نص", "المحتوى"),
    "title": ("title", "headline", "heading", "العنوان", "عنوان"),
    # A day that is called that of publication comes before any other.
    "date": ("published", "published_at", "publishedat", "datepublished", "date_published",
             "published_date", "publication_date", "publish_date", "date_publish", "publishdate",
             "pubdate", "pub_date", "تاريخ النشر", "date", "datetime", "timestamp", "التاريخ",
             "تاريخ"),
    "source": ("source", "outlet", "publisher", "newspaper", "site", "sitename", "domain",
               "source_domain", "المصدر", "مصدر"),
    "url": ("url", "link", "address", "uri", "الرابط", "رابط"),
    "language": ("language", "lang", "اللغة", "لغة"),
}  # fmt: skip


def read_jsonl(document: Document) -> Iterator[Article | Unreadable]:
    """Reads JSON lines: one object a line with ``text``, and what else is known.

    A line that gives no article is reported, and the others are read.

    Raises:
        ReadError: There is not one line in it.
    """
    seen: Counter[str] = Counter()
    stream = _of_bytes(document)
    number = length = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        length += len(line)
        place = f"{document.place}:{number}"
        if length > _LONGEST:
            yield Unreadable(
                place, f"The file goes on past {_LONGEST >> 30} GB; split it.", "large"
            )
            return
        if len(line) > LARGEST:
            yield Unreadable(place, f"The line is longer than {LARGEST >> 20} MB.", "large")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST + 1)
                length += len(line)
                if length > _LONGEST:
                    return
            continue
        if not line.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
            continue
        try:
            yield _article(_object(line), document, seen)
        except ReadError as error:
            yield Unreadable(place, str(error), error.fault)
    if not number:
        raise ReadError("It is empty.", "empty")


def _of_bytes(document: Document) -> IO[bytes]:
    """A file's bytes in an encoding in which one byte ends a line, as none does in UTF-16."""
    start = document.stream.read(256)
    document.stream.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or start.count(0) > 8:
        return io.BytesIO(decode(document.read(8 * LARGEST)).encode("utf-8", "replace"))
    return document.stream


def read_csv(document: Document) -> Iterator[Article | Unreadable]:
    """Reads a table with a row of names, parted by commas, semicolons or tabs.

    Raises:
        ReadError: It is empty, too large, or has no column of texts.
    """
    text = decode(document.read(8 * LARGEST))
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:65536], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(LARGEST)
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    seen: Counter[str] = Counter()
    try:
        names = {(name or "").strip().lower() for name in rows.fieldnames or ()}
        if not names & set(_NAMES["text"]):
            raise ReadError(
                "It has no column of texts; name one of its columns “text”, “body” or “content”.",
                "layout",
            )
        for row in rows:
            place = f"{document.place}:{rows.line_num}"
            try:
                yield _article({k: v for k, v in row.items() if isinstance(k, str)}, document, seen)
            except ReadError as error:
                yield Unreadable(place, str(error), error.fault)
    except csv.Error as error:
        yield Unreadable(
            f"{document.place}:{rows.line_num}", f"The table breaks off here: {error}."
        )


def _object(line: bytes) -> Mapping[str, object]:
    text = decode(line)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ReadError("The line is not JSON.", "layout") from None
    if not isinstance(value, dict):
        raise ReadError("The line is JSON, but not an object with a “text”.", "layout")
    return value


def _article(row: Mapping[str, object], document: Document, seen: Counter[str]) -> Article:
    fields = {str(name).strip().lower(): value for name, value in row.items()}

    def first(field: str) -> object:
        return next((fields[n] for n in _NAMES[field] if fields.get(n) not in (None, "")), None)

    text = first("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadError("It has no “text”, or an empty one.", "empty")
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    url = _text(first("url"))
    given = _text(first("id"))
    if not given:
        key = url or hashlib.sha256(text.encode()).hexdigest()
        seen[key] += 1
        given = document.article_id(key if seen[key] == 1 else f"{key}\0{seen[key]}")
    date = next((day for name in _NAMES["date"] if (day := parse_date(fields.get(name)))), None)
    found = published_in_address(url) if url and not date else None
    return Article(
        id=given,
        text=text,
        title=_text(first("title")),
        source=_text(first("source")) or outlet_in_address(url),
        date=found.date if found else date,
        date_origin=found.origin if found else "metadata" if date else None,
        language=_text(first("language")).lower() or language(text),
        path=document.path,
        url=url or None,
    )


def _text(value: object) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value).strip().encode("utf-8", "replace").decode("utf-8")
    return ""
