"""A question's words in the articles' language, with probabilities.

The table holds stems as `corpus.words` makes them. It is meant for probabilistic structured
queries (Darwish & Oard 2003): a question's word is, in another language, the weighted set of its
translations, whose frequencies are summed before they are scored as one word's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.sounds import consonants

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "translation.npz"
_BUNDLED = Path(__file__).parent / "bundled"
_FEWEST_CONSONANTS = 3
_MOST_BY_SOUND = 6
_SURE = 0.2

Translations = list[tuple[str, float]]
"""Stems of the other language, likeliest first, and their probabilities."""


class TranslationTable:
    """Words of one language as words of another.

    Opening reads little; a language's words are read when they are first asked for.

    Attributes:
        languages: The pairs (from, to) that there is something for.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._arrays = arrays
        self._vocabularies: dict[str, _Vocabulary] = {}
        self._tables: dict[tuple[str, str], _Table] = {}
        self._names: dict[str, dict[str, list[str]]] = {}
        names = (name.split("/") for name in arrays if name.startswith("table/"))
        self.languages = frozenset((source, target) for _, source, target, _ in names)

    @classmethod
    def load(cls, folder: Path = _BUNDLED) -> TranslationTable:
        """Opens the table in a folder.

        Raises:
            FileNotFoundError: There is none.
        """
        path = folder / FILE
        if not path.is_file():
            raise FileNotFoundError(
                f"There is no translation table at {path}. Install Isnad again, or make one with "
                "python -m vectorstore.training."
            )
        return cls(np.load(path, allow_pickle=False))

    def translate(self, stem: str, source: str, target: str) -> Translations:
        """Gives the stems of the target language that may stand for a stem.

        Numbers stay as they are. A stem that the table does not hold is looked for by its sound
        among the names that it holds in the target language: names are spelt in many ways.

        Args:
            stem: A stem, as `corpus.words.stem` makes it; or the stems of an expression with
                blanks between them, which give expressions.
            source: ISO 639 code of its language.
            target: ISO 639 code of the language wanted.

        Returns:
            Stems with probabilities that sum to 1, likeliest first; nothing where neither the
            word nor its sound is known.
        """
        if stem.isascii() and stem[:1].isdigit():
            return [(stem, 1.0)]
        if (source, target) not in self.languages:
            return []
        known = self._table(source, target).get(self._vocabulary(source).place(stem))
        words = self._vocabulary(target)
        if known:
            return [(words.words[place], probability) for place, probability in known]
        return self._sounding(stem, target)

    def _sounding(self, stem: str, target: str) -> Translations:
        sound = consonants(stem)
        if target not in self._names:
            lines = self._arrays[f"names/{target}"].tobytes().decode().split("\n")
            split = (line.split(" ") for line in lines)
            self._names[target] = {sound: names for sound, *names in split}
        alike = self._names[target].get(sound, [])
        return [(word, 1 / len(alike)) for word in alike]

    def _table(self, source: str, target: str) -> _Table:
        key = (source, target)
        if key not in self._tables:
            name = f"table/{source}/{target}"
            self._tables[key] = _Table(
                *(self._arrays[f"{name}/{part}"] for part in ("sizes", "targets", "weights"))
            )
        return self._tables[key]

    def _vocabulary(self, language: str) -> _Vocabulary:
        if language not in self._vocabularies:
            self._vocabularies[language] = _Vocabulary(self._arrays[f"words/{language}"])
        return self._vocabularies[language]


class _Vocabulary:
    """The stems of one language, by place and by spelling."""

    def __init__(self, blob: NDArray[np.generic]) -> None:
        self.words = blob.tobytes().decode().split("\n")
        self._places = {word: place for place, word in enumerate(self.words)}

    def place(self, word: str) -> int | None:
        return self._places.get(word)


class _Table:
    """Translations by the place of a word in its vocabulary."""

    def __init__(
        self, sizes: NDArray[np.generic], targets: NDArray[np.generic], weights: NDArray[np.generic]
    ) -> None:
        self._ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        self._targets = targets
        self._weights = weights

    def get(self, place: int | None) -> list[tuple[int, float]]:
        if place is None:
            return []
        some = slice(self._ends[place], self._ends[place + 1])
        weights = self._weights[some].tolist()
        total = sum(weights)
        return [
            (target, weight / total)
            for target, weight in zip(self._targets[some].tolist(), weights, strict=True)
        ]


def write_table(tables: Mapping[tuple[str, str], Mapping[str, Translations]], folder: Path) -> None:
    """Writes tables as `TranslationTable.load` reads them.

    Probabilities are kept in steps of 1/255.

    Args:
        tables: Of each pair of languages (from, to), translations by stem.
        folder: Where to.
    """
    words: dict[str, dict[str, int]] = {}
    for (source, target), table in sorted(tables.items()):
        for stem, translations in sorted(table.items()):
            vocabulary = words.setdefault(source, {})
            vocabulary.setdefault(stem, len(vocabulary))
            vocabulary = words.setdefault(target, {})
            for translation, _ in translations:
                vocabulary.setdefault(translation, len(vocabulary))
    # In alphabetical order, which packs better.
    words = {
        language: {word: place for place, word in enumerate(sorted(vocabulary))}
        for language, vocabulary in words.items()
    }
    arrays: dict[str, NDArray[np.generic]] = {
        f"words/{language}": np.frombuffer("\n".join(vocabulary).encode(), np.uint8)
        for language, vocabulary in words.items()
    }
    for (source, target), table in tables.items():
        name = f"table/{source}/{target}"
        places, others = words[source], words[target]
        ordered = [table.get(stem, []) for stem in places]
        flat = [entry for entries in ordered for entry in entries]
        arrays[f"{name}/sizes"] = np.array([len(entries) for entries in ordered], np.uint8)
        arrays[f"{name}/targets"] = np.array([others[word] for word, _ in flat], np.uint32)
        arrays[f"{name}/weights"] = np.array(
            [max(1, round(255 * probability)) for _, probability in flat], np.uint8
        )
    for target in {target for _, target in tables}:
        names = _names(table for (_, other), table in tables.items() if other == target)
        lines = (" ".join((sound, *some)) for sound, some in sorted(names.items()))
        arrays[f"names/{target}"] = np.frombuffer("\n".join(lines).encode(), np.uint8)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / FILE, **arrays)  # type: ignore[arg-type]


def _names(tables: Iterable[Mapping[str, Translations]]) -> dict[str, list[str]]:
    """Finds names by their consonants: words that sound like what they translate."""
    chances: dict[str, dict[str, float]] = {}
    for table in tables:
        for stem, translations in table.items():
            sound = consonants(stem)
            if len(sound) < _FEWEST_CONSONANTS or " " in stem:
                continue
            for word, chance in translations:
                if chance > _SURE and consonants(word) == sound and " " not in word:
                    some = chances.setdefault(sound, {})
                    some[word] = some.get(word, 0.0) + chance
    return {
        sound: sorted(some, key=lambda word: (-some[word], word))[:_MOST_BY_SOUND]
        for sound, some in chances.items()
    }
