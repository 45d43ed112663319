"""Two things side by side: what the articles tell of each, under its name from the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.evidence import (
    Answered,
    Evidence,
    Gathered,
    answer_of,
    distinct,
    gather,
    near_the_best,
    overlap,
)
from assistant.forms import read_patterns
from assistant.messages.answer_messages import askers_wording
from assistant.several import list_items
from corpus.arabic import is_arabic
from corpus.words import Word, forms, word_forms, words
from vectorstore.matching import coverage, read_text, read_wanted
from vectorstore.query import Filters
from vectorstore.questions import SAYING, is_function_word, read_question

if TYPE_CHECKING:
    from vectorstore.index import Index

_FOR = "ل"
_OF_SIDE = 2  # sentences
_NAMED = 0.5  # share of a side's own words that a sentence must have
_NEAR = 0.6  # share of the best sentence's score that another must have
_JOINED = "وب"  # written onto the second thing: «أ وب», «قارن أ بب»


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things to compare.

    Attributes:
        name: In the question's own words.
        topic: What is asked about it: its name, and what the question asks about all of them.
    """

    name: str
    topic: str


def compare(index: Index, question: str, topic: str, filters: Filters | None = None) -> Answered:
    """Quotes what the articles tell of each thing, and says of which they tell nothing.

    What cannot be parted into things ("how do the counts differ") is listed from all articles.

    Args:
        index: The articles.
        question: As asked.
        topic: The things to compare, as they stand in the question.
        filters: Which articles may answer.
    """
    together = gather(index, topic, filters)
    compared = sides(topic, _words_of(together))
    if len(compared) < 2:
        listed = list_items(index, question, topic, filters)
        return Answered(replace(listed.answer, mode="comparison"), listed.hits)
    chosen: list[Evidence] = []
    headings: list[str] = []
    missing: list[str] = []
    gathered = [_of_side(index, side, compared, together, filters) for side in compared]
    for side, found in zip(compared, gathered, strict=True):
        near = near_the_best(found.evidence, _NEAR)
        new = [one for one in near if not any(overlap(one, other) for other in chosen)]
        quoted = distinct(index, new, _OF_SIDE, most_of_article=_OF_SIDE)
        chosen += quoted
        headings += [side.name] * len(quoted)
        if not quoted:
            missing.append(side.name)
    gathered.append(together)
    together = Gathered(
        [found for one in gathered for found in one.evidence],
        [hit for one in gathered for hit in one.hits],
    )
    answered = answer_of(question, "comparison", chosen, together, headings)
    if not chosen or not missing:
        return answered
    say = askers_wording(question)
    names = say.listing([f"\u2068{name}\u2069" for name in missing])
    statement = say("comparison.missing", names=names)
    return Answered(replace(answered.answer, statement=statement), answered.hits)


def compare_outlets(
    index: Index, question: str, topic: str, filters: Filters | None = None
) -> Answered | None:
    """As `compare`, where every thing to compare is an outlet; None where one is not.

    Args:
        index: The articles.
        question: As asked.
        topic: The outlets and what they are asked about, as they stand in the question.
        filters: Which articles may answer.
    """
    compared = sides(topic, Counter())
    if len(compared) < 2 or not all(_outlet(index, side.name, filters) for side in compared):
        return None
    return compare(index, question, topic, filters)


def _words_of(gathered: Gathered) -> Counter[str]:
    """How often the articles that were found have each word."""
    texts = {hit.article.id: hit.article.text for hit in gathered.hits}
    return Counter(form for text in texts.values() for form in forms(text))


