"""A question's words in the articles' language, with probabilities.

The table holds stems as `corpus.words` makes them. It is meant for probabilistic structured
queries (Darwish & Oard 2003): a question's word is, in another language, the weighted set of its
translations, whose frequencies are summed before they are scored as one word's.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
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

    Words stay in the form in which they are stored, in alphabetical order, and are looked up by
    halving: all languages together take some 40 MB so, three times as much as Python's own words.

    Attributes:
        languages: The pairs (from, to) that there is something for.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._arrays = arrays
        self._vocabularies: dict[str, _Lines] = {}
        self._tables: dict[tuple[str, str], _Table] = {}
        self._names: dict[str, _Lines] = {}
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
        # Read whole: a file that is replaced later must not be half of one and half of the other.
        with np.load(path, allow_pickle=False) as arrays:
            return cls({name: arrays[name] for name in arrays.files})

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
            return [(words[place], probability) for place, probability in known]
        return self._sounding(stem, target)

    def holds(self, stem: str, source: str, target: str) -> bool:
        """Tells whether the table itself has translations of a stem, not only names like it."""
        if (source, target) not in self.languages:
            return False
        return bool(self._table(source, target).get(self._vocabulary(source).place(stem)))

    def _sounding(self, stem: str, target: str) -> Translations:
        if target not in self._names:
            self._names[target] = _Lines(self._arrays[f"names/{target}"])
        line = self._names[target].beginning(f"{consonants(stem)} ") or ""
        alike = line.split(" ")[1:]
        return [(word, 1 / len(alike)) for word in alike]

    def _table(self, source: str, target: str) -> _Table:
        key = (source, target)
        if key not in self._tables:
            name = f"table/{source}/{target}"
            self._tables[key] = _Table(
                *(self._arrays[f"{name}/{part}"] for part in ("sizes", "targets", "weights"))
            )
        return self._tables[key]

    def _vocabulary(self, language: str) -> _Lines:
        if language not in self._vocabularies:
            self._vocabularies[language] = _Lines(self._arrays[f"words/{language}"])
        return self._vocabularies[language]


class _Lines:
    """Lines in alphabetical order, by place, by their text and by how they begin."""

    def __init__(self, text: NDArray[np.generic]) -> None:
        self._text = text.tobytes() + b"\n"
        ends = np.flatnonzero(np.frombuffer(self._text, np.uint8) == ord("\n"))
        self._ends = array("I", ends.astype(np.uint32).tobytes())

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        return self._line(place).decode()

    def _line(self, place: int) -> bytes:
        start = self._ends[place - 1] + 1 if place else 0
        return self._text[start : self._ends[place]]

    def place(self, text: str) -> int | None:
        """The place of a line."""
        at = self._least(text)
        return at if at < len(self) and self[at] == text else None

    def beginning(self, text: str) -> str | None:
        """The first line that begins so."""
        at = self._least(text)
        return self[at] if at < len(self) and self[at].startswith(text) else None

    def _least(self, text: str) -> int:
        return bisect_left(range(len(self)), text.encode(), key=self._line)


class _Table:
    """Translations by the place of a word in its vocabulary."""

    def __init__(
        self, sizes: NDArray[np.generic], targets: NDArray[np.generic], weights: NDArray[np.generic]
    ) -> None:
        self._ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.uint32)]).astype(np.uint32)
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
