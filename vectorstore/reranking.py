"""The passages found, read closely: which of them has what the question asks.

Two rankings find some dozens of passages quickly, from frequencies and one vector each. Here
each is read word by word: how much of the question it covers together with its headline, how near
the words stand to one another, and how well its best sentence matches each word of the question
in meaning (the sum of best matches of ColBERT: Khattab & Zaharia 2020, over static word vectors).
Weights over these few figures, fitted by `vectorstore.training.reranking`, give the order, and
others how likely it is that a passage is right.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.sentences import sentence_spans
from corpus.words import forms
from vectorstore.matching import (
    Rarity,
    Text,
    Translate,
    Wanted,
    coverage,
    read_text,
    read_wanted,
    surely,
)
from vectorstore.questions import Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

Likeness = Callable[[Sequence[str], Sequence[str]], "NDArray[np.float32]"]
"""Normalised words and others give cosines: shape ``(len(words), len(others))``."""
_NOTHING = 1e-6  # weight of what a headline leaves open, below which it leaves nothing
WEIGHTS = Path(__file__).with_name("reranking.json")
FEATURES = (
    "words",
    "meaning",
    "stems",
    "covered",
    "headline",
    "words covered",
    "repeated",
    "nearness",
    "best sentence",
    "length",
)
"""What is looked at.

"words" and "meaning" are the scores of the two rankings; "stems" is the share of the question
whose stems the passage has, "headline" what the headline covers, "covered" what both cover,
"words covered" the same counted by words; "repeated" is how often its words stand there,
"nearness" how near neighbouring words of the question stand to one another, "best sentence" how
well a sentence matches, in meaning, what the headline does not; "length" is in words.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer.

    Attributes:
        text: Its text.
        headline: Its article's headline.
        language: Its article's language.
        words: Its lexical score.
        meaning: Its cosine similarity with the question.
    """

    text: str
    headline: str
    language: str
    words: float
    meaning: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear weights by the names of `FEATURES`, and a "bias".

    Attributes:
        order: What a passage is ordered by; comparable within one question only.
        relevance: The logit of how likely a passage is to be right.
    """

    order: Mapping[str, float]
    relevance: Mapping[str, float]


@lru_cache(maxsize=1)
def fitted() -> Mapping[str, Weights]:
    """The weights that ship: of questions in their "own" language, and "across" languages."""
    read = json.loads(WEIGHTS.read_text("utf-8"))
    return {kind: Weights(**weights) for kind, weights in read.items()}


def rerank(
    question: Question,
    candidates: Sequence[Candidate],
    rarity: Rarity,
    translate: Translate,
    likeness: Likeness,
) -> list[tuple[float, float]]:
    """Tells how good each candidate is.

    Args:
        question: What is asked.
        candidates: Passages that a search found.
        rarity: How rare a stem is in a language at large.
        translate: Stems of another language for a stem of one.
        likeness: How alike words are in meaning, in one space for all languages.

    Returns:
        For each candidate a score in (0, 1], 1 for the best one, and a relevance in [0, 1].
    """
    if not candidates:
        return []
    rows = features(question, candidates, rarity, translate, likeness)
    weights = [fitted()[kind_of(question, candidate)] for candidate in candidates]
    order = _weighted(rows, [of_kind.order for of_kind in weights])
    logits = _weighted(rows, [of_kind.relevance for of_kind in weights])
    scores = 1 / (1 + (order.max() - order))  # keeps the order at any distance
    return list(zip(scores.tolist(), (1 / (1 + np.exp(-logits))).tolist(), strict=True))


def _weighted(
    rows: NDArray[np.float64], weights: Sequence[Mapping[str, float]]
) -> NDArray[np.float64]:
    table = np.array([[of_kind[name] for name in FEATURES] for of_kind in weights])
    bias = np.array([of_kind["bias"] for of_kind in weights])
    return np.asarray(bias + (rows * table).sum(axis=1))


def kind_of(question: Question, candidate: Candidate) -> str:
    """Which weights are meant for a candidate."""
    return "own" if question.language == candidate.language else "across"


