"""Dates as newspapers write them: three calendars, many languages' months, any digits.

The one recogniser of dates. `find_dates` finds full dates in a text, `find_calendar_dates` partial
ones too, and `parse_date` reads the value of a field, whatever the format of its file. Day first,
as everywhere outside the United States; a year of the Hijri or the Persian calendar is converted.
"Yesterday" and "last Thursday" are read in `corpus.relative_days`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from corpus.arabic import is_arabic, normalise, western_digits
from corpus.calendar_names import MONTH_NAMES, WEEKDAY_NAMES, Calendar
from corpus.calendar_names import MONTHS as MONTHS
from corpus.calendar_names import WEEKDAYS as WEEKDAYS


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that a text mentions: ``text[start:end]`` is how it is written.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        date: The day, in the Gregorian calendar.
        written: The words as they stand.
    """

    start: int
    end: int
    date: dt.date
    written: str


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A full or partial date in a text: ``text[start:end]`` is how it is written.

    Either some of ``year``, ``month`` and ``day`` are known, in the calendar's own numbers, or
    ``weekday`` alone.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        written: The words as they stand.
        calendar: The calendar that its numbers belong to.
        year: The year.
        month: The month, from 1.
        day: The day of the month.
        weekday: The day of the week, of which Monday is 0.
    """

    start: int
    end: int
    written: str
    calendar: Calendar = "gregorian"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The day in the Gregorian calendar; None for a partial date."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return gregorian(self.calendar, self.year, self.month, self.day)

    @property
    def key(self) -> str:
        """What is known, written the same way for the same date.

        A full date of any calendar is the Gregorian day: ``2021-04-27``. A partial one is
        ``2021-04``, ``2021``, ``--04-27`` or ``--04``, after the name of its calendar where that
        is another (``hijri:1442-09``). A weekday is ``day-1`` (Monday) to ``day-7``.
        """
        if self.weekday is not None:
            return f"day-{self.weekday + 1}"
        if self.date:
            return self.date.isoformat()
        parts = [str(self.year) if self.year is not None else "-"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        prefix = "" if self.calendar == "gregorian" else f"{self.calendar}:"
        return prefix + "-".join(parts)


_PERSIAN_LETTERS = re.compile("[پچژگکی۰-۹]")  # and digits
_ARABIC = re.compile("[\u0621-\u064a\u0660-\u0669]")
_TOKEN = re.compile(
    "\\d+|[^\\W\\d_](?:[^\\W\\d_]|[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d])*"
)
_GAP = re.compile(r"[\s/.,،|\-–—()'’\u200e\u200f]{0,5}")
_SEPARATOR = re.compile(r"\s*[/.\-–‐]\s*")
_CHINESE = str.maketrans("年月日년월일", "-- -- ")
_SMALL = frozenset(
    normalise(w)
    for w in ("من", "شهر", "of", "de", "del", "th", "st", "nd", "rd", "er", "ê", "ی", "ב")
)
_BEFORE_YEAR = _SMALL | {normalise(w) for w in ("عام", "سنة", "لعام", "لسنة", "سال", "ماه", "في")}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number in a text, with its normal form."""

    start: int
    end: int
    form: str

    @property
    def number(self) -> int | None:
        """Its number, if it is one of up to four digits."""
        return int(self.form) if self.form.isdecimal() and len(self.form) <= 4 else None


def tokens_of(text: str) -> list[Token]:
    """Splits a text into words and numbers; a word and a number that touch are two."""
    plain = western_digits(text)
    return [Token(m.start(), m.end(), normalise(m.group())) for m in _TOKEN.finditer(plain)]


