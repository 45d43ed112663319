"""The text of a PDF's page in the order of reading.

Of the two ways in which pypdf gives it, in the order in which the page draws it and as it looks,
each is right where the other is wrong: the first goes through one column after the other and
keeps words whole, the second knows where the words of a line stand.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.readers.encoding import common_words

if TYPE_CHECKING:
    from pypdf import PageObject

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LEFT_TO_RIGHT_RUN = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9@#$€£]+"
    r"(?:[ .,:/\-–'&@_+]+[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9]+)*"
)
_RIGHT_TO_LEFT_RUN = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z0-9]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*"
)
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_BRACKET = re.compile(r"[()\[\]{}«»‹›]")
_GAP = re.compile(" +")
_GUTTER = 3  # letters between two columns at least
_FEWEST = 4  # lines that have text on both sides of a gutter
_WIDEST = 1000  # letters in a line of a page that people read
_CROSSING = 0.2  # share of the lines that may run over a gutter, as headlines do
_BACK = 5  # lines up the page: a jump this far goes to the next column

_Piece = tuple[float, float, float, str]  # from the left, from below, size, text


def page_text(page: PageObject) -> str:
    """Gives the text of a page.

    Args:
        page: The page.
    """
    pieces: list[_Piece] = []

    def take(text: str, to_page: list[float], at: list[float], _: object, size: float) -> None:
        x = at[4] * to_page[0] + at[5] * to_page[2] + to_page[4]
        y = at[4] * to_page[1] + at[5] * to_page[3] + to_page[5]
        pieces.append((x, y, abs(size * at[3] * to_page[3]) or 1.0, text.strip("\n")))

    drawn = page.extract_text(visitor_text=take)
    look = page.extract_text(extraction_mode="layout").splitlines()
    if not _RIGHT_TO_LEFT.search(drawn):
        shown = "\n".join(columns(look)) if _draws_rows(drawn, look) else drawn
    elif _goes_back_up(pieces):
        shown = "\n".join(_lines(pieces))
    else:
        rtl, latin = len(_RIGHT_TO_LEFT.findall(drawn)), len(_LATIN.findall(drawn))
        shown = reading_order("\n".join(columns(look, right_first=rtl > latin)))
    drawn, shown = (_PRESENTATION.sub(_letters, text) for text in (drawn, shown))
    return "\n".join(_joined(line, frozenset(drawn.split())) for line in shown.splitlines())


def _goes_back_up(pieces: Sequence[_Piece]) -> bool:
    """Tells whether a page draws one column after the other."""
    drawn = [(y, size) for _, y, size, text in pieces if text.strip()]
    return any(
        after - before > _BACK * size for (before, _), (after, size) in itertools.pairwise(drawn)
    )


def _lines(pieces: Sequence[_Piece]) -> Iterator[str]:
    """Joins the pieces of each line as they are drawn, those of a right-to-left one by place."""
    line: list[tuple[float, int, str]] = []
    last = 0.0
    for number, (x, y, size, text) in enumerate(pieces):
        if not text:
            continue
        if line and abs(y - last) > 0.5 * size:
            yield _line(line)
            if not 0 < last - y < 1.6 * size:
                yield ""
            line = []
        line.append((x, number, text))
        last = y
    yield _line(line)


def _line(pieces: Sequence[tuple[float, int, str]]) -> str:
    joined = "".join(text for *_, text in pieces)
    if len(_RIGHT_TO_LEFT.findall(joined)) > len(_LATIN.findall(joined)):
        joined = ""
        for *_, text in sorted(pieces, reverse=True):
            joined += _in_place(text)
        first = _BRACKET.search(joined)
        if first and first.group() in ")]}»›":
            joined = joined.translate(_MIRRORED)
    return " ".join(joined.split())


def _in_place(text: str) -> str:
    """Turns a piece of a right-to-left line that is stored as it looks: signs, spaces at ends."""
    core = text.strip()
    if not any(c.isalnum() for c in core):
        return text[::-1]
    if _RIGHT_TO_LEFT.search(core):
        return text
    ahead, _, behind = text.partition(core)
    return behind + core + ahead


def columns(look: Sequence[str], *, right_first: bool = False) -> list[str]:
    """Puts the columns of a page under one another.

    A gutter is a place that is blank in nearly all lines, wider than any gap between words, with
    several lines of text on either side of it. Lines over it, such as headlines, part the
    columns above them from those below.

    Args:
        look: The page's lines as they look, in letters of one width.
        right_first: Whether the right column comes first.
    """
    place = _gutter(look)
    if place is None:
        return list(look)
    out: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for line in [*look, None]:
        if line is not None and not line[place : place + _GUTTER].strip():
            left.append(line[:place].rstrip())
            right.append(line[place:].strip())
            continue
        for side in (right, left) if right_first else (left, right):
            out += [*columns(side, right_first=right_first), ""]
        out += [line] if line is not None else []
        left, right = [], []
    return out


def _gutter(look: Sequence[str]) -> int | None:
    """Finds the place where a page's columns part; None where it has one column."""
    width = max(map(len, look), default=0)
    filled = [line for line in look if line.strip()]
    best: tuple[int, int] | None = None
    if width > _WIDEST:
        return None
    for place in range(width // 5, 4 * width // 5):
        blank = [line for line in filled if not line[place : place + _GUTTER].strip()]
        both = [line for line in blank if line[:place].strip() and line[place:].strip()]
        widest = sum(_gap(line, place) >= _widest_gap(line) for line in both)
        crossing = len(filled) - len(blank)
        if widest >= max(_FEWEST, 0.8 * len(both)) and crossing <= _CROSSING * len(filled):
            best = max(best or (0, 0), (len(both) - crossing, place))
    return best[1] if best else None


def _gap(line: str, place: int) -> int:
    """How many blanks there are around a place of a line."""
    before, after = line[:place], line[place:]
    return len(line) - len(before.rstrip()) - len(after.lstrip())


def _widest_gap(line: str) -> int:
    return max(map(len, _GAP.findall(line.strip())), default=0)


def _draws_rows(drawn: str, look: Sequence[str]) -> bool:
    """Tells whether a page of columns is drawn line by line through all of them."""
    place = _gutter(look)
    if place is None:
        return False
    rows = [line for line in look if line[:place].strip() and line[place:].strip()]
    lines = {"".join(line.split()) for line in drawn.splitlines()}
    return sum("".join(row.split()) in lines for row in rows) >= len(rows) / 2


def _joined(line: str, words: frozenset[str]) -> str:
    """Joins the halves of words that a page draws in two steps, and that it has as words."""
    out: list[str] = []
    for word in line.split():
        if out and _RIGHT_TO_LEFT.match(word) and not {out[-1], word} <= words:
            whole = out[-1] + word
            if whole in words:
                out[-1] = whole
                continue
        out.append(word)
    return " ".join(out)


def _letters(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def reading_order(text: str) -> str:
    """Turns lines that are stored as they look, left to right, into the order of reading.

    Some PDFs store right-to-left lines in reading order already: of both orders the one that
    gives more of the language's common words is kept.

    Args:
        text: Lines as they look on the page.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    turned = "\n".join(_turned(line) for line in lines)
    as_stored = "\n".join(lines)
    return max((turned, as_stored), key=lambda t: common_words(_PRESENTATION.sub(_letters, t)))


def _turned(line: str) -> str:
    rtl, latin = len(_RIGHT_TO_LEFT.findall(line)), len(_LATIN.findall(line))
    if not rtl:
        return line
    if rtl < latin:
        return _RIGHT_TO_LEFT_RUN.sub(lambda run: run.group()[::-1].translate(_MIRRORED), line)
    backwards = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT_RUN.sub(lambda run: run.group()[::-1], backwards)
