"""The time that a question asks about: "last week", «منذ 17 تشرين الأول», "the latest on …".

Dates are found by `corpus.dates` and days told from today by `corpus.relative_days`; here is read
what a question wants with them. The words are data, in ``time_words.toml``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

from assistant.periods import calendar_days, week_of
from corpus.arabic import normalise
from corpus.calendar_names import MONTHS, WEEKDAYS
from corpus.dates import CalendarDate, find_calendar_dates, month_at, tokens_of
from corpus.relative_days import relative_days
from corpus.relative_words import RELATIVE_WORDS
from vectorstore.questions import is_function_word, language_of

PeriodKind = Literal["publication", "event", "latest"]
Operator = Literal["at", "since", "until", "before", "after"]

_WORDS = Path(__file__).with_name("time_words.toml")
_LOOKED_BACK = 40  # years in which the year of "in November" is looked for
_REPORTED = dt.timedelta(days=1)  # a paper tells of a day on that day or on the next
_REVIEWED = dt.timedelta(days=7)  # and of a month or a year up to a week after its end
_MONTH = dt.timedelta(days=31)  # in which what began on a day is told of
_LONGEST = 7  # words of the longest expression before a date
_QUOTED = re.compile('«[^»]*»|“[^”]*”|"[^"]*"')


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """The time that a question asks about.

    Attributes:
        since: Its first day; None where it is open.
        until: Its last day; None where it is open.
        spans: Where the question names it.
        kind: "publication" is the time in which articles were published ("last week"), "event"
            that of what happened ("on 8 November 2023"), "latest" asks for the newest first.
        alone: Besides the time, the question only asks what happened.
    """

    since: dt.date | None
    until: dt.date | None
    spans: tuple[tuple[int, int], ...]
    kind: PeriodKind
    alone: bool = False

    @property
    def published(self) -> tuple[dt.date | None, dt.date | None]:
        """The days on which articles of the period were published.

        What happened on a day is in the papers of that day and of the next, and what happened in
        a longer time is also in those of the week after.
        """
        if self.until is None:
            return self.since, None
        if self.since == self.until:
            return self.since, self.until + _REPORTED
        return self.since, self.until + _REVIEWED * (self.kind == "event")

    def without_time(self, question: str) -> str:
        """The question without the words that name the time."""
        kept, at = [], 0
        for start, end in self.spans:
            kept.append(question[at:start])
            at = end
        return re.sub(r"\s+(?=[?؟.,،])", "", " ".join("".join([*kept, question[at:]]).split()))

    def holds(self, first: dt.date, last: dt.date) -> bool:
        """Tells whether some of the days from ``first`` to ``last`` belong to the period."""
        return (self.since is None or last >= self.since) and (
            self.until is None or first <= self.until
        )


class Published(Protocol):
    """Tells whether articles were published between two days."""

    def __call__(self, since: dt.date, until: dt.date) -> bool:
        """Tells it of the days from ``since`` to ``until``."""
        ...


def _always(since: dt.date, until: dt.date) -> bool:
    return True


def asked_period(
    question: str, today: dt.date, published: Published = _always
) -> AskedPeriod | None:
    """Reads the time that a question asks about.

    Args:
        question: As asked.
        today: The day on which it is asked.
        published: Tells whether the library has articles of some days. A month or a day without
            its year is that of the latest year in which it has, and not after today.

    Returns:
        The period, or None where the question names none.
    """
    return _Reader(question, today, published).period()


@dataclass(frozen=True, slots=True)
class _Named:
    """A time that is named: its days, and what the question says of them."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    operator: Operator
    relative: bool

    @property
    def bounds(self) -> tuple[dt.date | None, dt.date | None]:
        day = dt.timedelta(days=1)
        return {
            "at": (self.first, self.last),
            "since": (self.first, None),
            "until": (None, self.last),
            "before": (None, self.first - day),
            "after": (self.last + day, None),
        }[self.operator]


