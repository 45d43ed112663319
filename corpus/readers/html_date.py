"""The day of publication that a web page states: which of its many dates is the story's.

A date counts for what it is said of. First the story's own entry in JSON-LD, then the page's
``meta`` elements, then microdata, then what a reader sees between the headline and the story.
Entries of the site, of other stories, of videos and of comments do not count, and no part of a
date is filled up.
"""

from __future__ import annotations

import html as html_entities
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from corpus.boilerplate import find_story
from corpus.dates import find_dates, parse_date
from corpus.metadata import Published, published
from corpus.readers.web_page import visible_lines
from corpus.words import forms

if TYPE_CHECKING:
    import datetime as dt

_ARTICLE_TYPE = re.compile(r"(?:\A|[/:#])(?:\w*Article|\w*BlogPosting|Report|Liveblog)\Z", re.I)
_OWN = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "@list", "@set"})
_STATED = ("datePublished", "dateCreated")
_ALIKE = 0.6  # share of a headline's words that another shares if both are one
# Names under which pages state the day of publication, the surest first.
_META = (
    "article:published_time", "article:published", "og:article:published_time",
    "og:published_time", "datepublished", "article_date_original", "publishdate", "publish-date",
    "publish_date", "published-date", "published_date", "date_published", "publication_date",
    "publication-date", "publicationdate", "pubdate", "og:pubdate", "dc.date.issued",
    "dcterms.issued", "dc.issued", "date.issued", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date",
    "originalpublicationdate", "rnews:datepublished", "bt:pubdate", "vr:published_time",
    "iso-8601-publish-date", "mediator_published_time", "published_time_telegram",
    "article.published", "displaydate", "ptime", "dcterms.available", "dcterms.created",
    "dc.date.created", "dcterms.date", "dc.date", "dc:date", "date", "article.created", "created",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_META)}
