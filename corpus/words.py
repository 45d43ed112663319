"""Words of a text with their exact places, their search forms and their stems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import snowballstemmer

from corpus.arabic import is_arabic, light_stem, normalise

# Letters, digits and the marks that Arabic writes on and between letters; an apostrophe or a
# decimal point only between two of them.
_MORE = "\\w\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
_WORD = re.compile(rf"[^\W_][{_MORE}]*(?:(?:(?<=\w)['’](?=\w)|(?<=\d)[.,٫٬](?=\d))[{_MORE}]+)*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: ``text[start:end]``, and its normalised form."""

    start: int
    end: int
    form: str


def words(text: str) -> list[Word]:
    """Finds the words of a text, in order, with exact offsets.

    Chinese and Japanese, which write no spaces, are cut into single characters.
    """
    spaced = _CJK.search(text) is None
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not spaced and _CJK.search(match.group()):
            found += [Word(i, i + 1, normalise(text[i])) for i in range(start, end)]
        elif form := normalise(match.group()):
            found.append(Word(start, end, form))
    return found


def forms(text: str) -> list[str]:
    """The normalised forms of a text's words, in order; many times faster than `words`."""
    return list(chain.from_iterable(map(_forms.__getitem__, text.split())))


class _Forms(dict[str, tuple[str, ...]]):
    """The words in a run of characters between two spaces, remembered: most stand in many texts."""

    def __missing__(self, run: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[run] = tuple(word.form for word in words(run))
        return found


_REMEMBERED = 1 << 17
_forms = _Forms()


def word_forms(text: str) -> frozenset[str]:
    """The words of a list written with spaces between, as `corpus.words` gives their forms."""
    return frozenset(normalise(word) for word in text.split())


_STEMMERS = {
    language: snowballstemmer.stemmer(name)
    for language, name in {
        "en": "english",
        "fr": "french",
        "es": "spanish",
        "de": "german",
        "ru": "russian",
        "tr": "turkish",
        "it": "italian",
        "pt": "portuguese",
    }.items()
}


@lru_cache(maxsize=1 << 17)
def stem(form: str, language: str | None = None) -> str:
    """Stems one normalised word: Arabic script by light stemming, others by Snowball.

    Args:
        form: A word as `corpus.arabic.normalise` writes it.
        language: ISO 639-1 code that chooses among the Latin and Cyrillic stemmers; English
            where it has none.
    """
    if is_arabic(form):
        return light_stem(form)
    stemmer = _STEMMERS.get(language or "en", _STEMMERS["en"])
    return str(stemmer.stemWord(form))


def stems_of(found: Iterable[str], language: str | None = None) -> list[str]:
    """Stems many normalised words; faster than `stem` one by one."""
    return list(map(_stems[language].__getitem__, found))


class _Stems(dict[str, str]):
    """The stems of one language's words, remembered."""

    def __init__(self, language: str | None) -> None:
        self._language = language

    def __missing__(self, form: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[form] = stem(form, self._language)
        return found


class _StemsByLanguage(dict[str | None, _Stems]):
    def __missing__(self, language: str | None) -> _Stems:
        return self.setdefault(language, _Stems(language))


_stems = _StemsByLanguage()
