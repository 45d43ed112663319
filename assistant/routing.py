"""Tells small talk and questions about the library from questions that the articles answer."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Literal

from corpus.arabic import is_arabic
from corpus.words import Word, stem, words
from vectorstore.questions import is_function_word, language_of, read_question

Talk = Literal["greeting", "thanks", "identity", "ability"]
Inquiry = Literal["count", "outlets", "languages", "span", "newest", "oldest", "about", "overview"]

_LEXICON = Path(__file__).with_name("routing.toml")
_TALK: tuple[Talk, ...] = ("greeting", "thanks", "ability", "identity")  # the last one found wins
_PARTING = re.compile(r"[\s]*[,،.!؟?;؛:\n…-]")
# What may be written onto an Arabic word of the lists: «بالمكتبة», «والمصادر».
_PREFIXES = ("", "و", "ب", "ل", "ف", "ال", "وال", "بال", "لل", "في")
_SUFFIXES = ("", "ا", "ك", "كم")  # «كم مقالا», «مصادرك»


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question goes.

    Attributes:
        kind: "answer" is answered from the articles, "help" with a line about the program,
            "library" from the catalog.
        question: What is asked, without a greeting before it.
        talk: What sort of talk it is, where the kind is "help".
        inquiry: What is asked of the library, where the kind is "library".
        topic: What the wanted articles are about, or the outlet, language or time they are
            narrowed to; empty where all are meant.
    """

    kind: Literal["answer", "help", "library"]
    question: str
    talk: Talk | None = None
    inquiry: Inquiry | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    phrases: Mapping[tuple[str, ...], str]
    longest: int  # words of the longest phrase
    roles: Mapping[str, frozenset[str]]  # by form
    stemmed: Mapping[str, frozenset[str]]  # by stem, for forms that are not listed


def route(question: str) -> Route:
    """Chooses who answers a question.

    A greeting before a question is set aside. A question is about the library where every word
    that carries it is one that speaks of libraries (articles, outlets, languages, dates); one
    other word, and the articles are asked.

    Example:
        >>> route("مرحبا").kind, route("How many articles do you have?").inquiry
        ('help', 'count')
    """
    found = words(question)
    if not found:
        return Route("help", question, talk="greeting")
    for lexicon in _lexicons().values():
        talk, end = _talk(found, lexicon)
        if talk and end == len(found):
            return Route("help", question, talk=talk)
    rest = _without_greeting(question, found)
    for language in dict.fromkeys([language_of(rest), *_lexicons()]):
        known = _lexicons().get(language)
        if known and known.roles and (inquiry := _inquiry(rest, language, known)):
            return Route("library", rest, inquiry=inquiry[0], topic=inquiry[1])
    return Route("answer", rest)


def _talk(found: Sequence[Word], lexicon: _Lexicon) -> tuple[Talk | None, int]:
    """The sort of talk that the first words are, and how many words it takes."""
    at, kinds = 0, set()
    while at < len(found):
        for length in range(min(lexicon.longest, len(found) - at), 0, -1):
            kind = lexicon.phrases.get(tuple(word.form for word in found[at : at + length]))
            if kind:
                kinds.add(kind)
                at += length
                break
        else:
            break
    return next((kind for kind in reversed(_TALK) if kind in kinds), None), at


def _without_greeting(question: str, found: Sequence[Word]) -> str:
    for lexicon in _lexicons().values():
        kind, end = _talk(found, lexicon)
        if kind in ("greeting", "thanks") and end < len(found):
            last = found[end - 1].end
            # "Hi-tech exports": a greeting of one word ends at a mark, or is none.
            if end > 1 or (_PARTING.match(question[last:]) and question[last : last + 1] != "-"):
                return question[found[end].start :]
    return question


