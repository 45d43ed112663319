"""Time along an axis: how long the steps are that articles are counted by, and what is labelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from assistant.messages.wording import Wording

Step = Literal["day", "month", "year"]

FORMATS: dict[Step, str] = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
"""How a step is named: as its days begin in ISO 8601."""

_DAYS = 62  # at the most, of articles counted by the day
_MONTHS = 96  # by the month; more are too thin to press
_LABELS = 6  # at the most
_EVERY: dict[Step, tuple[int, ...]] = {
    "day": (1, 2, 5, 10, 15),
    "month": (1, 2, 3, 6),
    "year": (1, 2, 5, 10, 20, 50, 100),
}


def step(first: dt.date, last: dt.date) -> Step:
    """The shortest step that leaves the bars between two days wide enough to be pressed."""
    if (last - first).days < _DAYS:
        return "day"
    return "month" if _months(last) - _months(first) < _MONTHS else "year"


def beginning(day: dt.date, of: Step) -> dt.date:
    """The first day of the step that a day is in."""
    if of == "day":
        return day
    return day.replace(day=1) if of == "month" else day.replace(month=1, day=1)


def labels(first: dt.date, last: dt.date, words: Wording) -> dict[dt.date, str]:
    """The days to label between two days, with their labels: years, months or days.

    The longest of these is taken of which at least two begin in between, in steps that a calendar
    has (every second year, every third month), few enough to be read.
    """
    for unit in ("year", "month", "day"):
        starts = list(_starts(first, last, unit))
        if len(starts) > 1 or unit == "day":
            break
    for every in _EVERY[unit]:
        kept = [start for start in starts if _place(start, unit) % every == 0]
        if len(kept) <= _LABELS:
            break
    say = {"year": words.year, "month": words.month, "day": words.day_of_month}[unit]
    return {start: say(start) for start in kept or starts[:1]}


def _starts(first: dt.date, last: dt.date, unit: Step) -> Iterator[dt.date]:
    """The first days of all years, months or days that begin between two days."""
    day = beginning(first, unit)
    while day <= last:
        if day >= first:
            yield day
        ahead = {"day": 1, "month": 31, "year": 366}[unit]
        day = beginning(day + dt.timedelta(ahead), unit)


def _place(day: dt.date, unit: Step) -> int:
    """Where a day, month or year stands in what it is counted in."""
    return {"day": day.day - 1, "month": day.month - 1, "year": day.year}[unit]


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month
