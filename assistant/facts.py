"""Numbers, dates, names and quotations in a text, with exact places and comparable values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Literal

from corpus.arabic import is_arabic, normalise, western_digits
from corpus.dates import MONTHS, WEEKDAYS
from corpus.words import Word, word_forms, words
from vectorstore.questions import SAYING, is_function_word

FactKind = Literal["number", "date", "name", "quotation"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a text states outright: ``text[start:end]``.

    Attributes:
        kind: What it is.
        start: Offset of its first character.
        end: Offset after its last.
        value: Its comparable form: a plain decimal for a number; ``1958-10-13``, ``1958-10``,
            ``1958``, ``--10-13`` or ``--10`` for a date; normalised words for a name or quotation.
    """

    kind: FactKind
    start: int
    end: int
    value: str


_ONES = {
    "صفر": 0,
    "واحد": 1, "واحدة": 1,
    "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2, "اثني": 2, "اثنتا": 2,
    "ثلاث": 3, "ثلاثة": 3, "أربع": 4, "أربعة": 4, "خمس": 5, "خمسة": 5, "ست": 6, "ستة": 6,
    "سبع": 7, "سبعة": 7, "ثمان": 8, "ثماني": 8, "ثمانية": 8, "تسع": 9, "تسعة": 9,
    "عشر": 10, "عشرة": 10, "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "أربعون": 40,
    "أربعين": 40, "خمسون": 50, "خمسين": 50, "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70,
    "ثمانون": 80, "ثمانين": 80, "تسعون": 90, "تسعين": 90,
    "مئتان": 200, "مئتين": 200, "مائتان": 200, "مائتين": 200, "مئتي": 200, "مائتي": 200,
    "ألفان": 2000, "ألفين": 2000, "ألفي": 2000, "مليونان": 2000000, "مليونين": 2000000,
    "مليوني": 2000000, "ملياران": 2000000000, "مليارين": 2000000000,
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20,
    "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
}  # fmt: skip
_SCALES = {
    "مئة": 100, "مائة": 100, "مئات": 100, "hundred": 100, "cent": 100, "cents": 100,
    "ألف": 1000, "آلاف": 1000, "ألفا": 1000, "thousand": 1000, "mille": 1000,
    "مليون": 10**6, "ملايين": 10**6, "مليونا": 10**6, "million": 10**6, "millions": 10**6,
    "مليار": 10**9, "مليارات": 10**9, "مليارا": 10**9, "بليون": 10**9, "billion": 10**9,
    "milliard": 10**9, "milliards": 10**9, "تريليون": 10**12, "trillion": 10**12,
}  # fmt: skip
_PLURAL = word_forms(
    "مئات آلاف ملايين مليارات cents millions milliards hundreds thousands billions"
)
_ONE_OF = {normalise(word): value for word, value in _ONES.items()}
_SCALE_OF = {normalise(word): value for word, value in _SCALES.items()}
for _unit in ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "ثماني", "تسع"):  # "ثلاثمئة" in one word
    for _hundred in ("مئة", "مائة"):
        _ONE_OF[normalise(_unit + _hundred)] = _ONES[_unit] * 100

_MONTH_OF = {tuple(name.split()): month for name, month in MONTHS.items()}
_YEAR_BEFORE = word_forms("عام العام سنة السنة لعام in since year en année")
# Words that are months only beside a day or a year.
_DOUBTFUL_MONTHS = word_forms("march mars mart sept ماي") | {
    form for form in MONTHS if len(form) <= 3
}
# Monday is 1. Without the article, an Arabic one may mean "two" or "anyone".
_DAY_OF = {
    form: day + 1 for form, day in WEEKDAYS.items() if not is_arabic(form) or form.startswith("ال")
}
_NUMERIC_DATE = re.compile(
    r"(?<![\d/.-])(?:(\d{4})([/.-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([/.-])(\d{1,2})\6(\d{4}))(?![\d/-])"
)
_DIGITS = re.compile(r"\d[\d.,٫٬]*")
_QUOTATION = re.compile(r"«([^«»]{2,600})»|“([^“”]{2,600})”|\"([^\"\n]{2,600})\"")


