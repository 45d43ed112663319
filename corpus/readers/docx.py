"""Word documents: the text that Word shows, with tracked changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from corpus.article import Article, LeftOut
from corpus.readers.document import Document, ReadError
from corpus.readers.made_up_titles import made_up
from corpus.readers.text import whole_article

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LARGEST_UNPACKED = 256 * 1024 * 1024
_MAIN = "word/document.xml"
_PLAIN = ""  # in place of an id: the style of paragraphs that name none

# Elements by their local names; Word has two namespaces for each, and they do not overlap.
_DELETED = ("del", "moveFrom", "delText", "delInstrText")
_PROPERTIES = (
    *("rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr"),
    *("sectPr", "sdtPr", "sdtEndPr", "rubyPr", "ctrlPr"),
)
_NOT_SHOWN = frozenset((*_DELETED, *_PROPERTIES, "instrText", "fldData", "rt"))
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
_BETWEEN_PARTS = {"f": "/", "sSup": "^", "sSub": "_"}  # of an equation
_TITLE_STYLES = frozenset({"title", "heading 1"})
# The letters and signs of the font Symbol, from its code 41 and by code.
_SYMBOL_FONT = {
    **dict(enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", start=0x41)),
    **dict(enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ", start=0x61)),
    **{0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°"},
    **{0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…"},
}
_UNKNOWN_SIGN = "\ufffd"


def read_docx(document: Document) -> Iterator[Article]:
    """Reads a DOCX file: its body in order, then its footnotes and endnotes.

    Headers and footers are no text. Hidden text is left out, and listed.

    Raises:
        ReadError: It is damaged, locked, empty, or unpacks to more than a document has.
    """
    from lxml import etree

    data = document.read()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            "It is locked with a password, or an old .doc by another name; save it as .docx"
            " without a password.",
            "locked",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
                raise ReadError("It unpacks to far more than a document has.", "large")
            package = _Package(packed)
            main = package.related("", "officeDocument") or _MAIN
            walk = _Walk(_styles(package.part(package.related(main, "styles"))))
            body = package.part(main)
            if body is None:
                raise ReadError("It is a damaged Word document.")
            text = walk.text(body)
            for kind in ("footnotes", "endnotes"):
                notes = package.part(package.related(main, kind))
                text += "".join(walk.notes(notes, kind) if notes is not None else ())
            title = _title(package)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, etree.XMLSyntaxError) as error:
        raise ReadError("It is a damaged Word document.") from error
    if made_up(title, document.path):
        title = ""
    article = whole_article(text, document, walk.headline or title)
    hidden = (LeftOut(number, line, reason) for number, line, reason in walk.left_out)
    yield replace(article, left_out=(*article.left_out, *hidden))


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says: its name, and whether its text is hidden, if it says so."""

    name: str
    hidden: bool


