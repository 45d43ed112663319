"""Fits the weights in ``assistant/fitted.json``: which sentence answers, and when to be silent.

Run ``python -m assistant.training.fit --arcd DIR --other DIR``. DIR is a folder of BEIR's layout
whose queries carry gold answers with offsets (``answers[].text``, ``answers[].start``); only its
train part is read, and asked over the whole collection through the product's own index. The other
folder's articles answer none of these questions, and its queries none of these articles: together
they teach silence. With ``--report`` nothing is fitted: the test part is scored.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import ranking
from assistant.answer import Answer
from assistant.quoting import candidates, quote, rank_sentences
from assistant.ranking import Fitted, compared, features
from assistant.silence import answerability, evidence
from corpus.arabic import normalise
from corpus.article import Article
from vectorstore.index import Index
from vectorstore.matching import Rarity, read_wanted
from vectorstore.query import Filters, Hit
from vectorstore.questions import read_question

Floats = NDArray[np.float64]
Search = Callable[[str], list[Hit]]

_HITS = 10
_SENTENCE_PENALTY = 10.0
_REFUSED = 0.04  # share of answerable questions that the threshold may refuse
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold answer."""

    text: str
    article_ids: frozenset[str]
    answer: str
    start: int


def read_articles(folder: Path, name: str = "corpus.jsonl", language: str = "ar") -> list[Article]:
    """The articles of a BEIR folder."""
    lines = map(json.loads, (folder / name).read_text("utf-8").splitlines())
    return [
        Article(id=line["_id"], text=line["text"], title=line["title"], language=language)
        for line in lines
    ]


def read_asked(folder: Path, part: str) -> list[Asked]:
    """The questions of one part that have a gold answer."""
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels" / f"{part}.tsv").read_text("utf-8").splitlines()[1:]:
        question, article, _ = line.split("\t")
        relevant[question].add(article)
    lines = map(json.loads, (folder / f"queries-{part}.jsonl").read_text("utf-8").splitlines())
    return [
        Asked(
            line["text"],
            frozenset(relevant[line["_id"]]),
            line["answers"][0]["text"],
            line["answers"][0]["start"],
        )
        for line in lines
    ]


def read_questions(path: Path) -> list[str]:
    """The texts of a file of queries."""
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences found for one question.

    Attributes:
        rows: Their features by name.
        gold: Which of them hold at least half of the gold answer.
        right: Which of them hold the gold answer's words, in the right article.
    """

    rows: list[dict[str, float]]
    gold: NDArray[np.bool_]
    right: NDArray[np.bool_]


def example(asked: Asked, hits: Sequence[Hit], rarity: Rarity) -> Example:
    """Reads the sentences of the hits as the product does, and tells which of them answer."""
    question = read_question(asked.text)
    wanted = read_wanted(question, "ar", rarity)
    found = candidates(hits)
    sentences = [candidate for _, _, _, candidate in found]
    rows = compared(sentences, [features(question, wanted, one) for one in sentences])
    end = asked.start + len(asked.answer)
    gold = [
        hit.article.id in asked.article_ids
        and min(last, end) - max(first, asked.start) >= len(asked.answer) / 2
        for hit, first, last, _ in found
    ]
    right = [
        hit.article.id in asked.article_ids and holds(candidate.text, asked.answer)
        for hit, _, _, candidate in found
    ]
    return Example(rows, np.array(gold, bool), np.array(right, bool))


def holds(text: str, answer: str) -> bool:
    """Tells whether a text has an answer's words, whatever stands around them."""
    return normalise(answer).strip(" .،؛:()") in normalise(text)


def fit_sentences(examples: Sequence[Example]) -> dict[str, float]:
    """Fits a conditional logit: the gold sentences' share of the softmax over each question."""
    from scipy.optimize import minimize

    names = sorted({name for one in examples for row in one.rows for name in row})
    taught = [one for one in examples if one.gold.any()]
    tables = [matrix(one.rows, names) for one in taught]
    spread = np.concatenate(tables).std(0) + 1e-9
    tables = [table / spread for table in tables]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.0, np.zeros_like(weights)
        for table, one in zip(tables, taught, strict=True):
            scores = table @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            gold = share * one.gold
            value -= float(np.log(gold.sum() + 1e-12))
            slope += table.T @ share - table.T @ gold / (gold.sum() + 1e-12)
        penalty = _SENTENCE_PENALTY
        return value + penalty * float(weights @ weights) / 2, slope + penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(w), 4) for name, w in zip(names, found.x / spread, strict=True)}


def matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    """Features as a table, a row for each sentence."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def accuracy(examples: Sequence[Example], weights: Mapping[str, float]) -> tuple[float, float]:
    """How often the first sentence is right, and one of the first three."""
    fitted = Fitted(weights, {}, 0.0)
    first = three = 0
    for one in examples:
        order = np.argsort([-fitted.score(row) for row in one.rows], kind="stable")
        first += bool(one.right[order[:1]].any())
        three += bool(one.right[order[:3]].any())
    return first / len(examples), three / len(examples)


def cross_validated(examples: Sequence[Example]) -> tuple[float, float]:
    """`accuracy` on each fifth of the questions, fitted on the others; fifths are contiguous."""
    scores = []
    for fold in np.array_split(np.arange(len(examples)), _FOLDS):
        held = set(fold.tolist())
        weights = fit_sentences([one for n, one in enumerate(examples) if n not in held])
        scores.append(np.array(accuracy([examples[n] for n in fold], weights)) * len(fold))
    first, three = np.sum(scores, axis=0) / len(examples)
    return float(first), float(three)


def fit_silence(
    answerable: Sequence[Mapping[str, float]], unanswerable: Sequence[Mapping[str, float]]
) -> tuple[dict[str, float], float]:
    """Fits a logistic regression over the evidence, and the threshold on its probability."""
    from sklearn.linear_model import LogisticRegression

    rows = [*answerable, *unanswerable]
    names = sorted(rows[0])
    table = matrix(rows, names)
    labels = np.array([1] * len(answerable) + [0] * len(unanswerable))
    mean, spread = table.mean(0), table.std(0) + 1e-9
    model = LogisticRegression(max_iter=2000, class_weight="balanced")
    model.fit((table - mean) / spread, labels)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ mean)
    sure = 1 / (1 + np.exp(-(table[labels == 1] @ weights + bias)))
    named = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return {"bias": round(bias, 4), **named}, round(float(np.quantile(sure, _REFUSED)), 3)


def collections(
    asked: Sequence[Asked],
    own: Index,
    other: Index,
    others: Sequence[str],
) -> dict[str, tuple[bool, list[tuple[str, list[Hit]]]]]:
    """Questions with what is found for them, in collections that do and do not answer them."""
    draw = random.Random(7)  # noqa: S311 - a repeatable choice, nothing secret
    by_title: dict[str, list[str]] = defaultdict(list)
    for article in own.articles():
        by_title[article.title].append(article.id)
    title_of = {id_: title for title, ids in by_title.items() for id_ in ids}
    ids = sorted(title_of)
    found: dict[str, tuple[bool, list[tuple[str, list[Hit]]]]] = {
        "whole, answered": (True, [(one.text, own.search(one.text, _HITS)) for one in asked]),
        "five, answered": (True, []),
        "five, not": (False, []),
        "other, not": (False, [(one.text, other.search(one.text, _HITS)) for one in asked]),
        "whole, not": (False, [(text, own.search(text, _HITS)) for text in others]),
    }
    for one in asked:
        titles = {title_of[id_] for id_ in one.article_ids}
        strangers = draw.sample([id_ for id_ in ids if title_of[id_] not in titles], 5)
        few = Filters(article_ids=frozenset(strangers))
        found["five, not"][1].append((one.text, own.search(one.text, _HITS, few)))
        few = Filters(article_ids=frozenset([*strangers[:4], *one.article_ids]))
        found["five, answered"][1].append((one.text, own.search(one.text, _HITS, few)))
    return found


def evidence_of(text: str, hits: Sequence[Hit], rarity: Rarity) -> dict[str, float] | None:
    """What bears on whether the hits answer; None where nothing was found."""
    question = read_question(text)
    wanted = {language: read_wanted(question, language, rarity) for language in ("ar", "en")}
    ranked = rank_sentences(question, hits, wanted)
    return evidence(question, hits, wanted, ranked[0].score) if ranked else None


def auroc(positive: Iterable[float], negative: Iterable[float]) -> float:
    """The chance that a positive stands above a negative."""
    from sklearn.metrics import roc_auc_score

    good, bad = list(positive), list(negative)
    return float(roc_auc_score([1] * len(good) + [0] * len(bad), good + bad))


def report(
    found: Mapping[str, tuple[bool, list[tuple[str, list[Hit]]]]],
    rarity: Rarity,
) -> None:
    """Prints how well silence is told, with the weights in use."""
    sure: dict[str, list[float]] = {}
    for name, (_, questions) in found.items():
        sure[name] = []
        for text, hits in questions:
            question = read_question(text)
            wanted = {code: read_wanted(question, code, rarity) for code in ("ar", "en")}
            ranked = rank_sentences(question, hits, wanted)
            best = ranked[0].score if ranked else 0.0
            sure[name].append(answerability(question, hits, wanted, best) if ranked else 0.0)
    threshold = ranking.fitted().threshold
    for name, values in sure.items():
        refused = sum(value < threshold for value in values) / len(values)
        _say(f"{name}: refused {refused:.3f} of {len(values)}")
    right = [value for name, values in sure.items() if found[name][0] for value in values]
    wrong = [value for name, values in sure.items() if not found[name][0] for value in values]
    shares = [sum(value < threshold for value in some) / len(some) for some in (right, wrong)]
    _say(f"AUROC {auroc(right, wrong):.4f}; refused {shares[0]:.3f} and {shares[1]:.3f}")


def quoted(answer: Answer, asked: Asked, most: int) -> bool:
    """Tells whether one of the first sentences quoted holds the gold answer, rightly cited."""
    return any(
        holds(sentence.text, asked.answer)
        and any(answer.sources[c.n - 1].article_id in asked.article_ids for c in sentence.citations)
        for sentence in answer.sentences[:most]
    )


def main() -> None:
    """Fits, or reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arcd", type=Path, required=True)
    parser.add_argument("--other", type=Path, required=True)
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    asked = read_asked(options.arcd, "test" if options.report else "train")
    others = read_questions(options.other / "queries-ara.jsonl")
    with (
        tempfile.TemporaryDirectory() as folder,
        Index(Path(folder) / "own") as own,
        Index(Path(folder) / "other") as other,
    ):
        own.add(read_articles(options.arcd))
        other.add(read_articles(options.other, "corpus-ara.jsonl"))
        found = collections(asked, own, other, others)
        rarity = own.rarity
        if options.report:
            _report(asked, found, rarity)
        else:
            _fit(asked, found, rarity)


