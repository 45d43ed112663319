"""Whether the passages found answer a question at all.

Scores relative to the best hit cannot tell: something always comes first. What can is how much
of the question is covered, each word weighed by how rare it is in the language at large. It is
told for each language of the articles by itself: a question finds less of itself in another one,
however well it is answered there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.ranking import Fitted, fitted
from assistant.support import names_someone
from corpus.sentences import sentence_spans
from corpus.words import stem
from vectorstore.matching import Text, Wanted, coverage, read_text
from vectorstore.query import Hit
from vectorstore.questions import Question

MANY = 500
"""Passages among which there is nearly always one that looks like an answer."""
_READ = 5  # passages looked at
_SAME_WORD = 0.5  # coverage from which a word counts as found
TRANSLATED = 0.3
"""The same of a word's translations."""
_FOUND = 0.5  # how often a translation is found in what answers, where nothing was measured
_PARAGRAPH = 20  # words in which a stem is found as often as in a paragraph at large
_LEAST, _MOST = 3e-3, 0.9  # chance of a word in a sentence that does not answer
_SELDOM = 1e-4  # chance below which the translations of a word are hardly ever used
_SELDOM_FOUND = 0.4  # how often such a word is found, over the others
_UNKNOWN_FOUND = math.log(30)  # what it tells that an untranslated word stands there as it is


def answering(
    question: Question,
    hits: Sequence[Hit],
    wanted: Mapping[str, Wanted],
    best_sentence: Mapping[str, float],
    among: int = MANY,
) -> frozenset[str]:
    """The languages in which passages answer a question; none where nothing does.

    Args:
        question: What is asked.
        hits: What a search found, best first.
        wanted: The question's words in each language of the hits' articles.
        best_sentence: Of each language, the ranker's score of the sentence that it puts first.
        among: Among how many passages the search looked.
    """
    beside_own = question.language in best_sentence
    return frozenset(
        language
        for language, best in best_sentence.items()
        if answerability(question, hits, language, wanted[language], best, among)
        >= _threshold(question.language, language, among, beside_own=beside_own)
    )


def _threshold(asked: str, language: str, passages: int, *, beside_own: bool) -> float:
    if asked == language:
        return fitted().own.threshold_among(passages)
    across = fitted().across
    least = across.thresholds.get(f"{asked} {language}", across.threshold)
    return max(least, across.beside_own) if beside_own else least


def answerability(
    question: Question,
    hits: Sequence[Hit],
    language: str,
    wanted: Wanted,
    best_sentence: float,
    among: int = MANY,
) -> float:
    """How likely it is that the passages in one language answer the question, in [0, 1].

    Args:
        question: What is asked.
        hits: What a search found, best first.
        language: Whose passages are looked at.
        wanted: The question's words in that language.
        best_sentence: The ranker's score of the sentence that it puts first.
        among: Among how many passages the search looked.
    """
    found = evidence(question, hits, language, wanted, best_sentence, among)
    if found is None or not found.get("weight covered", found.get("words found")):
        return 0.0
    weights = (fitted().own if language == question.language else fitted().across).weights
    value = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * x for name, x in found.items())
    return 1 / (1 + math.exp(-value))


