"""The words that a library holds, beside those of languages at large."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.arabic import is_arabic
from vectorstore.background import BackgroundFrequencies
from vectorstore.lexical import Lexical
from vectorstore.translation import TranslationTable

_LIKELY = 0.05  # a translation that is less likely is no sign that the word is meant


@dataclass(frozen=True, slots=True)
class LibraryVocabulary:
    """What `vectorstore.spelling` asks of an index.

    Attributes:
        lexical: The index of words.
        background: The words of languages at large.
        table: Their translations.
        languages: The languages of the library.
    """

    lexical: Lexical
    background: BackgroundFrequencies
    table: TranslationTable
    languages: Collection[str]

    def count(self, stem: str) -> int:
        """In how many passages of the library a stem stands."""
        return self.lexical.stem_count(stem)

    def beginning(self, letters: str) -> list[tuple[str, int]]:
        """The library's stems that begin with some letters, with their counts."""
        return self.lexical.stems_beginning(letters)

    def at_large(self, stem: str, language: str) -> int:
        """In how many texts of a language at large a stem was seen."""
        return self.background.count(stem, language)

    def is_translated(self, stem: str, language: str, *, by_sound: bool) -> bool:
        """Tells whether the library holds a likely translation of a stem, or else a name like it.

        Args:
            stem: A stem.
            language: Its language.
            by_sound: Whether a name that sounds like it counts where no translation is known.
        """
        return any(
            self.count(other)
            for target in self.languages
            if target != language
            for other, probability in self._translations(stem, language, target, by_sound)
            if probability >= _LIKELY
        )

    def _translations(
        self, stem: str, language: str, target: str, by_sound: bool
    ) -> Sequence[tuple[str, float]]:
        found = self.table.translate(stem, language, target)
        if not found or self.table.holds(stem, language, target):
            return found
        # Within a script, a word that only sounds like one is perhaps a slip for it.
        return [one for one in found if by_sound and is_arabic(one[0]) != is_arabic(stem)]