def features(
    question: Question,
    candidates: Sequence[Candidate],
    rarity: Rarity,
    translate: Translate,
    likeness: Likeness,
) -> NDArray[np.float64]:
    """What bears on how good candidates are: shape ``(len(candidates), len(FEATURES))``."""
    wanted = {
        language: read_wanted(question, language, rarity, translate)
        for language in {one.language for one in candidates}
    }
    passages = [_read(one.text, one.language) for one in candidates]
    headlines = [read_text(one.headline, one.language) for one in candidates]
    best = _best_sentences(
        wanted[candidates[0].language], passages, [text.forms for text in headlines], likeness
    )
    rows = []
    for one, (passage, _), headline, sentence in zip(
        candidates, passages, headlines, best, strict=True
    ):
        words = wanted[one.language]
        inside, above = coverage(words, passage), coverage(words, headline)
        together = [max(pair) for pair in zip(inside, above, strict=True)]
        hard = [surely(stems, passage) for stems in words.stems]
        places = [
            _places(stems, passage) if sure else []
            for stems, sure in zip(words.stems, hard, strict=True)
        ]
        values = {
            "words": one.words,
            "meaning": one.meaning,
            "stems": words.share(hard),
            "covered": words.share(together),
            "headline": words.share(above),
            "words covered": sum(x > 0.5 for x in inside) / max(1, len(inside)),
            "repeated": math.log1p(words.share([float(len(some)) for some in places])),
            "nearness": _nearness(places),
            "best sentence": sentence,
            "length": math.log1p(len(passage.forms)),
        }
        rows.append([values[name] for name in FEATURES])
    return np.array(rows)


@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> tuple[Text, tuple[int, ...]]:
    """A passage's words, and how many each of its sentences has."""
    sentences = [found for a, b in sentence_spans(text) if (found := forms(text[a:b]))]
    return Text(chain.from_iterable(sentences), language), tuple(map(len, sentences))


def _places(stems: Mapping[str, float], passage: Text) -> list[int]:
    return [place for stem in stems for place in passage.places(stem)]


def _nearness(places: Sequence[Sequence[int]]) -> float:
    """The mean, over neighbouring words of the question, of one over their distance."""
    pairs = list(pairwise(places))
    distances = (min((abs(x - y) for x in a for y in b), default=0) for a, b in pairs)
    return sum(1 / distance for distance in distances if distance) / max(1, len(pairs))


def _best_sentences(
    wanted: Wanted,
    passages: Sequence[tuple[Text, Sequence[int]]],
    headlines: Sequence[Sequence[str]],
    likeness: Likeness,
) -> list[float]:
    """How well the best sentence of each passage matches what its headline does not, in [0, 1].

    The mean, over the question's words, of the cosine of the most similar word; a word weighs by
    its rarity, and the less the more the headline has it.
    """
    known = set().union(*(text.forms for text, _ in passages), *headlines)
    if not known or not wanted.forms:
        return [0.0] * len(passages)
    place = {form: at for at, form in enumerate(known)}
    alike = likeness(wanted.forms, list(known))

    def most(forms: Iterable[str], lengths: Sequence[int]) -> NDArray[np.float32]:
        """The similarity of each word of the question to the most similar one in each run."""
        at = np.fromiter(map(place.__getitem__, forms), np.intp)
        starts = np.cumsum([0, *lengths[:-1]])
        return np.asarray(np.maximum.reduceat(alike[:, at], starts, axis=1))

    weights = np.tile(np.array(wanted.weights)[:, None], len(passages))
    titled = [at for at, headline in enumerate(headlines) if headline]
    if titled:
        above = most(
            chain.from_iterable(headlines[at] for at in titled),
            [len(headlines[at]) for at in titled],
        )
        weights[:, titled] *= np.clip(1 - above, 0, 1)
    totals = weights.sum(axis=0)
    counts = [len(lengths) for _, lengths in passages]
    if not sum(counts):
        return [0.0] * len(passages)
    matches = most(
        chain.from_iterable(text.forms for text, _ in passages),
        list(chain.from_iterable(lengths for _, lengths in passages)),
    )
    of = np.repeat(np.arange(len(passages)), counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        sentences = (weights[:, of] * matches).sum(axis=0) / totals[of]
    best = np.zeros(len(passages))
    np.maximum.at(best, of, np.where(totals[of] > _NOTHING, sentences, 1.0))
    return best.tolist()
