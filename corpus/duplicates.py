"""The same story twice: exact copies, and the near copies that outlets make of one report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from corpus.article import Article
from corpus.words import forms

_RUN = 4  # words in a shingle
_HASHES = 128
_ALIKE = 0.5


def fingerprint(article: Article) -> str:
    """Gives what exact copies share: a hash of the text's normalised words.

    Spelling forms, vowel signs, digits, case, punctuation and white space make no difference,
    and neither do headline, date and outlet.
    """
    return hashlib.sha256(" ".join(forms(article.text)).encode()).hexdigest()


def near_copies(articles: Iterable[Article], alike: float = _ALIKE) -> list[frozenset[str]]:
    """Groups articles that carry one report, such as an agency's story with small edits.

    Runs of four words are compared by MinHash (Broder 1997), candidates found by
    locality-sensitive hashing; articles that are alike, directly or through a third, make a group.

    Args:
        articles: Articles of any length; those under four words are in no group.
        alike: The share of runs in common (Jaccard) from which two articles are near copies.

    Returns:
        Groups of two ids and more, in the order of their first article.
    """
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=alike, num_perm=_HASHES)
    group: dict[str, str] = {}

    def head(name: str) -> str:
        while group[name] != name:
            group[name] = group[group[name]]
            name = group[name]
        return name

    sketches: dict[str, MinHash] = {}
    for article in articles:
        runs = _runs(forms(article.text))
        if not runs or article.id in group:
            continue
        group[article.id] = article.id
        sketch = MinHash(num_perm=_HASHES)
        sketch.update_batch([run.encode() for run in runs])
        for other in sorted(lsh.query(sketch)):
            if sketch.jaccard(sketches[other]) >= alike:
                group[head(article.id)] = head(other)
        lsh.insert(article.id, sketch)
        sketches[article.id] = sketch
    members: dict[str, set[str]] = {}
    for name in group:
        members.setdefault(head(name), set()).add(name)
    return [frozenset(names) for names in members.values() if len(names) > 1]


def _runs(found: Sequence[str]) -> set[str]:
    return {" ".join(found[at : at + _RUN]) for at in range(len(found) - _RUN + 1)}
