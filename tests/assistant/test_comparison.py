import datetime as dt

import pytest

from assistant.comparison import sides
from assistant.engine import ask
from corpus.article import Article
from vectorstore.index import Index


@pytest.mark.parametrize(
    ("topic", "names"),
    [
        ("the mayor and the harbour master", ["the mayor", "the harbour master"]),
        ("Iran, Iraq and Turkey", ["Iran", "Iraq", "Turkey"]),
        ("the old ferry with the new one", ["the old ferry", "the new one"]),
        ("the mayor versus the union", ["the mayor", "the union"]),
        ("what the mayor and the union said about the dam", ["the mayor", "the union"]),
        ("موقف واشنطن وطهران", ["موقف واشنطن", "طهران"]),
        ("وزارة الدفاع ووزارة الخارجية", ["وزارة الدفاع", "وزارة الخارجية"]),
        ("الميناء القديم والميناء الجديد", ["الميناء القديم", "الميناء الجديد"]),
        ("ما قاله الوزير وما قالته النقابة عن السد", ["ما قاله الوزير", "ما قالته النقابة"]),
        ("السد القديم بالسد الجديد", ["السد القديم", "السد الجديد"]),
        ("le plan du maire et celui du syndicat", ["le plan du maire", "celui du syndicat"]),
        ("the two reports", []),
    ],
)
def test_the_things_to_compare_are_parted_in_the_words_of_the_question(topic, names):
    assert [side.name for side in sides(topic, {"طهران": 2, "واشنطن": 5})] == names


def test_what_is_asked_about_both_belongs_to_each():
    assert [
        side.topic for side in sides("what the mayor and the union said about the dam", {})
    ] == [
        "the mayor said about the dam",
        "the union said about the dam",
    ]


MAYOR = Article(
    "mayor",
    "The mayor of Larkhaven, Ida Brandt, said that the dam is safe. Rain fell all week.",
    "The dam is safe, says the mayor", "Larkhaven Post", dt.date(2022, 3, 1), language="en",
)  # fmt: skip
UNION = Article(
    "union",
    "The sailors' union warned that the dam leaks at night. It wants the dam closed.",
    "The union fears for the dam", "Harbour Gazette", dt.date(2022, 3, 4), language="en",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with Index(tmp_path_factory.mktemp("store")) as opened:
        opened.add([MAYOR, UNION])
        yield opened


def test_each_thing_is_quoted_under_its_name(index):
    answer = ask(index, "Compare what the mayor and the union said about the dam")

    assert (answer.mode, answer.abstained, answer.statement) == ("comparison", False, "")
    assert next((s.heading, s.text) for s in answer.sentences) == (
        "the mayor", "The mayor of Larkhaven, Ida Brandt, said that the dam is safe.",
    )  # fmt: skip
    assert {s.heading for s in answer.sentences} == {"the mayor", "the union"}
    assert all(
        answer.sources[s.citations[0].n - 1].article_id == s.heading.removeprefix("the ")
        for s in answer.sentences
    )


def test_a_thing_of_which_nothing_is_found_is_named(index):
    answer = ask(index, "Compare the mayor and Professor Quillfeather on the dam")

    assert {sentence.heading for sentence in answer.sentences} == {"the mayor"}
    assert answer.statement == (
        "I found nothing in the articles here about: \u2068Professor Quillfeather\u2069"
    )


def test_outlets_are_compared_by_their_articles(index):
    answer = ask(index, "What do Larkhaven Post and Harbour Gazette say about the dam?")

    assert answer.mode == "comparison"
    assert {(s.heading, answer.sources[s.citations[0].n - 1].source) for s in answer.sentences} == {
        ("Larkhaven Post", "Larkhaven Post"),
        ("Harbour Gazette", "Harbour Gazette"),
    }


def test_what_two_speakers_say_is_a_plain_question(index):
    assert ask(index, "What do the mayor and the union say about the dam?").mode == "quote"
