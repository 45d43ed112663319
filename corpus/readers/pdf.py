"""PDF, with right-to-left text put back into reading order."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article, LeftOut
from corpus.readers.document import Document, ReadError
from corpus.readers.made_up_titles import made_up
from corpus.readers.pdf_page import page_text
from corpus.readers.text import whole_article

_PAGES = 2000
_SECONDS = 60.0
_HYPHENATED = re.compile(r"\w-\Z")
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
            raise ReadError("It is locked with a password; save a copy without one.", "locked")
        title = str((reader.metadata and reader.metadata.title) or "").strip()
        title = "" if made_up(title, document.path) else title
        count = len(reader.pages)
        for page in reader.pages[:_PAGES]:
            if time.monotonic() - started > _SECONDS:
                raise ReadError(f"Reading it takes longer than {_SECONDS:.0f} seconds.", "large")
            pages.append(page_text(page))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ReadError(f"It is a damaged PDF: {error or type(error).__name__}.") from error
    pages, heads = _without_running_heads(pages)
    text = unwrap("\n\n".join(pages))
    if not any(c.isalnum() for c in text):
        raise ReadError(
            f"Its {count} pages hold no text, only pictures of it; recognise the text first"
            " (OCR, with a program such as OCRmyPDF).",
            "pictures",
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


def unwrap(text: str) -> str:
    """Joins the lines of each paragraph: those that fill the page's width run on."""
    lines = [line.strip() for line in text.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    full = _FULL * widths[int(0.9 * len(widths))] if widths else 0.0
    out: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and line and _HYPHENATED.search(out[-1]):
            # «États-» and «Unis» keep their hyphen, «govern-» and «ment» lose it.
            out[-1] = (out[-1][:-1] if line[0].islower() else out[-1]) + line
        elif runs_on and line:
            out[-1] += " " + line
        else:
            out.append(line)
        runs_on = len(line) >= full and bool(line)
    return re.sub("\n{3,}", "\n\n", "\n".join(out)).strip()
