"""Which half of the questions a line belongs to: ``python -m tests.questions.halves`` adds it.

Rules are written against the dev half and measured on the test half. A line keeps its half for
good; new lines get theirs conversation by conversation, the longest first, then in the order of
the hash of the first line's id, each in the half that has fewer lines of its kinds.
"""

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path

QUESTIONS = Path(__file__).with_name("questions.jsonl")


def conversations(questions):
    """The lines by the first line of their conversation, in the order of the file."""
    first_of = {}
    asked = {question["text"]: question["id"] for question in reversed(questions)}
    together = defaultdict(list)
    for question in questions:
        earlier = [asked[text] for text in question.get("previous", ()) if text in asked]
        before = question.get("after") or next(iter(earlier), question["id"])
        first_of[question["id"]] = first_of.get(before, before)
        together[first_of[question["id"]]].append(question)
    return together


def halve(questions):
    """Gives every line without a half its half."""
    lines = Counter((question.get("half"), question["kind"]) for question in questions)
    new = [(first, found) for first, found in conversations(questions).items() if _open(found)]
    new.sort(key=lambda item: (-len(item[1]), hashlib.sha256(item[0].encode()).digest()))
    for first, found in new:
        settled = {question["half"] for question in found if "half" in question}
        kinds = [question["kind"] for question in _open(found)]
        surplus = sum(lines["dev", kind] - lines["test", kind] for kind in kinds)
        even = hashlib.sha256(first.encode()).digest()[-1] % 2 == 0
        half = "dev" if surplus < 0 or (surplus == 0 and even) else "test"
        half = next(iter(settled), half)
        for question in _open(found):
            lines[half, question["kind"]] += 1
            question["half"] = half


def _open(questions):
    return [question for question in questions if "half" not in question]


if __name__ == "__main__":
    found = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    halve(found)
    text = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in found)
    QUESTIONS.write_text(text, encoding="utf-8")
