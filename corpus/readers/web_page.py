"""A web page as its reader sees it, one line for each block, and what it says of itself.

Where one block ends and the next begins, the markup decides, or the page's styles: a `span` can
be a block and a `div` none. What stands inside a frame (`iframe srcdoc`, `noframes`) is text too.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object")
_INSIDE_A_LINE = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small"
    " span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INSIDE_A_LINE.split())
# All that an `article` has that is a story and nothing else.
_OF_STORIES = (
    "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre section"
    " table caption thead tbody tfoot tr td th col colgroup"
)
_STORY_TAGS = _INLINE | set(_OF_STORIES.split())
_CONTAINERS = frozenset({"article", "body", "div", "main", "section", "td"})
_AROUND = frozenset({"nav", "footer", "aside", "menu"})  # elements around a story
_HEADINGS = frozenset({"h1", "h2", "h3"})
_CELLS = frozenset({"td", "th"})
_CELL = 80  # characters that a cell of a table of data has at most
_BLOCK = 20  # letters from which a sentence alone in a span is a block of its own
_STOP = re.compile(r"[.!?؟…۔。»”:][\"')\]\s]*\Z")
_DISPLAY = re.compile(r"(?:^|[;{\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[a-z][a-z0-9]*(?:[.#][\w-]+)?|[.#][\w-]+", re.IGNORECASE)
_STYLED = frozenset({"span", "font", "div"})  # elements that pages make blocks of, or lines
_BLOCK_STYLES = frozenset({"block", "flex", "grid", "table", "list-item", "flow-root"})
_FRAMES = re.compile(r"</?(?:frameset|noframes|frame)\b[^>]*>", re.IGNORECASE)
_FRAME_TEXT = re.compile(
    r"<iframe\b[^>]*?\bsrcdoc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')[^>]*>(?:.*?</iframe\s*>)?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page.

    Attributes:
        text: Its words.
        linked: The share of its letters that are a link's.
        is_heading: It is a heading of the first three ranks.
        article: The number of the outermost `article` that it stands in, counted from 1; 0 for
            none, and for what stands around a story.
        container: The number of the outermost element around it that has text and nothing else
            (no other boxes, pictures or buttons), counted from 1; 0 for none.
        is_around: It stands in what pages have around a story: `nav`, `footer`, `aside`.
    """

    text: str
    linked: float = 0.0
    is_heading: bool = False
    article: int = 0
    container: int = 0
    is_around: bool = False


def without_frames(html: str) -> str:
    """Puts the text of a page's frames into the page, where the page itself carries it."""
    if "<frame" in html or "<FRAME" in html:
        html = _FRAMES.sub(" ", html)
    return _FRAME_TEXT.sub(
        lambda frame: f"<div>{entities.unescape(frame[1] or frame[2] or '')}</div>", html
    )


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page shows, and what it says of itself.

    Attributes:
        blocks: Its blocks, in their order.
        titles: Its titles, as they are: those for other sites (`og:title`) and programs
            (JSON-LD) first, which seldom name the site, then that of the window.
        carried: The story that it carries for programs (JSON-LD), one paragraph a line; empty
            where there is none.
        has_frames: It shows other pages in frames.
    """

    blocks: tuple[Block, ...] = ()
    titles: tuple[str, ...] = ()
    carried: str = ""
    has_frames: bool = False


def visible_lines(html: str) -> list[str]:
    """Gives the text of a page that a reader sees, one line a block."""
    return [block.text for block in read_page(html).blocks]


def read_page(html: str) -> WebPage:
    """Reads the blocks of a page that a reader sees; none of a page that cannot be parsed."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.document_fromstring(
            without_frames(html).encode("utf-8", "replace"),
            parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return WebPage()
    carried = list(_carried_articles(tree))
    titles = [
        *tree.xpath("//meta[@property='og:title' or @name='twitter:title']/@content"),
        *(str(article.get("headline") or "") for article in carried),
        *(title.text or "" for title in tree.iter("title")),
    ]
    has_frames = next(tree.iter("iframe"), None) is not None or bool(_FRAMES.search(html))
    styles = _styles(tree)
    etree.strip_elements(tree, *_UNSEEN, etree.Comment, with_tail=False)
    page = _Blocks(styles, _containers(tree))
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):  # a processing instruction
            if event == "end":
                page.add(element.tail)
        elif event == "start":
            page.open(element)
        else:
            page.close(element)
    page.end_block()
    return WebPage(
        tuple(page.blocks),
        tuple(
            dict.fromkeys(
                " ".join(entities.unescape(title).split()) for title in titles if title.strip()
            )
        ),
        max(map(_body, carried), key=len, default=""),
        has_frames,
    )


