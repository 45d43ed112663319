"""The translation table: alignments of all pairs of languages, made into probabilities."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.words import stem, words
from vectorstore.training import texts
from vectorstore.training.alignment import Links, align
from vectorstore.training.curriculum import LANGUAGES
from vectorstore.translation import Translations

if TYPE_CHECKING:
    from scipy import sparse

_log = logging.getLogger(__name__)

PAIRS = (("en", "ar"), *((x, y) for x in LANGUAGES if x not in ("ar", "en") for y in ("ar", "en")))
"""What is aligned: Arabic and English with each other, and every other language with both."""

_BELIEF = {
    "i18n": 0.5,
    "quran": 0.3,
    "covid-faq-MT": 0.5,
    "hkiri-ne": 0.5,
    "omw": 0.35,
    "google-ar2en-names": 0.5,
    "wikidata-names-netranslit": 0.5,
}
"""How much a sentence or an entry counts, by its source; 1 for those not named."""

_LONGEST_SENTENCE = 60
_BACK = 0.4
_FEWEST = 0.02
_PIVOT_STRENGTH = 2.0
_LIKELY = 0.012
_MOST = {("en", "ar"): 12, ("ar", "en"): 12}
_MOST_ELSE = 8
_KEPT = {("en", "ar"): 200_000, ("ar", "en"): 200_000}
_KEPT_FROM = {"ar": 9_000, "en": 9_000}
_KEPT_ELSE = 16_000
"""Stems of a table: between Arabic and English; from these to others; from others to these."""
_PHRASE_SOURCES = {
    "wiktionary",
    "mledoze-countries",
    "world-countries",
    "cldr",
    "tico19-terms",
    "omw",
}


class Stems:
    """Cuts texts into stems, remembering each run of letters that it has seen."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def __call__(self, text: str, language: str) -> list[str]:
        """Gives the stems of a text."""
        found: list[str] = []
        for run in text.split():
            stems = self._known.get((run, language))
            if stems is None:
                stems = tuple(stem(word.form, language) for word in words(run))
                self._known[run, language] = stems
            found += stems
        return found


def bilingual_texts(data: Path) -> dict[tuple[str, str], list[tuple[str, str, float]]]:
    """Reads what the training texts have in each pair of languages of `PAIRS`.

    Returns:
        Texts in the first language, in the second, and how much to believe that they say the same.
    """
    found: dict[tuple[str, str], list[tuple[str, str, float]]] = {pair: [] for pair in PAIRS}
    for pair in chain(texts.sentences(data), texts.lexicon(data)):
        belief = next((b for mark, b in _BELIEF.items() if mark in pair.source), 1.0)
        if (some := found.get((pair.left_language, pair.right_language))) is not None:
            some.append((pair.left, pair.right, belief))
        elif (some := found.get((pair.right_language, pair.left_language))) is not None:
            some.append((pair.right, pair.left, belief))
    return found


def links(pairs: Iterable[tuple[str, str, float]], one: str, other: str, stems: Stems) -> Links:
    """Aligns texts of two languages, as `bilingual_texts` gives them."""
    _log.info("Aligning %s and %s", one, other)
    cut = ((stems(left, one), stems(right, other), belief) for left, right, belief in pairs)
    return align(
        (left, right, belief)
        for left, right, belief in cut
        if max(len(left), len(right)) <= _LONGEST_SENTENCE
    )


def probabilities(
    aligned: Mapping[tuple[str, str], Links],
) -> dict[tuple[str, str], dict[str, Translations]]:
    """Makes tables of alignments, both ways.

    The probability of a translation blends how often it stands for the word with how often the
    word stands for it: of two translations as frequent, the one that means little else is better.
    A language other than English also reaches Arabic through English, which weighs as much as
    a few sentences would: the direct texts are few.
    """
    found: dict[tuple[str, str], dict[str, Translations]] = {}
    for (one, other), some in aligned.items():
        for source, target in ((one, other), (other, one)):
            counts, rows, columns = _counts(some, backwards=source != one)
            pivot = aligned.get(("en", "ar"))
            if "en" not in (source, target) and pivot is not None:
                step = (source, "en"), ("en", target)
                parts = [_between(aligned, *pair) for pair in step]
                counts, rows, columns = _with_pivot(counts, rows, columns, *parts)
            most = _MOST.get((source, target), _MOST_ELSE)
            found[source, target] = _pruned(counts, rows, columns, most)
            _log.info("%s to %s: %d stems", source, target, len(found[source, target]))
    return found


def _between(
    aligned: Mapping[tuple[str, str], Links], source: str, target: str
) -> tuple[sparse.csr_matrix, list[str], list[str]]:
    if (source, target) in aligned:
        return _counts(aligned[source, target], backwards=False)
    return _counts(aligned[target, source], backwards=True)