def find_dates(text: str) -> list[DateMention]:
    """Finds the full dates that a text mentions, in order.

    Args:
        text: Any text of ordinary length, such as a line or an article.
    """
    plain = western_digits(text).translate(_CHINESE)
    if not any(map(str.isdigit, plain)):
        return []
    tokens = tokens_of(plain)
    found: list[DateMention] = []
    at = 0
    while at < len(tokens):
        if full := _full_date(text, plain, tokens, at):
            after, calendar, year, month, day = full
            date = gregorian(calendar, year, month, day)
            start, end = tokens[at].start, tokens[after - 1].end
            if date:
                found.append(DateMention(start, end, date, text[start:end]))
            at = after - 1
        at += 1
    return found


def find_calendar_dates(text: str, language: str | None = None) -> list[CalendarDate]:
    """Finds the dates in a text, full and partial, in order and without overlap.

    Found are full dates, a day of a month («15 رمضان», "May 12"), a month of a year, a month, a
    year, and a weekday. A word that is a month or a weekday only in some languages counts in
    those; one with another meaning ("may", «مهر», «أحد») only beside a number, or with its
    article. A bare number is a year only between 1800 and 2100 and where nothing is counted
    ("2,021", "2019%", "$2000").

    Args:
        text: A sentence or an article.
        language: Its language code, where it is known. Without it weekdays of Arabic, Persian,
            English and French are found.
    """
    plain = western_digits(text).translate(_CHINESE)
    tokens = tokens_of(plain)
    weekdays = WEEKDAYS if language is None else WEEKDAY_NAMES.get(language, {})
    found: list[CalendarDate] = []
    at = 0
    while at < len(tokens):
        if full := _full_date(text, plain, tokens, at):
            after, calendar, year, month, day = full
            parts: Mapping[str, int] = {"year": year, "month": month, "day": day}
        elif partial := (
            _partial_date(text, plain, tokens, at)
            or _year(text, plain, tokens, at)
            or _weekday(plain, tokens, at, weekdays)
        ):
            after, calendar, parts = partial
        else:
            at += 1
            continue
        start, end = tokens[at].start, tokens[after - 1].end
        found.append(CalendarDate(start, end, text[start:end], calendar, **parts))
        at = after
    return found


_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}[:٫]\d{2}(?:[:٫]\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\b\.?)?"
    r"(?:\s*(?:[+-]\d{2}:?\d{2}|(?:UTC|GMT|Z|[A-Z]{2,4}T)\b))*",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?:T?\d{4}(?:\d\d)?)?(?:Z|[+-]|\Z)")
# RFC 822's form, in which RSS and old mails may leave the century out.
_SHORT_YEAR = re.compile(
    r"(?:[A-Za-z]{3},\s*)?(\d{1,2}) ([A-Za-z]{3}) (\d\d)(?=\s+\d{1,2}:\d\d)", re.IGNORECASE
)
_CENTURY_TURN = 69  # below it a year of two figures is of this century, as in POSIX
_EPOCH = re.compile(r"-?\d{9,13}(?:\.\d+)?")
# The instants that a number can mean, in seconds: 1973 to 2100.
_FIRST_INSTANT, _LAST_INSTANT = 1e8, 4.1e9


