"""Web pages: the story and what the page says about it.

Through trafilatura; what it leaves of the page's furniture goes the way that it goes in a dump.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus.article import Article, LeftOut
from corpus.boilerplate import find_story, is_prose
from corpus.furniture import furniture, is_byline
from corpus.metadata import language, published_in_address
from corpus.outlets import outlet, outlet_in_address
from corpus.readers.document import Document, ReadError
from corpus.readers.encoding import declared_encoding, decode
from corpus.readers.headline import page_headline
from corpus.readers.html_date import page_date
from corpus.readers.made_up_titles import made_up
from corpus.readers.page_story import letters, page_story, story_blocks
from corpus.readers.web_page import read_page, without_frames

LARGEST_PAGE = 16 * 1024 * 1024


def read_html(document: Document) -> Iterator[Article]:
    """Reads a saved page.

    Raises:
        ReadError: It is empty, too large, or no story is to be found in it.
    """
    data = document.read(LARGEST_PAGE)
    yield html_article(decode(data, declared_encoding(data)), document)


def html_article(html: str, document: Document) -> Article:
    """Makes an article of a page.

    Args:
        html: The page.
        document: Where it came from.

    Raises:
        ReadError: No story is to be found in it.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted

    extracted = bare_extraction(
        without_frames(html),
        url=document.url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False},  # the date is found by `page_date`
    )
    shown = read_page(html)
    lines = [block.text for block in shown.blocks]
    # Nothing where the page is too long, too deep or too short for trafilatura.
    page = extracted if isinstance(extracted, Extracted) else Extracted()
    address = document.url or page.url or None
    site = page.sitename or ""
    kept = story_blocks(shown, page_story(shown), page.text or "")
    titles = [t for t in (*shown.titles, page.title or "") if not made_up(t, document.path)]
    title = page_headline(titles, site, shown.blocks, kept)
    text = _text(lines, kept, title)
    if _carries_more(shown.carried, lines):
        text = shown.carried
    if not any(c.isalnum() for c in text):
        raise ReadError(_IN_FRAMES if shown.has_frames else _NO_STORY, "empty")
    day = page_date(html) or (published_in_address(address) if address else None)
    return Article(
        id=document.article_id(),
        text=text,
        title=title,
        source=_outlet(page.sitename or "")
        or outlet_in_address(address or "")
        or outlet(lines, find_story(lines)),
        date=day.date if day else None,
        date_origin=day.origin if day else None,
        language=language(text),
        path=document.path,
        url=address,
        left_out=_left_out(lines, title, text),
    )


def _text(lines: Sequence[str], story: Sequence[int], title: str) -> str:
    """Writes the story without its headline, what stands above that, and bylines below it."""
    told = letters(title)
    head = next((n for n in story[:_HEAD] if told and letters(lines[n]) == told), -1)
    body = [n for n in story if n != head and (n > head or is_prose(lines[n], _SENTENCE))]
    bylines = takewhile(lambda n: is_byline(lines[n], furniture(lines[n])), body[:-1])
    return "\n".join(lines[n] for n in body[len(list(bylines)) :])


def _carries_more(carried: str, lines: Sequence[str]) -> bool:
    """Tells whether the story that a page carries for programs is not on the page itself."""
    told = set(_WORD.findall(carried.lower()))
    shown = {word for line in lines for word in _WORD.findall(line.lower())}
    return len(told & shown) < len(told) / 2


def _outlet(name: str) -> str | None:
    return None if "://" in name or name.startswith("@") else name.strip() or None


def _left_out(lines: Sequence[str], title: str, story: str) -> tuple[LeftOut, ...]:
    kept = {*story.splitlines(), title}
    told = letters(story)
    return tuple(
        LeftOut(number, line, furniture(line) or "outside the story")
        for number, line in enumerate(lines, start=1)
        if line not in kept and not (len(line) > _LONG and letters(line) in told)
    )


_NO_STORY = "No story was found in the page."
_IN_FRAMES = "No story was found in the page: it shows other pages in frames; save those instead."
_HEAD = 3  # blocks of a story among which its headline can be
_SENTENCE = 40  # characters of a sentence above a headline that is the story's
_LONG = 24  # characters from which a line that the story holds in another is not left out
_WORD = re.compile(r"\w{3,}")
