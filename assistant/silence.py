"""Whether the passages found answer a question at all.

Scores relative to the best hit cannot tell: something always comes first. What can is how much
of the question is covered, each word weighed by how rare it is in the language at large.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.ranking import fitted
from assistant.support import names_someone
from corpus.arabic import is_arabic
from corpus.sentences import sentence_spans
from corpus.words import stem
from vectorstore.matching import Text, Wanted, adjacent, coverage, read_text
from vectorstore.query import Hit
from vectorstore.questions import Question

_READ = 5  # passages looked at
_SAME_WORD = 0.5  # coverage from which a word counts as found


# A question in another language than the articles covers less of itself, however well they answer:
# its translations are some of many. Chosen on news questions asked across languages.
_ACROSS = 0.1


def is_answered(sure: float, question: Question, language: str) -> bool:
    """Tells whether an answerability is enough for a sentence in some language to be quoted."""
    return sure >= (fitted().threshold if language == question.language else _ACROSS)


def answerability(
    question: Question, hits: Sequence[Hit], wanted: Mapping[str, Wanted], best_sentence: float
) -> float:
    """How likely it is that the passages answer the question, in [0, 1].

    Args:
        question: What is asked.
        hits: What a search found, best first.
        wanted: The question's words in each language of the hits' articles.
        best_sentence: The ranker's score of the sentence that it puts first.
    """
    if not hits or not question.words:
        return 0.0
    weights = fitted().silence
    value = weights.get("bias", 0.0) + sum(
        weights.get(name, 0.0) * x
        for name, x in evidence(question, hits, wanted, best_sentence).items()
    )
    return 1 / (1 + math.exp(-value))


def evidence(
    question: Question, hits: Sequence[Hit], wanted: Mapping[str, Wanted], best_sentence: float
) -> dict[str, float]:
    """What bears on whether the passages answer, by name; of the passage that covers most."""
    best = {"covered": -1.0}
    for hit in hits[:_READ]:
        language = hit.article.language or "ar"
        words = wanted[language]
        passage = read_text(f"{hit.article.title}\n{hit.passage.text}", language)
        found = coverage(words, passage)
        covered = words.share(found)
        if covered <= best["covered"]:
            continue
        sentences = [
            read_text(hit.passage.text[start:end], language)
            for start, end in sentence_spans(hit.passage.text)
        ]
        best = {
            "covered": covered,
            "weight covered": math.log1p(covered * sum(words.weights)),
            "rarest": max(words.weights, default=0.0),
            "words missing": float(sum(f < _SAME_WORD for f in found)),
            "covered by a sentence": max(
                (words.share(coverage(words, one)) for one in sentences), default=0.0
            ),
            "pairs": _pairs(question, sentences),
            "names missing": _names_missing(question, passage, found),
        }
    return {**best, "best sentence": best_sentence}


def _names_missing(question: Question, passage: Text, found: Sequence[float]) -> float:
    """How many names and numbers of the question the passage does not have, in one script."""
    if is_arabic(question.text) != any(map(is_arabic, passage.forms)):
        return 0.0
    covered = dict(zip(question.stems, found, strict=True))
    return float(
        sum(
            covered[stem(word.form, question.language)] < _SAME_WORD
            for word in question.words
            if word.form[:1].isdigit() or names_someone(question.text, word.start, word.form)
        )
    )


def _pairs(question: Question, sentences: Sequence[Text]) -> float:
    asked = [stem(word.form, question.language) for word in question.words]
    return max((adjacent(asked, one) for one in sentences), default=0.0)
