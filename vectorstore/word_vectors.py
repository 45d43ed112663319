"""Vectors of single words, for comparing a question with a passage word by word."""

from __future__ import annotations

import threading
from collections.abc import Sequence
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
        room: How many words to remember, some 25 MB; when there are more, all are forgotten.
    """

    def __init__(self, embedder: Embedder, room: int = _ROOM) -> None:
        self._embedder = embedder
        self._room = room
        self._places: dict[str, int] = {}
        self._vectors = np.zeros((0, embedder.dimensions), np.float16)
        self._gate = threading.Lock()
        self._blas = ThreadpoolController()

    def __call__(self, words: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
        """Compares words with others: cosines of shape ``(len(words), len(others))``."""
        ours, theirs = self._of(words), self._of(others)
        with self._blas.limit(limits=1):  # so small that waking a second thread costs more
            return ours @ theirs.T

    def _of(self, words: Sequence[str]) -> NDArray[np.float32]:
        with self._gate:
            if len(self._places) > self._room:
                self._places, self._vectors = {}, self._vectors[:0]
            places = self._places
            if new := list(dict.fromkeys(word for word in words if word not in places)):
                vectors = self._embedder.encode_passages(new).astype(np.float16)
                self._vectors = np.concatenate([self._vectors[: len(places)], vectors])
                places.update(zip(new, range(len(places), len(places) + len(new)), strict=True))
            rows = np.fromiter(map(places.__getitem__, words), np.intp, len(words))
            return self._vectors[rows].astype(np.float32)
