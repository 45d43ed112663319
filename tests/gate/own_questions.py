"""Asks the project's own questions and prints, for each kind, what came of them.

``python -m tests.gate.own_questions --half dev`` prints a table; ``--show KIND`` also the questions
of a kind that went wrong. Single questions of the test half are never shown.
"""

import argparse
import datetime as dt
import inspect
import tempfile
from collections import defaultdict
from pathlib import Path

from assistant.engine import ask, understand
from assistant.indexing import SAMPLE_ARTICLES, index_paths
from corpus.words import words
from tests.gate.figures import QUESTIONS, records
from vectorstore.index import Index

ROUTES = {"help", "library"}
LONGER = 3  # words by which a mark may be longer than the string that it is to mark
COLUMNS = {
    "first": "answerable: the first quotation answers",
    "lost": "answerable: refused (lower is better)",
    "refused": "not answerable: refused",
    "marks": "marked strings that are right",
    "marked": "answered, with something to mark: something is marked",
    "figures": "figures to be told: some told, all of them right",
    "unsaid": "figures to be told: none told (lower is better)",
    "silent": "no figures to be told: none told",
    "quotes": "quotations in an answer, mean",
    "true": "quotations that hold an answer",
    "parts": "parts of an answer of several sentences that are quoted",
    "mode": "the right route: help, library or the articles",
}
_LOWER_IS_BETTER = {"lost", "unsaid"}
_NO_FAULT = {"quotes", "marked", "true"}  # of a table's interest, not of a single question's


def answers(index, half):
    """Asks the questions of a half, each after the turns before it.

    Yields:
        The question and its answer; None for a day of asking that the engine cannot be told.
    """
    knows_today = "today" in inspect.signature(ask).parameters
    turns_to = {}
    for question in records(QUESTIONS):
        if question["half"] != half:
            continue
        turns = list(turns_to.get(question.get("after"), ()))
        day = (
            {"today": dt.date.fromisoformat(question["today"])}
            if knows_today and "today" in question
            else {}
        )
        for text in [*question.get("previous", ()), question["text"]]:
            asked = understand(text, turns)
            answer = ask(index, asked.question, turns=turns, context=asked.context, **day)
            turns.append((asked.question, answer))
        turns_to[question["id"]] = turns
        understood = knows_today or "today" not in question
        yield question, turns[-1][1] if understood else None


def score(question, answer, file_of):
    """Holds an answer against its question.

    Args:
        question: A line of the file.
        answer: What the engine gave; None counts as wrong.
        file_of: The file names of articles by their ids.

    Returns:
        For each column that the question bears on, the values to take the mean of.
    """
    found = {}
    route = question.get("mode")
    taken = answer.mode if answer and answer.mode in ROUTES else None
    found["mode"] = [answer is not None and taken == route]
    if route:
        return found
    told = answer is not None and not answer.abstained and taken is None
    if question["answer"]:
        found |= _of_sentences(question, answer, file_of) if told else {"first": [False]}
        found["lost"] = [answer is not None and not told]
        if not told and "parts" in question:
            found["parts"] = [False] * len(question["parts"])
    else:
        found["refused"] = [answer is not None and answer.abstained]
    figures = [figure.text for figure in answer.figures] if answer else []
    expected = question.get("figures", None if question["answer"] else [])
    if expected:
        right = [any(_same(figure, string) for string in expected) for figure in figures]
        found["figures"] = [bool(figures) and all(right)]
        found["unsaid"] = [not figures]
    elif expected is not None:
        found["silent"] = [answer is not None and not figures]
    return found


def _of_sentences(question, answer, file_of):
    right = [
        any(string in sentence.text for string in question["answer"])
        and any(
            file_of[answer.sources[citation.n - 1].article_id] in question["articles"]
            for citation in sentence.citations
        )
        for sentence in answer.sentences
    ]
    found = {"first": [any(right[:1])], "quotes": [len(right)], "true": right}
    if "parts" in question:
        quoted = "\n".join(sentence.text for sentence in answer.sentences)
        found["parts"] = [any(string in quoted for string in part) for part in question["parts"]]
    if "marks" in question:
        found["marks"] = [
            _marks_right(sentence.text, start, end, question["marks"])
            for sentence in answer.sentences
            for start, end in sentence.marks
        ]
        if question["marks"]:
            found["marked"] = [bool(found["marks"])]
    return found


def _marks_right(text, start, end, strings):
    """Tells whether a mark overlaps one of the strings and is not much longer."""
    most = len(words(text[start:end])) - LONGER
    return any(
        place < end and start < place + len(string) and most <= len(words(string))
        for string in strings
        for place in _places(text, string)
    )


def _places(text, string):
    place = text.find(string)
    while place >= 0:
        yield place
        place = text.find(string, place + 1)


def _same(figure, string):
    """Tells whether the words of one stand in the other ("2.7" in "2.7 billion")."""
    shorter, longer = sorted((_plain(figure), _plain(string)), key=len)
    return f" {shorter} " in f" {longer} "


def _plain(text):
    return " ".join(word.form for word in words(text))


def faults(found):
    """The columns in which a question went wrong."""
    return [
        column
        for column, values in found.items()
        if column not in _NO_FAULT
        and any(value == (column in _LOWER_IS_BETTER) for value in values)
    ]


def table(by_kind):
    """The lines of a table with a row for each kind and one for all."""
    yield f"{'kind':14}{'n':>4}" + "".join(f"{column:>9}" for column in COLUMNS)
    every = [found for kind in by_kind.values() for found in kind]
    for name, rows in [*sorted(by_kind.items()), ("all", every)]:
        line = f"{name:14}{len(rows):>4}"
        for column in COLUMNS:
            values = [value for found in rows for value in found.get(column, ())]
            line += f"{sum(values) / len(values):>9.2f}" if values else f"{'–':>9}"
        yield line


def _shown(question, answer, found):
    yield f"\n{question['id']} {question['text']}  [{', '.join(faults(found))}]"
    if answer is None:
        yield "  the engine cannot be told the day"
    elif answer.abstained:
        yield "  refused"
    else:
        for sentence in answer.sentences:
            marks = [sentence.text[start:end] for start, end in sentence.marks]
            yield f"  {sentence.text}  {marks or ''}"
        for figure in answer.figures:
            yield f"  figure: {figure.text} {figure.sources}"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="\n".join(f"{name:9} {meaning}" for name, meaning in COLUMNS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--half", choices=["dev", "test"], default="dev")
    parser.add_argument("--show", metavar="KIND", action="append", default=[])
    options = parser.parse_args()
    if options.show and options.half == "test":
        parser.error("Single questions of the test half are not shown; look at those of dev.")
    by_kind = defaultdict(list)
    lines = []
    with tempfile.TemporaryDirectory() as store, Index(Path(store)) as index:
        index_paths(index, [SAMPLE_ARTICLES])
        file_of = {article.id: Path(article.path).name for article in index.articles()}
        for question, answer in answers(index, options.half):
            found = score(question, answer, file_of)
            by_kind[question["kind"]].append(found)
            if question["kind"] in options.show and faults(found):
                lines += _shown(question, answer, found)
    print("\n".join([*table(by_kind), *lines]))  # noqa: T201 - this script's output


if __name__ == "__main__":
    main()
