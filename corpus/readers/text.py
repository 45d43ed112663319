"""Plain text: an article as it is, or a dump of the page that it stood on."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import Article
from corpus.boilerplate import Story, find_story
from corpus.metadata import language, outlet, published, published_in_address
from corpus.readers.document import Document, ReadError
from corpus.readers.encoding import decode


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
        raise ReadError("There are no words in it.")
    lines = text.splitlines()
    story = find_story(lines)
    day = published(lines, story) or (published_in_address(document.url) if document.url else None)
    body = join_lines(lines, story)
    return Article(
        id=document.article_id(),
        text=body,
        title=lines[story.headline].strip() if story.headline is not None else "",
        source=outlet(lines, story),
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
