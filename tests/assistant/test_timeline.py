import datetime as dt
from pathlib import Path

import pytest

from assistant.timeline import timeline, topic
from corpus.article import Article
from vectorstore.index import Index
from vectorstore.query import Filters


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("ما التسلسل الزمني؟", ""),
        ("ما التسلسل الزمني للهجمات على السفارة؟", "للهجمات على السفارة"),
        ("ماذا حدث بالترتيب في مسقط؟", "مسقط"),
        ("What happened, in order?", ""),
        ("What happened, in order? (ambassador Baghdad)", "ambassador Baghdad"),
        ("Timeline of the attacks on the port", "the attacks on the port"),
        ("Quelle est la chronologie des attaques ?", "attaques"),
    ],
)
def test_a_question_for_the_order_of_things_names_its_topic(question: str, about: str) -> None:
    assert topic(question) == about


@pytest.mark.parametrize("question", ["من هو السفير؟", "Who ordered the strike?", "متى وصل؟"])
def test_other_questions_do_not_ask_for_an_order(question: str) -> None:
    assert topic(question) is None


def test_each_article_on_the_topic_is_quoted_once_in_the_order_of_days(tmp_path: Path) -> None:
    days = {"c": dt.date(2023, 5, 2), "a": dt.date(2021, 1, 9), "b": dt.date(2022, 8, 30)}
    articles = [
        Article(name, f"The ferry to Larkhaven sank near pier {name}. Rain fell. The ferry to "
                f"Larkhaven was raised later.", f"Ferry {name}", "Outlet", day, language="en")
        for name, day in days.items()
    ]  # fmt: skip
    articles.append(
        Article("undated", "The ferry to Larkhaven sank again.", "Ferry", language="en")
    )
    with Index(tmp_path) as index:
        index.add(articles)
        answer = timeline(index, "Timeline of the ferry to Larkhaven")
        later = timeline(
            index, "Timeline of the ferry to Larkhaven", Filters(since=dt.date(2022, 1, 1))
        )
    assert [source.article_id for source in answer.sources] == ["a", "b", "c"]
    assert [said.citations[0].n for said in answer.sentences] == [1, 2, 3]
    texts = {article.id: article.text for article in articles}
    for said, source in zip(answer.sentences, answer.sources, strict=True):
        citation = said.citations[0]
        assert texts[source.article_id][citation.start : citation.end] == citation.text
    assert [source.article_id for source in later.sources] == ["b", "c"]
