"""Reading citations out of a language model's text while it is still arriving.

The parser goes one character at a time, so where the stream was cut cannot matter, and holds back
no more than one bracket.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assistant.prose import prose
from corpus.arabic import western_digits
from corpus.sentences import sentence_spans

_OPENING, _CLOSING = "[【［〔", "]】］〕"
_LONGEST = 120  # characters of a bracket that may still turn out to be a citation
_ID = re.compile(r"[a-z]{0,3}\d{1,3}[a-z]?")
_BETWEEN = re.compile(r"[\s,،;؛&+|/]+|\band\b|\bو\b")
_AROUND = "^#†*\"'`() \u200e\u200f\u2066\u2067\u2069"


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in the text where sentences are cited.

    Attributes:
        ids: Their ids, in order, only such as were given.
    """

    ids: tuple[str, ...]


class CitationParser:
    """Parts text into words and citations as it arrives.

    A bracket of ids becomes a `Cited`; ids that were not given are dropped, and a bracket of none
    but such vanishes. Other brackets are text. Code, fenced or between backticks, is left alone.

    Args:
        known: The ids that were given, in lower case.
    """

    def __init__(self, known: Collection[str]) -> None:
        self._known = frozenset(known)
        self._bracket = ""
        self._ticks = 0  # backticks in a row just seen
        self._fence = 0  # backticks that opened the code that we are in; 0 outside

    def feed(self, chunk: str) -> Iterator[str | Cited]:
        """Takes a chunk of text; gives what is certain so far."""
        for character in chunk:
            yield from self._take(character)

    def close(self) -> Iterator[str | Cited]:
        """Gives what was held back when the text has ended."""
        held, self._bracket = self._bracket, ""
        if held:
            yield held

    def _take(self, character: str) -> Iterator[str | Cited]:
        if character == "`" and not self._bracket:
            self._ticks += 1
            yield character
            return
        if self._ticks:
            self._settle_ticks()
        if self._fence:
            if character == "\n" and self._fence < 3:
                self._fence = 0  # a lone backtick opens nothing beyond its line
            yield character
        elif self._bracket:
            yield from self._inside(character)
        elif character in _OPENING:
            self._bracket = character
        else:
            yield character

    def _settle_ticks(self) -> None:
        ticks, self._ticks = self._ticks, 0
        if not self._fence:
            self._fence = ticks
        elif ticks == self._fence or ticks > self._fence >= 3:
            self._fence = 0

    def _inside(self, character: str) -> Iterator[str | Cited]:
        held = self._bracket + character
        opened = len(held) - len(held.lstrip(_OPENING))
        if character in _CLOSING:
            closed = len(held) - len(held.rstrip(_CLOSING))
            if closed < opened:
                self._bracket = held
                return
            self._bracket = ""
            ids = cited_ids(held[opened:-closed])
            if ids is None:
                yield held
            elif known := tuple(dict.fromkeys(one for one in ids if one in self._known)):
                yield Cited(known)
        elif character in _OPENING and opened < len(held):
            self._bracket = character  # a bracket inside words: the first was only text
            yield held[:-1]
        elif character == "\n" or len(held) > _LONGEST:
            self._bracket = ""
            yield held
        else:
            self._bracket = held


def cited_ids(inside: str) -> list[str] | None:
    """The ids between brackets, known or not; None where it is something else."""
    text = western_digits(inside).casefold()
    ids = [part.strip(_AROUND) for part in _BETWEEN.split(text)]
    ids = [one for one in ids if one]
    return ids if ids and all(_ID.fullmatch(one) for one in ids) else None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a model's text and the ids that it cites."""

    text: str
    ids: tuple[str, ...]


def cited_sentences(text: str, known: Collection[str], *, whole: bool = True) -> list[Said]:
    """Reads the sentences of a model's text with the ids that they cite.

    Args:
        text: What it has written, reasoning and layout included.
        known: The ids that were given, in lower case.
        whole: Whether that is all; otherwise the last sentence, unfinished, is left out.
    """
    parser, reader = CitationParser(known), SentenceReader()
    for piece in parser.feed(prose(text)):
        reader.take(piece)
    if not whole:
        return reader.sentences()[:-1]
    for piece in parser.close():
        reader.take(piece)
    return reader.sentences()


_EMPHASIS = re.compile(r"\*\*|__|(?m:^#{1,6}\s+)")


class SentenceReader:
    """Gathers parsed text into sentences with their citations, as they are completed.

    A citation belongs to the sentence that it stands in or right behind, before its full stop or
    after it.
    """

    def __init__(self) -> None:
        self._text = ""
        self._marks: list[tuple[int, tuple[str, ...]]] = []

    def take(self, piece: str | Cited) -> None:
        """Takes the next piece of the text."""
        if isinstance(piece, Cited):
            self._marks.append((len(self._text), piece.ids))
        else:
            self._text += piece

    def sentences(self) -> list[Said]:
        """All sentences so far; the last may be unfinished."""
        spans = [
            (start, end)
            for start, end in sentence_spans(self._text)
            if _words(self._text[start:end])
        ]
        ids: list[list[str]] = [[] for _ in spans]
        for place, cited in self._marks:
            # The last sentence that has begun before the mark, words and all.
            begun = [
                n
                for n, (start, end) in enumerate(spans)
                if start < place and _words(self._text[start : min(place, end)])
            ]
            if spans:
                ids[begun[-1] if begun else 0] += cited
        return [
            Said(tidy(self._text[start:end]), tuple(dict.fromkeys(own)))
            for (start, end), own in zip(spans, ids, strict=True)
        ]


def tidy(text: str) -> str:
    """A sentence without marks of emphasis and without the gaps that citations leave."""
    text = _EMPHASIS.sub("", text)
    text = re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", "", text)
    text = re.sub(r"[ \t]+([.,،؛;:!؟?])", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def _words(text: str) -> bool:
    return any(character.isalnum() for character in text)
