"""How much of a question a text covers, word by word, in the text's own language."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.arabic import is_arabic
from corpus.sounds import consonants
from corpus.words import forms, stem, stems_of
from vectorstore.questions import Question

Rarity = Callable[[str, str], float]
"""How rare a stem is in a language at large: about ``log(documents / documents with it)``."""
Translate = Callable[[str, str, str], Mapping[str, float]]
"""A stem, its language and another language give stems of the other with probabilities."""

_RAREST = 10.0  # nothing is known of rarer words but that they are rare
_COMMONEST = 0.05
_CONSONANTS = 3  # consonants with which a name is known by its sound
_SOUNDS_ALIKE = 0.8
_RARE_AS_A_NAME = 6.0  # rarity from which a word may be a name
_ARABIC_SCRIPT = ("ar", "fa", "ur", "ckb")


def alike(stem: str, language: str) -> float:
    """The rarity of a word of which nothing is known: that of a middling content word."""
    return 6.0


class Text:
    """A text read for matching.

    Args:
        found: Its words' normalised forms, in order.
        language: ISO 639-1 code of its language.
    """

    def __init__(self, found: Iterable[str], language: str) -> None:
        self.language = language
        self.forms = tuple(found)
        self.stems = tuple(stems_of(self.forms, language))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its stems, each once."""
        return frozenset(self.stems)

    def places(self, stem: str) -> list[int]:
        """The places of a stem among the words."""
        found: list[int] = []
        for _ in range(self.stems.count(stem)):
            found.append(self.stems.index(stem, found[-1] + 1 if found else 0))
        return found

    @cached_property
    def marked(self) -> str:
        """The words with their boundaries marked: a gram of a word stands in it or does not."""
        return f"_{'_ _'.join(self.forms)}_"

    @cached_property
    def grams(self) -> frozenset[str]:
        """Character 4-grams of the words, word boundaries marked."""
        return frozenset().union(*map(grams, self.forms))

    @cached_property
    def sounds(self) -> frozenset[str]:
        """How the words sound, those that have enough consonants to tell."""
        return frozenset(
            sound for one in {*self.forms, *self.stems} if (sound := _sound(one)) is not None
        )


@lru_cache(maxsize=4096)
def read_text(text: str, language: str) -> Text:
    """Reads a text for matching."""
    return Text(forms(text), language)


def _sound(form: str) -> str | None:
    sound = consonants(form)
    return sound if len(sound) >= _CONSONANTS else None


@lru_cache(maxsize=1 << 16)
def grams(form: str) -> tuple[str, ...]:
    """Character 4-grams of a word with its boundaries marked; a shorter word whole."""
    marked = f"_{form}_"
    return tuple(marked[i : i + 4] for i in range(max(1, len(marked) - 3)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question's words as they may stand in a text of some language.

    Attributes:
        forms: Its carrying words, normalised; of several with one stem the first.
        weights: How much each of them counts: its rarity.
        stems: For each word, the stems that may stand for it, with probabilities.
        grams: For each word, its character 4-grams; none across scripts.
        sounds: For each word, how it sounds where it may be a name that another script spells.
        told: How much it tells that a text has one of the stems: their rarity in its language; 0
            for a word of which none is known.
        common: The chance that a paragraph at large has one of the stems, in [0, 1]; 0 for a word
            of which none is known.
    """

    forms: tuple[str, ...]
    weights: tuple[float, ...]
    stems: tuple[Mapping[str, float], ...]
    grams: tuple[frozenset[str], ...]
    sounds: tuple[str | None, ...]
    told: tuple[float, ...]
    common: tuple[float, ...]

    def share(self, found: Sequence[float]) -> float:
        """The share of the question's weight that was found, in [0, 1]."""
        total = sum(self.weights) or 1.0
        return sum(w * f for w, f in zip(self.weights, found, strict=True)) / total


def read_wanted(
    question: Question, language: str, rarity: Rarity, translate: Translate | None = None
) -> Wanted:
    """A question's carrying words as they may stand in articles of a language.

    Args:
        question: The question.
        language: The articles' language.
        rarity: How rare stems are.
        translate: Gives the stems of the articles' language that stand for a stem of the
            question's, with probabilities.
    """
    words: dict[str, str] = {}
    for word in question.words:
        words.setdefault(stem(word.form, question.language), word.form)
    weights, stems, marks, sounds, told, common = [], [], [], [], [], []
    for one, form in words.items():
        weights.append(min(_RAREST, max(_COMMONEST, rarity(one, question.language))))
        own = {one: 1.0, stem(form, language): 1.0}
        spelled = is_arabic(form) != (language in _ARABIC_SCRIPT)
        sounds.append(_sound(one) if spelled and weights[-1] >= _RARE_AS_A_NAME else None)
        told.append(weights[-1])
        common.append(math.exp(-weights[-1]))
        if language != question.language:
            others = translate(one, question.language, language) if translate else {}
            # One translation of several is enough to be meant: ones of small probability count too.
            own = {other: p**0.3 for other, p in others.items()} | own
            chances = {other: math.exp(-rarity(other, language)) for other in others}
            common[-1] = min(1.0, sum(chances.values()))
            mean = sum(p * chances[other] for other, p in others.items())
            told[-1] = -math.log(mean) if mean else weights[-1] * (sounds[-1] is not None)
        stems.append(own)
        marks.append(frozenset(grams(form)) if len(form) > 2 else frozenset())
    return Wanted(
        tuple(words.values()),
        tuple(weights),
        tuple(stems),
        tuple(marks),
        tuple(sounds),
        tuple(told),
        tuple(common),
    )


def coverage(wanted: Wanted, text: Text) -> tuple[float, ...]:
    """For each word of a question, how surely the text has it, in [0, 1].

    A stem counts whole (or with its probability as a translation); without it, the share of the
    word's character 4-grams, squared so that chance overlap counts little. A name that another
    script spells counts by its sound.
    """
    found = []
    for stems, marks, sound in zip(wanted.stems, wanted.grams, wanted.sounds, strict=True):
        best = surely(stems, text)
        if sound is not None and sound in text.sounds:
            best = max(best, _SOUNDS_ALIKE)
        if best < 1 and marks:
            best = max(best, (sum(map(text.marked.__contains__, marks)) / len(marks)) ** 2)
        found.append(best)
    return tuple(found)


def surely(stems: Mapping[str, float], text: Text) -> float:
    """How surely a text has one of several stems: the highest probability among those there."""
    vocabulary = text.vocabulary
    best = 0.0
    for one, probability in stems.items():
        if probability > best and one in vocabulary:
            best = probability
    return best


def adjacent(asked: Sequence[str], text: Text) -> float:
    """The share of a question's neighbouring words that are neighbours in the text too."""
    pairs = list(pairwise(asked))
    together = sum(any(place + 1 in text.places(b) for place in text.places(a)) for a, b in pairs)
    return together / max(1, len(pairs))
