"""An article's day of publication and its language, read from its page."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from corpus.arabic import normalise
from corpus.article import Article
from corpus.boilerplate import Story, is_prose
from corpus.calendar_names import WEEKDAY_NAMES
from corpus.dates import DateMention, find_dates
from corpus.furniture import ends_story

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# py3langid's one label for Kurdish in Arabic letters, nearly all of which is Sorani (ckb). Of its
# other labels the two-letter ones suffice: short Arabic is not Egyptian for one word.
_KURDISH = "sdh"
_ENOUGH = 20  # letters below which a guess at the language is worth nothing
_LETTERS = 60  # first characters of a text that tell its script
_SAMPLE = 250  # characters from the beginning and from the middle that tell the language
_NEAR = 3  # lines above a story without a headline that may hold its date
_OPENING_LINES = 4  # of a story that may say "today, 12 May 2025"
_OPENING = 1000  # characters of such a line
_LABELLED = 120  # characters of a line in which a word such as "updated" is a label
_BYLINE = 80  # characters of a line with the date of a story; a caption with one is longer
_LABEL_ALONE = 40  # characters of a label on a line of its own, above its date
# What a page calls the day of publication, and that of a change, in normal forms.
_PUBLISHED_WORDS = (
    r"(?:ال)?نشر(?:ت|ه|ها)?|تاريخ الاضافه|اضيف|انتشار|منتشر شده|اشاعت|شايع|פורסם|פרסום|תאריך פרסום"
    r"|بڵاوكراوهتهوه|بڵاوكرايهوه|wesandin|published|posted|publication date|first publish\w*"
    r"|publiee?|publication|mise? en ligne|paru|parution|veroffentlicht\w*|publiziert|erschienen"
    r"|publicad[oa]|publicacion|publicacao|pubblicat[oa]|pubblicazione|yayın\w*|yayin\w*"
    r"|giris tarihi|eklenme\w*|olusturulma\w*|опубликован\w*|публикаци\w*|опубліковано|размещено"
    r"|opublikowan\w*|data publikacji|dodano|gepubliceerd|geplaatst|publicerad|publisert|publiceret"
    r"|publikovano|vydano|δημοσιευ\w*|diterbitkan|dipublikasikan|发布\w*|发表\w*|公開\w*|掲載\w*|입력|등록"
)
_UPDATED_WORDS = (
    r"(?:ال)?تحديث|حدثت?|محدث|(?:ال)?تعديل|عدل|به ?روز ?رساني|بروز رساني|ويرايش|اپ ڈيٹ|اپڈيٹ|ترميم"
    r"|עודכן|עדכון|نوێكراوه\w*|nukirin|updated?|modified|revised|edited|mise? a jour|modifiee?"
    r"|actualisee?|aktualisier\w*|geandert|actualizad[oa]|actualizacion|modificad[oa]"
    r"|aggiornat[oa]|aggiornamento|modificat[oa]|atualizad[oa]|atualizacao|guncelle\w*|обновл\w*"
    r"|изменен\w*|оновлен\w*|aktualizac\w*|zaktualizowan\w*|zmodyfikowan\w*|bijgewerkt|gewijzigd"
    r"|uppdaterad|andrad|oppdatert|opdateret|aktualizovano|upraveno|ενημερωθηκε|τελευταια ενημερωση"
    r"|diperbarui|更新\w*|修改\w*|최종수정|수정"
)
_LABEL = re.compile(
    rf"(?<!\w)(?:(?P<published>{_PUBLISHED_WORDS})|(?P<updated>{_UPDATED_WORDS}))(?!\w)"
)
_Label = Literal["published", "updated"]
# What may stand beside a date on a line that says nothing else.
_BESIDE_DATE = re.compile(
    r"\d|(?<!\w)(?:في|يوم|بتاريخ|الموافق|الساعه|[صم]|ه|هـ|on|at|am|pm|gmt|utc|le|a|h|um|uhr|den|el"
    r"|il|ore|em|as|saat|в|ساعت|روز)(?!\w)"
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


@dataclass(frozen=True, slots=True)
class Published:
    """A day of publication and where it was found."""

    date: dt.date
    origin: str


def published(lines: Sequence[str], story: Story) -> Published | None:
    """Finds the day of publication in a page's text.

    What the page calls the day of publication comes before any other day, and a day that it calls
    one of a change never counts. A date between the headline and the story is the article's; so
    is one directly below the story, on a line of its own. Any other above the headline is the day
    on which the page was saved, and one inside the story is an event's, unless the opening lines
    call it today.

    Args:
        lines: The page's lines.
        story: Where the story stands among them.
    """
    if not story.lines:
        return None
    # A text that is kept whole has its byline, and a day at its foot, among the story's lines.
    prose = [n for n in story.lines if is_prose(lines[n], _BYLINE)] or story.lines
    head = story.headline
    if head is None and not find_dates(lines[story.lines[0]]):
        head = story.lines[0]
    if head is None:  # a day at the top may be that of saving
        prose = story.lines
        head = max(-1, prose[0] - _NEAR - 1)
    first, last = prose[0], prose[-1]
    byline = [(n, day) for n in range(head + 1, first) for day in _labelled(lines, n, head + 1)]
    above = [(n, day) for n in range(first - 1, -1, -1) for day in _labelled(lines, n)]
    for days, label in ((byline, "published"), (byline, None), (above, "published")):
        for number, (mention, called) in days:
            if called == label and (label or len(lines[number]) <= _BYLINE):
                return Published(mention.date, f"byline: {mention.written}")
    below = list(_below(lines, story, last))
    stated = [mention for mention, called in below if called == "published"]
    if len({mention.date for mention in stated}) == 1:  # several are of other stories
        return Published(stated[0].date, f"byline: {stated[0].written}")
    if story.headline is not None:
        after = next((n for n in range(last + 1, len(lines)) if lines[n].strip()), None)
        if after is not None and _only_date(lines[after]):
            mention, _ = _labelled(lines, after)[0]
            return Published(mention.date, f"below the story: {mention.written}")
    opening = [lines[n] for n in story.lines[:_OPENING_LINES]]
    return _today("\n".join(line[:_OPENING] for line in opening if len(line) > _BYLINE))


def _below(
    lines: Sequence[str], story: Story, last: int
) -> Iterator[tuple[DateMention, _Label | None]]:
    """Finds the dates below a story's first line and outside it, as far as its page goes on."""
    kept = {number for number in story.lines if number <= last}
    for number in range(story.lines[0], len(lines)):
        if number > story.lines[-1] and ends_story(lines[number].strip()):
            return  # comments and other stories have days of their own
        if number not in kept:
            yield from _labelled(lines, number)


