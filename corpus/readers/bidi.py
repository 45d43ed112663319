"""Text that is known as it looks, from left to right, put into the order of reading.

The Unicode Bidirectional Algorithm (UAX #9) tells how text in reading order is shown. This is its
inverse, for a line of letters in their places: which runs of a line read from left to right
follows from the algorithm's rules for numbers (W2 to W7), neutral characters (N1) and brackets
(N0). Figures read from left to right in every script; only the order of the runs turns.

Where two texts look the same, the likelier is taken: a Latin phrase keeps its number after it
("Windows 11").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

Strong = Literal["L", "R", "AL"]
"""The direction of a letter: left to right, right to left (Hebrew), right to left (Arabic)."""

_MIRRORED = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
BRACKETS = ("()", "[]", "{}", "«»", "‹›")
_OPENING, _CLOSING = ("".join(side) for side in zip(*BRACKETS, strict=True))
_NUMBERS = ("EN", "AN")


class Shown(NamedTuple):
    """A letter, sign or blank of a line, or several that are shown as one.

    Attributes:
        text: Its characters in the order of reading.
        logical: Whether a bracket is told by what it means; otherwise by how it looks.
    """

    text: str
    logical: bool = False


def reading_order(
    line: Sequence[Shown], right_to_left: bool, before: Strong, *, before_number: bool = False
) -> str:
    """Gives a line in the order of reading.

    Args:
        line: What the line shows, from left to right.
        right_to_left: The direction of the line's paragraph.
        before: The direction of the last letter before the line; at the beginning of a
            paragraph the direction of the paragraph, R or L.
        before_number: Whether the next line of the paragraph begins with a number, to which a
            hyphen at the end of this line belongs.
    """
    kinds = [_kind(shown.text) for shown in line]
    if right_to_left:
        return _right_to_left(line, kinds, before, before_number)
    out: list[str] = []
    at = 0
    for start, stop in _runs(kinds, ("R", "AL"), barred=("L",)):
        out += [shown.text for shown in line[at:start]]
        out.append(_right_to_left(line[start:stop], kinds[start:stop], "R"))
        at = stop
    return "".join([*out, *(shown.text for shown in line[at:])])


def last_strong(text: str, otherwise: Strong) -> Strong:
    """The direction of the last letter of a text in reading order."""
    for character in reversed(text):
        match unicodedata.bidirectional(character):
            case "L":
                return "L"
            case "R":
                return "R"
            case "AL":
                return "AL"
    return otherwise


def _right_to_left(
    line: Sequence[Shown], kinds: list[str], before: Strong, before_number: bool = False
) -> str:
    out: list[str] = []
    stop = len(line)
    runs = _left_to_right_runs(line, kinds, before)
    if before_number and runs and runs[0][0] == 0:
        first, end = runs[0]
        if kinds[end - 1] == "EN" and kinds[end : end + 1] == ["ES"]:
            runs[0] = first, end + 1
    for start, end in reversed(runs):
        out += [_turned(shown) for shown in reversed(line[end:stop])]
        out += [shown.text for shown in line[start:end]]
        stop = start
    out += [_turned(shown) for shown in reversed(line[:stop])]
    return "".join(out)


def _turned(shown: Shown) -> str:
    return shown.text if shown.logical else _MIRRORED.get(shown.text, shown.text)


def _kind(text: str) -> str:
    """The bidirectional class of what is shown as one: that of its letters, if it has any."""
    kinds = [unicodedata.bidirectional(c) or "L" for c in text]
    for wanted in (("L", "R", "AL"), _NUMBERS):
        for kind in kinds:
            if kind in wanted:
                return kind
    return kinds[0] if kinds else "ON"


def _runs(
    kinds: Sequence[str], wanted: Sequence[str], barred: Sequence[str]
) -> list[tuple[int, int]]:
    """Finds what lies from a kind that is wanted to the last one before a kind that is barred."""
    runs: list[tuple[int, int]] = []
    open_run = False
    for place, kind in enumerate(kinds):
        if kind in wanted:
            if open_run:
                runs[-1] = (runs[-1][0], place + 1)
            else:
                runs.append((place, place + 1))
            open_run = True
        elif kind in barred:
            open_run = False
    return runs


def _left_to_right_runs(
    line: Sequence[Shown], kinds: list[str], before: Strong
) -> list[tuple[int, int]]:
    """Finds the runs of a right-to-left line that read from left to right, in their places."""
    runs: list[tuple[int, int]] = []
    stop = len(kinds)
    context = before  # of the letters to the right, which come before in reading
    for place in range(len(kinds) - 1, -2, -1):
        if place < 0 or kinds[place] in ("R", "AL"):
            runs += _runs_between(line, kinds, place + 1, stop, context)
            stop, context = place, "AL" if place >= 0 and kinds[place] == "AL" else "R"
    return sorted(runs)


def _runs_between(
    line: Sequence[Shown], kinds: list[str], start: int, stop: int, context: Strong
) -> list[tuple[int, int]]:
    """The runs between two right-to-left letters."""
    runs: list[tuple[int, int]] = []
    latin = [place for place in range(start, stop) if kinds[place] == "L"]
    if latin or context == "L":
        # European numbers take the direction of Latin letters, Arabic ones part them.
        found = _runs(kinds[start:stop], ("L", "EN"), barred=("AN",))
        for first, end in ((start + a, start + b) for a, b in found):
            if context == "L" or any(first <= place < end for place in latin):
                runs.append(_with_signs(line, kinds, first, end, start, stop))
    covered = {place for first, end in runs for place in range(first, end)}
    for place in range(start, stop - 1):
        if line[place].text == "+" and kinds[place + 1] in _NUMBERS and place not in covered:
            end_of_groups = _end_of_telephone_number(line, kinds, place + 1, stop)
            if end_of_groups:
                runs.append((place, end_of_groups))
                covered.update(range(place, end_of_groups))
    place = start
    while place < stop:
        if kinds[place] in _NUMBERS and place not in covered:
            end = _end_of_number(kinds, place, stop, context)
            first = place
            if kinds[place] == "EN" and context == "R":  # 12% and $12, but not after Arabic
                while first > start and kinds[first - 1] in ("ET", "NSM"):
                    first -= 1
                while end < stop and kinds[end] in ("ET", "NSM"):
                    end += 1
            runs.append((first, end))
            place = end
        else:
            place += 1
    return runs


def _end_of_number(kinds: Sequence[str], place: int, stop: int, context: Strong) -> int:
    """The place after a number, with the separators inside it."""
    separators = ("CS", "ES") if kinds[place] == "EN" and context == "R" else ("CS",)
    same = _NUMBERS if context == "AL" else (kinds[place],)
    while True:
        place += 1
        while place < stop and kinds[place] in ("NSM", "BN"):
            place += 1
        if place < stop and kinds[place] in _NUMBERS:
            continue
        if place + 1 < stop and kinds[place] in separators and kinds[place + 1] in same:
            continue
        return place


def _end_of_telephone_number(
    line: Sequence[Shown], kinds: Sequence[str], place: int, stop: int
) -> int | None:
    """The place after a number of several groups with a plus to its left; None if it has one.

    It was set from left to right on purpose: otherwise its plus would stand to its right.
    """
    groups = 1
    while place < stop:
        if kinds[place] in _NUMBERS:
            place += 1
        elif place + 1 < stop and kinds[place + 1] in _NUMBERS and line[place].text in (" ", "-"):
            groups += 1
            place += 1
        else:
            break
    return place if groups > 1 else None


def _with_signs(
    line: Sequence[Shown], kinds: Sequence[str], first: int, end: int, start: int, stop: int
) -> tuple[int, int]:
    """A run with the brackets that it leaves open, and the signs of its number."""
    if kinds[end - 1] == "EN":
        while end < stop and kinds[end] == "ET":
            end += 1
    inside = [line[place].text for place in range(first, end)]
    if end < stop and line[end].text in _CLOSING and _unpaired(inside, line[end].text) > 0:
        end += 1
    if first > start and line[first - 1].text in _OPENING:
        closing = _CLOSING[_OPENING.index(line[first - 1].text)]
        if _unpaired(inside, closing) < 0:
            first -= 1
    return first, end


def _unpaired(texts: Sequence[str], closing: str) -> int:
    opening = _OPENING[_CLOSING.index(closing)]
    return texts.count(opening) - texts.count(closing)
