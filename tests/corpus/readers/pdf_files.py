"""PDFs made in tests: pieces of text at places, in one font whose letters are of one width."""

import io
from collections.abc import Iterable, Sequence

WIDTH = 0.6  # of a letter, in sizes of the font
UNKNOWN = "\0"  # a glyph of which the font tells no letter

Piece = tuple[float, float, str] | tuple[float, float, str, float]
"""From the left, from below, glyphs from left to right; the size of the font, if not 12."""


def pdf(*lines: str) -> bytes:
    """A PDF of one page that shows these lines, each character a glyph, left to right."""
    return pdf_of((50, 700 - 20 * n, line) for n, line in enumerate(lines))


def pdf_of(*pages: Iterable[Piece]) -> bytes:
    """A PDF of these pages, which draw each piece at its place."""
    drawn = [list(page) for page in pages]
    used = sorted({c for page in drawn for piece in page for c in piece[2]})
    code = {c: n for n, c in enumerate(used, start=1)}
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff>"
        f" endcodespacerange {len(used)} beginbfchar "
        + " ".join(f"<{code[c]:04x}> <{c.encode('utf-16-be').hex()}>" for c in used)
        + " endbfchar endcmap end"
    )
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(drawn)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(drawn)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        " /DescendantFonts [5 0 R] /ToUnicode 4 0 R >>",
        _stream(cmap),
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW {1000 * WIDTH:.0f}"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    ]
    for page in drawn:
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]"
            f" /Contents {len(objects) + 2} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            _stream(f"BT {''.join(_shown(piece, code) for piece in page)} ET"),
        ]
    return _file(objects)


def _shown(piece: Piece, code: dict[str, int]) -> str:
    x, y, text = piece[:3]
    size = piece[3] if len(piece) == 4 else 12
    codes = "".join(f"{code[c]:04x}" for c in text)
    return f"/F {size} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm <{codes}> Tj "


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >> stream\n{text}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, 2)
    for n, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{n} 0 obj\n{body}\nendobj\n".encode())
    start = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF".encode())
    return out.getvalue()