def _labelled(
    lines: Sequence[str], number: int, first: int = 0
) -> list[tuple[DateMention, _Label | None]]:
    """Finds the dates in a line, each with what the page calls it.

    A label stands before its date; where the first date has none and one follows the last, each
    stands after its date. It may also stand alone on the line above.

    Args:
        lines: The page's lines.
        number: The line's index.
        first: The first line that may hold a label.
    """
    line = lines[number]
    mentions = find_dates(line) if len(line) <= _LABELLED else []
    if not mentions:
        return []
    starts = [0, *(mention.end for mention in mentions)]
    ends = [*(mention.start for mention in mentions), len(line)]
    labels = [_label(line[start:end]) for start, end in zip(starts, ends, strict=True)]
    if labels[0] is None and labels[-1] is not None:
        return list(zip(mentions, labels[1:], strict=True))
    if labels[0] is None:
        above = next((lines[n] for n in range(number - 1, first - 1, -1) if lines[n].strip()), "")
        if len(above.strip()) <= _LABEL_ALONE and not find_dates(above):
            labels[0] = _label(above)
    return list(zip(mentions, labels[:-1], strict=True))


def _label(words: str) -> _Label | None:
    """Reads the last label among some words."""
    label: _Label | None = None
    for match in _LABEL.finditer(normalise(words)):
        label = "published" if match["published"] else "updated"
    return label


def _only_date(line: str) -> bool:
    """Tells whether a line is a date, its weekday, hour and a label of publication, and no more."""
    mentions = find_dates(line) if len(line) <= 100 else []
    if len(mentions) != 1:
        return False
    rest = normalise(line[: mentions[0].start] + " " + line[mentions[0].end :])
    if any(match["updated"] for match in _LABEL.finditer(rest)):
        return False
    rest = _BESIDE_DATE.sub(" ", _LABEL.sub(" ", rest))
    rest = " ".join(word for word in re.findall(r"\w+", rest) if word not in _ANY_WEEKDAY)
    return not rest


_ANY_WEEKDAY = frozenset(
    word for names in WEEKDAY_NAMES.values() for name in names for word in name.split()
)
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
