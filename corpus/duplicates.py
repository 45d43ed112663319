"""The same story twice: exact copies, and the near copies that outlets make of one report.

Near copies are known by their sketches: of a text's runs of four words, the smallest hash under
each of 63 hash functions (MinHash: Broder 1997, "On the resemblance and containment of
documents"). Two sketches agree in a share of their places that estimates the share of runs that
the texts have in common. It is written out because every article passes through here, and
datasketch takes seven times as long.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.article import Article
from corpus.words import forms

_RUN = 4  # words in a run
_BANDS = 21
_ROWS = 3  # places of a sketch in one band
_ALIKE = 0.5  # share of runs in common from which two texts are near copies
# Multiplicative hashing: odd factors and offsets, the same in every process and release.
_DRAWN = np.frombuffer(hashlib.shake_128(b"near copies").digest(16 * _BANDS * _ROWS), "<u8")
_FACTORS = _DRAWN[::2] | np.uint64(1)
_OFFSETS = _DRAWN[1::2]
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio
_HALF = np.uint64(32)
_AT_ONCE = 1024  # runs hashed at a time: bounds the memory that a long text takes


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells the copies of a story.

    Attributes:
        exact: What exact copies share: a hash of the text's normalised words. Spelling forms,
            vowel signs, digits, case, punctuation and white space make no difference, and
            neither do headline, date and outlet.
        sketch: What near copies have mostly in common; empty for a text under four words.
    """

    exact: str
    sketch: bytes


def fingerprint(article: Article) -> Fingerprint:
    """Gives what tells the copies of an article."""
    # A text of signs alone has no words to go by.
    found = forms(article.text) or article.text.split()
    return Fingerprint(hashlib.sha256(" ".join(found).encode()).hexdigest(), _sketch(found))


def bands(sketch: bytes) -> list[int]:
    """Gives 21 signed 64-bit keys, of which near copies share one or more.

    Each is made of three places of the sketch: texts with half of their runs in common share a
    key in 94 of 100 cases, with 0.7 in all but one of 6,000, with 0.1 in two of 100.
    """
    if not sketch:
        return []
    rows = _places(sketch).reshape(_BANDS, _ROWS).astype(np.uint64)
    keys = np.arange(_BANDS, dtype=np.uint64)
    for row in rows.T:
        keys = _mixed(keys ^ row)
    return [int(key) for key in keys.view(np.int64)]


def alike(sketch: bytes, others: Iterable[bytes]) -> list[bool]:
    """Tells of each of some texts whether it is a near copy of one text, by their sketches."""
    rest = list(others)
    if not sketch or not rest:
        return [False] * len(rest)
    same = _places(b"".join(rest)).reshape(len(rest), -1) == _places(sketch)
    return [bool(share >= _ALIKE) for share in same.mean(axis=1)]


def groups(sketches: Mapping[str, bytes]) -> list[frozenset[str]]:
    """Groups texts that carry one report: alike, directly or through others.

    Args:
        sketches: Each text's sketch by its id, none of them empty.

    Returns:
        Every id in one group; a text that is like no other is a group alone.
    """
    left = dict(sketches)
    found: list[frozenset[str]] = []
    while left:
        group = [next(iter(left))]
        del left[group[0]]
        for name in group:  # grows as it goes
            near = alike(sketches[name], left.values())
            reached = [other for other, is_near in zip(left, near, strict=True) if is_near]
            group += reached
            for other in reached:
                del left[other]
        found.append(frozenset(group))
    return found


def _sketch(found: Sequence[str]) -> bytes:
    if len(found) < _RUN:
        return b""
    hashes = np.fromiter(map(zlib.crc32, map(str.encode, found)), np.uint64, len(found))
    count = len(found) - _RUN + 1
    runs = np.zeros(count, np.uint64)
    for place in range(_RUN):
        runs = _mixed(runs ^ hashes[place : place + count])
    smallest = np.full(len(_FACTORS), np.iinfo(np.uint64).max)
    for start in range(0, count, _AT_ONCE):
        some = _FACTORS[:, None] * runs[start : start + _AT_ONCE]
        some += _OFFSETS[:, None]
        smallest = np.minimum(smallest, some.min(axis=1))
    return (smallest >> _HALF).astype("<u4").tobytes()


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    values = values * _MIX
    return values ^ (values >> _HALF)


def _places(sketch: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(sketch, "<u4")
