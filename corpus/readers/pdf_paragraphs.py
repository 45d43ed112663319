"""The paragraphs of a PDF, told by the distances between its lines and by where these end."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal

from corpus.readers.bidi import Strong, last_strong
from corpus.readers.pdf_page import Line

# Shares of the sizes, distances and widths around.
_FARTHEST = 2.6  # sizes of letters from one line of a paragraph to the next
_SAME = 0.06  # distances that differ by less are one distance
_SHARE = 0.2  # of the distances: so many are alike where they are the usual one
_FARTHER = 1.15  # than usual: a new paragraph
_WIDER = 1.35  # than in the rest of the file: a column that is set wider, no paragraphs
_LARGER = 1.1  # letters than the next line's: a headline
_INDENT = (0.8, 6.0)  # sizes of letters
_SHORT = 0.15  # of a column's width: what a line leaves free where its paragraph ends
_CELL = 10.0  # sizes of letters: a narrower column is a column of a table
_SENTENCE_END = re.compile("[.!?؟۔…:][\"'»”’)\\]]*\\s?[\\[(]?\\d{0,3}[\\])]?$")
_HYPHEN = re.compile("[^\\W\\d_][-\u00ad\u2010]$")
# A dash at the end of a line goes on without a blank, unless it ends a phrase - such as this-.
_DASH = re.compile(r"\w[-\u2010-\u2015/]$")
_OPEN_DASH = re.compile(r"(?:^|\s)[-\u2010-\u2015]\w[^-\u2010-\u2015]*[-\u2010-\u2015]$")

_FIGURE = re.compile(r"\d+(?:[-/.:٫٬,]\d+)*")  # that stands alone, such as a date

_NUMBER = re.compile("[٠-٩۰-۹](?:[٫٬.,:/-]?[٠-٩۰-۹])*")
_PERSIAN_LETTERS = re.compile("[پچژگکیےہ]")
_PERSIAN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC_DIGITS = {new: old for old, new in _PERSIAN_DIGITS.items()}

_Break = Literal["", "\n", "\n\n"]


def paragraphs(pages: Sequence[Sequence[Line]]) -> str:
    """Writes the text of pages, a line a paragraph, with a blank line where a gap parts them.

    Args:
        pages: The lines of each page in the order of reading.
    """
    columns = [
        list(column)
        for page in pages
        for _, column in itertools.groupby(page, key=lambda line: line.column)
    ]
    everywhere = _usual_distances(columns)
    sizes = Counter(line.size for column in columns for line in column for _ in line.shown)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    out: list[str] = []
    paragraph: list[Line] = []
    last: list[Line] = []
    for column in columns:
        here = _usual_distances([column])
        usual = everywhere | {
            size: distance
            for size, distance in here.items()
            if distance < _WIDER * everywhere[size]
        }
        edges = _edges(column)
        parted = _parted_by_columns(last, column) if last else ""
        for place, line in enumerate(column):
            if place:
                parted = _parted(column[place - 1], line, edges, usual, body)
            if parted:
                out += [_text(paragraph), parted]
                paragraph = []
            paragraph.append(line)
        last = column
    return "".join([*out, _text(paragraph)] if paragraph else out)


def _usual_distances(columns: Sequence[Sequence[Line]]) -> dict[float, float]:
    """How far the lines of a paragraph are apart, for each size of letters."""
    distances: dict[float, list[float]] = defaultdict(list)
    for column in columns:
        for before, line in itertools.pairwise(column):
            distance = before.baseline - line.baseline
            if before.size == line.size and 0 < distance < _FARTHEST * line.size:
                distances[line.size].append(distance)
    return {size: _usual(sorted(found)) for size, found in distances.items()}


def _usual(distances: Sequence[float]) -> float:
    """The least of the distances that are frequent."""
    alike = [
        (sum(abs(other - distance) <= _SAME * distance for other in distances), distance)
        for distance in dict.fromkeys(round(distance, 1) for distance in distances)
    ]
    most = max(count for count, _ in alike)
    enough = min(most, max(2, _SHARE * len(distances)))
    return next(distance for count, distance in alike if count >= enough)


def _edges(column: Sequence[Line]) -> tuple[float, float]:
    return min(line.left for line in column), max(line.right for line in column)


def _parted(
    before: Line,
    line: Line,
    edges: tuple[float, float],
    usual: dict[float, float],
    body: float,
) -> _Break:
    """What parts two lines of a column."""
    distance = before.baseline - line.baseline
    larger, smaller = max(before.size, line.size), min(before.size, line.size)
    expected = usual.get(before.size) or usual.get(line.size) or 1.7 * before.size
    if larger > _LARGER * smaller or not 0 < distance <= _FARTHER * expected:
        return "\n\n"
    left, right = edges
    if before.has_cells and line.has_cells:
        return "\n"
    if right - left < _CELL * line.size and any(_FIGURE.fullmatch(x.text) for x in (before, line)):
        return "\n"
    if _DASH.search(before.text) or _HYPHEN.search(before.text):
        return ""
    if line.size > _LARGER * body:
        return ""  # a headline of several lines
    if _ends_short(before, line, left, right) or _is_indented(before, line, left, right):
        return "\n"
    return ""


def _parted_by_columns(column: Sequence[Line], following: Sequence[Line]) -> _Break:
    """What parts the last line of a column or page and the first of the next."""
    before, line = column[-1], following[0]
    left, right = _edges(column)
    start, end = _edges(following)
    width = end - start
    alike = abs(before.size - line.size) < 0.05 * line.size and (
        len(following) == 1 or abs(width - (right - left)) < 0.1 * width
    )
    if not alike or _SENTENCE_END.search(before.text):
        return "\n\n"
    return "\n\n" if _ends_short(before, line, left, right) else ""


def _ends_short(before: Line, line: Line, left: float, right: float) -> bool:
    """Tells whether a line ends although the next one's first word had room on it."""
    free = before.left - left if before.right_to_left else right - before.right
    room = line.first_word + 0.25 * line.size
    if not _SENTENCE_END.search(before.text):
        if unicodedata.category(line.text[:1] or " ") == "Ll":
            return False
        room = max(room, _SHORT * (right - left))
    return free > room


