"""The form that a question wants its answer in: a list, a comparison, a summary, a timeline."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from corpus.words import word_forms, words

Form = Literal["timeline", "comparison", "list", "summary", "outlets"]
"""`outlets` is a comparison of outlets, and no form at all where no outlets are named."""

_PATTERNS = Path(__file__).with_name("forms.toml")
_LANGUAGES = ("ar", "en", "fr", "de", "es", "tr", "fa")
_ADJECTIVE_FIRST = ("en", "de")  # "which American companies"
_SHADDA = "\u0651"


@dataclass(frozen=True, slots=True)
class Request:
    """What a question asks for, apart from the words that ask.

    Attributes:
        form: The form that it wants its answer in.
        topic: What it asks about, in its own words; empty where it names nothing.
    """

    form: Form
    topic: str


def requested_form(question: str) -> Request | None:
    """Finds the form that a question wants its answer in; None where a plain answer is wanted.

    Example:
        >>> requested_form("Summarise the talks in Larkhaven.")
        Request(form='summary', topic='the talks in Larkhaven')
        >>> requested_form("Who led the talks?")
    """
    found = words(question)
    line = "".join(f" {_key(question[word.start : word.end], word.form)}" for word in found)
    for form, pattern in _compiled():
        match = pattern.fullmatch(line)
        if match is None:
            continue
        topic = match.groupdict().get("topic") or ""
        if topic:
            at = line[: match.start("topic")].count(" ")
            last = at + topic.count(" ") - 1
            return Request(form, _text(question, found[at].start, found[last].end))
        if form == "timeline":
            return Request(form, "")
    return None


def _text(question: str, start: int, end: int) -> str:
    """The words with the brackets and quotation marks that belong to them."""
    if question[start - 1 : start] in ("(", "«", '"', "“"):
        start -= 1
    if question[end : end + 1] in (")", "»", '"', "”"):
        end += 1
    return question[start:end]


def _key(written: str, form: str) -> str:
    """A word as the patterns have it: its normal form, and its shadda where that tells it apart."""
    doubled = "".join(c for c in written if c == _SHADDA or not "\u064b" <= c <= "\u0652")
    return doubled if doubled in _doubled() else form


@lru_cache(maxsize=1)
def _doubled() -> frozenset[str]:
    found = re.findall(rf"\w+{_SHADDA}\w*", _PATTERNS.read_text("utf-8"))
    return frozenset(word for word in found)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    read = read_patterns()
    nouns = read["plurals"]
    before, after = (
        f"(?:{'|'.join(_regex(phrase) for phrase in read['polite'][side])})*"
        for side in ("before", "after")
    )
    return tuple(
        (form, re.compile(f"{before}{_regex(pattern, nouns.get(language, ''), language)}{after}"))
        for form in get_args(Form)
        for language in _LANGUAGES
        for pattern in read[language].get(form, ())
    )


@lru_cache(maxsize=1)
def read_patterns() -> Mapping[str, Any]:
    """The file of patterns, as it stands."""
    return tomllib.loads(_PATTERNS.read_text("utf-8"))


@lru_cache(maxsize=1)
def plurals() -> frozenset[str]:
    """Nouns that say only what sort of things a list wants ("countries"), in all languages."""
    return word_forms(" ".join(read_patterns()["plurals"].values()))


def _regex(pattern: str, nouns: str = "", language: str = "") -> str:
    """A pattern as a regular expression over words that follow a space each."""
    between = "(?: \\S+)?" if language in _ADJECTIVE_FIRST else ""
    opened = ""
    made = []
    for piece in pattern.split():
        if piece == "…":
            made.append(f"(?P<topic>{opened}(?: \\S+)+?)" if not opened else
                          f"(?P<topic>{between}{opened}(?: \\S+)*?)")  # fmt: skip
            opened = ""
        elif piece.startswith("&"):
            opened = "(?: \\S+)+?" + _either(piece[1:].split("|")) + "(?: \\S+)*?"
            between = ""
        elif piece == "~":
            made.append("(?: \\S+)*")
        elif piece.startswith("="):
            opened = _either(nouns.split() if piece == "=@" else piece[1:].split("|"))
        else:
            optional = piece.endswith("?")
            made.append(_either(piece.rstrip("?").split("|")) + ("?" if optional else ""))
    return "".join(made)


def _either(written: list[str]) -> str:
    return f"(?: (?:{'|'.join(_alternatives(written))}))"


def _alternatives(written: list[str]) -> Iterator[str]:
    for written_word in written:
        forms = [written_word]
        if _SHADDA not in written_word:
            forms = [word.form for word in words(written_word)]
        yield re.escape(" ".join(forms)).replace("\\ ", " ")