@lru_cache(maxsize=8192)
def facts(text: str) -> tuple[Fact, ...]:
    """Finds what a text states outright, in order of place.

    The parts of a date are not also numbers. Names in Latin letters are runs of capitalised words
    after the first word of a sentence; names in Arabic, which has no capitals, are the words that
    follow a title, a kunya or a nasab particle, so many stay unfound.
    """
    found = words(text)
    dates = _dates(text, found)
    taken = [(fact.start, fact.end) for fact in dates]
    numbers = [
        fact
        for fact in _numbers(text, found)
        if not any(start < fact.end and fact.start < end for start, end in taken)
    ]
    quotations = [
        Fact("quotation", m.start(m.lastindex or 0), m.end(m.lastindex or 0), normalise(m.group()))
        for m in _QUOTATION.finditer(text)
    ]
    every = dates + numbers + _names(text, found) + quotations
    return tuple(sorted(every, key=lambda fact: (fact.start, fact.end, fact.kind)))


def _number(form: str) -> Decimal | None:
    """The value of a word written in digits; a separator with three digits after it groups."""
    digits = western_digits(form).lstrip("وبلك").replace("٬", ",").replace("٫", ".").rstrip(".,")
    if not re.fullmatch(r"\d[\d.,]*", digits):
        return None
    groups = re.split(r"[.,]", digits)
    if len(groups) > 2 or (len(groups) == 2 and len(groups[1]) == 3 and len(groups[0]) <= 3):
        if len(groups) > 1 and groups[0] == "0":
            digits = ".".join(groups)
        elif all(len(group) == 3 for group in groups[1:]):
            digits = "".join(groups)
        elif len(groups) > 2 and all(len(group) == 3 for group in groups[1:-1]):
            digits = "".join(groups[:-1]) + "." + groups[-1]
    digits = digits.replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def plain(value: Decimal | int) -> str:
    """Writes a value without exponent or trailing zeros."""
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numeral(form: str) -> tuple[str, Decimal] | None:
    """Reads one word as part of a number: what it does ("add" or "scale") and its value."""
    if (digits := _number(form)) is not None:
        return "add", digits
    bare = form
    for prefix in ("", "و", "ال", "وال", "ب", "ل", "ول", "وب", "لل"):
        if not form.startswith(prefix):
            continue
        bare = form[len(prefix) :]
        if bare in _ONE_OF:
            return "add", Decimal(_ONE_OF[bare])
        if bare in _SCALE_OF:
            return "scale", Decimal(_SCALE_OF[bare])
    return None


def _numbers(text: str, found: list[Word]) -> list[Fact]:
    numbers: list[Fact] = []
    i = 0
    while i < len(found):
        read = _numeral(found[i].form)
        if read is None or found[i].form in _DAY_OF:
            i += 1
            continue
        start = i
        total, current, alone = Decimal(0), Decimal(0), True
        last_digits = False
        while i < len(found):
            read = _numeral(found[i].form)
            joined = i == start or _joins(text[found[i - 1].end : found[i].start])
            if read is None:
                joins_next = (
                    found[i].form in ("و", "and", "et")
                    and i > start
                    and i + 1 < len(found)
                    and not last_digits
                    and _numeral(found[i + 1].form) is not None
                )
                if not joins_next:
                    break
                i += 1
                continue
            action, value = read
            digits = found[i].form[-1].isdigit()
            if not joined or (i > start and digits) or (last_digits and action == "add"):
                break
            if action == "add":
                # Two plain numbers side by side ("two three") are two numbers.
                fifteen = value == 10 and current < 10  # "خمسة عشر"
                apart = i > start and current % 100 and value >= 10 and not fifteen
                if apart and not _and(text, found, i):
                    break
                current += value
            else:
                current = (current or Decimal(1)) * value
                if value >= 1000:
                    total, current = total + current, Decimal(0)
            alone = alone and action == "scale"
            last_digits = digits
            i += 1
        end = found[i - 1]
        if found[i - 1].form in ("و", "and", "et"):
            end = found[i - 2]
        value = total + current
        vague = alone and found[start].form not in _SCALE_OF  # "the million", "and hundreds"
        pronoun = value == 1 and i - start == 1 and not last_digits  # "one of them"
        if not (vague or pronoun or (alone and found[start].form in _PLURAL)):
            first = found[start].start + _clitic(text, found[start])
            numbers.append(Fact("number", first, end.end, plain(value)))
        i = max(i, start + 1)
    return numbers


