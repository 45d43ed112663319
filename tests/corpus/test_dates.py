import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_calendar_dates, find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "written", "date"),
    [
        ("السبت 31 يوليو 2021 - 10:30", "31 يوليو 2021", "2021-07-31"),
        ("اليوم الأربعاء (8 تشرين الثاني 2023)", "8 تشرين الثاني 2023", "2023-11-08"),
        ("08-11-2023", "08-11-2023", "2023-11-08"),
        ("الإثنين ٢٣ / ديسمبر / ٢٠٢٤", "٢٣ / ديسمبر / ٢٠٢٤", "2024-12-23"),
        ("24 نيسان / أبريل 2020", "24 نيسان / أبريل 2020", "2020-04-24"),
        ("24 نَيْسان 2020", "24 نَيْسان 2020", "2020-04-24"),
        ("الجمعة 8 فيفري 2019", "8 فيفري 2019", "2019-02-08"),
        ("12 غشت 2020", "12 غشت 2020", "2020-08-12"),
        ("3 دجنبر 2019", "3 دجنبر 2019", "2019-12-03"),
        ("31 من كانون الأول عام 2021", "31 من كانون الأول عام 2021", "2021-12-31"),
        ("15 رمضان 1442 هـ", "15 رمضان 1442", "2021-04-27"),
        ("1442/9/15", "1442/9/15", "2021-04-27"),
        ("٥ ربيع الآخر ١٤٤٥", "٥ ربيع الآخر ١٤٤٥", "2023-10-20"),
        ("سه‌شنبه ۲۹ بهمن ۱۳۹۸", "۲۹ بهمن ۱۳۹۸", "2020-02-18"),
        ("۱۳۹۹/۰۴/۱۲", "۱۳۹۹/۰۴/۱۲", "2020-07-02"),
        ("November 9, 2020", "November 9, 2020", "2020-11-09"),
        ("9 Nov. 2020", "9 Nov. 2020", "2020-11-09"),
        ("March 3rd, 2021", "March 3rd, 2021", "2021-03-03"),
        ("Publié le 1er août 2021", "1er août 2021", "2021-08-01"),
        ("5 Mayıs 2022", "5 Mayıs 2022", "2022-05-05"),
        ("29. März 2021", "29. März 2021", "2021-03-29"),
        ("29 марта 2021", "29 марта 2021", "2021-03-29"),
        ("2020年3月17日", "2020年3月17", "2020-03-17"),
        ("GMT 17:27 17.03.2020(", "17.03.2020", "2020-03-17"),
        ("12/31/2020", "12/31/2020", "2020-12-31"),
        ("2020-11-09T10:00", "2020-11-09", "2020-11-09"),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, written: str, date: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.written, str(mention.date)) == (written, date)


@pytest.mark.parametrize(
    "text",
    ["24 ديسمبر", "في 3 مباريات 2020", "192.168.2010.1", "32/13/2020", "30 فبراير 2021",
     "من 2019 إلى 2021", "31-11-2020", "1.2.3", "May 2020"],
)  # fmt: skip
def test_what_is_no_full_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(text) == []


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_a_numeric_date_is_read_day_first(date: dt.date, mark: str) -> None:
    written = f"{date.day:02}{mark}{date.month:02}{mark}{date.year}"
    (mention,) = find_dates(f"نشر في {written} مساء")
    assert (mention.date, mention.written) == (date, written)


@given(st.one_of(st.text(), st.text(alphabet="0123٤٥/.- يناير1من")))
def test_mentions_stand_in_order_and_quote_the_text(text: str) -> None:
    mentions = [*find_dates(text), *find_calendar_dates(text), *find_calendar_dates(text, "fa")]
    assert all(text[m.start : m.end] == m.written for m in mentions)
    for found in (find_dates(text), find_calendar_dates(text)):
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))  # noqa: RUF007


def test_fields_are_read_as_iso_dates_first() -> None:
    assert parse_date(" 2021-07-31T10:00:00Z") == dt.date(2021, 7, 31)
    assert parse_date("31 يوليو 2021") == dt.date(2021, 7, 31)
    assert parse_date("soon") is None
