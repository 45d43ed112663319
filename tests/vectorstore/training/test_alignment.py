from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.training.conftest import WORDS
from vectorstore.training.alignment import Links, align
from vectorstore.training.table import Stems, bilingual_texts, links, phrases, probabilities


def _best(found: Links) -> dict[str, str]:
    return {
        found.left[place]: found.right[
            found.pairs[np.argmax(np.where(found.pairs[:, 0] == place, found.counts, -1)), 1]
        ]
        for place in set(found.pairs[:, 0].tolist())
    }


def test_words_are_told_apart_by_the_texts_they_are_missing_from() -> None:
    texts = [
        (["the", "house"], ["das", "haus"], 1.0),
        (["the", "book"], ["das", "buch"], 1.0),
        (["a", "book"], ["ein", "buch"], 1.0),
    ]
    assert _best(align(texts)) == {"the": "das", "house": "haus", "book": "buch", "a": "ein"}


def test_unbelieved_texts_change_nothing() -> None:
    texts = [(["a", "b"], ["x", "y"], 1.0), (["a"], ["x"], 1.0)]
    believed = align(texts)
    doubted = align([*texts, (["a"], ["y"], 0.0)])
    assert _best(believed) == _best(doubted) == {"a": "x", "b": "y"}


def test_texts_without_words_are_passed_over() -> None:
    assert _best(align([([], ["x"], 1.0), (["a"], ["x"], 1.0)])) == {"a": "x"}


def test_links_are_read_as_they_were_written(tmp_path: Path) -> None:
    found = align([(["a", "b"], ["x", "y"], 1.0), (["a"], ["x"], 1.0)])
    found.save(tmp_path / "links.npz")
    read = Links.load(tmp_path / "links.npz")
    assert (read.left, read.right) == (found.left, found.right)
    np.testing.assert_array_equal(read.pairs, found.pairs)
    np.testing.assert_array_equal(read.counts, found.counts)


def test_a_made_up_language_is_learned_both_ways(data: Path) -> None:
    stems = Stems()
    aligned = links(bilingual_texts(data)["en", "ar"], "en", "ar", stems)
    tables = probabilities({("en", "ar"): aligned})
    for english, arabic in WORDS.items():
        [source], [target] = stems(english, "en"), stems(arabic, "ar")
        assert tables["en", "ar"][source][0][0] == target
        assert tables["ar", "en"][target][0][0] == source
        assert sum(chance for _, chance in tables["en", "ar"][source]) == pytest.approx(1.0)


def test_a_third_language_reaches_arabic_through_english() -> None:
    aligned = {
        ("en", "ar"): align([(["war"], ["حرب"], 1.0), (["peace"], ["سلام"], 1.0)]),
        ("fr", "ar"): align([(["eau"], ["ماء"], 1.0)]),
        ("fr", "en"): align([(["guerr"], ["war"], 1.0)]),
    }
    tables = probabilities(aligned)
    assert tables["fr", "ar"]["guerr"] == [("حرب", 1.0)]
    assert tables["ar", "fr"]["حرب"] == [("guerr", 1.0)]
    assert tables["fr", "ar"]["eau"] == [("ماء", 1.0)]


def test_expressions_of_several_words_are_kept_whole(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "lexicon").mkdir()
    with gzip.open(tmp_path / "lexicon" / "wiktionary.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("Security Council\ten\tمجلس الأمن\tar\nwar\ten\tحرب\tar\n")
    assert phrases(tmp_path, "en", "ar", Stems()) == {"secur council": [("مجلس امن", 1.0)]}
