"""The lines of a PDF's page, column after column, as they lie on it."""

from __future__ import annotations

import bisect
import itertools
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.readers.bidi import BRACKETS, Shown, Strong, reading_order
from corpus.readers.encoding import common_words
from corpus.readers.pdf_glyphs import Glyph

_NON_JOINER = "\u200c"
UNKNOWN = "\ufffd"  # stands for a glyph without letters

# All of these but the counts and shares are in sizes of the letters around.
_ABOVE, _BELOW = 0.75, 0.45  # of a line's foot: where its marks and raised figures stand
_SPACE = 0.15  # a gap between words where a line has no blanks
_SPACE_BESIDE_BLANKS = 0.7  # of a blank's width: a gap between words where it has blanks
_OVERLAP = 0.3  # of parts of a line at most
_APART = 0.8  # a gap that may part columns
_SPACE_BESIDE_MEANT = 1.0  # a gap between words where the file tells what each glyph means
_CELL_GAP = 3.0  # times the usual gap between a row's words: parts the cells of a table
_CELLS = 1.5  # a gap over which a line goes on only if it is drawn in one go
_GUTTER = 0.8  # between two columns at least
_SAME_PLACE = 0.05  # letters drawn twice to look bold
_FEWEST = 4  # lines on either side of a gutter
_MOST = 5000  # parts of lines on a page that people read
_CROSSING = 0.2  # share of the lines that may run over a gutter, as headlines do
_BESIDE, _SLOPE = 0.5, 0.9  # from one glyph of a run to the next
_HEADLINE = 1.1  # letters larger than most
_BACK = 5.0  # up the page: a jump this far goes to the next column


_CELL_BOUNDARY = Shown("\t")

_Row = list[tuple[int, Glyph]]  # glyphs with their numbers in the order of drawing


@dataclass(frozen=True)
class Line:
    """A line of a page, or the part of it that lies in one column.

    Attributes:
        shown: What it shows, from left to right, blanks among it, and tabs between the cells of
            a table's row.
        left: Where it begins, in points.
        right: Where it ends.
        first_word: How wide its first word is.
        baseline: Its height.
        size: The size of most of its letters.
        column: The number of its column, counted from 0 through the page.
        right_to_left: The direction of most letters of its column.
        glyphs: How many glyphs it has.
        without_letters: How many of them have no letters.
        as_shown: Whether it is read as it looks, from left to right, whatever its letters.
    """

    shown: tuple[Shown, ...]
    left: float
    right: float
    first_word: float
    baseline: float
    size: float
    column: int
    right_to_left: bool
    glyphs: int
    without_letters: int
    as_shown: bool = False

    @cached_property
    def text(self) -> str:
        """Its text in the order of reading, read by itself."""
        return self.read(self.right_to_left, "R" if self.right_to_left else "L")

    @cached_property
    def as_it_stands(self) -> str:
        """Its text with a sign for each glyph that has no letters."""
        before: Strong = "R" if self.right_to_left else "L"
        return " ".join(self._in_order(self.right_to_left, before).split())

    @cached_property
    def has_cells(self) -> bool:
        """Whether it is a row of a table."""
        return _CELL_BOUNDARY in self.shown

    def read(self, right_to_left: bool, before: Strong, *, before_number: bool = False) -> str:
        """Its text in the order of reading, as part of a paragraph."""
        if self.as_shown:
            text = "".join(shown.text for shown in self.shown)
        else:
            text = self._in_order(right_to_left, before, before_number=before_number)
        return " ".join(text.replace(UNKNOWN, " ").split())

    def _in_order(self, right_to_left: bool, before: Strong, *, before_number: bool = False) -> str:
        if not self.has_cells:
            return reading_order(self.shown, right_to_left, before, before_number=before_number)
        # Each cell is a paragraph of its own: no letter of its neighbours turns its figures. The
        # cells follow the column's direction, also in a row of names in another script.
        cells = [
            reading_order(list(cell), self.right_to_left, "R" if self.right_to_left else "L")
            for boundary, cell in itertools.groupby(self.shown, key=_CELL_BOUNDARY.__eq__)
            if not boundary
        ]
        return " ".join(reversed(cells) if self.right_to_left else cells)


@dataclass(frozen=True)
class _Segment:
    """Glyphs of one line with no wide gap between them."""

    glyphs: tuple[Glyph, ...]  # from left to right
    row: int
    drawn: int  # the number of its first glyph in the order of drawing
    drawn_to: int
    left: float
    right: float
    baseline: float
    size: float


