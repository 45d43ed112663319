"""The question set over the sample articles is what its README says it is."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import frontmatter
import pytest

import corpus
from corpus.sentences import sentence_spans
from tests.questions.halves import QUESTIONS as FILE
from tests.questions.halves import conversations, halve

ARTICLES = Path(corpus.__file__).parent / "articles"
QUESTIONS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
ANSWERABLE = [question for question in QUESTIONS if question["answer"]]
PLAIN = {"who", "when", "how_many", "where", "what_said", "yes_no", "why", "what"}
SEVERAL = {"list", "compare", "summary", "timeline"}
REFUSED = {"same_subject", "other_subject", "false_premise"}
ROUTES = {"talk": "help", "library": "library"}
LEAST = dict.fromkeys(PLAIN, 15) | {
    "same_subject": 60,
    "other_subject": 40,
    "false_premise": 20,
    "talk": 15,
    "library": 15,
    "dialect": 30,
    "slip": 20,
    "arabizi": 6,
    "followup": 20,
    "time": 15,
    "figures": 20,
}
FIELDS = {
    "id", "text", "language", "kind", "asks", "articles", "answer", "marks", "figures", "parts",
    "mode", "previous", "after", "today", "half", "gate",
}  # fmt: skip


@pytest.fixture(scope="module")
def articles() -> dict[str, frontmatter.Post]:
    return {path.name: frontmatter.load(path) for path in ARTICLES.glob("*.md")}


@pytest.fixture(scope="module")
def sentences(articles):
    return {
        name: [article.content[start:end] for start, end in sentence_spans(article.content)]
        for name, article in articles.items()
    }


def test_the_set_is_large_enough_to_measure_each_kind():
    kinds = Counter(question["kind"] for question in QUESTIONS)

    assert set(kinds) == {*LEAST, *SEVERAL}
    assert {kind: kinds[kind] for kind, least in LEAST.items() if kinds[kind] < least} == {}
    assert sum(kinds[kind] for kind in SEVERAL) >= 15
    assert len(QUESTIONS) >= 440


def test_no_line_has_an_unknown_field():
    assert {field for question in QUESTIONS for field in question} <= FIELDS


def test_ids_and_questions_are_unique():
    asked = Counter(
        (
            question["text"],
            question.get("today"),
            question.get("after"),
            tuple(question.get("previous", ())),
        )
        for question in QUESTIONS
    )

    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert [text for text, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_every_answer_stands_verbatim_in_a_sentence_of_its_article(question, sentences):
    found = {name: sentences[name] for name in question["articles"]}

    assert found
    for span in question["answer"]:
        assert any(span in sentence for told in found.values() for sentence in told), span
    for name, told in found.items():
        assert any(span in sentence for span in question["answer"] for sentence in told), name


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_what_may_be_marked_stands_in_a_sentence_that_answers(question, sentences):
    told = [
        sentence
        for name in question["articles"]
        for sentence in sentences[name]
        if any(span in sentence for span in question["answer"])
    ]
    marks = question.get("marks")

    assert not marks or any(mark in sentence for mark in marks for sentence in told)


def test_every_mark_and_figure_stands_verbatim_in_an_article(articles):
    texts = [article.content for article in articles.values()]
    strings = {
        (question["id"], string)
        for question in QUESTIONS
        for string in [*question.get("marks", ()), *question.get("figures", ())]
    }

    assert [told for told in strings if not any(told[1] in text for text in texts)] == []


def test_the_parts_of_an_answer_are_its_answers():
    for question in QUESTIONS:
        assert ("parts" in question) == (question["kind"] in SEVERAL), question["id"]
        if "parts" in question:
            assert len(question["parts"]) >= 2, question["id"]
            strings = {string for part in question["parts"] for string in part}
            assert strings == set(question["answer"]), question["id"]


def test_what_is_to_be_refused_has_no_answer():
    for question in QUESTIONS:
        if question["kind"] in REFUSED | set(ROUTES):
            assert (question["articles"], question["answer"]) == ([], []), question["id"]
        if question["kind"] in PLAIN | SEVERAL:
            assert question["answer"], question["id"]
        if not question["answer"]:
            assert not question.get("marks"), question["id"]
            assert not question.get("figures"), question["id"]


def test_only_talk_and_questions_about_the_library_have_a_mode():
    for question in QUESTIONS:
        assert question.get("mode") == ROUTES.get(question["kind"]), question["id"]


def test_a_follow_up_comes_after_an_earlier_line():
    earlier = set()
    for question in QUESTIONS:
        assert question.get("after", question["id"]) in {*earlier, question["id"]}
        earlier.add(question["id"])
        leans = "after" in question or "previous" in question
        if question["kind"] == "followup":
            assert leans, question["id"]
        elif leans:
            assert question["kind"] == "library", question["id"]


def test_there_are_twenty_conversations():
    talked = [found for found in conversations(QUESTIONS).values() if len(found) > 1]

    assert len(talked) >= 20


def test_the_days_of_asking_are_days_after_an_article(articles):
    days = [
        dt.date.fromisoformat(question["today"]) for question in QUESTIONS if "today" in question
    ]

    assert len(days) >= 10
    assert min(days) >= min(article["date"] for article in articles.values())


def test_the_halves_are_balanced_within_each_kind():
    lines = Counter((question["kind"], question["half"]) for question in QUESTIONS)

    assert {half for _, half in lines} == {"dev", "test"}
    for kind in {question["kind"] for question in QUESTIONS}:
        assert abs(lines[kind, "dev"] - lines[kind, "test"]) <= 2, kind


def test_a_conversation_stays_in_one_half():
    for first, found in conversations(QUESTIONS).items():
        assert len({question["half"] for question in found}) == 1, first


def test_a_new_line_joins_its_conversation_and_moves_no_other():
    anew = [dict(question) for question in QUESTIONS]
    anew.append({"id": "new", "text": "?", "kind": "followup", "after": QUESTIONS[0]["id"]})
    halve(anew)

    assert anew[-1]["half"] == QUESTIONS[0]["half"]
    assert anew[:-1] == QUESTIONS


def test_a_question_of_the_gate_is_crosslingual_when_no_article_in_its_language_answers(articles):
    for question in QUESTIONS:
        group = question.get("gate")
        if group == "unanswerable":
            assert question["kind"] in REFUSED, question["id"]
        elif group in {"monolingual", "crosslingual"}:
            languages = {articles[name]["language"] for name in question["articles"]}
            same = question["language"] in languages
            assert group == ("monolingual" if same else "crosslingual"), question["id"]
        else:
            assert group == ("followup" if "previous" in question else None), question["id"]
