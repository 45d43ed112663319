"""Amounts in a text: value, unit, bound and per what, as one phrase with its exact place.

«38 مليون و500 ألف دينار», "two and a half million", "at least $1.2m a year": a figure is its whole
phrase, and two figures are equal only where all of it is. Dates, times, ordinals and numbers that
name something ("article 140") are no amounts. The words of a dozen languages stand in
``number_words.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from corpus.arabic import is_arabic, normalise, western_digits
from corpus.words import word_forms, words

Bound = Literal["", "~", "<", "<=", ">", ">=", "range"]
"""How far a figure binds: exactly, about, at most, at least; or an end of a range."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: ``text[start:end]``, its bound and its unit included.

    Attributes:
        value: Its value.
        unit: What it is measured in ("USD", "%", "kilometre"); None for a bare count.
        bound: How far it binds.
        per: What each of it is for ("year", "barrel"); None for a total.
        start: Offset of its first character.
        end: Offset after its last.
    """

    value: Decimal
    unit: str | None
    bound: Bound
    per: str | None
    start: int
    end: int

    def equals(self, other: Quantity) -> bool:
        """Tells whether both say the same: value, unit, bound and per."""
        return str(self) == str(other)

    def __str__(self) -> str:
        parts = [self.bound + plain(self.value), self.unit, f"per {self.per}" if self.per else None]
        return " ".join(part for part in parts if part)


def plain(value: Decimal) -> str:
    """Writes a value without exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_of(form: str) -> str | None:
    """The unit that a word names ("dollars", «كيلومترا»)."""
    return _UNITS.get((form,))


# Words that are read as parts of a number


@dataclass(frozen=True, slots=True)
class _Numeral:
    kind: Literal["one", "before ten", "scale", "two of", "one or two of", "fraction", "parts"]
    value: Decimal
    language: str


_KINDS: Mapping[str, Any] = {
    "ones": "one",
    "before_ten": "before ten",
    "scales": "scale",
    "two_of": "two of",
    "one_or_two_of": "one or two of",
    "fractions": "fraction",
    "parts": "parts",
}
_DATA = tomllib.loads(Path(__file__).with_name("number_words.toml").read_text("utf-8"))
_OWN = {language: word_forms(text) for language, text in _DATA["own"].items()}


def _numerals() -> dict[str, list[_Numeral]]:
    found: dict[str, list[_Numeral]] = {}
    for language, tables in _DATA.items():
        for table, kind in _KINDS.items() if isinstance(tables, dict) else ():
            for value, text in tables.get(table, {}).items():
                fraction = Fraction(value)
                number = Decimal(fraction.numerator) / Decimal(fraction.denominator)
                for form in word_forms(text):
                    found.setdefault(form, []).append(_Numeral(kind, number, language))
    return found


_NUMERALS = _numerals()


def _phrases(table: Mapping[str, Sequence[str] | str]) -> dict[tuple[str, ...], str]:
    return {
        tuple(word.form for word in words(phrase)): meaning
        for meaning, phrases in table.items()
        for phrase in (phrases.split() if isinstance(phrases, str) else phrases)
    }