def _report(
    asked: Sequence[Asked],
    found: Mapping[str, tuple[bool, list[tuple[str, list[Hit]]]]],
    rarity: Rarity,
) -> None:
    answers = [quote(text, hits, rarity=rarity) for text, hits in found["whole, answered"][1]]
    for most in (1, 3):
        share = np.mean([quoted(a, q, most) for a, q in zip(answers, asked, strict=True)])
        _say(f"one of the first {most} quoted is right: {share:.4f}")
    report(found, rarity)


def _fit(
    asked: Sequence[Asked],
    found: Mapping[str, tuple[bool, list[tuple[str, list[Hit]]]]],
    rarity: Rarity,
) -> None:
    whole = found["whole, answered"][1]
    examples = [
        example(one, hits, rarity) for one, (_, hits) in zip(asked, whole, strict=True) if hits
    ]
    _say("cross-validated: {:.4f} first, {:.4f} of three".format(*cross_validated(examples)))
    weights: dict[str, Any] = {"sentences": fit_sentences(examples), "silence": {}, "threshold": 0}
    _write(weights)
    rows: dict[bool, list[dict[str, float]]] = {True: [], False: []}
    for answered, questions in found.values():
        some = (evidence_of(text, hits, rarity) for text, hits in questions)
        rows[answered] += [row for row in some if row is not None]
    weights["silence"], weights["threshold"] = fit_silence(rows[True], rows[False])
    _write(weights)
    report(found, rarity)


def _write(weights: Mapping[str, Any]) -> None:
    text = json.dumps(weights, indent=1, ensure_ascii=False) + "\n"
    ranking.FITTED.write_text(text, encoding="utf-8")
    ranking.fitted.cache_clear()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this script's output


if __name__ == "__main__":
    main()