def _of_side(
    index: Index,
    side: Side,
    compared: Sequence[Side],
    together: Gathered,
    filters: Filters | None,
) -> Gathered:
    """The sentences that tell of one side, or stand in the articles of the outlet that it is.

    Where the articles that tell of all sides tell of this one, these are what is meant.
    """
    outlet = _outlet(index, side.name, filters)
    about = side.topic.removeprefix(side.name).strip()
    if outlet and about:
        narrowed = replace(filters or Filters(), sources=frozenset({outlet}))
        return gather(index, about, narrowed)
    kept = _naming(index, side, compared, together.evidence)
    if kept:
        return Gathered(kept, together.hits)
    alone = gather(index, side.topic, filters)
    return Gathered(_naming(index, side, compared, alone.evidence), alone.hits)


def _naming(
    index: Index, side: Side, compared: Sequence[Side], evidence: Sequence[Evidence]
) -> list[Evidence]:
    """The sentences that name one side, and no other better."""
    shares = {other.name: _named_by(index, other, compared, evidence) for other in compared}
    return [
        found
        for n, found in enumerate(evidence)
        if shares[side.name][n] >= _NAMED
        and shares[side.name][n] == max(share[n] for share in shares.values())
    ]


def _named_by(
    index: Index, side: Side, compared: Sequence[Side], evidence: Sequence[Evidence]
) -> list[float]:
    """For each sentence, the share of the words of a side that it alone has, in [0, 1]."""
    asked = read_question(side.name)
    theirs = {
        one for other in compared if other is not side for one in read_question(other.name).stems
    }
    alone = set(asked.stems) - theirs or set(asked.stems)
    shares = []
    for found in evidence:
        terms = read_wanted(asked, found.language, index.rarity, index.translate)
        said = coverage(terms, read_text(found.text, found.language))
        weighed = [
            (weight, share)
            for weight, share, one in zip(terms.weights, said, asked.stems, strict=True)
            if one in alone
        ]
        total = sum(weight for weight, _ in weighed) or 1.0
        shares.append(sum(weight * share for weight, share in weighed) / total)
    return shares


def _outlet(index: Index, name: str, filters: Filters | None) -> str | None:
    asked = _name_key(name)
    sources = {article.source for article in index.articles(filters) if article.source}
    return next(
        (source for source in sorted(sources) if asked and _name_key(source) == asked), None
    )


def _name_key(name: str) -> frozenset[str]:
    return frozenset(form for form in forms(name) if not is_function_word(form))


def sides(topic: str, written: Mapping[str, int]) -> list[Side]:
    """Parts the things to compare ("A and B", «A وB») and what is asked about all of them.

    Args:
        topic: As it stands in the question.
        written: How often the articles have a word, which tells an Arabic word that begins with a
            waw («واشنطن») from a waw before a word («وطهران»).

    Returns:
        Two or more things; none where the topic does not name several.
    """
    found = words(topic)
    while found and found[0].form in _data().asking and len(found) > 1:
        found = found[1:]
    parts = _parted(topic, found, written)
    if len(parts) < 2:
        return []
    tail = _shared_tail(parts)
    shared = _written(topic, tail)
    named = [*parts[:-1], parts[-1][: len(parts[-1]) - len(tail)]]
    names = [_written(topic, part) for part in named]
    return [Side(name, f"{name} {shared}".strip()) for name in names]


@dataclass(frozen=True, slots=True)
class _Joining:
    strong: frozenset[str]
    weak: frozenset[str]
    joining: frozenset[str]
    filler: frozenset[str]
    differing: frozenset[str]
    asking: frozenset[str]
    opening: frozenset[str]
    about: frozenset[str]
    within: frozenset[str]


@lru_cache(maxsize=1)
def _data() -> _Joining:
    listed = read_patterns()["pair"]
    return _Joining(**{name: word_forms(text) for name, text in listed.items()})


