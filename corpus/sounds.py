"""How a name sounds, whatever script it is written in.

Names cross scripts by sound, and vowels get lost on the way: Blinken is بلينكن or بلنكن,
Gorbachev is Горбачёв and غورباتشوف. What stays is a row of consonants, some of which other
scripts do not tell apart (p and b, v and f, g and j).
"""

from __future__ import annotations

import re
from functools import lru_cache

# One letter a class of consonants; C is the sh of Sharjah. Everything that is not named here is a
# vowel, or as good as one.
_LETTERS = str.maketrans(
    {
        letter: sound
        for letters, sound in (
            ("bpبپбпבפף", "b"),
            ("fvفڤфв", "f"),
            ("tتطثٹтטת", "t"),
            ("dدضذظڈдד", "d"),
            ("kqقكکкקכך", "k"),
            ("gjجغگжгגڭ", "g"),
            ("szسصزзсסזצץцژ", "s"),
            ("Cشچшщчש", "C"),
            ("hحهخхח", "h"),
            ("lلлל", "l"),
            ("mمмמם", "m"),
            ("nنںнנן", "n"),
            ("rرڑрר", "r"),
        )
        for letter in letters
    }
)
_SPELLINGS = (
    (re.compile("t?sch|tch|sh|[cş]h|ch|ş|ç|č|š|تش"), "C"),
    (re.compile("kh"), "h"),
    (re.compile("ph"), "f"),
    (re.compile("gh"), "g"),
    (re.compile("th"), "t"),
    (re.compile("dh"), "d"),
    (re.compile("дж|دج|dj"), "g"),
    (re.compile("ng|نغ|نج|نگ"), "n"),
    (re.compile("x|экс|кс"), "ks"),
    (re.compile("ck"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("c"), "k"),
    (re.compile("тс|тз|ts|tz|تس"), "s"),
)
_SPELLED = re.compile("|".join(spelling.pattern for spelling, _ in _SPELLINGS))
_REST = re.compile("[^bftdkgsChlmnr]")
_SILENT = re.compile("(?<=.)h+$")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def consonants(form: str) -> str:
    """Gives the consonants of a normalised word, in one alphabet for all scripts.

    Args:
        form: One word as `corpus.arabic.normalise` writes it, in Arabic, Persian, Urdu, Hebrew,
            Cyrillic or Latin letters.

    Returns:
        The consonants, a doubled one once, a last h left out; empty where there are none.
    """
    if _SPELLED.search(form):
        for spelling, sound in _SPELLINGS:
            form = spelling.sub(sound, form)
    form = _REST.sub("", form.translate(_LETTERS))
    return _TWICE.sub(r"\1", _SILENT.sub("", form))