class _Reader:
    def __init__(self, question: str, today: dt.date, published: Published) -> None:
        self.question = question
        self.today = today
        self.published = published
        self.tokens = tokens_of(question)
        self.forms = [token.form for token in self.tokens]
        self.joined = f" {' '.join(self.forms)} "
        self.quoted = [match.span() for match in _QUOTED.finditer(question)]

    def period(self) -> AskedPeriod | None:
        named = [*self._between(), *self._dates(), *self._relative()]
        named = [one for one in named if not self._inside_quotation(one)]
        named = _apart(named)
        if named:
            return self._joined(named)
        for lexicon in _lexicons().values():
            if match := lexicon.latest and lexicon.latest.match(self.joined, 1):
                start, end = self._span(match)
                if end < self.tokens[-1].end:
                    return AskedPeriod(None, None, ((start, end),), "latest")
        return None

    def _joined(self, named: Sequence[_Named]) -> AskedPeriod | None:
        """One period of all that is named: what is common to all, or else all of it."""
        bounds = [one.bounds for one in named]
        since = max((s for s, _ in bounds if s), default=None)
        until = min((u for _, u in bounds if u), default=None)
        if since and until and since > until:
            since = min((s for s, _ in bounds if s), default=None)
            until = max((u for _, u in bounds if u), default=None)
        relative = all(one.relative for one in named)
        published = relative or bool(_words_of("beside_a_date", "published") & set(self.forms))
        spans = tuple((one.start, one.end) for one in named)
        period = AskedPeriod(since, until, spans, "publication" if published else "event")
        return AskedPeriod(since, until, spans, period.kind, self._only_asks_what_happened(period))

    def _only_asks_what_happened(self, period: AskedPeriod) -> bool:
        rest = [token.form for token in tokens_of(period.without_time(self.question))]
        carrying = [form for form in rest if not is_function_word(form)]
        return all(
            any(form in lexicon.happening for lexicon in _lexicons().values()) for form in carrying
        )

    def _inside_quotation(self, named: _Named) -> bool:
        return any(start <= named.start and named.end <= end for start, end in self.quoted)

    def _span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where in the question the words of a match in the joined forms stand."""
        first = self.joined[: match.start("words")].count(" ") - 1
        last = first + match["words"].count(" ")
        return self.tokens[first].start, self.tokens[last].end

    def _place(self, offset: int) -> int:
        """The place of the first token that starts at an offset or behind it."""
        return sum(token.start < offset for token in self.tokens)

    # Dates

    @cached_property
    def _calendar_dates(self) -> list[CalendarDate]:
        return list(self._find_dates())

    def _find_dates(self) -> Iterator[CalendarDate]:
        dates = [date for date in find_calendar_dates(self.question) if date.weekday is None]
        yield from dates
        # Names of months that are words too are months after a preposition: "in May", «في آب».
        for at, token in enumerate(self.tokens):
            if any(date.start <= token.start < date.end for date in dates):
                continue
            month = month_at(self.question, self.tokens, at)
            if month is None or month[0] != "gregorian" or token.form not in MONTHS:
                continue
            cased = self.question[token.start]
            written_as_name = cased.isupper() or cased == cased.upper() or self._language != "en"
            following = self.forms[at + 1 : at + 2]
            ends = not following or is_function_word(following[0])
            if written_as_name and ends and self._operator(at):
                yield CalendarDate(token.start, token.end, token.form, month=month[1])

    @cached_property
    def _language(self) -> str:
        return language_of(self.question)

    def _dates(self) -> Iterator[_Named]:
        for date in self._calendar_dates:
            at = self._place(date.start)
            found = self._operator(at)
            if found is None and not self._stands_alone(date, at):
                continue
            if self._is_name(date, at, found is not None):
                continue
            operator, start = found or ("at", self._start_of_fillers(at))
            days = self._days(date, open_ended=operator in ("since", "after"))
            if days is None:
                continue
            first, last = days
            if date.day is None and date.month is not None:
                first, last = week_of(self.question, first, last)
            yield _Named(start, date.end, first, last, operator, relative=False)

    def _between(self) -> Iterator[_Named]:
        """Reads "between A and B" and "from 3 to 8 November 2023"."""
        dates = self._calendar_dates
        joining = _words_of("before_a_date", "and")
        for n, date in enumerate(dates):
            at = self._place(date.start)
            joiner = self._before_fillers(at)
            if joiner < 1 or self.forms[joiner] not in joining:
                continue
            earlier = dates[n - 1] if n else None
            if earlier and self._place(earlier.end) == joiner:
                first_at = self._place(earlier.start)
                begins = self._opens_between(first_at)
                earlier = _with_year(earlier, date)
            else:
                number = self.tokens[joiner - 1].number
                begins = self._opens_between(joiner - 1)
                if not (number and number <= 31 and date.day and begins is not None):
                    continue
                earlier = CalendarDate(
                    self.tokens[joiner - 1].start, date.end, "", date.calendar, date.year,
                    date.month, number,
                )  # fmt: skip
            if begins is None:
                continue
            last_days = self._days(date)
            if last_days is None:
                continue
            if earlier.year is None:
                earlier = CalendarDate(
                    earlier.start, earlier.end, "", earlier.calendar, last_days[1].year,
                    earlier.month, earlier.day,
                )  # fmt: skip
            first_days = self._days(earlier)
            if first_days and first_days[0] <= last_days[1]:
                start = self.tokens[begins].start
                yield _Named(start, date.end, first_days[0], last_days[1], "at", relative=False)

    def _opens_between(self, at: int) -> int | None:
        """The place of "between" before a token; None where it does not stand there."""
        before = self._before_fillers(at)
        opening = _words_of("before_a_date", "between")
        return before if before >= 0 and self.forms[before] in opening else None

    def _before_fillers(self, at: int) -> int:
        fillers = _words_of("beside_a_date", "fillers")
        at -= 1
        while at >= 0 and (self.forms[at] in fillers or self.forms[at] in WEEKDAYS):
            at -= 1
        return at

    def _start_of_fillers(self, at: int) -> int:
        return self.tokens[self._before_fillers(at) + 1].start

    def _operator(self, at: int) -> tuple[Operator, int] | None:
        """What stands before a date, and where that starts."""
        last = self._before_fillers(at)
        operators = _operators()
        # A filler may belong to the expression: "depuis le 17 octobre".
        for end in dict.fromkeys((at, last + 1)):
            for length in (3, 2, 1):
                if end - length < 0:
                    continue
                phrase = " ".join(self.forms[end - length : end])
                bare = phrase.removeprefix("و")
                if operator := operators.get(phrase) or operators.get(bare):
                    return operator, self.tokens[end - length].start
        return None

    def _stands_alone(self, date: CalendarDate, at: int) -> bool:
        """Tells whether a date is one without a preposition: "8 November 2023", «عام 2021»."""
        before = self.forms[self._before_fillers(at) + 1 : at]
        if date.year is None:
            return any(form in (normalise("يوم"), "day") for form in before)
        if date.month is not None:
            return True
        # «عام 2021»: the word for a year is the filler before it.
        return any(form in _words_of("beside_a_date", "years") for form in self.forms[at - 1 : at])

    def _is_name(self, date: CalendarDate, at: int, preposition: bool) -> bool:
        before = self.forms[at - 1 : at] if at else []
        if before and before[0] in _words_of("beside_a_date", "names"):
            return True
        after = self.forms[self._place(date.end) :][:1]
        if after and after[0] in _words_of("beside_a_date", "named_after"):
            return True
        # "in 2021 cases": something is counted.
        year_alone = date.month is None and preposition
        counted = self.question[date.end : date.end + 1] == " " and after
        return bool(
            year_alone
            and counted
            and after[0].isascii()
            and after[0].endswith("s")
            and not is_function_word(after[0])
            and self.question[date.end + 1].islower()
        )

    def _days(
        self, date: CalendarDate, *, open_ended: bool = False
    ) -> tuple[dt.date, dt.date] | None:
        if date.year is not None:
            return calendar_days(date.calendar, date.year, date.month, date.day)
        if date.month is None:
            return None
        newest = {
            "gregorian": self.today.year,
            "persian": self.today.year - 621,
            "hijri": round((self.today.year - 621) * 33 / 32),
        }[date.calendar]
        for year in range(newest, newest - _LOOKED_BACK, -1):
            days = calendar_days(date.calendar, year, date.month, date.day)
            if days is None or days[0] > self.today:
                continue
            told = _MONTH if open_ended else _REPORTED * (date.day is not None)
            if self.published(days[0], days[1] + told):
                return days
        return None

    # Days told from today

    def _relative(self) -> Iterator[_Named]:
        forms = frozenset(self.forms)
        for language, lexicon in _lexicons().items():
            if forms.isdisjoint(lexicon.signals):
                continue
            for reading, unit, pattern in lexicon.patterns:
                for match in pattern.finditer(self.joined):
                    one_word = " " not in match["words"]
                    if one_word and language != self._language:
                        continue
                    number = lexicon.number(match.groupdict().get("n"))
                    days = _told_from(self.today, reading, unit, number)
                    if days and self._reads(lexicon, match, reading):
                        yield self._from_today(match, days)
        yield from self._weekdays()

    def _reads(self, lexicon: _Lexicon, match: re.Match[str], reading: str) -> bool:
        before = self.joined[: match.start("words")].split()[-1:]
        after = self.joined[match.end("words") :].split()[:1]
        return not (
            set(after) & lexicon.never_before.get(reading, frozenset())
            or set(before) & lexicon.never_after.get(reading, frozenset())
        )

    def _from_today(self, match: re.Match[str], days: tuple[dt.date, dt.date]) -> _Named:
        start, end = self._span(match)
        at = self._place(start)
        operator, start = self._operator(at) or ("at", self._start_of_fillers(at))
        if operator != "at" and self.forms[self._place(start)] in ("from", normalise("من")):
            operator = "at"  # "news from last week"
        return _Named(start, end, *days, operator, relative=True)

    def _weekdays(self) -> Iterator[_Named]:
        """Reads "last Friday" and «أمس الأحد»."""
        language = self._language
        words = RELATIVE_WORDS.get(language)
        if words is None or not set(self.forms) & (words.last | words.last_week):
            return
        for mention in relative_days(self.question, self.today, language):
            at, end = self._place(mention.start), self._place(mention.end)
            forms = set(self.forms[at:end])
            if mention.date > self.today or not forms & (words.last | words.last_week):
                continue
            operator, start = self._operator(at) or ("at", self._start_of_fillers(at))
            yield _Named(start, mention.end, mention.date, mention.date, operator, relative=True)


def _apart(named: Sequence[_Named]) -> list[_Named]:
    """Those that do not overlap, in order; the longest of those that do."""
    kept: list[_Named] = []
    for one in sorted(named, key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _with_year(date: CalendarDate, later: CalendarDate) -> CalendarDate:
    """A date that takes its year from the one that it is named with: "October and May 2023"."""
    if date.year is not None or later.year is None or date.calendar != later.calendar:
        return date
    wraps = (date.month or 0, date.day or 0) > (later.month or 0, later.day or 0)
    wraps = wraps and date.month != later.month
    return CalendarDate(
        date.start, date.end, date.written, date.calendar, later.year - wraps, date.month, date.day
    )


def _told_from(
    today: dt.date, reading: str, unit: str, number: int | None
) -> tuple[dt.date, dt.date] | None:
    """The days that a phrase means on the day on which it is said."""
    if unit == "away":  # "yesterday": the reading is how many days
        day = today + dt.timedelta(int(reading))
        return day, day
    if reading == "ago":
        if unit != "day" or number is None:
            return None
        day = today - dt.timedelta(number)
        return day, day
    if reading == "rolling":
        return _back(today, unit, number or 1), today
    if unit == "day":
        return None
    back = 1 if reading == "previous" else 0
    if unit == "week":
        # Weeks begin on Sunday or on Monday: both are meant.
        starts = [
            today - dt.timedelta((today.weekday() - first) % 7 + 7 * back) for first in (6, 0)
        ]
        return min(starts), max(starts) + dt.timedelta(6) if back else today
    if unit == "month":
        first = today.replace(day=1)
        if not back:
            return first, today
        last = first - dt.timedelta(1)
        return last.replace(day=1), last
    year = today.year - back
    return dt.date(year, 1, 1), dt.date(year, 12, 31) if back else today


def _back(today: dt.date, unit: str, number: int) -> dt.date:
    if unit in ("day", "week"):
        return today - dt.timedelta(min(number, 5000) * (7 if unit == "week" else 1))
    months = min(number, 1000) * (12 if unit == "year" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]  # reading, unit, words
    numbers: Mapping[str, int]
    latest: re.Pattern[str] | None
    happening: frozenset[str]
    signals: frozenset[str]  # one of them stands in every expression of `patterns`
    never_before: Mapping[str, frozenset[str]]
    never_after: Mapping[str, frozenset[str]]

    def number(self, written: str | None) -> int | None:
        if written is None:
            return None
        return int(written) if written.isdecimal() else self.numbers.get(written)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


def _spellings(text: str) -> list[str]:
    return [" ".join(normalise(one).split()) for one in text.split("|")]


@lru_cache
def _words_of(table: str, key: str) -> frozenset[str]:
    return frozenset(_spellings(_data()[table][key]))


@lru_cache(maxsize=1)
def _operators() -> Mapping[str, Operator]:
    found: dict[str, Operator] = {}
    kinds: tuple[Operator, ...] = ("at", "until", "before", "after", "since")
    for kind in kinds:  # the last wins: "from" is since
        found |= dict.fromkeys(_words_of("before_a_date", kind), kind)
    return found


@lru_cache(maxsize=1)
def _lexicons() -> Mapping[str, _Lexicon]:
    return {
        language: _lexicon(language, table)
        for language, table in _data().items()
        if "units" in table
    }


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<= )(?P<words>{'|'.join(longest_first)})(?= )")


def _lexicon(language: str, table: Mapping[str, Any]) -> _Lexicon:
    numbers = {
        form: int(number)
        for number, text in table.get("numbers", {}).items()
        for form in _spellings(text)
    }
    patterns: list[tuple[str, str, re.Pattern[str]]] = []
    signals: set[str] = set()
    for reading, text in table["phrases"].items():
        for unit, forms in table["units"].items():
            two = table.get("two", {}).get(unit)
            for phrase in _spellings(text):
                signals.update(form for form in phrase.split() if "{" not in form)
                if "{two}" in phrase and not two:
                    continue
                filled = phrase.replace("{unit}", _either(_spellings(forms)))
                filled = filled.replace("{n}", rf"(?P<n>\d{{1,3}}|{_either([*numbers, '2'])})")
                if two:
                    filled = filled.replace("{two}", f"(?P<n>{_either(_spellings(two))})")
                    numbers |= dict.fromkeys(_spellings(two), 2)
                patterns.append((reading, unit, _pattern([filled])))
    never_before: dict[str, frozenset[str]] = {}
    never_after: dict[str, frozenset[str]] = {}
    other = table.get("other", {})
    relative = RELATIVE_WORDS.get(language)
    if relative:
        since = frozenset(_operators())
        for phrases, name in ((relative.clear, "clear"), (relative.beside, "beside")):
            for phrase, days in phrases.items():
                if days > 0:
                    continue
                patterns.append((str(days), "away", _pattern([phrase])))
                signals.update(phrase.split())
                if name == "clear":
                    never_after[str(days)] = relative.never_after - since
                    never_before[str(days)] = relative.never_before
    for key, text in other.items():
        forms_ = frozenset(_spellings(text))
        if key == "never_before_today":
            never_before["0"] = forms_
        elif key == "never_after_today":
            never_after["0"] = forms_
        elif key == "never_before_previous":
            never_before["previous"] = forms_
    latest = table.get("latest")
    return _Lexicon(
        tuple(patterns),
        numbers,
        _pattern(_spellings(latest["opening"])) if latest else None,
        frozenset(_spellings(table["happening"]["words"])),
        frozenset(signals),
        never_before,
        never_after,
    )


def _either(forms: Sequence[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, forms), key=len, reverse=True))})"
