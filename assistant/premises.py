"""Whether articles tell of the event that a question takes for granted.

«متى استقال الوزير؟» asserts that he resigned. A search finds sentences about the minister, and
some day in them; unless one of them tells of a resignation, none of them answers. Words for events
are data, in ``event_words.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from assistant.support import names_someone
from corpus.arabic import is_arabic, normalise
from corpus.words import Word, stem, word_forms, words
from vectorstore.matching import (
    Rarity,
    Text,
    Translate,
    Wanted,
    alike,
    coverage,
    read_text,
    read_wanted,
)
from vectorstore.questions import Kind, Question, is_function_word, read_question

_WORDS = Path(__file__).with_name("event_words.toml")
_KINDS: frozenset[Kind] = frozenset({"who", "when", "where", "why", "how", "what"})
# Words that open a clause of its own: its verb is not what is asked about.
_CLAUSES = word_forms(
    "الذي التي الذين اللي اللذي بعد قبل عندما حين منذ حتى ضد أن who that which whose after before "
    "when while since until against qui que dont après avant depuis nach vor dass que después antes"
)
_PURPOSE = word_forms("to pour zu para per")  # "call on them to close": asked is the call
_OF_THE_SENTENCE = 0.5  # coverage from which a word of the question stands in a text
_ACROSS = 0.3  # the same of a text in another language
_NEAR = 12  # words between an event and whom it is told of
_OF = word_forms("of de du des d von di do da")
# The years of a life, behind its name: "(1911–2006)".
_LIFE = re.compile(r"\([^()]*\d{3,4}[^()]*[-–—][^()]*\d{3,4}[^()]*\)")
_SHORTEST_STEM = 3  # letters
_ADJECTIVES = tuple(normalise(ending) for ending in ("ي", "ية", "يين", "يون"))
_NONE: frozenset[str] = frozenset()


class _Key(Protocol):
    def __call__(self, form: str, language: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that may tell of an event.

    Attributes:
        text: Its words.
        context: Words that say of whom it speaks: its headline and the sentence before it.
        language: The language code of its article.
    """

    text: str
    context: str
    language: str


def untold_event(
    question: str,
    sentences: Iterable[Telling],
    *,
    rarity: Rarity = alike,
    translate: Translate | None = None,
) -> str | None:
    """Finds the event that a question takes for granted and no sentence tells of.

    A sentence tells of it where it has a word for the event, in whatever language, and near it
    the one of whom the question asserts it. He may be named in the headline or in the sentence
    before instead, where the event is not another's.

    Args:
        question: As asked.
        sentences: Those that may answer.
        rarity: How rare a stem is in a language at large; every word alike where not given.
        translate: Stems of the articles' language for one of the question's.

    Returns:
        The question's word for the event; None where some sentence tells of it, or where the
        question takes no event for granted.
    """
    asked = read_question(question)
    if asked.kind not in _KINDS:
        return None
    # «ماذا حصل؟» asks for what happened; elsewhere "what" may be "in what year", or no question.
    if asked.kind == "what" and (is_arabic(question) or "?" not in question):
        return None
    event = _event(asked)
    if event is None:
        return None
    names = _event_names(event.form, asked.language)
    subject = _subject(asked, event)
    wanted: dict[str, Wanted] = {}
    for sentence in sentences:
        language = sentence.language
        if language not in wanted:
            wanted[language] = read_wanted(asked, language, rarity, translate)
        if _tells(sentence, names, _Subject(asked, subject, wanted[language])):
            return None
    return question[event.start : event.end]


def _event(asked: Question) -> Word | None:
    """The first event of the question that is not told in a clause of its own."""
    found = words(asked.text)
    for place, (before, word) in enumerate(pairwise(found)):
        if place > 0 and word.form in _CLAUSES:
            return None
        if before.form in _PURPOSE:
            continue
        if not is_arabic(word.form) and asked.text[word.start].isupper():
            continue
        if word.form in _events().get(asked.language, {}):
            return word
        # Arabic writes pronouns onto its verbs; elsewhere a stem is also that of other words.
        if is_arabic(word.form) and _names_of(asked.text, word, asked.language):
            return word
    return None


