"""The time that a question names: a day, a week of a month, a month or a year."""

from __future__ import annotations

import datetime as dt
import re

from corpus.arabic import normalise
from corpus.calendar_names import Calendar
from corpus.dates import find_calendar_dates, gregorian

_FIRST_WEEK = re.compile(r"first week|الاسبوع الاول|اول اسبوع")
_LAST_WEEK = re.compile(r"last week of|final week|الاسبوع الاخير|اخر اسبوع")


def named_period(question: str) -> tuple[dt.date, dt.date] | None:
    """Finds the time that a question asks about.

    Month names of every calendar that `corpus.dates` reads are understood, so a month of the
    Hijri year gives its days in the Gregorian one.

    Returns:
        The first and the last day, or None where no time is named.
    """
    dates = [date for date in find_calendar_dates(question) if date.year is not None]
    if days := [date.date for date in dates if date.date]:
        return min(days), max(days)
    for date in dates:
        if date.year is not None and (days := _days(date.calendar, date.year, date.month)):
            first, last = days[0], days[-1]
            return _week(question, first, last) if date.month else (first, last)
    return None


def _days(calendar: Calendar, year: int, month: int | None) -> list[dt.date]:
    """Gives the first and the last day of a month or a year, in the Gregorian calendar."""
    first = gregorian(calendar, year, month or 1, 1)
    last = next(
        (day for n in (31, 30, 29, 28) if (day := gregorian(calendar, year, month or 12, n))), None
    )
    return [first, last] if first and last else []


def _week(question: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    asked = normalise(question)
    if _FIRST_WEEK.search(asked):
        return first, first + dt.timedelta(days=6)
    if _LAST_WEEK.search(asked):
        return last - dt.timedelta(days=6), last
    return first, last