def parse_date(value: object) -> dt.date | None:
    """Reads the value of a field that holds a date, the same for every format of file.

    The day is the one that is written, in whatever zone: it is not moved to UTC. Only a number
    of seconds or milliseconds since 1970 names an instant without a zone, and its day is that of
    UTC. A date without a day, or without a year, is none.

    Args:
        value: A text (ISO 8601, RFC 2822, or as in `find_dates`), a number, or a date.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = western_digits(str(value)[:200]).strip()
    for form in (_COMPACT, _ISO):
        match = form.match(text)
        if match and (date := gregorian("gregorian", *map(int, match.groups()))):
            return date
    if short := _SHORT_YEAR.match(text):
        day, month, year = short.groups()
        century = 2000 if int(year) < _CENTURY_TURN else 1900
        text = f"{day} {month} {century + int(year)}"
        mentions = find_dates(text)
        return mentions[0].date if mentions else None
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if abs(float(text)) > 1e11 else 1)
        if _FIRST_INSTANT < seconds < _LAST_INSTANT:
            return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date()
        return None
    mentions = find_dates(_CLOCK.sub(" ", str(value)[:200]))
    return mentions[0].date if mentions else None


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> dt.date | None:
    """Converts a day to the Gregorian calendar; None where there is no such day."""
    try:
        if calendar == "hijri" and 1343 <= year <= 1500:
            from hijridate import Hijri

            return dt.date(*Hijri(year, month, day).to_gregorian().datetuple())
        if calendar == "persian" and 1300 <= year <= 1500:
            import jdatetime

            return dt.date.fromisoformat(jdatetime.date(year, month, day).togregorian().isoformat())
        if calendar == "gregorian" and 1900 <= year <= 2100:
            return dt.date(year, month, day)
    except (ValueError, OverflowError):
        pass
    return None


_Full = tuple[int, Calendar, int, int, int]
_Partial = tuple[int, Calendar, Mapping[str, int]]


def _full_date(written: str, text: str, tokens: list[Token], at: int) -> _Full | None:
    """Reads a full date that begins at a token.

    Returns:
        The place of the token after it, the calendar, year, month and day.
    """
    first = tokens[at].number
    if first is None:
        if month := month_at(text, tokens, at):
            calendar, number, after = month
            after = skip(text, tokens, after, _SMALL)
            day = _number(text, tokens, after)
            after_day = skip(text, tokens, after + 1, _SMALL)
            year = _number(text, tokens, after_day)
            if day and year and gregorian(calendar, year, number, day):
                return after_day + 1, calendar, year, number, day
        return None
    if month := month_at(text, tokens, skip(text, tokens, at + 1, _SMALL)):
        calendar, number, after = _same_month(text, tokens, month)
        after = skip(text, tokens, after, _BEFORE_YEAR)
        last = _number(text, tokens, after)
        for year, day in ((last, first), (first, last)):
            if year and day and gregorian(calendar, year, number, day):
                return after + 1, calendar, year, number, day
        return None
    if at + 2 < len(tokens) and all(
        _SEPARATOR.fullmatch(text[tokens[n].end : tokens[n + 1].start]) for n in (at, at + 1)
    ):
        second, third = tokens[at + 1].number, tokens[at + 2].number
        if second and third:
            for year, number, day in (
                ((first, second, third),)
                if len(tokens[at].form) == 4
                else ((third, second, first), (third, first, second))
                if len(tokens[at + 2].form) == 4
                else ()
            ):
                of_year = _calendar_of(written, year)
                if of_year and gregorian(of_year, year, number, day):
                    return at + 3, of_year, year, number, day
    return None


def _calendar_of(written: str, year: int) -> Calendar | None:
    """Tells the calendar of a date in figures by its year, its letters and its digits.

    1404 is 2025 of the Persian calendar or 1984 of the Hijri one; bare figures do not tell which.
    """
    if year >= 1900:
        return "gregorian"
    if year < 1400 or _PERSIAN_LETTERS.search(written):
        return "persian"
    return "hijri" if year >= 1430 or _ARABIC.search(written) else None


# Names that are ordinary words or names of people: months only beside a number.
_DOUBTFUL_MONTHS = frozenset(
    normalise(word)
    for word in (
        "may", "march", "mars", "mart", "marca", "sept", "mei", "maj", "maja", "nisan", "ocak",
        "gulan", "adar", "august", "ماي", "مه", "می", "آب", "اوت", "جوان",
    )
)  # fmt: skip
# Names that are too common as words even beside a number: "3 may apply", «3 صفر», «٥ تير».
_NEVER_BESIDE_A_DAY = frozenset(normalise(word) for word in ("صفر", "مه", "می"))
_YEARS: Mapping[Calendar, range] = {
    "gregorian": range(1000, 2101), "hijri": range(1, 1501), "persian": range(1200, 1501),
}  # fmt: skip
_PREFIXES = ("و", "ب", "ل", "ك")


def _partial_date(written: str, text: str, tokens: list[Token], at: int) -> _Partial | None:
    """Reads a day of a month, a month of a year, or a month."""
    day = tokens[at].number
    if day is not None:
        month = month_at(text, tokens, skip(text, tokens, at + 1, _SMALL))
        if not month or not 1 <= day <= 31 or len(tokens[at].form) > 2:
            return None
        name = _name(tokens, month, skip(text, tokens, at + 1, _SMALL))
        calendar, number, after = _same_month(text, tokens, month)
        doubtful = name in _NEVER_BESIDE_A_DAY or not _capital(text, tokens[after - 1], name)
        if doubtful or (calendar == "persian" and not _PERSIAN_LETTERS.search(written)):
            return None
        if _part_of_number(text, tokens[at]) or (calendar == "hijri" and day > 30):
            return None
        return after, calendar, {"month": number, "day": day}
    month = month_at(text, tokens, at, _PREFIXES)
    if not month:
        return None
    name = _name(tokens, month, at)
    calendar, number, after = _same_month(text, tokens, month)
    if not _capital(text, tokens[at], name):
        return None
    place = skip(text, tokens, after, _BEFORE_YEAR | {"in", "en", "do"})
    year = _whole_number(text, tokens, place)
    if year and year in _YEARS[calendar] and len(tokens[place].form) >= 3:
        return place + 1, calendar, {"year": year, "month": number}
    day = _whole_number(text, tokens, after)
    beside = day and tokens[after].start - tokens[after - 1].end <= 1
    if day and beside and day <= 31 and not is_arabic(name):
        after_day = skip(text, tokens, after + 1, {"st", "nd", "rd", "th"})
        return after_day, calendar, {"month": number, "day": day}
    if calendar == "gregorian" and name in MONTHS and name not in _DOUBTFUL_MONTHS:
        return (after, calendar, {"month": number}) if len(name) > 3 else None
    return None


def _name(tokens: list[Token], month: tuple[Calendar, int, int], at: int) -> str:
    return " ".join(token.form for token in tokens[at : month[2]])


def _capital(text: str, token: Token, name: str) -> bool:
    """Tells whether an English month that is also a word has its capital."""
    return name not in ("may", "march") or text[token.start].isupper()


_YEAR_WORDS = frozenset(
    normalise(word)
    for word in (
        "عام", "العام", "لعام", "بعام", "سنة", "السنة", "لسنة", "سال", "in", "since", "year",
        "en", "année", "depuis", "jahr", "seit", "año", "desde", "anno", "dal", "nel", "ano",
        "yılında", "году", "בשנת", "سنه", "ساڵی", "سالێ",
    )
)  # fmt: skip
_ERA_WORDS: Mapping[Calendar, str] = {
    "gregorian": "ميلادي|ميلادية|للميلاد|ad|ce",
    "hijri": "هـ|هجري|هجرية|للهجرة|قمری",
    "persian": "شمسی|خورشیدی",
}
_ERAS: Mapping[str, Calendar] = {
    normalise(word): calendar for calendar, words in _ERA_WORDS.items() for word in words.split("|")
}
_ALONE = range(1800, 2101)


def _year(written: str, text: str, tokens: list[Token], at: int) -> _Partial | None:
    year = tokens[at].number
    if year is None or len(tokens[at].form) < 3 or _part_of_number(text, tokens[at]):
        return None
    era = _ERAS.get(tokens[at + 1].form) if _adjacent(text, tokens, at + 1) else None
    if era and year in _YEARS[era]:
        return at + 2, era, {"year": year}
    after = text[tokens[at].end : tokens[at].end + 2].strip()[:1]
    if after in ("%", "٪", "$", "€", "£") or text[: tokens[at].start][-1:] in ("$", "€", "£"):
        return None
    named = at > 0 and _adjacent(text, tokens, at) and tokens[at - 1].form in _YEAR_WORDS
    if len(tokens[at].form) == 4 and year in _ALONE:
        return at + 1, "gregorian", {"year": year}
    if named and 1300 <= year < 1500 and (calendar := _calendar_of(written, year)):
        return at + 1, calendar, {"year": year}
    return None


def _weekday(
    text: str, tokens: list[Token], at: int, weekdays: Mapping[str, int]
) -> _Partial | None:
    found = weekday_at(text, tokens, at, weekdays)
    if found is None:
        return None
    weekday, after = found
    form = tokens[at].form
    # Without the article an Arabic weekday may mean "two" or "anyone".
    if form in WEEKDAY_NAMES["ar"] and not form.startswith("ال"):
        return None
    return after, "gregorian", {"weekday": weekday}


def weekday_at(
    text: str, tokens: list[Token], at: int, weekdays: Mapping[str, int]
) -> tuple[int, int] | None:
    """Reads a weekday's name of one word or two, and gives the place of the token after it."""
    if at >= len(tokens):
        return None
    if _adjacent(text, tokens, at + 1):
        two = weekdays.get(f"{tokens[at].form} {tokens[at + 1].form}")
        if two is not None:
            return two, at + 2
    number = weekdays.get(tokens[at].form)
    return None if number is None else (number, at + 1)


