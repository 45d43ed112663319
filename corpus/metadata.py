"""An article's day of publication and its language, read from its page."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from corpus.article import Article
from corpus.boilerplate import Story
from corpus.dates import find_dates
from corpus.furniture import furniture

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# py3langid's one label for Kurdish in Arabic letters, nearly all of which is Sorani (ckb). Of its
# other labels the two-letter ones suffice: short Arabic is not Egyptian for one word.
_KURDISH = "sdh"
_ENOUGH = 20  # letters below which a guess at the language is worth nothing
_LETTERS = 60  # first characters of a text that tell its script
_SAMPLE = 250  # characters from the beginning and from the middle that tell the language
_NEAR = 12  # lines between a headline and its story at most
_OPENING = 1000  # characters of a line that can open a story
_PUBLISHED = re.compile(
    r"(?:تاريخ|تم|وقت)\s*(?:ال)?نشر|نشرت?\s*(?:في|بتاريخ|يوم|:)|انتشار"
    r"|published|posted on|publié|yayınlanma|veröffentlicht|publiziert|publicado|pubblicato"
    r"|опубликован|publikováno|publicerad|publisert|δημοσίευσ",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


@dataclass(frozen=True, slots=True)
class Published:
    """A day of publication and where it was found."""

    date: dt.date
    origin: str


def published(lines: Sequence[str], story: Story) -> Published | None:
    """Finds the day of publication in a page's text.

    A date between the headline and the story is the article's; so is one that the page calls the
    day of publication, and one directly below the story. Any other above the headline is the day
    on which the page was saved, and one inside the story is an event's, unless the opening lines
    call it today.

    Args:
        lines: The page's lines.
        story: Where the story stands among them.
    """
    if not story.lines:
        return None
    first, last = story.lines[0], story.lines[-1]
    head = story.headline if story.headline is not None else max(-1, first - _NEAR - 1)
    for number in range(head + 1, first):
        if found := _date(lines[number]):
            return Published(found[0], f"byline: {found[1]}")
    for number in (*range(first - 1, -1, -1), *range(last + 1, len(lines))):
        line = lines[number]
        if len(line) <= 120 and _PUBLISHED.search(line) and (found := _date(line)):
            return Published(found[0], f"byline: {found[1]}")
    if story.headline is not None:
        for number in [n for n in range(last + 1, len(lines)) if lines[n].strip()][:2]:
            if furniture(lines[number].strip()) == "date" and (found := _date(lines[number])):
                return Published(found[0], f"below the story: {found[1]}")
    return _today("\n".join(lines[n][:_OPENING] for n in story.lines[:4]))


def _date(line: str) -> tuple[dt.date, str] | None:
    mentions = find_dates(line) if len(line) <= 200 else []
    return (mentions[0].date, mentions[0].written) if mentions else None


_TODAY = re.compile(
    r"(?:اليوم|هذا اليوم|امروز|today|aujourd'hui)(?:\s+\w+)?\s*[،,(]?\s*\(?\s*\Z", re.IGNORECASE
)


def _today(opening: str) -> Published | None:
    for mention in find_dates(opening):
        if _TODAY.search(opening[max(0, mention.start - 40) : mention.start]):
            return Published(mention.date, f"the story's opening: {mention.written}")
    return None


def published_in_address(url: str) -> Published | None:
    """Finds the day of publication in a page's address, such as ``/2021/07/31/``."""
    match = _IN_ADDRESS.search(unquote(url.split("?", 1)[0]))
    if not match:
        return None
    try:
        date = dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
    return Published(date, f"address: {match.group().strip('/-')}")


def language(text: str) -> str | None:
    """Names the language of a text.

    Args:
        text: An article or a passage.

    Returns:
        An ISO 639-1 code (639-3 where there is none); None for a text too short to tell.
    """
    middle = max(_SAMPLE, len(text) // 2)
    sample = text[:_SAMPLE] + text[middle : middle + _SAMPLE]
    if sum(map(str.isalpha, sample)) < _ENOUGH:
        return None
    code, _ = _identifier().classify(sample)
    return "ckb" if code == _KURDISH else str(code)


def passage_language(passage: str, article: Article) -> str | None:
    """Names the language of a passage: its article's, unless it is written in another script.

    Three sentences are told apart without a mistake in eleven languages; to ask that of every
    passage would take longer than to index it, so letters decide whether to ask.

    Args:
        passage: The passage's text.
        article: The article that it stands in.
    """
    if script(passage[:_LETTERS]) in (None, script(article.text[:_LETTERS])):
        return article.language
    return language(passage) or article.language


@lru_cache(maxsize=256)  # an article's is asked for with each of its passages
def script(text: str) -> str | None:
    """Names the script of most of a text's letters; None where there are too few of them."""
    letters = Counter(map(_letters_script, filter(str.isalpha, text)))
    return letters.most_common(1)[0][0] if letters.total() >= _ENOUGH else None


@lru_cache(maxsize=1 << 12)
def _letters_script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0]


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([c for c in identifier.labels if len(c) == 2 or c == _KURDISH])
    return identifier
