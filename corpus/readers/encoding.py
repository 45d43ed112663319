"""Bytes become text: one way for every format.

What has a mark is read by it; then UTF-8; then the encoding that the file declares, unless another
one gives likelier words (`corpus.readers.plausibility`). Damage costs what is damaged: U+FFFD
stands in its place. Text that was decoded wrongly before it was saved is put right
(`corpus.readers.mojibake`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from corpus.readers.document import ReadError
from corpus.readers.mojibake import repair
from corpus.readers.plausibility import cost, oddness

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings of seven bits: their bytes are ASCII, and signs among them shift to other letters.
_SHIFTED = {
    "utf-7": b"+",
    "hz": b"~{",
    "iso2022_jp": b"\x1b",
    "iso2022_jp_1": b"\x1b",
    "iso2022_jp_2": b"\x1b",
    "iso2022_jp_3": b"\x1b",
    "iso2022_jp_ext": b"\x1b",
    "iso2022_jp_2004": b"\x1b",
    "iso2022_kr": b"\x1b",
}
_JAPANESE_SHIFT = re.compile(rb"\x1b\$[@B]")
# What is declared by the name of an encoding stands for the larger one that programs write.
_LARGER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_LABELS = {
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-6-i": "iso8859_6",
    "iso-8859-6-e": "iso8859_6",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-arabic": "mac_arabic",
    "x-mac-greek": "mac_greek",
    "asmo-708": "iso8859_6",
}
_CODE_PAGE = re.compile(r"(?:x-)?(?:cp|windows|win|dos|ibm|microsoft-cp)[-_ ]?(\d{3,4})")
_NO_TEXTS_ENCODING = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
# Encodings in which texts are found, with the cost (in nats) of its being this one.
_LEGACY: Mapping[str, float] = {
    "cp1252": 0.0,
    **dict.fromkeys(("cp1256", "cp1251", "cp1255", "cp1253", "cp1254", "cp1250"), 1.0),
    **dict.fromkeys(("gb18030", "cp932", "cp949", "big5"), 3.0),
    **dict.fromkeys(("iso8859_6", "mac_arabic", "cp720", "koi8_r", "cp866", "mac_cyrillic"), 4.0),
    **dict.fromkeys(("koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_8", "cp862"), 4.0),
    **dict.fromkeys(("cp737", "cp1257", "mac_roman", "mac_greek", "cp437", "cp850"), 6.0),
    **dict.fromkeys(("cp852", "euc_jp", "cp874", "cp1258"), 6.0),
}
_SAMPLE = 1 << 16
_ENOUGH_UTF_8 = 40  # bytes of letters beyond ASCII that are UTF-8 by no chance
_UNREADABLE = 8.0  # of `oddness`: no language's words in any encoding
_ODD_SPACED = 4.5  # of `oddness`: more than texts have that part words by spaces,
_ODD_UNSPACED = 6.5  # and those that do not
_DECLARED_MARGIN = 10.0  # nats by which another encoding must be likelier than the declared one,
_DECLARED_SHARE = 0.15  # and the share of the declared one's cost
_ASCII_OF_HIGH_BYTE = 8.0  # nats for each
# The words that no Arabic (or Persian) page is without.
_COMMON_ARABIC = re.compile(
    r"(?<![\w\u064b-\u0652])(?:في|من|على|إلى|الى|عن|أن|ان|التي|الذي|هذا|هذه|مع|كان|قال|بعد|ما|لا"
    r"|در|به|از|که|این|را|با|است|های|ال\w+)(?![\w\u064b-\u0652])"
)
_AROUND = re.compile(rb"[^ \t\r\n<>\x80-\xff]{0,20}[\x80-\xff][^ \t\r\n<>]{0,80}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)"
    rb"|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)",
    re.IGNORECASE,
)


def decode(data: bytes, declared: str | None = None) -> str:
    """Turns bytes into text.

    Args:
        data: The bytes of a text file.
        declared: The encoding that the file or its sender names; believed where nothing speaks
            against it.

    Raises:
        ReadError: The bytes are not text.
    """
    text = _decoded(data, _codec(declared)).replace("\0", "")
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > 0.02 * len(sample):
        raise _no_text()
    return repair(text)


def declared_encoding(page: bytes) -> str | None:
    """Finds the encoding that the head of an HTML page or an XML file names."""
    match = _DECLARED.search(page[:4096])
    return (match.group(1) or match.group(2)).decode("ascii") if match else None


def common_words(text: str) -> int:
    """Counts the words that no Arabic or Persian text is without."""
    return len(_COMMON_ARABIC.findall(text))


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:_SAMPLE]
    if b"\0" in data or len(_CONTROL_BYTE.findall(sample)) > 0.01 * len(sample):
        if wide := _wide(data):
            return wide
        if data.count(0) > 0.05 * len(data):
            raise _no_text()
        data = data.replace(b"\0", b"")  # stray ones in a text
    if shifted := _shifted(data, declared):
        return shifted
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return _mixed(data) or _legacy(data, declared)


def _no_text() -> ReadError:
    return ReadError("It is not text: it holds the bytes of some other kind of file.", "format")


def _codec(label: str | None) -> str | None:
    """Python's name of a declared encoding; None for none that it knows."""
    if not label:
        return None
    name = label.strip().lower()
    page = _CODE_PAGE.fullmatch(name)
    try:
        found = codecs.lookup(f"cp{page.group(1)}" if page else _LABELS.get(name, name)).name
    except LookupError:
        return None
    return None if found in _NO_TEXTS_ENCODING else _LARGER.get(found, found)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: that order of the bytes in which they are some language's words."""
    sample = data[:8192]
    readings = {order: _utf_16(sample, order) for order in ("le", "be")}
    order = min(readings, key=lambda order: oddness(readings[order]))
    text = readings[order]
    ordinary = sum(char.isalpha() or char.isspace() for char in text)
    spaced = text.count(" ") > 0.02 * len(text)  # as all scripts but the Chinese one
    if (
        oddness(text) > (_ODD_SPACED if spaced else _ODD_UNSPACED)
        or ordinary <= 0.5 * len(text)
        or len(_CONTROL.findall(text)) > 0.02 * len(text)
    ):
        return None
    return _utf_16(data, order)


