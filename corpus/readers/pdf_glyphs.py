"""The glyphs that a PDF's page draws: their letters and their places.

pypdf reads the file, its fonts and its operators. Its own text extraction turns runs of
right-to-left text on the way and tells no places within them, so the operators are followed here.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import ContentStream, DictionaryObject
    from pypdf.generic._font import Font

_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb1d-\ufdf9\ufe70-\ufefc]")
# Where a glyph has one of these, its font does not tell its letter: control and private-use
# characters, halves of surrogate pairs, and the sign for a letter that is not known.
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff]")
_DEEPEST = 12  # forms inside forms
_MOST_FORMS = 2000  # drawn by one page


class Glyph(NamedTuple):
    """What a page draws in one step.

    Attributes:
        text: Its letters in the order of reading; empty where the file does not tell them.
        left: Where it begins, in points.
        right: Where it ends.
        baseline: Its height above the page's foot.
        size: The size of its font.
        space: How wide a space of its font is.
        turned: By how many quarter turns the glyph is turned against the page.
        logical: Whether the file tells what is meant by it, not only how it looks.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    space: float
    turned: int = 0
    logical: bool = False


class _Matrix(NamedTuple):
    """A transformation: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: _Matrix) -> _Matrix:
        """The transformation that does this and then another."""
        return _Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )


@dataclass(frozen=True, slots=True)
class _Letters:
    """What a font says of its character codes."""

    font: Font
    codes_are_letters: bool  # a code without a letter of its own is that letter
    unit: float  # a thousandth of the font's size, in most fonts
    usual_width: float  # of codes whose width is not told
    space: float  # width of a blank

    def of(self, code: str) -> str:
        """The letters of a code, empty where the font does not tell them."""
        if not self.font.interpretable:
            return ""
        known = self.font.character_map.get(code)
        text = known if isinstance(known, str) else code if self.codes_are_letters else ""
        return plain_letters(text)


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that text depends on."""

    matrix: _Matrix
    letters: _Letters | None = None
    size: float = 1.0
    between_letters: float = 0.0
    between_words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


def glyphs(page: PageObject) -> list[Glyph]:
    """Gives the glyphs of a page in the order in which it draws them.

    Args:
        page: The page.
    """
    content = page.get_contents()
    if content is None:
        return []
    quarter = int(page.get("/Rotate", 0) or 0) // 90 % 4
    upright = _Matrix(*((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))[quarter])
    drawing = _Drawing(page.pdf)
    drawing.draw(content, page.get("/Resources"), upright)
    return drawing.glyphs


def plain_letters(text: str) -> str:
    """Writes the shapes of letters as the letters themselves; nothing for what is no letter."""
    if _NO_LETTER.search(text) or text.startswith("/"):
        return "/" if text == "/" else ""
    if not _PRESENTATION.search(text):
        return text
    return _PRESENTATION.sub(_letters_of_shape, text)


def _letters_of_shape(shape: re.Match[str]) -> str:
    letters = unicodedata.normalize("NFKC", shape.group())
    # The shape of a mark by itself is made of a blank or a tatweel and the mark.
    marks = letters.lstrip(" \u0640")
    return marks if marks and all(unicodedata.combining(c) for c in marks) else letters


