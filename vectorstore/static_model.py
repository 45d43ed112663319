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
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_TEXTS = 256  # gathered at a time, so that their tokens' vectors stay in the processor's cache


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

    @staticmethod
    def reads(folder: Path) -> bool:
        """Tells whether a folder holds nothing but a static embedding."""
        modules = folder / "modules.json"
        if not modules.is_file():
            return False
        types = [module["type"] for module in json.loads(modules.read_text())]
        return len(types) == 1 and types[0].endswith(".StaticEmbedding")

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    def encode(self, texts: Sequence[str], prompt: str = "") -> NDArray[np.float32]:
        """Gives each text its vector: shape ``(len(texts), dimensions)``; zero without tokens."""
        means = np.zeros((len(texts), self.get_embedding_dimension()), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS):
            some = [prompt + text for text in texts[start : start + _TEXTS]]
            ids = [e.ids for e in self._tokenizer.encode_batch(some, add_special_tokens=False)]
            lengths = np.array([len(one) for one in ids])
            full = np.flatnonzero(lengths)
            if not len(full):
                continue
            tokens = np.concatenate([np.asarray(ids[at], dtype=np.int64) for at in full])
            rows = tokens if self._places is None else self._places[tokens]
            vectors = self._vectors[rows]
            if self._weights is not None:
                vectors = vectors * self._weights[tokens][:, None]
            firsts = np.concatenate([[0], np.cumsum(lengths[full])[:-1]])
            sums = np.add.reduceat(vectors, firsts, axis=0)
            means[start + full] = sums / lengths[full][:, None]
        return means


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

    def encode_batch(self, texts: list[str], **options: bool) -> list[_Encoding]:
        """Does what `tokenizers.Tokenizer.encode_batch` does, as far as static models use it."""
        split = [text.split() for text in texts]
        if len(self._ids) > self._room:
            self._ids = {}
        ids = self._ids
        new = list({word for words in split for word in words if word not in ids})
        for word, encoding in zip(new, self._tokenizer.encode_batch(new, **options), strict=True):
            ids[word] = encoding.ids
        return [
            _Encoding(list(chain.from_iterable(map(ids.__getitem__, words)))) for words in split
        ]


class _Encoding(NamedTuple):
    ids: list[int]