def _utf_16(data: bytes, order: str) -> str:
    return data.decode(f"utf-16-{order}", "replace")


def _shifted(data: bytes, declared: str | None) -> str | None:
    """What is written in seven bits, where that is declared or the marks of it stand there."""
    if not data.isascii():
        return None
    if declared in _SHIFTED and _SHIFTED[declared] in data:
        return data.decode(declared, "replace")
    if _JAPANESE_SHIFT.search(data):
        return data.decode("iso2022_jp_2", "replace")
    return None


def _mixed(data: bytes) -> str | None:
    """Lines of UTF-8 among lines of another encoding, as when two files were put into one.

    None where too little is UTF-8 to tell it from chance.
    """
    lines = data.split(b"\n")
    broken = [n for n, line in enumerate(lines) if not _is_utf_8(line)]
    high_bytes = sum(code >= 0x80 for line in lines if _is_utf_8(line) for code in line)
    if high_bytes < _ENOUGH_UTF_8:
        return None
    others = _legacy(b"\n".join(lines[n] for n in broken), None).split("\n")
    if len(others) != len(broken):
        return None
    read = dict(zip(broken, others, strict=True))
    return "\n".join(
        read[n] if n in read else line.decode("utf-8", "surrogatepass")
        for n, line in enumerate(lines)
    )


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _legacy(data: bytes, declared: str | None) -> str:
    """Bytes that are not UTF-8, or not everywhere: the reading that is the likeliest."""
    # A page is mostly marks of HTML; what lies between them says which language it is in.
    sample = b" ".join(_AROUND.findall(data[: 1 << 20])[:600])
    ascii_bytes = sum(code < 0x80 for code in sample)

    def price(encoding: str) -> float:
        text = sample.decode(encoding, "replace")
        more = sum(char < "\x80" for char in text) - ascii_bytes  # as Mac encodings make
        return cost(text) + max(0, more) * _ASCII_OF_HIGH_BYTE

    costs = {name: price(name) + prior for name, prior in {"utf-8": 0.0, **_LEGACY}.items()}
    best = min(costs, key=costs.__getitem__)
    if declared and declared not in _SHIFTED and not declared.startswith(("utf-16", "utf-32")):
        of_declared = price(declared)
        margin = max(_DECLARED_MARGIN, _DECLARED_SHARE * of_declared)
        if of_declared - costs[best] <= margin:
            return data.decode(declared, "replace")
    if oddness(sample.decode(best, "replace")) <= _UNREADABLE:
        return data.decode(best, "replace")
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise ReadError("It is not text in any encoding that could be recognised.")
    return data.decode(guess.encoding, "replace")
