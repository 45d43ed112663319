"""Fits the weights of `vectorstore.reranking`, and prints how well they order.

    python -m vectorstore.training.reranking --sets FOLDER --data FOLDER [--write]

``--sets`` holds the development sets ``arcd`` and ``xling`` in BEIR's layout, ``--data`` the
training texts. Fitted on the training part of ``arcd``, on every second question of ``xling``, and
on headlines of news asked over the stories; the other questions of ``xling`` report. The order is
fitted by a softmax over the passages found for one question (ListNet: Cao et al. 2007), so that
what tells questions apart has no say; the relevance by logistic regression, with questions asked
over collections that do not answer them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from corpus.article import Article
from vectorstore.fusion import fuse
from vectorstore.index import Index
from vectorstore.questions import read_question
from vectorstore.reranking import FEATURES, WEIGHTS, Candidate, features, kind_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)
_READ = 30  # passages of each question
_HITS = 10  # of them, those on which relevance is fitted
_STORIES = 3000
_HEADLINES = 400
_SHRINKAGE = 1e-3
_RELEVANCE_SHRINKAGE = 50.0
_KINDS = ("own", "across")
_CODES = {"ara": "ar", "eng": "en"}
_SEED = 20


@dataclass(frozen=True)
class Asked:
    """One question over one collection.

    Attributes:
        rows: Features of the passages found, after a bias, in the block of their kind and zero in
            the other's: shape ``(passages, 2 * (1 + len(FEATURES)))``.
        articles: Their articles.
        right: Which of them are right.
        grades: How many right articles there are to be found.
        weight: How much the question counts.
        test: Whether it reports instead of fitting.
        group: What it is reported under.
    """

    rows: NDArray[np.float64]
    articles: tuple[str, ...]
    right: NDArray[np.bool_]
    grades: int
    weight: float
    test: bool
    group: str


def ask(
    index: Index,
    text: str,
    right: set[str],
    weight: float,
    test: bool,
    group: str,
    without: str | None = None,
) -> Asked:
    """Searches, and reads what is found, except one article."""
    question = read_question(text)
    found = fuse(index.by_words(text, 100), index.by_meaning(text, 100))
    found = [one for one in found if one.id.rpartition(":")[0] != without][:_READ]
    articles = index.catalog.articles_by_id({one.id.rpartition(":")[0] for one in found})
    spans = index.catalog.spans(articles)
    candidates = []
    for one in found:
        id_, _, number = one.id.rpartition(":")
        article = articles[id_]
        passage = article.text[slice(*spans[id_, int(number)])]
        candidates.append(
            Candidate(passage, article.title, article.language or "ar", one.words, one.meaning)
        )
    width = 1 + len(FEATURES)
    rows = np.zeros((len(candidates), len(_KINDS) * width))
    if candidates:
        values = features(question, candidates, index.rarity, index.translate, index.likeness)
        for row, value, candidate in zip(rows, values, candidates, strict=True):
            start = width * _KINDS.index(kind_of(question, candidate))
            row[start] = 1
            row[start + 1 : start + width] = value
            if kind_of(question, candidate) == "across":
                # The sets in two languages have no headlines: they would only tell sets apart.
                row[start + 1 + FEATURES.index("headline")] = 0
    ids = tuple(one.id.rpartition(":")[0] for one in found)
    good = np.array([id_ in right for id_ in ids], bool)
    return Asked(rows, ids, good, len(right), weight, test, group)


def gather(sets: Path, data: Path, scratch: Path) -> Iterator[Asked]:
    """Asks everything."""
    arcd = _questions(sets / "arcd", "train", "train")
    xling = {
        path.stem.partition("-")[2]: _questions(sets / "xling", path.stem.partition("-")[2], "test")
        for path in sorted((sets / "xling").glob("queries-*.jsonl"))
    }
    with Index(scratch / "arcd") as index:
        _fill(index, sets / "arcd/corpus.jsonl", "ar")
        yield from (ask(index, text, right, 8.0, False, "arcd train") for text, right in arcd)
        yield from (ask(index, text, set(), 1.0, False, "foreign") for text, _ in xling["ara"][::2])
        yield from (ask(index, text, set(), 1.0, False, "foreign") for text, _ in xling["eng"][::2])
        yield from (ask(index, text, set(), 1.0, False, "foreign") for text, _ in xling["fra"][::4])
        _log.info("arcd")
    for name, language in _CODES.items():
        with Index(scratch / name) as index:
            _fill(index, sets / f"xling/corpus-{name}.jsonl", language)
            for asker, questions in xling.items():
                if asker == name:
                    continue
                some = questions[:: 2 if asker in _CODES else 8]
                for number, (text, right) in enumerate(some):
                    yield ask(index, text, right, 1.0, number % 2 == 1, f"{asker} → {name}")
            yield from (ask(index, text, set(), 1.0, False, "foreign") for text, _ in arcd[::4])
        _log.info(name)
    with Index(scratch / "all") as index:
        _fill(index, sets / "arcd/corpus.jsonl", "ar", "arcd ")
        for name, language in _CODES.items():
            _fill(index, sets / f"xling/corpus-{name}.jsonl", language, f"{name} ")
        for text, right in arcd[::3]:
            yield ask(index, text, {f"arcd {id_}" for id_ in right}, 1.0, False, "mixed, arcd")
        for asker in ("ara", "eng", "fra"):
            for number, (text, right) in enumerate(xling[asker][::4]):
                # Not the passage that the question was taken from: nobody asks for what they
                # have, and it would teach that the answer stands in the question's language.
                own = next(f"{asker} {id_}" for id_ in right)
                others = {f"{name} {id_}" for name in _CODES for id_ in right} - {own}
                test = number % 2 == 1
                yield ask(index, text, others, 1.0, test, f"mixed, {asker}", own)
        _log.info("mixed")
    with Index(scratch / "news") as index:
        stories = list(_stories(data / "news/antcorpus.ar.jsonl.gz"))
        index.add(Article(f"n{n}", story["body"], language="ar") for n, story in enumerate(stories))
        for n, story in enumerate(stories[:_HEADLINES]):
            yield ask(index, story["title"], {f"n{n}"}, 1.0, False, "headlines")
        _log.info("news")


def _questions(folder: Path, kind: str, judged: str) -> list[tuple[str, set[str]]]:
    right: dict[str, set[str]] = {}
    for line in (folder / f"qrels/{judged}.tsv").read_text("utf-8").splitlines()[1:]:
        question, document, _ = line.split("\t")
        right.setdefault(question, set()).add(document)
    lines = (folder / f"queries-{kind}.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    return [(one["text"], right[one["_id"]]) for one in asked if one["_id"] in right]


def _fill(index: Index, corpus: Path, language: str, prefix: str = "") -> None:
    lines = map(json.loads, corpus.read_text("utf-8").splitlines())
    index.add(
        Article(prefix + line["_id"], line["text"], line.get("title", ""), language=language)
        for line in lines
    )


def _stories(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        stories = [
            story
            for story in map(json.loads, file)
            if story.get("title") and len(story.get("body") or "") > 200
        ]
    random.Random(_SEED).shuffle(stories)  # noqa: S311  (nothing secret)
    yield from stories[:_STORIES]


def fit_order(asked: Sequence[Asked]) -> NDArray[np.float64]:
    """Weights under which the right passages have the most of a softmax over those found."""
    lists = [one for one in asked if one.right.any() and not one.right.all()]
    sizes = [len(one.right) for one in lists]
    starts = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(lists)), sizes)
    rows = np.concatenate([one.rows for one in lists])
    right = np.concatenate([one.right for one in lists]).astype(float)
    spread = _spread(rows)
    # A bias says nothing within one kind; between kinds, one of the two is enough.
    spread[0] = np.inf
    rows = rows / spread
    weights = np.array([one.weight for one in lists])
    weights /= weights.sum()

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ w
        chances = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        all_ = np.add.reduceat(chances, starts)
        good = np.add.reduceat(chances * right, starts)
        value = -(weights * np.log(good / all_)).sum() + _SHRINKAGE * w @ w
        slope = weights[of] * (chances / all_[of] - chances * right / good[of])
        return value, rows.T @ slope + 2 * _SHRINKAGE * w

    best = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(best.x / spread)


def _spread(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each feature varies; one figure for both kinds, as one may hardly show it."""
    width = 1 + len(FEATURES)
    spread = rows.reshape(-1, len(_KINDS), width).std(axis=0).max(axis=0)
    return np.tile(spread, len(_KINDS))


