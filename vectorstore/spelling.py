"""Slips of the pen in a question: words known nowhere, a letter away from one that is known.

Only a word that is known nowhere is corrected, neither to the library nor to the language at
large, for a rare word that is spelt well must not become another. Short words have many
neighbours: they are corrected only by what people often do (a dot left out, two letters swapped, a
letter doubled, another spelling of the same sound).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from corpus.arabic import is_arabic, normalise
from corpus.sounds import consonants
from corpus.words import stem, word_forms
from vectorstore.questions import read_question

_SHORTEST = 4  # letters of a word that is corrected
_SHORTEST_STEM = 3
_ANY_LETTER = 6  # letters of a stem from which any one letter may be wrong
_TWO_LETTERS = 8  # letters of a stem from which two may be
_SAME_BEGINNING = 3  # letters in which a word with two wrong letters is right
_TWO = 2
_COMMON = 20  # texts at large from which a word that the library only translates may be meant
_PART = 3  # letters of the shorter of two words written as one
_LATIN_PART = 4
_ALPHABETS = (
    "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "abcdefghijklmnopqrstuvwxyz",
)
# Letters of one shape that dots tell apart, or that sound alike: one is often typed for another.
_CONFUSED = {
    letter: group
    for group in ("بتثنيپ", "جحخچ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
    for letter in group
}
_ALSO_CONFUSED = frozenset(
    frozenset(pair) for pair in ("ضظ", "تط", "سص", "دض", "ذز", "سث", "كق", "ءا", "هح", "زظ")
)
# Small words that are often written onto the next.
_JOINED = word_forms("في من على عن إلى متى أين كم هل ماذا لماذا كيف مع هو هي")
_LAST_LETTERS = re.compile("(?<=[ىة])(?=[^\\W\\d_a-zA-Z])")  # they end a word, and are never inside
_PARTICLES = ("ب", "ل", "ك", "ف", "س", "وب", "ول", "وس", "فب", "فل")  # written onto a word


class Vocabulary(Protocol):
    """The words that a library holds, and those of languages at large."""

    def count(self, stem: str) -> int:
        """In how many passages of the library a stem stands."""

    def beginning(self, letters: str) -> list[tuple[str, int]]:
        """The library's stems that begin with some letters, with their counts."""

    def at_large(self, stem: str, language: str) -> int:
        """In how many texts of a language at large a stem was seen."""

    def is_translated(self, stem: str, language: str, *, by_sound: bool) -> bool:
        """Tells whether the library holds a translation of a stem, or else a name like it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A question with its slips mended.

    Attributes:
        question: The question as searched.
        words: The words that replace others, as they stand in it.
    """

    question: str
    words: tuple[str, ...] = ()


def correct(question: str, vocabulary: Vocabulary, languages: Collection[str]) -> Correction:
    """Mends the words of a question that nobody knows, where it can be told what they should be.

    Args:
        question: As asked.
        vocabulary: The words that are known.
        languages: The languages of the library.
    """
    asked = read_question(question)
    known = _Known(vocabulary, asked.language, frozenset({asked.language, *languages}))
    text, replaced = question, []
    for word in reversed(asked.words):
        written = question[word.start : word.end]
        if not _may_be_a_slip(word.form) or known.has(word.form, written[:1].isupper()):
            continue
        mended = _apart(written, known) or _nearest(written, word.form, known)
        if mended is not None:
            text = text[: word.start] + mended + text[word.end :]
            replaced.append(mended)
    return Correction(text, tuple(reversed(replaced)))


def _may_be_a_slip(form: str) -> bool:
    return len(form) >= _SHORTEST and any(set(form) <= {*letters, "'"} for letters in _ALPHABETS)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of words of a question's language."""

    vocabulary: Vocabulary
    language: str
    languages: frozenset[str]

    def has(self, form: str, capital: bool) -> bool:
        """Tells whether a word is known at all, so that it is no slip."""
        own = stem(form, self.language)
        if len(own) < _SHORTEST_STEM or self.holds(form):
            return True
        if any(self.vocabulary.at_large(stem(form, code), code) for code in self.languages):
            return True
        if is_arabic(form):
            if self.vocabulary.is_translated(own, self.language, by_sound=True):
                return True
            return any(
                form.startswith(particle)
                and len(form) - len(particle) >= _SHORTEST_STEM
                and self._has_bare(form.removeprefix(particle))
                for particle in _PARTICLES
            )
        return self.vocabulary.is_translated(own, self.language, by_sound=capital)

    def _has_bare(self, form: str) -> bool:
        own = stem(form, self.language)
        return bool(self.vocabulary.count(own) or self.vocabulary.at_large(own, self.language))

    def holds(self, form: str) -> bool:
        """Tells whether the library has a word itself."""
        return any(self.vocabulary.count(stem(form, code)) for code in self.languages)


