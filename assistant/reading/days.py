"""When: the day in the clause of the asked event."""

from __future__ import annotations

from assistant.facts import Fact
from assistant.reading.sentence import Sentence, Span
from assistant.reading.vocabulary import DAYPARTS
from corpus.arabic import is_arabic
from corpus.words import words
from vectorstore.questions import is_function_word


def read_when(sentence: Sentence) -> Span | None:
    """Finds the day in the clause that tells of all that is asked, the one nearest to it."""
    dates = [
        fact for fact in sentence.facts if fact.kind == "date" and _is_new_date(sentence, fact)
    ]
    digits = {place for place, form in enumerate(sentence.asked) if form[:1].isdigit()}
    told = digits <= sentence.covered and sentence.tells_of_it()
    if not dates or not told:
        return None
    event = [place for place in range(len(sentence.asked)) if place not in sentence.names]
    verb = sentence.after_asking[0] if is_arabic(sentence.question.text) else None
    found: list[tuple[int, Fact]] = []
    for fact in dates:
        clause = sentence.clause_of(fact)
        here = sentence.covered_in(clause)
        if clause in sentence.denied or not here:
            continue
        if verb is not None and verb not in here and verb not in sentence.names:
            continue
        if event and 3 * len(here & set(event)) < 2 * len(event):
            continue
        if not event and not here:
            continue
        away = min(
            abs(sentence.at(fact.start) - place)
            for place, (matches, number) in enumerate(
                zip(sentence.matched, sentence.clauses, strict=True)
            )
            if number == clause and (matches & (set(event) or here))
        )
        found.append((away, fact))
    found.sort(key=lambda one: one[0])
    if not found or (len(found) > 1 and not _one_date(sentence, found[0][1], found[1][1])):
        return None
    start, end = _with_daypart(sentence, found[0][1])
    return Span(start, end, 0.95, found[0][1])


def _is_new_date(sentence: Sentence, fact: Fact) -> bool:
    written = {word.form for word in words(sentence.text[fact.start : fact.end])}
    telling = {form for form in written if form not in DAYPARTS and not is_function_word(form)}
    return not telling <= sentence.question.forms


def _one_date(sentence: Sentence, one: Fact, other: Fact) -> bool:
    """Tells whether two dates are one: «الجمعة، الثاني من نيسان»."""
    first, last = sorted((one, other), key=lambda fact: fact.start)
    return not sentence.text[first.end : last.start].strip(" ،,")


def _with_daypart(sentence: Sentence, fact: Fact) -> tuple[int, int]:
    """A date with the words for its part ("late 2011", «فجر الثلاثاء»)."""
    at = sentence.at(fact.start)
    start = fact.start
    while (
        at > 0
        and sentence.forms[at - 1] in DAYPARTS
        and not is_function_word(sentence.forms[at - 1])
        and not sentence.between(at - 1, at).strip()
    ):
        at -= 1
        start = sentence.words[at].start
    return start, fact.end
