"""BM25 over weighted query words, in matrices: what the recipe measures its parts with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weighted = Mapping[str, float]
"""One query word: the terms that stand for it, and how probable each is."""


class Bm25:
    """BM25 (Robertson & Zaragoza 2009) for probabilistic structured queries.

    After Darwish & Oard (2003): the terms that may translate one query word count as that one
    word; their frequencies in a passage, and over passages, are summed by probability first.

    Args:
        passages: Terms of each passage.
        k1: How soon repetition stops telling.
        b: How much long passages are held back.
        rarity: Gives a term's share of passages outside this collection, in [0, 1], with the
            strength of that evidence in passages; nothing where only the collection counts.
    """

    def __init__(
        self,
        passages: Sequence[Sequence[str]],
        k1: float = 1.2,
        b: float = 0.75,
        rarity: Callable[[str], tuple[float, float]] | None = None,
    ) -> None:
        self.terms: dict[str, int] = {}
        ids = [[self.terms.setdefault(t, len(self.terms)) for t in terms] for terms in passages]
        lengths = np.array([len(one) for one in ids])
        rows = np.repeat(np.arange(len(ids)), lengths)
        columns = np.concatenate([np.array(one, dtype=np.int64) for one in ids])
        shape = (len(ids), len(self.terms))
        self._counts = sparse.coo_matrix((np.ones(len(rows)), (rows, columns)), shape).tocsc()
        self._share = np.diff(self._counts.indptr) / len(ids)
        if rarity:
            for term, place in self.terms.items():
                outside, strength = rarity(term)
                own = self._share[place] * len(ids)
                self._share[place] = (own + outside * strength) / (len(ids) + strength)
        self._norm = k1 * (1 - b + b * lengths / max(float(lengths.mean()), 1.0))
        self._k1 = k1
        self._size = len(ids)

    def scores(self, query: Sequence[Weighted]) -> NDArray[np.float64]:
        """Scores every passage."""
        total = np.zeros(self._size)
        for word in query:
            known = [(self.terms[t], p) for t, p in word.items() if t in self.terms]
            if not known:
                continue
            columns = np.array([place for place, _ in known])
            weights = np.array([p for _, p in known])
            count = self._counts[:, columns] @ weights
            share = min(float(self._share[columns] @ weights), 1.0)
            rarity = np.log(1 + (1 - share) / max(share, 0.5 / self._size))
            total += rarity * count * (self._k1 + 1) / (count + self._norm)
        return total


def ndcg(scores: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    """Mean nDCG@10 where each query has one right passage.

    Args:
        scores: Of each passage for each query; shape ``(queries, passages)``.
        gold: The right passage of each query.
    """
    right = scores[np.arange(len(gold)), gold][:, None]
    # Of equal scores half are taken to stand before; nothing found is not luck.
    rank = (scores > right).sum(axis=1) + ((scores == right).sum(axis=1) - 1) / 2 + 1
    return float(np.where(rank <= 10, 1 / np.log2(rank + 1), 0.0).mean())