def _carried_articles(tree: _Element) -> Iterator[dict[str, Any]]:
    """Gives the articles that a page describes for programs, as schema.org has them."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except ValueError:
            continue
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, list):
                waiting.extend(reversed(thing))
            elif isinstance(thing, dict):
                if _ARTICLE.search(str(thing.get("@type", ""))):
                    yield thing
                waiting.extend(value for value in thing.values() if isinstance(value, dict | list))


_BLOCKS = re.compile(r"<(?:p|div|br|li|h[1-6]|blockquote|td)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"Article|Posting|Report|Review")


def _body(article: dict[str, Any]) -> str:
    body = str(article.get("articleBody") or "")
    if re.search(r"<\w+[^>]*>", body):
        if not _BLOCKS.search(body):  # marks inside lines only: the lines are its paragraphs
            body = body.replace("\n", "<br>")
        return "\n".join(visible_lines(f"<div>{body}</div>"))
    lines = (" ".join(line.split()) for line in entities.unescape(body).splitlines())
    return "\n".join(line for line in lines if line)


def _containers(tree: _Element) -> set[_Element]:
    """Finds the outermost elements that hold text and nothing else."""
    plain: set[_Element] = set()
    for element in reversed(list(tree.iter("*"))):
        if all(inner in plain and inner.tag in _STORY_TAGS for inner in element.iterchildren("*")):
            plain.add(element)
    return {
        element
        for element in plain
        if element.tag in _CONTAINERS and element.getparent() not in plain
    }


class _Blocks:
    """Gathers a page's blocks while its elements open and close."""

    def __init__(self, styles: dict[str, str], containers: set[_Element]) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._containers = containers
        self._opened = 0  # containers
        self._container = 0  # the number of the one that is open
        self._pieces: list[str] = []
        self._linked = 0  # letters of the block that stand in links
        self._is_heading = False
        self._inside = dict.fromkeys(("a", "article", "around", "heading", "pre"), 0)
        self._data_tables: list[bool] = []
        self._articles = 0

    def open(self, element: _Element) -> None:
        tag = element.tag
        if tag == "table":
            self._data_tables.append(_is_data(element))
        if self._parts(element):
            if tag in _CELLS and self._data_tables and self._data_tables[-1]:
                self._pieces.append("\t")
            else:
                self.end_block()
        self._count(tag, 1)
        if element in self._containers:
            self._opened += 1
            self._container = self._opened
        self.add(element.text)

    def close(self, element: _Element) -> None:
        tag = element.tag
        in_data = bool(self._data_tables and self._data_tables[-1])
        if (self._parts(element) and not (tag in _CELLS and in_data)) or _ends_block(element):
            self.end_block()
        self._count(tag, -1)
        if element in self._containers:
            self._container = 0
        if tag == "table":
            self._data_tables.pop()
        follower = element.getnext()
        if tag == "a" and not element.tail and follower is not None and follower.tag == "a":
            self._pieces.append(" ")
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        if not text:
            return
        self._is_heading |= self._inside["heading"] > 0 and not text.isspace()
        if self._inside["a"]:
            self._linked += len("".join(text.split()))
        if not self._inside["pre"]:
            self._pieces.append(text.replace("\n", " ").replace("\t", " "))
            return
        for number, line in enumerate(text.splitlines()):
            if number:
                self.end_block()
            self._pieces.append(line)

    def end_block(self) -> None:
        cells = (" ".join(cell.split()) for cell in "".join(self._pieces).split("\t"))
        if text := "\t".join(cell for cell in cells if cell):
            self.blocks.append(
                Block(
                    text,
                    self._linked / len("".join(text.split())),
                    self._is_heading,
                    self._articles if self._inside["article"] and not self._inside["around"] else 0,
                    self._container,
                    self._inside["around"] > 0,
                )
            )
        self._pieces.clear()
        self._linked, self._is_heading = 0, False

    def _count(self, tag: str, by: int) -> None:
        name = "around" if tag in _AROUND else "heading" if tag in _HEADINGS else tag
        if name == "article" and by > 0 and not self._inside["article"]:
            self._articles += 1
        if name in self._inside:
            self._inside[name] += by

    def _parts(self, element: _Element) -> bool:
        """Tells whether an element parts its words from those around it."""
        display = _DISPLAY.search(element.get("style") or "")
        shown = display[1].lower() if display else self._style(element)
        if shown in _BLOCK_STYLES:
            return True
        return element.tag not in _INLINE and not (shown == "inline" and element.tag == "div")

    def _style(self, element: _Element) -> str | None:
        if not self._styles or element.tag not in _STYLED:
            return None
        names = [f".{name}" for name in (element.get("class") or "").split()]
        if id_ := element.get("id"):
            names.append(f"#{id_}")
        names = [*(element.tag + name for name in names), *names, element.tag]
        return next((self._styles[name] for name in names if name in self._styles), None)


def _styles(tree: _Element) -> dict[str, str]:
    """Gives what the page's own styles say of `display`, by tag, class or id."""
    found: dict[str, str] = {}
    for style in tree.iter("style"):
        for selectors, rules in _RULE.findall(style.text or ""):
            if display := _DISPLAY.search(rules):
                for selector in map(str.strip, selectors.split(",")):
                    if _SELECTOR.fullmatch(selector):
                        found[selector] = display[1].lower()
    return found


def _is_data(table: _Element) -> bool:
    """Tells a table of data from one that lays out a page: short cells, and nothing in them."""
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows), default=0) < 2:
        return False
    return all(
        len("".join(cell.itertext())) <= _CELL
        and all(inner.tag in _INLINE for inner in cell.iterdescendants("*"))
        for cell in cells
    )


def _ends_block(element: _Element) -> bool:
    """Tells whether a span holds a sentence that the next span's words stand directly against."""
    follower = element.getnext()
    if element.tag not in ("span", "font") or element.tail or follower is None:
        return False
    if follower.tag != element.tag:
        return False
    text = "".join(element.itertext())
    return len(text) >= _BLOCK and bool(_STOP.search(text[-20:]))
