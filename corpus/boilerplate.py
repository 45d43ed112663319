"""Which lines of a page's plain text are the story.

A page's text, pasted or dumped, is the story among menus, share buttons, lists of other stories,
comments and notices. Lines of prose weigh for the story by their length and lines of furniture
against it; the story is a run of lines with a great sum and a headline that fits it, less the
furniture inside it and the teasers of other stories at its ends. Prose is known as in boilerpipe
(Kohlschütter, Fankhauser & Nejdl 2010, "Boilerplate Detection using Shallow Text Features"), the
run is Kadane's. Nothing here knows a site: only how prose looks, what the page says twice, and
the words that pages are furnished with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from corpus.article import LeftOut
from corpus.furniture import ends_story, furniture, is_byline, page_words, shows_page
from corpus.words import forms

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = re.compile(r"[.!?؟…:؛۔।。！？][\"'»”’›)\]}」』*\s\u200e\u200f]*(?:\[\d+\])*\Z")
_COMMAS = re.compile("[,،、，;؛]")
_PROSE = 90  # characters from which a line without a stop still looks like prose
_CAP = 600.0  # what one line can weigh
_BARRIER = 700.0  # what crossing a heading such as "Comments" costs
_SEARCHED = 200_000  # characters of a page in which lines are sought again
_LINK_BOX = 4  # lines that a box of links inside a story has
# Furniture after which little of a story follows.
_BREAKS = frozenset({"comments", "other stories", "newsletter", "login", "tags"})
_LEAST = 100.0  # sum below which a run is no rival
_THIN = 0.55  # share of prose among lines below which a page's end is a list
_TAIL = 0.25  # share of the story's weight below which what follows a break may go
_RULES = 0.7  # what prose about the page itself loses against other prose
_HEAD = 0.3  # share of a run that may stand above its headline
_OPENING = 1500  # characters of a story in which its headline's words are sought
_RIVALS = 4  # runs that compete to be the story
_GAP = 50.0  # most that short lines between two lines of prose cost, where none is furniture
_GAP_LINES = 4  # lines that such a gap has at most
_PROSE_BESIDE = 80  # characters of a sentence on either side of it
_LAST_ITEMS = 12  # items of a list with which a story ends at most
_LIST = 40  # lines that a list after a colon has at most
_TITLE = 150  # characters that the headline of a text without a page has at most
_TITLE_APART = 250  # the same, where a blank line follows it
# Marks of a list's items and of an interview's questions and answers.
_MARKED = re.compile(r"(?:[-–—•*·▪●◦■]|\(?\d{1,2}[.)\-–]|[^\W\d]{1,2}\s?[:：/])\s*[^\W\d]")


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


def find_story(
    lines: Sequence[str],
    recurring: Container[str] = (),
    marked: Mapping[int, str] | None = None,
) -> Story:
    """Finds the story among the lines of a page's text.

    Args:
        lines: The page's lines, without their line breaks.
        recurring: Lines that stand on other pages too, as `corpus.recurring` finds them.
        marked: Indexes of lines that the page itself marks as furniture, with what they are.
    """
    reasons = [furniture(text) if (text := line.strip()) else None for line in lines]
    for number, mark in (marked or {}).items():
        reasons[number] = reasons[number] or mark
    if not shows_page(_without_headline(lines, reasons)):
        return _whole(lines, reasons, recurring)
    page = _Page(lines, reasons, recurring)
    first, last, headline = page.story()
    kept: list[int] = []
    left_out: list[LeftOut] = []
    for number, text in enumerate(page.texts):
        if not text or number == headline:
            continue
        reason = page.reasons[number]
        if first <= number < last:
            if reason is None:
                kept.append(number)
                continue
        elif headline is not None and _tells_again(page.texts[headline], text):
            reason = "headline again"
        elif reason is None:
            reason = "before the story" if number < first else "after the story"
        left_out.append(LeftOut(number + 1, lines[number], reason or ""))
    return Story(headline, tuple(kept), tuple(left_out))


def _whole(lines: Sequence[str], reasons: Sequence[str | None], recurring: Container[str]) -> Story:
    """Takes a text that no furniture stands around for a story, all of it.

    Only its headline is set apart, with the day and the outlet beside it, and lines that stand
    on other pages too.
    """
    left_out = [
        LeftOut(n + 1, line, "on several pages")
        for n, line in enumerate(lines)
        if line.strip() in recurring
    ]
    apart = {line.line - 1 for line in left_out}
    filled = [n for n, line in enumerate(lines) if line.strip() and n not in apart]
    if not filled:
        return Story(None, tuple(sorted(apart)), ())
    above = _bylines(filled, lines, reasons)
    headline, *rest = filled[len(above) :]
    below = _bylines(rest, lines, reasons)
    rest = rest[len(below) :]
    if not rest or not _is_headline(lines[headline].strip(), lines, headline, rest):
        return Story(None, tuple(filled), tuple(left_out))
    left_out += [LeftOut(n + 1, lines[n], reasons[n] or "") for n in (*above, *below)]
    return Story(headline, tuple(rest), tuple(sorted(left_out, key=lambda line: line.line)))


def _without_headline(lines: Sequence[str], reasons: Sequence[str | None]) -> Sequence[str | None]:
    """Drops what is said of a first line of several words: a headline may begin with "Watch"."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    return reasons[first + 1 :] if lines and len(lines[first].split()) > 2 else reasons


