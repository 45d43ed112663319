"""Chooses the thresholds of silence for libraries of several sizes.

Run ``python -m assistant.training.thresholds --answerable DIR --out DIR``. The first is a folder
of BEIR's layout: passages that answer its questions among many more articles that do not. Each
question is asked over its own passage among few, hundreds and thousands of the others; for every
size, the threshold is the answerability that all but a few of the questions reach. The other
folder gets ``fitted.json`` with the new thresholds, to be copied over ``assistant/fitted.json``.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.evaluation import Judged, read_judged
from assistant.quoting import rank_sentences
from assistant.ranking import fitted
from assistant.silence import answerability
from assistant.training.fit import read_articles, wanted_in, write
from vectorstore.index import Index
from vectorstore.query import Filters
from vectorstore.questions import read_question

SIZES = (5, 50, 200, 1000, 3000)
"""Articles of the libraries, besides the whole collection."""
_HITS = 10
_DRAWS = 3  # choices of the other articles, asked over all together
_REFUSED = 0.045  # share of answerable questions that each threshold refuses


def thresholds(index: Index, judged: Sequence[Judged]) -> list[tuple[int, float]]:
    """The number of passages and the threshold of each size, smallest first.

    Args:
        index: All articles.
        judged: Questions that one of them answers.
    """
    answering = {article for question in judged for article in question.relevant}
    others = [article.id for article in index.articles() if article.id not in answering]
    found = [_of_size(index, judged, others, size) for size in SIZES if size < len(others)]
    return [*found, _of_size(index, judged, others, None)]


def _of_size(
    index: Index, judged: Sequence[Judged], others: Sequence[str], size: int | None
) -> tuple[int, float]:
    sure, passages = [], []
    for number in range(1 if size is None else _DRAWS):
        draw = random.Random(f"{size} {number}")  # noqa: S311 - a repeatable choice, nothing secret
        strangers = None if size is None else draw.sample(others, size - 1)
        for question in judged:
            filters = None
            if strangers is not None:
                filters = Filters(article_ids=frozenset([*strangers, *question.relevant]))
            passages.append(index.passages(filters))
            sure.append(_answerability(question.text, index, filters, passages[-1]))
    size_in_passages = round(float(np.median(passages)))
    threshold = round(float(np.quantile(sure, _REFUSED)), 3)
    print(f"{size_in_passages} passages: threshold {threshold}", flush=True)  # noqa: T201
    return size_in_passages, threshold


def _answerability(text: str, index: Index, filters: Filters | None, passages: int) -> float:
    question = read_question(text)
    found = index.search(text, _HITS, filters)
    hits = [hit for hit in found if hit.article.language == question.language]
    if not hits:
        return 0.0
    wanted = wanted_in(question, hits, index)
    best = rank_sentences(question, hits, wanted)[0].score
    language = question.language
    return answerability(question, hits, language, wanted[language], best, passages)


def main() -> None:
    """Reads, asks and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answerable", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, Index(Path(scratch)) as index:
        index.add(read_articles(options.answerable))
        judged = [q for q in read_judged(options.answerable) if q.relevant]
        own = replace(fitted().own, by_passages=tuple(thresholds(index, judged)))
        write(replace(fitted(), own=own), options.out)


if __name__ == "__main__":
    main()
