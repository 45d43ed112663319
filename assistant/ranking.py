"""How well a sentence answers a question: readable features and their fitted weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pydantic import TypeAdapter

from assistant.claims.numbers import plain
from assistant.facts import Fact, FactKind, facts
from assistant.reading.sentence import Sentence
from corpus.arabic import is_arabic
from corpus.words import stem, word_forms, words
from vectorstore.matching import Text, Wanted, adjacent, coverage, read_text
from vectorstore.questions import SAYING, Kind, Question

_FITS: dict[Kind, tuple[FactKind, ...]] = {
    "who": ("name",),
    "when": ("date", "number"),
    "count": ("number", "date"),
    "where": ("name",),
    "said": ("quotation",),
}
"""Kinds of facts that bear on an answer; what is asked for first."""
_REASON = word_forms(
    "بسبب لان لانه لانها نتيجه اثر بفعل جراء سبب سببه سببها لكي لذلك بهدف اجل because due "
    "since owing "
    "car parce cause"
)
_PLACE = word_forms(
    "في مدينه محافظه عاصمه عاصمتها شمال جنوب شرق غرب وسط قرب منطقه in at near city north south "
    "east "
    "west dans"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        text: Its words.
        before: The sentence before it in the article; empty at the start.
        after: The sentence after it.
        title: The article's headline.
        passage: The passage that it stands in.
        language: The article's language.
        position: Its place among the article's sentences, from 0.
        rank: Its passage's place among the hits of its language, from 0.
        score: Its passage's score, over that of the best hit of its language.
        relevance: Its passage's calibrated relevance.
    """

    text: str
    before: str
    after: str
    title: str
    passage: str
    language: str
    position: int
    rank: int
    score: float
    relevance: float


def features(question: Question, wanted: Wanted, candidate: Candidate) -> dict[str, float]:
    """What can be said of a sentence as an answer, by name."""
    language = candidate.language
    sentence = read_text(candidate.text, language)
    around = {
        "before": read_text(candidate.before, language),
        "after": read_text(candidate.after, language),
        "title": read_text(candidate.title, language),
        "passage": read_text(candidate.passage, language),
    }
    inside = coverage(wanted, sentence)
    covered = {name: coverage(wanted, text) for name, text in around.items()}

    share = wanted.share
    near = [max(x, y) for x, y in zip(covered["before"], covered["title"], strict=True)]
    values: dict[str, float] = {
        "covered": share(inside),
        "covered by forms": share(coverage_by_forms(question, wanted, candidate.text, language)),
        "covered by passage": share(covered["passage"]),
        "covered with before and title": share(
            [max(x, y) for x, y in zip(inside, near, strict=True)]
        ),
        "covered by title": share(covered["title"]),
        "covered by after": share(covered["after"]),
        "only here": share(
            [max(0.0, x - y) for x, y in zip(inside, covered["before"], strict=True)]
        ),
        "rank": 1 / (1 + candidate.rank),
        "first hit": float(candidate.rank == 0),
        "score": candidate.score,
        "relevance": candidate.relevance,
        "opening": float(candidate.position == 0),
        "length": math.log1p(len(sentence.stems)),
    }
    values |= {
        f"{question.kind} opening": values["opening"],
        f"{question.kind} covered": values["covered"],
    }
    few = float(len(wanted.weights) <= 2)
    values |= {
        "few words, opening": few * values["opening"],
        "few words, covered": few * values["covered"],
        "few words, score": few * candidate.score,
    }
    asked = [stem(word.form, question.language) for word in question.words]
    values["pairs"] = adjacent(asked, sentence)
    values |= _focus(question, sentence, wanted, inside)
    values |= _fit(question, candidate.text, language, sentence, wanted)
    return values


def coverage_by_forms(
    question: Question, wanted: Wanted, text: str, language: str
) -> tuple[float, ...]:
    """As `coverage`, with a verb's other forms and its noun («انسحبت», «انسحاب») found as well."""
    found = Sentence(question, wanted, text, language, around="").covered
    return tuple(
        max(share, float(place in found))
        for place, share in enumerate(coverage(wanted, read_text(text, language)))
    )


_COMPARED = ("covered", "covered by passage", "covered with before and title", "pairs", "only here")


# What weighs otherwise in a sentence of another language than the question's, which covers less of
# the question however well it answers.
_ACROSS = (
    "covered",
    "covered by forms",
    "covered by passage",
    "only here",
    "rank",
    "score",
    "relevance",
    "best of its passage",
    "length",
    "covered, of the best",
)


def compared(
    question: Question, candidates: Sequence[Candidate], values: Sequence[Mapping[str, float]]
) -> list[dict[str, float]]:
    """Adds to each sentence's features how it stands beside the others.

    Args:
        question: What is asked.
        candidates: All sentences that may answer one question.
        values: Their features, in the same order.
    """
    best = {name: max((v[name] for v in values), default=0.0) or 1.0 for name in _COMPARED}
    passages: dict[str, list[float]] = {}
    for candidate, one in zip(candidates, values, strict=True):
        passages.setdefault(candidate.passage, []).append(one["covered"])
    beside = [
        {
            **one,
            **{f"{name}, of the best": one[name] / best[name] for name in _COMPARED},
            "best of its passage": float(one["covered"] >= max(passages[candidate.passage])),
        }
        for candidate, one in zip(candidates, values, strict=True)
    ]
    return [
        one
        if candidate.language == question.language
        else {**one, "across": 1.0, **{f"across, {name}": one[name] for name in _ACROSS}}
        for candidate, one in zip(candidates, beside, strict=True)
    ]


