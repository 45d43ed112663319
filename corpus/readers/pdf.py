"""PDF, with right-to-left text put back into reading order."""

from __future__ import annotations

import io
import itertools
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.article import Article, LeftOut
from corpus.readers.document import Document, ReadError
from corpus.readers.made_up_titles import made_up
from corpus.readers.pdf_glyphs import glyphs
from corpus.readers.pdf_page import Line, page_lines
from corpus.readers.pdf_paragraphs import paragraphs
from corpus.readers.text import whole_article

_PAGES = 2000
_SECONDS = 60.0

_Page = list[tuple[int, Line]]  # the lines of a page with their numbers in the file


def read_pdf(document: Document) -> Iterator[Article]:
    """Reads the text of a PDF as one article.

    Raises:
        ReadError: It is damaged, locked with a password, takes too long, or holds pictures of
            pages or shapes of letters and no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    started = time.monotonic()
    pages: list[list[Line]] = []
    title = ""
    try:
        reader = PdfReader(io.BytesIO(document.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("It is locked with a password; save a copy without one.", "locked")
        title = str((reader.metadata and reader.metadata.title) or "").strip()
        title = "" if made_up(title, document.path) else title
        for page in reader.pages[:_PAGES]:
            if time.monotonic() - started > _SECONDS:
                raise ReadError(f"Reading it takes longer than {_SECONDS:.0f} seconds.", "large")
            pages.append(page_lines(glyphs(page)))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ReadError(f"It is a damaged PDF: {error or type(error).__name__}.") from error
    if not any(_has_words(line.text) or line.without_letters for page in pages for line in page):
        raise ReadError(
            f"Its {len(pages)} pages hold no text, only pictures of it; recognise the text first"
            " (OCR, with a program such as OCRmyPDF).",
            "pictures",
        )
    numbers = itertools.count(1)
    numbered = [[(next(numbers), line) for line in page] for page in pages]
    numbered, heads = _without_running_heads(numbered)
    numbered, gaps = _without_gaps(numbered)
    text = paragraphs([[line for _, line in page] for page in numbered])
    if not _has_words(text):
        raise ReadError(
            "Most glyphs on its pages have no letters, only shapes; recognise the text first (OCR,"
            " with a program such as OCRmyPDF and its option --force-ocr).",
            "glyphs",
        )
    article = whole_article(text, document, title)
    yield replace(article, left_out=(*article.left_out, *heads, *gaps))


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _without_running_heads(pages: list[_Page]) -> tuple[list[_Page], list[LeftOut]]:
    """Takes away the first and last lines that most pages share, but for the page's number."""
    ends = [{_numbered(line) for _, line in (*page[:2], *page[-2:])} for page in pages]
    often = Counter(line for page in ends for line in page)
    running = {line for line, times in often.items() if times >= max(3, len(pages) / 2)}
    if len(pages) == 2:  # too few to count: the line stands in the same place, too
        placed = [{(_numbered(line), round(line.baseline)) for _, line in page} for page in pages]
        running = {line for line, _ in placed[0] & placed[1] if often[line] == 2}
    heads = [
        LeftOut(number, line.text, "running head")
        for page in pages
        for number, line in page
        if _numbered(line) in running
    ]
    kept = [[(n, line) for n, line in page if _numbered(line) not in running] for page in pages]
    return kept, heads


def _numbered(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _without_gaps(pages: list[_Page]) -> tuple[list[_Page], list[LeftOut]]:
    """Takes away pages and lines most of which has no letters, and reports every gap."""
    kept: list[_Page] = []
    gaps: list[LeftOut] = []
    for page in pages:
        unreadable = _mostly_without_letters([line for _, line in page])
        gaps += [
            LeftOut(number, line.as_it_stands, "no letters")
            for number, line in page
            if unreadable or line.without_letters
        ]
        kept.append(
            []
            if unreadable
            else [(n, line) for n, line in page if not _mostly_without_letters([line])]
        )
    return kept, gaps


def _mostly_without_letters(lines: Sequence[Line]) -> bool:
    glyphs = sum(line.glyphs for line in lines)
    return 2 * sum(line.without_letters for line in lines) > glyphs
