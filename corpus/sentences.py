"""Where sentences begin and end, with exact offsets, in any script.

A sentence ends at a line's end or at a stop inside the line. A wrong cut breaks a quotation, a
missed one only makes it longer, so every doubtful stop (an abbreviation, an initial, a decimal,
the two dots that Arabic headlines use as a dash) is not an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A run of stops with what closes after it: quotation marks, brackets, a footnote's number.
_STOP = re.compile(
    r"(?P<stop>[.!?؟…۔।。！？]+)"
    r"(?P<close>[\"'»”’›)\]}」』]*(?:\[\d{1,3}\])*)"
)
_OPENERS = "\"'«“‘‹([{「『-–—• \t\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069"
_WORD = re.compile(r"\w")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_TOKEN_BEFORE = re.compile(r"[^\s\"'«“”(\[/]*\Z")
_TOKEN_AFTER = re.compile(r"\s*(\w+)")
_CLAUSE = re.compile("[؛;](?=\\s)")
_BULLET = re.compile(r"\s*(?:[•●▪◦*–—-]|\d{1,3}[.)-])\s")

_ABBREVIATED = (
    # English titles, months and the small words of citing
    "mr mrs ms dr prof st gen col lt sgt maj capt cpl adm sen rep gov pres hon rev jr sr vs etc"
    " inc ltd co corp dept est fig nos vol pp ed eds al cf ca approx jan feb mar apr"
    " jun jul aug sep sept oct nov dec mt ft"
    # French, German, Spanish, Portuguese, Turkish, Russian
    " mm mme mlle av bd éd env hab nr bzw usw evtl str sog sra srta ud uds ee uu"
    " doç yrd müh г ул им стр тыс млн млрд руб"
)
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
# Latin letters by their names, as in «سي. إن. إن»: a stop between two of them is no end.
_LETTER_NAMES = (
    "اي أي آي إيه بي سي دي إي إف أف اف جي إتش كي إل إم أم ام إن ان أو كيو آر ار إس أس اس تي يو إكس"
)
_LETTERS = frozenset(_LETTER_NAMES.split())
# The end of an address that is written in Arabic letters.
_DOMAINS = ("نت", "كوم", "أورغ", "com", "net", "org")
_WRAPPED = 120  # no hard-wrapped text is wider than this
_LONG = 600  # a sentence longer than this is cut at its semicolons
_CLAUSE_MINIMUM = 150


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Finds the sentences of a text.

    Args:
        text: Any text. A line break ends a sentence, save in text that is wrapped by hand (no
            line wider than 120 characters), where only a line that had room for the next
            word does.

    Returns:
        ``(start, end)`` offsets in order, without the white space around; together they hold
        every character that is not white space.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _lines(text):
        for sentence in _cut_at_stops(text, start, end):
            spans += _cut_at_clauses(text, *sentence)
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Gives the lines that hold something, those of a wrapped paragraph joined."""
    lines: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        lines.append(_trim(text, position, position + len(line)))
        position += len(line)
    width = max((end - start for start, end in lines), default=0)
    current: tuple[int, int] | None = None
    for start, end in lines:
        if current and start < end and width <= _WRAPPED and _wrapped(text, current, start, width):
            current = current[0], end
            continue
        if current:
            yield current
        current = (start, end) if start < end else None
    if current:
        yield current


def _wrapped(text: str, line: tuple[int, int], following: int, width: int) -> bool:
    """Tells whether a line was broken only because the next word had no room."""
    if _BULLET.match(text, following):
        return False
    last_line = text.rfind("\n", line[0], line[1]) + 1 or line[0]
    word = re.compile(r"\S*").match(text, following)
    room = width - (line[1] - last_line) - 1
    return width >= 40 and word is not None and len(word.group()) > room


def _cut_at_stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    last_word = end
    while last_word > start and not _WORD.match(text[last_word - 1]):
        last_word -= 1
    first = _WORD.search(text, start, end)
    for stop in _STOP.finditer(text, start, end):
        if first is None or stop.end() >= last_word:
            break
        if first.start() < stop.start() and _ends(text, start, stop):
            yield _trim(text, start, stop.end())
            start = stop.end()
            first = _WORD.search(text, start, end)
    yield _trim(text, start, end)


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tells whether a stop that has words on both sides of it in its line ends a sentence."""
    mark = stop["stop"]
    if mark[0] in "。！？।۔":
        return True
    if mark == "..":
        return False
    token = _TOKEN_BEFORE.search(text, max(start, stop.start() - 40), stop.start())
    before = token.group() if token else ""
    if mark == "." and not stop["close"] and _abbreviation(text, start, stop.start(), before):
        return False
    after = stop.end()
    if mark == "." and before.rsplit(".", 1)[-1] in _LETTERS:
        following = _TOKEN_AFTER.match(text, after)
        if following and following.group(1) in _LETTERS:
            return False
    spaced = text[after].isspace()
    while after < len(text) - 1 and text[after] in _OPENERS:
        after += 1
    letter = text[after]
    if spaced:
        return not letter.islower()
    if _ARABIC.match(letter):
        return not text.startswith(_DOMAINS, after)
    return (
        letter.isupper()
        and len(before) > 1
        and (before[-2:].islower() or bool(stop["close"]) or _ARABIC.match(before[-1]) is not None)
    )


def _abbreviation(text: str, start: int, dot: int, before: str) -> bool:
    part = before.rsplit(".", 1)[-1].strip("-–—،,")
    if not part:
        return "." in before
    if part.isdigit():  # a list's number, or a decimal
        return (dot - len(part) <= start + 1) or text[dot + 1].isdigit()
    if len(part) == 1 and part.isalpha():
        # «٢٠١١ م.» closes a sentence; «د. أحمد» and "J. Smith" do not.
        head = text[max(start, dot - 12) : dot - len(before)].rstrip()
        return not (_ARABIC.match(part) and head[-1:].isdigit())
    return part.lower() in _ABBREVIATIONS


def _cut_at_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start > _LONG:
        for mark in _CLAUSE.finditer(text, start, end):
            if mark.end() - start >= _CLAUSE_MINIMUM and end - mark.end() >= _CLAUSE_MINIMUM:
                yield _trim(text, start, mark.end())
                start = mark.end()
    yield _trim(text, start, end)
