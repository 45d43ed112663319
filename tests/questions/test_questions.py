"""The question set over the sample articles is what it says it is.

Each line of ``questions.jsonl`` is one question: ``articles`` are the files that answer it,
``answer`` the spans of which the right quoted sentence holds at least one, and ``previous`` the
earlier questions of the chat that a follow-up leans on. An unanswerable question is ``near`` where
an article is about its subject without telling what is asked.
"""

import json
from collections import Counter
from pathlib import Path

import frontmatter
import pytest

import corpus
from corpus.sentences import sentence_spans

ARTICLES = Path(corpus.__file__).parent / "articles"
QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()
]
ANSWERABLE = [question for question in QUESTIONS if question["kind"] != "unanswerable"]


@pytest.fixture(scope="module")
def articles() -> dict[str, frontmatter.Post]:
    return {path.name: frontmatter.load(path) for path in ARTICLES.glob("*.md")}


def test_the_set_is_large_enough_to_measure_each_kind():
    kinds = Counter(question["kind"] for question in QUESTIONS)

    assert set(kinds) == {"monolingual", "crosslingual", "unanswerable", "followup"}
    assert len(QUESTIONS) >= 90
    assert min(kinds.values()) >= 15
    assert kinds["unanswerable"] >= 20
    assert sum(question.get("near", False) for question in QUESTIONS) >= 40


def test_ids_and_questions_are_unique():
    asked = [(question["text"], tuple(question.get("previous", ()))) for question in QUESTIONS]

    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_every_answer_stands_verbatim_in_a_sentence_of_its_article(question, articles):
    texts = {name: articles[name].content for name in question["articles"]}
    sentences = {
        name: [text[start:end] for start, end in sentence_spans(text)]
        for name, text in texts.items()
    }

    assert question["answer"]
    assert sentences
    for span in question["answer"]:
        assert any(span in sentence for found in sentences.values() for sentence in found), span
    for name, found in sentences.items():
        assert any(span in sentence for span in question["answer"] for sentence in found), name


def test_unanswerable_questions_name_no_article_and_no_answer():
    for question in QUESTIONS:
        if question["kind"] == "unanswerable":
            assert (question["articles"], question["answer"]) == ([], []), question["id"]


def test_only_unanswerable_questions_are_near():
    assert {question["kind"] for question in QUESTIONS if "near" in question} == {"unanswerable"}


def test_only_follow_ups_lean_on_earlier_questions():
    for question in QUESTIONS:
        assert bool(question.get("previous")) == (question["kind"] == "followup"), question["id"]


def test_a_question_is_crosslingual_when_no_article_in_its_language_answers_it(articles):
    for question in ANSWERABLE:
        if question["kind"] != "followup":
            languages = {articles[name]["language"] for name in question["articles"]}
            same = question["language"] in languages
            assert question["kind"] == ("monolingual" if same else "crosslingual"), question["id"]
