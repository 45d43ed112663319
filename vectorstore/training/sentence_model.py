"""The sentence model: one vector a word, a text the mean of its words.

A word starts in a direction that it shares in part with words of the same character n-grams
(after Bojanowski et al. 2017), of the same consonants, whatever their script, and with its
translations. Then it is trained to bring together texts that say the same: those of a batch are
told apart from each other by a softmax over cosines (after Reimers & Gurevych 2020).
"""

from __future__ import annotations

import json
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zlib import crc32

import numpy as np

from corpus.arabic import is_arabic
from corpus.sounds import consonants
from corpus.words import stem
from vectorstore.static_model import WordCache
from vectorstore.training.alignment import Links
from vectorstore.training.texts import Pair
from vectorstore.training.tokenizer import CONTINUES, UNKNOWN, new_tokenizer

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from scipy import sparse

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What can be chosen.

    Attributes:
        dimensions: Length of a vector.
        rows: Vectors of words and pieces to ship, at the most.
        batch: Pairs told apart from each other at a time.
        steps: Batches.
        learning_rate: At the start; it falls to nothing along a line.
        temperature: Divides the cosines in the softmax.
        longest: Tokens of a text, a window of which is read each time.
        forgotten: Share of the words of a text that are left out each time, by chance.
        seed: Makes two runs alike.
    """

    dimensions: int = 192
    rows: int = 62_000
    batch: int = 1024
    steps: int = 2400
    learning_rate: float = 0.02
    temperature: float = 0.05
    longest: int = 48
    forgotten: float = 0.2
    seed: int = 7


@dataclass(frozen=True)
class Vocabulary:
    """The tokens and their vectors' places.

    Attributes:
        tokens: Token to id.
        row: Of each token, the row of its vector; forms of one stem share a row.
        spelling: Of each row, the word or piece that it stands for.
        weight: Of each row, how much a text's vector heeds it: a / (a + its frequency), after
            Arora, Liang & Ma (2017), "A Simple but Tough-to-Beat Baseline for Sentence Embeddings".
    """

    tokens: dict[str, int]
    row: NDArray[np.int32]
    spelling: list[str]
    weight: NDArray[np.float32]


def count_words(texts: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Counts normalised words (Arabic ones as light stems) by language.

    Args:
        texts: Texts with their languages.
    """
    runs: dict[str, Counter[str]] = defaultdict(Counter)
    for text, language in texts:
        runs[language].update(text.split())
    tokenizer = new_tokenizer({UNKNOWN: 0})
    counts: dict[str, Counter[str]] = {}
    for language, some in runs.items():
        counts[language] = Counter()
        for run, count in some.items():
            if count > 1:  # every second run is seen once only and teaches nothing
                normal = tokenizer.normalizer.normalize_str(run)
                for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal):
                    counts[language][word] += count
        _log.info("%s: %d words", language, len(counts[language]))
    return counts


_TOWARDS = 0.8
"""How far a trained vector moves towards its translations."""

LONGEST_TEXT = 1500
"""Letters of a story that are read."""

_GRAM_ROWS = 1 << 16
_SPELLING = 0.15
_SPREAD = 3
_OWN = 0.5
"""How much of a word's first direction is its spelling's; how far directions spread over the graph
of translations; how much of its own a word keeps."""

_SMOOTHING = 1e-3
_IMPORTANCE = {"ar": 6.0, "en": 3.0}
_PIECES = 6_000
_COMMON = 60_000
_LONGEST_PIECE = 4


