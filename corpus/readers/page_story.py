"""Which blocks of a web page are its story.

Two readings are held against each other: what trafilatura extracts, and the story that
`corpus.boilerplate` finds among the page's lines, where the markup says which of them are links
or menus. trafilatura errs by keeping lists of other stories below, and by dropping an opening or
whole parts; the other errs by captions and notices. What is kept are always the page's own
blocks, so that no markup becomes text and no words are glued.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from corpus.boilerplate import Story, find_story, is_prose
from corpus.furniture import furniture, shows_page
from corpus.readers.web_page import WebPage

_LINK = 0.9  # share of a block's letters from which it is a link
_LONG = 24  # letters from which a block is known again wherever it stands
_PIECE = 12  # letters of the pieces in which a longer block is sought
_TRIED = 3  # of these pieces that are tried as the block's beginning
_FOUND = 0.6  # share of these pieces that an extraction has of a block that it keeps
_SKIPPED = 20  # letters of an extraction that the page does not show between two blocks
# Fitted on the development pages (tests/benchmarks/test_pages.py, ISNAD_EVAL).
_SAME = 0.9  # share of one reading that lies in the other where it lies inside it
_TOO_MUCH = 1.2  # times that an extraction is as long as the story inside it
_TOO_LITTLE = 1.7  # times that the story is as long as an extraction inside it
_MOST = 0.8  # share of a story from which the element that has it has all of it
_OPENING = 90  # characters of a sentence that opens a story, though trafilatura dropped it


def page_story(page: WebPage) -> Story:
    """Finds the story among a page's blocks by what they say and where they stand."""
    return find_story([block.text for block in page.blocks], marked=_marked(page))


def story_blocks(page: WebPage, shown: Story, extracted: str) -> list[int]:
    """Chooses a page's story.

    Args:
        page: The page.
        shown: The story as `page_story` finds it.
        extracted: What trafilatura extracts from the page; empty where it extracts nothing.

    Returns:
        Indexes of the page's blocks, in order; its headline can be among them.
    """
    lines = [block.text for block in page.blocks]
    own = list(shown.lines)
    if whole := _container_of(page, own):
        return whole
    taken = _without_furniture(page, _extracted_blocks(lines, extracted, _marked(page)))
    if not taken:
        return own

    def size(numbers: Iterable[int]) -> int:
        return sum(len(lines[n]) for n in numbers)

    common = set(own) & set(taken)
    if size(common) >= _SAME * size(own):
        articles = {page.blocks[n].article for n in common} - {0}
        beside = {
            n for n in taken if page.blocks[n].article in articles and page.blocks[n].linked < 0.5
        }
        inside = sorted(beside.union(own))
        if size(taken) >= _TOO_MUCH * size(inside):
            return inside
    if size(common) >= _SAME * size(taken) and size(own) >= _TOO_LITTLE * size(taken):
        return own
    if size(common) < size(taken) / 2:
        return taken
    opening = [n for n in own if n < taken[0] and is_prose(lines[n], _OPENING)]
    return [*opening, *taken]


def _container_of(page: WebPage, story: Sequence[int]) -> list[int]:
    """Gives all that the element says that has the story and nothing else; empty for none."""
    blocks = page.blocks
    sizes: Counter[int] = Counter()
    for number in story:
        sizes[blocks[number].container] += len(blocks[number].text)
    container, size = max(sizes.items(), key=lambda item: item[1], default=(0, 0))
    if not container or size < _MOST * sizes.total():
        return []
    inside = [n for n, block in enumerate(blocks) if block.container == container]
    if shows_page(furniture(blocks[n].text) for n in inside):
        return []
    return [n for n in inside if blocks[n].linked < _LINK]


def _marked(page: WebPage) -> dict[int, str]:
    """Names what the markup says of blocks that are no story's."""
    return {
        number: "menu" if block.is_around else "link"
        for number, block in enumerate(page.blocks)
        if block.is_around or block.linked >= _LINK
    }


def _extracted_blocks(
    lines: Sequence[str], extracted: str, marked: Container[int] = ()
) -> list[int]:
    """Finds the blocks of which an extraction was made; it joins, cuts and marks them up.

    Those that the markup calls links or menus are not sought.
    """
    text = letters(extracted)
    found: list[int] = []
    at = 0  # where the block before ends in the extraction
    for number, line in enumerate(lines):
        block = letters(line)
        if not block or number in marked:
            continue
        if len(block) < _LONG:
            start = text.find(block, at, at + len(block) + (_SKIPPED if len(block) > 5 else 0))
        elif (start := text.find(block, at)) < 0:
            start = text.find(block)
        end = start + len(block)
        if start < 0:
            start, end = _place_of_pieces(block, text, at)
        if start >= 0:
            found.append(number)
            if len(block) >= _LONG:  # is no other block's then: pages tell a story twice
                text = text[:start] + "\0" * (end - start) + text[end:]
            at = end
    return found


def _place_of_pieces(block: str, text: str, at: int) -> tuple[int, int]:
    """Tells where a block lies of which an extraction has most; (-1, -1) where it has not."""
    if len(block) < _LONG:
        return -1, -1
    pieces = [block[n : n + _PIECE] for n in range(0, len(block) - _PIECE + 1, _PIECE)]
    for first in pieces[:_TRIED]:
        start = text.find(first, at)
        if start < 0 and (start := text.find(first)) < 0:
            continue
        around = text[start : start + 2 * len(block)]
        places = [place for piece in pieces if (place := around.find(piece)) >= 0]
        if len(places) >= _FOUND * len(pieces):
            return start, start + max(places) + _PIECE
    return -1, -1


def _without_furniture(page: WebPage, numbers: Sequence[int]) -> list[int]:
    """Cuts what trafilatura took too much, at furniture alone: no line is cut for its length.

    The weightiest run is found as on a page; what stands between it and the next furniture above
    and below it is the story's too.
    """
    lines = [page.blocks[n].text for n in numbers]
    marked = _marked(page)
    reasons = [furniture(line) or marked.get(n) for n, line in zip(numbers, lines, strict=True)]
    if not shows_page(reasons):
        return list(numbers)
    kept = find_story(
        lines, marked={k: marked[n] for k, n in enumerate(numbers) if n in marked}
    ).lines
    if not kept:
        return list(numbers)
    first, last = kept[0], kept[-1]
    above = (k for k in range(first - 1, -1, -1) if reasons[k])
    below = (k for k in range(last + 1, len(lines)) if reasons[k])
    top, bottom = next(above, -1), next(below, len(lines))
    inside = set(kept)
    return [numbers[k] for k in range(top + 1, bottom) if k in inside or reasons[k] is None]


def letters(text: str) -> str:
    """Gives a text's letters and digits alone, by which it is known again."""
    return "".join(filter(str.isalnum, text.lower()))
