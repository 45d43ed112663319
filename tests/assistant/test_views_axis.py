"""What articles are counted by along time, and what the axis says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.messages.wording import wording
from assistant.views.axis import beginning, labels, step

ENGLISH = wording("en-GB")
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "by", "said"),
    [
        ("2021-07-14", "2021-07-14", "day", ["14 Jul"]),
        ("2021-07-14", "2021-07-19", "day", [f"{n} Jul" for n in range(14, 20)]),
        ("2021-07-03", "2021-07-30", "day", ["6 Jul", "11 Jul", "16 Jul", "21 Jul", "26 Jul"]),
        ("2021-02-10", "2021-07-19", "month",
         ["Mar 2021", "Apr 2021", "May 2021", "Jun 2021", "Jul 2021"]),
        ("2020-08-21", "2025-04-14", "month", ["2021", "2022", "2023", "2024", "2025"]),
        ("2003-03-20", "2024-01-02", "year", ["2005", "2010", "2015", "2020"]),
    ],
)  # fmt: skip
def test_a_longer_span_is_counted_and_labelled_in_longer_steps(
    first: str, last: str, by: str, said: list[str]
) -> None:
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert step(*days) == by
    assert list(labels(*days, ENGLISH).values()) == said


@given(DAYS, DAYS)
def test_every_label_stands_on_a_day_of_the_span_and_few_enough_can_be_read(
    one: dt.date, other: dt.date
) -> None:
    first, last = sorted((one, other))
    said = labels(first, last, ENGLISH)
    assert 1 <= len(said) <= 6
    assert all(first <= day <= last for day in said)
    assert list(said) == sorted(said)
    assert len(set(said.values())) == len(said)


@given(DAYS)
def test_a_step_begins_on_its_first_day(day: dt.date) -> None:
    assert beginning(day, "day") == day
    assert beginning(day, "month") == dt.date(day.year, day.month, 1)
    assert beginning(day, "year") == dt.date(day.year, 1, 1)
