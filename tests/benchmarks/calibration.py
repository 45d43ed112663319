"""Fits what `vectorstore.fusion.relevance` says: how often a hit with such scores is right.

    python -m tests.benchmarks.calibration FOLDER

The folder is that of `tests.benchmarks.retrieval`. Questions are asked over their own collection,
where the hits are right or wrong as the qrels say, and over another one, where all are wrong. The
training part of `arcd` and half of the questions of `xling` fit; the rest report.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.benchmarks.retrieval import index_corpus, read_lines, read_qrels
from vectorstore.fusion import fuse
from vectorstore.index import Index

Matrix = npt.NDArray[np.float64]
_HITS = 10


def hits(index: Index, question: str, right: set[str]) -> Iterator[tuple[float, float, float]]:
    """Lexical score, cosine and rightness of the first hits."""
    words = dict(index.by_words(question, 100))
    meaning = dict(index.by_meaning(question, 100))
    least = min(meaning.values(), default=0.0)
    for id_, _, _ in fuse(list(words.items()), list(meaning.items()))[:_HITS]:
        yield words.get(id_, 0.0), meaning.get(id_, least), float(id_.rpartition(":")[0] in right)


def gather(folder: Path, scratch: Path) -> tuple[Matrix, Matrix]:
    """Scores and rightness of hits, to fit on and to report on."""
    indexes = {}
    for corpus in ("arcd/corpus", "xling/corpus-ara", "xling/corpus-eng"):
        indexes[corpus] = Index(scratch / corpus.replace("/", "-"))
        index_corpus(indexes[corpus], folder / f"{corpus}.jsonl")
    arabic = ("arcd/corpus", "xling/corpus-ara", "xling/corpus-eng")
    plan = [
        ("arcd/queries-train", "arcd/qrels/train", arabic),
        ("arcd/queries-test", "arcd/qrels/test", arabic),
        ("xling/queries-eng", "xling/qrels/test", ("xling/corpus-ara", "arcd/corpus")),
        ("xling/queries-ara", "xling/qrels/test", ("xling/corpus-eng", "arcd/corpus")),
    ]
    fitting: list[tuple[float, float, float]] = []
    reporting: list[tuple[float, float, float]] = []
    for questions, judgements, corpora in plan:
        qrels = read_qrels(folder / f"{judgements}.tsv")
        asked = [q for q in read_lines(folder / f"{questions}.jsonl") if q["_id"] in qrels]
        for number, question in enumerate(asked):
            test = "test" in questions or ("xling" in questions and number % 2 == 1)
            for corpus in corpora:
                own = corpus.startswith(questions.split("/")[0])
                right = set(qrels[question["_id"]]) if own else set()
                found = hits(indexes[corpus], question["text"], right)
                (reporting if test else fitting).extend(found)
    return np.array(fitting), np.array(reporting)


def design(rows: Matrix) -> Matrix:
    """Bias, lexical score, cosine, and their product."""
    words, meaning = rows[:, 0], rows[:, 1]
    return np.stack([np.ones_like(words), words, meaning, words * meaning], axis=1)


def fit(rows: Matrix) -> npt.NDArray[np.float64]:
    """Logistic regression by Newton's method, with a little shrinkage."""
    x, y = design(rows), rows[:, 2]
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - 0.1 * weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + 0.1 * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def auroc(scores: Matrix, right: Matrix) -> float:
    """How often a right hit scores higher than a wrong one."""
    ranks = scores.argsort().argsort() + 1.0
    positives = right.sum()
    rest = len(right) - positives
    return float((ranks[right == 1].sum() - positives * (positives + 1) / 2) / (positives * rest))


def main(folder: Path) -> None:
    """Prints the weights and how well they say what is right."""
    with tempfile.TemporaryDirectory() as scratch:
        fitting, reporting = gather(folder, Path(scratch))
    weights = fit(fitting)
    chance = 1 / (1 + np.exp(-design(reporting) @ weights))
    sys.stdout.write(f"weights {np.round(weights, 2).tolist()}\n")
    sys.stdout.write(f"AUROC over hits {auroc(chance, reporting[:, 2]):.3f}\n")
    for low in np.arange(0, 1, 0.1):
        some = (chance >= low) & (chance < low + 0.1)
        if some.any():
            right = reporting[some, 2].mean()
            sys.stdout.write(f"said {chance[some].mean():.2f}, right {right:.2f} ({some.sum()})\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
