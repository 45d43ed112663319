"""What several sources answer: figures, days and names that agree, and figures that differ.

Said only of sure readings, of one event as far as names, places and days tell, from reports that
do not copy each other. Whatever is not comparable is left unsaid.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Figure
from assistant.claims.numbers import quantities
from assistant.claims.statements import relation
from assistant.facts import Fact, facts, known_names
from assistant.reading import Span
from assistant.support import agree, same
from corpus.arabic import is_arabic
from corpus.article import Article
from corpus.words import word_forms, words
from vectorstore.matching import Translate
from vectorstore.questions import Question

_ONE_EVENT = 90  # days between reports that may be of one event
_MOST = 4  # figures at the most
_IN = word_forms("في in at à dans")


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence that answers.

    Attributes:
        place: Its place among the sentences that were ranked.
        article: Where it stands.
        text: Its words.
        language: Their language.
        span: The words in it that answer.
    """

    place: int
    article: Article
    text: str
    language: str
    span: Span


def corroborated(
    question: Question,
    found: Sequence[Report],
    copies_of: Mapping[str, str],
    translate: Translate | None = None,
) -> list[list[Report]]:
    """Groups reports by what they answer: those that agree stand together, the first one first.

    Args:
        question: What is asked.
        found: Sentences with a sure answer, best first; all are held against the first.
        copies_of: By article, the report that it is a copy of. Copies do not bear each other out,
            but an edited copy may differ.
        translate: Stems of one language for those of another, for names.

    Returns:
        No group where one source stands alone.
    """
    groups: list[list[Report]] = []
    outlets: set[str] = set()
    for one in found:
        outlet = one.article.source
        if outlet is None or outlet in outlets or not _comparable(one):
            continue  # whose figure it is could not be said
        if groups and not _one_event(question, groups[0][0], one):
            continue
        with_it = next(
            (own for own in groups if same(own[0].span.fact, one.span.fact, translate)), None
        )
        if with_it is not None:
            report = copies_of.get(one.article.id, one.article.id)
            if all(
                copies_of.get(o.article.id, o.article.id) != report
                and relation(o.text, one.text) == "other"
                for o in with_it
            ):
                with_it.append(one)
                outlets.add(outlet)
        elif not groups or (
            len(groups) < _MOST and all(_differ(own[0].span.fact, one.span.fact) for own in groups)
        ):
            groups.append([one])
            outlets.add(outlet)
    return groups if sum(map(len, groups)) > 1 else []


def figures(
    groups: Sequence[Sequence[Report]], numbers: Mapping[int, int], label: str
) -> tuple[Figure, ...]:
    """What the sources tell, with the sources' numbers; the newest marked where days differ.

    Args:
        groups: As `corroborated` gives them.
        numbers: By a report's place, its source's number.
        label: What is counted or measured, in the question's words.
    """
    days = [[one.article.date for one in group if one.article.date] for group in groups]
    newest = [max(some, default=None) for some in days]
    latest = max((day for day in newest if day), default=None)
    alone = newest.count(latest) == 1 and None not in newest
    return tuple(
        Figure(
            text=group[0].text[group[0].span.start : group[0].span.end],
            sources=tuple(dict.fromkeys(numbers[one.place] for one in group)),
            newest=len(groups) > 1 and alone and day == latest,
            label=label,
            bound=_bound_apart(group[0]),
        )
        for group, day in zip(groups, newest, strict=True)
    )


def _bound_apart(one: Report) -> str:
    amount = one.span.fact.quantity
    if amount is None or not amount.bound:
        return ""
    written = quantities(one.text[one.span.start : one.span.end], one.language)
    return "" if any(part.bound for part in written) else amount.bound


def _comparable(one: Report) -> bool:
    fact = one.span.fact
    if fact.kind == "quotation":
        return False
    half_named = fact.kind == "name" and " " not in fact.value
    weekday = fact.value.startswith("day-")  # of which week, it does not say
    return not half_named and not weekday


def _differ(one: Fact, other: Fact) -> bool:
    """Tells whether two facts contradict each other: amounts of one unit, or whole days."""
    a, b = one.quantity, other.quantity
    if a and b:
        return (
            a.unit == b.unit
            and a.per == b.per
            and not (a.value == b.value and "~" in (a.bound, b.bound))
        )
    if one.kind == other.kind == "date":
        return one.value.count("-") == other.value.count("-")
    return False


def _one_event(question: Question, one: Report, other: Report) -> bool:
    """Tells whether two reports may be of one event, as far as days and places tell."""
    a, b = one.article.date, other.article.date
    if a is not None and b is not None and abs((a - b).days) > _ONE_EVENT:
        return False
    mine, theirs = _days(one), _days(other)
    if mine and theirs and not any(agree(x, y) or agree(y, x) for x in mine for y in theirs):
        return False
    here, there = _places(question, one), _places(question, other)
    if is_arabic(one.text) != is_arabic(other.text):
        return True
    return not here or not there or bool(here & there)


def _days(one: Report) -> list[str]:
    """The dates that a sentence states beside what it answers."""
    return [
        fact.value
        for fact in facts(one.text, one.language)
        if fact.kind == "date"
        and not fact.value.startswith("day-")
        and (fact.end <= one.span.start or one.span.end <= fact.start)
    ]


def _places(question: Question, one: Report) -> set[str]:
    """The known names behind "in" that the question does not give."""
    forms = [word.form for word in words(one.text)]
    return {
        form
        for before, form in itertools.pairwise(forms)
        if before in _IN and form in known_names() and form not in question.forms
    }
