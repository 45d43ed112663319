"""Web pages: the story and what the page says about it.

Through trafilatura; what it leaves of the page's furniture goes the way that it goes in a dump.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article, LeftOut
from corpus.boilerplate import find_story
from corpus.furniture import furniture
from corpus.metadata import language, published_in_address
from corpus.outlets import outlet, outlet_in_address
from corpus.readers.document import Document, ReadError
from corpus.readers.encoding import declared_encoding, decode
from corpus.readers.html_date import page_date
from corpus.readers.made_up_titles import made_up
from corpus.readers.text import page_article

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

    page = bare_extraction(
        html,
        url=document.url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False},  # the date is found by `page_date`
    )
    lines = visible_lines(html)
    if not any(c.isalnum() for line in lines for c in line):
        raise ReadError("No story was found in the page.", "empty")
    day = page_date(html)
    if page is None or isinstance(page, dict):  # too long, too deep or too short for trafilatura
        article = page_article("\n".join(lines), document)
        return replace(article, date=day.date, date_origin=day.origin) if day else article
    address = document.url or page.url or None
    title = _headline(" ".join((page.title or "").split()), page.sitename or "", lines)
    title = "" if made_up(title, document.path) else title
    text = _story((page.text or "").splitlines(), title)
    if not text:
        shown = find_story(lines)
        text = "\n".join(lines[n] for n in shown.lines)
    if not any(c.isalnum() for c in text):
        raise ReadError("No story was found in the page.", "empty")
    day = day or (published_in_address(address) if address else None)
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


def _story(lines: list[str], title: str) -> str:
    """Takes what is left of the page's furniture out of a story, and its headline."""
    lines = [line.strip() for line in lines if line.strip()]
    kept = [lines[n] for n in find_story(lines).lines]
    if sum(map(len, kept)) < sum(map(len, lines)) / 4:  # few words, and no prose to go by
        kept = lines
    return "\n".join(kept[1:] if kept[1:] and kept[0] == title else kept)


def _headline(title: str, site: str, lines: list[str]) -> str:
    """Takes the site's name off a page's title."""
    alone = title.removesuffix(site).rstrip()
    if site and alone != title and alone.endswith(_PARTED):
        return alone.rstrip("".join(_PARTED) + " ")
    shown = set(lines)
    parts = [part for part in _PARTS.split(title) if part in shown and len(part) > 0.4 * len(title)]
    return max(parts, key=len, default=title)


def _outlet(name: str) -> str | None:
    return None if "://" in name or name.startswith("@") else name.strip() or None


def _left_out(lines: list[str], title: str, story: str) -> tuple[LeftOut, ...]:
    kept = {" ".join(line.split()) for line in story.splitlines()} | {title}
    return tuple(
        LeftOut(number, line, furniture(line) or "outside the story")
        for number, line in enumerate(lines, start=1)
        if line not in kept
    )


_PARTED = ("-", "–", "—", "|", "»", ":", "·", "：", "｜", "ㅣ")
_PARTS = re.compile(r"\s+[-–—|»:·]+\s+")
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object")
_INSIDE_A_LINE = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small"
    " span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INSIDE_A_LINE.split())


def visible_lines(html: str) -> list[str]:
    """Gives the text of a page that a reader sees, one line a block."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.document_fromstring(
            html.encode("utf-8", "replace"),
            parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    etree.strip_elements(tree, *_UNSEEN, etree.Comment, with_tail=False)
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        inline = element.tag in _INLINE
        if not inline:
            pieces.append("\n")
        if event == "start":
            pieces.append((element.text or "").replace("\n", " "))
        else:
            pieces.append((element.tail or "").replace("\n", " "))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]