def page_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Puts the glyphs of a page into lines, in the order of reading.

    Args:
        glyphs: The page's glyphs as they are drawn.
    """
    lines: list[Line] = []
    glyphs = _without_empty_blanks(glyphs)
    rtl, ltr = _letters(glyphs)
    turns = Counter(glyph.turned for glyph in glyphs)
    for turned, _ in turns.most_common():
        here = [(number, glyph) for number, glyph in enumerate(glyphs) if glyph.turned == turned]
        for column in _columns(list(_segments(here)), right_first=rtl > ltr):
            number = lines[-1].column + 1 if lines else 0
            inside = _letters([glyph for segment in column for glyph in segment.glyphs])
            lines += _lines(column, number, (inside[0] > inside[1]) if any(inside) else rtl > ltr)
    if rtl > ltr:
        # Some programs lay out right-to-left text from left to right: of both orders the one
        # that gives more of the language's common words is the order of reading.
        as_shown = [replace(line, as_shown=True) for line in lines]
        if _common_words(as_shown) > _common_words(lines):
            return as_shown
    return lines


def _common_words(lines: Sequence[Line]) -> int:
    return common_words("\n".join(line.text for line in lines))


def _without_empty_blanks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Takes away blanks that take no room: the next glyph is drawn over them.

    Between Arabic letters such a blank is a non-joiner, as in Persian «می‌شود».
    """
    kept: list[Glyph] = []
    for glyph, after in itertools.zip_longest(glyphs, glyphs[1:]):
        if (
            after is not None
            and _is_blank(glyph)
            and not _is_blank(after)
            and abs(after.left - glyph.left) < 0.1 * (glyph.right - glyph.left)
            and abs(after.baseline - glyph.baseline) < glyph.size
        ):
            around = [_letters([other]) for other in (*kept[-1:], after)]
            if len(around) == 2 and all(rtl for rtl, _ in around):
                kept.append(glyph._replace(text=_NON_JOINER, right=glyph.left))
            continue
        kept.append(glyph)
    return kept


def _letters(glyphs: Sequence[Glyph]) -> tuple[int, int]:
    kinds = Counter(unicodedata.bidirectional(c) for glyph in glyphs for c in glyph.text)
    return kinds["R"] + kinds["AL"], kinds["L"]


def _segments(drawn: Sequence[tuple[int, Glyph]]) -> Iterator[_Segment]:
    """Puts glyphs into rows and parts these at wide gaps."""
    rows = _rows(drawn)
    meant = _meant(rows)
    for row, found in enumerate(rows):
        ordered = sorted(found, key=lambda item: (item[1].left + item[1].right, item[0]))
        ordered = _once(ordered)
        filled = [item for item in ordered if not _is_blank(item[1])]
        if not filled:
            continue
        size = _usual(glyph.size for _, glyph in filled)
        ends: list[float] = []  # of the segments
        right = filled[0][1].right
        for _, glyph in filled[1:]:
            if glyph.left - right > _APART * size:
                ends.append(right)
            right = max(right, glyph.right)
        parts: dict[int, list[tuple[int, Glyph]]] = defaultdict(list)
        for number, glyph in ordered:
            place = bisect.bisect_left(ends, (glyph.left + glyph.right) / 2)
            parts[place].append((number, glyph))
        for _, part in sorted(parts.items()):
            inked = [item for item in part if not _is_blank(item[1])]
            if not inked:
                continue
            yield _Segment(
                tuple(g._replace(logical=True) if g.text in meant else g for _, g in part),
                row,
                min(number for number, _ in inked),
                max(number for number, _ in inked),
                min(glyph.left for _, glyph in inked),
                max(glyph.right for _, glyph in inked),
                _usual(glyph.baseline for _, glyph in inked),
                _usual(glyph.size for _, glyph in inked),
            )