def _focus(
    question: Question, sentence: Text, wanted: Wanted, inside: Sequence[float]
) -> dict[str, float]:
    """The first carrying words, and whether a definition of them opens the sentence."""
    stems = list(question.stems)
    first = [inside[stems.index(one)] for one in question.focus if one in stems]
    opening = sentence.stems[:4]
    opens = max(
        (p for stems in wanted.stems[-2:] for one, p in stems.items() if one in opening),
        default=0.0,
    )
    short = len(stems) <= 3
    return {
        "focus": first[0] if first else 0.0,
        "second focus": first[1] if len(first) > 1 else 0.0,
        "opens with the asked": opens,
        "defines": opens * float(short and question.kind in ("who", "what")),
    }


def _fit(
    question: Question, text: str, language: str, sentence: Text, wanted: Wanted
) -> dict[str, float]:
    """Whether the sentence holds the kind of thing that is asked, near the words that ask."""
    stated = [fact for fact in facts(text, language) if new_to(question, fact)]
    kinds = {fact.kind for fact in stated}
    values = {}
    if fits := _FITS.get(question.kind):
        values = {f"{question.kind} with {kind}": float(kind in kinds) for kind in fits}
        distance = nearest(text, wanted, sentence, [f for f in stated if f.kind == fits[0]])
        values[f"{question.kind} near"] = 0.0 if distance is None else 1 / (1 + distance)
    forms = set(sentence.forms)
    if question.kind == "why":
        values["why with reason"] = float(
            bool(forms & _REASON) or any(f[1:] in _REASON for f in forms)
        )
    if question.kind == "where":
        values["where with place"] = float(bool(forms & _PLACE))
    if question.kind == "said":
        values["said with saying"] = float(bool(forms & SAYING))
    return values


def new_to(question: Question, fact: Fact) -> bool:
    """Tells whether a fact says more than the question itself did.

    A name in Latin letters says no more where the question has part of it ("Blinken"); an Arabic
    one may have taken in a word that stands beside it.
    """
    said = {plain(fact.quantity.value)} if fact.quantity else set(fact.value.split())
    if fact.kind == "name" and not is_arabic(fact.value):
        return not said & question.forms
    return not said <= question.forms


def nearest(text: str, wanted: Wanted, sentence: Text, stated: Sequence[Fact]) -> float | None:
    """Words between the nearest of some facts and a word of the question; None without either."""
    if not stated:
        return None
    places = [p for stems in wanted.stems for one in stems for p in sentence.places(one)]
    if not places:
        return None
    starts = [word.start for word in words(text)]
    ends = [sum(s < fact.start for s in starts) for fact in stated]
    return float(min(abs(p - e) for p in places for e in ends))


FITTED = Path(__file__).with_name("fitted.json")


@dataclass(frozen=True, slots=True)
class Silence:
    """When the answer is silence.

    Attributes:
        weights: Of the evidence that passages answer, by name, on the logistic scale.
        threshold: The answerability below which they do not.
        thresholds: The same for some pairs of languages ("en ar": an English question, Arabic
            articles), where more can be asked for as more is translated.
        found: For pairs of languages, how often a word of a question is found in a sentence that
            answers it.
        by_passages: For collections of some sizes, in passages and smallest first, the threshold
            that takes the place of `threshold`: among many passages, what only looks like an
            answer looks more like it.
        beside_own: Across languages, the least threshold where there are articles in the
            question's own language too: each language is one more chance to be wrong. At .7, nine
            in ten Arabic questions that 516 English news passages do not answer are refused.
    """

    weights: Mapping[str, float]
    threshold: float
    thresholds: Mapping[str, float] = field(default_factory=dict)
    found: Mapping[str, float] = field(default_factory=dict)
    by_passages: tuple[tuple[int, float], ...] = ()
    beside_own: float = 0.0

    def threshold_among(self, passages: int) -> float:
        """The threshold for a collection of some size, between those of the nearest sizes.

        Args:
            passages: How many passages were searched.
        """
        if not self.by_passages:
            return self.threshold
        sizes = [math.log(size) for size, _ in self.by_passages]
        thresholds = [threshold for _, threshold in self.by_passages]
        size = math.log(max(1, passages))
        if size <= sizes[0]:
            return thresholds[0]
        for (low, before), (high, after) in pairwise(zip(sizes, thresholds, strict=True)):
            if size <= high:
                return before + (after - before) * (size - low) / (high - low)
        return thresholds[-1]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted: linear weights over features, by name.

    Attributes:
        sentences: Of a sentence as an answer.
        own: For articles in the question's language.
        across: For articles in another language, in which a question that they answer finds less
            of itself.
    """

    sentences: Mapping[str, float]
    own: Silence
    across: Silence

    def score(self, values: Mapping[str, float]) -> float:
        """The weighted sum of a sentence's features."""
        return sum(self.sentences.get(name, 0.0) * value for name, value in values.items())


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """The weights that ship, made by ``assistant/training/fit.py``."""
    return read_weights(FITTED)


def read_weights(path: Path) -> Fitted:
    """Reads weights from a file that ``assistant/training/fit.py`` wrote."""
    return TypeAdapter(Fitted).validate_json(path.read_bytes())