def _counts(some: Links, backwards: bool) -> tuple[sparse.csr_matrix, list[str], list[str]]:
    """Counts as a matrix of the source's words by the target's, chance links left out."""
    from scipy import sparse

    kept = some.counts >= _FEWEST
    pairs = some.pairs[kept]
    shape = (len(some.left), len(some.right))
    matrix = sparse.csr_matrix((some.counts[kept], (pairs[:, 0], pairs[:, 1])), shape)
    if backwards:
        return matrix.T.tocsr(), some.right, some.left
    return matrix, some.left, some.right


def _blended(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    forth = counts.copy()
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    by_row = counts.data / np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1e-12)[rows]
    by_column = (
        counts.data / np.maximum(np.asarray(counts.sum(axis=0)).ravel(), 1e-12)[counts.indices]
    )
    forth.data = by_row ** (1 - _BACK) * by_column**_BACK
    return _rows_to_one(forth)


def _rows_to_one(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    from scipy import sparse

    return sparse.diags(1 / np.maximum(np.asarray(matrix.sum(axis=1)).ravel(), 1e-12)) @ matrix


def _with_pivot(
    counts: sparse.csr_matrix,
    rows: list[str],
    columns: list[str],
    first: tuple[sparse.csr_matrix, list[str], list[str]],
    second: tuple[sparse.csr_matrix, list[str], list[str]],
) -> tuple[sparse.csr_matrix, list[str], list[str]]:
    from scipy import sparse

    def placed(
        matrix: sparse.csr_matrix,
        down: dict[str, int],
        across: dict[str, int],
        own_down: list[str],
        own_across: list[str],
    ) -> sparse.csr_matrix:
        some = matrix.tocoo()
        down_map = np.array([down[word] for word in own_down])
        across_map = np.array([across[word] for word in own_across])
        shape = (len(down), len(across))
        return sparse.csr_matrix((some.data, (down_map[some.row], across_map[some.col])), shape)

    def places(*lists: list[str]) -> dict[str, int]:
        return {word: at for at, word in enumerate(dict.fromkeys(chain.from_iterable(lists)))}

    sources = places(rows, first[1])
    middles = places(first[2], second[1])
    targets = places(columns, second[2])
    pivot = placed(_blended(first[0]), sources, middles, first[1], first[2]) @ placed(
        _blended(second[0]), middles, targets, second[1], second[2]
    )
    pivot.data[pivot.data < _LIKELY] = 0
    pivot.eliminate_zeros()
    direct = placed(counts, sources, targets, rows, columns)
    return direct + _PIVOT_STRENGTH * pivot, list(sources), list(targets)


def _pruned(
    counts: sparse.csr_matrix, rows: list[str], columns: list[str], most: int
) -> dict[str, Translations]:
    matrix = _blended(counts)
    found: dict[str, Translations] = {}
    for row, word in enumerate(rows):
        some = slice(matrix.indptr[row], matrix.indptr[row + 1])
        probabilities, places = matrix.data[some], matrix.indices[some]
        best = np.argsort(-probabilities, kind="stable")[:most]
        best = best[probabilities[best] > _LIKELY]
        if len(best):
            total = float(probabilities[best].sum())
            found[word] = [
                (columns[place], float(probability) / total)
                for place, probability in zip(places[best], probabilities[best], strict=True)
            ]
    return found


def commonest(
    tables: Mapping[tuple[str, str], Mapping[str, Translations]],
    aligned: Mapping[tuple[str, str], Links],
) -> dict[tuple[str, str], dict[str, Translations]]:
    """Keeps the stems that the texts of any pair of languages have most of.

    Between Arabic and English all are kept. Of the other tables fewer than a third: the rest are
    rare names, most of which are found by their consonants too.
    """
    evidence: dict[str, Counter[str]] = defaultdict(Counter)
    for (one, other), some in aligned.items():
        for language, stems, column in ((one, some.left, 0), (other, some.right, 1)):
            totals = np.bincount(some.pairs[:, column], some.counts, len(stems))
            evidence[language].update(dict(zip(stems, totals.tolist(), strict=True)))
    found = {}
    for (source, target), table in tables.items():
        most = _KEPT.get((source, target), _KEPT_FROM.get(source, _KEPT_ELSE))
        ranked = sorted(table, key=lambda word: (-evidence[source][word], word))
        found[source, target] = {word: table[word] for word in ranked[:most]}
    return found


def phrases(data: Path, one: str, other: str, stems: Stems) -> dict[str, Translations]:
    """Reads the expressions of several words that the lexicons have in two languages."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for pair in texts.lexicon(data):
        if pair.source not in _PHRASE_SOURCES:
            continue
        for left, left_language, right, right_language in (
            (pair.left, pair.left_language, pair.right, pair.right_language),
            (pair.right, pair.right_language, pair.left, pair.left_language),
        ):
            if (left_language, right_language) == (one, other):
                source, target = stems(left, one), stems(right, other)
                if 2 <= len(source) <= 4 and 1 <= len(target) <= 4:
                    counts[" ".join(source)][" ".join(target)] += 1.0
    found = {}
    for source_phrase, targets in counts.items():
        best = sorted(targets.items(), key=lambda item: -item[1])[:3]
        total = sum(count for _, count in best)
        found[source_phrase] = [(phrase, count / total) for phrase, count in best]
    return found
