import datetime as dt

import pytest

from assistant.periods import named_period


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("ماذا حدث في يوليو 2021؟", "2021-07-01", "2021-07-31"),
        ("ماذا حدث في تموز ٢٠٢١؟", "2021-07-01", "2021-07-31"),
        ("كانون الثاني 2021", "2021-01-01", "2021-01-31"),
        ("last week of March 2023", "2023-03-25", "2023-03-31"),
        ("الأسبوع الأول من مارس 2023", "2023-03-01", "2023-03-07"),
        ("what happened in 2021?", "2021-01-01", "2021-12-31"),
        ("on 14 July 2021", "2021-07-14", "2021-07-14"),
        ("from 3 April 2021 to 5 May 2021", "2021-04-03", "2021-05-05"),
        ("في رمضان 1442", "2021-04-13", "2021-05-12"),
        ("عام 1442", "2020-08-20", "2021-08-08"),
        ("در بهمن ۱۳۹۸ چه شد؟", "2020-01-21", "2020-02-19"),
        ("في تشرين الأول/أكتوبر 2023", "2023-10-01", "2023-10-31"),
        ("en février 2020", "2020-02-01", "2020-02-29"),
    ],
)
def test_a_named_time_is_found(question: str, first: str, last: str) -> None:
    assert named_period(question) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("question", ["ماذا حدث؟", "How many attacks since May?", "1,442 dead", ""])
def test_no_time_is_made_up(question: str) -> None:
    assert named_period(question) is None
