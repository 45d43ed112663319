"""The training texts: sentences and words in two languages, articles, questions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LANGUAGES = {"kmr": "ku", "arb": "ar", "pes": "fa", "prs": "fa", "zsm": "ms", "ajp": "", "acw": ""}
"""Codes as some sources write them, and the language meant; empty: spoken Arabic, left out."""

_NOT_PARALLEL = "negatives"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that say the same, or of which the second answers or unfolds the first."""

    left: str
    left_language: str
    right: str
    right_language: str
    source: str


def sentences(data: Path) -> Iterator[Pair]:
    """Reads the sentences that stand in two languages, and the Arabic paraphrases."""
    for path in sorted((data / "parallel").glob("*.tsv.gz")):
        source, languages = path.name.removesuffix(".tsv.gz").rsplit(".", 1)
        if _NOT_PARALLEL in source:
            continue
        left_language, right_language = (_language(code) for code in languages.split("-"))
        for left, right in _rows(path, 2):
            yield Pair(left, left_language, right, right_language, source)


def lexicon(data: Path) -> Iterator[Pair]:
    """Reads the words and names that stand in two languages."""
    for path in sorted((data / "lexicon").glob("*.tsv.gz")):
        source = path.name.removesuffix(".tsv.gz")
        for left, left_code, right, right_code in _rows(path, 4):
            left_language, right_language = _language(left_code), _language(right_code)
            if left_language and right_language and left_language != right_language:
                yield Pair(left, left_language, right, right_language, source)


def articles(data: Path) -> Iterator[Pair]:
    """Reads the headlines with their stories."""
    for path in sorted((data / "news").glob("*.jsonl.gz")):
        source, language = path.name.removesuffix(".jsonl.gz").rsplit(".", 1)
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                yield Pair(article["title"], language, article["body"], language, source)


def questions(data: Path) -> Iterator[Pair]:
    """Reads the questions with passages that answer them."""
    for path in sorted((data / "qa").glob("*.tsv.gz")):
        source, language = path.name.removesuffix(".tsv.gz").rsplit(".", 1)
        for question, passage in _rows(path, 2):
            yield Pair(question, language, passage, language, source)


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if len(row) == columns and all(cell.strip() for cell in row):
                yield row


def _language(code: str) -> str:
    return _LANGUAGES.get(code, code)
