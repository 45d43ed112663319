"""Text that was decoded wrongly before it was saved is put right.

Bytes in one encoding were read in another: UTF-8 as windows-1252 or windows-1256, windows-1255 as
Latin-1 and so on. Every pair of encodings is undone, and the text in which letters neighbour as
they do in words is kept; a text that is right comes back as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from corpus.readers.plausibility import cost, oddness

_WINDOWS = ("cp1252", "cp1256", "cp1251", "cp1255", "cp1253", "cp1254", "cp1250")
# What programs take bytes for, with the cost of its being this one.
_WRONG: Mapping[str, float] = {
    **dict.fromkeys(_WINDOWS, 0.0),
    **dict.fromkeys(("mac_roman", "cp437", "cp850", "cp866", "koi8_r"), 4.0),
}
# What the bytes can have been, likewise.
_RIGHT: Mapping[str, float] = {
    "utf-8": 0.0,
    **dict.fromkeys(_WINDOWS, 1.0),
    **dict.fromkeys(("gb18030", "cp932", "cp949", "big5", "euc_jp"), 4.0),
    **dict.fromkeys(("iso8859_6", "cp720", "iso8859_2", "koi8_u", "cp866", "mac_cyrillic"), 4.0),
}
_MULTIBYTE = frozenset({"gb18030", "cp932", "cp949", "big5", "euc_jp"})
_SHORTER = _MULTIBYTE | {"utf-8"}  # more than one byte becomes a character

_RIGHT_LATIN = ("utf-8", "cp1252", "cp1250", "cp1254", "iso8859_2")

_ODD = 3.2  # of `oddness`; whole texts that are right stay below, or no pair makes them better
_CHANCE = 3.0  # nats that speak for UTF-8, for each byte that follows a lead as it must
_LEAST_GAIN = 12.0  # nats by which a repair must better a text,
_LEAST_SHARE = 0.2  # and the share of its cost,
_LEAST_SHARE_LATIN = 0.45  # which is more where one accent is taken for another
# All pairs are tried on a few characters, those that do best there on more.
_ROUNDS = ((200, 12), (800, 3), (4000, 1))  # characters, pairs that are kept
_TIMES = 3  # a text can have been misread again and again

_WRITTEN = 0.8  # of the characters beyond ASCII, that the wrong encoding must write
_AROUND = re.compile("[^ \n\x80-\U0010ffff]{0,12}[^\x00-\x7f][^ \n]{0,30}")
_TAG = re.compile("<[^<>]*>")

Undo = Callable[[str], str]


def repair(text: str) -> str:
    """Puts right a text that was once read in the wrong encoding.

    Args:
        text: Any text. Lines of it that are right stay as they are.
    """
    for _ in range(_TIMES):
        if text.isascii():
            return text
        lines = text.split("\n")
        odd = [n for n, line in enumerate(lines) if not line.isascii() and oddness(line) > _ODD]
        undo = _best("\n".join(lines[n] for n in odd)) if odd else None
        if undo is None:
            return text
        for n in odd:
            undone = undo(lines[n])
            if undone.count("\ufffd") <= lines[n].count("\ufffd"):
                lines[n] = min(lines[n], undone, key=cost)
        text = "\n".join(lines).removeprefix("\ufeff")
    return text


def _best(text: str) -> Undo | None:
    """The undoing of the misreading that betters a text most; None where none does."""
    latin = _is_latin(text)
    text = " ".join(_AROUND.findall(text))
    pairs = [
        (wrong, right)
        for wrong in _WRONG
        if _share_written(text[: _ROUNDS[0][0]], wrong) > _WRITTEN
        for right in (_RIGHT_LATIN if latin else _RIGHT)
        if wrong != right
    ]
    sample = ""
    for length, kept in _ROUNDS:
        if len(sample) == len(text):
            break
        sample = text[:length]
        prices = {
            (wrong, right): _cost_ahead(undone, _undo(wrong, right))
            + _WRONG[wrong]
            + _RIGHT[right]
            - (_CHANCE * (len(sample) - len(undone)) if right == "utf-8" else 0.0)
            for wrong, right in pairs
            if (undone := _undo(wrong, right)(sample)) != sample
            and (right in _SHORTER or _letters(undone) >= 0.9 * _letters(sample))
        }
        pairs = sorted(prices, key=prices.__getitem__)[:kept]
    if not pairs:
        return None
    best = _undo(*pairs[0])
    before, after = cost(sample), _cost_ahead(best(sample), best)
    share = _LEAST_SHARE_LATIN if latin and pairs[0][1] != "utf-8" else _LEAST_SHARE
    return best if before - after > max(_LEAST_GAIN, share * before) else None


def _is_latin(text: str) -> bool:
    """Tells whether a text is mostly in ASCII letters, which no misreading changes."""
    shown = _TAG.sub("", text)
    ascii_letters = sum(char.isalpha() for char in shown if char < "\x80")
    return ascii_letters > 2 * _letters(text)


def _cost_ahead(text: str, undo: Undo) -> float:
    """The cost of a text, or of what it becomes if the same misreading is undone once more."""
    again = undo(text)
    return cost(text) if again == text else min(cost(text), cost(again))


def _share_written(text: str, encoding: str) -> float:
    """The share of the characters beyond ASCII that an encoding can write."""
    codes = _codes(encoding)
    beyond = [char for char in text if char > "\x7f"]
    return sum(char in codes for char in beyond) / len(beyond) if beyond else 0.0


def _letters(text: str) -> int:
    """Counts letters and marks beyond ASCII: undoing makes letters of signs, not signs of them."""
    return sum(
        char > "\x7f" and (char.isalpha() or unicodedata.combining(char) > 0) for char in text
    )


@lru_cache(maxsize=1024)
def _undo(wrong: str, right: str) -> Undo:
    """Gives what turns a text that was read as ``wrong`` into what was written as ``right``."""
    codes = _codes(wrong)
    if right == "utf-8":
        return _utf_8_again(codes)
    if right in _MULTIBYTE:
        return _multibyte_again(codes, right)
    table = {ord(char): _character(code, right) or char for char, code in codes.items()}
    return lambda text: text.translate(table)


@lru_cache(maxsize=64)
def _codes(encoding: str) -> Mapping[str, int]:
    """The bytes beyond ASCII by their characters; unassigned ones as browsers read them."""
    found = {chr(code): code for code in range(0x80, 0xA0)}
    found |= {_character(code, encoding): code for code in range(0x80, 0x100)}
    found.pop("", None)
    return found


def _character(code: int, encoding: str) -> str:
    char = bytes([code]).decode(encoding, "ignore")
    return char if char > "\x7f" else ""


# A byte may have become a space on the way: A0, and 85 in Latin-1, are white space. Which was it?
# م, х and υ are common; what A0 would make of their leads is not.
_LOST = {0xD9: 0x85, 0xD1: 0x85, 0xDB: 0x85, 0xCF: 0x85}


def _utf_8_again(codes: Mapping[str, int]) -> Undo:
    def one_of(first: int, last: int, more: str = "") -> str:
        chars = "".join(char for char, code in codes.items() if first <= code <= last)
        return f"[{re.escape(chars + more)}]"

    follower = one_of(0x80, 0xBF, " ")
    sequence = re.compile(
        f"{one_of(0xC2, 0xDF)}{follower}"
        f"|{one_of(0xE0, 0xEF)}{follower}{{2}}"
        f"|{one_of(0xF0, 0xF4)}{follower}{{3}}"
        f"|{one_of(0xC2, 0xF4)}(?=\\s?$)",
        re.MULTILINE,
    )

    def once(match: re.Match[str]) -> str:
        found = match.group()
        if found.count(" ") > 1:
            return found
        data = [codes.get(char, 0x20) for char in found]
        lost = _LOST.get(data[0], 0xA0)
        if len(data) == 1:
            data.append(lost)
        try:
            return bytes(lost if code == 0x20 else code for code in data).decode("utf-8")
        except UnicodeDecodeError:
            return found

    return lambda text: sequence.sub(once, text)


def _multibyte_again(codes: Mapping[str, int], right: str) -> Undo:
    def undo(text: str) -> str:
        try:
            data = bytes(codes[char] if char > "\x7f" else ord(char) for char in text)
            return data.decode(right, "replace")
        except KeyError:
            return text

    return undo
