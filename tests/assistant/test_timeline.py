import datetime as dt

import pytest

from assistant.timeline import timeline
from corpus.article import Article
from vectorstore.index import Index
from vectorstore.query import Filters

QUESTION, TOPIC = "Timeline of the ferry to Larkhaven", "the ferry to Larkhaven"


def article(name, text, day=None, source="Outlet"):
    return Article(name, text, f"Ferry {name}", source, day, language="en")


RAISED = article(
    "raised", "The ferry to Larkhaven was raised by two cranes. Rain fell.", dt.date(2022, 8, 30)
)
SANK = article(
    "sank", "On 9 January 2021 the ferry to Larkhaven sank near the pier.", dt.date(2023, 5, 2)
)
SANK_TOO = article(
    "sank-too", "The ferry to Larkhaven sank near the pier on 9 January 2021.",
    dt.date(2021, 1, 11), "Other",
)  # fmt: skip
LAUNCHED = article("launched", "On 4 March 2019 the ferry to Larkhaven left the yard.")
UNDATED = article("undated", "The ferry to Larkhaven carries cars and mail.")
BAKERS = Article(
    "bakers", "Bakers in Larkhaven met on 5 May 2021.", "Bread", "Outlet", dt.date(2021, 5, 6),
    language="en",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with Index(tmp_path_factory.mktemp("store")) as opened:
        opened.add([RAISED, SANK, SANK_TOO, LAUNCHED, UNDATED, BAKERS])
        yield opened


def test_events_stand_once_in_the_order_of_their_days(index):
    answer = timeline(index, QUESTION, TOPIC).answer

    assert next((said.day, answer.published(said)) for said in answer.sentences) == (
        dt.date(2019, 3, 4), None,
    )  # fmt: skip
    days = [said.day or answer.published(said) for said in answer.sentences]
    assert days == [dt.date(2019, 3, 4), dt.date(2021, 1, 9), dt.date(2022, 8, 30)]
    assert answer.sentences[2].day is None  # its article tells no day but that of publication


def test_what_cannot_be_placed_or_is_of_something_else_is_left_out(index):
    answer = timeline(index, QUESTION, TOPIC).answer
    quoted = {source.article_id for source in answer.sources}

    assert quoted.isdisjoint({"undated", "bakers"})


def test_filters_choose_who_may_tell(index):
    answer = timeline(index, QUESTION, TOPIC, Filters(since=dt.date(2022, 1, 1))).answer

    assert {source.article_id for source in answer.sources} == {"raised", "sank"}
