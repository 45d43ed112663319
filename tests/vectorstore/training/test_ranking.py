import math

import numpy as np
import pytest

from vectorstore.training.ranking import Bm25, ndcg

PASSAGES = [["a", "b"], ["b", "c"], ["c", "c"], ["d", "e"]]


def test_a_word_split_over_two_terms_counts_as_one_word() -> None:
    whole = Bm25([["x", "b"], ["b", "x"], ["c", "c"], ["d", "e"]]).scores([{"x": 1.0}])
    split = Bm25([["x", "b"], ["b", "y"], ["c", "c"], ["d", "e"]]).scores([{"x": 1.0, "y": 1.0}])
    np.testing.assert_allclose(split, whole)


def test_probability_weighs_how_often_a_word_stands() -> None:
    scores = Bm25(PASSAGES).scores([{"a": 0.9, "d": 0.1}])
    assert scores[0] > scores[3] > scores[1] == scores[2] == 0.0


def test_a_word_that_is_common_elsewhere_tells_less() -> None:
    plain = Bm25(PASSAGES).scores([{"a": 1.0}])
    common = Bm25(PASSAGES, rarity=lambda term: (0.9, 100.0)).scores([{"a": 1.0}])
    assert 0.0 < common[0] < plain[0]


def test_words_unknown_to_the_collection_change_nothing() -> None:
    assert Bm25(PASSAGES).scores([{"q": 1.0}, {}]).tolist() == [0.0] * 4


def test_ndcg_of_known_ranks() -> None:
    scores = np.array([[3.0, 2.0, 1.0], [3.0, 2.0, 1.0], [0.0, 0.0, 0.0]])
    gold = np.array([0, 1, 2])
    expected = (1 + 1 / math.log2(3) + 1 / math.log2(3)) / 3  # a tie of three stands in the middle
    assert ndcg(scores, gold) == pytest.approx(expected)
