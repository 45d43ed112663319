"""Arabic letters: one spelling for each word, and its light stem.

The only module that knows Arabic letters. Nothing here changes an article's text: normal forms
are for comparing and searching, and every function that splits text reports exact offsets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_INVISIBLE = "\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DROPPED = re.compile(f"[{_MARKS}{_INVISIBLE}]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_DIGITS = {chr(0x0660 + n): str(n) for n in range(10)} | {
    chr(0x06F0 + n): str(n) for n in range(10)
}
_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "ؤ": "و",
        "ئ": "ي",
        "’": "'",
    }
    | _DIGITS
)
_DIGIT_TABLE = str.maketrans(_DIGITS)
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")

_PREFIXES = ("وبال", "وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def is_arabic(text: str) -> bool:
    """Tells whether the text has a letter of the Arabic script (Persian and Urdu ones too)."""
    return _ARABIC.search(text) is not None


def western_digits(text: str) -> str:
    """Writes Arabic-Indic and Persian digits as 0-9; the length stays the same."""
    return text.translate(_DIGIT_TABLE)


@lru_cache(maxsize=1 << 17)
def normalise(text: str) -> str:
    """Gives text one spelling for search: for Arabic letters, digits and Latin case alike.

    Compatibility forms (ligatures, presentation forms) are decomposed, vowel signs, tatweel,
    invisible controls and Latin accents dropped, forms of alef, ya, kaf, ha and hamza seats
    joined, ta marbuta written as ha, digits written 0-9, and letters lower-cased.
    """
    text = unicodedata.normalize("NFKC", text)
    text = _DROPPED.sub("", text).translate(_LETTERS).casefold()
    return _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_LETTERS)


@lru_cache(maxsize=1 << 17)
def light_stem(word: str) -> str:
    """Strips the commonest clitics and endings from one normalised Arabic word.

    After Larkey, Ballesteros & Connell (2007), "Light Stemming for Arabic Information
    Retrieval" (light10): a leading waw where three letters remain, then one definite article
    with its particles, then endings while two letters remain.

    Args:
        word: One word as `normalise` writes it.
    """
    if not is_arabic(word):
        return word
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word
