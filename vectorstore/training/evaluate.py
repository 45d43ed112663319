"""Measures the parts and the two together on retrieval sets in BEIR's layout."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.sounds import consonants
from corpus.words import stem, words
from vectorstore.embeddings import Embedder, Prompts
from vectorstore.static_model import StaticModel
from vectorstore.training.ranking import Bm25, Weighted, ndcg
from vectorstore.translation import TranslationTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)

_CODES = {
    "ara": "ar",
    "eng": "en",
    "fra": "fr",
    "fas": "fa",
    "tur": "tr",
    "heb": "he",
    "spa": "es",
    "deu": "de",
    "rus": "ru",
    "urd": "ur",
    "ckb": "ckb",
    "kmr": "ku",
}
_MEANING = 1.0
"""Weight of the cosine beside the words' score, the best passage's being 1."""

_FEWEST_CONSONANTS = 3


@dataclass(frozen=True)
class Parts:
    """What is measured."""

    model: Embedder
    table: TranslationTable

    @classmethod
    def load(cls, folder: Path) -> Parts:
        """Reads the parts that the recipe wrote."""
        return cls(
            Embedder("trained", StaticModel(folder), Prompts()),
            TranslationTable.load(folder),
        )


class Collection:
    """Passages of one language, searched by words and by meaning."""

    def __init__(self, texts: Sequence[str], language: str, parts: Parts) -> None:
        self._parts = parts
        self._language = language
        self._bm25 = Bm25([_stems(text, language) for text in texts])
        self._vectors = parts.model.encode_passages(texts)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for term in self._bm25.terms:
            self._by_sound[consonants(term)].append(term)

    def words_like(self, word: str, language: str) -> Weighted:
        """Gives the collection's terms that stand for a word of a question.

        Its translations; where none stands in the collection, what sounds like it: names that
        the table does not know; the word itself where it stands there as it is.
        """
        if language == self._language:
            return {word: 1.0}
        known = dict(self._parts.table.translate(word, language, self._language))
        if not any(term in self._bm25.terms for term in known):
            sound = consonants(word)
            if word in self._bm25.terms:
                known = {word: 1.0}
            elif len(sound) >= _FEWEST_CONSONANTS:
                known = dict.fromkeys(self._by_sound.get(sound, ()), 1.0)
        return known

    def scores(self, questions: Sequence[str], language: str) -> dict[str, NDArray[np.float64]]:
        """Scores every passage for every question: by words, by meaning, by both."""
        by_words = np.stack(
            [
                self._bm25.scores([self.words_like(word, language) for word in _stems(q, language)])
                for q in questions
            ]
        )
        by_meaning = (self._parts.model.encode_queries(questions) @ self._vectors.T).astype(float)
        best = np.maximum(by_words.max(axis=1, keepdims=True), 1e-9)
        return {
            "words": by_words,
            "meaning": by_meaning,
            "both": by_words / best + _MEANING * by_meaning,
        }


def measure(parts: Parts, sets: Path) -> dict[str, float]:
    """Measures on the development sets: nDCG@10, and accuracy of sentence retrieval.

    Args:
        parts: What is measured.
        sets: A folder that holds ``arcd`` and ``xling``.
    """
    figures: dict[str, float] = {}
    arabic = _passages(sets / "arcd" / "corpus.jsonl")
    collection = Collection(list(arabic.values()), "ar", parts)
    for part in ("train", "test"):
        questions, gold = _questions(sets / "arcd", f"queries-{part}", part, list(arabic))
        for name, scores in collection.scores(questions, "ar").items():
            figures[f"arcd {part}, {name}"] = ndcg(scores, gold)
    folder = sets / "xling"
    sentences = {
        code: parts.model.encode_passages(
            (folder / f"sentences-{code}.txt").read_text().splitlines()
        )
        for code in _CODES
    }
    for target in ("ara", "eng"):
        passages = _passages(folder / f"corpus-{target}.jsonl")
        collection = Collection(list(passages.values()), _CODES[target], parts)
        for source, language in _CODES.items():
            if source == target:
                continue
            questions, gold = _questions(folder, f"queries-{source}", "test", list(passages))
            for name, scores in collection.scores(questions, language).items():
                figures[f"{source} to {target}, {name}"] = ndcg(scores, gold)
            nearest = (sentences[source] @ sentences[target].T).argmax(axis=1)
            right = nearest == np.arange(len(nearest))
            figures[f"{source} to {target}, sentences"] = float(right.mean())
            _log.info("%s to %s: %s", source, target, _line(figures, f"{source} to {target}"))
    return figures


def _line(figures: Mapping[str, float], prefix: str) -> str:
    return ", ".join(
        f"{name.removeprefix(prefix)[2:]} {value:.3f}"
        for name, value in figures.items()
        if name.startswith(prefix)
    )


def _stems(text: str, language: str) -> list[str]:
    return [stem(word.form, language) for word in words(text)]


def _passages(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["_id"]: f"{row['title']}\n{row['text']}".strip() for row in rows}


def _questions(
    folder: Path, name: str, part: str, ids: Sequence[str]
) -> tuple[list[str], NDArray[np.int64]]:
    lines = (folder / "qrels" / f"{part}.tsv").read_text().splitlines()[1:]
    right = {question: passage for question, passage, _ in (line.split("\t") for line in lines)}
    places = {passage: place for place, passage in enumerate(ids)}
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as rows:
        questions = [json.loads(row) for row in rows]
    gold = np.array([places[right[question["_id"]]] for question in questions])
    return [question["text"] for question in questions], gold