def _bylines(
    numbers: Sequence[int], lines: Sequence[str], reasons: Sequence[str | None]
) -> list[int]:
    """Gives those of the first lines that say no more than a day, an outlet or a section."""
    found: list[int] = []
    for number in numbers[:-1]:
        if not is_byline(lines[number].strip(), reasons[number]):
            break
        found.append(number)
    return found


def _is_headline(text: str, lines: Sequence[str], number: int, below: Sequence[int]) -> bool:
    """Tells whether a line heads the lines below it.

    It is short, ends as no sentence does, and stands apart from a longer text: by a blank line
    or a byline, or because the next line is longer and a sentence.
    """
    is_parted = below[0] - number > 1
    if len(text) > (_TITLE_APART if is_parted else _TITLE) or _MARKED.match(text):
        return False
    if not any(map(str.isalnum, text)):
        return False
    if text.endswith(_NO_TITLE_ENDS) and not text.endswith(("..", "…")):
        return False
    following = lines[below[0]].strip()
    is_sentence = bool(_ENDS.search(following[-40:]))
    is_longer = sum(len(lines[n].strip()) for n in below) > len(text)
    if is_parted:
        return is_longer or is_sentence
    return is_sentence and len(following) > len(text)


_NO_TITLE_ENDS = (".", "۔", "。", "،", ",", ":", "؛", ";")


def is_prose(line: str, length: int) -> bool:
    """Tells whether a line is a sentence of some length, and does not lead to another line."""
    is_sentence = len(line) >= length and bool(_ENDS.search(line[-40:]))
    return is_sentence and not line.endswith((":", "：", "..", "…"))


def _tells_again(headline: str, text: str) -> bool:
    """Tells whether a line is the headline with little besides, such as a page's title."""
    return headline in text and len(text) <= len(headline) + 60


def _length(text: str) -> float:
    """Characters, where one of Chinese, Japanese or Korean says as much as two others."""
    return len(text) + len(_CJK.findall(text[:1000]))