class _Package:
    """The parts of an Office file, and the relations between them."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._names = {name.lower(): name for name in packed.namelist()}

    def part(self, name: str | None) -> Element | None:
        """Parses a part; None where there is none."""
        from lxml import etree

        stored = self._names.get((name or "").lower())
        if not stored:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=True, recover=True
        )
        return etree.fromstring(self._packed.read(stored), parser)

    def related(self, name: str, kind: str) -> str | None:
        """The part to which another one, or the package, has a relation of a kind."""
        folder, _, file = name.rpartition("/")
        relations = self.part(join(folder, "_rels", f"{file}.rels"))
        for relation in relations if relations is not None else ():
            if str(relation.get("Type", "")).rpartition("/")[2] == kind:
                target = str(relation.get("Target", ""))
                return normpath(join("/", dirname(name), target)).lstrip("/")
        return None


class _Walk:
    """One walk through a document, in its order.

    Attributes:
        headline: The first paragraph, where its style is that of a title.
        left_out: What is not shown, each with the number of its line and the reason.
    """

    def __init__(self, styles: Mapping[str, _Style]) -> None:
        self.headline = ""
        self.left_out: list[tuple[int, str, str]] = []
        self._styles = styles
        self._instructions: list[bool] = []  # for each open field: are we in its instruction?
        self._called: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self._boxes: list[str] = []
        self._line = 1

    def text(self, element: Element) -> str:
        """Gives the text of a body, one line a paragraph."""
        return "".join((*self._shown(element, hidden=False), *self._boxes))

    def notes(self, part: Element, kind: str) -> Iterator[str]:
        """Gives the notes that were called, in the order of the calls."""
        notes = {_attribute(note, "id"): note for note in part}
        for number in dict.fromkeys(self._called[kind]):
            if number in notes:
                yield from self._shown(notes[number], hidden=False)

    def _shown(self, element: Element, hidden: bool) -> Iterator[str]:
        """Gives the pieces of an element's text that are shown."""
        name = _name(element)
        if name in _NOT_SHOWN:
            return
        if name == "t":
            yield from self._visible(element.text or "", hidden)
        elif name in _CHARACTERS and _name(element.getparent()) == "r":
            yield from self._visible(_CHARACTERS[name], hidden)
        elif name == "sym":
            yield from self._visible(_symbol(element), hidden)
        elif name == "textpath":
            self._boxes.append(f"{element.get('string', '')}\n")
        elif name == "fldChar":
            self._turn_field(_attribute(element, "fldCharType"))
        elif name in ("footnoteReference", "endnoteReference"):
            if not hidden:
                self._called[name.replace("Reference", "s")].append(_attribute(element, "id"))
        elif name == "AlternateContent":
            yield from self._alternative(element, hidden)
        elif name == "txbxContent":
            self._boxes.append("".join(self._children(element, hidden)))
        elif name == "p":
            yield from self._paragraph(element, hidden)
        elif name == "tbl":
            yield from self._table(element, hidden)
        elif name == "r":
            yield from self._children(element, self._is_hidden(element, hidden))
        elif name == "sdt" and element.find("{*}sdtPr/{*}showingPlcHdr") is not None:
            placeholder = "".join(element.itertext()).strip()
            self.left_out.append((self._line, placeholder, "placeholder"))
        elif name in _BETWEEN_PARTS:
            parts = ["".join(self._shown(part, hidden)) for part in element]
            yield _BETWEEN_PARTS[name].join(filter(None, parts))
        else:
            yield from self._children(element, hidden)

    def _children(self, element: Element, hidden: bool) -> Iterator[str]:
        for child in element:
            if isinstance(child.tag, str):  # and no comment
                yield from self._shown(child, hidden)

    def _visible(self, text: str, hidden: bool) -> Iterator[str]:
        if any(self._instructions):
            return
        if not hidden:
            yield text
        elif self.left_out and self.left_out[-1][::2] == (self._line, "hidden text"):
            self.left_out[-1] = (self._line, self.left_out[-1][1] + text, "hidden text")
        elif text.strip():
            self.left_out.append((self._line, text, "hidden text"))

    def _paragraph(self, element: Element, hidden: bool) -> Iterator[str]:
        style = self._styles.get(_value(element, "pStyle"), self._styles.get(_PLAIN))
        boxes, self._boxes = self._boxes, []
        text = "".join(self._children(element, hidden or bool(style and style.hidden)))
        if style and style.name in _TITLE_STYLES and self._line == 1:
            self.headline = self.headline or text.strip()
        # An instruction ends with its paragraph at the latest, or damage would hide all the rest.
        self._instructions = [instruction for instruction in self._instructions if not instruction]
        mark = element.find("{*}pPr/{*}rPr")
        # A paragraph runs on into the next where its mark was deleted, or is hidden.
        runs_on = mark is not None and any(
            _name(child) in ("del", "moveFrom") or (_name(child) == "vanish" and _is_on(child))
            for child in mark
        )
        yield text if runs_on else f"{text}\n"
        if text.strip():
            self._line += text.count("\n") + (not runs_on)
        inner, self._boxes = self._boxes, boxes
        yield from inner

    def _table(self, element: Element, hidden: bool) -> Iterator[str]:
        """Gives a row of short cells on one line, cells of several paragraphs one after another."""
        for row in _within(element, "tr"):
            if row.find("{*}trPr/{*}del") is not None:
                continue
            in_row = hidden or row.find("{*}trPr/{*}hidden") is not None
            cells = [
                "".join(self._children(cell, in_row)).strip("\n")
                for cell in _within(row, "tc")
                if not _continues(cell) and cell.find("{*}tcPr/{*}cellDel") is None
            ]
            if any(cell.strip() for cell in cells):
                several = any("\n" in cell for cell in cells)
                yield ("\n" if several else " | ").join(
                    cells if not several else filter(None, cells)
                )
                yield "\n"

    def _alternative(self, element: Element, hidden: bool) -> Iterator[str]:
        """Gives the first of several versions that holds text."""
        for version in element:
            boxes = len(self._boxes)
            text = "".join(self._children(version, hidden))
            if text.strip() or any(box.strip() for box in self._boxes[boxes:]):
                yield text
                return

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self._instructions.append(True)
        elif self._instructions and kind == "separate":
            self._instructions[-1] = False
        elif self._instructions and kind == "end":
            self._instructions.pop()

    def _is_hidden(self, run: Element, hidden: bool) -> bool:
        """What the run says of itself goes before its style, and that before its paragraph's."""
        said = run.find("{*}rPr/{*}vanish")
        if said is not None:
            return _is_on(said)
        style = self._styles.get(_value(run, "rStyle", "rPr"))
        return hidden or bool(style and style.hidden)


