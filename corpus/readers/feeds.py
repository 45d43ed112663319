"""RSS and Atom files: every entry is an article."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.article import Article
from corpus.metadata import language
from corpus.readers.document import Document, ReadError, Unreadable
from corpus.readers.web_page import visible_lines


def read_feed(document: Document) -> Iterator[Article | Unreadable]:
    """Reads the entries of a feed.

    Raises:
        ReadError: It is XML of some other kind.
    """
    import feedparser

    feed = feedparser.parse(io.BytesIO(document.read()))
    if not feed.get("version") or not feed.entries:
        raise ReadError("It is no RSS or Atom feed, or one without entries.", "layout")
    about: Mapping[str, Any] = feed.feed
    for number, entry in enumerate(feed.entries, start=1):
        text = _text(entry)
        title = " ".join(visible_lines(f"<p>{entry.get('title', '')}</p>"))
        if not text:
            yield Unreadable(f"{document.place}:{number}", "The entry has no text.", "empty")
            continue
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        yield Article(
            id=document.article_id(entry.get("id") or entry.get("link") or f"{title}\0{text}"),
            text=text,
            title=title,
            source=about.get("title") or None,
            date=dt.date(*day[:3]) if day else None,
            date_origin="metadata" if day else None,
            language=language(text),
            path=document.path,
            url=entry.get("link") or None,
        )


def _text(entry: Mapping[str, Any]) -> str:
    parts = [part.get("value", "") for part in entry.get("content", ())]
    longest = max([*parts, entry.get("summary", "")], key=len)
    return "\n".join(visible_lines(f"<div>{longest}</div>")) if longest.strip() else ""
