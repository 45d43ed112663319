"""How the ranking by words and the ranking by meaning become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vectorstore.query import Hit

_MEANING = 0.3  # what a cosine of 1 weighs beside having every word of the question
_OF_ONE_ARTICLE = 3  # passages among the first, before those of other articles
_OF_ONE_REPORT = 2  # articles that are near copies among the first, likewise


class Found(NamedTuple):
    """A passage that a ranking found.

    Attributes:
        id: Its id.
        words: Its lexical score; 0 where that ranking does not have it.
        meaning: Its cosine similarity; that of the last one where that ranking does not have it.
    """

    id: str
    words: float
    meaning: float

    @property
    def score(self) -> float:
        """What it is ordered by."""
        return self.words + _MEANING * self.meaning


def fuse(
    by_words: Sequence[tuple[str, float]], by_meaning: Sequence[tuple[str, float]]
) -> list[Found]:
    """Joins two rankings of passages.

    A weighted sum. Lexical scores are shares of what a passage with every word of the question
    would have, so a question whose words the articles do not have, such as one in a language
    without a translation table, leaves the order to meaning by itself.

    Args:
        by_words: Passage ids with lexical scores, highest first.
        by_meaning: Passage ids with cosine similarities, highest first.

    Returns:
        What either found, best first.
    """
    words, meaning = dict(by_words), dict(by_meaning)
    least = min(meaning.values(), default=0.0)
    found = (
        Found(id_, words.get(id_, 0.0), meaning.get(id_, least))
        for id_ in words.keys() | meaning.keys()
    )
    return sorted(found, key=lambda one: (-one.score, one.id))


def diversify(hits: Sequence[Hit], reports: Mapping[str, str]) -> list[Hit]:
    """Puts back what says again what stands before: no hit is lost, and the order is kept else.

    Args:
        hits: Best first.
        reports: For each article, the report that it carries: near copies share one.

    Returns:
        The same hits; after the first few passages of one article, and after the first two
        articles that carry one report, the further ones stand behind all others.
    """
    first: list[Hit] = []
    further: list[Hit] = []
    passages: Counter[str] = Counter()
    copies: dict[str, set[str]] = {}
    for hit in hits:
        article = hit.article.id
        carriers = copies.setdefault(reports.get(article, article), set())
        known = article in carriers or len(carriers) < _OF_ONE_REPORT
        if known and passages[article] < _OF_ONE_ARTICLE:
            carriers.add(article)
            passages[article] += 1
            first.append(hit)
        else:
            further.append(hit)
    return first + further