def _clitic(text: str, word: Word) -> int:
    """How many characters of a numeral are particles written onto it («لأربعين», «لـ40»)."""
    written = text[word.start : word.end]
    if digit := re.search(r"\d", written):
        return digit.start()
    rest = written
    while rest[:1] in ("و", "ب", "ل", "ف") and normalise(rest) not in _ONE_OF | _SCALE_OF:
        rest = rest[1:].lstrip("ـ")
    return len(written) - len(rest)


def _joins(between: str) -> bool:
    return between.strip() in ("", "-")


def _and(text: str, found: list[Word], i: int) -> bool:
    """Tells whether a numeral is joined to the one before: "and", "و" or a hyphen."""
    return (
        found[i].form.startswith("و")
        or found[i - 1].form in ("و", "and", "et")
        or "-" in text[found[i - 1].end : found[i].start]
        or found[i].form in ("hundred", "thousand")
        or (not is_arabic(found[i].form) and not found[i].form[-1].isdigit())
    )


def _dates(text: str, found: list[Word]) -> list[Fact]:
    western = western_digits(text)
    dates: list[Fact] = []
    for match in _NUMERIC_DATE.finditer(western):
        year, month, day = (
            (int(match[1]), int(match[3]), int(match[4]))
            if match[1]
            else (int(match[8]), int(match[7]), int(match[5]))
        )
        if month > 12 >= day:
            month, day = day, month
        if 1 <= month <= 12 and 1 <= day <= 31:
            dates.append(Fact("date", *match.span(), f"{year:04}-{month:02}-{day:02}"))
    i = 0
    while i < len(found):
        length, named = _month_at(found, i)
        if named and not (dates and found[i].start < dates[-1].end):
            fact = _month_date(text, found, i, length, named)
            if fact:
                dates.append(fact)
                i += length
                continue
        form = found[i].form
        if form in _DAY_OF:
            dates.append(Fact("date", found[i].start, found[i].end, f"day-{_DAY_OF[form]}"))
        i += 1
    for place, word in enumerate(found):
        if _year(word.form) and not any(d.start < word.end and word.start < d.end for d in dates):
            before = found[place - 1].form if place else ""
            alone = 1800 <= int(word.form) <= 2100 and not _counted(text, word)
            if before in _YEAR_BEFORE or before.removeprefix("ل") in _YEAR_BEFORE or alone:
                dates.append(Fact("date", word.start, word.end, word.form))
    return dates


def _counted(text: str, word: Word) -> bool:
    """Tells whether a bare number of four digits looks like a count of something."""
    after = text[word.end : word.end + 2].strip()[:1]
    return after in {"%", "٪", "$"} or text[max(0, word.start - 1) : word.start] in {"$", "€", "£"}


def _year(form: str) -> bool:
    return len(form) in (3, 4) and form.isdigit() and form.isascii() and int(form) >= 100


def _month_at(found: list[Word], i: int) -> tuple[int, int | None]:
    """How many words a month's name takes at a place, and which month it is."""
    for prefix in ("", "و", "ب", "ل"):
        form = found[i].form
        if prefix and not (form.startswith(prefix) and is_arabic(form)):
            continue
        bare = form[len(prefix) :]
        if i + 1 < len(found) and (month := _MONTH_OF.get((bare, found[i + 1].form))):
            return 2, month
        if month := _MONTH_OF.get((bare,)):
            return 1, month
    return 1, None


