"""A web page's headline: the part of its title that it shows above its story.

A title names the site too, on either side of any separator, or names nothing but the site. What
the page shows as a heading above the story tells which part is the headline; where it shows none
of them, the site's name is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.furniture import furniture, names_outlet
from corpus.readers.page_story import letters
from corpus.readers.web_page import Block
from corpus.words import forms

_ABOVE = 60  # blocks above a story in which its headline is sought
_WITHIN = 2  # blocks of the story that the headline can be or stand below
_LONGEST = 300  # characters of a headline
_OPENING = 1500  # characters of a story in which its headline's words are sought
_CUT_SHORT = 15  # letters from which a title is known again though it is cut off
_ALIKE = 0.4  # share of a heading's words that the title has where both tell one story
_ENOUGH = 1.6  # score from which a block is a headline
_ENOUGH_ALONE = 0.6  # the same, where no title says more than the site's name
_NO_TITLE_ENDS = (".", "۔", "。", "،", ",", ":", "؛", ";")
# Between the parts of a title; one or more of them, with or without white space.
_SEPARATOR = re.compile(r"\s*[|｜¦»«›‹•·ㅣ]+\s*|\s*::+\s*|\s+[-–—:：/~_<>→]+\s+|\s*[-–—/:：]\s*")
# The same, where they part for certain.
_PARTED = re.compile(r"\s*[|｜¦»›‹•·ㅣ]+\s*|\s*::+\s*|\s+[-–—:/~_<>→]+\s+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts without spaces
_MOST_PARTS = 12


def page_headline(
    titles: Sequence[str], site: str, blocks: Sequence[Block], story: Sequence[int]
) -> str:
    """Finds a page's headline.

    Args:
        titles: What the page gives as its title, the most trustworthy first.
        site: The site's name; empty where it is not known.
        blocks: The page's blocks.
        story: Indexes of those that are its story, the headline perhaps among them.

    Returns:
        The headline as the page shows it, else as the titles have it; empty where there is none.
    """
    telling = [title for title in titles if _tells(title, site)]
    title = _without_site(telling, site)
    said = _Said(
        {part for text in telling for part in _spans(text)},
        set(forms(title)),
        set(forms("\n".join(blocks[n].text for n in story)[:_OPENING])),
        site,
    )
    first = story[0] if story else len(blocks)
    last = story[_WITHIN - 1] + 1 if len(story) > _WITHIN else first
    best, best_score = title, _ENOUGH if title else _ENOUGH_ALONE
    is_next = not title  # the line next to the story, where no title tells more
    for number in (
        *range(min(first, last - 1), max(-1, first - _ABOVE - 1), -1),
        *range(first + 1, last),
    ):
        block = blocks[number]
        score = _fit(block, said) - 0.02 * abs(first - number)
        heads = not block.text.endswith(_NO_TITLE_ENDS)
        if number <= first and is_next and heads and score > 0:
            score += 0.5
            is_next = False
        elif number >= first and not block.is_heading:
            score -= 1.0
        if score > best_score + 1e-9:
            best, best_score = block.text, score
    return best


def _tells(title: str, site: str) -> bool:
    """Tells whether a title can be a headline: it has parts, or says more than a name."""
    parts = [part.strip() for part in _PARTED.split(title)]
    telling = [
        part
        for part in parts
        if part and not _is_site(part, site) and (_is_long(part) or furniture(part) is None)
    ]
    return len(telling) > 1 or (len(telling) == 1 and (len(parts) > 1 or _is_long(title)))


def _is_long(text: str) -> bool:
    return len(text.split()) > 2 or len(_UNSPACED.findall(text)) > 7


@dataclass(frozen=True, slots=True)
class _Said:
    """What a headline is held against."""

    title_parts: set[str]
    title_words: set[str]
    opening: set[str]
    site: str


def _fit(block: Block, said: _Said) -> float:
    """How well a block serves as the headline."""
    told = letters(block.text)
    if not told or len(block.text) > _LONGEST or block.is_around or _is_site(block.text, said.site):
        return 0.0
    in_title = told in said.title_parts or any(
        len(part) >= _CUT_SHORT and told.startswith(part) for part in said.title_parts
    )
    words = [form for form in forms(block.text) if len(form) > 1] or [told]
    alike = sum(word in said.title_words for word in words) / len(words)
    return (
        1.2 * in_title
        + 1.0 * block.is_heading
        + 1.5 * sum(word in said.opening for word in words) / len(words)
        - 0.5 * (len(words) < 3)
        - 1.0 * (block.linked >= 0.9)
        - 1.0 * (furniture(block.text) is not None and not block.is_heading)
        - 1.0 * (bool(said.title_words) and not in_title and alike < _ALIKE)
    )


def _spans(title: str) -> set[str]:
    """Gives every run of a title's parts, in letters alone."""
    places = [(0, 0), *(match.span() for match in _SEPARATOR.finditer(title)), (len(title),) * 2]
    places = places[: _MOST_PARTS + 1] + ([places[-1]] if len(places) > _MOST_PARTS + 1 else [])
    spans = {letters(title[a[1] : b[0]]) for a, b in combinations(places, 2)}
    return spans - {""}


def _is_site(text: str, site: str) -> bool:
    return bool(site and letters(text) == letters(site)) or names_outlet(text)


def _without_site(titles: Sequence[str], site: str) -> str:
    """Takes the site's name off the first title that says more."""
    for title in titles:
        parts = [part for part in _PARTED.split(title) if part.strip()]
        first, last = 0, len(parts)
        while first < last and _is_site(parts[first], site):
            first += 1
        while first < last and _is_site(parts[last - 1], site):
            last -= 1
        if first < last:
            start = title.index(parts[first])
            return title[start : title.rindex(parts[last - 1]) + len(parts[last - 1])].strip()
    return ""