def _parted(topic: str, found: Sequence[Word], written: Mapping[str, int]) -> list[list[Word]]:
    """The words of each thing, without those between them."""
    forms = [word.form for word in found]
    inner = range(1, len(found) - 1)
    strong = next((n for n in inner if forms[n] in _data().strong), None)
    joined = [n for n in inner if forms[n] in _data().joining]
    weak = [n for n in inner if forms[n] in _data().weak]
    if strong is not None:
        after = strong + 1
        while after < len(found) - 1 and forms[after] in _data().filler | _data().asking:
            after += 1
        return [list(found[:strong]), list(found[after:])]
    if len(joined) == 1 or (joined and not weak):
        return _enumerated(topic, found, joined)
    at = next((at for letter in _JOINED if (at := _clitic(found, letter, written))), None)
    if at is not None and is_arabic(topic):
        rest = Word(found[at].start + 1, found[at].end, found[at].form[1:])
        second = [rest, *found[at + 1 :]]
        while len(second) > 1 and second[0].form in _data().asking:
            second = second[1:]
        return [list(found[:at]), second]
    if weak:
        first = list(found[: weak[0]])
        while len(first) > 1 and first[-1].form in _data().differing:
            first.pop()  # "A is different from B"
        return [first, list(found[weak[0] + 1 :])]
    return _enumerated(topic, found, joined) if joined else []


def _enumerated(topic: str, found: Sequence[Word], joined: Sequence[int]) -> list[list[Word]]:
    """Parts "A, B and C" at the commas where a conjunction parts the last."""
    at = _parallel(found, joined)
    parts: list[list[Word]] = [[]]
    for n, word in enumerate(found[:at]):
        if n and any(mark in topic[found[n - 1].end : word.start] for mark in ",،、"):
            parts.append([])
        parts[-1].append(word)
    return [part for part in [*parts, list(found[at + 1 :])] if part]


def _parallel(found: Sequence[Word], joined: Sequence[int]) -> int:
    """The conjunction behind which the first word of the first thing comes again; else the last."""
    return next((n for n in joined if found[n + 1].form == found[0].form), joined[-1])


def _clitic(found: Sequence[Word], letter: str, written: Mapping[str, int]) -> int | None:
    """The word that begins with a letter that joins, and behind it with the second thing."""
    first = found[0].form
    able = [n for n in range(1, len(found)) if found[n].form.startswith(letter)]

    def surely(n: int) -> int:
        rest = found[n].form[1:]
        if rest == first or (rest.startswith("ال") and first.startswith("ال")):
            return 3
        if letter != _JOINED[0]:
            return -1  # «في بغداد» joins nothing
        if rest.startswith("ال") or rest in _data().opening:
            return 2
        known, whole = written.get(rest, 0), written.get(found[n].form, 0)
        if known > whole:
            return 1
        return 0 if len(rest) > 1 and not whole else -1

    able = [n for n in able if surely(n) >= 0]
    return max(able, key=lambda n: (surely(n), n), default=None)


def _shared_tail(parts: Sequence[Sequence[Word]]) -> list[Word]:
    """The end of the last thing that holds for all: "… said about their meeting"."""
    opening = _data().about | _data().within
    first, last = parts[0], parts[-1]
    if any(_first(part, opening) for part in parts[:-1]):
        return []
    at = _first(last, opening)
    if not _first(first, SAYING) and (said := _first(last, SAYING)):
        at = min(at or said, said)
    if at is None and last[0].form == first[0].form:  # «وصف A ووصف B لـ…»
        joined = [n for n in range(2, len(last)) if last[n].form.startswith(_FOR)]
        at = joined[-1] if joined else None
    return list(last[at:]) if at else []


def _first(part: Sequence[Word], forms_of: frozenset[str]) -> int | None:
    """The place of the first of some words, not at the beginning."""
    return next((n for n, word in enumerate(part) if n and word.form in forms_of), None)


def _written(topic: str, part: Sequence[Word]) -> str:
    if not part:
        return ""
    start, end = part[0].start, part[-1].end
    if topic[start - 1 : start] in ("«", '"', "“") and start:
        start -= 1
    if topic[end : end + 1] in ("»", '"', "”"):
        end += 1
    return topic[start:end]