def _part_of_number(text: str, token: Token) -> bool:
    """Tells whether figures belong to a longer number, such as 2,021 or 1.5."""
    before, after = text[: token.start][-2:], text[token.end : token.end + 2]
    return bool(re.fullmatch(r"\d[.,:٫٬]", before) or re.fullmatch(r"[.,:٫٬]\d", after))


def _adjacent(text: str, tokens: list[Token], at: int) -> bool:
    return 0 < at < len(tokens) and bool(
        _GAP.fullmatch(text[tokens[at - 1].end : tokens[at].start])
    )


def skip(text: str, tokens: list[Token], at: int, words: Container[str]) -> int:
    """Gives the place of the first token from ``at`` that is none of these words."""
    while _adjacent(text, tokens, at) and tokens[at].form in words:
        at += 1
    return at


def form_at(text: str, tokens: list[Token], at: int) -> str:
    """Gives a token's form; nothing where it does not follow the one before directly."""
    return tokens[at].form if _adjacent(text, tokens, at) else ""


def _number(text: str, tokens: list[Token], at: int) -> int | None:
    return tokens[at].number if _adjacent(text, tokens, at) else None


def _whole_number(text: str, tokens: list[Token], at: int) -> int | None:
    number = _number(text, tokens, at)
    return None if number is None or _part_of_number(text, tokens[at]) else number


def month_at(
    text: str, tokens: list[Token], at: int, prefixes: tuple[str, ...] = ()
) -> tuple[Calendar, int, int] | None:
    """Reads a month's name of one word or two, and gives the place of the token after it."""
    if at >= len(tokens) or (at and not _adjacent(text, tokens, at) and tokens[at - 1].number):
        return None
    for prefix in ("", *prefixes):
        form = tokens[at].form
        if not form.startswith(prefix):
            continue
        form = form[len(prefix) :]
        if prefix and len(form) <= 3:  # «باب» is a door, not "in August"
            continue
        if _adjacent(text, tokens, at + 1):
            two = MONTH_NAMES.get(f"{form} {tokens[at + 1].form}")
            if two:
                return *two, at + 2
        if one := MONTH_NAMES.get(form):
            return *one, at + 1
    return None


def _same_month(
    text: str, tokens: list[Token], month: tuple[Calendar, int, int]
) -> tuple[Calendar, int, int]:
    """Passes over a second name of a month: «24 نيسان / أبريل 2020»."""
    calendar, number, after = month
    while (again := month_at(text, tokens, after)) and again[:2] == month[:2]:
        after = again[2]
    return calendar, number, after
