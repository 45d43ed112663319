"""Vectors of single words, for comparing a question with a passage word by word."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController

from vectorstore.embeddings import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROOM = 1 << 16


class WordVectors:
    """The vectors that a model gives words standing alone; each is made once and remembered.

    Args:
        embedder: The model, one that is quick with many short texts.
        room: How many words to remember, some 50 MB; when there are more, all are forgotten.
    """

    def __init__(self, embedder: Embedder, room: int = _ROOM) -> None:
        self._embedder = embedder
        self._room = room
        self._places: dict[str, int] = {}
        self._vectors = np.zeros((room, embedder.dimensions), np.float32)
        self._gate = threading.Lock()
        self._blas = ThreadpoolController()

    def __call__(self, words: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
        """Compares words with others: cosines of shape ``(len(words), len(others))``."""
        ours, theirs = self._of(words), self._of(others)
        with self._blas.limit(limits=1):  # so small that waking a second thread costs more
            return ours @ theirs.T

    def _of(self, words: Sequence[str]) -> NDArray[np.float32]:
        with self._gate:
            new = [word for word in dict.fromkeys(words) if word not in self._places]
            if len(self._places) + len(new) > self._room:
                self._places, new = {}, list(dict.fromkeys(words))
                if len(new) > self._room:
                    return self._embedder.encode_passages(words)
            if new:
                first = len(self._places)
                self._vectors[first : first + len(new)] = self._embedder.encode_passages(new)
                self._places.update(zip(new, count(first)))
            rows = np.fromiter(map(self._places.__getitem__, words), np.intp, len(words))
            return np.take(self._vectors, rows, axis=0)
