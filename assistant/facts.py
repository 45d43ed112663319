"""Numbers, dates, names and quotations in a text, with exact places and comparable values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from assistant.claims.numbers import Quantity, quantities
from corpus.arabic import is_arabic, normalise
from corpus.dates import MONTHS, find_calendar_dates
from corpus.words import Word, word_forms, words
from vectorstore.questions import SAYING, is_function_word, language_of

FactKind = Literal["number", "date", "name", "quotation"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a text states outright: ``text[start:end]``.

    Attributes:
        kind: What it is.
        start: Offset of its first character.
        end: Offset after its last.
        value: Its comparable form: value, unit, bound and per for a number (``<40 USD per year``);
            for a date as `corpus.dates.CalendarDate.key` writes it (``1958-10-13``, ``1958-10``,
            ``1958``, ``--10-13``, ``--10``, ``hijri:1442-09``, ``day-1``); normalised words for a
            name or quotation.
        quantity: Of a number, its parts.
    """

    kind: FactKind
    start: int
    end: int
    value: str
    quantity: Quantity | None = None


_QUOTATION = re.compile(r"«([^«»]{2,600})»|“([^“”]{2,600})”|\"([^\"\n]{2,600})\"")


@lru_cache(maxsize=8192)
def facts(text: str, language: str | None = None) -> tuple[Fact, ...]:
    """Finds what a text states outright, in order of place.

    The parts of a date are not also numbers. Names in Latin letters are runs of capitalised words
    after the first word of a sentence, in German, which gives every noun a capital, those that no
    article or ending gives away; names in Arabic, which has no capitals, are the words that follow
    a title, a kunya or a nasab particle, so many stay unfound.

    Args:
        text: Any text.
        language: ISO 639-1 code of its language; told from the text where not given.
    """
    language = language or language_of(text)
    found = words(text)
    dates = [
        Fact("date", date.start, date.end, date.key) for date in find_calendar_dates(text, language)
    ]
    taken = [(fact.start, fact.end) for fact in dates]
    numbers = [
        Fact("number", amount.start, amount.end, str(amount), amount)
        for amount in quantities(text, language)
        if not any(start < amount.end and amount.start < end for start, end in taken)
    ]
    quotations = [
        Fact("quotation", *_trimmed(text, *m.span(m.lastindex or 0)), normalise(m.group()))
        for m in _QUOTATION.finditer(text)
        if m[m.lastindex or 0].strip()
    ]
    every = dates + numbers + _names(text, found, language) + quotations
    return tuple(sorted(every, key=lambda fact: (fact.start, fact.end, fact.kind)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


TITLES = word_forms(
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


def _names(text: str, found: list[Word], language: str) -> list[Fact]:
    dateline = _DATELINE.match(text)
    begins = dateline.end() if dateline else 0
    every = _latin_names(text, found, language) + _arabic_names(text, found)
    return [fact for fact in every if fact.start >= begins]


# German gives every noun a capital. A name is told by standing beside another one, behind a title
# perhaps; two nouns side by side are otherwise mostly an amount or a time ("Ende August").
_GERMAN_TITLES = (
    "präsident präsidentin kanzler kanzlerin minister ministerin sekretär sekretärin botschafter "
    "botschafterin bürgermeister bürgermeisterin sprecher sprecherin chef chefin leiter leiterin "
    "direktor direktorin trainer trainerin general oberst herr frau doktor professor professorin "
    "könig königin prinz prinzessin papst scheich richter richterin autor autorin sänger sängerin "
    "schauspieler schauspielerin politiker politikerin vorsitzender vorsitzende vorsitzenden "
    "abgeordneter abgeordnete abgeordneten gouverneur gouverneurin beauftragter beauftragte "
    "gesandter gesandte gesandten ingenieur ingenieurin anwalt anwältin"
)
_GERMAN_TITLE_ENDINGS = tuple(sorted(word_forms(_GERMAN_TITLES)))
_GERMAN_NO_NAMES = word_forms(
    "ende anfang mitte uhr prozent euro dollar million millionen milliarde milliarden tausend "
    "hundert jahr jahre jahren tag tage tagen monat monate monaten woche wochen stunde stunden "
    "minute minuten tonne tonnen kilometer meter grad teil hälfte montag dienstag mittwoch "
    "donnerstag freitag samstag sonntag morgen abend nacht menschen der die das"
)
_GERMAN_NOUN_ENDINGS = (
    "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen",
    "tat", "taten", "ismus", "nis", "nisse", "behorde", "amt", "ministerium",
)  # fmt: skip


def _latin_names(text: str, found: list[Word], language: str) -> list[Fact]:
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
        begins, ends = i, j
        if language == "de":
            begins, ends = _german_name(found, i, j)
        elif first and j - i == 1 and not text[found[i].start : found[i].end].isupper():
            ends = i
        if begins < ends and found[begins].form not in MONTHS:
            start, end = found[begins].start, found[ends - 1].end
            value = " ".join(word.form.removesuffix("'s") for word in found[begins:ends])
            names.append(Fact("name", start, end, value))
        i = j
    return names


def _german_name(found: list[Word], i: int, j: int) -> tuple[int, int]:
    """The name in a run of words with capitals, as a range; empty where there is none."""
    while i < j and (
        found[i].form.endswith(_GERMAN_TITLE_ENDINGS) or found[i].form in _GERMAN_NO_NAMES
    ):
        i += 1
    end = i
    while end < j and found[end].form not in _GERMAN_NO_NAMES and found[end].form not in MONTHS:
        end += 1
    run = [word.form for word in found[i:end]]
    known = all(form in known_names() for form in run)
    ordinary = any(form.endswith(_GERMAN_NOUN_ENDINGS) for form in run)
    return i, end if known or (len(run) > 1 and not ordinary) else i


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
    if form in TITLES:
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
        and form not in _OFFICES | TITLES | SAYING
        and not is_function_word(form)
    )
