"""How common words are outside a collection, so that five articles weigh rare words as rare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "frequencies.npz"
_BUNDLED = Path(__file__).parent / "bundled"
_UNSEEN = 0.5
_UNKNOWN_LANGUAGE = 1e-4


class BackgroundFrequencies:
    """In how many paragraphs of everyday text a stem stands, by language."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._arrays = arrays
        self._counts: dict[str, dict[str, int]] = {}
        self._units: dict[str, int] = {
            name.removeprefix("units/"): int(arrays[name][()])
            for name in arrays
            if name.startswith("units/")
        }

    @classmethod
    def load(cls, folder: Path = _BUNDLED) -> BackgroundFrequencies:
        """Opens the frequencies in a folder; a language's are read when first asked for.

        Raises:
            FileNotFoundError: There are none.
        """
        path = folder / FILE
        if not path.is_file():
            raise FileNotFoundError(
                f"There are no word frequencies at {path}. Install Isnad again, or make them with "
                "python -m vectorstore.training."
            )
        return cls(np.load(path, allow_pickle=False))

    def document_frequency(self, stem: str, language: str) -> float:
        """Gives the share of paragraphs that hold a stem, in (0, 1).

        A stem never seen counts as seen half a time; a language never seen has none but rare
        stems.

        Args:
            stem: A stem, as `corpus.words.stem` makes it.
            language: ISO 639 code.
        """
        units = self._units.get(language)
        if units is None:
            return _UNKNOWN_LANGUAGE
        return (self._of(language).get(stem, 0) + _UNSEEN) / (units + 2 * _UNSEEN)

    def count(self, stem: str, language: str) -> int:
        """In how many paragraphs of a language a stem was seen; 0 for a language never seen."""
        return self._of(language).get(stem, 0) if language in self._units else 0

    def _of(self, language: str) -> dict[str, int]:
        if language not in self._counts:
            words = self._arrays[f"words/{language}"].tobytes().decode().split("\n")
            counts = self._arrays[f"counts/{language}"].tolist()
            self._counts[language] = dict(zip(words, counts, strict=True))
        return self._counts[language]


def write_frequencies(
    counts: Mapping[str, Mapping[str, int]], units: Mapping[str, int], folder: Path
) -> None:
    """Writes frequencies as `BackgroundFrequencies.load` reads them.

    Args:
        counts: Of each language, in how many paragraphs each stem stands.
        units: Of each language, how many paragraphs there are.
        folder: Where to.
    """
    arrays: dict[str, NDArray[np.generic]] = {}
    for language, some in counts.items():
        ordered = sorted(some)
        arrays[f"words/{language}"] = np.frombuffer("\n".join(ordered).encode(), np.uint8)
        arrays[f"counts/{language}"] = np.array([some[word] for word in ordered], np.uint32)
        arrays[f"units/{language}"] = np.array(units[language], np.uint32)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / FILE, **arrays)  # type: ignore[arg-type]
