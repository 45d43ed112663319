import datetime as dt

import pytest

from assistant.engine import ask, understand
from assistant.followups import Understood
from corpus.article import Article
from vectorstore.index import Index
from vectorstore.query import Filters

DAYS = dt.date(2024, 3, 1), dt.date(2024, 5, 9)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with Index(tmp_path_factory.mktemp("library")) as opened:
        opened.add(
            [
                Article(
                    "river",
                    "قالت مديرية الري إن منسوب النهر ارتفع مترين. وأعلنت إغلاق الجسر القديم.",
                    "منسوب النهر يرتفع مترين",
                    source="صوت النهر",
                    date=DAYS[0],
                    language="ar",
                ),
                Article(
                    "bridge",
                    "أعيد فتح الجسر القديم بعد أعمال ترميم دامت شهرين.",
                    "فتح الجسر القديم",
                    source="صوت النهر",
                    date=DAYS[1],
                    language="ar",
                ),
                Article("harbour", "The harbour was dredged in spring.", "Dredging", language="en"),
            ]
        )
        yield opened


def test_the_count_is_of_the_articles_that_pass_the_filters(index):
    assert ask(index, "How many articles do you have?").statement == "The library holds 3 articles."
    english = Filters(languages=frozenset({"en"}))
    told = ask(index, "How many articles do you have?", english).statement
    assert told == "The library holds 1 article."


def test_the_count_can_be_of_an_outlet_a_language_or_a_time(index):
    for question, told in {
        "كم مقالاً لديك من وكالة صوت النهر الإخبارية؟": "في المكتبة مقالان (\u2068صوت النهر\u2069).",
        "كم مقالاً نشر صوت النهر؟": "في المكتبة مقالان (\u2068صوت النهر\u2069).",
        "How many Arabic articles do you have?": "The library holds 2 articles (Arabic).",
        "How many articles from May 2024 do you have?": "The library holds 1 article "
        "(1 May 2024 – 31 May 2024).",
    }.items():
        assert ask(index, question).statement == told


def test_outlets_are_counted_and_those_without_one_said(index):
    told = ask(index, "Which outlets do you have?").statement
    assert told == (
        "The articles come from one outlet: \u2068صوت النهر\u2069 (2). 1 article names no outlet."
    )


def test_the_span_of_days_leaves_out_what_has_no_date(index):
    told = ask(index, "What period do the articles cover?").statement
    assert told == (
        "The articles were published between 1 March 2024 and 9 May 2024. 1 article has no date."
    )


def test_newest_and_oldest_are_listed_by_day(index):
    assert [a.article_id for a in ask(index, "ما أحدث مقال؟").articles] == ["bridge", "river"]
    assert [a.article_id for a in ask(index, "What is the oldest article?").articles] == [
        "river",
        "bridge",
    ]


def test_articles_about_a_topic_are_those_that_have_its_words(index):
    answer = ask(index, "هل لديك مقالات عن الجسر القديم؟")
    assert sorted(article.article_id for article in answer.articles) == ["bridge", "river"]
    assert answer.statement == "مقالان فيها كلمات «\u2068الجسر القديم\u2069»:"
    nothing = ask(index, "articles about volcanoes")
    assert nothing.articles == ()
    assert nothing.statement == (
        "No article has all the words “\u2068volcanoes\u2069”, and none is near."
    )


def test_talk_gets_a_line_of_help_and_questions_that_are_answered(index):
    answer = ask(index, "مرحبا")
    assert answer.mode == "help"
    assert answer.sentences == answer.sources == ()
    assert answer.suggestions
    assert not any(ask(index, question).abstained for question in answer.suggestions)


def test_an_empty_library_is_said_to_be_empty(tmp_path):
    with Index(tmp_path) as empty:
        assert (
            ask(empty, "hello").statement
            == "The library is empty. Add articles, and ask about them."
        )


def test_thanks_in_a_conversation_are_not_taken_for_a_follow_up():
    assert understand("شكراً", [("من هو السفير؟", None)]) == Understood("شكراً")
