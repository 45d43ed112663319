"""Dates as newspapers write them: three calendars, a dozen languages' months, any digits.

Day first, as everywhere outside the United States; a year of the Hijri or the Persian calendar is
converted. A day without a year, or a day told from another («أمس الأحد», "last Thursday"), is a
date only where the day of publication is known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.arabic import normalise, western_digits


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


def _numbered(*names: str) -> dict[str, int]:
    """Months by name; a name's spellings are parted by bars."""
    return {
        normalise(spelling): number
        for number, spellings in enumerate(names, start=1)
        for spelling in spellings.split("|")
    }


# Months of the Gregorian calendar by normalised name, and weekdays, of which Monday is 0.
MONTHS: Mapping[str, int] = (
    # Egypt and the Gulf, with the spellings of the Maghreb
    _numbered(
        "يناير|جانفي|ژانویه",
        "فبراير|فيفري|فوریه",
        "مارس",
        "أبريل|إبريل|ابريل|أفريل|آوریل",
        "مايو|ماي|مه|می",
        "يونيو|يونيه|جوان|ژوئن",
        "يوليو|يوليه|جويلية|يوليوز|ژوئیه|جولای",
        "أغسطس|اغسطس|أوت|غشت|اوت",
        "سبتمبر|شتنبر|سپتامبر",
        "أكتوبر|اكتوبر|أوكتوبر|اکتبر",
        "نوفمبر|نونبر|نوامبر",
        "ديسمبر|دجنبر|دسامبر",
    )
    # The Levant and Iraq
    | _numbered(
        "كانون الثاني|كانون ثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار|ايار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول|ايلول",
        "تشرين الأول|تشرين اول|تشرين أول",
        "تشرين الثاني|تشرين ثاني",
        "كانون الأول|كانون اول|كانون أول",
    )
    | _numbered(
        "january|jan|janvier|januar|enero|gennaio|janeiro|ocak|января",
        "february|feb|février|février|februar|febrero|febbraio|fevereiro|şubat|февраля",
        "march|mar|mars|märz|marzo|março|mart|марта",
        "april|apr|avril|abril|aprile|nisan|апреля",
        "may|mai|mayo|maggio|maio|mayıs|мая",
        "june|jun|juin|juni|junio|giugno|junho|haziran|июня",
        "july|jul|juillet|juli|julio|luglio|julho|temmuz|июля",
        "august|aug|août|agosto|ağustos|августа",
        "september|sep|sept|septembre|septiembre|settembre|setembro|eylül|сентября",
        "october|oct|octobre|oktober|octubre|ottobre|outubro|ekim|октября",
        "november|nov|novembre|noviembre|novembro|kasım|ноября",
        "december|dec|décembre|dezember|diciembre|dicembre|dezembro|aralık|декабря",
    )
)
_HIJRI = _numbered(
    "محرم|المحرم|محرم الحرام",
    "صفر",
    "ربيع الأول|ربيع اول",
    "ربيع الآخر|ربيع الثاني|ربيع ثاني",
    "جمادى الأولى|جمادى الأول|جمادي الاول",
    "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جمادى الاخر",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة|ذي القعدة|ذوالقعدة|ذیقعده",
    "ذو الحجة|ذي الحجة|ذوالحجة|ذیحجه",
)
_PERSIAN = _numbered(
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد|امرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
_MONTHS = {
    **{name: ("persian", number) for name, number in _PERSIAN.items()},
    **{name: ("hijri", number) for name, number in _HIJRI.items()},
    **{name: ("gregorian", number) for name, number in MONTHS.items()},
}
_PERSIAN_LETTERS = re.compile("[پچژگکی]")

_TOKEN = re.compile(
    "\\d+|[^\\W\\d_](?:[^\\W\\d_]|[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d])*"
)
_GAP = re.compile(r"[\s/.,،|\-–—()'\u200e\u200f]{0,5}")
_SEPARATOR = re.compile(r"\s*[/.\-–‐]\s*")
_DIGIT = re.compile("[0-9]")
_CHINESE = str.maketrans("年月日", "-- ")
_SMALL = frozenset(
    normalise(w) for w in ("من", "شهر", "of", "de", "del", "th", "st", "nd", "rd", "er")
)
_BEFORE_YEAR = _SMALL | {normalise(w) for w in ("عام", "سنة", "لعام", "لسنة", "سال", "ماه", "في")}


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    form: str

    @property
    def number(self) -> int | None:
        return int(self.form) if self.form.isdecimal() and len(self.form) <= 4 else None


def find_dates(text: str) -> list[DateMention]:
    """Finds the full dates that a text mentions, in order.

    Args:
        text: Any text of ordinary length, such as a line or an article.
    """
    plain = western_digits(text).translate(_CHINESE)
    if not _DIGIT.search(plain):
        return []
    tokens = [_Token(m.start(), m.end(), normalise(m.group())) for m in _TOKEN.finditer(plain)]
    found: list[DateMention] = []
    at = 0
    while at < len(tokens):
        for following, date in _readings(plain, tokens, at):
            start, end = tokens[at].start, tokens[following - 1].end
            found.append(DateMention(start, end, date, text[start:end]))
            at = following - 1
            break
        at += 1
    return found


def parse_date(text: str) -> dt.date | None:
    """Reads a field that holds a date, such as front matter's, ISO 8601 or as in `find_dates`."""
    text = text.strip()
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", western_digits(text))
    if match:
        return _gregorian("gregorian", *(int(part) for part in match.groups()))
    mentions = find_dates(text)
    return mentions[0].date if mentions else None


WEEKDAYS: Mapping[str, int] = {
    normalise(spelling): number
    for number, spellings in enumerate(
        (
            "الاثنين|الإثنين|اثنين|monday|lundi|دوشنبه",
            "الثلاثاء|ثلاثاء|tuesday|mardi|سه‌شنبه",
            "الأربعاء|أربعاء|wednesday|mercredi|چهارشنبه",
            "الخميس|خميس|thursday|jeudi|پنجشنبه|پنج‌شنبه",
            "الجمعة|جمعة|friday|vendredi",
            "السبت|سبت|saturday|samedi|شنبه",
            "الأحد|أحد|sunday|dimanche|یکشنبه|یک‌شنبه",
        )
    )
    for spelling in spellings.split("|")
}
_DAYS_AWAY = {
    normalise(word): days
    for word, days in {
        "أمس": -1, "البارحة": -1, "اليوم": 0, "غداً": 1, "غد": 1, "الغد": 1,
        "yesterday": -1, "today": 0, "tomorrow": 1, "hier": -1, "aujourd": 0, "demain": 1,
        "دیروز": -1, "امروز": 0, "فردا": 1,
    }.items()
}  # fmt: skip
# Words with other meanings: only a weekday after them tells that they mean a day.
_NEEDS_WEEKDAY = frozenset(normalise(word) for word in ("اليوم", "غد", "الغد", "غداً", "فردا"))
_PAST = frozenset(
    normalise(word)
    for word in ("الماضي", "الماضية", "الفائت", "المنصرم", "last", "dernier", "dernière", "گذشته")
)
_COMING = frozenset(
    normalise(word)
    for word in ("المقبل", "المقبلة", "القادم", "القادمة", "next", "prochain", "آینده")
)
_THIS_MONTH = frozenset(normalise(word) for word in ("الجاري", "الحالي"))
_UNITS = "الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر"
_ORDINALS = {normalise(word): n for n, word in enumerate(_UNITS.split("|"), start=1)}
_ORDINALS |= {normalise("الحادي"): 1}
_TENS = {normalise("العشرين"): 20, normalise("الثلاثين"): 30, normalise("عشر"): 10}


def relative_days(text: str, published: dt.date) -> list[DateMention]:
    """Resolves the days that a text tells from the day of its publication.

    «أمس الأحد», «الخميس الماضي», "next Monday", «دیروز», and days of a month without their year
    («17 تشرين الأول», «التاسع من أبريل الجاري»). Where the weekday contradicts the day that is
    meant, nothing is resolved.

    Args:
        text: An article or a part of it.
        published: Its day of publication.
    """
    plain = western_digits(text)
    tokens = [_Token(m.start(), m.end(), normalise(m.group())) for m in _TOKEN.finditer(plain)]
    full = find_dates(text)
    found: list[DateMention] = []
    at = 0
    while at < len(tokens):
        reading = (
            _day_away(plain, tokens, at, published)
            or _weekday_away(plain, tokens, at, published)
            or _day_of_month(plain, tokens, at, published)
        )
        if reading is None:
            at += 1
            continue
        following, date = reading
        start, end = tokens[at].start, tokens[following - 1].end
        if not any(start < mention.end and mention.start < end for mention in full):
            found.append(DateMention(start, end, date, text[start:end]))
        at = following
    return found


def _form(text: str, tokens: list[_Token], at: int) -> str:
    return tokens[at].form if _adjacent(text, tokens, at) else ""


def _day_away(
    text: str, tokens: list[_Token], at: int, published: dt.date
) -> tuple[int, dt.date] | None:
    days = _DAYS_AWAY.get(tokens[at].form)
    after = at + 1
    if days is None and tokens[at].form in ("اول", "day", "avant"):  # «أول من أمس»
        after = _skip(text, tokens, at + 1, {"من", "before"})
        if _DAYS_AWAY.get(_form(text, tokens, after)) != -1:
            return None
        days, after = -2, after + 1
    if days is None:
        return None
    weekday = WEEKDAYS.get(_form(text, tokens, after))
    if weekday is None:
        if tokens[at].form in _NEEDS_WEEKDAY or _form(text, tokens, after) == "الحاجه":
            return None
        return after, published + dt.timedelta(days)
    for day in (0, -1, 1):  # a story is often filed the night before or after
        date = published + dt.timedelta(days + day)
        if date.weekday() == weekday:
            return after + 1, date
    return None


def _weekday_away(
    text: str, tokens: list[_Token], at: int, published: dt.date
) -> tuple[int, dt.date] | None:
    weekday, way = WEEKDAYS.get(tokens[at].form), _form(text, tokens, at + 1)
    if weekday is None:
        weekday, way = WEEKDAYS.get(_form(text, tokens, at + 1)), tokens[at].form
        if way not in ("last", "next"):
            return None
    if weekday is None or way not in _PAST | _COMING:
        return None
    days = (weekday - published.weekday()) % 7 or 7
    return at + 2, published + dt.timedelta(days if way in _COMING else days - 7 or -7)


def _day_of_month(
    text: str, tokens: list[_Token], at: int, published: dt.date
) -> tuple[int, dt.date] | None:
    day, after = tokens[at].number, at + 1
    if day is None:
        day = _ORDINALS.get(tokens[at].form) or _TENS.get(tokens[at].form)
        if day is None:
            return None
        tens = _TENS.get(_form(text, tokens, after).removeprefix("و"))
        if tens and day < 10:
            day, after = day + tens, after + 1
    month = _month(text, tokens, _skip(text, tokens, after, _SMALL))
    if month is None or month[0] != "gregorian":
        return None
    _, number, after = month
    while again := _month(text, tokens, after):
        after = again[2]
    way = _form(text, tokens, after)
    years = [
        date
        for year in (published.year - 1, published.year, published.year + 1)
        if (date := _gregorian("gregorian", year, number, day))
        and (way not in _PAST or date < published)
        and (way not in _COMING or date > published)
        and (way not in _THIS_MONTH or date.month == published.month)
    ]
    if not years:
        return None
    date = min(years, key=lambda date: abs(date - published))
    return after + (way in _PAST | _COMING | _THIS_MONTH), date


def _readings(text: str, tokens: list[_Token], at: int) -> Iterator[tuple[int, dt.date]]:
    """Gives the dates that begin at a token, each with the place of the token after it."""
    first = tokens[at].number
    if first is None:
        if month := _month(text, tokens, at):
            calendar, number, after = month
            after = _skip(text, tokens, after, _SMALL)
            day = _number(text, tokens, after)
            after_day = _skip(text, tokens, after + 1, _SMALL)
            year = _number(text, tokens, after_day)
            if day and year and (date := _any_calendar(text, calendar, year, number, day)):
                yield after_day + 1, date
        return
    if month := _month(text, tokens, _skip(text, tokens, at + 1, _SMALL)):
        calendar, number, after = month
        while again := _month(text, tokens, after):  # «24 نيسان / أبريل 2020»
            after = again[2]
        after = _skip(text, tokens, after, _BEFORE_YEAR)
        year = _number(text, tokens, after)
        if year and (
            date := _any_calendar(text, calendar, year, number, first)
            or _any_calendar(text, calendar, first, number, year)
        ):
            yield after + 1, date
        return
    if at + 2 < len(tokens) and all(
        _SEPARATOR.fullmatch(text[tokens[n].end : tokens[n + 1].start]) for n in (at, at + 1)
    ):
        second, third = tokens[at + 1].number, tokens[at + 2].number
        if second and third:
            for year, month_number, day in (
                ((first, second, third),)
                if len(tokens[at].form) == 4
                else ((third, second, first), (third, first, second))
                if len(tokens[at + 2].form) == 4
                else ()
            ):
                if date := _any_calendar(text, None, year, month_number, day):
                    yield at + 3, date
                    return


def _adjacent(text: str, tokens: list[_Token], at: int) -> bool:
    return 0 < at < len(tokens) and bool(
        _GAP.fullmatch(text[tokens[at - 1].end : tokens[at].start])
    )


def _skip(text: str, tokens: list[_Token], at: int, words: frozenset[str] | set[str]) -> int:
    while _adjacent(text, tokens, at) and tokens[at].form in words:
        at += 1
    return at


def _number(text: str, tokens: list[_Token], at: int) -> int | None:
    return tokens[at].number if _adjacent(text, tokens, at) else None


def _month(text: str, tokens: list[_Token], at: int) -> tuple[str, int, int] | None:
    """Reads a month's name of one word or two, and gives the place of the token after it."""
    if at >= len(tokens) or (at and not _adjacent(text, tokens, at) and tokens[at - 1].number):
        return None
    if _adjacent(text, tokens, at + 1):
        two = _MONTHS.get(f"{tokens[at].form} {tokens[at + 1].form}")
        if two:
            return *two, at + 2
    one = _MONTHS.get(tokens[at].form)
    return (*one, at + 1) if one else None


def _any_calendar(
    text: str, calendar: str | None, year: int, month: int, day: int
) -> dt.date | None:
    if calendar is None:
        if year >= 1900:
            calendar = "gregorian"
        elif year < 1400 or _PERSIAN_LETTERS.search(text):
            calendar = "persian"
        else:
            calendar = "hijri"
    return _gregorian(calendar, year, month, day)


def _gregorian(calendar: str, year: int, month: int, day: int) -> dt.date | None:
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
