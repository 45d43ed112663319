"""Word documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from corpus.article import Article
from corpus.readers.document import Document, ReadError
from corpus.readers.text import whole_article

_LARGEST_UNPACKED = 256 * 1024 * 1024


def read_docx(document: Document) -> Iterator[Article]:
    """Reads a DOCX file: its paragraphs and tables, in order.

    Raises:
        ReadError: It is damaged, empty, or unpacks to more than a document has.
    """
    import docx
    from docx.table import Table

    data = io.BytesIO(document.read())
    try:
        with zipfile.ZipFile(data) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
                raise ReadError("It unpacks to far more than a document has.", "large")
        word = docx.Document(data)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReadError("It is a damaged Word document.") from error
    title = (word.core_properties.title or "").strip()
    lines: list[str] = []
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows]
            continue
        style = (block.style.name or "") if block.style else ""
        if style in ("Title", "Heading 1") and not any(lines) and block.text.strip():
            title = block.text.strip()
        lines.append(block.text)
    yield whole_article("\n".join(lines), document, title)