def vocabulary(counts: Mapping[str, Counter[str]], rows: int) -> Vocabulary:
    """Chooses the words and pieces that get a vector.

    Args:
        counts: Words by language, as `count_words` counts them.
        rows: How many vectors there may be.
    """
    totals: Counter[str] = Counter()
    frequency: dict[str, float] = {}
    home: dict[str, str] = {}
    for language, words in counts.items():
        total = words.total()
        for word, count in words.items():
            totals[word] += count
            if count / total > frequency.get(word, 0.0):
                frequency[word] = count / total
                home[word] = language
    ranked = sorted(totals, key=lambda word: -frequency[word] * _IMPORTANCE.get(home[word], 1.0))
    letters = Counter(letter for word in totals for letter in word)
    pieces = Counter[str]()
    for word in ranked[:_COMMON]:
        for start in range(len(word) - 1):
            for length in range(2, _LONGEST_PIECE + 1):
                if start + length <= len(word):
                    piece = word[start : start + length]
                    pieces[CONTINUES + piece if start else piece] += 1
    spelling: list[str] = [UNKNOWN]
    tokens: dict[str, int] = {UNKNOWN: 0}
    row: list[int] = [0]
    share: list[float] = [1.0]

    def add(token: str, place: int) -> None:
        tokens[token] = len(tokens)
        row.append(place)

    def new_row(name: str) -> int:
        spelling.append(name)
        share.append(0.0)
        return len(spelling) - 1

    for letter, _ in letters.most_common(3000):
        for token in (letter, CONTINUES + letter):
            add(token, new_row(token))
            share[-1] = 0.01 if len(token) > 1 else frequency.get(token, 0.001)
    for piece, _ in pieces.most_common(_PIECES):
        if piece not in tokens:
            add(piece, new_row(piece))
            share[-1] = frequency.get(piece, 1e-5)
    stems: dict[str, int] = {}
    for word in ranked:
        count = totals[word]
        if word in tokens or len(word) > 40:
            continue
        key = word if is_arabic(word) else stem(word, home[word])
        if key not in stems:
            if len(spelling) >= rows or count < 2:
                continue
            stems[key] = new_row(key)
        add(word, stems[key])
        share[stems[key]] += frequency[word]
    weight = _SMOOTHING / (_SMOOTHING + np.array(share))
    return Vocabulary(tokens, np.array(row, np.int32), spelling, weight.astype(np.float32))


def _grams(spelling: str) -> list[int]:
    """Hashes of a word's character n-grams, and of its consonants where it may be a name."""
    inner = spelling.removeprefix(CONTINUES)
    marked = inner if spelling.startswith(CONTINUES) else f"<{inner}>"
    found = [
        marked[start : start + length]
        for length in (3, 4, 5)
        for start in range(len(marked) - length + 1)
    ]
    sound = consonants(inner)
    if len(sound) >= 3 and not spelling.startswith(CONTINUES):
        # As much as all the n-grams: across scripts it is the only thing in common.
        found += [f"~{sound}"] * max(len(found), 1)
    return [crc32(gram.encode()) % _GRAM_ROWS for gram in found]


@dataclass(frozen=True)
class Ragged:
    """Lists of numbers of different lengths, end to end."""

    values: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Ragged:
        """Puts lists end to end."""
        starts = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(one) for one in lists], out=starts[1:])
        return cls(np.fromiter(chain.from_iterable(lists), np.int32, starts[-1]), starts)

    def take(
        self,
        places: NDArray[np.int64],
        longest: int | None = None,
        rng: np.random.Generator | None = None,
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Gives the lists at some places: their values, and where each begins."""
        begin = self.starts[places]
        lengths = self.starts[places + 1] - begin
        if longest is not None and rng is not None:
            spare = np.maximum(lengths - longest, 0)
            # Stories tell the most in the beginning: half of the windows start there.
            begin = begin + rng.integers(0, spare + 1) * (rng.random(len(places)) < 0.5)
            lengths = np.minimum(lengths, longest)
        offsets = np.zeros(len(places), np.int64)
        np.cumsum(lengths[:-1], out=offsets[1:])
        index = np.arange(lengths.sum()) + np.repeat(begin - offsets, lengths)
        return self.values[index], offsets


@dataclass(frozen=True)
class Group:
    """Pairs of one kind, which make up a batch together.

    Attributes:
        name: What they are.
        pairs: The pairs.
        share: How often a batch is made of them, relative to the other groups.
    """

    name: str
    pairs: Sequence[Pair]
    share: float


@dataclass(frozen=True)
class Lesson:
    """A group of pairs as rows of the vocabulary's vectors."""

    name: str
    share: float
    left: Ragged
    right: Ragged


def lessons(groups: Sequence[Group], words: Vocabulary) -> list[Lesson]:
    """Looks the words of all pairs up."""
    tokenizer = WordCache(new_tokenizer(words.tokens), room=1 << 22)

    def rows(texts: list[str]) -> Ragged:
        shortened = [text[:LONGEST_TEXT] for text in texts]
        tokens = Ragged.of([ids or [0] for ids in tokenizer.encode_batch(shortened)])
        return replace(tokens, values=words.row[tokens.values])

    return [
        Lesson(
            group.name,
            group.share,
            rows([pair.left for pair in group.pairs]),
            rows([pair.right for pair in group.pairs]),
        )
        for group in groups
    ]


def save_lessons(words: Vocabulary, some: Sequence[Lesson], path: Path) -> None:
    """Writes the vocabulary and the lessons to a file."""
    arrays: dict[str, NDArray[np.generic]] = {
        "tokens": np.frombuffer("\n".join(words.tokens).encode(), np.uint8),
        "spelling": np.frombuffer("\n".join(words.spelling).encode(), np.uint8),
        "row": words.row,
        "weight": words.weight,
    }
    for lesson in some:
        for side, ragged in (("left", lesson.left), ("right", lesson.right)):
            name = f"lesson/{lesson.name}/{lesson.share}/{side}"
            arrays[f"{name}/values"], arrays[f"{name}/starts"] = ragged.values, ragged.starts
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, **arrays)  # type: ignore[arg-type]
    partial.replace(path)