def _subject(asked: Question, event: Word) -> tuple[Word, ...]:
    """The words for whom or what the event is told of.

    They follow the event in Arabic and in questions for who did it, and go before it elsewhere;
    where nothing stands there, they are on the other side.
    """
    found = words(asked.text)
    carrying = {word.start for word in asked.words}
    at = next(n for n, word in enumerate(found) if word.start == event.start)
    runs: list[list[tuple[int, Word]]] = [[]]
    for n, word in enumerate(found):
        if word.start in carrying and n != at and not word.form.isdecimal():
            runs[-1].append((n, word))
        elif runs[-1]:
            runs.append([])
    after = [run for run in runs if run and run[0][0] > at]
    before = [run for run in runs if run and run[0][0] < at]
    follows = is_arabic(asked.text) or asked.kind == "who"
    ordered = [*after[:1], *before[-1:]] if follows else [*before[-1:], *after[:1]]
    return tuple(word for _, word in ordered[0]) if ordered else ()


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a question asserts an event of, as a text in some language may name him."""

    asked: Question
    words: Sequence[Word]
    wanted: Wanted

    def stands_in(self, text: Text) -> bool:
        """Tells whether a text names him: by his last name, or by two words of a longer name."""
        if not self.words:
            return True
        least = _OF_THE_SENTENCE if text.language == self.asked.language else _ACROSS
        found = dict(zip(self.asked.stems, coverage(self.wanted, text), strict=True))
        there = [
            found.get(stem(word.form, self.asked.language), 0.0) >= least for word in self.words
        ]
        named = [self.asked.text[word.start].isupper() for word in self.words]
        if any(named) and not named[-1]:  # "the Chatham House conference"
            return sum(there) >= min(2, len(there))
        return there[-1]


def _tells(sentence: Telling, names: frozenset[str], subject: _Subject) -> bool:
    text, language = sentence.text, sentence.language
    if "death" in names and (life := _LIFE.search(text)):
        return subject.stands_in(read_text(text[: life.start()], language))
    found = words(text)
    for place, word in enumerate(found):
        if not names & _names_of(text, word, language):
            continue
        near = found[max(0, place - _NEAR) : place + _NEAR + 1]
        if subject.stands_in(Text((other.form for other in near), language)):
            return True
        if _of_another(text, found, place, language):
            continue
        # Who did it is told beside what it was done to.
        context = text if subject.asked.kind == "who" else f"{text} {sentence.context}"
        if subject.stands_in(read_text(context, language)):
            return True
    return False


def _of_another(text: str, found: Sequence[Word], place: int, language: str) -> bool:
    """Tells whether a name stands right behind a word, or right before it in Latin letters."""
    following = next((word for word in found[place + 1 :] if word.form not in _OF), None)
    beside = [following] if following else []
    if not is_arabic(found[place].form):
        before = (word for word in reversed(found[:place]) if not is_function_word(word.form))
        beside += [word for word in [next(before, None)] if word]
    return any(names_someone(text, word.start, word.form, language) for word in beside)


def _names_of(text: str, word: Word, language: str) -> frozenset[str]:
    """The events that a word of a text stands for; none for a name («التركي» is no leaving)."""
    names = _event_names(word.form, language)
    exact = word.form in _events().get(language, {})
    if exact or not names or not names_someone(text, word.start, word.form, language):
        return names
    return _NONE


@lru_cache(maxsize=1)
def _events() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By language, the events that each form is a word for."""
    return _by_language(lambda form, language: form)


@lru_cache(maxsize=1)
def _stemmed_events() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The same by stem."""
    return _by_language(stem)


def _by_language(key_of: _Key) -> Mapping[str, Mapping[str, frozenset[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for name, languages in tomllib.loads(_WORDS.read_text("utf-8")).items():
        for language, text in languages.items():
            for form in word_forms(text):
                keys = found.setdefault(language, {})
                keys.setdefault(key_of(form, language), set()).add(name)
    return {
        language: {key: frozenset(names) for key, names in table.items()}
        for language, table in found.items()
    }


@lru_cache(maxsize=1 << 14)
def _event_names(form: str, language: str) -> frozenset[str]:
    """The events that a word may stand for, in the tables of `event_words.toml`."""
    if form in (listed := _events().get(language, {})):
        return listed[form]
    if not listed or is_function_word(form):
        return _NONE
    stemmed = stem(form, language)
    # A short stem is that of many words: «التركية» has that of "he left".
    short = len(stemmed) <= _SHORTEST_STEM and form.endswith(_ADJECTIVES)
    if short or len(stemmed) < _SHORTEST_STEM:
        return _NONE
    return _stemmed_events()[language].get(stemmed, _NONE)