class _Page:
    def __init__(
        self, lines: Sequence[str], reasons: Sequence[str | None], recurring: Container[str]
    ) -> None:
        self.texts = [line.strip() for line in lines]
        self.reasons = list(reasons)
        self.filled = [n for n, text in enumerate(self.texts) if text]
        for number in self.filled:
            if self.texts[number] in recurring and self.reasons[number] is None:
                self.reasons[number] = "on several pages"
        self.repeated = self._repeated()
        self._mark_repeated()
        wrapped = self._wrapped()
        self.weights = [self._weight(n, n in wrapped) for n in range(len(lines))]
        self.listed = self._listed()
        for number in self.listed:
            self.weights[number] = max(self.weights[number], 0.0)
        self._mark_link_boxes()
        self._soften_gaps()
        whole = sum(map(len, self.texts)) or 1
        above = 0
        for number, text in enumerate(self.texts):
            # Notices and comments stand at the end, so prose weighs less the lower it stands.
            if self.weights[number] > 0:
                self.weights[number] *= 1 - 0.4 * above / whole
            above += len(text)

    def _repeated(self) -> set[str]:
        """Finds the lines that stand on the page again, alone or as part of another line."""
        page = "\n".join(self.texts)[:_SEARCHED]
        return {
            text
            for text in {self.texts[n] for n in self.filled}
            if 12 <= len(text) <= 250 and page.count(text) > 1
        }

    def _mark_repeated(self) -> None:
        """Short words that stand on a page more than twice are not a story's."""
        times = Counter(text for text in self.texts if text)
        for number, text in enumerate(self.texts):
            if times[text] > 2 and len(text) <= 80 and self.reasons[number] is None:
                self.reasons[number] = "repeated"

    def _wrapped(self) -> set[int]:
        """Finds the lines of paragraphs that are wrapped by hand: they break for want of room."""
        broken = []
        for place, number in enumerate(self.filled[:-1]):
            around = self.filled[max(0, place - 3) : place + 4]
            width = max((n for n in (len(self.texts[k]) for k in around) if n <= 120), default=0)
            word = self.texts[self.filled[place + 1]].split(" ", 1)[0]
            length = len(self.texts[number])
            broken.append(width >= 50 and width >= length > width - len(word) - 1)
        found: set[int] = set()
        run = 0
        for place, is_broken in enumerate([*broken, False]):
            if is_broken:
                run += 1
                continue
            if run >= 3:
                found.update(self.filled[place - run : place + 1])
            run = 0
        return found

    def _weight(self, number: int, wrapped: bool) -> float:
        text, reason = self.texts[number], self.reasons[number]
        if not text:
            return 0.0
        if ends_story(text):
            return -_BARRIER
        if reason:
            return -40.0
        length = _length(text)
        if wrapped:
            return length
        if length >= 60 and page_words(text) >= 3:
            return -40.0
        stop = bool(_ENDS.search(text[-40:]))
        commas = len(_COMMAS.findall(text[:1000]))
        if length >= 2 * _PROSE or (length >= _PROSE and (stop or commas > 1)):
            return min(length, _CAP)
        if stop and length >= 40:
            return length
        if stop and (length >= 20 or not text.endswith((":", "：", "..", "…"))):
            return 0.0
        return -35.0

    def _listed(self) -> set[int]:
        """Finds a list's items: short lines under a line that ends with a colon, or with marks."""
        found: set[int] = set()
        left, below_prose = 0, False
        for number in self.filled:
            text = self.texts[number]
            prose = self.weights[number] > 0
            if self.reasons[number] or self.weights[number] == -_BARRIER:
                left = 0
            elif text.endswith((":", "：")) and (prose or (below_prose and len(text.split()) > 3)):
                left = _LIST
                found.add(number)
            elif prose:
                left = 0
            elif left or _MARKED.match(text):
                left = max(0, left - 1)
                found.add(number)
            below_prose = prose
        return found

    def _soften_gaps(self) -> None:
        """Short lines between two lines of prose are the story's where none is furniture."""
        prose = [n for n in self.filled if self.weights[n] > 0]
        for before, after in pairwise(prose):
            gap = [n for n in range(before + 1, after) if self.texts[n]]
            cost = -sum(self.weights[n] for n in gap)
            if len(gap) > _GAP_LINES or not all(
                is_prose(self.texts[n], _PROSE_BESIDE) for n in (before, after)
            ):
                continue
            if cost > _GAP and not any(self.reasons[n] for n in gap):
                for number in gap:
                    self.weights[number] *= _GAP / cost

    def _mark_link_boxes(self) -> None:
        """The headlines under a heading such as "Read also" are links, and cheap to cross."""
        left = 0
        for number in self.filled:
            if self.reasons[number] == "link to another story":
                left = _LINK_BOX
                self.weights[number] = max(self.weights[number], -10.0)
            elif left and -_BARRIER < self.weights[number] <= 0:
                left -= 1
                self.weights[number] = -10.0
                self.reasons[number] = self.reasons[number] or "link to another story"
            else:
                left = 0

    def story(self) -> tuple[int, int, int | None]:
        """Gives the story's first line, the one after its last, and its headline."""
        weights = list(self.weights)
        total, first, last = _heaviest_run(weights)
        best: tuple[float, int, int, int | None] = (0.0, first, last, None)
        for _ in range(_RIVALS):
            if total <= 0 or (best[0] and total < max(_LEAST, best[0] / 3)):
                break
            headline, fit = self._headline(first, last)
            total *= (1 + fit / 2) * (1 - _RULES * self._about_itself(first, last))
            best = max(best, (total, first, last, headline), key=lambda b: b[0])
            weights[first:last] = [-_BARRIER] * (last - first)
            total, first, last = _heaviest_run(weights)
        _, first, last, headline = best
        if first == last:  # a few words, a poem, a list: all of it is the story
            first, last = 0, len(self.texts)
            if all(self.reasons[n] for n in self.filled):
                self.reasons = [None] * len(self.texts)
            return first, last, None
        if headline is not None:
            first = max(first, headline + 1)
        return self._extend(first, self._trim(first, last), headline)

    def _extend(self, first: int, last: int, headline: int | None) -> tuple[int, int, int | None]:
        """Adds short sentences and a list's items that stand at the story's very ends."""
        start = first
        top = -1 if headline is None else headline
        for number in range(first - 1, top, -1):
            if self.texts[number] and not self._is_sentence(number):
                break
            start = number if self.texts[number] else start
        end, items = last, 0
        for number in range(last, len(self.texts)):
            if not self.texts[number]:
                continue
            is_sentence = self._is_sentence(number)
            items += not is_sentence
            if not is_sentence and number not in self.listed:
                break
            if items > _LAST_ITEMS:
                return start, last, headline
            end = number + 1
        return start, end, headline

    def _is_sentence(self, number: int) -> bool:
        text = self.texts[number]
        return (
            self.weights[number] >= 0
            and self.reasons[number] is None
            and not text.endswith((":", "：", "..", "…", "?", "؟"))
            and bool(_ENDS.search(text[-40:]))
        )

    def _trim(self, first: int, last: int) -> int:
        """Gives the story's end without what comes after it: notices, teasers of other stories.

        Where furniture interrupts the run, what follows is not the story's if it is much less
        than what goes before, and thin: prose among as many lines that are none.
        """
        prose = [n for n in range(first, last) if self.weights[n] > 0]
        weight = [0.0, *accumulate(max(0.0, w) for w in self.weights)]
        lines = [0, *accumulate(bool(text) for text in self.texts)]
        weighty = [0, *accumulate(w > 0 for w in self.weights)]
        end = last
        for before, after in reversed(list(pairwise(prose))):
            if weight[end] - weight[after] > _TAIL * (weight[after] - weight[first]):
                break
            gap = range(before + 1, after)
            broken = any(self.reasons[n] in _BREAKS for n in gap)
            thin = weighty[last] - weighty[after] < _THIN * (lines[last] - lines[after])
            if broken or (thin and lines[after] - lines[before + 1] >= 3):
                last = before + 1
        return last

    def _about_itself(self, first: int, last: int) -> float:
        """Gives the share of a run's prose that speaks of the page."""
        prose = [n for n in range(first, last) if self.weights[n] > 0]
        about = sum(self.weights[n] for n in prose if page_words(self.texts[n]))
        return about / sum(self.weights[n] for n in prose)

    def _headline(self, first: int, last: int) -> tuple[int | None, float]:
        """Finds a story's headline: near, told again on the page, in the story's words.

        It stands above the run, or in its beginning where teasers of other stories go before.

        Returns:
            Its index, and how well it fits from 0 to about 1.5.
        """
        best, best_score = None, 0.25
        opening = self._opening(first, last)
        distance = 0
        for number in range(first - 1, -1, -1):
            if self.texts[number]:
                distance += 1
                if distance <= 60 or number < 3:
                    score = self._fit(number, opening) - min(0.01 * distance, 0.6)
                    if score > best_score + 1e-9:
                        best, best_score = number, score
        inside, whole = 0.0, sum(w for w in self.weights[first:last] if w > 0)
        for number in range(first, last):
            inside += max(0.0, self.weights[number])
            if inside > _HEAD * whole:
                break
            if self.weights[number] < 0 and self.texts[number] in self.repeated:
                score = self._fit(number, self._opening(number + 1, last))
                if score > max(best_score + 0.2, 0.8):
                    best, best_score = number, score
        return best, best_score if best is not None else 0.0

    def _opening(self, first: int, last: int) -> set[str]:
        """Gives the words with which a story begins."""
        lines = self.texts[first : min(first + 12, last)]
        return set(forms("\n".join(line[:1000] for line in lines)[:_OPENING]))

    def _fit(self, number: int, opening: set[str]) -> float:
        """How well a line serves as the headline of a story that begins with these words."""
        text = self.texts[number]
        if self.reasons[number] or not 12 <= _length(text) <= 250:
            return 0.0
        told = [form for form in forms(text) if len(form) > 1 or _CJK.match(form)]
        if len(told) < 3:
            return 0.0
        return (
            sum(form in opening for form in told) / len(told)
            + 0.3 * (text in self.repeated)
            + (0.1 if len(told) > 4 else -0.3)
            - 0.5 * text.endswith((".", "。", "۔"))
            - 0.3 * (_length(text) > 130)
        )


def _heaviest_run(weights: Sequence[float]) -> tuple[float, int, int]:
    """Finds the run with the greatest sum (Kadane): sum, first index, the one after its last."""
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for at, weight in enumerate(weights):
        total += weight
        if total <= 0:
            total, start = 0.0, at + 1
        elif total > best[0]:
            best = (total, start, at + 1)
    return best
