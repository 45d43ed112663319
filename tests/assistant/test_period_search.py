import datetime as dt
from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Period
from assistant.engine import ask
from corpus.article import Article
from vectorstore.index import Index
from vectorstore.query import Filters

TODAY = dt.date(2024, 5, 15)


def article(id_: str, title: str, text: str, day: str | None, language: str = "en") -> Article:
    date = dt.date.fromisoformat(day) if day else None
    return Article(
        id=id_, title=title, text=text, date=date, language=language, source=f"The {id_} Post"
    )


ARTICLES = [
    article(
        "fire",
        "Warehouse burns at the harbour",
        "A fire destroyed the grain warehouse at Quince harbour. Captain Ivo Kern said that "
        "the harbour would stay open for fishing boats.",
        "2024-05-08",
    ),
    article(
        "ferry",
        "Quince harbour gets a new ferry",
        "Captain Ivo Kern said that the harbour would buy a new ferry for the islands. The ferry "
        "carries ninety passengers.",
        "2023-11-09",
    ),
    article(
        "history",
        "A century of Quince harbour",
        "The lighthouse of Quince harbour was built by the engineer Mara Sol in 1911. Since then "
        "it has been painted twice.",
        "2022-03-01",
    ),
    article(
        "bridge",
        "الجسر الحجري يفتح من جديد",
        "قالت المهندسة هدى نصار إن الجسر الحجري في وادي اللوز فتح أمام السيارات بعد ترميمه. "
        "وأضافت أن الترميم كلف ستة ملايين.",
        "2024-05-07",
        "ar",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("store")) as opened:
        opened.add(ARTICLES)
        yield opened


def first(answer: Answer) -> str:
    return answer.sentences[0].text


def days(since: str | None, until: str | None, outcome: str) -> Period:
    read = [dt.date.fromisoformat(day) if day else None for day in (since, until)]
    return Period(read[0], read[1], outcome)  # type: ignore[arg-type]


def test_only_what_was_published_in_the_asked_time_answers_and_that_is_said(index: Index) -> None:
    answer = ask(index, "What did Captain Ivo Kern say last week?", today=TODAY)
    assert first(answer).endswith("would stay open for fishing boats.")
    assert answer.question == "What did Captain Ivo Kern say last week?"
    assert answer.period == days("2024-05-05", "2024-05-12", "searched")
    assert answer.notice is not None
    assert answer.notice.startswith(
        "Searched in what was published between 5 May 2024 and 12 May 2024."
    )
    older = ask(index, "What did Captain Ivo Kern say in November 2023?", today=TODAY)
    assert first(older).endswith("would buy a new ferry for the islands.")


def test_it_is_said_in_the_askers_language(index: Index) -> None:
    answer = ask(index, "ماذا قالت هدى نصار عن الجسر الأسبوع الماضي؟", today=TODAY)
    assert "الجسر الحجري" in first(answer)
    assert answer.notice is not None
    assert answer.notice.startswith("بحثت في ما نُشر بين ")


def test_where_no_article_is_of_the_asked_time_that_is_the_answer(index: Index) -> None:
    answer = ask(index, "What did Captain Ivo Kern say yesterday?", today=TODAY)
    assert answer.abstained
    assert answer.sources  # the nearest passages, of any time
    assert answer.notice == (
        "No article that could be searched is dated between 14 May 2024 and 15 May 2024."
    )


def test_an_event_of_the_asked_time_is_told_by_an_article_of_another(index: Index) -> None:
    answer = ask(index, "Who built the lighthouse of Quince harbour in 1911?", today=TODAY)
    assert "Mara Sol" in first(answer)
    assert answer.period == days("1911-01-01", "1912-01-07", "elsewhere")
    assert ask(index, "Who built the lighthouse of Quince harbour in 1950?", today=TODAY).abstained


def test_what_happened_in_a_time_without_articles_is_told_by_sentences_that_name_it(
    index: Index,
) -> None:
    answer = ask(index, "What happened in 1911?", today=TODAY)
    assert [sentence.text for sentence in answer.sentences] == [
        "The lighthouse of Quince harbour was built by the engineer Mara Sol in 1911."
    ]


def test_the_readers_own_days_win(index: Index) -> None:
    chosen = Filters(since=dt.date(2023, 1, 1), until=dt.date(2023, 12, 31))
    answer = ask(index, "What did Captain Ivo Kern say last week?", chosen, today=TODAY)
    assert first(answer).endswith("would buy a new ferry for the islands.")
    assert answer.period is None


def test_what_happened_is_told_by_the_opening_sentences_of_the_time(index: Index) -> None:
    answer = ask(index, "What happened last week?", today=TODAY)
    assert {sentence.text for sentence in answer.sentences} == {
        "A fire destroyed the grain warehouse at Quince harbour.",
        "قالت المهندسة هدى نصار إن الجسر الحجري في وادي اللوز فتح أمام السيارات بعد ترميمه.",
    }


def test_the_latest_comes_newest_first_with_its_day(index: Index) -> None:
    answer = ask(index, "What is the latest on Captain Ivo Kern and the harbour?", today=TODAY)
    published = [answer.sources[s.citations[0].n - 1].date for s in answer.sentences]
    assert published[0] == dt.date(2024, 5, 8)
    assert published == sorted(published, key=str, reverse=True)
    assert answer.notice == "Newest first; the newest article quoted is of 8 May 2024."


def test_articles_without_a_date_are_asked_as_ever(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Index(tmp_path_factory.mktemp("undated")) as opened:
        opened.add([article("a", "Mills", "The mill of Orr was built by Jon Teal.", None)])
        answer = ask(opened, "Who built the mill of Orr in 1911?", today=TODAY)
    assert "Jon Teal" in first(answer)
    assert answer.period is None


def test_an_event_that_no_article_tells_of_is_refused_and_named(index: Index) -> None:
    answer = ask(index, "When did Captain Ivo Kern resign?", today=TODAY)
    assert answer.abstained
    assert answer.untold == "resign"
    assert answer.sources
    assert (
        answer.notice == "Nothing was found in the articles that tells of this: \u2068resign\u2069."
    )


def test_every_citation_of_an_answer_about_a_time_is_verbatim(index: Index) -> None:
    for question in ("What happened last week?", "What is the latest on Quince harbour?"):
        answer = ask(index, question, today=TODAY)
        assert answer.sentences
        for sentence in answer.sentences:
            for citation in sentence.citations:
                stored = index.article(answer.sources[citation.n - 1].article_id)
                assert stored is not None
                assert stored.text[citation.start : citation.end] == citation.text == sentence.text
