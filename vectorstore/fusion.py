"""How the ranking by words and the ranking by meaning become one."""

from __future__ import annotations

from collections.abc import Sequence


def fuse(
    question: str,
    by_words: Sequence[tuple[str, float]],
    by_meaning: Sequence[tuple[str, float]],
) -> list[tuple[str, float, float]]:
    """Joins two rankings of passages.

    Args:
        question: What was asked.
        by_words: Passage ids with lexical scores, highest first.
        by_meaning: Passage ids with cosine similarities, highest first.

    Returns:
        Passage ids with a fused score and a relevance in [0, 1], best first.
    """
    best = max((score for _, score in by_words), default=1.0) or 1.0
    words = {id_: score / best for id_, score in by_words}
    meaning = dict(by_meaning)
    scored = [
        (id_, 0.75 * words.get(id_, 0.0) + 0.25 * meaning.get(id_, 0.0))
        for id_ in words.keys() | meaning.keys()
    ]
    scored.sort(key=lambda pair: (-pair[1], pair[0]))
    return [(id_, score, max(0.0, min(1.0, score))) for id_, score in scored]
