"""Counts in how many paragraphs of the training texts each stem stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from vectorstore.training import texts
from vectorstore.training.curriculum import LANGUAGES
from vectorstore.training.table import Stems

PARAGRAPH = 70
"""Words of a unit: sentences are put together, and stories cut, to about that length."""

_FEWEST = 2
_MOST_STEMS = {"ar": 70_000, "en": 40_000}
_MOST_STEMS_ELSE = 15_000
_NOT_PROSE = ("i18n", "quran")


def paragraph_counts(data: Path, stems: Stems) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Counts stems by paragraph.

    Returns:
        Of each language, in how many paragraphs each stem stands, the commonest stems only; and
        of each language, how many paragraphs there are.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    units: Counter[str] = Counter()
    waiting: dict[str, list[str]] = defaultdict(list)
    for text, language in _prose(data):
        run = waiting[language]
        run += stems(text, language)
        while len(run) >= PARAGRAPH:
            counts[language].update(set(run[:PARAGRAPH]))
            units[language] += 1
            del run[:PARAGRAPH]
    kept = {
        language: {
            word: count
            for word, count in some.most_common(_MOST_STEMS.get(language, _MOST_STEMS_ELSE))
            if count >= _FEWEST
        }
        for language, some in counts.items()
    }
    return kept, dict(units)


def _prose(data: Path) -> Iterator[tuple[str, str]]:
    for pair in texts.articles(data):
        yield f"{pair.left}\n{pair.right}", pair.right_language
    for pair in texts.questions(data):
        yield pair.right, pair.right_language
    seen: set[int] = set()
    for pair in texts.sentences(data):
        if not any(mark in pair.source for mark in _NOT_PROSE):
            yield from _unseen(
                ((pair.left, pair.left_language), (pair.right, pair.right_language)), seen
            )


def _unseen(sides: Iterable[tuple[str, str]], seen: set[int]) -> Iterator[tuple[str, str]]:
    # One English sentence stands in the file of every language that it was translated to.
    for text, language in sides:
        key = hash((text, language))
        if language in LANGUAGES and key not in seen:
            seen.add(key)
            yield text, language
