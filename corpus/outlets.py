"""An article's outlet, read from its page or from its address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from corpus.arabic import is_arabic
from corpus.boilerplate import Story
from corpus.furniture import is_acronym, names_outlet

_NEAR = 12  # lines between a headline and its story at most
_BYLINE = re.compile(
    r"^(?:(?:[\w. ]{2,20}\s*[/\-–|]\s*)?(?:متابعة|خاص|المصدر|مصدر|source|المصدر:)\s*[:\-–/|]?\s*)"
    r"(?P<outlet>\S.{1,40})$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^(?P<outlet>[^\s\-–/|].{1,30}?)\s*[-–/|]\s*(?:وكالات|وكالة|متابعات)\s*$")
_DATELINE = re.compile(r"(\S.{2,45}?)\s*(?::\s*[-–—]|\s[-–—]|:)\s")
_BETWEEN = re.compile(r"\s+[-–—/|]\s+")
_SITE = re.compile(r"\s+[|\-–—»:]\s+([^|\-–—»]{2,40})$")


# What a site writes under its pages: the sign, the years, the formula, and between them its name.
_RESERVED = (
    r"(?:جميع\s+)?(?:ال)?حقوق\s+(?:النشر\s+|الطبع\s+)?(?:والنشر\s+)?(?:©\s*)?محفوظة"
    r"|(?:تمامی|کلیه|تمام)\s+حقوق\s+محفوظ(?:\s+است)?"
    r"|\ball rights? reserved|tous droits réservés|alle rechte vorbehalten|все права защищены"
    r"|tüm hakları(?: saklıdır)?|todos los derechos reservados|tutti i diritti(?: sono)? riservati"
    r"|todos os direitos reservados|wszystkie prawa zastrzeżone|版权所有"
)
_SIGN = re.compile(
    rf"(?P<formula>{_RESERVED}|\bcopyright\b(?!\s*&))|(?P<sign>©|ⓒ|\(c\))"
    r"|(?P<year>(?:19|20)\d\d(?:\s*[-–—/]\s*(?:19|20)?\d\d)?)|[®™℗]",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?<=محفوظة)\s+(?:©\s*)?(?:لدى\s|لـ|(?P<the>لل)(?=\w)|ل(?=\w))\s*")
_PUBLISHER = re.compile(
    r"^(?:مؤسسة|دار|موقع|شركة|by)\s+|\s+لل(?:صحافة|نشر|إعلام|اعلام|طباعة|أنباء)\b.*$", re.IGNORECASE
)
_COMPANY = re.compile(
    r"\b(?:inc|ltd|limited|llc|gmbh|ag|s\.?a|s\.?l|s\.?p\.?a|z o\.?o|as|ab|n\.?v|co|corp"
    r"|corporation|company|group|holding|media|communications|publishing|lda|ооо|зао|чао|оао|ао|фгуп)\b"
    r"|株式会社|公司|شركة",
    re.IGNORECASE,
)
_DIVIDED = re.compile(r"\s+[-–—|/·]\s+|[|,،;؛!?(\[]|\.(?:\s|$)|\s-|-\s")
_DIVISION = re.compile(r"\s*a division of\b", re.IGNORECASE)
_TIME = re.compile(r"\d:\d")


def _holder(lines: Sequence[str], story: Story) -> str | None:
    """Finds who holds the rights, in a line below the story; a company's name is no outlet's."""
    for line in lines[story.lines[-1] + 1 :]:
        kinds = {sign.lastgroup for sign in _SIGN.finditer(line)} if len(line) <= 200 else set()
        if "formula" not in kinds and not {"sign", "year"} <= kinds:
            continue
        told = _FOR.sub(lambda to: " ¦ " + ("ال" if to["the"] else ""), line)
        parts = (part.strip(_AROUND) for part in _SIGN.sub("¦", told).split("¦"))
        part = next((part for part in parts if len(part) > 1 and not _TIME.search(part)), "")
        name, *rest = _DIVIDED.split(part, maxsplit=1)
        name = _PUBLISHER.sub("", name).strip(_AROUND)
        if 2 <= len(name) <= 40 and name[0].isalnum() and name.count(" ") <= 4:
            divided = rest and _DIVISION.match(part, len(part) - len(rest[0]))
            return name if divided or not _COMPANY.search(part) else None
    return None


_AROUND = " \t\"'«»“”.,،:;|–—-"
_AGENCIES = (
    "رويترز|الأناضول|أ ?ف ?ب|ا ?ف ?ب|فرانس برس|أسوشيتد برس|د ?ب ?أ|شينخوا|واع|سانا|وفا|بترا|كونا"
    "|واس|قنا|وام|بنا|أ ?ش ?أ|إرنا|ارنا|reuters|afp|ap|dpa|efe|ansa|xinhua|anadolu|tass|upi|irna"
)
_FROM_AGENCY = re.compile(
    rf"^\S.{{1,30}}?\s*(?:[-–—/،,]\s*|\(\s*)(?P<outlet>{_AGENCIES})\s*(?:\)|[-–—/:،])",
    re.IGNORECASE,
)


def outlet(lines: Sequence[str], story: Story) -> str | None:
    """Finds the outlet's name in a page's text.

    In a byline or a signature, in the page's title, in the line that claims its rights; else the
    agency that the story's first words name.

    Args:
        lines: The page's lines.
        story: Where the story stands among them.
    """
    if not story.lines:
        return None
    first, last = story.lines[0], story.lines[-1]
    top = first - _NEAR
    if story.headline is not None:
        top = story.headline + 1
        headline = lines[story.headline].strip()
        for line in lines[: min(first, 5)]:
            suffix = _SITE.search(line.strip())
            if suffix and line.strip().startswith(headline[:40]):
                return suffix.group(1).strip()
    around = (*range(max(0, top), first + 6), *range(last - 1, last + 4))
    near = [lines[n].strip() for n in around if n < len(lines) and len(lines[n].strip()) <= 60]
    for line in near:
        if match := _BYLINE.search(line) or _SIGNED.search(line):
            return match["outlet"].strip(" -–/|:")
    holder, arabic = _holder(lines, story), is_arabic(lines[first])
    if holder and is_arabic(holder) == arabic:
        return holder
    parts = (part for line in near if "©" not in line for part in _BETWEEN.split(line))
    named = next((part for part in parts if names_outlet(part)), None)
    if not named and (dateline := _DATELINE.match(lines[first].strip())):
        parts = (part.strip() for part in re.split("[-–—/|]", dateline.group(1)))
        named = next((part for part in parts if names_outlet(part)), None)
    if not named and arabic:
        # Latin capitals alone on an Arabic page are a signature; on a Latin page, any button.
        named = next((line for line in near[:6] if is_acronym(line)), None)
    if named or holder:
        return named or holder
    agency = _FROM_AGENCY.match(lines[first].strip())
    return agency["outlet"] if agency else None


def outlet_in_address(url: str) -> str | None:
    """Gives the site's name in a page's address, such as ``example.org``."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
