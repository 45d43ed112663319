"""What the rest of the program passes around: articles, and passages of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

# Control characters and halves of surrogate pairs are no text: PostgreSQL stores no NUL, UTF-8 no
# half of a pair. Each becomes a blank, so that offsets stay as they are.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


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

    def __post_init__(self) -> None:
        for name in ("text", "title", "source", "date_origin", "url"):
            text = getattr(self, name)
            if text and _NO_TEXT.search(text):
                object.__setattr__(self, name, _NO_TEXT.sub(" ", text))
        if any(_NO_TEXT.search(line.text) for line in self.left_out):
            lines = tuple(
                replace(line, text=_NO_TEXT.sub(" ", line.text)) for line in self.left_out
            )
            object.__setattr__(self, "left_out", lines)


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
