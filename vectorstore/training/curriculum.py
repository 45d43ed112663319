"""Which pairs the sentence model learns from, and how often."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from vectorstore.training import texts
from vectorstore.training.sentence_model import Group
from vectorstore.training.texts import Pair

LANGUAGES = ("ar", "en", "fr", "fa", "tr", "he", "es", "de", "ru", "ur", "ku", "ckb")
"""The languages that the model and the table are for."""

_INTERFACE = ("i18n", "un-sdg", "udhr", "quran", "covid-faq")
"""Sources of odd or archaic sentences, which are kept apart and read less."""

_FEWEST = 300
"""Pairs that make a group; of fewer, a batch would be the same each time."""

_LONGEST_ENTRY = 4
_ENTRIES = {True: 250_000, False: 25_000}
"""Entries of the lexicons to learn from, in a pair of languages: Arabic and English; others."""


def groups(data: Path, seed: int = 7) -> list[Group]:
    """Reads the training pairs and sorts them into groups of one kind and two languages."""
    sentences: dict[str, list[Pair]] = defaultdict(list)
    for pair in texts.sentences(data):
        if pair.left_language in LANGUAGES and pair.right_language in LANGUAGES:
            odd = any(mark in pair.source for mark in _INTERFACE)
            sentences[f"{_languages(pair)}{' odd' if odd else ''}"].append(pair)
    entries: dict[str, list[Pair]] = defaultdict(list)
    for pair in texts.lexicon(data):
        if (
            {pair.left_language, pair.right_language} <= set(LANGUAGES)
            and {pair.left_language, pair.right_language} & {"ar", "en"}
            and max(len(pair.left.split()), len(pair.right.split())) <= _LONGEST_ENTRY
        ):
            names = "name" in pair.source or pair.source == "hkiri-ne"
            entries[f"{_languages(pair)}{' names' if names else ' words'}"].append(pair)
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    entries = {
        name: rng.sample(pairs, min(len(pairs), _ENTRIES[name.startswith("ar-en")]))
        for name, pairs in entries.items()
    }
    found = [
        Group(name, pairs, _share(name, len(pairs)))
        for name, pairs in (*sentences.items(), *entries.items())
        if len(pairs) >= _FEWEST
    ]
    stories = list(texts.articles(data))
    halves = [half for story in stories if (half := _halves(story))]
    found += [
        Group("headlines", stories, 12.0),
        Group("halves", halves, 12.0),
        *(
            Group(f"questions {language}", asked, 0.03 * math.sqrt(len(asked)))
            for language, asked in _by_language(texts.questions(data)).items()
        ),
    ]
    return found


def _share(name: str, count: int) -> float:
    share = 0.05 * math.sqrt(count)
    if name.startswith("ar-ar"):
        return 0.5 * share
    if name.startswith("ar-en"):
        share *= 3.0
    if name.endswith("odd"):
        share *= 0.3
    if name.endswith(("words", "names")):
        share *= 0.4
    return share


def _languages(pair: Pair) -> str:
    return "-".join(sorted((pair.left_language, pair.right_language)))


def _by_language(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair.left_language].append(pair)
    return {language: some for language, some in found.items() if len(some) >= _FEWEST}


def _halves(story: Pair) -> Pair | None:
    """Makes a pair of two stretches of one story: they are about one thing in other words."""
    words = story.right.split()
    if len(words) < 40:
        return None
    middle = min(len(words) // 2, 60)
    language = story.right_language
    first, second = " ".join(words[:middle]), " ".join(words[middle : 2 * middle])
    return Pair(first, language, second, language, story.source)