def fit_relevance(asked: Sequence[Asked]) -> NDArray[np.float64]:
    """Logistic regression over the first hits, by Newton's method with some shrinkage."""
    rows = np.concatenate([one.rows[:_HITS] for one in asked])
    right = np.concatenate([one.right[:_HITS] for one in asked]).astype(float)
    spread = _spread(rows)
    rows = rows / spread
    shrinkage = np.full(rows.shape[1], _RELEVANCE_SHRINKAGE)
    shrinkage[:: 1 + len(FEATURES)] = 1e-6  # how common right hits are is left alone
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chance) - shrinkage * weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows
        curve += np.diag(shrinkage)
        weights += np.linalg.solve(curve, slope)
    return np.asarray(weights / spread)


def ndcg(asked: Asked, scores: NDArray[np.float64]) -> float:
    """nDCG@10 of the passages found, ordered by their scores."""
    discounts = 1 / np.log2(np.arange(10) + 2)
    order = np.argsort(-scores, kind="stable")
    articles = dict.fromkeys((asked.articles[at], asked.right[at]) for at in order)
    found = np.array([right for _, right in articles][:10], bool)
    return float(found @ discounts[: len(found)] / discounts[: min(10, asked.grades)].sum())


def auroc(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """How often a right hit scores higher than a wrong one."""
    ranks = scores.argsort().argsort() + 1.0
    some, rest = right.sum(), (~right).sum()
    return float((ranks[right].sum() - some * (some + 1) / 2) / (some * rest))


def report(asked: Sequence[Asked], order: NDArray[np.float64]) -> None:
    """Prints nDCG@10 by group, as found and as ordered by the weights."""
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        if one.grades:
            groups.setdefault(f"{one.group}{'' if one.test else ', fitted'}", []).append(one)
    for group, some in groups.items():
        before = np.mean([ndcg(one, -np.arange(len(one.right), dtype=float)) for one in some])
        after = np.mean([ndcg(one, one.rows @ order) for one in some])
        _log.info("%-24s %4d questions  %.3f → %.3f", group, len(some), before, after)


def cross_validated(asked: Sequence[Asked], group: str, folds: int = 5) -> float:
    """nDCG@10 of a group whose questions are each ordered by weights fitted without them."""
    inside = [one for one in asked if one.group == group]
    # The same questions asked over all collections at once would tell.
    rest = [one for one in asked if not one.test and "arcd" not in one.group]
    found: list[float] = []
    # Runs of neighbours, as questions about one text stand together and would tell of one another.
    starts = [len(inside) * fold // folds for fold in range(folds + 1)]
    for start, end in pairwise(starts):
        order = fit_order([*rest, *inside[:start], *inside[end:]])
        found += [ndcg(one, one.rows @ order) for one in inside[start:end]]
    return float(np.mean(found))


def main() -> None:
    """Fits, reports and, if asked to, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as scratch:
        asked = list(gather(options.sets, options.data, Path(scratch)))
    fitting = [one for one in asked if not one.test]
    order, relevance = fit_order(fitting), fit_relevance(fitting)
    report(asked, order)
    _log.info("arcd train, cross-validated: %.4f", cross_validated(asked, "arcd train"))
    scores = np.concatenate([(one.rows @ relevance)[:_HITS] for one in asked])
    right = np.concatenate([one.right[:_HITS] for one in asked])
    _log.info("AUROC of hits: %.3f", auroc(scores, right))
    fitted = json.dumps(by_name(order, relevance), indent=1)
    _log.info("%s", fitted)
    if options.write:
        new = WEIGHTS.with_suffix(".new")
        new.write_text(fitted + "\n", "utf-8")
        new.replace(WEIGHTS)


def by_name(
    order: NDArray[np.float64], relevance: NDArray[np.float64]
) -> dict[str, dict[str, dict[str, float]]]:
    """The weights as `vectorstore.reranking` reads them: by kind, use and feature."""
    names = ("bias", *FEATURES)
    return {
        kind: {
            "order": dict(zip(names, ordering.round(3).tolist(), strict=True)),
            "relevance": dict(zip(names, relevant.round(3).tolist(), strict=True)),
        }
        for kind, ordering, relevant in zip(
            _KINDS,
            np.split(order, len(_KINDS)),
            np.split(relevance, len(_KINDS)),
            strict=True,
        )
    }


if __name__ == "__main__":
    main()
