"""Lines that stand on several pages of one folder: menus, notices, boxes for newsletters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_TIMES = 3  # pages from which a line counts as recurring
_SENTENCE = 90  # characters from which a line is taken for a sentence though it has no stop
_SHARE = 0.5  # of all pages, for what looks like a sentence: outlets repeat their background
_TELLING = 50  # characters from which a line helps to know copies of one story
_STOP = re.compile(r"[.!?؟…؛۔。！？][\"'»”’)\]\s]*\Z")


def recurring_lines(pages: Iterable[Sequence[str]]) -> frozenset[str]:
    """Finds the lines that three pages and more have in common, and that are no story's.

    What looks like a sentence has to stand on half of the pages. Copies of a page, which have
    most of their longer lines in common, count as one page.

    Args:
        pages: The lines of each page.
    """
    times: Counter[str] = Counter()
    counted = 0
    holders: dict[str, list[int]] = {}
    for page in pages:
        lines = {line.strip() for line in page} - {""}
        telling = [line for line in lines if len(line) >= _TELLING]
        shared: Counter[int] = Counter()
        for line in telling:
            for other in holders.get(line, ()):
                shared[other] += len(line)
        if not telling or max(shared.values(), default=0) >= sum(map(len, telling)) / 2:
            continue
        for line in telling:
            holders.setdefault(line, []).append(counted)
        times.update(lines)
        counted += 1
    return frozenset(
        line
        for line, number in times.items()
        if number >= _TIMES and (not _is_sentence(line) or number >= _SHARE * counted)
    )


def _is_sentence(line: str) -> bool:
    return len(line) >= _SENTENCE or _STOP.search(line[-40:]) is not None