def _rows(drawn: Sequence[tuple[int, Glyph]]) -> list[_Row]:
    """Puts what stands at about one height together: where most letters stand there is a row."""
    at: dict[float, list[_Row]] = defaultdict(list)
    for run in _runs(drawn):
        at[_usual(glyph.baseline for _, glyph in run)].append(run)
    letters = {
        height: (sum(not _is_blank(glyph) for run in runs for _, glyph in run), height)
        for height, runs in at.items()
    }
    heights: list[float] = []
    rows: dict[float, _Row] = {}
    sizes: dict[float, float] = {}
    spans: dict[float, list[tuple[float, float]]] = {}
    for height in sorted(at, key=letters.__getitem__, reverse=True):
        for run in at[height]:
            span = min(g.left for _, g in run), max(g.right for _, g in run)
            marks = all(_is_mark(glyph) or _is_blank(glyph) for _, glyph in run)
            place = bisect.bisect_right(heights, height)
            near = [
                row
                for row in heights[max(0, place - 1) : place + 1]
                if row == height
                or (
                    -_BELOW * sizes[row] <= height - row <= _ABOVE * sizes[row]
                    and (marks or _fits(span, spans[row], sizes[row]))
                )
            ]
            if not near:
                heights.insert(place, height)
                rows[height], spans[height] = [], []
                sizes[height] = _usual(glyph.size for _, glyph in run)
                near = [height]
            row = min(near, key=lambda row: abs(row - height))
            rows[row] += run
            if not marks:
                bisect.insort(spans[row], span)
    return [rows[height] for height in reversed(heights)]


def _fits(span: tuple[float, float], spans: Sequence[tuple[float, float]], size: float) -> bool:
    """Tells whether a part of a line stands beside others, not over them and not far away."""
    place = bisect.bisect(spans, span)
    near = spans[max(0, place - 1) : place + 1]
    gaps = [max(left - span[1], span[0] - right) for left, right in near]
    widths = [min(right - left, span[1] - span[0]) for left, right in near]
    return min(gaps) < _APART * size and all(
        gap > -max(_OVERLAP * size, 0.5 * width) for gap, width in zip(gaps, widths, strict=True)
    )


def _runs(drawn: Sequence[tuple[int, Glyph]]) -> Iterator[_Row]:
    """Parts glyphs where the next is not drawn beside the last; in some scripts words slope."""
    run: _Row = []
    for number, glyph in drawn:
        if run:
            last = run[-1][1]
            size = max(glyph.size, last.size)
            aside = max(glyph.left - last.right, last.left - glyph.right)
            if aside > _BESIDE * size or abs(glyph.baseline - last.baseline) > _SLOPE * size:
                yield run
                run = []
        run.append((number, glyph))
    if run:
        yield run


def _meant(rows: Sequence[_Row]) -> set[str]:
    """Finds the brackets that the page's fonts tell by what they mean, not by how they look.

    In a right-to-left line a bracket looks like its counterpart.
    """
    votes: Counter[str] = Counter()
    for row in rows:
        rtl, ltr = _letters([glyph for _, glyph in row])
        if rtl <= ltr:
            continue
        ordered = sorted(row, key=lambda item: item[1].left)
        for pair in BRACKETS:
            found = [g.text for _, g in ordered if g.text in (*pair,) and not g.logical]
            votes[pair] += sum(
                (before == pair[0]) - (before == pair[1])
                for before, after in itertools.pairwise(found)
                if before != after
            )
    return {bracket for pair, vote in votes.items() if vote < 0 for bracket in pair}


def _once(ordered: Sequence[tuple[int, Glyph]]) -> list[tuple[int, Glyph]]:
    """Leaves out letters that are drawn twice in a place, as some programs draw bold ones."""
    kept: list[tuple[int, Glyph]] = []
    for number, glyph in ordered:
        near = _SAME_PLACE * glyph.size
        twice = any(
            other.text == glyph.text
            and other.right - other.left > near
            and abs(other.left - glyph.left) < near
            and abs(other.baseline - glyph.baseline) < near
            for _, other in kept[-3:]
        )
        if not twice:
            kept.append((number, glyph))
    return kept


def _usual(numbers: Iterable[float]) -> float:
    """What most numbers are, to a tenth."""
    return Counter(round(float(number), 1) for number in numbers).most_common(1)[0][0]


