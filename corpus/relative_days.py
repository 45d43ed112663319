"""Days that a text tells from the day of its publication: "yesterday", «الخميس الماضي».

A day is resolved only where its words have one reading in the language of the text; elsewhere
there is silence. Words inside quotation marks are not resolved: they may be of another day. Nor
are those of a sentence about another year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.arabic import normalise, western_digits
from corpus.calendar_names import WEEKDAY_NAMES, Calendar
from corpus.dates import (
    CalendarDate,
    DateMention,
    Token,
    find_calendar_dates,
    form_at,
    gregorian,
    month_at,
    skip,
    tokens_of,
    weekday_at,
)
from corpus.relative_words import (
    FUTURE_PREFIXES,
    NAMED_DAYS,
    NOT_FUTURE,
    RELATIVE_WORDS,
    Forms,
    RelativeWords,
)

_LONGEST_PHRASE = 4  # words
_RECENT = 120  # days after which a day of a month without its year is no longer the last one
_SOON = 183
_FAR = 300  # characters in which another year is still what is spoken of
_SENTENCE_END = re.compile(r"(?<!\d)[.!?؟۔…](?=\s)|\n")
_QUOTED = re.compile(r"«[^«»]*(?:»|\Z)|“[^“”]*(?:”|\Z)|„[^„“”]*(?:[“”]|\Z)|\"[^\"\n]*(?:\"|\Z)")
_CLOSED_ONLY = re.compile(r"\A[^«»]*»|\A[^“”„]*”")


def relative_days(text: str, published: dt.date, language: str | None = None) -> list[DateMention]:
    """Resolves the days that a text tells from the day of its publication.

    «أمس الأحد», «الخميس الماضي», "next Monday", «دیروز», "said on Monday", and days of a month
    without their year («3 أبريل», «التاسع من أبريل الجاري»). Where the weekday contradicts the
    day that is meant, or the words have two readings, nothing is resolved.

    Args:
        text: An article or a part of it.
        published: Its day of publication.
        language: The language code of the article; found out where it is not given, or where the
            text is in another script.
    """
    language = _language_of(text, language)
    words = RELATIVE_WORDS.get(language)
    return list(_Reader(text, published, language, words).days()) if words else []


def _language_of(text: str, language: str | None) -> str:
    from corpus.metadata import language as identified
    from corpus.metadata import script

    language = (language or "").lower().split("-", 1)[0]
    if language in RELATIVE_WORDS:
        written, expected = script(text), script("".join(RELATIVE_WORDS[language].clear) * 9)
        return language if written in (None, expected) else identified(text) or ""
    return language or identified(text) or ""


@dataclass(frozen=True, slots=True)
class _Reading:
    after: int  # the place of the token after it
    date: dt.date
    without_year: bool = False


class _Reader:
    def __init__(self, text: str, published: dt.date, language: str, words: RelativeWords) -> None:
        self.text = text
        self.plain = western_digits(text)
        self.published = published
        self.words = words
        self.tokens = tokens_of(text)
        self.weekdays = WEEKDAY_NAMES[language]
        self.dates = [d for d in find_calendar_dates(text, language) if d.year is not None]
        self.quoted = [m.span() for p in (_QUOTED, _CLOSED_ONLY) for m in p.finditer(text)]
        self.ends = [m.end() for m in _SENTENCE_END.finditer(text)]

    def days(self) -> Iterator[DateMention]:
        at = 0
        while at < len(self.tokens):
            reading = self._day_away(at) or self._weekday(at) or self._day_of_month(at)
            if reading is None:
                at += 1
                continue
            start, end = self.tokens[at].start, self.tokens[reading.after - 1].end
            if not self._doubtful(start, end, reading):
                yield DateMention(start, end, reading.date, self.text[start:end])
            at = reading.after

    def _doubtful(self, start: int, end: int, reading: _Reading) -> bool:
        """Tells whether what stands around a day makes it another day's, or tells it already."""
        if any(first < end and start < last for first, last in self.quoted):
            return True
        sentence, sentence_end = self._sentence(start)
        for date in self.dates:
            if date.start < end and start < date.end:
                return True
            told = date.date is not None and 0 <= date.start - end <= 4
            if told or (date.date is not None and 0 <= start - date.end <= 4):
                return True
            last = sentence_end if reading.without_year else start
            first = min(sentence, start - _FAR) if reading.without_year else sentence
            if first <= date.start < last and _year(date) not in (None, reading.date.year):
                return True
        return False

    def _sentence(self, at: int) -> tuple[int, int]:
        start = max((end for end in self.ends if end <= at), default=0)
        return start, min((end for end in self.ends if end > at), default=len(self.text))

    def _form(self, at: int) -> str:
        return form_at(self.plain, self.tokens, at)

    def _close(self, at: int) -> bool:
        """Tells whether a token follows the one before after nothing but blanks."""
        return 0 < at < len(self.tokens) and not self.text[
            self.tokens[at - 1].end : self.tokens[at].start
        ].strip(" \u00a0\u200e\u200f\u200c-'’")

    def _before(self, at: int) -> str:
        return self.tokens[at - 1].form if self._close(at) else ""

    def _phrase(self, at: int, phrases: Iterable[str]) -> tuple[str, int] | None:
        """Reads the longest of some phrases at a token, and gives the place after it."""
        for length in range(_LONGEST_PHRASE, 0, -1):
            after = at + length
            if after > len(self.tokens) or not all(map(self._close, range(at + 1, after))):
                continue
            phrase = " ".join(token.form for token in self.tokens[at:after])
            if phrase in phrases:
                return phrase, after
        return None

    def _phrase_before(self, at: int, phrases: Forms) -> bool:
        return any(
            (found := self._phrase(start, phrases)) and found[1] == at and self._close(at)
            for start in range(max(0, at - _LONGEST_PHRASE), at)
        )

    def _day_away(self, at: int) -> _Reading | None:
        """Reads "yesterday", or "today, Wednesday"."""
        words = self.words
        found = self._phrase(at, words.clear) or self._phrase(at, words.beside)
        if found is None:
            return None
        phrase, after = found
        clear = phrase in words.clear
        day = self.published + dt.timedelta(words.clear[phrase] if clear else words.beside[phrase])
        named = skip(self.plain, self.tokens, after, words.weekday_of)
        weekday = weekday_at(self.plain, self.tokens, named, self.weekdays)
        if weekday and self._form(named) and self._form(weekday[1]) not in words.last | words.next:
            for days in (0, -1, 1):  # a story is often filed the night before or after
                date = day + dt.timedelta(days)
                if date.weekday() == weekday[0]:
                    return _Reading(weekday[1], date)
            return None
        if self._before(at) in words.never_after or self._possessive(after):
            return None
        if self._close(after) and self._phrase(after, words.never_before):
            return None
        return _Reading(after, day) if clear or self._has_time(at, after) else None

    def _possessive(self, after: int) -> bool:
        return self.text[self.tokens[after - 1].end :][:2] in ("'s", "’s")

    def _has_time(self, at: int, after: int) -> bool:
        """Tells whether a time of day stands beside a day: "earlier today", "heute um 10"."""
        times = self.words.times
        if self._phrase_before(at, times) or (self._close(after) and self._phrase(after, times)):
            return True
        hour = self._phrase(after, self.words.at) if self._close(after) else None
        return bool(hour and self._close(hour[1]) and self.tokens[hour[1]].number is not None)

    def _weekday(self, at: int) -> _Reading | None:
        """Reads "last Friday", "next Monday", and "on Monday" after a verb in the past."""
        words = self.words
        first = at
        if self.tokens[at].form in words.weekday_of:
            first = at + 1
        named = weekday_at(self.plain, self.tokens, first, self.weekdays)
        if named and (first == at or self._close(first)):
            weekday, after = named
            if words.side != "before" and self._close(after):
                way = self._way(self.tokens[after].form, weekday)
                if way:
                    return _Reading(after + 1, way) if first == at else None
                if self.tokens[after].form in words.last | words.next:
                    return None
            if first == at and self._before(at) in words.weekday_of:
                return None
            return self._happened(at, weekday, after)
        if words.side == "after" or not self._close(at + 1):
            return None
        named = weekday_at(self.plain, self.tokens, at + 1, self.weekdays)
        if named is None:
            return None
        way = self._way(self.tokens[at].form, named[0])
        of_a_month = self._form(named[1]) in ("of", "in", "im", "des", "du", "de", "del", "di")
        if way is None or of_a_month or self._before(at) in ("the", "every", "jeden"):
            return None
        return _Reading(named[1], way)

    def _way(self, form: str, weekday: int) -> dt.date | None:
        """Gives the last or the coming day of a weekday, where it is clear which one is meant.

        The last Monday is not yesterday, for which there is another word. Where a word can also
        mean "of last week", both readings must agree, wherever a week begins.
        """
        words, today = self.words, self.published.weekday()
        past = (today - weekday) % 7 or 7
        coming = (weekday - today) % 7 or 7
        since_sunday, until_sunday = (today + 1) % 7, 6 - today
        if form in words.last and past > 1:
            return self.published - dt.timedelta(past)
        if form in words.last_week and past > max(1, since_sunday):
            return self.published - dt.timedelta(past)
        if form in words.next and coming > 1:
            return self.published + dt.timedelta(coming)
        if form in words.next_week and coming > max(1, until_sunday, 6 - since_sunday):
            return self.published + dt.timedelta(coming)
        return None

    def _happened(self, at: int, weekday: int, after: int) -> _Reading | None:
        """Reads the weekday of what happened: the latest one up to the day of publication."""
        verb = self._before(at)
        if verb not in self.words.happened and verb[:1] in "وف":
            verb = verb[1:]
        if verb not in self.words.happened:
            return None
        before = {token.form for token in self.tokens[max(0, at - 4) : at - 1]}
        if before & (self.words.not_yet | self.words.future):
            return None
        following = self._form(after)
        if following.isdecimal() or following in self.words.next_week | self.words.last_week:
            return None
        past = (self.published.weekday() - weekday) % 7
        return _Reading(after, self.published - dt.timedelta(past))

    def _day_of_month(self, at: int) -> _Reading | None:
        """Reads a day of a month without its year: «3 أبريل», «التاسع من أبريل الجاري»."""
        found = _month_and_day(self.plain, self.tokens, at)
        if found is None:
            return None
        calendar, month, day, after = found
        way = self._form(after)
        days = list(self._years(calendar, month, day))
        past = max((d for d in days if d <= self.published), default=None)
        coming = min((d for d in days if d > self.published), default=None)
        date: dt.date | None
        if self._close(after) and way in self.words.last:
            date = max((d for d in days if d < self.published), default=None)
        elif self._close(after) and way in self.words.next:
            date = coming
        elif self._close(after) and way in _THIS_MONTH:
            this_month = f"{self.published:%Y-%m}"
            date = next((d for d in days if f"{d:%Y-%m}" == this_month), None)
        else:
            named = calendar == "gregorian" and (month, day) in NAMED_DAYS
            if named or not self._happens_on(at, after):
                return None
            if self._future(self.tokens[at].start):
                soon = coming and coming - self.published <= dt.timedelta(_SOON)
                return _Reading(after, coming, True) if coming and soon else None
            recent = past and self.published - past <= dt.timedelta(_RECENT)
            return _Reading(after, past, True) if past and recent else None
        return _Reading(after + 1, date, True) if date else None

    def _years(self, calendar: Calendar, month: int, day: int) -> Iterator[dt.date]:
        for year in range(self.published.year - 1, self.published.year + 2):
            if calendar == "persian":
                year -= 621
            elif calendar == "hijri":
                year = round((year - 622) * 33 / 32)
            if date := gregorian(calendar, year, month, day):
                yield date

    def _happens_on(self, at: int, after: int) -> bool:
        if self._phrase_before(at, self.words.on):
            return True
        if at and self.tokens[at - 1].form in self.weekdays and self._form(at):
            return True
        return after < len(self.tokens) and self._form(after) in self.words.on_after

    def _future(self, at: int) -> bool:
        """Tells whether a sentence tells of the future."""
        start, end = self._sentence(at)
        forms = [t.form for t in self.tokens if start <= t.start < end]
        if any(form in self.words.future for form in forms):
            return True
        return self.words is RELATIVE_WORDS["ar"] and any(
            form.startswith(FUTURE_PREFIXES) and len(form) > 4 and form not in NOT_FUTURE
            for form in forms
        )


