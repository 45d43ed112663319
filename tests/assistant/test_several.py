import datetime as dt

import pytest

from assistant.engine import ask
from corpus.article import Article
from vectorstore.index import Index

ARTICLES = [
    Article(
        "flood",
        "The flood in Larkhaven closed the Anders bridge. Bakers worked through the night.",
        "Flood closes a bridge", "Larkhaven Post", dt.date(2022, 3, 1), language="en",
    ),
    Article(
        "copy",
        "The flood in Larkhaven closed the Anders bridge. It was reported first by the Post.",
        "A bridge is closed by the flood", "Harbour Gazette", dt.date(2022, 3, 2), language="en",
    ),
    Article(
        "more",
        "The flood in Larkhaven also closed the Mill bridge, where water stood two metres high.",
        "Another bridge closed by the flood", "Harbour Gazette", dt.date(2022, 3, 3),
        language="en",
    ),
    Article(
        "fair",
        "The spring fair opened with music. Nadia Karim chaired the jury of the cake contest.",
        "Spring fair", "Larkhaven Post", dt.date(2022, 4, 1), language="en",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with Index(tmp_path_factory.mktemp("store")) as opened:
        opened.add(ARTICLES)
        yield opened


def test_a_list_has_each_item_once_from_all_articles_and_cites_its_copies(index):
    answer = ask(index, "List all bridges that the flood closed in Larkhaven")

    assert (answer.mode, answer.abstained) == ("list", False)
    texts = [sentence.text for sentence in answer.sentences]
    assert sorted(texts) == [
        "The flood in Larkhaven also closed the Mill bridge, where water stood two metres high.",
        "The flood in Larkhaven closed the Anders bridge.",
    ]
    anders = answer.sentences[texts.index("The flood in Larkhaven closed the Anders bridge.")]
    assert {answer.sources[c.n - 1].article_id for c in anders.citations} == {"flood", "copy"}


def test_a_summary_stands_in_the_order_of_days(index):
    answer = ask(index, "Summarise the flood in Larkhaven")

    days = [answer.published(sentence) for sentence in answer.sentences]
    assert answer.mode == "summary"
    assert days == sorted(days)
    assert {answer.sources[s.citations[0].n - 1].article_id for s in answer.sentences} >= {"more"}
    assert not any("jury" in sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the election in Patagonia",
        "List all volcanoes of Iceland",
        "Compare Beethoven and Mozart",
        "Give me a timeline of the moon landing",
        "لخص أسعار النفط في النرويج",
    ],
)
def test_what_no_article_tells_of_is_met_with_silence(index, question):
    answer = ask(index, question)

    assert (answer.abstained, answer.sentences, answer.statement) == (True, (), "")


def test_every_quotation_is_verbatim(index):
    texts = {article.id: article.text for article in ARTICLES}
    for question in ("Summarise the flood in Larkhaven", "List all bridges that the flood closed"):
        answer = ask(index, question)
        for sentence in answer.sentences:
            for citation in sentence.citations:
                text = texts[answer.sources[citation.n - 1].article_id]
                assert text[citation.start : citation.end] == citation.text
            assert sentence.citations[0].text == sentence.text
