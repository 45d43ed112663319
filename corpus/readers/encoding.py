"""Bytes become text: UTF-8 first, then the legacy encodings of Arabic, then the rest.

Text that was decoded wrongly before it was saved (UTF-8 or windows-1256 taken for Latin-1) is
put right as well.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from corpus.readers.document import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_ENCODINGS = ("windows-1256", "iso-8859-6", "cp720", "mac-arabic")
_SAMPLE = 1 << 16
# What French, Spanish, German, Italian and Portuguese write beyond ASCII. Other languages' bytes
# read as windows-1252 give other signs too, such as ³, ¹ or ð inside a word.
_WESTERN = frozenset("àâäáãçéèêëíîïñóôöõúùûüßœÀÂÄÁÃÇÉÈÊËÍÎÏÑÓÔÖÕÚÙÛÜŒ«»“”‘’„–—…€°¡¿ºª\xa0")
# The words that no Arabic (or Persian) page is without.
_COMMON_ARABIC = re.compile(
    r"(?<![\w\u064b-\u0652])(?:في|من|على|إلى|الى|عن|أن|ان|التي|الذي|هذا|هذه|مع|كان|قال|بعد|ما|لا"
    r"|در|به|از|که|این|را|با|است|های|ال\w+)(?![\w\u064b-\u0652])"
)
_ARABIC_LETTER = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_ARABIC_WORD = re.compile("[\u0621-\u06cc]+")
_MARKUP = re.compile(rb"[\x00-\x7f]{20,}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)


def decode(data: bytes, declared: str | None = None) -> str:
    """Turns bytes into text.

    Args:
        data: The bytes of a text file.
        declared: The encoding that the file or its sender names; believed only where the bytes
            bear it out.

    Raises:
        ReadError: The bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(data, encoding, "replace")
    if b"\0" in data:
        return _wide(data)
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        text = _legacy(data, declared, error)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > 0.02 * len(sample):
        raise ReadError("It is not text: it holds the bytes of some other kind of file.", "format")
    return repair(text)


def declared_encoding(html: bytes) -> str | None:
    """Finds the encoding that a page's head names."""
    match = _DECLARED.search(html[:4096])
    return match.group(1).decode("ascii") if match else None


def _text(data: bytes, encoding: str, errors: str = "strict") -> str:
    return data.decode(encoding, errors).replace("\0", "")


def _wide(data: bytes) -> str:
    """UTF-16 without its mark, known by one byte of each pair being the same few."""
    sample = data[: _SAMPLE & ~1]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        pages = high.count(0) + high.count(6) + high.count(0x20)
        if len(high) and pages > 0.9 * len(high):
            try:
                text = _text(data[: len(data) & ~1], encoding)
            except UnicodeDecodeError:
                continue
            if sum(c.isalpha() or c.isspace() for c in text[:4096]) > 0.5 * len(text[:4096]):
                return text
    if data.count(0) <= 0.05 * len(data):  # stray NULs in a text
        return decode(data.replace(b"\0", b""))
    raise ReadError("It is not text: it holds the bytes of some other kind of file.", "format")


def _legacy(data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    sample = data[:_SAMPLE]
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if broken <= 0.01 * sum(c > "\x7f" for c in lenient):
        return lenient  # UTF-8 with a few bytes lost
    # A page is mostly marks of HTML; only what lies between says which language it is in.
    between = _MARKUP.sub(b" ", data)[:_SAMPLE]
    best = max(_ARABIC_ENCODINGS, key=lambda name: _arabic(between.decode(name, "replace")))
    if _arabic(between.decode(best, "replace")) > 0.1:
        return _text(data, best, "replace")
    if declared:
        try:
            if codecs.lookup(declared).name != "utf-8":
                return _text(data, declared)
        except (LookupError, UnicodeDecodeError):
            pass
    western = sample.decode("cp1252", "replace")
    if all(c in _WESTERN for c in western if c > "\x7f"):
        return _text(data, "cp1252", "replace")
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    if guess is None:
        raise ReadError("It is not text in any encoding that could be recognised.")
    return _text(data, guess.encoding, "replace")


def common_words(text: str) -> int:
    """Counts the words that no Arabic or Persian text is without."""
    return len(_COMMON_ARABIC.findall(text))


def _arabic(text: str) -> float:
    """How much a text looks like Arabic or Persian, from 0 to about 1."""
    letters = len(_ARABIC_LETTER.findall(text))
    words = len(_ARABIC_WORD.findall(text)) + 1
    other = sum("\x7f" < c < "\u0600" or c > "\u06ff" for c in text)
    if letters < 4 or letters < other:
        return 0.0
    return (common_words(text) - text.count("\ufffd")) / words


# UTF-8 taken for Latin-1 or windows-1252: a lead byte and its followers, one of which may have
# turned into a space on the way (85 and A0 are white space in Latin-1).
_WINDOWS_1252 = {bytes([b]).decode("cp1252", "ignore"): b for b in range(0x80, 0xA0)}
_WINDOWS_1252.pop("", None)
_FOLLOWER = "[\x80-\xbf" + "".join(_WINDOWS_1252) + "]"
_FOLLOWER_OR_SPACE = "[ \x80-\xbf" + "".join(_WINDOWS_1252) + "]"
_LEAD = "[\xc2-\xdf]{0}|[\xe0-\xef]{0}{{2}}|[\xf0-\xf4]{0}{{3}}"
_TWICE_ENCODED = re.compile(_LEAD.format(_FOLLOWER))
_TWICE_ENCODED_WITH_LOSS = re.compile(_LEAD.format(_FOLLOWER_OR_SPACE) + "|[\xc2-\xf4]\\s?$", re.M)
_LOST = {0xD9: 0x85, 0xD1: 0x85, 0xDB: 0x85}  # م and х are common, what A0 would make is not
_LATIN_LETTER = re.compile("[\xc0-\xff]")
_HIGH = re.compile("[\x80-\uffff]")


def repair(text: str) -> str:
    """Puts right a text that was decoded as Latin-1 though it was UTF-8 or windows-1256.

    Args:
        text: Any text; one that is right comes back as it is.
    """
    sample = text[:_SAMPLE]
    if not _LATIN_LETTER.search(sample):  # as in nearly all Arabic text; the rest takes longer
        return text
    high = len(_HIGH.findall(sample))
    twice = sum(len(found) for found in _TWICE_ENCODED.findall(sample))
    if twice > 10 and twice > 0.6 * high:
        return _TWICE_ENCODED_WITH_LOSS.sub(_once, text)
    latin = len(_LATIN_LETTER.findall(sample))
    if latin > 0.4 * len(sample):
        for encoding in ("latin-1", "cp1252"):
            as_arabic = _reread(sample, encoding, "windows-1256")
            if as_arabic and _arabic(as_arabic) > 0.1:
                return _reread(text, encoding, "windows-1256") or text
    return text


def _reread(text: str, wrong: str, right: str) -> str | None:
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None


def _once(match: re.Match[str]) -> str:
    found = match.group()
    codes = [_WINDOWS_1252.get(c, ord(c)) for c in found]
    if codes.count(0x20) > 1:
        return found
    if len(codes) == 1:
        codes.append(0x20)
    lost = _LOST.get(codes[0], 0xA0)
    byte: Callable[[int], int] = lambda code: lost if code in (0x20, 0x0A) else code  # noqa: E731
    try:
        return bytes(byte(code) for code in codes).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return found