_THIS_MONTH = frozenset(normalise(word) for word in ("الجاري", "الحالي"))
_UNITS = "الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر"
_ORDINALS = {normalise(word): n for n, word in enumerate(_UNITS.split("|"), start=1)}
_ORDINALS |= {normalise("الحادي"): 1}
_TENS = {normalise("العشرين"): 20, normalise("الثلاثين"): 30, normalise("عشر"): 10}
_BETWEEN = frozenset(normalise(word) for word in ("من", "شهر", "of", "de", "th", "st", "nd", "rd"))


def _month_and_day(
    text: str, tokens: list[Token], at: int
) -> tuple[Calendar, int, int, int] | None:
    """Reads a day of a month: calendar, month, day, and the place of the token after it."""
    day, after = tokens[at].number, at + 1
    if day is None and (month := month_at(text, tokens, at)):  # "May 12"
        calendar, number, after = month
        day = tokens[after].number if after < len(tokens) else None
        beside = day and tokens[after].start - tokens[after - 1].end == 1
        if day and beside and day <= 31 and tokens[at].form.isascii():
            return calendar, number, day, skip(text, tokens, after + 1, {"st", "nd", "rd", "th"})
        return None
    if day is None:
        day = _ORDINALS.get(tokens[at].form) or _TENS.get(tokens[at].form)
        if day is None:
            return None
        tens = _TENS.get(form_at(text, tokens, after).removeprefix("و"))
        if tens and day < 10:
            day, after = day + tens, after + 1
    month = month_at(text, tokens, skip(text, tokens, after, _BETWEEN))
    if month is None:
        return None
    calendar, number, after = month
    while (again := month_at(text, tokens, after)) and again[1] == number:
        after = again[2]
    return calendar, number, day, after


def _year(date: CalendarDate) -> int | None:
    """Gives the year of a date in the Gregorian calendar."""
    if date.date:
        return date.date.year
    return date.year if date.calendar == "gregorian" else None