def _columns(segments: list[_Segment], *, right_first: bool) -> list[list[_Segment]]:
    """Puts the columns of a page one after the other.

    A gutter is a place that is blank in nearly all lines, with several lines of text on either
    side of it. Lines over it, such as headlines, part the columns above them from those below.
    """
    gutter = _gutter(segments)
    if gutter is None:
        return [segments] if segments else []
    over = _over(segments, gutter)
    left_drawn = [s for s in segments if s.row not in over and s.right <= gutter]
    right_drawn = [s for s in segments if s.row not in over and s.left >= gutter]
    if left_drawn and right_drawn:  # a page that draws one side first reads it first
        if max(s.drawn for s in left_drawn) < min(s.drawn for s in right_drawn):
            right_first = False
        elif max(s.drawn for s in right_drawn) < min(s.drawn for s in left_drawn):
            right_first = True
    out: list[list[_Segment]] = []
    for crossing, band in itertools.groupby(segments, key=lambda s: s.row in over):
        found = list(band)
        if crossing:
            out.append(found)
            continue
        sides = [[s for s in found if s.right <= gutter], [s for s in found if s.left >= gutter]]
        for side in reversed(sides) if right_first else sides:
            out += _columns(side, right_first=right_first)
    return out


def _over(segments: Sequence[_Segment], gutter: float) -> set[int]:
    """The rows that run over a gutter, and the short last lines of headlines that do."""
    size = statistics.median(s.size for s in segments)
    over = {s.row for s in segments if s.left < gutter < s.right}
    last: _Segment | None = None
    for segment in segments:
        if segment.row in over:
            last = segment
        elif (
            last is not None
            and segment.size == last.size > _HEADLINE * size
            and 0 < last.baseline - segment.baseline < 2 * segment.size
        ):
            over.add(segment.row)
            last = segment
    return over


def _gutter(segments: Sequence[_Segment]) -> float | None:
    """Finds the place where a page's columns part; None where it has one column."""
    if not 2 * _FEWEST <= len(segments) <= _MOST:
        return None
    start, end = min(s.left for s in segments), max(s.right for s in segments)
    size = statistics.median(s.size for s in segments)
    edges = {round(s.left - 0.3 * size) for s in segments}
    edges |= {round(s.right + 0.3 * size) for s in segments}
    best: tuple[float, float, float] | None = None
    for place in edges:
        if not start + 0.2 * (end - start) < place < end - 0.2 * (end - start):
            continue
        left = [s for s in segments if s.right <= place]
        right = [s for s in segments if s.left >= place]
        crossing = len(segments) - len(left) - len(right)
        if crossing > _CROSSING * len(segments) or min(len(left), len(right)) < _FEWEST:
            continue
        gap = min(s.left for s in right) - max(s.right for s in left)
        if gap < _GUTTER * size or _beside(left, right) < _FEWEST:
            continue
        best = max(best or (-1e9, 0, 0), (-crossing, gap, place))
    return best[2] if best else None


def _beside(left: Sequence[_Segment], right: Sequence[_Segment]) -> int:
    """How many lines of either side stand beside the other side."""
    counts = []
    for side, other in ((left, right), (right, left)):
        low, high = min(s.baseline for s in other), max(s.baseline for s in other)
        counts.append(sum(low - s.size <= s.baseline <= high + s.size for s in side))
    return min(counts)


def _lines(segments: Sequence[_Segment], column: int, right_to_left: bool) -> Iterator[Line]:
    """Joins the segments of each line of a column."""
    parts: list[list[_Segment]] = []
    for _, row in itertools.groupby(segments, key=lambda s: s.row):
        last: _Segment | None = None
        for segment in sorted(row, key=lambda s: s.left):
            between = segment.left - last.right if last else 0.0
            if last and (
                between < _CELLS * segment.size or _drawn_together(last, segment, segments)
            ):
                parts[-1].append(segment)
            else:
                parts.append([segment])
            last = segment
    tops = sorted(parts, key=lambda part: min(s.drawn for s in part))
    jumps = (
        after[0].baseline - before[0].baseline > _BACK * after[0].size
        for before, after in itertools.pairwise(tops)
    )
    if len({part[0].row for part in parts}) < len(parts) and any(jumps):
        parts = tops  # boxes side by side, in the order in which they are drawn
    for part in parts:
        yield _line(part, column, right_to_left)


def _drawn_together(one: _Segment, other: _Segment, segments: Sequence[_Segment]) -> bool:
    """Tells whether nothing of another line is drawn between two parts of a line."""
    if len(segments) > _MOST:
        return True
    first, last = min(one.drawn_to, other.drawn_to), max(one.drawn, other.drawn)
    return not any(s.row != one.row and first < s.drawn < last for s in segments)


