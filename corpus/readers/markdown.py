"""Markdown, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import frontmatter
import yaml

from corpus.article import Article
from corpus.dates import parse_date
from corpus.metadata import language
from corpus.outlets import outlet_in_address
from corpus.readers.document import Document, ReadError
from corpus.readers.encoding import decode

# A day that is called that of publication comes before any other.
_DAYS = ("published", "publishdate", "publishDate", "datePublished", "pubdate", "date")
_HEADING = re.compile(r"\A\s*#\s+(?P<title>[^\n]+?)\s*#*\s*(?:\n|\Z)")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<front>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+)\s*:\s*(?P<value>.*?)\s*$", re.MULTILINE)


def read_markdown(document: Document) -> Iterator[Article]:
    """Reads a Markdown file. Front matter gives title, date, source, language, url and id.

    The text stays as it is written, marks and all, save for a first heading that is the title.

    Raises:
        ReadError: It is empty, too large or no text.
    """
    fields, body = _front_matter(decode(document.read()))
    title = _text(fields, "title", "headline")
    heading = _HEADING.match(body)
    if heading and title in ("", heading["title"]):
        title = heading["title"]
        body = body[heading.end() :]
    body = body.strip()
    if not any(c.isalnum() for c in body):
        raise ReadError("There is no text in it below its front matter.", "empty")
    date = next((day for name in _DAYS if (day := parse_date(fields.get(name)))), None)
    url = _text(fields, "url", "link")
    yield Article(
        id=_text(fields, "id") or document.article_id(),
        text=body,
        title=title,
        source=_text(fields, "source", "outlet", "publisher") or outlet_in_address(url),
        date=date,
        date_origin="front matter" if date else None,
        language=_text(fields, "language", "lang").lower() or language(body),
        path=document.path,
        url=url or None,
    )


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    try:
        fields, body = frontmatter.parse(text)
        return fields, body
    except (yaml.YAMLError, ValueError):
        # Headlines hold colons, which YAML wants quoted and people do not quote.
        front = _FRONT.match(text)
        if not front:
            return {}, text
        found = {m["key"]: m["value"].strip("\"'") for m in _FIELD.finditer(front["front"])}
        return found, text[front.end() :]


def _text(fields: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str | int | float):
            return str(value).strip()
    return ""
