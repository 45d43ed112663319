import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant.followups import is_follow_up, rewrite, self_contained
from assistant.quoting import quote
from tests.assistant.test_quoting import FAIR, TALKS, hits


@pytest.mark.parametrize(
    "question",
    [
        "وماذا قال عن السفارة؟",
        "ومتى كان ذلك؟",
        "and when was that?",
        "Who chaired that session?",
        "Et qui y a-t-il rencontré ?",
        "ما اسمها؟",
    ],
)
def test_a_question_that_points_back_is_a_follow_up(question):
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "من هو السفير الأمريكي في بغداد؟",
        "How many readers did the book fair draw?",
        "متى وصل الوفد إلى المرصد؟",
        "ما عاصمة اليابان؟",
        "",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question):
    assert not is_follow_up(question)
    assert self_contained(question, [("من رأس اللجنة؟", None)]) == question


def test_what_the_last_turn_was_about_is_carried_over():
    asked = "كم هزة أرضية سجل المرصد؟"
    turns = [(asked, quote(asked, hits(TALKS)))]
    assert self_contained("ومتى كان ذلك؟", turns) == "ومتى كان ذلك؟ (هزة أرضية سجل المرصد)"


def test_the_name_that_answered_is_carried_over():
    asked = "Who chaired the jury?"
    turns = [(asked, quote(asked, hits(FAIR)))]
    assert self_contained("And what did she say?", turns) == (
        "And what did she say? (Nadia Karim chaired jury)"
    )


def test_without_earlier_turns_nothing_is_carried():
    assert self_contained("and when was that?", []) == "and when was that?"


def test_a_model_rewrites_and_the_rule_stands_in_where_it_fails():
    turns = [("Who chaired the jury?", None)]
    model = FakeListChatModel(responses=["When did the jury meet?\nSure!", "", "x" * 900])
    assert rewrite("And when was that?", turns, model) == "When did the jury meet?"
    assert rewrite("And when was that?", turns, model) == "And when was that? (chaired jury)"
    assert rewrite("And when was that?", turns, model) == "And when was that? (chaired jury)"
    assert rewrite("Who won the prize?", turns, model) == "Who won the prize?"


def test_the_reasoning_of_a_model_is_no_question():
    model = FakeListChatModel(
        responses=["<think>\nWho? The jury.\n</think>\n\nWhen did they meet?"]
    )
    turns = [("Who chaired the jury?", None)]
    assert rewrite("And when was that?", turns, model) == "When did they meet?"


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_question_itself_is_always_kept(question, earlier):
    assert self_contained(question, [(earlier, None)]).startswith(question)
