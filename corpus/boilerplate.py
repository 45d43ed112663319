"""Which lines of a page's plain text are the story.

A page's text, pasted or dumped, is the story among menus, share buttons, lists of other stories,
comments and notices. Lines of prose weigh for the story by their length and lines of furniture
against it; the story is the run of lines with the greatest sum, less the furniture inside it.
That is boilerpipe's idea (Kohlschütter, Fankhauser & Nejdl 2010, "Boilerplate Detection using
Shallow Text Features") with the maximal run of CETR-like methods in place of a threshold. Nothing
here knows a site: only how prose looks and the words that pages are furnished with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import LeftOut
from corpus.furniture import ends_story, furniture
from corpus.words import words

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = re.compile(r"[.!?؟…:؛۔।。！？][\"'»”’›)\]}」』*\s\u200e\u200f]*(?:\[\d+\])*\Z")
_COMMAS = re.compile("[,،、，;؛]")
_PROSE = 90  # characters from which a line without a stop still looks like prose
_BARRIER = 700.0  # what crossing a heading such as "Comments" costs


@dataclass(frozen=True, slots=True)
class Story:
    """The story's place among a page's lines.

    Attributes:
        headline: Index of the headline's line; None where the page shows none.
        lines: Indexes of the story's lines, in order.
        left_out: Every other line that is not blank, in order.
    """

    headline: int | None
    lines: tuple[int, ...]
    left_out: tuple[LeftOut, ...]


def find_story(lines: Sequence[str]) -> Story:
    """Finds the story among the lines of a page's text.

    Args:
        lines: The page's lines, without their line breaks.
    """
    texts = [line.strip() for line in lines]
    reasons = [furniture(text) if text else None for text in texts]
    often = {text for text, n in Counter(t for t in texts if t).items() if n > 1}
    weights = [
        _weight(text, reason, text in often) for text, reason in zip(texts, reasons, strict=True)
    ]
    first, last = _heaviest_run(weights)
    if first == last:  # a few words, a poem, a list: all of it is the story
        first, last = 0, len(lines)
        if all(reasons[n] for n, text in enumerate(texts) if text):
            reasons = [None] * len(lines)
    headline = _headline(texts, reasons, first)
    kept, left_out = [], []
    for number, (text, reason) in enumerate(zip(texts, reasons, strict=True)):
        if not text:
            continue
        if first <= number < last and number != headline:
            if reason is None:
                kept.append(number)
                continue
        elif number == headline:
            continue
        elif reason is None:
            reason = "before the story" if number < first else "after the story"
        left_out.append(LeftOut(number + 1, lines[number], reason or ""))
    return Story(headline, tuple(kept), tuple(left_out))


def _length(text: str) -> float:
    """Characters, where one of Chinese, Japanese or Korean says as much as two others."""
    return len(text) + len(_CJK.findall(text))


def _weight(text: str, reason: str | None, repeated: bool) -> float:
    if not text:
        return 0.0
    if ends_story(text):
        return -_BARRIER
    length = _length(text)
    if reason:
        return -40.0
    if repeated and length < 200:
        return -40.0
    stop = bool(_ENDS.search(text))
    commas = len(_COMMAS.findall(text))
    if length >= _PROSE and (stop or commas > 1):
        return min(length, 600.0)
    if length >= 2 * _PROSE:
        return min(length, 600.0)
    if stop and length >= 40:
        return length / 2
    if stop and length >= 20:
        return 0.0
    return -35.0


def _heaviest_run(weights: Sequence[float]) -> tuple[int, int]:
    """Finds the run with the greatest sum (Kadane): its first index and the one after its last."""
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for at, weight in enumerate(weights):
        total += weight
        if total <= 0:
            total, start = 0.0, at + 1
        elif total > best:
            best, best_run = total, (start, at + 1)
    return best_run


def _headline(texts: Sequence[str], reasons: Sequence[str | None], first: int) -> int | None:
    """Finds the headline above the story: near, told again on the page, in the story's words."""
    opening = {w.form for text in texts[first : first + 12] for w in words(text[:1000])}
    best, best_score = None, 0.0
    distance = 0
    for number in range(first - 1, -1, -1):
        text = texts[number]
        if not text:
            continue
        distance += 1
        if distance > 60 and number > 3:
            continue
        forms = [w.form for w in words(text) if len(w.form) > 1 or _CJK.match(w.form)]
        if reasons[number] or len(forms) < 3 or not 12 <= _length(text) <= 250:
            continue
        told = sum(form in opening for form in forms) / len(forms)
        again = sum(text in other for other in texts[:first] if other) > 1
        score = told + 0.3 * again - min(0.02 * distance, 0.6) + 0.1 * (len(forms) > 4)
        if score > best_score + 1e-9 and score > 0.25:
            best, best_score = number, score
    return best
