"""Fits the weights in ``assistant/fitted.json``: which sentence answers, and when to be silent.

Run ``python -m assistant.training.fit --arcd DIR --other DIR --out DIR``. The weights are written
to ``fitted.json`` in the last folder when all are fitted; who wants them to ship copies that file
over the one beside `assistant.ranking`. The first is a folder of BEIR's
layout whose queries carry gold answers with offsets (``answers[].text``, ``answers[].start``); only
its train part is read, and asked over the whole collection through the product's own index. The
other's articles answer none of these questions, and its queries none of these articles: together
they teach silence. It holds the same articles in Arabic and in English (``corpus-ara.jsonl``,
``corpus-eng.jsonl``), sentences of them in several languages as queries (``queries-LANG.jsonl``),
and all its sentences line by line (``sentences-LANG.txt``): they teach what a question in another
language than the articles finds of itself. Every fourth of its queries fits, every fourth reports.

With ``--report`` nothing is fitted: the test part is scored.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant import ranking
from assistant.answer import Answer
from assistant.quoting import candidates, quote, rank_sentences
from assistant.ranking import Candidate, Fitted, Silence, compared, features
from assistant.silence import MANY, TRANSLATED, evidence, sentences_of
from corpus.arabic import normalise
from corpus.article import Article
from vectorstore.index import Index
from vectorstore.matching import Wanted, coverage, read_wanted
from vectorstore.query import Filters, Hit
from vectorstore.questions import Question, read_question

CODES = {
    "ara": "ar",
    "eng": "en",
    "fra": "fr",
    "spa": "es",
    "deu": "de",
    "tur": "tr",
    "rus": "ru",
    "fas": "fa",
    "urd": "ur",
    "heb": "he",
    "ckb": "ckb",
    "kmr": "ku",
}
"""The languages of the queries across, by the names of their files."""

Floats = NDArray[np.float64]

_HITS = 10
_SENTENCE_PENALTY = 10.0
_STEP = 4  # every fourth query across languages
_WORDS = 4, 9  # of a question made from a sentence
_CHANGED = 0.4  # share of a question's words that no article has together
_NEAR = 7  # passages on either side that may be of the same article
# A sentence finds more of itself in its translation than a question does in its answer.
_LESS = 0.25
_AS_ASKED = 4.0  # what a question as people ask it weighs beside a sentence
_REFUSED = 0.04  # share of answerable questions that the threshold may refuse
_REFUSED_OF_NAME = 0.03  # the same of those of one name, in one language
_REFUSED_OF_PAIR = 0.03  # and of those of one pair of languages, which are few
_ENOUGH = 60  # answerable questions of a pair from which it has a threshold of its own
_REPORTED = ("he", "ckb", "ku")  # languages with too small a table to teach
_FOLDS = 5
_SILENCE_PENALTY = 1e-3
# Evidence speaks for an answer or against it, in any collection: what is beyond the examples must
# not be told by two weights that cancel one another among them.
_SIGNS: dict[str, tuple[float | None, float | None]] = {
    **dict.fromkeys(
        (
            "weight covered",
            "covered by a sentence",
            "weight in a sentence",
            "relevance",
            "best relevance",
            "best sentence",
            "few passages",
            "odds of the found",
            "odds of the missing",
            "words found",
        ),
        (0.0, None),
    ),
    **dict.fromkeys(
        ("words missing", "names missing", "words of the passage", "words of the sentence"),
        (None, 0.0),
    ),
}
_NOTHING = Silence({}, 0.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold answer."""

    text: str
    article_ids: frozenset[str]
    answer: str
    start: int


@dataclass(frozen=True, slots=True)
class Across:
    """A sentence of an article, or words of it, in some language.

    Attributes:
        number: Its place in the file of its language.
        language: What it is written in.
        text: What is asked.
        whole: It is the whole sentence.
        article: The article whose sentence it is, in every language.
        gold: The sentence in the languages of the articles.
    """

    number: int
    language: str
    text: str
    whole: bool
    article: str
    gold: Mapping[str, str]


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


def example(asked: Asked, hits: Sequence[Hit], index: Index) -> Example:
    """Reads the sentences of the hits as the product does, and tells which of them answer."""
    rows, found = sentence_rows(asked.text, hits, index)
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