def _is_indented(before: Line, line: Line, left: float, right: float) -> bool:
    """Tells whether a line begins farther in than the one before, which ends a sentence.

    In the middle of a sentence it is a line of a list, whose first begins with a sign.
    """
    if not _SENTENCE_END.search(before.text):
        return False

    def indent(each: Line) -> float:
        return (right - each.right if each.right_to_left else each.left - left) / each.size

    def free(each: Line) -> float:
        return (each.left - left if each.right_to_left else right - each.right) / each.size

    least, most = _INDENT
    centred = indent(line) > least and abs(indent(line) - free(line)) < least
    return not centred and least < indent(line) - max(0.0, indent(before)) < most


def _text(paragraph: Sequence[Line]) -> str:
    """The text of a paragraph, words that are parted at the ends of lines made whole."""
    kinds = Counter(unicodedata.bidirectional(c) for line in paragraph for c in line.text)
    rtl, ltr = kinds["R"] + kinds["AL"], kinds["L"]
    right_to_left = rtl > ltr if rtl or ltr else paragraph[0].right_to_left
    before: Strong = "R" if right_to_left else "L"
    text = ""
    for line, after in zip(paragraph, [*paragraph[1:], None], strict=True):
        number_follows = after is not None and _begins_with_number(after)
        read = line.read(right_to_left, before, before_number=number_follows)
        if text and read and not _goes_on(text):
            text += " "
        elif _HYPHEN.search(text) and read and (read[0].islower() or text[-1] == "\u00ad"):
            text = text[:-1]  # «govern-» and «ment»; «États-» and «Unis» keep their hyphen
        text += read
        before = last_strong(read, before)
    return _with_even_digits(text.replace("\u00ad", ""))


def _with_even_digits(text: str) -> str:
    """Writes each number in digits of one system.

    Arabic and Persian digits of one shape may be one glyph, of which a font tells either digit.
    """
    digits = _PERSIAN_DIGITS if _PERSIAN_LETTERS.search(text) else _ARABIC_DIGITS

    def even(number: re.Match[str]) -> str:
        mixed = (
            number.group().translate(_PERSIAN_DIGITS)
            != number.group()
            != (number.group().translate(_ARABIC_DIGITS))
        )
        return number.group().translate(digits) if mixed else number.group()

    return _NUMBER.sub(even, text)


def _begins_with_number(line: Line) -> bool:
    return bool(line.shown) and line.shown[-1 if line.right_to_left else 0].text.isdecimal()


def _goes_on(text: str) -> bool:
    """Tells whether a line ends within a word or a figure."""
    return text[-1] == "\u00ad" or bool(_DASH.search(text) and not _OPEN_DASH.search(text))
