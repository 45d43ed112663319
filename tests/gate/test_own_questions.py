"""What counts as right in the table of the project's own questions."""

import sys

import pytest

from assistant.answer import Answer, Citation, Figure, Sentence, Source
from tests.gate.own_questions import faults, main, score, table

FILES = {"a": "tides.md", "b": "ports.md"}
TIDES = {
    "answer": ["rose by four metres"],
    "articles": ["tides.md"],
    "marks": ["four metres", "four"],
    "figures": ["four"],
}


def sentence(text, *marked, n=1):
    marks = tuple((text.index(mark), text.index(mark) + len(mark)) for mark in marked)
    return Sentence(text, (Citation(n, 0, len(text), text),), "supported", marks)


def answer(*sentences, figures=(), mode="quote"):
    sources = tuple(
        Source(n, id_, "", None, None, "en", None, None, 0, 0, "", 1.0)
        for n, id_ in enumerate(FILES, start=1)
    )
    told = tuple(Figure(figure, (1, 2)) for figure in figures)
    return Answer("?", not sentences, mode, tuple(sentences), sources, figures=told)


def test_an_answer_is_right_where_its_first_sentence_holds_the_string_from_the_article():
    right = sentence("The water rose by four metres at noon.", "four metres")
    other = sentence("The harbour was closed.", "harbour")

    assert score(TIDES, answer(right, other, figures=["four metres"]), FILES) == {
        "mode": [True],
        "first": [True],
        "quotes": [2],
        "true": [True, False],
        "marks": [True, False],
        "marked": [True],
        "lost": [False],
        "figures": [True],
        "unsaid": [False],
    }
    assert score(TIDES, answer(other, right), FILES)["first"] == [False]


def test_the_string_in_another_article_is_not_the_answer():
    elsewhere = sentence("The debt rose by four metres of paper.", n=2)

    assert score(TIDES, answer(elsewhere), FILES)["first"] == [False]


def test_a_mark_may_be_three_words_longer_and_no_more():
    text = "At noon on Monday the water rose by four metres."
    longer, too_long = "water rose by four metres", "the water rose by four metres"

    assert score(TIDES, answer(sentence(text, longer)), FILES)["marks"] == [True]
    assert score(TIDES, answer(sentence(text, too_long)), FILES)["marks"] == [False]
    assert score(TIDES, answer(sentence(text, "Monday")), FILES)["marks"] == [False]


def test_no_mark_is_right_where_none_may_stand():
    found = score({**TIDES, "marks": []}, answer(sentence("It rose by four metres.", "It")), FILES)

    assert found["marks"] == [False]
    assert "marked" not in found


def test_a_figure_is_right_by_whole_words():
    told = sentence("It rose by four metres.")

    for figures, right in ((["fourteen"], False), (["four metres"], True), (["four", "9"], False)):
        assert score(TIDES, answer(told, figures=figures), FILES)["figures"] == [right]
    assert score(TIDES, answer(told), FILES)["unsaid"] == [True]


def test_nothing_may_be_told_where_nothing_answers():
    unanswerable = {"answer": [], "articles": []}
    refused = score(unanswerable, answer(), FILES)
    told = score(unanswerable, answer(sentence("It rose."), figures=["four"]), FILES)

    assert refused == {"mode": [True], "refused": [True], "silent": [True]}
    assert told == {"mode": [True], "refused": [False], "silent": [False]}
    assert faults(told) == ["refused", "silent"]


def test_an_answerable_question_that_is_refused_loses_every_part():
    question = {"answer": ["a", "b"], "articles": ["tides.md"], "parts": [["a"], ["b"]]}

    assert score(question, answer(), FILES) == {
        "mode": [True],
        "first": [False],
        "lost": [True],
        "parts": [False, False],
    }


@pytest.mark.parametrize(
    ("asked", "taken", "right"),
    [("help", "help", True), ("help", "quote", False), (None, "help", False)],
)
def test_the_route_counts_by_the_mode_of_the_answer(asked, taken, right):
    question = {"answer": [], "articles": [], **({"mode": asked} if asked else {})}

    assert score(question, answer(mode=taken), FILES)["mode"] == [right]


def test_a_question_that_could_not_be_put_is_wrong():
    assert set(faults(score(TIDES, None, FILES))) == {"mode", "first", "figures", "unsaid"}
    assert set(faults(score({"answer": [], "articles": []}, None, FILES))) == {
        "mode",
        "refused",
        "silent",
    }


def test_the_table_takes_the_mean_of_the_values_of_a_kind():
    rows = {"when": [{"marks": [True, False]}, {"marks": [True, True]}, {"refused": [True]}]}

    heads, when, every = [line.split() for line in table(rows)]

    assert heads[:6] == ["kind", "n", "first", "lost", "refused", "marks"]
    assert when[:6] == ["when", "3", "–", "–", "1.00", "0.75"]
    assert every[1:] == when[1:]


def test_single_questions_of_the_test_half_are_not_shown(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["own_questions", "--half", "test", "--show", "who"])

    with pytest.raises(SystemExit):
        main()

    assert "not shown" in capsys.readouterr().err