def _inquiry(question: str, language: str, lexicon: _Lexicon) -> tuple[Inquiry, str] | None:
    """What a question asks of the library, and about which articles; None where it does not."""
    found = words(question)
    kind = read_question(question).kind
    roles = [_roles(word.form, language, lexicon) for word in found]
    plain = [is_function_word(word.form) for word in found]
    about = next(
        (n for n, some in enumerate(roles) if "about" in some and n and n + 1 < len(found)), None
    )
    head = range(len(found) if about is None else about)
    stray = [n for n in head if not roles[n] and not plain[n]]
    named = set().union(*(roles[n] for n in head)) if found else set()
    if about is not None and not stray and not {"newest", "publish"} & named:
        # «تتحدث عن», «ابحث عن مقالات عن»: what the articles are about stands behind the last.
        while about + 2 < len(found) and "about" in roles[about + 1]:
            about += 1
        if about + 3 < len(found) and "about" in roles[about + 2] and roles[about + 1]:
            named |= roles[about + 1]
            about += 2
        topic = question[found[about + 1].start :].strip(" ?؟.!،,")
        if "article" in named or {"have", "thing"} <= named:
            return "about", topic
        return None
    if about is not None:
        return None
    topic = ""
    if stray:
        # "How many articles from the BBC": what is left over must be one run of words.
        one_run = stray[-1] - stray[0] < len(stray) + 1
        narrowed = kind == "count" or {"publish", "have"} & named
        if not one_run or "article" not in named or not narrowed:
            return None
        first = stray[0]
        while first and plain[first - 1] and not roles[first - 1]:  # the month of May is a verb too
            first -= 1
        topic = question[found[first].start : found[stray[-1]].end]
    if sum("when" in some for some in roles) > 1:  # "from when to when"
        named.add("span")
    return _asked_of_library(kind, named, topic)


def _asked_of_library(kind: str, named: set[str], topic: str) -> tuple[Inquiry, str] | None:
    if "language" in named and ("article" in named or "library" in named or "have" in named):
        return "languages", topic
    if "outlet" in named and {"article", "library", "have", "list"} & named and not topic:
        return "outlets", topic
    if ("size" in named and {"library", "article"} & named) or (
        kind == "count" and "article" in named
    ):
        return "count", topic
    if kind == "where" and "article" in named and named <= {"article", "publish", "have"}:
        return "outlets", topic
    if "oldest" in named and "article" in named:
        return ("span" if "newest" in named else "oldest"), topic
    if "newest" in named and ({"article", "library", "have"} & named or kind == "what"):
        return "newest", topic
    if "span" in named and {"article", "library"} & named:
        return "span", topic
    if "list" in named and "article" in named:
        return "newest", topic
    if {"thing", "have"} <= named and named <= {"thing", "have", "library", "list"} and not topic:
        return "overview", topic
    if named == {"article"} and kind == "what" and not topic:  # «ما الأخبار؟»
        return "newest", topic
    return None


def _roles(form: str, language: str, lexicon: _Lexicon) -> frozenset[str]:
    if found := lexicon.roles.get(form) or lexicon.stemmed.get(stem(form, language)):
        return found
    if is_arabic(form):
        for prefix, suffix in product(_PREFIXES, _SUFFIXES):
            bare = form.removeprefix(prefix).removesuffix(suffix)
            written = form.startswith(prefix) and form.endswith(suffix)
            if written and (found := lexicon.roles.get(bare)):
                return found
    return frozenset()


@lru_cache(maxsize=1)
def _lexicons() -> Mapping[str, _Lexicon]:
    """The words of each language, Arabic first."""
    read = tomllib.loads(_LEXICON.read_text("utf-8"))
    return {language: _lexicon(language, tables) for language, tables in read.items()}


def _lexicon(language: str, tables: Mapping[str, Mapping[str, Sequence[str] | str]]) -> _Lexicon:
    phrases: dict[tuple[str, ...], str] = {}
    for kind, listed in tables["talk"].items():
        for phrase in listed:
            phrases.setdefault(tuple(word.form for word in words(phrase)), kind)
    roles: dict[str, set[str]] = defaultdict(set)
    stemmed: dict[str, set[str]] = defaultdict(set)
    for role, listed in tables.get("library", {}).items():
        for word in words(str(listed)):
            roles[word.form].add(role)
            stemmed[stem(word.form, language)].add(role)
    return _Lexicon(
        phrases,
        max(map(len, phrases)),
        {form: frozenset(some) for form, some in roles.items()},
        {form: frozenset(some) for form, some in stemmed.items()},
    )
