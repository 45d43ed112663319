"""Scores search and answers on a folder of articles, questions and judgements.

The folder has the layout of BEIR (Thakur et al. 2021): ``corpus.jsonl`` (``_id``, ``title``,
``text``), ``queries.jsonl`` or ``queries-PART.jsonl`` (``_id``, ``text``, optionally ``answers``
with the gold words in ``text``), ``qrels/PART.tsv``. A question without judgements is one that
the articles do not answer. Articles are scored, not passages: an article ranks with its best one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from corpus.arabic import is_arabic, normalise
from corpus.article import Article
from vectorstore.index import Index

_DEPTH = 100  # passages looked at for the ranking of articles


class EvaluationError(Exception):
    """The folder cannot be scored, and why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what is known about its answer.

    Attributes:
        id: Its id.
        text: Its words.
        relevant: Articles that answer it, with grades; none where nothing does.
        gold: The words of right answers; empty where they are not given.
    """

    id: str
    text: str
    relevant: Mapping[str, int]
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out. A figure that the folder does not allow is None.

    Attributes:
        articles: How many were indexed.
        questions: How many were asked.
        ndcg_at_10: Of articles, over the answerable questions.
        recall_at_5: Of articles.
        mrr: Mean reciprocal rank of the first relevant article.
        first_quoted: Share of answerable questions whose first sentence holds the gold words and
            is cited from a relevant article.
        three_quoted: The same for one of the first three sentences.
        answerable_refused: Share of answerable questions that got no answer.
        unanswerable_refused: Share of unanswerable ones that got none, as they should.
        citations_exact: Share of citations that equal their article's words; 1 by construction.
    """

    articles: int
    questions: int
    ndcg_at_10: float | None
    recall_at_5: float | None
    mrr: float | None
    first_quoted: float | None
    three_quoted: float | None
    answerable_refused: float | None
    unanswerable_refused: float | None
    citations_exact: float | None


