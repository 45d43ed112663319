"""Arabic questions in Latin letters, as they are typed in chats: "meen ra2is el 3iraq?"."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from corpus.arabic import is_arabic, normalise
from corpus.sounds import consonants
from corpus.words import words

_LISTS = Path(__file__).with_name("arabizi.toml")
_WITH_DIGITS = re.compile(r"[a-z']*(?:[a-z][235679]|[235679][a-z])[a-z'235679]*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er?|e|s|m|km|k|d|g|x)")
_FEWEST_LETTERS = 3  # of a word with a digit that may be Arabic: not "G7", "F35", "b2b"
_ENOUGH = 3  # signs from which a question is taken for Arabic
_ALIKE, _SHORT_ALIKE = 0.6, 0.7  # likeness of spellings from which a word is meant
_JOINED = ("ال", "للـ", "و", "بالـ")  # small words that are written onto the next
_PARTICLES = ("ب", "ل", "و", "ف")  # written onto a word
_CLITICS = re.compile("^(?:و|ف)?(?:بال|كال|لل|ال)(?=..)")
_SHORT = 2  # consonants of a word that many others sound like
_SECOND_READING = {"2": "q", "9": "q"}
_ENDINGS = re.compile(r"(?:[aei]t|[ie]+n|[ou]+n|iy+[aeh]+|[aei]h?)$")
# How Arabic letters look in Latin ones, to choose among words with the same consonants.
_LOOKS = str.maketrans(
    dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ", "abttj75ddrzs$sdtz38fqklmnhui222", strict=True))
)
_SPELLINGS = (("kh", "5"), ("gh", "8"), ("sh", "$"), ("ch", "$"), ("th", "t"), ("dh", "d"))
_VOWELS = str.maketrans("eoywg9", "iuiujs")

Sounds = Mapping[str, Sequence[tuple[str, int]]]
"""Arabic stems by how they sound, with the number of passages that have each."""


def by_sound(stems: Iterable[tuple[str, int]]) -> Sounds:
    """Sorts the Arabic ones of a library's stems by how they sound."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for stem, count in stems:
        if is_arabic(stem) and (sound := consonants(stem)):
            found[sound].append((stem, count))
            if stem[0] in _PARTICLES and len(stem) > _FEWEST_LETTERS:  # «لمخيم»
                found[consonants(stem[1:])].append((stem[1:], 0))
    return found


def is_arabizi(question: str) -> bool:
    """Tells whether a question is Arabic in Latin letters, as far as its small words tell."""
    if is_arabic(question):
        return False
    found = [word.form for word in words(question)]
    told = _lists()
    if any(form in told["foreign"] for form in found):
        return False
    signs = 0
    for place, form in enumerate(found):
        first = place == 0 or (place == 1 and found[0] in ("w", "wa"))
        if form in told["asking"] and first:
            signs += _ENOUGH
        elif _is_spelt_with_digits(form):
            signs += 2
        elif form in told["small"] or (form in told["asking_beside"] and first):
            signs += 1
    asked = any(form in told["asking"] or form in told["asking_beside"] for form in found[:2])
    return signs >= _ENOUGH and (asked or any(map(_is_spelt_with_digits, found)))


class Spell(Protocol):
    """Gives the words of the library that have a stem, as they are written there."""

    def __call__(self, stem: str) -> Iterable[str]:
        """The words, with any particles that are written onto them."""


def to_arabic(question: str, sounds: Sounds, spell: Spell) -> str | None:
    """Writes a question in Arabic letters, its words as the library spells them.

    Args:
        question: Arabic in Latin letters.
        sounds: The stems that the library has.
        spell: Gives the words with a stem.

    Returns:
        The question, words that cannot be told left as they are; None where it is no Arabic, or
        no word that carries it can be told.
    """
    if not is_arabizi(question):
        return None
    told = _lists()
    written: list[str] = []
    joined, sure = "", False
    for place, word in enumerate(words(question)):
        form = word.form
        asking = told["asking"].get(form) or told["asking_beside"].get(form)
        small = told["small"].get(form)
        if place <= 1 and asking and not (place and small):
            arabic = asking
        elif small in _JOINED:
            joined += small.rstrip("ـ")
            continue
        elif small:
            arabic = small
        elif known := told["words"].get(form):
            arabic, sure = known, True
        elif stem := _nearest(form, sounds):
            arabic, sure = _spelt(form, stem, spell), True
        else:
            arabic = question[word.start : word.end]
        written.append(joined + arabic if is_arabic(arabic) else arabic)
        joined = ""
    return f"{' '.join(written)}؟" if sure else None


def _is_spelt_with_digits(form: str) -> bool:
    letters = sum(character.isalpha() for character in form)
    few = letters < _FEWEST_LETTERS and form not in _lists()["words"]
    return bool(_WITH_DIGITS.fullmatch(form)) and not few and not _ORDINAL.fullmatch(form)


def _nearest(form: str, sounds: Sounds) -> str | None:
    """The library's word that sounds like one in Latin letters, and is spelt most like it."""
    if not any(character.isalpha() for character in form):
        return None
    digits = _lists()["digits"]
    bare = _ENDINGS.sub("", form)
    best: tuple[float, int, str] | None = None
    for text in dict.fromkeys((form, bare)):
        for second in (False, True):
            read = "".join(
                _SECOND_READING.get(c, digits.get(c, c)) if second else digits.get(c, c)
                for c in text
            )
            sound = consonants(read)
            least = _ALIKE if len(sound) > _SHORT else _SHORT_ALIKE
            for stem, count in sounds.get(sound, ()) if len(sound) >= _SHORT else ():
                alike = _likeness(text, stem)
                if alike >= least:
                    best = max(best or (0.0, 0, ""), (alike, count, stem))
    return best[2] if best else None


def _spelt(form: str, stem: str, spell: Spell) -> str:
    """The word with a stem that looks most like one in Latin letters."""
    found = {_CLITICS.sub("", word) for word in spell(stem)}
    return max([*sorted(found), stem], key=lambda word: _likeness(form, _as_heard(word)))


def _as_heard(word: str) -> str:
    return normalise(word.replace("ة", "ا"))


def _likeness(form: str, arabic: str) -> float:
    return SequenceMatcher(None, _look(form), arabic.translate(_LOOKS)).ratio()


def _look(text: str) -> str:
    for spelling, letter in _SPELLINGS:
        text = text.replace(spelling, letter)
    return re.sub(r"(.)\1+", r"\1", text.translate(_VOWELS))


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Mapping[str, str]]:
    """The word lists; in each, what a word in Latin letters is in Arabic."""
    read = tomllib.loads(_LISTS.read_text("utf-8"))
    lists: dict[str, Mapping[str, str]] = {
        name: {
            word.form: arabic for arabic, some in read[name].items() for word in words(str(some))
        }
        for name in ("asking", "asking_beside", "small", "words", "foreign")
    }
    return lists | {"digits": read["digits"]}
