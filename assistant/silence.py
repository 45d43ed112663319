"""Whether the passages found answer a question at all.

Scores relative to the best hit cannot tell: something always comes first. What can is how much
of the question is covered, each word weighed by how rare it is in the language at large.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from assistant.questions import Question
from assistant.ranking import Rarity, coverage, read_text, read_wanted
from vectorstore.query import Hit

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
    """What bears on whether the passages answer, by name."""
    best = 0.0
    best_least = 0.0
    for hit in hits[:_READ]:
        language = hit.article.language or "ar"
        wanted = read_wanted(question, language, rarity, translate)
        text = read_text(f"{hit.article.title}\n{hit.passage.text}", language)
        found = coverage(wanted, text)
        total = sum(wanted.weights) or 1.0
        share = sum(w * f for w, f in zip(wanted.weights, found, strict=True)) / total
        rarest = max(range(len(found)), key=lambda i: wanted.weights[i])
        if share > best:
            best, best_least = share, found[rarest]
    return {
        "covered": best,
        "rarest": best_least,
        "relevance": max(hit.relevance for hit in hits[:_READ]),
    }


_WEIGHTS = {"bias": -2.0, "covered": 5.0, "rarest": 1.0, "relevance": 0.0}
