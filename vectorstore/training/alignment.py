"""Which stem translates which: counted from aligned sentences and lexicons.

IBM Model 1 (Brown et al. 1993) with a preference for the diagonal (Dyer, Chahuneau & Smith 2013),
both directions trained to agree (Liang, Taskar & Klein 2006): a link counts as much as both
directions believe in it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)

_DIAGONAL = 3.0
_NOTHING = 0.08
"""How much of a word is expected to stand for no word of the other side."""


@dataclass(frozen=True)
class Links:
    """How often a word of one language was seen to stand for one of the other.

    Attributes:
        left: Words of the one language.
        right: Words of the other.
        pairs: Places in ``left`` and ``right``; shape ``(n, 2)``.
        counts: Expected number of times; shape ``(n,)``.
    """

    left: list[str]
    right: list[str]
    pairs: NDArray[np.int32]
    counts: NDArray[np.float32]

    def save(self, path: Path) -> None:
        """Writes the links to a file."""
        words = {
            name: np.frombuffer("\n".join(some).encode(), np.uint8)
            for name, some in (("left", self.left), ("right", self.right))
        }
        partial = path.with_suffix(".partial.npz")
        np.savez_compressed(partial, pairs=self.pairs, counts=self.counts, **words)  # type: ignore[arg-type]
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Links:
        """Reads links that `save` wrote."""
        with np.load(path) as saved:
            left, right = (saved[name].tobytes().decode().split("\n") for name in ("left", "right"))
            return cls(left, right, saved["pairs"], saved["counts"])


def align(texts: Iterable[tuple[Sequence[str], Sequence[str], float]], rounds: int = 4) -> Links:
    """Finds which words of two languages stand for each other.

    Args:
        texts: Stems of texts that say the same in two languages, and how much to believe it.
        rounds: Of expectation and maximisation.
    """
    left_ids: dict[str, int] = {}
    right_ids: dict[str, int] = {}
    lefts: list[list[int]] = []
    rights: list[list[int]] = []
    beliefs: list[float] = []
    for left, right, belief in texts:
        if left and right:
            lefts.append([left_ids.setdefault(word, len(left_ids)) for word in left])
            rights.append([right_ids.setdefault(word, len(right_ids)) for word in right])
            beliefs.append(belief)
    left_token, right_token, diagonal = _all_links(lefts, rights)
    left_words = np.fromiter(chain.from_iterable(lefts), np.int32)
    right_words = np.fromiter(chain.from_iterable(rights), np.int32)
    weight = np.repeat(
        np.array(beliefs, np.float32),
        [len(one) * len(two) for one, two in zip(lefts, rights, strict=True)],
    )
    keys = left_words[left_token].astype(np.int64) * len(right_ids) + right_words[right_token]
    kinds, kind = np.unique(keys, return_inverse=True)
    kind = kind.astype(np.int32)
    pairs = np.stack([kinds // len(right_ids), kinds % len(right_ids)], axis=1).astype(np.int32)
    left_null = _NOTHING * np.bincount(left_words, minlength=len(left_ids)) / len(left_words)
    right_null = _NOTHING * np.bincount(right_words, minlength=len(right_ids)) / len(right_words)
    left_null, right_null = left_null[left_words], right_null[right_words]

    # Begin with how often words stand in the same texts, at the same height.
    counts: NDArray[Any] = np.bincount(kind, weight * diagonal, len(kinds))
    for turn in range(rounds):
        left_totals = np.bincount(pairs[:, 0], counts, len(left_ids))
        right_totals = np.bincount(pairs[:, 1], counts, len(right_ids))
        forth = (counts / left_totals[pairs[:, 0]])[kind] * diagonal
        back = (counts / right_totals[pairs[:, 1]])[kind] * diagonal
        # Of each word of the right, which word of the left it comes from; and the other way.
        forth /= (np.bincount(right_token, forth, len(right_words)) + right_null)[right_token]
        back /= (np.bincount(left_token, back, len(left_words)) + left_null)[left_token]
        counts = np.bincount(kind, forth * back * weight, len(kinds)) + 1e-12
        _log.info("round %d of %d: %d links of %d kinds", turn + 1, rounds, len(kind), len(kinds))
    kept = counts > 1e-3
    return Links(list(left_ids), list(right_ids), pairs[kept], counts[kept].astype(np.float32))


def _all_links(
    lefts: Sequence[Sequence[int]], rights: Sequence[Sequence[int]]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """Links every word of a text to every word of its other side.

    Returns:
        Of each link, its word's place among all words of the left, its word's place among all
        words of the right, and how near the diagonal it lies, in (0, 1].
    """
    left_lengths = np.array([len(one) for one in lefts])
    right_lengths = np.array([len(one) for one in rights])
    links = left_lengths * right_lengths
    starts = np.cumsum(links) - links
    inside = np.arange(links.sum()) - np.repeat(starts, links)
    width = np.repeat(right_lengths, links)
    i, j = inside // width, inside % width
    distance = np.abs((i + 0.5) / np.repeat(left_lengths, links) - (j + 0.5) / width)
    left_token = i + np.repeat(np.cumsum(left_lengths) - left_lengths, links)
    right_token = j + np.repeat(np.cumsum(right_lengths) - right_lengths, links)
    return (
        left_token.astype(np.int32),
        right_token.astype(np.int32),
        np.exp(-_DIAGONAL * distance).astype(np.float32),
    )