class _Drawing:
    """Follows the operators of a page and of the forms that it draws."""

    def __init__(self, pdf: Any) -> None:
        self.glyphs: list[Glyph] = []
        self._pdf = pdf
        self._fonts: dict[int, _Letters | None] = {}
        self._forms = 0

    def draw(
        self, content: ContentStream, resources: Any, matrix: _Matrix, inside: int = 0
    ) -> None:
        """Follows one stream of operators."""
        from pypdf.generic import ContentStream

        resources = _dictionary(resources)
        content = ContentStream(content, self._pdf, "bytes")
        state, stack = _State(matrix), list[_State]()
        text = line = _Matrix()
        marked: list[tuple[str | None, int]] = []  # letters of a marked part, its first glyph
        for operands, operator in content.operations:
            numbers = [float(n) for n in operands if isinstance(n, (int, float))]
            match operator:
                case b"q":
                    stack.append(state)
                case b"Q" if stack:
                    state = stack.pop()
                case b"cm" if len(numbers) >= 6:
                    state = replace(state, matrix=_Matrix(*numbers[-6:]).then(state.matrix))
                case b"BT":
                    text = line = _Matrix()
                case b"Tf" if numbers and operands:
                    font = self._font(resources, operands[0])
                    state = replace(state, letters=font, size=numbers[-1])
                case b"gs" if operands:
                    state = self._from_dictionary(state, resources, operands[0])
                case b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" if numbers:
                    state = _with_parameter(state, operator, numbers[0])
                case b"Td" | b"TD" if len(numbers) >= 2:
                    if operator == b"TD":
                        state = replace(state, leading=-numbers[1])
                    text = line = _Matrix(e=numbers[0], f=numbers[1]).then(line)
                case b"Tm" if len(numbers) >= 6:
                    text = line = _Matrix(*numbers[-6:])
                case b"T*":
                    text = line = _Matrix(f=-state.leading).then(line)
                case b"Tj" | b"TJ" | b"'" | b'"' if operands:
                    if operator in (b"'", b'"'):
                        text = line = _Matrix(f=-state.leading).then(line)
                    if operator == b'"' and len(numbers) >= 2:
                        state = replace(state, between_words=numbers[0], between_letters=numbers[1])
                    shown = operands[0] if operator == b"TJ" else operands[-1:]
                    text = self._show(shown, state, text)
                case b"BMC":
                    marked.append((None, 0))
                case b"BDC":
                    actual = _actual_text(operands, resources)
                    if any(letters is not None for letters, _ in marked):
                        actual = None  # the outer part tells the letters of all that is in it
                    marked.append((actual, len(self.glyphs)))
                case b"EMC" if marked:
                    self._tell(*marked.pop())
                case b"Do" if operands and inside < _DEEPEST:
                    self._draw_form(resources, operands[0], state.matrix, inside)

    def _draw_form(
        self, resources: DictionaryObject, name: Any, matrix: _Matrix, inside: int
    ) -> None:
        form = _dictionary(_dictionary(resources.get("/XObject")).get(name))
        if form.get("/Subtype") != "/Form" or self._forms >= _MOST_FORMS:
            return
        self._forms += 1
        own = [float(n) for n in form.get("/Matrix", ())]
        if len(own) == 6:
            matrix = _Matrix(*own).then(matrix)
        inner = form.get("/Resources", resources)
        self.draw(form, inner, matrix, inside + 1)  # type: ignore[arg-type]

    def _from_dictionary(self, state: _State, resources: DictionaryObject, name: Any) -> _State:
        """The state after an operator that sets it from a dictionary, which may name a font."""
        font = _dictionary(_dictionary(resources.get("/ExtGState")).get(name)).get("/Font")
        if not isinstance(font, Sequence) or len(font) != 2:
            return state
        return replace(state, letters=self._letters(font[0]), size=float(font[1]))

    def _font(self, resources: DictionaryObject, name: Any) -> _Letters | None:
        return self._letters(_dictionary(resources.get("/Font")).get(name))

    def _letters(self, resource: Any) -> _Letters | None:
        font = _dictionary(resource)
        if id(font) not in self._fonts:
            self._fonts[id(font)] = _letters_of_font(font) if font else None
        return self._fonts[id(font)]

    def _show(self, shown: Any, state: _State, text: _Matrix) -> _Matrix:
        """Draws strings of character codes, and gives the place after them."""
        letters = state.letters
        if letters is None or not isinstance(shown, list):
            return text
        font, unit = letters.font, letters.unit * state.size
        for part in shown:
            if isinstance(part, (int, float)):
                text = _Matrix(e=-float(part) / 1000 * state.size * state.stretch).then(text)
                continue
            if not isinstance(part, bytes):
                continue
            for code, raw in _codes(part, font.encoding):
                width = font.character_widths.get(raw, letters.usual_width) * unit
                step = width + state.between_letters
                if raw == " " and isinstance(font.encoding, Mapping):
                    step += state.between_words
                place = _Matrix(f=state.rise).then(text).then(state.matrix)
                space = letters.space * unit * state.stretch
                self.glyphs.append(
                    _placed(letters.of(code), place, width * state.stretch, state.size, space)
                )
                text = _Matrix(e=step * state.stretch).then(text)
        return text

    def _tell(self, letters: str | None, first: int) -> None:
        """Gives the glyphs of a marked part the letters that the file says they stand for."""
        part = self.glyphs[first:]
        if letters is None or not part:
            return
        size = max(glyph.size for glyph in part)
        heights = [glyph.baseline for glyph in part]
        if max(heights) - min(heights) > size or len({glyph.turned for glyph in part}) > 1:
            return  # of several lines, which are told by their glyphs
        widest = max(glyph.right - glyph.left for glyph in part)  # letters rather than marks
        wide = [glyph for glyph in part if glyph.right - glyph.left >= 0.5 * widest]
        base = wide[-1]._replace(
            text=plain_letters(letters),
            left=min(glyph.left for glyph in wide),
            right=max(glyph.right for glyph in wide),
            logical=True,
        )
        self.glyphs[first:] = [base] if base.text else []


