"""Whether two sentences are the same statement: equal but for what carries no meaning.

Letters in common prove nothing: one figure, one "not", one name makes another statement. So a
sentence stands for another only where their words are equal, punctuation, spaces, vowel signs and
spellings of one Arabic letter apart.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Literal

from corpus.arabic import is_arabic, normalise, western_digits
from corpus.sounds import consonants
from corpus.words import word_forms
from vectorstore.questions import is_function_word

# Words, and signs that carry meaning as words do: "%", "$", a minus, a question mark.
_TOKEN = re.compile(
    r"\d+(?:[.,٫٬:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[-−](?=\d)|[?؟%٪‰#§°&@=<>+×÷]|\S"
)
_VOWELS = re.compile("[\u064b-\u0650\u0652]")
Relation = Literal["same", "copy", "edited", "other"]
"""Of two sentences: a copy differs in small words or in how a name is spelled, an edited copy in
what it says."""

_MOST_APART = 0.25  # share of two sentences' words that may differ in a copy with edits


def same_statement(one: str, other: str) -> bool:
    """Tells whether two sentences say the same in the same words."""
    return one == other or (_tokens(one) == _tokens(other) and _vowels_agree(one, other))


def relation(one: str, other: str) -> Relation:
    """Tells how a sentence stands to another."""
    if same_statement(one, other):
        return "same"
    mine, theirs = _tokens(one), _tokens(other)
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    changed = [
        (mine[a:b], theirs[c:d]) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"
    ]
    apart = max(sum(len(a) for a, _ in changed), sum(len(b) for _, b in changed))
    if apart > _MOST_APART * min(len(mine), len(theirs)):
        return "other"
    telling = any(
        _tells(token) for a, b in changed if not _spelled_alike(a, b) for token in (*a, *b)
    )
    return "edited" if telling else "copy"


_NOT = word_forms("لا لم لن ليس ليست ما غير not no never nicht kein keine ne pas non")


def _tells(token: str) -> bool:
    return token in _NOT or (token[0].isalnum() and not is_function_word(normalise(token)))


def _spelled_alike(one: list[str], other: list[str]) -> bool:
    """Tells whether the words differ in the vowels that a foreign name is written with."""
    return len(one) == len(other) and all(
        a.isalpha() and b.isalpha() and len(consonants(a)) > 2 and consonants(a) == consonants(b)
        for a, b in zip(one, other, strict=True)
    )


def _tokens(text: str) -> list[str]:
    text = western_digits(unicodedata.normalize("NFKC", text))
    found = []
    for token in _TOKEN.findall(_SPACELESS.sub("", text)):
        if is_arabic(token):
            token = normalise(token)
        elif token.isalnum() or "'" in token or "’" in token:
            # Accents part words in Latin letters ("fordern", "fördern").
            token = token.casefold().replace("’", "'")
        elif unicodedata.category(token[0])[0] in "PZC" and token not in _MEANING:
            continue
        found.append(_SIGNS.get(token, token))
    return found


_SIGNS = {"؟": "?", "−": "-", "٪": "%"}
_MEANING = frozenset("?؟%٪‰#§&@-−")
_SPACELESS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def _vowels_agree(one: str, other: str) -> bool:
    """Tells whether vowel signs contradict each other («قَتل», «قُتل») where both texts have them."""
    a, b = one.split(), other.split()
    if len(a) != len(b) or not (_VOWELS.search(one) and _VOWELS.search(other)):
        return True
    return all(
        not (x and y) or x[0] == y[0]
        for x, y in ((_VOWELS.findall(v), _VOWELS.findall(w)) for v, w in zip(a, b, strict=True))
    )
