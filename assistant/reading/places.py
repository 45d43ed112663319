"""Where: the only place in the clause of what is asked."""

from __future__ import annotations

from assistant.facts import Fact, known_names
from assistant.reading.sentence import Sentence, Span
from assistant.reading.vocabulary import IN, LOCATED, PLACE_NOUNS
from corpus.arabic import is_arabic
from vectorstore.questions import is_function_word


def read_where(sentence: Sentence) -> Span | None:
    """Finds the only place in a clause that has all that is asked."""
    located = [
        place for place in range(len(sentence.asked)) if sentence.asked[place] not in LOCATED
    ]
    if not sentence.tells_of_it(located):
        return None
    found: list[tuple[int, int]] = []
    for n, form in enumerate(sentence.forms[:-1]):
        if form not in IN:
            continue
        here = sentence.covered_in(sentence.clauses[n])
        if not set(located) <= here or sentence.clauses[n] in sentence.denied:
            continue
        if span := _place_at(sentence, n + 1):
            found.append(span)
    if len(found) != 1:
        return None
    start, end = found[0]
    return Span(start, end, 0.9, Fact("name", start, end, sentence.text[start:end].casefold()))


def _place_at(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The name of a place that begins at a word."""
    form = sentence.forms[at]
    if is_arabic(form):
        end = at + (form in PLACE_NOUNS)
        while (
            end < len(sentence.words)
            and end - at < 3
            and (end == at + (form in PLACE_NOUNS) or sentence.forms[end].startswith("ال"))
            and (sentence.forms[end] in known_names() or form in PLACE_NOUNS)
            and not sentence.matched[end]
            and not is_function_word(sentence.forms[end])
        ):
            end += 1
        if end == at + (form in PLACE_NOUNS):
            return None
        return sentence.words[at].start, sentence.words[end - 1].end
    for fact in sentence.facts:
        if fact.kind == "name" and sentence.at(fact.start) == at:
            inside = range(at, sentence.at(fact.end - 1) + 1)
            if not any(sentence.matched[n] for n in inside):
                return fact.start, fact.end
    return None
