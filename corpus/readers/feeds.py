"""RSS and Atom files: every entry is an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.article import Article
from corpus.dates import parse_date
from corpus.metadata import language
from corpus.readers.document import Document, ReadError, Unreadable
from corpus.readers.encoding import declared_encoding, decode
from corpus.readers.web_page import visible_lines

_DAYS = ("published", "created", "updated")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")  # of the encoding that the bytes had


def read_feed(document: Document) -> Iterator[Article | Unreadable]:
    """Reads the entries of a feed.

    Raises:
        ReadError: It is XML of some other kind.
    """
    import feedparser

    data = document.read()
    text = _DECLARATION.sub("", decode(data, declared_encoding(data)), count=1)
    feed = feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")))
    if not feed.get("version") or not feed.entries:
        raise ReadError("It is no RSS or Atom feed, or one without entries.", "layout")
    about: Mapping[str, Any] = feed.feed
    for number, entry in enumerate(feed.entries, start=1):
        text = _text(entry)
        title = " ".join(visible_lines(f"<p>{entry.get('title', '')}</p>"))
        if not text:
            yield Unreadable(f"{document.place}:{number}", "The entry has no text.", "empty")
            continue
        # As it is written: feedparser's own reading moves it to UTC,
        # and its `get` gives another field's day where one is missing.
        days = (parse_date(dict.get(entry, name)) for name in _DAYS)
        day = next(filter(None, days), None)
        yield Article(
            id=document.article_id(entry.get("id") or entry.get("link") or f"{title}\0{text}"),
            text=text,
            title=title,
            source=about.get("title") or None,
            date=day,
            date_origin="metadata" if day else None,
            language=language(text),
            path=document.path,
            url=entry.get("link") or None,
        )


def _text(entry: Mapping[str, Any]) -> str:
    parts = [part.get("value", "") for part in entry.get("content", ())]
    longest = max([*parts, entry.get("summary", "")], key=len)
    return "\n".join(visible_lines(f"<div>{longest}</div>")) if longest.strip() else ""
