"""The hand-labelled claim–evidence pairs are fit to choose on one half and report on the other.

``support_pairs.jsonl`` holds one pair a line. A claim of kind ``true`` follows from its evidence;
each other kind names the one way in which the claim departs from it. Some evidence
rests on the sample articles; the rest is invented, with its people and places, so that the pairs
are not all about one story.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "support_pairs.jsonl").read_text("utf-8").splitlines()
]
KINDS = (
    "true",
    "wrong_number",
    "wrong_name",
    "wrong_date",
    "negated",
    "other_event",
    "unrelated",
)


def test_no_pair_stands_twice():
    assert len({(pair["claim"], pair["evidence"]) for pair in PAIRS}) == len(PAIRS) >= 200
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)


def test_only_true_claims_are_supported():
    for pair in PAIRS:
        assert pair["kind"] in KINDS
        assert pair["label"] == ("supported" if pair["kind"] == "true" else "unsupported")


def test_no_evidence_stands_in_both_halves():
    halves = {
        split: {pair["evidence"] for pair in PAIRS if pair["split"] == split}
        for split in ("dev", "test")
    }

    assert halves["dev"]
    assert halves["test"]
    assert not halves["dev"] & halves["test"]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_halves_are_balanced(kind, language):
    chosen = (pair for pair in PAIRS if (pair["kind"], pair["claim_language"]) == (kind, language))
    halves = Counter(pair["split"] for pair in chosen)

    assert min(halves["dev"], halves["test"]) >= 3
    assert abs(halves["dev"] - halves["test"]) <= 2
