"""A static sentence model read without PyTorch, which is slow to import.

It computes what `sentence_transformers` computes for a folder whose one module is a
``StaticEmbedding``: a text's vector is the mean of its tokens' vectors. That the two agree is
tested; only the time to the first question differs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer


class StaticModel:
    """Mean of token vectors.

    Args:
        folder: A sentence-transformers folder.
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._tokenizer = WordCache(Tokenizer.from_file(str(folder / "tokenizer.json")))
        arrays = load_file(folder / "model.safetensors")
        self._vectors = next(
            arrays[name] for name in ("embeddings", "embedding.weight") if name in arrays
        ).astype(np.float32)
        # Scaled vectors and vectors shared by several tokens, as model2vec writes them.
        self._weights = arrays.get("weights")
        self._places = arrays.get("mapping")
        settings = json.loads((folder / "config_sentence_transformers.json").read_text())
        self.prompts: dict[str, str] = settings.get("prompts", {})

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    def encode(self, texts: Sequence[str], prompt: str = "") -> NDArray[np.float32]:
        """Gives each text its vector: shape ``(len(texts), dimensions)``; zero without tokens."""
        from scipy.sparse import csr_matrix

        ids = self._tokenizer.encode_batch([prompt + text for text in texts])
        lengths = np.array([len(one) for one in ids], dtype=np.int64)
        tokens = np.fromiter(chain.from_iterable(ids), np.int64, int(lengths.sum()))
        rows = tokens if self._places is None else self._places[tokens]
        weights = (
            np.ones(len(tokens), np.float32) if self._weights is None else self._weights[tokens]
        )
        weights = weights / np.repeat(np.maximum(lengths, 1), lengths)
        ends = np.concatenate([[0], np.cumsum(lengths)])
        shape = (len(texts), len(self._vectors))
        means = csr_matrix((weights.astype(np.float32), rows, ends), shape) @ self._vectors
        return cast("NDArray[np.float32]", means)


class WordCache:
    """Stands before a static model's tokenizer, which then sees each word only once.

    Such a tokenizer knows no context: the tokens of a text are those of its words in order. It is
    some ten times faster so.

    Args:
        tokenizer: The tokenizer.
        room: How many words to remember; when there are more, all are forgotten.
    """

    def __init__(self, tokenizer: Tokenizer, room: int = 1 << 18) -> None:
        self._tokenizer = tokenizer
        self._room = room
        self._ids: dict[str, list[int]] = {}

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]:
        """Gives each text its tokens' ids, without special tokens."""
        split = [text.split() for text in texts]
        if len(self._ids) > self._room:
            self._ids = {}
        ids = self._ids
        new = list({word for words in split for word in words if word not in ids})
        found = self._tokenizer.encode_batch(new, add_special_tokens=False)
        for word, encoding in zip(new, found, strict=True):
            ids[word] = encoding.ids
        return [list(chain.from_iterable(map(ids.__getitem__, words))) for words in split]
