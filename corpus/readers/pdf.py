"""PDF, with right-to-left text put back into reading order."""

from __future__ import annotations

import io
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article, LeftOut
from corpus.readers.document import Document, ReadError
from corpus.readers.encoding import common_words
from corpus.readers.text import whole_article

_PAGES = 2000
_SECONDS = 60.0
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LEFT_TO_RIGHT_RUN = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9%@#$€£]+"
    r"(?:[ .,:/\-–'&@_+]+[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9%]+)*"
)
_RIGHT_TO_LEFT_RUN = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z0-9]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*"
)
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_FULL = 0.75  # of the widest line: a line this full runs on into the next


def read_pdf(document: Document) -> Iterator[Article]:
    """Reads the text of a PDF as one article.

    Raises:
        ReadError: It is damaged, locked with a password, takes too long, or holds pictures of
            pages and no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    started = time.monotonic()
    pages: list[str] = []
    title = ""
    try:
        reader = PdfReader(io.BytesIO(document.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("It is locked with a password; save a copy without one.")
        title = str((reader.metadata and reader.metadata.title) or "").strip()
        count = len(reader.pages)
        for page in reader.pages[:_PAGES]:
            if time.monotonic() - started > _SECONDS:
                raise ReadError(f"Reading it takes longer than {_SECONDS:.0f} seconds.")
            plain = page.extract_text()
            if _RIGHT_TO_LEFT.search(plain):
                plain = reading_order(page.extract_text(extraction_mode="layout"))
            pages.append(_PRESENTATION.sub(_letters, plain))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ReadError(f"It is a damaged PDF: {error or type(error).__name__}.") from error
    pages, heads = _without_running_heads(pages)
    text = unwrap("\n\n".join(pages))
    if not any(c.isalnum() for c in text):
        raise ReadError(
            f"Its {count} pages hold no text, only pictures of it; recognise the text first"
            " (OCR, with a program such as OCRmyPDF)."
        )
    article = whole_article(text, document, title)
    yield replace(article, left_out=(*article.left_out, *heads))


def _without_running_heads(pages: list[str]) -> tuple[list[str], list[LeftOut]]:
    """Takes away the first and last lines that most pages share, but for the page's number."""
    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    ends = [{_numbered(line) for line in (*page[:2], *page[-2:])} for page in lines]
    often = Counter(line for page in ends for line in page)
    running = {line for line, times in often.items() if times >= max(3, len(pages) / 2)}
    kept, heads = [], []
    above = 0
    for page in pages:
        rest = []
        for number, line in enumerate(page.splitlines(), start=above + 1):
            if line.strip() and _numbered(line) in running:
                heads.append(LeftOut(number, line.strip(), "running head"))
            else:
                rest.append(line)
        above += len(page.splitlines())
        kept.append("\n".join(rest))
    return kept, heads


def _numbered(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _letters(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def reading_order(text: str) -> str:
    """Turns lines that are stored as they look, left to right, into the order of reading.

    Some PDFs store right-to-left lines in reading order already: of both orders the one that
    gives more of the language's common words is kept.

    Args:
        text: Lines as they look on the page.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    turned = "\n".join(_turned(line) for line in lines)
    as_stored = "\n".join(lines)
    return max((turned, as_stored), key=lambda t: common_words(_PRESENTATION.sub(_letters, t)))


def _turned(line: str) -> str:
    rtl, latin = len(_RIGHT_TO_LEFT.findall(line)), len(_LATIN.findall(line))
    if not rtl:
        return line
    if rtl < latin:
        return _RIGHT_TO_LEFT_RUN.sub(lambda run: run.group()[::-1].translate(_MIRRORED), line)
    backwards = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT_RUN.sub(lambda run: run.group()[::-1], backwards)


def unwrap(text: str) -> str:
    """Joins the lines of each paragraph: those that fill the page's width run on."""
    lines = [line.strip() for line in text.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    full = _FULL * widths[int(0.9 * len(widths))] if widths else 0.0
    out: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and line and out[-1].endswith("-") and line[0].islower():
            out[-1] = out[-1][:-1] + line
        elif runs_on and line:
            out[-1] += " " + line
        else:
            out.append(line)
        runs_on = len(line) >= full and bool(line)
    return re.sub("\n{3,}", "\n\n", "\n".join(out)).strip()
