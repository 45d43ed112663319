"""How the ranking by words and the ranking by meaning become one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from corpus.words import forms
from vectorstore.query import Hit

_MEANING = 0.3  # what a cosine of 1 weighs beside having every word of the question
_RELEVANCE = (-7.67, 5.16, 12.94, -8.89)
_OF_ONE_ARTICLE = 3  # passages among the first, before those of other articles
_OF_ONE_REPORT = 2  # near copies among the first, likewise
_NEAR_COPY = 0.7  # share of words in common


def fuse(
    by_words: Sequence[tuple[str, float]], by_meaning: Sequence[tuple[str, float]]
) -> list[tuple[str, float, float]]:
    """Joins two rankings of passages.

    A weighted sum. Lexical scores are shares of what a passage with every word of the question
    would have, so a question whose words the articles do not have, such as one in a language
    without a translation table, leaves the order to meaning by itself. A passage that is not in
    one of the rankings counts there like the last one that is.

    Args:
        by_words: Passage ids with lexical scores, highest first.
        by_meaning: Passage ids with cosine similarities, highest first.

    Returns:
        Passage ids with a fused score and a relevance in [0, 1], best first.
    """
    words, meaning = dict(by_words), dict(by_meaning)
    least = min(meaning.values(), default=0.0)
    fused = []
    for id_ in words.keys() | meaning.keys():
        score = words.get(id_, 0.0) + _MEANING * meaning.get(id_, least)
        fused.append((id_, score, relevance(words.get(id_, 0.0), meaning.get(id_, least))))
    return sorted(fused, key=lambda one: (-one[1], one[0]))


def relevance(words: float, meaning: float) -> float:
    """How often a hit with such scores is right, in [0, 1].

    Logistic regression over hits of questions asked over their own collection and over others
    (`tests.benchmarks.calibration`).

    Args:
        words: Its lexical score.
        meaning: Its cosine similarity.
    """
    bias, by_words, by_meaning, by_both = _RELEVANCE
    value = bias + by_words * words + by_meaning * meaning + by_both * words * meaning
    return 1 / (1 + math.exp(-value))


def diversify(hits: Sequence[Hit]) -> list[Hit]:
    """Puts back what says again what stands before: no hit is lost, and the order is kept else.

    Args:
        hits: Best first.

    Returns:
        The same hits; after the first few passages of one article, and after the first two near
        copies of one report, the further ones stand behind all others.
    """
    first: list[Hit] = []
    further: list[Hit] = []
    articles: Counter[str] = Counter()
    said: list[frozenset[str]] = []
    for hit in hits:
        words = frozenset(forms(hit.passage.text))
        copies = sum(_alike(words, other) >= _NEAR_COPY for other in said)
        if articles[hit.article.id] >= _OF_ONE_ARTICLE or copies >= _OF_ONE_REPORT:
            further.append(hit)
        else:
            articles[hit.article.id] += 1
            said.append(words)
            first.append(hit)
    return first + further


def _alike(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / max(1, len(words | others))
