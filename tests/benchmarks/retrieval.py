"""How well search finds: nDCG@10 and recall@5, by words, by meaning, and fused.

    python -m tests.benchmarks.retrieval FOLDER

The folder holds collections in BEIR's layout: ``NAME/corpus*.jsonl``, ``NAME/queries*.jsonl`` and
``NAME/qrels/*.tsv``. Where a collection has a corpus for each of several languages
(``corpus-LANG.jsonl``), questions of every other language are asked over each.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import R, nDCG

from corpus.article import Article
from vectorstore.index import Index

MEASURES = [nDCG @ 10, R @ 5]
_CODES = {"ara": "ar", "eng": "en"}


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Relevant documents of each question, with their grades."""
    qrels: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        question, document, grade = line.split("\t")
        qrels.setdefault(question, {})[document] = int(grade)
    return qrels


def index_corpus(index: Index, corpus: Path) -> None:
    """Indexes each line as an article that keeps its id."""
    language = _CODES.get(corpus.stem.partition("-")[2], "ar")
    index.add(
        Article(line["_id"], line["text"], line.get("title", ""), language=language)
        for line in read_lines(corpus)
    )


def by_article(ranking: list[tuple[str, float]]) -> dict[str, float]:
    """The best score of each article among its passages."""
    best: dict[str, float] = {}
    for passage_id, score in ranking:
        best.setdefault(passage_id.rpartition(":")[0], score)
    return best


def searches(index: Index) -> dict[str, Callable[[str], dict[str, float]]]:
    """The ways of searching that are compared."""
    return {
        "words": lambda question: by_article(index.by_words(question, 100)),
        "meaning": lambda question: by_article(index.by_meaning(question, 100)),
        "both": lambda question: by_article(
            [(hit.passage.id, 1 / rank) for rank, hit in enumerate(index.search(question, 100), 1)]
        ),
    }


def pairs(folder: Path) -> Iterator[tuple[str, Path, Path, Path]]:
    """Name, corpus, questions and qrels of everything that can be asked."""
    for collection in sorted(path for path in folder.iterdir() if (path / "qrels").is_dir()):
        for corpus in sorted(collection.glob("corpus*.jsonl")):
            for questions in sorted(collection.glob("queries*.jsonl")):
                kind = questions.stem.partition("-")[2]
                qrels = collection / "qrels" / f"{kind}.tsv"
                if not qrels.exists():
                    qrels = collection / "qrels" / "test.tsv"
                if corpus.stem.partition("-")[2] != kind:
                    name = f"{collection.name} {kind} → {corpus.stem.partition('-')[2] or 'all'}"
                    yield name, corpus, questions, qrels


def main(folder: Path) -> None:
    """Prints a line for each collection and way of searching."""
    opened: dict[Path, Index] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, corpus, questions, qrels_file in pairs(folder):
            if corpus not in opened:
                opened[corpus] = Index(Path(scratch) / f"{corpus.parent.name}-{corpus.stem}")
                index_corpus(opened[corpus], corpus)
            qrels = read_qrels(qrels_file)
            asked = [line for line in read_lines(questions) if line["_id"] in qrels]
            cells = []
            for way, search in searches(opened[corpus]).items():
                run = {line["_id"]: search(line["text"]) for line in asked}
                figures = ir_measures.calc_aggregate(MEASURES, qrels, run)
                cells.append(f"{way} {figures[MEASURES[0]]:.3f} / {figures[MEASURES[1]]:.3f}")
            sys.stdout.write(f"{name:24} {'   '.join(cells)}\n")
            sys.stdout.flush()
        for index in opened.values():
            index.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
