"""The sentence model's tokenizer: normalised words whole where known, else in pieces.

Everything is in the shape that the `tokenizers` library reads, so that the model needs no code of
ours to be loaded. Normalising is by a table of characters made from `corpus.arabic.normalise`
itself, in the format of SentencePiece: one pass, where a chain of replacements takes twenty.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING

from corpus.arabic import normalise

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
CONTINUES = "##"

_LETTERS = (
    range(0x0020, 0x1100),
    range(0x1E00, 0x2000),
    range(0x2000, 0x2070),
    range(0xFB50, 0xFF00),
    range(0xFF01, 0xFF60),
)
"""Where letters are normalised: all scripts up to Hangul, and the forms kept for old systems."""

_LEADING = r"\b(?:و(?=\w{3}))?(?:وبال|وال|بال|كال|فال|ولل|ال|لل)(?=\w{2})|\bو(?=\w{3})"
_ENDINGS = r"(?<=\w\w)(?=[يهوا])ي?ه?(?:يه)?(?:ين)?(?:ون)?(?:ات)?(?:ان)?(?:ها)?\b"
"""What `corpus.arabic.light_stem` takes from the front and from the end of a word."""

_WORD = r"[^\W_](?:\w|(?<=\w)'(?=\w)|(?<=\d)[.,٫٬](?=\d))*"
_CJK = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""Words as `corpus.words.words` finds them: Chinese and Japanese by the character."""


def new_tokenizer(vocabulary: Mapping[str, int]) -> Tokenizer:
    """Makes the tokenizer of a vocabulary.

    Args:
        vocabulary: Ids of tokens: words (Arabic ones as light stems), pieces that begin a word,
            and pieces that go on after `CONTINUES`. `UNKNOWN` must be one.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(
        models.WordPiece(
            vocab=dict(vocabulary),
            unk_token=UNKNOWN,
            continuing_subword_prefix=CONTINUES,
            max_input_chars_per_word=64,
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(character_table()),
            normalizers.Replace(Regex(_LEADING), ""),
            normalizers.Replace(Regex(_ENDINGS), ""),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORD), "removed", invert=True),
            pre_tokenizers.Split(Regex(_CJK), "isolated"),
        ]
    )
    return tokenizer


def character_table() -> bytes:
    """Writes down what `corpus.arabic.normalise` makes of each letter.

    Returns:
        A "precompiled charsmap" of SentencePiece: the size of a trie over the letters' UTF-8
        bytes, the trie as a double array, and the normal forms, each ended by a zero byte.
    """
    forms: dict[bytes, int] = {}
    blob = bytearray()
    places: dict[str, int] = {}
    for block in _LETTERS:
        for point in block:
            letter = chr(point)
            form = normalise(letter)
            if form == letter:
                continue
            if form not in places:
                places[form] = len(blob)
                blob += form.encode() + b"\0"
            forms[letter.encode()] = places[form]
    trie = _double_array(forms)
    return struct.pack("<I", 4 * len(trie)) + struct.pack(f"<{len(trie)}I", *trie) + bytes(blob)


def _double_array(values: Mapping[bytes, int]) -> list[int]:
    """Lays a trie out as the double array of darts-clone.

    A unit holds its label in bits 0-7, whether a value follows in bit 8, and the distance
    (exclusive or) to its children's block from bit 10 on; a value's own unit has bit 31 set.
    """
    children: dict[bytes, set[int]] = {}
    for key in values:
        for length in range(len(key)):
            children.setdefault(key[:length], set()).add(key[length])
    units: dict[int, int] = {0: 0}
    waiting = [(b"", 0)]
    block = 0
    while waiting:
        prefix, place = waiting.pop()
        labels = sorted(children.get(prefix, ()))
        leaf = [0] if prefix in values else []
        # Each node has a block of its own: in a shared one it would have the other's children.
        block += 1
        while any((block ^ label) in units for label in (*leaf, *labels)):
            block += 1
        units[place] |= (place ^ block) << 10 | (1 << 8 if leaf else 0)
        if leaf:
            units[block] = 1 << 31 | values[prefix]
        for label in labels:
            units[block ^ label] = label
            waiting.append((prefix + bytes([label]), block ^ label))
    return [units.get(place, 0) for place in range((max(units) | 0xFF) + 1)]