def _apart(written: str, known: _Known) -> str | None:
    """Two words that were written as one, with a blank between."""
    if parted := _LAST_LETTERS.search(written):
        return f"{written[: parted.start()]} {written[parted.start() :]}"
    arabic = is_arabic(written)
    shortest = _PART if arabic else _LATIN_PART
    for at in range(2, len(written) - shortest + 1):
        first, second = written[:at], written[at:]
        article = normalise(second).startswith("ال") and len(second) > _LATIN_PART
        joined = normalise(first) in _JOINED
        if not joined and (at < shortest or (arabic and not article)):
            continue
        if known.holds(normalise(second)) and (joined or known.holds(normalise(first))):
            return f"{first} {second}"
    return None


def _nearest(written: str, form: str, known: _Known) -> str | None:
    """The likeliest of the known words that are a slip or two away."""
    for language in (known.language, *sorted(known.languages - {known.language})):
        own = stem(form, language)
        own = own if own in form else form  # a stemmer may change letters
        found = _candidates(own, language, known)
        for other in sorted(found, key=found.__getitem__, reverse=True):
            mended = _rewritten(written, form, own, other)
            if stem(normalise(mended), language) == other:
                return mended
        if is_arabic(form):
            break  # stems are the same in all languages
    return None


def _candidates(own: str, language: str, known: _Known) -> dict[str, tuple[int, bool, int]]:
    """Known stems near one: how usual the slip is, whether the library has the stem, how often.

    The greater, the likelier.
    """
    vocabulary = known.vocabulary
    sound = consonants(own)
    found: dict[str, tuple[int, bool, int]] = {}
    for other, usual in _one_edit(own).items():
        count = held = vocabulary.count(other)
        if not held and vocabulary.at_large(other, language) >= _COMMON:
            translated = vocabulary.is_translated(other, language, by_sound=False)
            count = vocabulary.at_large(other, language) if translated else 0
        if not count:
            continue
        alike = len(sound) >= _TWO and consonants(other) == sound
        if usual or alike or (len(own) >= _ANY_LETTER and other[:1] == own[:1]):
            found[other] = 2 * usual + alike, bool(held), count
    if not found and len(own) >= _TWO_LETTERS:
        letters = set(own)
        return {
            other: (0, True, count)
            for other, count in vocabulary.beginning(own[:_SAME_BEGINNING])
            if abs(len(other) - len(own)) <= _TWO
            and len(letters ^ set(other)) <= _TWO * _TWO  # quicker to tell than the edits
            and _edits(own, other) <= _TWO
        }
    return found


def _one_edit(form: str) -> dict[str, bool]:
    """All words one edit away, and whether it is an edit that people often make by its letters."""
    letters = _ALPHABETS[0] if is_arabic(form) else _ALPHABETS[1]
    found: dict[str, bool] = {}
    for at in range(len(form) + 1):
        before, after = form[:at], form[at:]
        for letter in letters:
            found[before + letter + after] = letter in (before[-1:], after[:1])
            if after:
                other = before + letter + after[1:]
                found[other] = found.get(other, False) or _is_confused(letter, after[0])
        if after:
            found[before + after[1:]] = after[0] in (before[-1:], after[1:2])
        if len(after) > 1:
            found[before + after[1] + after[0] + after[2:]] = True
    found.pop(form, None)
    return found


def _is_confused(one: str, other: str) -> bool:
    return other in _CONFUSED.get(one, "") or frozenset((one, other)) in _ALSO_CONFUSED


def _edits(one: str, other: str) -> int:
    """How many letters were added, left out, exchanged or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], two_before[j - 2] + 1)
    return row[-1]


def _rewritten(written: str, form: str, old: str, new: str) -> str:
    """A word as typed with its stem exchanged; letters that are right stay as typed."""
    at = form.find(old)
    if len(written) != len(form):  # marks that the normal form leaves out
        return form[:at] + new + form[at + len(old) :]
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    end = 0
    while end < min(len(old), len(new)) - same and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = new[same : len(new) - end]
    if written.isupper():
        middle = middle.upper()
    elif written[at + same : at + len(old) - end].isupper():
        middle = middle.capitalize()
    return written[: at + same] + middle + written[at + len(old) - end :]