def _name(element: Element | None) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""


def _attribute(element: Element, name: str) -> str:
    return next((str(v) for k, v in element.items() if str(k).rpartition("}")[2] == name), "")


def _value(element: Element, name: str, properties: str = "pPr") -> str:
    found = element.find(f"{{*}}{properties}/{{*}}{name}")
    return _attribute(found, "val") if found is not None else ""


def _is_on(toggle: Element) -> bool:
    return _attribute(toggle, "val") not in ("0", "false", "off")


def _within(element: Element, name: str) -> Iterator[Element]:
    """Finds a table's rows or a row's cells, in content controls and custom XML too."""
    for child in element:
        if _name(child) == name:
            yield child
        elif isinstance(child.tag, str) and _name(child) not in (*_NOT_SHOWN, "tbl", "p"):
            yield from _within(child, name)


def _continues(cell: Element) -> bool:
    """Tells whether a cell is merged with the one above it, or beside it."""
    for name in ("vMerge", "hMerge"):
        merged = cell.find(f"{{*}}tcPr/{{*}}{name}")
        if merged is not None and _attribute(merged, "val") != "restart":
            return True
    return False


def _symbol(element: Element) -> str:
    try:
        code = int(_attribute(element, "char"), 16)
    except ValueError:
        return _UNKNOWN_SIGN
    if not 0xF000 <= code <= 0xF0FF:
        return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else _UNKNOWN_SIGN
    code -= 0xF000
    if _attribute(element, "font").lower() != "symbol":
        return _UNKNOWN_SIGN
    return _SYMBOL_FONT.get(code) or (chr(code) if 0x20 <= code < 0x7F else _UNKNOWN_SIGN)


def _styles(part: Element | None) -> dict[str, _Style]:
    """Reads the styles by their ids, and the one of plain paragraphs."""
    if part is None:
        return {"Title": _Style("title", False), "Heading1": _Style("heading 1", False)}
    elements = {_attribute(style, "styleId"): style for style in part if _name(style) == "style"}

    def hidden(key: str, depth: int = 0) -> bool:
        style = elements.get(key)
        if style is None or depth > 20:
            return False
        said = style.find("{*}rPr/{*}vanish")
        based_on = style.find("{*}basedOn")
        if said is not None:
            return _is_on(said)
        return based_on is not None and hidden(_attribute(based_on, "val"), depth + 1)

    found: dict[str, _Style] = {}
    for key, style in elements.items():
        name = style.find("{*}name")
        called = _attribute(name, "val").lower() if name is not None else ""
        found[key] = _Style(called, hidden(key))
        if _attribute(style, "type") == "paragraph" and _attribute(style, "default") == "1":
            found[_PLAIN] = found[key]
    return found


def _title(package: _Package) -> str:
    core = package.part(package.related("", "core-properties"))
    title = core.find("{*}title") if core is not None else None
    return " ".join((title.text or "").split()) if title is not None else ""