_BOUNDS = _phrases(_DATA["bounds"])
_BOUNDS_APART = _phrases(_DATA["bounds_apart"])
_BOUNDS_AFTER = _phrases(_DATA["bounds_after"])
_PER = _phrases(_DATA["per"])
_PER_EACH = _phrases({"each": _DATA["per_each"]["words"]})
_EACH_OF = word_forms(_DATA["per_each"]["of"])
_UNITS = _phrases(_DATA["units"])
_PER_NOT_BEFORE = word_forms(_DATA["per_not_before"]["words"])
_LABELS = word_forms(_DATA["labels"]["words"])
_METRES = word_forms(_DATA["metres"]["words"])
_AND = word_forms(_DATA["joining"]["and"])
_OF = word_forms(_DATA["joining"]["of"])
_LETTERS = {
    form: Decimal(value) for value, text in _DATA["letters"].items() for form in word_forms(text)
}
_SYMBOLS = {symbol: unit for unit, text in _DATA["symbols"].items() for symbol in text.split()}
_MARKS = {symbol: unit for symbol, unit in _SYMBOLS.items() if not symbol.isalpha()}
_CODES = {normalise(symbol): unit for symbol, unit in _SYMBOLS.items() if symbol.isalpha()}
_BEFORE_MARK = re.compile(
    "(?:" + "|".join(map(re.escape, sorted(_MARKS, key=len, reverse=True))) + r")[ \u00a0]?\Z"
)
_AFTER_MARK = re.compile(
    r"[ \u00a0\u202f]?("
    + "|".join(map(re.escape, sorted(_MARKS, key=len, reverse=True)))
    + r")(?!\s?\d)"
)

_PREFIXES = ("", "و", "ال", "وال", "ب", "ل", "ول", "وب", "لل", "ف", "فال", "بال", "ك")
_HEBREW_PREFIXES = ("", "ו", "ה", "ב", "ל", "כ", "מ", "ש")
_BETWEEN = word_forms("بين between entre zwischen")
_UP_TO = word_forms("إلى to à bis a hasta تا عد")

