"""The time that a question names: a day, a week of a month, a month or a year."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from corpus.arabic import normalise, western_digits
from corpus.dates import find_dates

_YEAR = re.compile(r"(?<![\d.,])(1[3-9]\d\d|20\d\d)(?![\d.,]\d|\d)")
_FIRST_WEEK = re.compile(r"first week|الاسبوع الاول|اول اسبوع")
_LAST_WEEK = re.compile(r"last week of|final week|الاسبوع الاخير|اخر اسبوع")


def named_period(question: str) -> tuple[dt.date, dt.date] | None:
    """Finds the time that a question asks about.

    Month names of every calendar that `corpus.dates` reads are understood, so a month of the
    Hijri year gives its days in the Gregorian one.

    Returns:
        The first and the last day, or None where no time is named.
    """
    if days := find_dates(question):
        return min(day.date for day in days), max(day.date for day in days)
    plain = western_digits(question)
    year = _YEAR.search(plain)
    if year is None:
        return None
    before = re.findall(r"[^\W\d_]+", plain[: year.start()])[-3:]
    for first_word in range(len(before)):
        month = " ".join(before[first_word:])
        starts = find_dates(f"1 {month} {year.group()}")
        if starts:
            return _week(question, *_month(starts[0].date, month, year.group()))
    number = int(year.group())
    if number < 1900:  # a Hijri year without a month
        starts = find_dates(f"1 محرم {number}") + find_dates(f"1 محرم {number + 1}")
        if len(starts) == 2:
            return starts[0].date, starts[1].date - dt.timedelta(days=1)
        return None
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


def _month(first: dt.date, name: str, year: str) -> tuple[dt.date, dt.date]:
    if first.day == 1:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    lengths = (find_dates(f"{day} {name} {year}") for day in (31, 30, 29))
    return first, next(found[0].date for found in lengths if found)


def _week(question: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    asked = normalise(question)
    if _FIRST_WEEK.search(asked):
        return first, first + dt.timedelta(days=6)
    if _LAST_WEEK.search(asked):
        return last - dt.timedelta(days=6), last
    return first, last