def _letters_of_font(resource: DictionaryObject) -> _Letters:
    from pypdf.generic._font import Font  # the one place where pypdf tells letters and widths

    font = Font.from_font_resource(resource)
    encoding = resource.get("/Encoding")
    simple = resource.get("/Subtype") != "/Type0"
    by_unicode = isinstance(encoding, str) and not encoding.startswith("/Identity")
    unit = 0.001
    if resource.get("/Subtype") == "/Type3":
        unit = abs(float(resource.get("/FontMatrix", [unit])[0])) or unit
    usual = font.character_widths["default"]
    if not simple:  # pypdf takes a width of 0, which marks have, for none
        (inner, *_) = cast("list[Any]", resource["/DescendantFonts"])
        usual = float(_dictionary(inner).get("/DW", 1000))
    space = font.character_widths.get(font.space_char, 0 if simple else usual)
    return _Letters(font, simple or by_unicode, unit, usual, space or font.space_width)


def _placed(text: str, place: _Matrix, width: float, size: float, space: float) -> Glyph:
    """A glyph at its place on the page, turned upright with what else is turned as it is."""
    turned = round(math.atan2(-place.c, place.d) / (math.pi / 2)) % 4
    across, up = (
        ((place.a, place.b), (place.e, place.f)),
        ((place.b, -place.a), (place.f, -place.e)),
        ((-place.a, -place.b), (-place.e, -place.f)),
        ((-place.b, place.a), (-place.f, place.e)),
    )[turned]
    begin, end = up[0], up[0] + width * across[0]
    height = abs(size) * math.hypot(place.c, place.d)
    scale = abs(across[0])
    return Glyph(
        text, min(begin, end), max(begin, end), up[1], height or 1.0, abs(space * scale), turned
    )


def _codes(shown: bytes, encoding: str | Mapping[int, str]) -> list[tuple[str, str]]:
    """The codes of a string: each as its font's letters and as its widths name it."""
    if isinstance(encoding, str):
        try:
            text = shown.decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            text = shown.decode(encoding, "replace")
        return [(code, code) for code in text]
    return [(encoding.get(byte, chr(byte)), chr(byte)) for byte in shown]


def _with_parameter(state: _State, operator: bytes, number: float) -> _State:
    match operator:
        case b"Tc":
            return replace(state, between_letters=number)
        case b"Tw":
            return replace(state, between_words=number)
        case b"Tz":
            return replace(state, stretch=number / 100)
        case b"TL":
            return replace(state, leading=number)
        case _:
            return replace(state, rise=number)


def _actual_text(operands: Sequence[Any], resources: DictionaryObject) -> str | None:
    """What the file says that a marked part stands for."""
    properties = operands[-1] if operands else None
    if isinstance(properties, str):
        properties = _dictionary(resources.get("/Properties")).get(properties)
    actual = _dictionary(properties).get("/ActualText")
    if isinstance(actual, bytes):
        if actual.startswith((b"\xfe\xff", b"\xff\xfe")):
            return actual.decode("utf-16", "replace")
        return actual.decode(
            "utf-8" if actual.startswith(b"\xef\xbb\xbf") else "latin-1", "replace"
        )
    return str(actual) if actual is not None else None


def _dictionary(thing: Any) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    found = thing.get_object() if hasattr(thing, "get_object") else thing
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
