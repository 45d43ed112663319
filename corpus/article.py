"""What the rest of the program passes around: articles, and passages of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the page that is not part of the story.

    Attributes:
        line: Its number in the page, counted from 1.
        text: The line as it stood.
        reason: Why it was left out, in a word or two ("menu", "share buttons", "comments").
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, cleaned. Offsets everywhere in the program point into ``text``.

    Attributes:
        id: Given by the reader of the file; the same for the same place on every reading.
        text: The story, without its headline.
        title: The headline; empty where there is none.
        source: The outlet's name.
        date: The day of publication.
        date_origin: Where ``date`` was found ("front matter", "byline", "metadata", "address"),
            followed by the words as written where that helps.
        language: ISO 639-1 (or 639-3 where there is none) code of the story's language.
        path: The file that it was read from, absolute, as `corpus.paths.path_text` writes it.
        url: Its address on the web.
        left_out: What the page carried besides the story.
    """

    id: str
    text: str
    title: str = ""
    source: str | None = None
    date: dt.date | None = None
    date_origin: str | None = None
    language: str | None = None
    path: str | None = None
    url: str | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of an article: ``article.text[start:end] == text``.

    Attributes:
        article_id: The article that it belongs to.
        number: Its place among the article's passages, counted from 0.
        start: Offset of its first character.
        end: Offset after its last character.
        text: Its words.
    """

    article_id: str
    number: int
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        """The passage's id, ``article_id:number``."""
        return f"{self.article_id}:{self.number}"
