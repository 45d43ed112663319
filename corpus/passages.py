"""An article cut into passages of whole sentences."""

from __future__ import annotations

import math

from corpus.article import Article, Passage
from corpus.sentences import sentence_spans

_SENTENCES = 40  # in one passage at most: keeps the search for the best cuts linear
_INSIDE_PARAGRAPH = 0.1  # what a cut inside a paragraph costs, beside one between two


def passages(article: Article, target: int = 600, limit: int = 800) -> list[Passage]:
    """Cuts an article into passages, each a run of whole sentences.

    The cuts are those that keep the lengths nearest to the target altogether, and fall between
    paragraphs where that costs little (shortest path over the sentences, as Knuth and Plass
    break lines). The passages follow one another and hold every character of the text that is
    not white space.

    Args:
        article: The article.
        target: Characters that a passage should have.
        limit: Characters that a passage may have; only a sentence longer than this is a longer
            passage, alone.
    """
    text = article.text
    spans = sentence_spans(text)
    cost = [0.0] + [math.inf] * len(spans)
    cut_before = [0] * (len(spans) + 1)
    for last, (_, end) in enumerate(spans):
        closes = last + 1 == len(spans) or _new_paragraph(text, end, spans[last + 1][0])
        for first in range(last, max(-1, last - _SENTENCES), -1):
            length = end - spans[first][0]
            if length > limit and first < last:
                break
            penalty = (length / target - 1) ** 2 + (0 if closes else _INSIDE_PARAGRAPH)
            if cost[first] + penalty < cost[last + 1]:
                cost[last + 1] = cost[first] + penalty
                cut_before[last + 1] = first
    cuts = []
    last = len(spans)
    while last:
        first = cut_before[last]
        cuts.append((spans[first][0], spans[last - 1][1]))
        last = first
    return [
        Passage(article.id, number, start, end, text[start:end])
        for number, (start, end) in enumerate(reversed(cuts))
    ]


def _new_paragraph(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return "\n" in gap or "\r" in gap or "\u2029" in gap