_MICRODATA = frozenset({"datePublished", "schema:datePublished", "dc:date", "dc:created"})
_ASIDE = re.compile(
    r"comment|disqus|related|sidebar|recommend|more-?news|most-?(?:read|popular)|popular|latest"
    r"|trending|widget|clock|ticker|breaking|teaser|read-?(?:also|more)|see-?also|newsletter",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset({"aside", "nav", "footer", "form", "figcaption"})


def page_date(html: str) -> Published | None:
    """Finds the day of publication that a page states, or shows beside its story.

    Args:
        html: The page.
    """
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.document_fromstring(
            html.encode("utf-8", "replace"),
            parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    page = _Page(tree)
    day = page.json_ld_date() or page.meta_date() or page.microdata_date()
    return Published(day, "metadata") if day else page.shown_date()


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article that JSON-LD describes."""

    date: dt.date
    headline: str
    addresses: frozenset[str]
    nested: bool  # in a list, a comment, or another thing than the page


class _Page:
    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.meta: list[tuple[str, str]] = [
            (name.strip().lower(), element.get("content", ""))
            for element in tree.iter("meta")
            for name in {element.get(key) for key in ("property", "name", "itemprop")} - {None}
        ]
        shown = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
        stated = [text for name, text in self.meta if name in ("og:title", "twitter:title")]
        title = [element.text_content() for element in tree.iter("title")][:1]
        self.headlines = [text for text in (*stated, *title, *shown) if text.strip()]
        links = [
            element.get("href", "")
            for element in tree.iter("link")
            if "canonical" in element.get("rel", "").lower().split()
        ]
        links += [text for name, text in self.meta if name == "og:url"]
        self.addresses = frozenset(filter(None, map(_address, links)))

    def json_ld_date(self) -> dt.date | None:
        """Gives the day of the entry that is the page's story.

        That is the one with the page's headline or address; failing that, the only one that is
        no part of something else and names no other headline.
        """
        entries = [
            entry
            for script in self.tree.iter("script")
            if "ld+json" in script.get("type", "").lower()
            for entry in _entries(_json(script.text or ""))
        ]
        for nested in (False, True):
            for entry in entries:
                if entry.nested == nested and self._is_story(entry):
                    return entry.date
        own = {entry.date for entry in entries if not entry.nested}
        named = any(entry.headline and not entry.nested for entry in entries)
        return own.pop() if len(own) == 1 and not (named and self.headlines) else None

    def _is_story(self, entry: _Entry) -> bool:
        if any(alike(entry.headline, headline) for headline in self.headlines):
            return True
        return bool(entry.addresses & self.addresses)

    def meta_date(self) -> dt.date | None:
        """Gives the day of the surest ``meta`` element that states a whole one."""
        stated = sorted(
            ((_RANK[name], text) for name, text in self.meta if name in _RANK), key=lambda m: m[0]
        )
        return next((day for _, text in stated if (day := parse_date(text))), None)

    def microdata_date(self) -> dt.date | None:
        """Gives the day that microdata states, if it states one alone or one beside a headline."""
        stated = [
            (element, day)
            for element in self.tree.iter()
            if isinstance(element.tag, str)
            and _MICRODATA & set(f"{element.get('itemprop')} {element.get('property')}".split())
            and not self._aside(element)
            and (day := _element_date(element))
        ]
        beside = {day for element, day in stated if self._of_story(element)}
        days = beside or {day for _, day in stated}
        return days.pop() if len(days) == 1 else None

    def _of_story(self, element: Any) -> bool:
        """Tells whether the item that an element describes has the page's headline."""
        scope = next((e for e in element.iterancestors() if e.get("itemscope") is not None), None)
        if scope is None:
            return False
        names = (
            e.get("content") or e.text_content()
            for e in scope.iter()
            if isinstance(e.tag, str)
            and (e.tag == "h1" or {"headline", "name"} & set((e.get("itemprop") or "").split()))
        )
        return any(alike(name, headline) for name in names for headline in self.headlines)

    def _aside(self, element: Any) -> bool:
        return any(self._is_aside(e) for e in (element, *element.iterancestors()))

    def _is_aside(self, element: Any) -> bool:
        """Tells whether an element holds something else than the story."""
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "main"):
            return False
        if element.tag == "footer" and any(e.tag == "article" for e in element.iterancestors()):
            return False  # the story's own
        marked = element.tag in _ASIDE_TAGS or _ASIDE.search(
            " ".join(element.get(key, "") for key in ("class", "id", "itemtype"))
        )
        return bool(marked) and not any(
            alike(h.text_content(), headline)
            for h in element.iter("h1")
            for headline in self.headlines
        )

    def shown_date(self) -> Published | None:
        """Finds the day that a reader sees beside the story.

        A ``time`` whose text is no date ("2 hours ago") counts for the date that it states.
        """
        from lxml import etree

        for element in [e for e in self.tree.iter() if self._is_aside(e)]:
            if element.getparent() is not None:
                element.drop_tree()
        for element in self.tree.iter("time", "abbr"):
            day = _element_date(element)
            if day and not find_dates(element.text_content()):
                for child in list(element):
                    element.remove(child)
                element.text = f"{day:%Y-%m-%d}"
        lines = visible_lines(etree.tostring(self.tree, encoding="unicode", method="html"))
        return published(lines, find_story(lines))


def alike(headline: str, other: str) -> bool:
    """Tells whether two headlines are one, though a site's name or a shortened end differ."""
    words, others = (set(forms(html_entities.unescape(text))) for text in (headline, other))
    common = len(words & others)
    return (
        common > 0
        and common >= _ALIKE * max(min(len(words), len(others)), 1)
        and (common >= 3 or common == max(len(words), len(others)))
    )


def _element_date(element: Any) -> dt.date | None:
    stated = element.get("content") or element.get("datetime")
    if not stated and element.tag == "abbr":
        stated = element.get("title")
    return parse_date(stated) if stated else parse_date(element.text_content())


def _json(text: str) -> object:
    """Reads JSON as pages write it: within comments, with line breaks in strings."""
    text = re.sub(
        r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z", "", text
    )
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text).strip().rstrip(";")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _entries(value: object, nested: bool = False, depth: int = 0) -> Iterator[_Entry]:
    """Finds the articles in JSON-LD, at any depth."""
    if depth > 20:
        return
    if isinstance(value, list):
        for item in value:
            yield from _entries(item, nested, depth + 1)
    if not isinstance(value, dict):
        return
    if _is_article(value):
        days = (parse_date(_text(value.get(name))) for name in _STATED)
        if day := next(filter(None, days), None):
            addresses = (value.get("url"), value.get("@id"), value.get("mainEntityOfPage"))
            headline = _text(value.get("headline")) or _text(value.get("name"))
            known = frozenset(filter(None, (_address(_text(a)) for a in addresses)))
            yield _Entry(day, headline, known, nested)
    inside = nested or _is_article(value)
    for name, part in value.items():
        if isinstance(part, dict | list):
            yield from _entries(part, inside or name not in _OWN, depth + 1)


def _is_article(value: Mapping[str, object]) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLE_TYPE.search(name) for name in names)


def _text(value: object) -> str:
    """Gives the text of a property: itself, its first, its value or its id."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("@value") or value.get("@id") or value.get("url"))
    return str(value) if isinstance(value, str | int | float) else ""


def _address(url: str) -> str:
    """Gives the part of an address that tells a page from the others of its site."""
    parts = urlsplit(url.strip()) if "://" in url or url.startswith("/") else None
    if parts is None:
        return ""
    path = unquote(parts.path).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{path}{query}" if path or query else ""
