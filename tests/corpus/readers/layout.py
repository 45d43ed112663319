"""The Unicode Bidirectional Algorithm: how a paragraph in reading order is shown.

Without explicit formatting characters, and with brackets resolved as UAX #9 tells (N0).
"""

import unicodedata
from collections.abc import Sequence

MIRRORED = dict(zip("()[]«»", ")(][»«", strict=True))


def shown(text: str, right_to_left: bool) -> str:
    """The characters of a paragraph of one line as they look, from left to right."""
    return shown_lines([text], right_to_left)[0]


def shown_lines(lines: Sequence[str], right_to_left: bool) -> list[str]:
    """The characters of each line of a paragraph as they look, from left to right."""
    levels = _levels(" ".join(lines), int(right_to_left))
    out: list[str] = []
    for line in lines:
        out.append(_shown_line(line, levels[: len(line)]))
        del levels[: len(line) + 1]
    return out


def _shown_line(line: str, levels: list[int]) -> str:
    characters = [MIRRORED.get(c, c) if n % 2 else c for c, n in zip(line, levels, strict=True)]
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(levels):
            stop = start
            while stop < len(levels) and levels[stop] >= level:
                stop += 1
            characters[start:stop] = reversed(characters[start:stop])
            levels[start:stop] = reversed(levels[start:stop])
            start = stop + 1
    return "".join(characters)


def _levels(text: str, base: int) -> list[int]:
    kinds = [unicodedata.bidirectional(c) for c in text]
    side = "R" if base else "L"
    strong = side
    for n, kind in enumerate(kinds):  # W1, W2, W3
        if kind == "NSM":
            kinds[n] = kinds[n - 1] if n else side
        elif kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[n] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for n in range(1, len(kinds) - 1):  # W4
        before, after = kinds[n - 1], kinds[n + 1]
        if before == after and (
            (kinds[n] == "CS" and before in ("EN", "AN")) or (kinds[n] == "ES" and before == "EN")
        ):
            kinds[n] = before
    for n, kind in enumerate(kinds):  # W5
        if kind == "EN":
            for step in (-1, 1):
                at = n + step
                while 0 <= at < len(kinds) and kinds[at] == "ET":
                    kinds[at] = "EN"
                    at += step
    strong = side
    for n, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"
    _resolve_brackets(text, kinds, side)
    start = 0
    while start < len(kinds):  # N1, N2
        stop = start
        while stop < len(kinds) and kinds[stop] not in ("L", "R", "EN", "AN"):
            stop += 1
        before = _direction(kinds[start - 1]) if start else side
        after = _direction(kinds[stop]) if stop < len(kinds) else side
        kinds[start:stop] = [before if before == after else side] * (stop - start)
        start = stop + 1
    above = {0: {"R": 1, "EN": 2, "AN": 2}, 1: {"L": 2, "EN": 2, "AN": 2}}[base]  # I1, I2
    return [above.get(kind, base) for kind in kinds]


def _resolve_brackets(text: str, kinds: list[str], side: str) -> None:
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for n, character in enumerate(text):
        if character in "([":
            open_at.append(n)
        elif character in ")]":
            for place in range(len(open_at) - 1, -1, -1):
                if MIRRORED[text[open_at[place]]] == character:
                    pairs.append((open_at[place], n))
                    del open_at[place:]
                    break
    for first, last in sorted(pairs):
        inside = {_direction(kind) for kind in kinds[first + 1 : last]} & {"L", "R"}
        before = next(
            (_direction(k) for k in reversed(kinds[:first]) if _direction(k) in ("L", "R")), side
        )
        if side in inside:
            kinds[first] = kinds[last] = side
        elif inside:
            kinds[first] = kinds[last] = before


def _direction(kind: str) -> str:
    return "R" if kind in ("EN", "AN") else kind