def evaluate(
    folder: Path,
    index: Index,
    ask: Callable[[Index, str], Answer],
    *,
    part: str | None = None,
    corpus: str = "corpus.jsonl",
    queries: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Figures:
    """Indexes a folder's articles, asks its questions and scores what comes back.

    Args:
        folder: The folder.
        index: An empty index, which the articles are put into.
        ask: Answers a question, as `assistant.engine.ask` does.
        part: Which judgements; those of the test part, or the only ones, where not given.
        corpus: The file of articles.
        queries: The file of questions, where the folder has several.
        progress: Called with how many questions were asked, and how many there are.

    Raises:
        EvaluationError: A file is missing or cannot be read.
    """
    try:
        import ir_measures
        from ir_measures import RR, R, nDCG
    except ModuleNotFoundError as error:
        raise EvaluationError(
            "Scoring needs the package ir-measures; install it with "
            "python -m pip install -c constraints.txt -e '.[evaluate]'."
        ) from error
    judged = read_judged(folder, part, queries)
    articles = list(_articles(folder / corpus))
    index.add(articles)
    runs: dict[str, dict[str, float]] = {}
    answers: list[Answer] = []
    for number, question in enumerate(judged, 1):
        runs[question.id] = ranked_articles(index, question.text)
        answers.append(ask(index, question.text))
        if progress:
            progress(number, len(judged))
    answerable = {question.id: dict(question.relevant) for question in judged if question.relevant}
    ranking: Mapping[Any, float] = {}
    if answerable:
        measures = [nDCG @ 10, R @ 5, RR]
        asked = {id_: run for id_, run in runs.items() if id_ in answerable}
        ranking = ir_measures.calc_aggregate(measures, answerable, asked)
    pairs = list(zip(judged, answers, strict=True))
    golden = [
        (question, answer) for question, answer in pairs if question.relevant and question.gold
    ]
    return Figures(
        articles=len(articles),
        questions=len(judged),
        ndcg_at_10=ranking.get(nDCG @ 10),
        recall_at_5=ranking.get(R @ 5),
        mrr=ranking.get(RR),
        first_quoted=_share([is_quoted(answer, question, 1) for question, answer in golden]),
        three_quoted=_share([is_quoted(answer, question, 3) for question, answer in golden]),
        answerable_refused=_share([a.abstained for q, a in pairs if q.relevant]),
        unanswerable_refused=_share([a.abstained for q, a in pairs if not q.relevant]),
        citations_exact=_share(list(_exact(index, answers))),
    )


def ranked_articles(index: Index, question: str) -> dict[str, float]:
    """Articles by the rank of their best passage: the higher the number, the better."""
    run: dict[str, float] = {}
    for rank, hit in enumerate(index.search(question, _DEPTH)):
        run.setdefault(hit.article.id, float(_DEPTH - rank))
    return run


def is_quoted(answer: Answer, question: Judged, most: int) -> bool:
    """Tells whether one of the first sentences holds gold words, cited from a relevant article."""
    return any(
        any(_plain(gold) in normalise(sentence.text) for gold in question.gold)
        and any(answer.sources[c.n - 1].article_id in question.relevant for c in sentence.citations)
        for sentence in answer.sentences[:most]
    )


def read_judged(folder: Path, part: str | None = None, queries: str | None = None) -> list[Judged]:
    """The questions of a folder with their judgements.

    Raises:
        EvaluationError: A file is missing or cannot be read.
    """
    files = sorted((folder / "qrels").glob("*.tsv"))
    parts = [file.stem for file in files]
    part = part or ("test" if "test" in parts else parts[0] if len(parts) == 1 else None)
    if part not in parts:
        raise EvaluationError(
            f"{folder / 'qrels'} has the judgements {', '.join(parts) or '(none)'}; "
            "name one of them."
        )
    relevant: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(folder / "qrels" / f"{part}.tsv"), 1):
        fields = line.split("\t")
        if number == 1 and not fields[-1].strip().isdigit():
            continue
        if len(fields) != 3 or not fields[2].strip().isdigit():
            raise EvaluationError(
                f"{folder / 'qrels' / part}.tsv, line {number}: not three fields."
            )
        if int(fields[2]) > 0:
            relevant.setdefault(fields[0], {})[fields[1]] = int(fields[2])
    names = [queries] if queries else [f"queries-{part}.jsonl", "queries.jsonl"]
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is None:
        raise EvaluationError(f"{folder} has no {' or '.join(names)}; name the file of questions.")
    return [
        Judged(
            str(line["_id"]),
            str(line["text"]),
            relevant.get(str(line["_id"]), {}),
            tuple(str(answer["text"]) for answer in line.get("answers", ())),
        )
        for line in _records(path)
    ]


def _articles(path: Path) -> Iterator[Article]:
    for line in _records(path):
        text = str(line["text"])
        language = str(line.get("language") or ("ar" if is_arabic(text) else "en"))
        yield Article(str(line["_id"]), text, str(line.get("title") or ""), language=language)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), 1):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise EvaluationError(f"{path}, line {number}: not JSON ({error}).") from error
        if not isinstance(record, dict) or not {"_id", "text"} <= record.keys():
            raise EvaluationError(f"{path}, line {number}: no _id and text.")
        yield record


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}") from error


def _exact(index: Index, answers: Sequence[Answer]) -> Iterator[bool]:
    texts: dict[str, str] = {}
    for answer in answers:
        for sentence in answer.sentences:
            for citation in sentence.citations:
                id_ = answer.sources[citation.n - 1].article_id
                if id_ not in texts:
                    article = index.article(id_)
                    texts[id_] = article.text if article else ""
                yield texts[id_][citation.start : citation.end] == citation.text


def _plain(gold: str) -> str:
    return normalise(gold).strip(" .،؛:()")


def _share(outcomes: Sequence[bool]) -> float | None:
    return sum(outcomes) / len(outcomes) if outcomes else None