def sentence_rows(
    text: str, hits: Sequence[Hit], index: Index
) -> tuple[list[dict[str, float]], list[tuple[Hit, int, int, Candidate]]]:
    """The features of all sentences of the hits, and the sentences."""
    question = read_question(text)
    wanted = wanted_in(question, hits, index)
    found = candidates(hits)
    sentences = [candidate for _, _, _, candidate in found]
    values = [features(question, wanted[one.language], one) for one in sentences]
    return compared(question, sentences, values), found


def wanted_in(question: Question, hits: Sequence[Hit], index: Index) -> dict[str, Wanted]:
    """The question's words in each language of the hits."""
    return {
        language: read_wanted(question, language, index.rarity, index.translate)
        for language in {hit.article.language or "ar" for hit in hits}
    }


def holds(text: str, answer: str) -> bool:
    """Tells whether a text has an answer's words, whatever stands around them."""
    return normalise(answer).strip(" .،؛:()") in normalise(text)


def fit_sentences(
    examples: Sequence[Example], known: Mapping[str, float] = MappingProxyType({})
) -> dict[str, float]:
    """Fits a conditional logit: the gold sentences' share of the softmax over each question.

    Args:
        examples: Questions with their sentences.
        known: Weights that stay as they are; only those of other features are fitted.
    """
    from scipy.optimize import minimize

    names = sorted({name for one in examples for row in one.rows for name in row} - known.keys())
    taught = [one for one in examples if one.gold.any()]
    base = Fitted(known, _NOTHING, _NOTHING)
    given = [np.array([base.score(row) for row in one.rows]) for one in taught]
    tables = [matrix(one.rows, names) for one in taught]
    spread = _spreads(tables)
    tables = [table / spread for table in tables]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.0, np.zeros_like(weights)
        for table, start, one in zip(tables, given, taught, strict=True):
            scores = start + table @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            gold = share * one.gold
            value -= float(np.log(gold.sum() + 1e-12))
            slope += table.T @ share - table.T @ gold / (gold.sum() + 1e-12)
        penalty = _SENTENCE_PENALTY
        return value + penalty * float(weights @ weights) / 2, slope + penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(w), 4) for name, w in zip(names, found.x / spread, strict=True)}


def _spreads(tables: Sequence[Floats]) -> Floats:
    """How far each feature spreads within the questions that it bears on at all.

    Over all questions, what bears on a rare kind alone would hardly spread, and so be given any
    weight for next to nothing.
    """
    bearing = [
        [table[:, n] for table in tables if table[:, n].any()] for n in range(len(tables[0].T))
    ]
    return np.array([np.concatenate(some).std() + 1e-9 if some else 1.0 for some in bearing])


def matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    """Features as a table, a row for each sentence."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def accuracy(examples: Sequence[Example], weights: Mapping[str, float]) -> tuple[float, float]:
    """How often the first sentence is right, and one of the first three."""
    fitted = Fitted(weights, _NOTHING, _NOTHING)
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


@dataclass(frozen=True, slots=True)
class Judged:
    """A question over a collection, and what bears on whether that answers it.

    Attributes:
        name: Of the kind of question and collection.
        answered: Whether the collection answers it.
        row: The evidence; None where nothing was found.
        weight: What it counts.
        counts: Whether the threshold is chosen by it.
    """

    name: str
    answered: bool
    row: dict[str, float] | None
    weight: float = 1.0
    counts: bool = True


def fit_silence(judged: Sequence[Judged], *, across: bool = False) -> Silence:
    """Fits a logistic regression over the evidence, and the threshold on its probability.

    Both sides weigh alike, and no evidence counts the other way than it should. The threshold
    refuses few answerable questions of every name; across languages, few of all together, and of
    a pair of languages that is told better, few of its own.
    """
    from scipy.optimize import minimize

    some = [(one, one.row) for one in judged if one.row is not None]
    names = sorted(some[0][1])
    table = matrix([row for _, row in some], names)
    labels = np.array([one.answered for one, _ in some])
    counts = np.array([one.weight for one, _ in some])
    counts[labels] /= counts[labels].sum()
    counts[~labels] /= counts[~labels].sum()
    mean, spread = table.mean(0), table.std(0) + 1e-9
    scaled = np.column_stack([(table - mean) / spread, np.ones(len(table))])
    sides = np.where(labels, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sides * (scaled @ weights)
        wrong = 1 / (1 + np.exp(margin))
        value = float(counts @ np.logaddexp(0, -margin)) + _SILENCE_PENALTY * weights @ weights
        return float(value), -scaled.T @ (counts * sides * wrong) + 2 * _SILENCE_PENALTY * weights

    bounds = [_SIGNS.get(name, (None, None)) for name in names] + [(None, None)]
    start = np.zeros(len(names) + 1)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = found[:-1] / spread
    bias = float(found[-1] - weights @ mean)
    sure = 1 / (1 + np.exp(-(table @ weights + bias)))
    named = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    counting: dict[str, list[float]] = defaultdict(list)
    for (one, _), value in zip(some, sure, strict=True):
        if one.answered and one.counts:
            counting[one.name].append(float(value))
    if across:
        least = np.quantile([value for values in counting.values() for value in values], _REFUSED)
    else:
        least = min(np.quantile(values, _REFUSED_OF_NAME) for values in counting.values())
    thresholds = {
        pair: round(float(own), 3)
        for pair, values in sorted(counting.items())
        if across
        and len(values) >= _ENOUGH
        and (own := np.quantile(values, _REFUSED_OF_PAIR)) > least
    }
    return Silence({"bias": round(bias, 4), **named}, round(float(least), 3), thresholds)


def collections(
    asked: Sequence[Asked],
    own: Index,
    other: Index,
    others: Sequence[str],
) -> dict[str, tuple[bool, list[Found]]]:
    """Questions with what is found for them, in collections that do and do not answer them."""
    draw = random.Random(7)  # noqa: S311 - a repeatable choice, nothing secret
    by_title: dict[str, list[str]] = defaultdict(list)
    for article in own.articles():
        by_title[article.title].append(article.id)
    title_of = {id_: title for title, ids in by_title.items() for id_ in ids}
    ids = sorted(title_of)
    found: dict[str, tuple[bool, list[Found]]] = {
        "whole, answered": (True, [_found(one.text, own) for one in asked]),
        "five, answered": (True, []),
        "five, not": (False, []),
        "other, not": (False, [_found(one.text, other) for one in asked]),
        "whole, not": (False, [_found(text, own) for text in others]),
    }
    for one in asked:
        titles = {title_of[id_] for id_ in one.article_ids}
        strangers = draw.sample([id_ for id_ in ids if title_of[id_] not in titles], 5)
        few = Filters(article_ids=frozenset(strangers))
        found["five, not"][1].append(_found(one.text, own, few))
        few = Filters(article_ids=frozenset([*strangers[:4], *one.article_ids]))
        found["five, answered"][1].append(_found(one.text, own, few))
    return found


class Found(NamedTuple):
    """A question with what was found for it, among so many passages."""

    text: str
    hits: list[Hit]
    among: int


def _found(text: str, index: Index, filters: Filters | None = None) -> Found:
    return Found(text, index.search(text, _HITS, filters), index.passages(filters))


def evidence_of(
    text: str,
    hits: Sequence[Hit],
    language: str,
    index: Index,
    weights: Fitted,
    among: int = MANY,
) -> dict[str, float] | None:
    """What bears on whether the hits in a language answer; None where there are none."""
    question = read_question(text)
    if not any(hit.article.language == language for hit in hits):
        return None
    wanted = wanted_in(question, hits, index)
    best = 0.0
    if language == question.language:
        ranked = rank_sentences(question, hits, wanted, weights)
        best = ranked[0].score if ranked else 0.0
    return evidence(question, hits, language, wanted[language], best, among, weights)


def read_across(folder: Path, *, report: bool) -> list[Across]:
    """The queries across languages that fit, or those that report."""
    article_of: dict[str, str] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        query, article, _ = line.split("\t")
        article_of[query] = article
    golds = {
        CODES[code]: (folder / f"sentences-{code}.txt").read_text("utf-8").splitlines()
        for code in ("ara", "eng")
    }
    found = []
    for code, language in CODES.items():
        if not report and language in _REPORTED:
            continue
        sentences = (folder / f"sentences-{code}.txt").read_text("utf-8").splitlines()
        place = {sentence: n for n, sentence in enumerate(sentences)}
        queries = (folder / f"queries-{code}.jsonl").read_text("utf-8").splitlines()
        for number, line in enumerate(map(json.loads, queries)):
            if number % _STEP == report and line["text"] in place:
                at = place[line["text"]]
                gold = {target: some[at] for target, some in golds.items()}
                whole = number // _STEP % 3 == 0
                text = line["text"] if whole else _some_words(line["text"], number)
                found.append(Across(number, language, text, whole, article_of[line["_id"]], gold))
    return found


def _some_words(text: str, number: int) -> str:
    """Neighbouring words of a sentence, as few as a question has."""
    draw = random.Random(number)  # noqa: S311 - a repeatable choice, nothing secret
    words = text.split()
    many = min(len(words), draw.randint(*_WORDS))
    first = draw.randint(0, len(words) - many)
    return " ".join(words[first : first + many])


@dataclass(frozen=True, slots=True)
class Searched:
    """A question over articles in another language, with what is found.

    Attributes:
        text: What is asked.
        language: What it is written in.
        target: The language of the articles.
        hits: What is found.
        answered: Whether the articles answer it.
        whole: It is a whole sentence.
        asked: It is a question as people ask it.
    """

    text: str
    language: str
    target: str
    hits: Sequence[Hit]
    answered: bool
    whole: bool
    asked: bool = False

    @property
    def pair(self) -> str:
        """Its two languages."""
        return f"{self.language} {self.target}"


def searched_across(
    across: Sequence[Across], asked: Sequence[Asked], own: Index, others: Mapping[str, Index]
) -> list[Searched]:
    """Questions over articles in another language that do and do not answer them."""
    draw = random.Random(7)  # noqa: S311 - a repeatable choice, nothing secret
    ids = sorted(article.id for article in others["ar"].articles())
    found: list[Searched] = []
    for one in across:
        targets = [target for target in others if target != one.language]
        target = targets[one.number // _STEP % len(targets)]
        strangers = draw.sample([id_ for id_ in ids if id_ not in near(one.article)], 5)
        few, none = frozenset([*strangers[:4], one.article]), frozenset(strangers)
        index = others[target]
        over = [
            (index.search(one.text, _HITS), True),
            (index.search(one.text, _HITS, Filters(article_ids=few)), True),
            (index.search(one.text, _HITS, Filters(article_ids=none)), False),
        ]
        if target == "ar":
            over.append((own.search(one.text, _HITS), False))
        found += [
            Searched(one.text, one.language, target, hits, answered, one.whole)
            for hits, answered in over
        ]
    for question in asked[::_STEP]:
        hits = others["en"].search(question.text, _HITS)
        found.append(Searched(question.text, "ar", "en", hits, False, True, asked=True))
    return found


def judged_across(searched: Sequence[Searched], index: Index, weights: Fitted) -> list[Judged]:
    """What bears on whether articles in another language answer."""
    return [
        Judged(
            "questions, ar en" if one.asked else one.pair,
            one.answered,
            evidence_of(one.text, one.hits, one.target, index, weights),
            _AS_ASKED if one.asked else 1.0,
            counts=one.whole,
        )
        for one in searched
    ]


def found_of_translations(searched: Sequence[Searched], index: Index) -> dict[str, float]:
    """By pair of languages, how often a question's word is found where it is answered.

    In the sentence of the first passage that has most of them, of the words that have translations.
    """
    found: dict[str, list[bool]] = defaultdict(list)
    for one in searched:
        hits = [hit for hit in one.hits if hit.article.language == one.target]
        if not one.answered or not hits:
            continue
        wanted = wanted_in(read_question(one.text), hits, index)[one.target]
        known = [n for n, common in enumerate(wanted.common) if common]
        sentences = [coverage(wanted, sentence) for sentence in sentences_of(hits[0])]
        shares = [[cover[n] >= TRANSLATED for n in known] for cover in sentences]
        found[one.pair] += max(shares, key=sum, default=[])
    means = {pair: float(np.mean(some)) for pair, some in sorted(found.items()) if some}
    # Nothing is certain: odds of one to none have no logarithm.
    return {pair: round(min(max(share, 0.01), 0.99), 3) for pair, share in means.items()}


def near(article: str) -> set[str]:
    """A passage and those around it, which may be of the same article."""
    stem_, _, number = article.rpartition("-")
    return {
        f"{stem_}-{n:0{len(number)}}" for n in range(int(number) - _NEAR, int(number) + _NEAR + 1)
    }


def examples_across(across: Sequence[Across], mixed: Index) -> list[Example]:
    """Questions over articles in two languages at once.

    Where an article in the question's own language answers too, some of the question's words are
    others, as an article seldom says what is asked in the question's words.
    """
    found = []
    pool = [word for one in across for word in one.text.split()]
    for one in across:
        hits = mixed.search(one.text, 3 * _HITS)
        strangers = {f"{one.language}-{id_}" for id_ in near(one.article)}
        other = [hit for hit in hits if hit.article.id not in strangers][:_HITS]
        found.append(_example_across(one, one.text, other, mixed))
        if one.language in one.gold:
            draw = random.Random(one.number)  # noqa: S311 - a repeatable choice, nothing secret
            text = " ".join(
                draw.choice(pool) if draw.random() < _CHANGED else word for word in one.text.split()
            )
            translated = {f"{target}-{one.article}" for target in one.gold} - strangers
            hits = [h for h in mixed.search(text, 2 * _HITS) if h.article.id not in translated]
            found.append(_example_across(one, text, hits[:_HITS], mixed))
    return found


def _example_across(one: Across, text: str, hits: Sequence[Hit], mixed: Index) -> Example:
    rows, found = sentence_rows(text, hits, mixed)
    golds = {f"{target}-{one.article}": normalise(gold) for target, gold in one.gold.items()}
    right = [
        normalise(candidate.text) in golds.get(hit.article.id, "")
        or golds.get(hit.article.id, "\0") in normalise(candidate.text)
        for hit, _, _, candidate in found
    ]
    return Example(rows, np.array(right, bool), np.array(right, bool))


def auroc(positive: Iterable[float], negative: Iterable[float]) -> float:
    """The chance that a positive stands above a negative."""
    from sklearn.metrics import roc_auc_score

    good, bad = list(positive), list(negative)
    return float(roc_auc_score([1] * len(good) + [0] * len(bad), good + bad))


def report(judged: Sequence[Judged], weights: Silence) -> None:
    """Prints how well silence is told."""
    sure = [
        1
        / (
            1
            + math.exp(
                -sum(weights.weights.get(n, 0.0) * x for n, x in {**one.row, "bias": 1.0}.items())
            )
        )
        if one.row is not None
        else 0.0
        for one in judged
    ]
    groups: dict[str, list[tuple[bool, float, bool]]] = defaultdict(list)
    for one, value in zip(judged, sure, strict=True):
        pair = one.name.removeprefix("questions, ")
        refused = value < weights.thresholds.get(pair, weights.threshold)
        kind = "whole sentences" if one.counts else "some words"
        for group in (one.name, f"{one.name}, {kind}", kind, "all"):
            groups[group].append((one.answered, value, refused))
    for name, some in sorted(groups.items()):
        right = [value for answered, value, _ in some if answered]
        wrong = [value for answered, value, _ in some if not answered]
        said = [f"{name}:"]
        if right and wrong:
            said.append(f"AUROC {auroc(right, wrong):.4f}")
        for what, side in (("answerable", True), ("unanswerable", False)):
            if values := [refused for answered, _, refused in some if answered == side]:
                said.append(f"{what} refused {np.mean(values):.3f} of {len(values)}")
        _say(" ".join(said))


def quoted(answer: Answer, asked: Asked, most: int) -> bool:
    """Tells whether one of the first sentences quoted holds the gold answer, rightly cited."""
    return any(
        holds(sentence.text, asked.answer)
        and any(answer.sources[c.n - 1].article_id in asked.article_ids for c in sentence.citations)
        for sentence in answer.sentences[:most]
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Fits, or reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arcd", type=Path, required=True)
    parser.add_argument("--other", type=Path, required=True)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path)
    what.add_argument("--report", action="store_true")
    options = parser.parse_args(arguments)
    asked = read_asked(options.arcd, "test" if options.report else "train")
    across = read_across(options.other, report=options.report)
    articles = {
        CODES[code]: read_articles(options.other, f"corpus-{code}.jsonl", CODES[code])
        for code in ("ara", "eng")
    }
    with (
        tempfile.TemporaryDirectory() as folder,
        Index(Path(folder) / "own") as own,
        Index(Path(folder) / "ar") as arabic,
        Index(Path(folder) / "en") as english,
        Index(Path(folder) / "mixed") as mixed,
    ):
        own.add(read_articles(options.arcd))
        others = {"ar": arabic, "en": english}
        for language, index in others.items():
            index.add(articles[language])
            mixed.add(replace(one, id=f"{language}-{one.id}") for one in articles[language])
        found = collections(asked, own, arabic, read_questions(options.other / "queries-ara.jsonl"))
        taught = examples_across(across[::2], mixed)
        _say("asked and found")
        whole = [(one.text, one.hits) for one in found["whole, answered"][1]]
        if options.report:
            weights = ranking.fitted()
            _report(asked, whole, taught, own)
        else:
            weights = Fitted(fit_all_sentences(asked, whole, taught, own), _NOTHING, _NOTHING)
        judged = [
            Judged(name, answered, evidence_of(one.text, one.hits, "ar", own, weights, one.among))
            for name, (answered, questions) in found.items()
            for one in questions
        ]
        searched = searched_across(across, asked, own, others)
        if not options.report:
            # The evidence across languages goes by how often translations are found.
            pairs = found_of_translations(searched, own)
            weights = replace(
                weights, own=fit_silence(judged), across=replace(_NOTHING, found=pairs)
            )
        judged_too = judged_across(searched, own, weights)
        if not options.report:
            told = fit_silence(judged_too, across=True)
            weights = replace(weights, across=replace(told, found=pairs))
            write(weights, options.out)
        _say("Silence, in one language:")
        report(judged, weights.own)
        _say("Silence, across languages:")
        report(judged_too, weights.across)


def _report(
    asked: Sequence[Asked],
    whole: Sequence[tuple[str, list[Hit]]],
    taught: Sequence[Example],
    own: Index,
) -> None:
    answers = [
        quote(text, hits, rarity=own.rarity, translate=own.translate) for text, hits in whole
    ]
    for most in (1, 3):
        share = np.mean([quoted(a, q, most) for a, q in zip(answers, asked, strict=True)])
        _say(f"one of the first {most} quoted is right: {share:.4f}")
    figures = accuracy(taught, ranking.fitted().sentences)
    _say("across languages: {:.4f} first, {:.4f} of three".format(*figures))


def fit_all_sentences(
    asked: Sequence[Asked],
    whole: Sequence[tuple[str, list[Hit]]],
    taught: Sequence[Example],
    own: Index,
) -> dict[str, float]:
    """The weights of sentences in the question's language, and in others."""
    examples = [
        example(one, hits, own) for one, (_, hits) in zip(asked, whole, strict=True) if hits
    ]
    _say("cross-validated: {:.4f} first, {:.4f} of three".format(*cross_validated(examples)))
    weights = fit_sentences(examples)
    names = {name for one in taught for row in one.rows for name in row}
    known = {name: weights.get(name, 0.0) for name in names if not name.startswith("across")}
    more = fit_sentences(taught, known)
    for share in (0.0, 1.0, _LESS):
        less = {name: round(share * weight, 4) for name, weight in more.items()}
        figures = accuracy(taught, {**weights, **less})
        _say("across languages, {}: {:.4f} first, {:.4f} of three".format(share, *figures))
    return {**weights, **less}


def write(weights: Fitted, folder: Path) -> None:
    """Writes weights as `assistant.ranking` reads them, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(weights), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    new = folder / "fitted.json.new"
    new.write_text(text, encoding="utf-8")
    new.replace(folder / ranking.FITTED.name)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this script's output


if __name__ == "__main__":
    main()
