"""Whether the passages found answer a question at all.

Scores relative to the best hit cannot tell: something always comes first. What can is how much
of the question is covered, each word weighed by how rare it is in the language at large. It is
told for each language of the articles by itself: a question finds less of itself in another one,
however well it is answered there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.ranking import fitted
from assistant.support import names_someone
from corpus.sentences import sentence_spans
from corpus.words import stem
from vectorstore.matching import Wanted, coverage, read_text
from vectorstore.query import Hit
from vectorstore.questions import Question

_READ = 5  # passages looked at
_SAME_WORD = 0.5  # coverage from which a word counts as found
_TRANSLATED = 0.3  # the same of a word's translations


def answering(
    question: Question,
    hits: Sequence[Hit],
    wanted: Mapping[str, Wanted],
    best_sentence: Mapping[str, float],
) -> frozenset[str]:
    """The languages in which passages answer a question; none where nothing does.

    Args:
        question: What is asked.
        hits: What a search found, best first.
        wanted: The question's words in each language of the hits' articles.
        best_sentence: Of each language, the ranker's score of the sentence that it puts first.
    """
    weights = fitted()
    return frozenset(
        language
        for language, best in best_sentence.items()
        if answerability(question, hits, language, wanted[language], best)
        >= (weights.own if language == question.language else weights.across).threshold
    )


def answerability(
    question: Question, hits: Sequence[Hit], language: str, wanted: Wanted, best_sentence: float
) -> float:
    """How likely it is that the passages in one language answer the question, in [0, 1].

    Args:
        question: What is asked.
        hits: What a search found, best first.
        language: Whose passages are looked at.
        wanted: The question's words in that language.
        best_sentence: The ranker's score of the sentence that it puts first.
    """
    found = evidence(question, hits, language, wanted, best_sentence)
    if found is None or not found["weight covered"]:
        return 0.0
    weights = (fitted().own if language == question.language else fitted().across).weights
    value = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * x for name, x in found.items())
    return 1 / (1 + math.exp(-value))


def evidence(
    question: Question, hits: Sequence[Hit], language: str, wanted: Wanted, best_sentence: float
) -> dict[str, float] | None:
    """What bears on whether the passages answer, by name; of the passage that covers most.

    None where there is no passage in the language.
    """
    own = [hit for hit in hits if (hit.article.language or "ar") == language][:_READ]
    read = [read_text(f"{hit.article.title}\n{hit.passage.text}", language) for hit in own]
    covered = [_told(wanted, coverage(wanted, text)) for text in read]
    if not own:
        return None
    first = max(range(len(own)), key=covered.__getitem__)
    hit, passage = own[first], read[first]
    found = coverage(wanted, passage)
    sentences = [
        read_text(hit.passage.text[start:end], language)
        for start, end in sentence_spans(hit.passage.text)
    ]
    at_best = max((_told(wanted, coverage(wanted, one)) for one in sentences), default=0.0)
    total = sum(wanted.told) or 1.0
    same = _SAME_WORD if language == question.language else _TRANSLATED
    missing = sum(told > 0 and share < same for told, share in zip(wanted.told, found, strict=True))
    values = {
        "weight covered": math.log1p(covered[first]),
        "covered by a sentence": at_best / total,
        "weight in a sentence": math.log1p(at_best),
        "words": math.log1p(len(found)),
        # A long passage has more words by chance.
        "words of the passage": math.log1p(len(passage.stems)),
        "words missing": float(missing),
        "relevance": _logit(hit.relevance),
        "best relevance": _logit(max(hit.relevance for hit in own)),
    }
    if language == question.language:
        values |= {
            "rarest": max(wanted.weights, default=0.0),
            "names missing": _names_missing(question, found),
            "best sentence": best_sentence,
        }
    return values


def _told(wanted: Wanted, found: Sequence[float]) -> float:
    return sum(told * share for told, share in zip(wanted.told, found, strict=True))


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def _names_missing(question: Question, found: Sequence[float]) -> float:
    """How many names and numbers of the question the passage does not have."""
    covered = dict(zip(question.stems, found, strict=True))
    return float(
        sum(
            covered[stem(word.form, question.language)] < _SAME_WORD
            for word in question.words
            if word.form[:1].isdigit() or names_someone(question.text, word.start, word.form)
        )
    )