def _month_date(text: str, found: list[Word], i: int, length: int, month: int) -> Fact | None:
    """A date around a month's name: its day before or after it, and its year."""
    start, end = found[i].start, found[i + length - 1].end
    day: int | None = None
    year: str | None = None
    j = i - 1
    while j >= 0 and found[j].form in ("من", "of", "شهر", "de"):
        j -= 1
    if j >= 0 and (number := _day(found[j].form)) and len(text[found[j].end : start]) <= 10:
        day, start = number, found[j].start
    j = i + length
    # A second name of the same month: "تشرين الأول/أكتوبر".
    while j < len(found) and _month_at(found, j)[1] == month and found[j].start - end <= 3:
        end = found[j + _month_at(found, j)[0] - 1].end
        j += _month_at(found, j)[0]
    beside = day is None and j < len(found) and found[j].start - end <= 1
    if beside and (number := _day(found[j].form)):
        day, end = number, found[j].end
        j += 1
    while (
        j < len(found)
        and found[j].form in ("من", "عام", "سنه", "العام", "of", "de")
        and year is None
    ):
        j += 1
    if j < len(found) and _year(found[j].form) and found[j].start - end <= 10:
        year, end = found[j].form, found[j].end
    if found[i].form in _DOUBTFUL_MONTHS and day is None and year is None:
        return None
    value = (year or "-") + f"-{month:02}" + (f"-{day:02}" if day else "")
    return Fact("date", start, end, value)


def _day(form: str) -> int | None:
    match = re.fullmatch(r"ال?(\d{1,2})|(\d{1,2})(?:st|nd|rd|th|er)?", form)
    if match is None:
        return None
    number = int(match[1] or match[2])
    return number if 1 <= number <= 31 else None


_TITLES = word_forms(
    "الرئيس رئيس الوزير وزير السفير سفير السفيرة الملك ملك الأمير أمير الشيخ الدكتور السيد "
    "السيدة "
    "النائب الجنرال اللواء العميد العقيد المتحدث الإمام البابا السلطان سلطان الزعيم "
    "القائد "
    "المدير المبعوث القاضي الصحفي الصحافي الكاتب الباحث المحلل المرشح والده نجله شقيقه زوجته "
    "الوزيرة الدكتورة الدكتور المديرة الكاتبة النائبة المتحدثة الشاعر الشاعرة الباحثة المهندس "
    "الطبيب الطبيبة المدرب اللاعب الممثل الممثلة المخرج المخرجة المطرب الخبير الخبيرة المحامي "
    "المحامية النقيب المفتي المطران البطريرك الرائد السيناتور"
)
# What the word after it is the name of, in one word.
_NAMED = word_forms(
    "نهر مدينة قرية بلدة محافظة مركز مجلس شركة جامعة صحيفة منتخب نادي قناة حزب مطار ميناء جبل "
    "بحيرة جزيرة ولاية حي شارع مصرف بنك وكالة مؤسسة منظمة حركة معهد متحف مهرجان جائزة وزارة"
)
_NASAB = word_forms("بن ابن أبو أبي أبا آل عبد بنت أم")
_AT = word_forms("لدى في")
_OFFICES = word_forms(
    "الأمريكي الأميركي العراقي الأسبق السابق الحالي الجديد العام الوزراء الخارجية الدفاع "
    "الداخلية الجمهورية الدولة باسم الرسمي"
)
_SENTENCE_BREAK = re.compile(r"[.!?:\n«»“”\"]\s*$")
_SMALL = word_forms("of the and de la le du al el von van bin ibn den der")
_NOT_CAPITAL_NAMES = word_forms(
    "the a an i it he she they we you in on at this that these those his her its their our but "
    "and or "
    "however meanwhile according when while if as for from with by to of le la les un une des "
    "il elle "
    "monday tuesday wednesday thursday friday saturday sunday"
)


# «بغداد – », "BAGHDAD (AP) — ": where a report was filed, in one to three words at its beginning.
_DATELINE = re.compile(
    r"\W*(?:[^\W\d_a-z][^\W\da-z]*[ ,،]{0,2}){1,3}(?:\([^()\n]{2,30}\)\s*[-–—:]|[–—]|-(?=\s))"
    r"|\W*(?:[\w.'’]+[ ,]{0,2}){1,3}\([^()\n]{2,30}\)\s*[-–—:]"
)


