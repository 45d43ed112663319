"""Measures the figures that have floors, with the product as it is installed."""

import hashlib
import json
import os
from collections import defaultdict
from pathlib import Path

from assistant.engine import ask, understand
from assistant.evaluation import evaluate
from assistant.indexing import SAMPLE_ARTICLES, index_paths
from assistant.support import support
from corpus.article import Article
from vectorstore.index import Index

TESTS = Path(__file__).parents[1]
QUESTIONS = TESTS / "questions" / "questions.jsonl"
PAIRS = TESTS / "assistant" / "support_pairs.jsonl"
FLOORS = Path(__file__).with_name("floors.json")

TEST_HALF = {
    "first": "first quotation right",
    "refused": "not answerable, refused",
    "marks": "marks right",
    "silent": "no figures where none are to be told",
    "true": "quoted sentences that answer",
    "mode": "right route",
}
"""Columns of `tests.gate.own_questions` of which the more the better."""
_STEP = 4  # every fourth question where all would take minutes
WRONG = {"wrong_number", "wrong_name", "wrong_date"}


def records(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def data_hash():
    """One hash over everything that the figures rest on, names and contents."""
    digest = hashlib.sha256()
    for path in [QUESTIONS, PAIRS, *sorted(SAMPLE_ARTICLES.rglob("*.*"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def share(outcomes):
    return round(sum(outcomes) / len(outcomes), 4)


def measure(store):
    """All figures on the data that the project carries, by name."""
    with Index(store) as index:
        index_paths(index, [SAMPLE_ARTICLES])
        return {**of_answers(index), **of_support(index), **of_test_half(index)}


def of_answers(index):
    outcomes = defaultdict(list)
    file_of = {article.id: Path(article.path).name for article in index.articles()}
    texts = {id_: index.article(id_).text for id_ in file_of}
    for question in records(QUESTIONS):
        if "gate" not in question:  # asked by tests.gate.own_questions
            continue
        turns = []
        for earlier in [*question.get("previous", []), question["text"]]:
            asked = understand(earlier, turns)
            answer = ask(index, asked.question, turns=turns, context=asked.context)
            turns.append((asked.question, answer))
        _score(outcomes, question, turns[-1][1], file_of, texts)
    return {name: share(values) for name, values in outcomes.items()}


def _score(outcomes, question, answer, file_of, texts):
    for sentence in answer.sentences:
        for citation in sentence.citations:
            text = texts[answer.sources[citation.n - 1].article_id]
            exact = text[citation.start : citation.end] == citation.text
            outcomes["citations exact"].append(exact)
    kind = question["gate"]
    if kind == "unanswerable":
        near = question["kind"] == "same_subject"
        where = "of an article's subject" if near else "of another subject"
        outcomes[f"unanswerable {where}, refused"].append(answer.abstained)
        return
    outcomes["answerable, answered"].append(not answer.abstained)
    right = [
        any(gold in sentence.text for gold in question["answer"])
        and any(
            file_of[answer.sources[citation.n - 1].article_id] in question["articles"]
            for citation in sentence.citations
        )
        for sentence in answer.sentences
    ]
    outcomes[f"{kind}, first sentence right"].append(any(right[:1]))
    outcomes[f"{kind}, one of three right"].append(any(right[:3]))


def of_test_half(index):
    """The half of the project's own questions that nobody looks at while choosing."""
    from tests.gate.own_questions import answers, score

    file_of = {article.id: Path(article.path).name for article in index.articles()}
    outcomes = defaultdict(list)
    for question, answer in answers(index, "test"):
        found = score(question, answer, file_of)
        for column, name in TEST_HALF.items():
            outcomes[name] += found.get(column, ())
    return {f"test half, {name}": share(values) for name, values in outcomes.items()}


def of_support(index):
    wrong, true = [], []
    for pair in records(PAIRS):
        if pair["split"] == "test" and pair["kind"] in WRONG | {"true"}:
            label = support(
                pair["claim"], [pair["evidence"]], rarity=index.rarity, translate=index.translate
            )
            (wrong if pair["kind"] in WRONG else true).append(label)
    return {
        "support, wrong facts caught": share([label == "unsupported" for label in wrong]),
        "support, true claims let stand": share([label != "unsupported" for label in true]),
    }


def outside():
    """The folder of larger sets that the project may not carry, which ISNAD_EVAL names."""
    folder = os.environ.get("ISNAD_EVAL")
    return Path(folder) if folder and (Path(folder) / "arcd" / "corpus.jsonl").is_file() else None


def measure_outside(folder, store):
    with Index(store / "arcd") as own, Index(store / "xling") as other:
        found = evaluate(folder / "arcd", own, ask, part="test")
        other.add(
            Article(line["_id"], line["text"], language="ar")
            for line in records(folder / "xling" / "corpus-ara.jsonl")
        )
        asked = [line["text"] for line in records(folder / "arcd" / "queries-test.jsonl")]
        across = [line["text"] for line in records(folder / "xling" / "queries-eng.jsonl")]
        asked, across = asked[::_STEP], across[1::_STEP]
        refused = {
            "arcd over other articles, refused": [ask(other, text).abstained for text in asked],
            "across languages, refused": [ask(own, text).abstained for text in across],
        }
        answered = [not ask(other, text).abstained for text in across]
    return {
        "arcd, nDCG@10": round(found.ndcg_at_10, 4),
        "arcd, first sentence right": round(found.first_quoted, 4),
        "arcd, one of three right": round(found.three_quoted, 4),
        "arcd, answered": round(1 - found.answerable_refused, 4),
        "arcd, citations exact": round(found.citations_exact, 4),
        "across languages, answered": share(answered),
        **{name: share(outcomes) for name, outcomes in refused.items()},
    }