def load_lessons(path: Path) -> tuple[Vocabulary, list[Lesson]]:
    """Reads what `save_lessons` wrote."""
    with np.load(path) as saved:
        tokens = saved["tokens"].tobytes().decode().split("\n")
        words = Vocabulary(
            {token: place for place, token in enumerate(tokens)},
            saved["row"],
            saved["spelling"].tobytes().decode().split("\n"),
            saved["weight"],
        )
        found = []
        for name in saved.files:
            if name.endswith("/left/values"):
                start = name.removesuffix("/left/values")
                _, title, share = start.split("/")
                sides = [
                    Ragged(saved[f"{start}/{side}/values"], saved[f"{start}/{side}/starts"])
                    for side in ("left", "right")
                ]
                found.append(Lesson(title, float(share), *sides))
    return words, found


def translation_graph(words: Vocabulary, links: Iterable[Links]) -> sparse.csr_matrix:
    """Gives the share of each word in what translates each other word; rows sum to 1 or 0."""
    from scipy import sparse

    place = {spelling: row for row, spelling in enumerate(words.spelling)}
    rows: list[NDArray[np.int64]] = []
    columns: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.float32]] = []
    for some in links:
        left = np.array([place.get(word, 0) for word in some.left])[some.pairs[:, 0]]
        right = np.array([place.get(word, 0) for word in some.right])[some.pairs[:, 1]]
        known = (left > 0) & (right > 0)
        for one, other in ((left, right), (right, left)):
            total = np.bincount(one[known], some.counts[known], len(words.spelling))
            rows.append(one[known])
            columns.append(other[known])
            counts.append(some.counts[known] / total[one[known]])
    size = len(words.spelling)
    graph = sparse.csr_matrix(
        (np.concatenate(counts), (np.concatenate(rows), np.concatenate(columns))), (size, size)
    )
    # A word that several languages translate takes the mean of what they say.
    return sparse.diags(1 / np.maximum(np.asarray(graph.sum(axis=1)).ravel(), 1e-9)) @ graph


def first_vectors(
    words: Vocabulary, graph: sparse.csr_matrix, recipe: Recipe
) -> NDArray[np.float32]:
    """Places words near their translations before anything is learned.

    Each word starts in a direction of its own, drawn by chance, and takes over part of the
    directions of the words that it was aligned with, and they of theirs: a random projection of
    the graph of translations.
    """
    size = len(words.spelling)
    rng = np.random.default_rng(recipe.seed)
    own = rng.standard_normal((size, recipe.dimensions), np.float32)
    gram_rows = rng.standard_normal((_GRAM_ROWS, recipe.dimensions), np.float32)
    for row, spelling in enumerate(words.spelling):
        if grams := _grams(spelling):
            own[row] += _SPELLING * gram_rows[grams].sum(axis=0) / np.sqrt(len(grams))
    own *= np.sqrt(recipe.dimensions) / np.linalg.norm(own, axis=1, keepdims=True)
    vectors = own
    linked = np.diff(graph.indptr) > 0
    for _ in range(_SPREAD):
        moved = graph @ vectors
        moved *= np.sqrt(recipe.dimensions) / np.maximum(
            np.linalg.norm(moved, axis=1, keepdims=True), 1e-6
        )
        vectors = np.where(linked[:, None], _OWN * own + moved, own).astype(np.float32)
        vectors *= np.sqrt(recipe.dimensions) / np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.float32(np.sqrt(recipe.dimensions))


def spread(
    vectors: NDArray[np.float32], words: Vocabulary, graph: sparse.csr_matrix
) -> NDArray[np.float32]:
    """Moves trained vectors towards those of their translations.

    A word that the sentences hold seldom has learned little; its translations, in all languages,
    have learned more together.
    """
    plain = vectors / words.weight[:, None]
    moved: NDArray[np.float32] = (plain + _TOWARDS * (graph @ plain)) * words.weight[:, None]
    return moved.astype(np.float32)