_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333333", "⅔": "0.666667"}
# Digits with their grouping: by spaces, by points and commas, or by none; then a vulgar fraction.
_DIGITS = re.compile(
    r"(?<![\d])(?<!\d[.,:/٫٬،])"
    r"(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,٫،]\d{1,2}(?!\d))?"
    r"|\d+(?:[.,٫٬'’،]\d+)*)"
    r"(?:[ \u00a0]?[½¼¾⅓⅔])?"
    r"|[½¼¾⅓⅔]"
)
_TIME = re.compile(r"\d{1,2}:\d{2}|\d+/\d+")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|e|è?me|ème|º|ª|°)\b", re.IGNORECASE)
_CLITICS = re.compile("(?:^|(?<=[^\\w]))([وفبلك]?(?:لل|ال|ل|ب)?ـ*)\\Z")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, or a number in digits."""

    start: int
    end: int
    form: str
    value: Decimal | None = None  # of digits
    joined: bool = False  # «و500»
    definite: bool = False  # «الـ13»


def quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """Finds the amounts of a text, in order.

    Args:
        text: Any text.
        language: ISO 639-1 code of its language, which decides about words that several languages
            share; by its script where not given.
    """
    tokens = _tokens(text)
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        read = _amount(text, tokens, at, language)
        if read is None:
            at += 1
            continue
        value, end = read
        if _counts(text, tokens, at, end, language):
            found.append(_whole(text, tokens, at, end, value))
            end = max(end, _token_after(tokens, found[-1].end))
        at = end
    return tuple(found)


# From characters to tokens


def _tokens(text: str) -> list[_Token]:
    western = western_digits(text)
    digits = [token for match in _DIGITS.finditer(western) for token in _digits(western, match)]
    taken = {place for token in digits for place in range(token.start, token.end)}
    plain_words = [
        _Token(word.start, word.end, word.form)
        for word in words(text)
        if word.start not in taken and word.end - 1 not in taken
    ]
    return sorted((*digits, *plain_words), key=lambda token: token.start)


def _digits(text: str, match: re.Match[str]) -> list[_Token]:
    """A number in digits; a list written without spaces is several."""
    start, end = match.span()
    value = None if _TIME.match(text, start) else _value(match.group())
    if value is None:
        return [_Token(start, end, match.group())]
    if re.search(r"(?:^|[\s(])[-−]\Z", text[:start]):
        value, start = -value, start - 1
    before = _CLITICS.search(text[:start])
    clitics = before[1] if before else ""
    first = start - len(clitics)
    return [
        _Token(first, end, match.group(), value, clitics.startswith(("و", "ف")), "ال" in clitics)
    ]


def _value(written: str) -> Decimal | None:
    """The value of a number in digits; a separator with three digits behind it groups."""
    fraction = Decimal(_VULGAR[written[-1]]) if written[-1] in _VULGAR else Decimal(0)
    written = written.rstrip("½¼¾⅓⅔").strip()
    if not written:
        return fraction
    groups = re.split(r"[ \u00a0\u202f\u2009.,٫٬'’،]", written)
    marks = [mark for mark in written if not mark.isdigit()]
    if len(groups) == 1:
        return Decimal(written) + fraction
    last_differs = marks[-1] != marks[0] and len(set(marks[:-1])) == 1
    whole = groups[:-1] if last_differs else groups
    grouped = (
        len(whole) > 1
        and 1 <= len(whole[0]) <= 3
        and whole[0] != "0"
        and all(len(group) == 3 for group in whole[1:])
    )
    if len(groups) == 2:
        if grouped and marks[0] != "٫":
            return Decimal("".join(groups)) + fraction
        return None if marks[0] in "'’ " else Decimal(f"{groups[0]}.{groups[1]}") + fraction
    lakhs = len(set(marks)) == 1 and re.fullmatch(r"\d{1,2}(,\d{2})+,\d{3}", written)
    if lakhs or (grouped and not last_differs and len(set(marks)) == 1):
        return Decimal("".join(groups)) + fraction
    if grouped and last_differs:
        return Decimal("".join(whole) + "." + groups[-1]) + fraction
    return None


# From tokens to values


def _numeral(form: str, language: str | None) -> tuple[_Numeral, str] | None:
    """What a word is as a part of a number, and the particles written onto it."""
    prefixes = _PREFIXES if is_arabic(form) else _HEBREW_PREFIXES if _hebrew(form) else ("",)
    for prefix in prefixes:
        bare = form[len(prefix) :] if form.startswith(prefix) else ""
        readings = [
            numeral
            for numeral in _NUMERALS.get(bare, ())
            if numeral.language == language
            or bare not in _OWN.get(numeral.language, ())
            or (language is None and numeral.language == "ar")
        ]
        readings.sort(key=lambda numeral: numeral.language != language)
        if readings and not (prefix and _is_short(bare)):
            return readings[0], prefix
    if language == "de" and (value := _german(form)) is not None:
        return _Numeral("one", Decimal(value), "de"), ""
    return None


def _is_short(bare: str) -> bool:
    """Tells whether a word with a letter before it is more likely another word («وست», «بسبع»)."""
    return len(bare) < 3 and is_arabic(bare)


def _hebrew(form: str) -> bool:
    return any("\u05d0" <= letter <= "\u05ea" for letter in form)


@lru_cache(maxsize=1024)
def _german(form: str) -> int | None:
    """The value of a compound («dreihundertfünfundzwanzig»)."""
    for scale, power in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = form.partition(scale)
        if found:
            first = 1 if not head else _german(head)
            rest = 0 if not tail else _german(tail.removeprefix("und"))
            return None if first is None or rest is None else first * power + rest
    ones = {
        bare: int(numeral.value)
        for bare, numerals in _NUMERALS.items()
        for numeral in numerals
        if numeral.language == "de" and numeral.kind == "one" and numeral.value % 1 == 0
    }
    one, found, ten = form.partition("und")
    if found and ones.get(one, 10) < 10 and ones.get(ten, 0) >= 20:
        return ones[one] + ones[ten]
    return ones.get(form)


class _Number:
    """A number as its words add up: what is complete up to a scale, and what is not yet.

    Each method takes one word, and tells whether it belongs to the number.
    """

    def __init__(self) -> None:
        self.complete = Decimal(0)
        self.open: Decimal | None = None
        self.scale: Decimal | None = None  # the last one of a thousand or more

    @property
    def value(self) -> Decimal:
        return self.complete + (self.open or Decimal(0))

    @property
    def begun(self) -> bool:
        return self.open is not None or self.scale is not None

    def take_digits(self, value: Decimal, scale: Decimal | None, *, attached: bool) -> bool:
        """Takes digits: «38 مليون و500 ألف»; in "3 million and 20 dead" they are another number.

        Args:
            value: Their value.
            scale: The scale behind them, if any.
            attached: Whether an "and" is written onto them, as Arabic does.
        """
        if self.begun:
            fits = self.scale is not None and (scale or value) < self.scale
            if self.open is not None or not fits or not (scale or attached):
                return False
        self.open = value
        return True

    def take_one(self, value: Decimal, language: str, *, joined: bool) -> bool:
        """Takes a word for a number below a thousand."""
        if self.open is None:
            if self.scale is not None and value >= self.scale:
                return False
            self.open = value
            return True
        added = _added(self.open, value, language, joined=joined)
        if added is None:
            return False
        self.open = added
        return True

    def take_scale(self, value: Decimal, *, joined: bool) -> bool:
        """Takes "hundred", "million" and the like."""
        if self.open is None and self.scale is not None and not joined and value >= self.scale:
            self.complete, self.scale = self.complete * value, value  # «ألف مليون»
            return True
        if self.scale is not None and value >= self.scale:
            return False
        times = Decimal(1) if self.open is None else self.open
        if value >= 1000:
            self.complete, self.open, self.scale = self.complete + times * value, None, value
            return True
        if times >= 100:
            return False
        self.open = times * value
        return True

    def take_two_of(self, value: Decimal, *, joined: bool) -> bool:
        """Takes «مليونان», «ألفين»."""
        if self.open is not None or (
            self.scale is not None and (not joined or value >= self.scale)
        ):
            return False
        if value >= 1000:
            self.complete, self.scale = self.complete + 2 * value, value
        else:
            self.open = 2 * value
        return True

    def add_fraction(self, fraction: Decimal, of: Decimal | None) -> None:
        """Adds "and a half": of the last scale, or of one."""
        if self.open is None and self.scale is not None:
            self.complete += fraction * (of or self.scale)
        else:
            self.open = (self.open or Decimal(0)) + fraction


def _amount(
    text: str, tokens: Sequence[_Token], at: int, language: str | None
) -> tuple[Decimal, int] | None:
    """Reads the number that begins at a token: its value, and the token behind it."""
    number = _Number()
    place = at
    while place < len(tokens):
        step = place
        if place > at and not _near(text, tokens[place - 1], tokens[place]):
            break
        joined = place > at and tokens[place].form in _AND and place + 1 < len(tokens)
        if joined:
            step += 1
            if not _near(text, tokens[place], tokens[step]):
                break
            if tokens[step].form in _OF and _fraction_at(tokens, step + 1, language):
                step += 1  # "two and a half"
        after = _take(text, tokens, step, number, language, joined=joined)
        if after is None:
            break
        place = after
    return (number.value, place) if place > at else None


def _take(
    text: str,
    tokens: Sequence[_Token],
    at: int,
    number: _Number,
    language: str | None,
    *,
    joined: bool,
) -> int | None:
    """Adds a token to a number; gives the token behind it, None where it does not belong to it."""
    token = tokens[at]
    if token.value is not None:
        scale = _scale_at(tokens, at + 1, language)
        return at + 1 if number.take_digits(token.value, scale, attached=token.joined) else None
    read = _numeral(token.form, language)
    if read is None:
        # "a quarter of a million"
        part = number.scale is None and number.open is not None and number.open < 1
        return at + 1 if part and _scale_soon(tokens, at, language) else None
    numeral, prefix = read
    value = numeral.value
    joined = joined or prefix.startswith(("و", "ו"))
    taken, length = False, 1
    match numeral.kind:
        case "one":
            taken = number.take_one(value, numeral.language, joined=joined)
        case "scale":
            taken = number.take_scale(value, joined=joined)
        case "two of":
            taken = number.take_two_of(value, joined=joined)
        case "one or two of":
            two = not number.begun and _counts_two(text, tokens, at)
            take = number.take_two_of if two else number.take_scale
            taken = take(value, joined=joined)
        case "before ten":  # «اثنا عشر»
            ten = _numeral(tokens[at + 1].form, language) if at + 1 < len(tokens) else None
            is_ten = ten is not None and ten[0].value == 10 and not ten[1]
            length = 2
            taken = is_ten and number.take_one(value + 10, numeral.language, joined=joined)
        case "parts":  # "three quarters of a million"
            taken = number.open is not None and _scale_soon(tokens, at + 1, language)
            if number.open is not None and taken:
                number.open *= value
        case "fraction" if not number.begun:
            taken = _scale_soon(tokens, at + 1, language)
            number.open = value if taken else None
        case "fraction":
            taken = joined or numeral.language == "tr"
            # «مليار ونصف المليار» names the scale again.
            again = _scale_at(tokens, at + 1, language) if number.open is None else None
            length = 2 if again else 1
            if taken:
                number.add_fraction(value, again)
    return at + length if taken else None


def _near(text: str, one: _Token, other: _Token) -> bool:
    return text[one.end : other.start].strip(" \u00a0\u202fـ") in ("", "-", "‐", "‑")


def _added(one: Decimal, other: Decimal, language: str, *, joined: bool) -> Decimal | None:
    """Two number words side by side as one value; None where they are two numbers."""
    last = one % 100
    if one % 1 or other % 1 or not other:
        return None
    if language == "fr" and last == 4 and other == 20:  # quatre-vingts
        return one - 4 + 80
    if language in ("ar", "fa", "he") and not joined:
        return one + other if other == 10 and 0 < last < 10 else None  # «خمسة عشر»
    fits = (
        (last == 0 and other < 100)
        or (last >= 20 and last % 10 == 0 and other < 10)
        or (language == "fr" and last in (60, 80) and other < 20)
        or (language == "ar" and last < 10 and 20 <= other < 100)
    )
    return one + other if fits else None


def _is_scale(token: _Token, language: str | None) -> bool:
    read = _numeral(token.form, language) if token.value is None else None
    return read is not None and read[0].kind in ("scale", "one or two of")


def _scale_at(tokens: Sequence[_Token], at: int, language: str | None) -> Decimal | None:
    if at < len(tokens) and _is_scale(tokens[at], language):
        read = _numeral(tokens[at].form, language)
        return read[0].value if read else None
    return None


def _fraction_at(tokens: Sequence[_Token], at: int, language: str | None) -> bool:
    read = _numeral(tokens[at].form, language) if at < len(tokens) else None
    return read is not None and read[0].kind == "fraction"


def _scale_soon(tokens: Sequence[_Token], at: int, language: str | None) -> bool:
    """Tells whether a scale follows, perhaps behind "of", "a" and the like."""
    for token in tokens[at : at + 3]:
        if _is_scale(token, language):
            return True
        if token.form not in _OF:
            return False
    return False


def _counts_two(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """Tells «مليونا دينار» (two, before what is counted) from «مليونا» (one, an object)."""
    token = tokens[at]
    written = text[token.start : token.end]
    if "\u064b" in written or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    apart = text[token.end : after.start].strip(" \u00a0")
    return (
        not apart
        and after.value is None
        and is_arabic(after.form)
        and not after.form.startswith("و")
        and after.form not in _NO_NOUNS
    )


_NO_NOUNS = word_forms(
    "فقط من في على إلى عن مع بعد قبل منذ حتى خلال أو ثم بل لا لم لن قد هذا هذه ذلك تلك كان كانت "
    "أمس اليوم غدا تقريبا سنويا شهريا يوميا أسبوعيا العام إضافيا جديدا كاملا واحدا إن أن لكن مقابل"
)


def _counts(text: str, tokens: Sequence[_Token], at: int, end: int, language: str | None) -> bool:
    """Tells an amount from an ordinal, a time, a name, or a vague word."""
    first, last = tokens[at], tokens[end - 1]
    before = tokens[at - 1] if at else None
    if first.value is not None and end == at + 1:
        if first.definite or _ORDINAL.match(text, last.end):
            return False
        if before is not None and before.form in _LABELS and _near_label(text, before, first):
            return False
        if language == "de" and re.match(r"\. [A-ZÄÖÜ]", text[last.end :]):
            return False
        if last.end < len(text) and text[last.end].isalpha() and not _letters(text, tokens, end):
            return bool(re.match(r"[a-zA-Z%]{1,3}\b", text[last.end :])) or _known_unit(
                tokens, end, text
            )
        before_it = text[first.start - 1 : first.start]
        return not before_it.isalpha() or is_arabic(before_it)  # "F16", "B52"
    if first.value is not None:
        return True
    read = _numeral(first.form, language)
    if read is None:
        return False
    numeral, prefix = read
    if end == at + 1:
        definite = "ال" in prefix or prefix == "لل"
        if numeral.kind == "one" and numeral.value == 1:
            return False  # "one of them"
        if numeral.kind == "one" and definite and numeral.value >= 20:
            return False  # «القرن العشرين»
        if numeral.kind == "scale":
            plural = numeral.value >= 12 and first.form in _MANY
            return not prefix and not plural and numeral.language in ("ar", "fa", "tr", "de", "fr")
        if numeral.kind in ("fraction", "parts"):
            return False
    if all((r := _numeral(t.form, language)) and r[0].kind == "scale" for t in tokens[at:end]):
        return not (first.form in _MANY or "ال" in prefix)  # "hundreds of thousands"
    return True


_MANY = word_forms(
    "مئات آلاف ملايين مليارات بلايين تريليونات cents millions milliards hundreds thousands "
    "billions trillions dozen millionen milliarden billionen millones billones אלפים מאות אלפי "
    "מיליוני מיליארדי"
)


def _near_label(text: str, label: _Token, token: _Token) -> bool:
    return not text[label.end : token.start].strip(" .°\u00a0#:")


def _letters(text: str, tokens: Sequence[_Token], end: int) -> bool:
    last = tokens[end - 1]
    match = re.match(r"[ ]?([A-Za-z]{1,4})(?!\w)", text[last.end :])
    return bool(match and match[1].casefold() in _LETTERS)


def _known_unit(tokens: Sequence[_Token], end: int, text: str) -> bool:
    return end < len(tokens) and (tokens[end].form,) in _UNITS


# From values to whole phrases


def _whole(text: str, tokens: Sequence[_Token], at: int, end: int, value: Decimal) -> Quantity:
    """The amount with all that belongs to it: bound, currency, unit, per what."""
    start = tokens[at].start + _clitic(text, tokens[at])
    stop = tokens[end - 1].end
    unit: str | None = None
    if match := _BEFORE_MARK.search(text[:start]):
        unit = _MARKS[match.group().strip()]
        start = match.start()
    elif at and (code := _code(text, tokens[at - 1])) and _near(text, tokens[at - 1], tokens[at]):
        unit, start, at = code, tokens[at - 1].start, at - 1
    elif at and tokens[at - 1].form == "yuzde":
        unit, start, at = "%", tokens[at - 1].start, at - 1
    value, stop, end = _scaled_by_letter(text, tokens, end, value, stop, unit)
    if unit is None:
        unit, stop, end = _unit(text, tokens, end, stop)
    per, stop, end = _per(text, tokens, end, stop)
    bound, start = _bound(text, tokens, at, start)
    if not bound:
        bound, stop = _bound_after(text, tokens, end, stop)
    if not bound and _in_range(text, tokens, at, end):
        bound = "range"
    return Quantity(value, unit, bound, per, start, stop)


def _code(text: str, token: _Token) -> str | None:
    """The currency of a code in capitals ("USD")."""
    return _CODES.get(token.form) if text[token.start : token.end].isupper() else None


def _clitic(text: str, token: _Token) -> int:
    """How many characters of a numeral are particles written onto it («لأربعين», «لـ40»)."""
    written = text[token.start : token.end]
    if token.value is not None:
        digit = re.search(r"[-−\d½¼¾⅓⅔]", written)
        return digit.start() if digit else 0
    rest = written
    while rest[:1] in ("و", "ب", "ل", "ف", "ك") and normalise(rest) not in _NUMERALS:
        rest = rest[1:].lstrip("ـ")
    return len(written) - len(rest) if normalise(rest) in _NUMERALS else 0


def _scaled_by_letter(
    text: str, tokens: Sequence[_Token], end: int, value: Decimal, stop: int, unit: str | None
) -> tuple[Decimal, int, int]:
    """Reads "1.2m", "40 bn", "€38M"."""
    if tokens[end - 1].value is None:
        return value, stop, end
    match = re.match(r"[ \u00a0]?([A-Za-z]{1,4})(?!\w)", text[stop:])
    scale = _LETTERS.get(match[1].casefold()) if match else None
    if match is None or scale is None:
        return value, stop, end
    if match[1] == "m" and unit is None:
        after = next((token for token in tokens[end:] if token.start > stop + match.end()), None)
        if after is None or after.form in _METRES or text[stop : stop + 1] == " ":
            return value, stop, end
        if not after.form.isalpha():
            return value, stop, end
    stop += match.end()
    return value * scale, stop, _token_after(tokens, stop)


def _token_after(tokens: Sequence[_Token], offset: int) -> int:
    return next((n for n, token in enumerate(tokens) if token.start >= offset), len(tokens))


def _unit(text: str, tokens: Sequence[_Token], end: int, stop: int) -> tuple[str | None, int, int]:
    if match := _AFTER_MARK.match(text, stop):
        return _MARKS[match[1]], match.end(), _token_after(tokens, match.end())
    if end >= len(tokens) or text[stop : tokens[end].start].strip(" \u00a0-‑"):
        return None, stop, end
    place = end + (tokens[end].form in _PARTITIVE and end + 1 < len(tokens))
    if code := _code(text, tokens[place]):
        return code, tokens[place].end, place + 1
    for skipped in (0, 1):  # "d'euros" is one word
        found = _longest(_UNITS, tokens, place, skipped)
        if found is not None:
            unit, length = found
            return unit, tokens[place + length - 1].end, place + length
    return None, stop, end


_PARTITIVE = word_forms("de")


def _longest(
    phrases: Mapping[tuple[str, ...], str], tokens: Sequence[_Token], at: int, elided: int = 0
) -> tuple[str, int] | None:
    """The meaning of the longest phrase that begins at a token, and how many tokens it takes."""
    for length in (4, 3, 2, 1):
        forms = tuple(token.form for token in tokens[at : at + length])
        if elided and forms:
            forms = (forms[0].removeprefix("d'"), *forms[1:])
        if len(forms) == length and forms in phrases:
            return phrases[forms], length
    return None


def _per(text: str, tokens: Sequence[_Token], end: int, stop: int) -> tuple[str | None, int, int]:
    """Reads "a year", «شهريا» behind an amount, directly or behind one or two words of what."""
    for skipped in range(3):
        at = end + skipped
        if at >= len(tokens) or re.search(r"[.!?؟،,;:؛\n]", text[stop : tokens[at].start]):
            break
        found = _longest(_PER, tokens, at)
        if found is None and not skipped and (each := _per_each(text, tokens, end, stop)):
            return each
        if found is None:
            if tokens[at].value is not None:
                break
            continue
        per, length = found
        after = at + length
        if after < len(tokens) and tokens[after].form in _PER_NOT_BEFORE:
            break
        if not skipped:
            return per, tokens[after - 1].end, after
        return per, stop, end
    return None, stop, end


def _per_each(
    text: str, tokens: Sequence[_Token], end: int, stop: int
) -> tuple[str, int, int] | None:
    """Reads "for each hall" directly behind an amount; what it is for is the next word."""
    found = _longest(_PER_EACH, tokens, end)
    if found is None or re.search(r"[.!?؟،,;:؛\n]", text[stop : tokens[end].start]):
        return None
    what = end + found[1]
    while what < len(tokens) and tokens[what].form in _EACH_OF:
        what += 1
    if what >= len(tokens) or tokens[what].value is not None:
        return None
    return tokens[what].form, tokens[what].end, what + 1


def _bound(text: str, tokens: Sequence[_Token], at: int, start: int) -> tuple[Bound, int]:
    for length in (4, 3, 2, 1):
        first = at - length
        if first < 0 or text[tokens[at - 1].end : start].strip(" \u00a0-ـبلكوف"):
            continue
        forms = tuple(token.form for token in tokens[first:at])
        for bare, clitics in _without_clitic(forms):
            if bare in _BOUNDS:
                return _as_bound(_BOUNDS[bare]), tokens[first].start + clitics
    seen = at
    while seen > 0 and at - seen < 14:
        seen -= 1
        token = tokens[seen]
        if token.value is not None or re.search(
            r"[.!?؟;:؛\n،,]", text[token.end : tokens[seen + 1].start if seen + 1 < at else start]
        ):
            break
        for length in (3, 2, 1):
            if seen + 1 < length:
                continue
            forms = tuple(t.form for t in tokens[seen + 1 - length : seen + 1])
            for bare, _ in _without_clitic(forms):
                if bare in _BOUNDS_APART:
                    return _as_bound(_BOUNDS_APART[bare]), start
    return "", start


def _as_bound(written: str) -> Bound:
    bounds: tuple[Bound, ...] = ("~", "<", "<=", ">", ">=")
    return next(bound for bound in bounds if bound == written)


def _without_clitic(forms: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], int]]:
    """A phrase as it stands, and without the particles written onto its first word («بنحو»)."""
    yield forms, 0
    first = forms[0]
    if is_arabic(first):
        for length in (1, 2):
            if len(first) > length + 2 and first[:length] in ("و", "ب", "ل", "ف", "وب", "ول"):
                yield (first[length:], *forms[1:]), length


def _bound_after(text: str, tokens: Sequence[_Token], end: int, stop: int) -> tuple[Bound, int]:
    for skipped in range(4):
        at = end + skipped
        if at >= len(tokens) or re.search(r"[.!?؟;:؛\n]", text[stop : tokens[at].start]):
            break
        if tokens[at].value is not None:
            break
        found = _longest(_BOUNDS_AFTER, tokens, at)
        if found is not None:
            meaning, length = found
            return _as_bound(meaning), tokens[at + length - 1].end
    return "", stop


def _in_range(text: str, tokens: Sequence[_Token], at: int, end: int) -> bool:
    """Tells whether an amount is an end of a range: "between 40 and 50", "40–50"."""
    before = tokens[max(0, at - 1) : at]
    if before and before[0].form in _BETWEEN:
        return True
    if tokens[at].joined or (before and before[0].form in _AND):
        back = [token.form for token in tokens[max(0, at - 6) : at]]
        if any(form in _BETWEEN for form in back) and any(
            token.value is not None for token in tokens[max(0, at - 6) : at]
        ):
            return True
    dashes = ("-", "–", "—", "−")
    after = text[tokens[end - 1].end : tokens[end].start].strip() if end < len(tokens) else ""
    left = text[tokens[at - 1].end : tokens[at].start].strip() if at else ""
    if (after in dashes and tokens[end].value is not None) or (
        left in dashes and tokens[at - 1].value is not None
    ):
        return True
    number_after = end + 1 < len(tokens) and tokens[end + 1].value is not None
    number_before = at > 1 and tokens[at - 2].value is not None
    return (number_after and tokens[end].form in _UP_TO) or (
        number_before and tokens[at - 1].form in _UP_TO
    )
