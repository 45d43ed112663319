"""Plain text: an article as it is, or a dump of the page that it stood on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article, LeftOut
from corpus.boilerplate import Story, find_story
from corpus.furniture import furniture
from corpus.metadata import language, published, published_in_address
from corpus.outlets import outlet, outlet_in_address
from corpus.readers.document import Document, ReadError
from corpus.readers.encoding import decode

_NOTE_NUMBER = re.compile(r"(?<=[.؟!،:…»”\"])\s?[\[(]?\d{1,3}[\])]?$")  # after a sentence
_ABOVE = ("date", "outlet")  # what stands between a document's headline and its text


def read_text(document: Document) -> Iterator[Article]:
    """Reads a text file: the story, without the rest of its page.

    Raises:
        ReadError: It is empty, too large or no text.
    """
    yield page_article(decode(document.read()), document)


def page_article(text: str, document: Document) -> Article:
    """Makes an article of a page's text.

    Args:
        text: The text of a page, one line a block.
        document: Where it came from.

    Raises:
        ReadError: There is not a word in it.
    """
    if not any(c.isalnum() for c in text):
        raise ReadError("There are no words in it.", "empty")
    lines = text.splitlines()
    return _article(lines, find_story(lines, document.recurring), document)


def whole_article(text: str, document: Document, title: str = "") -> Article:
    """Makes an article of a document's text, all of it the story.

    Only a headline, dates and outlets in the first lines are set apart.

    Args:
        text: The document's text.
        document: Where it came from.
        title: Its headline, where the document names one.

    Raises:
        ReadError: There is not a word in it.
    """
    lines = text.splitlines()
    filled = [n for n, line in enumerate(lines) if line.strip()]
    if not any(c.isalnum() for c in text):
        raise ReadError("There are no words in it.", "empty")
    headline = None
    first = lines[filled[0]].strip()
    if first == title or (not title and len(filled) > 1 and _may_be_headline(first)):
        headline = filled.pop(0)
    left_out: list[LeftOut] = []
    while len(filled) > 1 and (reason := furniture(lines[filled[0]].strip())) in _ABOVE:
        number = filled.pop(0)
        left_out.append(LeftOut(number + 1, lines[number], reason or ""))
    article = _article(lines, Story(headline, tuple(filled), tuple(left_out)), document)
    return article if headline is not None else replace(article, title=title)


def _may_be_headline(line: str) -> bool:
    line = _NOTE_NUMBER.sub("", line)
    return len(line) <= 150 and not line.endswith((".", "؟", "!", "،", ":", "…"))


def _article(lines: list[str], story: Story, document: Document) -> Article:
    day = published(lines, story) or (published_in_address(document.url) if document.url else None)
    body = join_lines(lines, story)
    return Article(
        id=document.article_id(),
        text=body,
        title=lines[story.headline].strip() if story.headline is not None else "",
        source=outlet(lines, story) or outlet_in_address(document.url or ""),
        date=day.date if day else None,
        date_origin=day.origin if day else None,
        language=language(body),
        path=document.path,
        url=document.url,
        left_out=story.left_out,
    )


def join_lines(lines: list[str], story: Story) -> str:
    """Writes the story's lines under one another, a blank line where the page has any."""
    parts: list[str] = []
    for place, number in enumerate(story.lines):
        if place:
            between = range(story.lines[place - 1] + 1, number)
            parts.append("\n\n" if any(not lines[n].strip() for n in between) else "\n")
        parts.append(lines[number].strip())
    return "".join(parts)
