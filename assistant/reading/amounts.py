"""How many and how much: a number beside what is counted, an amount of what is measured."""

from __future__ import annotations

import re

from assistant.claims.numbers import unit_of
from assistant.facts import Fact
from assistant.reading.sentence import Sentence, Span, span_of
from assistant.reading.vocabulary import (
    ASIDE,
    ASKS_AMOUNT,
    CURRENCIES,
    MEASURES,
    NUMBER_OF,
    PARTITIVES,
    PREPOSITIONS,
    REACHING,
    SOME_OF,
    UNITS_OF,
)
from corpus.arabic import is_arabic
from corpus.words import words
from vectorstore.questions import Question


def counted(question: Question) -> str:
    """What a question counts or measures, in its own words; empty where it asks for no amount."""
    if question.kind != "count":
        return ""
    found = words(question.text)
    carrying = {word.start for word in question.words}
    for place, word in enumerate(found):
        if word.start not in carrying or word.form in ASIDE or word.form in NUMBER_OF:
            continue
        first = word
        if place and found[place - 1].form in NUMBER_OF and is_arabic(word.form):
            first = found[place - 1]
        return _ELIDED.sub("", question.text[first.start : word.end])
    return ""


_ELIDED = re.compile(r"^(?:d|l)['’]", re.IGNORECASE)


def read_count(sentence: Sentence) -> Span | None:
    """Finds the only number of what is counted, or the only amount of what is measured."""
    amounts = [
        fact
        for fact in sentence.facts
        if fact.quantity and fact.quantity.bound != "range" and _is_new_number(sentence, fact)
    ]
    measure = _measure(sentence)
    if measure is not None:
        kind, places = measure
        return _measured(sentence, [f for f in amounts if _fits(f, kind)], places)
    noun = _counted(sentence)
    if noun is None:
        return None
    if not sentence.tells_of_it(missing=sentence.few_of_a_count):
        return None
    found = [
        fact
        for fact in amounts
        if not _is_part(sentence, fact)
        and (_counts(sentence, fact, noun) or _is_number_of(sentence, fact, noun))
    ]
    if len(found) == 1:
        return span_of(found[0], 0.95)
    return None if found else _dual(sentence, noun)


def _is_new_number(sentence: Sentence, fact: Fact) -> bool:
    written = {word.form for word in words(sentence.text[fact.start : fact.end])}
    return not written & {form for form in sentence.question.forms if form[:1].isdigit()}


def _measure(sentence: Sentence) -> tuple[str, list[int]] | None:
    """What is measured, where the question asks for an amount of something and not for a count."""
    places = sentence.after_asking
    asked = sentence.asked
    for place in places[:3]:
        form = asked[place]
        bare = form.removeprefix("ال")
        if (unit := unit_of(form)) is not None:
            return f"unit {unit}", [p for p in places if p != place]
        if form in NUMBER_OF:
            return None
        if form in MEASURES or bare in MEASURES:
            return MEASURES.get(form) or MEASURES[bare], places
        if form not in ASKS_AMOUNT:
            break
    how = [word.form for word in words(sentence.question.text)]
    for word in ("much", "long", "old", "tall", "high", "far", "wide", "deep"):
        if word in how:
            kind = "money" if word == "much" else MEASURES[word]
            return kind, places
    for form in sentence.question.forms:
        if form in MEASURES and sentence.question.language != "ar" and "many" not in how:
            return MEASURES[form], places
    return None


def _fits(fact: Fact, measure: str) -> bool:
    unit = fact.quantity.unit if fact.quantity else None
    if unit is None:
        return False
    if measure.startswith("unit "):
        return unit == measure.removeprefix("unit ") or (
            measure == "unit dinar" and unit.endswith("D")
        )
    if measure == "money":
        return is_currency(unit)
    return unit in UNITS_OF[measure]


def is_currency(unit: str) -> bool:
    """Tells whether a unit is money."""
    return unit in CURRENCIES or (len(unit) == 3 and unit.isupper())


