"""Whether the passages found answer a question at all.

Scores relative to the best hit cannot tell: something always comes first. What can is how much
of the question is covered, each word weighed by how rare it is in the language at large.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from assistant.ranking import Rarity, coverage, read_text, read_wanted
from vectorstore.query import Hit
from vectorstore.questions import Question

THRESHOLD = 0.5
_READ = 5  # passages looked at


def answerability(
    question: Question,
    hits: Sequence[Hit],
    rarity: Rarity,
    translate: Callable[[str, str, str], Mapping[str, float]] | None = None,
) -> float:
    """How likely it is that the passages answer the question, in [0, 1].

    Args:
        question: What is asked.
        hits: What a search found, best first.
        rarity: How rare a stem is in a language at large.
        translate: Stems of the articles' language for one of the question's.
    """
    if not hits or not question.words:
        return 0.0
    value = _WEIGHTS["bias"] + sum(
        _WEIGHTS[name] * x for name, x in evidence(question, hits, rarity, translate).items()
    )
    return 1 / (1 + math.exp(-value))


def evidence(
    question: Question,
    hits: Sequence[Hit],
    rarity: Rarity,
    translate: Callable[[str, str, str], Mapping[str, float]] | None = None,
) -> dict[str, float]:
    """What bears on whether the passages answer, by name; of the passage that covers most."""
    best: dict[str, float] = {"covered": -1.0}
    for hit in hits[:_READ]:
        language = hit.article.language or "ar"
        wanted = read_wanted(question, language, rarity, translate)
        passage = read_text(f"{hit.article.title}\n{hit.passage.text}", language)
        found = coverage(wanted, passage)
        weights = wanted.weights
        total = sum(weights)
        rarest = max(weights)
        covered = sum(w * f for w, f in zip(weights, found, strict=True))
        values = {
            "covered": covered / total,
            "covered squared": (covered / total) ** 2,
            "weight covered": math.log1p(covered),
            "weight missing": math.log1p(total - covered),
            "rarest covered": max(
                f for w, f in zip(weights, found, strict=True) if w == rarest
            ),
            "rarest": rarest,
            "words missing": float(sum(f < 0.5 for f in found)),
            "whole": float(min(found) >= 0.5),
            "few": float(len(found) <= 2),
        }
        if values["covered"] > best["covered"]:
            best = values
    best["relevance"] = max(hit.relevance for hit in hits[:_READ])
    return best


_WEIGHTS = {"bias": -2.0, "covered": 5.0, "rarest": 1.0, "relevance": 0.0}
