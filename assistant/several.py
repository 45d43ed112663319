"""Answers of several sentences from all articles that tell of a topic: lists and summaries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.evidence import (
    Answered,
    Evidence,
    answer_of,
    bearing,
    distinct,
    gather,
    near_the_best,
)
from assistant.facts import facts
from assistant.forms import read_patterns
from assistant.ranking import new_to
from corpus.words import forms, word_forms, words
from vectorstore.query import Filters
from vectorstore.questions import is_function_word, read_question

if TYPE_CHECKING:
    from vectorstore.index import Index

_LISTED = 12
_SUMMARISED = 6
_OF_ARTICLE = 3  # sentences of one article in a list
_LISTED_SHARE = 0.4  # of the topic's words that the best sentence has
_SUMMARISED_SHARE = 0.4  # the same in a summary, of articles about something else
_ABOUT = 0.4  # share of the topic's words with which an article begins that is about it
_NAMING = 4.0  # what it weighs, in a summary, that a sentence has all of the topic's words
_NEAR = 0.45  # share of the best sentence's score that another must have
_NUMBERS = word_forms(
    "numbers figures counts أرقام الأرقام أعداد الأعداد chiffres nombres Zahlen Zahl cifras números"
)
_UNDATED = dt.date.max


def list_items(index: Index, question: str, topic: str, filters: Filters | None = None) -> Answered:
    """Quotes every article that tells of a topic, what says the same once, best first.

    Args:
        index: The articles.
        question: As asked.
        topic: What is to be listed.
        filters: Which articles may answer.
    """
    gathered = gather(index, _without_generic(topic), filters)
    able = bearing(near_the_best(gathered.evidence, _NEAR), _LISTED_SHARE)
    if not _NUMBERS.isdisjoint(forms(topic)):
        able = [found for found in able if _states_number(topic, found)]
    chosen = distinct(index, able, _LISTED, most_of_article=_OF_ARTICLE)
    return answer_of(question, "list", chosen, gathered)


def summarise(index: Index, question: str, topic: str, filters: Filters | None = None) -> Answered:
    """Quotes what different articles, and different parts of them, tell of a topic.

    Args:
        index: The articles.
        question: As asked.
        topic: What is to be summarised.
        filters: Which articles may answer.
    """
    gathered = gather(index, topic, filters)
    naming = bearing(gathered.evidence, _SUMMARISED_SHARE)
    able = [
        found
        for found in near_the_best(gathered.evidence, _NEAR)
        if found in naming or found.about >= _ABOUT
    ]
    able.sort(key=lambda found: -(found.score + _NAMING * found.covered))
    order = _in_turn(able)
    chosen = distinct(index, order, _SUMMARISED, most_of_article=_SUMMARISED)
    chosen.sort(key=lambda found: (found.hit.article.date or _UNDATED, found.hit.article.id,
                                   found.start))  # fmt: skip
    return answer_of(question, "summary", chosen, gathered)


def _in_turn(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each article, then the second of each, and so on."""
    counted: dict[str, int] = {}
    ranked = []
    for place, found in enumerate(evidence):
        turn = counted[found.hit.article.id] = counted.get(found.hit.article.id, 0) + 1
        ranked.append((turn, place, found))
    return [found for _, _, found in sorted(ranked, key=lambda entry: entry[:2])]


def _states_number(topic: str, found: Evidence) -> bool:
    asked = read_question(topic)
    return any(fact.kind == "number" and new_to(asked, fact) for fact in facts(found.text))


def _without_generic(topic: str) -> str:
    """A topic without the words that say only that names or numbers are wanted."""
    generic = word_forms(read_patterns()["listed"]["generic"])
    kept = [topic[word.start : word.end] for word in words(topic) if word.form not in generic]
    return (
        " ".join(kept)
        if any(not is_function_word(form) for form in forms(" ".join(kept)))
        else topic
    )