def train(
    learned: Sequence[Lesson], words: Vocabulary, first: NDArray[np.float32], recipe: Recipe
) -> NDArray[np.float32]:
    """Trains the vectors: shape ``(len(words.spelling), recipe.dimensions)``.

    Args:
        learned: What to learn from.
        words: The vocabulary.
        first: Where the vectors start; of the result's shape.
        recipe: The choices.
    """
    import torch
    from torch.nn import functional

    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    own = _Table(first)
    weight = torch.from_numpy(words.weight)
    chances = np.array([lesson.share for lesson in learned])
    chances /= chances.sum()
    began, running = time.monotonic(), 0.0
    for step in range(recipe.steps):
        lesson = learned[int(rng.choice(len(learned), p=chances))]
        size = len(lesson.left.starts) - 1
        count = min(recipe.batch, size)
        places = rng.choice(size, count, replace=False)
        texts = [side.take(places, recipe.longest, rng) for side in (lesson.left, lesson.right)]
        used, local = np.unique(np.concatenate([ids for ids, _ in texts]), return_inverse=True)
        rows = own.rows(used)
        vectors = rows * weight[torch.from_numpy(used.astype(np.int64))][:, None]
        cut = len(texts[0][0])
        embedded = [
            functional.normalize(
                functional.embedding_bag(
                    torch.from_numpy(ids),
                    vectors,
                    torch.from_numpy(starts),
                    mode="sum",
                    per_sample_weights=(torch.rand(len(ids)) >= recipe.forgotten).float(),
                )
            )
            for ids, (_, starts) in zip((local[:cut], local[cut:]), texts, strict=True)
        ]
        scores = embedded[0] @ embedded[1].T / recipe.temperature
        target = torch.arange(count)
        loss = functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)
        loss.backward()  # type: ignore[no-untyped-call]
        rate = recipe.learning_rate * min(1.0, (step + 1) / 50) * (1 - step / recipe.steps)
        own.learn(used, rows, rate)
        running += (loss.item() - running) / min(step + 1, 100)
        if (step + 1) % 100 == 0:
            passed = time.monotonic() - began
            _log.info("step %d of %d, loss %.3f, %.0f s", step + 1, recipe.steps, running, passed)
    result: NDArray[np.float32] = own.values * words.weight[:, None]
    result[0] = 0.0
    return result


class _Table:
    """Vectors of which each step moves a few: Adam (Kingma & Ba 2015), lazily, one scale a row."""

    def __init__(self, first: NDArray[np.float32]) -> None:
        rows = len(first)
        self.values = first.copy()
        self._mean = np.zeros_like(first)
        self._square = np.zeros(rows, np.float32)
        self._seen = np.zeros(rows, np.int32)

    def rows(self, places: NDArray[np.int32]) -> torch.Tensor:
        import torch

        return torch.from_numpy(self.values[places]).requires_grad_()

    def learn(self, places: NDArray[np.int32], rows: torch.Tensor, rate: float) -> None:
        gradient = cast("torch.Tensor", rows.grad).numpy()
        self._seen[places] += 1
        seen = self._seen[places].astype(np.float32)
        mean = 0.9 * self._mean[places] + 0.1 * gradient
        square = 0.98 * self._square[places] + 0.02 * (gradient * gradient).mean(axis=1)
        self._mean[places], self._square[places] = mean, square
        size = np.sqrt(square / (1 - 0.98**seen)) + 1e-12
        self.values[places] -= (rate / ((1 - 0.9**seen) * size))[:, None] * mean


def save(vectors: NDArray[np.float32], words: Vocabulary, folder: Path) -> None:
    """Writes the model as `sentence_transformers.SentenceTransformer` reads it."""
    import sentence_transformers
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    largest = float(np.abs(vectors).max())
    save_file(
        {
            "embeddings": (vectors / largest).astype(np.float16),
            "mapping": words.row.astype(np.int32),
        },
        folder / "model.safetensors",
    )
    (folder / "model.safetensors").chmod(0o644)  # the library writes it for its owner alone
    new_tokenizer(words.tokens).save(str(folder / "tokenizer.json"), pretty=False)
    kind = "sentence_transformers.sentence_transformer.modules"
    modules = [{"idx": 0, "name": "0", "path": "", "type": f"{kind}.StaticEmbedding"}]
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n")
    config = {
        "__version__": {"sentence_transformers": sentence_transformers.__version__},
        "model_type": "SentenceTransformer",
        "prompts": {"query": "", "document": ""},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config, indent=2) + "\n")