def _measured(sentence: Sentence, amounts: list[Fact], places: list[int]) -> Span | None:
    """The amount of the asked measure: the only one, or the only one in the asked clause."""
    needed = [place for place in places if sentence.asked[place] not in ASKS_AMOUNT]
    # "How much aid" names what is measured; "how many dollars" leaves it to all other words.
    named = any(sentence.asked[place] in MEASURES for place in needed)
    if not sentence.tells_of_it(needed, missing=sentence.few if named else 0):
        return None
    if len({str(fact.quantity) for fact in amounts}) > 1:
        per_clause: dict[int, list[Fact]] = {}
        for fact in amounts:
            per_clause.setdefault(sentence.clause_of(fact), []).append(fact)
        best = max(per_clause, key=lambda clause: len(sentence.covered_in(clause)))
        amounts = per_clause[best]
        if len(amounts) > 1 or 2 * len(sentence.covered_in(best)) < len(sentence.covered):
            return None
    if not amounts or not sentence.covered:
        return None
    amount = amounts[0].quantity
    bound = amount is not None and bool(amount.bound)  # «لم تبلغ 40» denies nothing else
    if sentence.clause_of(amounts[0]) in sentence.denied and not bound:
        return None
    # What is asked about must stand in the amount's own clause or the one beside it.
    near = sentence.covered_in(sentence.clause_of(amounts[0]))
    return span_of(amounts[0], 0.95) if near & set(needed[:2] or places) else None


def _counted(sentence: Sentence) -> int | None:
    """The place of the noun that is counted."""
    for place in sentence.after_asking:
        form = sentence.asked[place]
        if form not in ASKS_AMOUNT and form not in NUMBER_OF:
            return place
    return None


def _counts(sentence: Sentence, fact: Fact, noun: int) -> bool:
    """Tells whether a number stands right before what is counted ("47 attacks")."""
    if fact.quantity is None or fact.quantity.unit is not None:
        return False
    if any(
        noun in sentence.matched[place]
        for place in range(sentence.at(fact.start), sentence.at(fact.end - 1) + 1)
    ):
        return True  # "40 attacks at least"
    at = sentence.at(fact.end)
    reach = 1 if is_arabic(sentence.text) else 3
    for place in range(at, min(len(sentence.words), at + reach + 2)):
        if re.search(r"[،,؛;:.!?()\n]", sentence.text[fact.end : sentence.words[place].start]):
            return False
        if noun in sentence.matched[place] and not _is_whole(sentence, fact):
            return place < at + reach or any(
                form in PARTITIVES for form in sentence.forms[at:place]
            )
        form = sentence.forms[place]
        if form[:1].isdigit() and any(f in PARTITIVES for f in sentence.forms[at:place]):
            continue
        if form in PREPOSITIONS and form not in PARTITIVES:
            return False
    return False


def _is_whole(sentence: Sentence, fact: Fact) -> bool:
    """Tells whether a number is what a part is of: "23 of the 150 seats"."""
    at = sentence.at(fact.start)
    before = sentence.forms[max(0, at - 3) : at]
    return any(form.isdigit() for form in before) and not PARTITIVES.isdisjoint(before)


def _is_part(sentence: Sentence, fact: Fact) -> bool:
    """Tells whether a number counts only some of them ("three more", "the first three")."""
    at = sentence.at(fact.start)
    beside = sentence.forms[max(0, at - 1) : at] + sentence.forms[sentence.at(fact.end) :][:2]
    return not SOME_OF.isdisjoint(beside)


def _is_number_of(sentence: Sentence, fact: Fact, noun: int) -> bool:
    """Tells whether a number is said of what is counted: «بلغ عدد الضحايا 12»."""
    at = sentence.at(fact.start)
    before = range(max(0, at - 14), at)
    if not any(sentence.forms[n] in NUMBER_OF for n in before):
        return False
    if fact.quantity is None or fact.quantity.unit is not None:
        return False
    of = [n for n in before if sentence.forms[n] in NUMBER_OF][-1]
    nouns = [n for n in range(of + 1, min(of + 4, at)) if noun in sentence.matched[n]]
    if not nouns or any(
        other.start < fact.start and other.start > sentence.words[of].start
        for other in sentence.facts
        if other.kind == "number"
    ):
        return False
    reaching = any(
        form in REACHING or form.removeprefix("و") in REACHING
        for form in (*sentence.forms[max(0, of - 1) : of], *sentence.forms[max(of, at - 3) : at])
    )
    return reaching or bool(fact.quantity.bound)


def _dual(sentence: Sentence, noun: int) -> Span | None:
    """«لقاءين» for «كم لقاء»: Arabic counts two by the noun's ending."""
    asked = sentence.asked[noun].removesuffix("ا")
    for word in sentence.words:
        if is_arabic(word.form) and word.form[-2:] in ("ين", "ان") and word.form[:-2] == asked:
            fact = Fact("number", word.start, word.end, "2")
            return Span(word.start, word.end, 0.9, fact)
    return None
