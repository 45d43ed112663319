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
    if full := [date.date for date in dates if date.date]:
        return min(full), max(full)
    for date in dates:
        if date.year is not None and (days := calendar_days(date.calendar, date.year, date.month)):
            return week_of(question, *days) if date.month else days
    return None


def calendar_days(
    calendar: Calendar, year: int, month: int | None = None, day: int | None = None
) -> tuple[dt.date, dt.date] | None:
    """Gives the first and the last day of a year, a month or a day, in the Gregorian calendar."""
    first = gregorian(calendar, year, month or 1, day or 1)
    last_days = (day,) if day else (31, 30, 29, 28)
    last = next((d for n in last_days if (d := gregorian(calendar, year, month or 12, n))), None)
    return (first, last) if first and last else None


def week_of(question: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Narrows a month to the week of it that a question names, if it names one."""
    asked = normalise(question)
    if _FIRST_WEEK.search(asked):
        return first, first + dt.timedelta(days=6)
    if _LAST_WEEK.search(asked):
        return last - dt.timedelta(days=6), last
    return first, last
