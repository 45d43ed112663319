import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant.answer import Answer, Citation, Sentence
from assistant.followups import Understood, is_follow_up, rewrite, understood
from assistant.quoting import quote
from tests.assistant.test_quoting import FAIR, TALKS, hits

# Two turns of a conversation a line, and how the second is understood; those held out were written
# before the rules had been run on them.
CONVERSATIONS = [
    json.loads(line)
    for line in Path(__file__).with_name("followups.jsonl").read_text("utf-8").splitlines()
]


def after(earlier, question):
    return understood(question, [(earlier, None)])


@pytest.mark.parametrize(
    "line", CONVERSATIONS, ids=[f"{one['after']} {one['question']}" for one in CONVERSATIONS]
)
def test_a_conversation_is_followed(line):
    expected = Understood(line["understood"], line["context"])
    assert after(line["after"], line["question"]) == expected


@pytest.mark.parametrize(
    "question",
    [
        "وماذا قال عن السفارة؟",
        "ومتى كان ذلك؟",
        "and when was that?",
        "Who chaired that session?",
        "Et qui y a-t-il rencontré ?",
        "ما اسمها؟",
        "كم عمره؟",
        "أين نشأ؟",
        "his cat",
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
        "أين بغداد؟",
        "متى رمضان؟",
        "من قال إن النهر جف؟",
        "كم هزة تعرضت لها المدينة؟",
        "ماذا يعيش في البحيرات المالحة؟",
        "أوجز ما قاله مدير المرصد عن الزلازل.",
        "واشنطن؟",
        "Why did the mayor praise his successor?",
        "How many lakes are there in Finland?",
        "Pourquoi la mairie a-t-elle fermé ses portes ?",
        "Combien de lacs y a-t-il en Finlande ?",
        "",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question):
    assert not is_follow_up(question)
    assert after("من هو رئيس اللجنة؟", question) == Understood(question)
    assert after("Who is Nadia Karim?", question) == Understood(question)


def test_what_the_last_turn_was_about_is_searched_beside_a_question_that_cannot_be_reworded():
    asked = "كم هزة أرضية سجل المرصد؟"
    turns = [(asked, quote(asked, hits(TALKS)))]
    assert understood("ومتى كان ذلك؟", turns) == Understood("ومتى كان ذلك؟", "هزة أرضية سجل المرصد")


def test_the_full_name_that_answered_takes_the_place_of_a_pronoun():
    asked = "Who chaired the jury?"
    turns = [(asked, quote(asked, hits(FAIR)))]
    assert understood("And what did she say?", turns) == Understood("What did Nadia Karim say?")


def test_of_two_names_that_answered_neither_is_taken():
    text = "Nadia Karim and Samir Haddad chaired it."
    sentence = Sentence(text, (Citation(1, 0, len(text), text),), marks=((0, 11), (16, 28)))
    answer = Answer("Who chaired it?", False, "quote", (sentence,), ())
    assert understood("How old is he?", [("Who chaired the jury?", answer)]) == Understood(
        "How old is he?", "Nadia Karim chaired jury"
    )


def test_a_pronoun_reaches_over_a_question_that_leans_itself():
    turns = [("متى ولد سامي ناصر؟", None), ("وكيف كان ذلك؟", None)]
    assert understood("وأين درس؟", turns) == Understood("أين درس سامي ناصر؟")


def test_a_name_of_another_gender_is_not_meant():
    assert after("أين درست هالة منصور؟", "كم عمره؟").question == "كم عمره؟"


def test_without_earlier_turns_nothing_is_carried():
    assert understood("and when was that?", []) == Understood("and when was that?")


def test_a_model_rewrites_and_the_rule_stands_in_where_it_fails():
    turns = [("Who chaired the jury?", None)]
    model = FakeListChatModel(responses=["When did the jury meet?\nSure!", "", "x" * 900])
    by_rule = Understood("And when was that?", "chaired jury")
    assert rewrite("And when was that?", turns, model) == Understood("When did the jury meet?")
    assert rewrite("And when was that?", turns, model) == by_rule
    assert rewrite("And when was that?", turns, model) == by_rule
    assert rewrite("Who won the prize?", turns, model) == Understood("Who won the prize?")


def test_the_reasoning_of_a_model_is_no_question():
    model = FakeListChatModel(
        responses=["<think>\nWho? The jury.\n</think>\n\nWhen did they meet?"]
    )
    turns = [("Who chaired the jury?", None)]
    assert rewrite("And when was that?", turns, model) == Understood("When did they meet?")


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_question_is_reworded_or_kept_with_words_of_the_earlier_one(question, earlier):
    found = after(earlier, question)
    assert found.question == question or not found.context
    assert all(word in earlier for word in found.context.split())