def _names(text: str, found: list[Word]) -> list[Fact]:
    dateline = _DATELINE.match(text)
    begins = dateline.end() if dateline else 0
    every = _latin_names(text, found) + _arabic_names(text, found)
    return [fact for fact in every if fact.start >= begins]


def _latin_names(text: str, found: list[Word]) -> list[Fact]:
    names: list[Fact] = []
    i = 0
    while i < len(found):
        if not _capital(text, found[i]) or found[i].form in _NOT_CAPITAL_NAMES:
            i += 1
            continue
        first = found[i].start == 0 or _SENTENCE_BREAK.search(text[: found[i].start])
        j = i + 1
        while j < len(found) and _runs_on(text, found, j):
            j += 1
        while j > i + 1 and found[j - 1].form in _SMALL:
            j -= 1
        month = _month_at(found, i)[1] is not None
        if not month and (not first or j - i > 1 or text[found[i].start : found[i].end].isupper()):
            start, end = found[i].start, found[j - 1].end
            value = " ".join(word.form.removesuffix("'s") for word in found[i:j])
            names.append(Fact("name", start, end, value))
        i = j
    return names


def _capital(text: str, word: Word) -> bool:
    return text[word.start].isupper()


def _runs_on(text: str, found: list[Word], j: int) -> bool:
    between = text[found[j - 1].end : found[j].start]
    if between not in (" ", "-", ". "):
        return False
    if between == ". " and found[j - 1].end - found[j - 1].start > 2:
        return False
    if found[j].form in _SMALL:
        return j + 1 < len(found) and _capital(text, found[j + 1])
    return _capital(text, found[j])


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """Normalised words that are nearly always names: Arabic ones, and places in English."""
    return frozenset(Path(__file__).with_name("names.txt").read_text("utf-8").split())


def _arabic_names(text: str, found: list[Word]) -> list[Fact]:
    names: list[Fact] = []
    i = 0
    while i < len(found):
        first, last = _name_at(text, found, i)
        if last > first:
            value = " ".join(word.form for word in found[first:last])
            names.append(Fact("name", found[first].start, found[last - 1].end, value))
        i = max(i + 1, last)
    return names


def _name_at(text: str, found: list[Word], i: int) -> tuple[int, int]:
    """The words of a name that a word begins or announces, as a range; empty where none."""
    form = found[i].form
    if form in _TITLES:
        j = i + 1
        # «وزير الخارجية الأميركي أنتوني بلينكن»: the office comes before the name, and so may
        # the place: «السفير الأميركي لدى العراق ماثيو تولر».
        while j < len(found) and j - i < 5:
            if found[j].form in _AT:
                j += 2
            elif _office(found[j].form):
                j += 1
            else:
                break
        return j, _run(text, found, j, _may_be_name)
    if form in _NAMED and i + 1 < len(found):
        named = found[i + 1].form
        ordinary = named.endswith(("يه", "ي", "ين", "ون", "ات"))
        return i + 1, i + 1 + (not ordinary and _may_be_name(named))
    if form in _NASAB and 0 < i < len(found) - 1:
        return i - (form not in ("عبد", "ابو", "ام", "ال")), i + 2
    if form in known_names() and is_arabic(form):
        return i, _run(text, found, i, lambda one: one in known_names() or one in _NASAB)
    return i, i


def _run(text: str, found: list[Word], start: int, fits: Callable[[str], bool]) -> int:
    """The end of a run of at most three fitting words with nothing but space between them."""
    end = start
    while end < len(found) and end - start < 3 and fits(found[end].form):
        if end > start and text[found[end - 1].end : found[end].start].strip():
            break
        if text[found[end].start : found[end].end].endswith(("ً", "ًا")):
            break  # an adverb or an object, as names seldom are
        end += 1
    return end


def _office(form: str) -> bool:
    return form in _OFFICES or (
        form.startswith("ال") and len(form) > 4 and not is_function_word(form)
    )


def _may_be_name(form: str) -> bool:
    return (
        is_arabic(form)
        and len(form) > 2
        and form not in _OFFICES | _TITLES | SAYING
        and not is_function_word(form)
    )