def evidence(
    question: Question,
    hits: Sequence[Hit],
    language: str,
    wanted: Wanted,
    best_sentence: float,
    among: int = MANY,
    weights: Fitted | None = None,
) -> dict[str, float] | None:
    """What bears on whether the passages answer, by name; by the weights that ship, or others.

    None where there is no passage in the language.
    """
    own = [hit for hit in hits if (hit.article.language or "ar") == language][:_READ]
    if not own:
        return None
    if language != question.language:
        return _across(question, own, language, wanted, weights or fitted())
    read = [read_text(f"{hit.article.title}\n{hit.passage.text}", language) for hit in own]
    covered = [_told(wanted, coverage(wanted, text)) for text in read]
    first = max(range(len(own)), key=covered.__getitem__)
    hit, passage = own[first], read[first]
    found = coverage(wanted, passage)
    at_best = max((_told(wanted, coverage(wanted, one)) for one in sentences_of(hit)), default=0.0)
    total = sum(wanted.told) or 1.0
    missing = sum(
        told > 0 and share < _SAME_WORD for told, share in zip(wanted.told, found, strict=True)
    )
    return {
        "weight covered": math.log1p(covered[first]),
        "covered by a sentence": at_best / total,
        "weight in a sentence": math.log1p(at_best),
        "words": math.log1p(len(found)),
        # A long passage has more words by chance.
        "words of the passage": math.log1p(len(passage.stems)),
        "words missing": float(missing),
        "relevance": _logit(hit.relevance),
        "best relevance": _logit(max(hit.relevance for hit in own)),
        "rarest": max(wanted.weights, default=0.0),
        "names missing": _names_missing(question, [share >= _SAME_WORD for share in found]),
        "best sentence": best_sentence,
        # Among many passages the best one looks more like an answer, by chance, than among few.
        "few passages": max(0.0, 1 - math.log(max(1, among)) / math.log(MANY)),
    }


def _across(
    question: Question, hits: Sequence[Hit], language: str, wanted: Wanted, weights: Fitted
) -> dict[str, float]:
    """The same of passages in another language: of the sentence that speaks most for an answer.

    A word tells by the odds of finding one of its translations in a sentence that answers, as often
    as was measured for the two languages, and in any other sentence as long, as often as they stand
    in the language at large. A word that the table does not hold tells nothing by its absence.
    """
    usual = weights.across.found.get(f"{question.language} {language}", _FOUND)
    best = None
    for hit in hits:
        for sentence in sentences_of(hit):
            found = [share >= TRANSLATED for share in coverage(wanted, sentence)]
            odds = [
                _odds(one, common, usual, len(sentence.stems))
                for one, common in zip(found, wanted.common, strict=True)
            ]
            if best is None or sum(odds) > sum(best[0]):
                best = odds, found, hit, sentence
    if best is None:
        return {"words found": 0.0}
    odds, found, hit, sentence = best
    return {
        "odds of the found": sum(one for one in odds if one > 0),
        "odds of the missing": sum(one for one in odds if one < 0),
        "words found": float(sum(found)),
        "names missing": _names_missing(
            question, [one or not common for one, common in zip(found, wanted.common, strict=True)]
        ),
        "words of the sentence": math.log1p(len(sentence.stems)),
        "relevance": _logit(hit.relevance),
        "best relevance": _logit(max(hit.relevance for hit in hits)),
    }


def _odds(found: bool, common: float, usual: float, words: int) -> float:
    """What it tells that a word is found, or is not: the logarithm of the likelihood ratio.

    Args:
        found: Whether a sentence has one of the word's translations.
        common: The chance of that in a paragraph at large; 0 where none is known.
        usual: How often a word is found in a sentence that answers.
        words: How many words the sentence has.
    """
    if not common:
        return _UNKNOWN_FOUND * found
    chance = min(max(1 - (1 - min(common, _MOST)) ** (words / _PARAGRAPH), _LEAST), _MOST)
    likely = max(usual * (_SELDOM_FOUND if common < _SELDOM else 1), chance)
    return math.log(likely / chance) if found else math.log((1 - likely) / (1 - chance))


def sentences_of(hit: Hit) -> list[Text]:
    """The sentences of a passage, read for matching."""
    language = hit.article.language or "ar"
    text = hit.passage.text
    return [read_text(text[start:end], language) for start, end in sentence_spans(text)]


def _told(wanted: Wanted, found: Sequence[float]) -> float:
    return sum(told * share for told, share in zip(wanted.told, found, strict=True))


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def _names_missing(question: Question, found: Sequence[bool]) -> float:
    """How many names and numbers of the question are not found."""
    there = dict(zip(question.stems, found, strict=True))
    return float(
        sum(
            not there[stem(word.form, question.language)]
            for word in question.words
            if word.form[:1].isdigit()
            or names_someone(question.text, word.start, word.form, question.language)
        )
    )