def _line(segments: Sequence[_Segment], column: int, right_to_left: bool) -> Line:
    glyphs = [glyph for segment in segments for glyph in segment.glyphs]
    filled = [glyph for glyph in glyphs if not _is_blank(glyph)]
    cells = [
        _with_blanks(_with_marks([glyph for segment in cell for glyph in segment.glyphs]))
        for cell in _cells(segments)
    ]
    placed = [glyph for cell in cells for glyph in (*cell, None)][:-1]
    words = [
        [glyph for glyph in word if glyph]
        for blank, word in itertools.groupby(placed, key=lambda g: g is None or _is_blank(g))
        if not blank
    ]
    first = words[-1 if right_to_left else 0] if words else filled
    widest = max(segments, key=lambda s: s.right - s.left)
    return Line(
        tuple(shown for cell in cells for shown in (*_shown(cell), _CELL_BOUNDARY))[:-1],
        segments[0].left,
        segments[-1].right,
        max(g.right for g in first if g) - min(g.left for g in first if g),
        widest.baseline,
        _usual([glyph.size for glyph in filled]),
        column,
        right_to_left,
        len(filled),
        sum(not glyph.text for glyph in filled),
    )


def _cells(segments: Sequence[_Segment]) -> list[list[_Segment]]:
    """Parts a line where a gap is much wider than those between its words, as in a table.

    All gaps of a justified line are wide: it has no cells.
    """
    cells = [[segments[0]]]
    words = [gap for segment in segments for gap in _word_gaps(segment)]
    for before, after in itertools.pairwise(segments):
        spaced = _is_blank(before.glyphs[-1]) or _is_blank(after.glyphs[0])
        usual = statistics.median(words) if words else 0 if spaced else before.glyphs[-1].space
        if usual and after.left - before.right >= _CELL_GAP * usual:
            cells.append([after])
        else:
            cells[-1].append(after)
    return cells


def _word_gaps(segment: _Segment) -> Iterator[float]:
    right = segment.left
    blank = False
    for glyph in segment.glyphs:
        if _is_blank(glyph):
            blank = True
            continue
        gap = glyph.left - right
        if gap > (0 if blank else _SPACE * glyph.size):
            yield gap
        right, blank = max(right, glyph.right), False


def _shown(glyphs: Sequence[Glyph | None]) -> Iterator[Shown]:
    for glyph in glyphs:
        yield Shown(glyph.text or UNKNOWN, glyph.logical) if glyph else Shown(" ")


def _with_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Puts the marks that are drawn by themselves, such as vowel signs, after their letters.

    A mark without letters is passed over: it parts no word.
    """
    bases = [glyph for glyph in glyphs if not _is_mark(glyph)]
    marks: dict[int, str] = defaultdict(str)
    for mark in glyphs:
        if _is_mark(mark):
            middle = (mark.left + mark.right) / 2
            near = min(
                (n for n, base in enumerate(bases) if base.text.strip()),
                key=lambda n: abs(bases[n].left + bases[n].right - 2 * middle),
                default=None,
            )
            if near is not None:
                marks[near] += mark.text
    bases = [base._replace(text=base.text + marks[n]) for n, base in enumerate(bases)]
    return [
        base
        for n, base in enumerate(bases)
        if base.text or not any(_lies_on(base, other) for other in bases[max(0, n - 3) : n + 4])
    ]


def _is_mark(glyph: Glyph) -> bool:
    return bool(glyph.text) and all(unicodedata.combining(c) for c in glyph.text)


def _lies_on(mark: Glyph, base: Glyph) -> bool:
    if mark.right - mark.left < 0.05 * mark.size:
        return True
    middle = (mark.left + mark.right) / 2
    return bool(base.text.strip()) and base.left < middle < base.right


def _with_blanks(glyphs: Sequence[Glyph]) -> list[Glyph | None]:
    """Puts None where a gap parts words."""
    blanks = any(_is_blank(glyph) for glyph in glyphs)
    meant = any(glyph.logical for glyph in glyphs)
    out: list[Glyph | None] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if _is_blank(glyph):
            out.append(glyph)
            last = None
            continue
        if last is not None:
            gap = glyph.left - last.right
            space = _SPACE * glyph.size
            if blanks:
                space = max(space, _SPACE_BESIDE_BLANKS * glyph.space)
                if meant and all(_letters([beside])[0] for beside in (last, glyph)):
                    space = _SPACE_BESIDE_MEANT * glyph.size  # letters of a word may lie apart
            if gap > space:
                out.append(None)
        out.append(glyph)
        if last is None or glyph.right > last.right:
            last = glyph
    return out


def _is_blank(glyph: Glyph) -> bool:
    return bool(glyph.text) and not glyph.text.strip()
