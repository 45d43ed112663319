"""What somebody said: the words in quotation marks behind the asked speaker's verb."""

from __future__ import annotations

import re

from assistant.reading.sentence import Sentence, Span, span_of
from assistant.reading.vocabulary import NAMED_THINGS
from assistant.speech import asked_speaker
from corpus.arabic import is_arabic
from corpus.words import stem
from vectorstore.questions import SAYING


def read_said(sentence: Sentence) -> Span | None:
    """Finds the only quotation of a sentence whose verb of saying the asked speaker governs."""
    speaker = asked_speaker(sentence.question)
    quotations = [fact for fact in sentence.facts if fact.kind == "quotation"]
    if not speaker or len(quotations) != 1 or not sentence.tells_of_it(missing=sentence.few):
        return None
    (quotation,) = quotations
    before = [word.form for word in sentence.words if word.start < quotation.start]
    if before and before[-1].removeprefix("ال") in NAMED_THINGS:
        return None
    stems = [stem(form, sentence.question.language) for form in sentence.asked]
    asked = {place for place, one in enumerate(stems) if one in speaker}
    outside = [
        n
        for n, word in enumerate(sentence.words)
        if not quotation.start <= word.start < quotation.end
    ]
    verbs = [n for n in outside if _is_saying(sentence.forms[n])]
    for verb in verbs:
        beside = [n for n in outside if abs(n - verb) <= 5 and n != verb]
        order = (
            [n for n in beside if n > verb]
            if is_arabic(sentence.text)
            else [n for n in reversed(beside) if n < verb]
        )
        named = next((n for n in order if sentence.matched[n] & asked), None)
        if named is None:
            continue
        path = range(min(verb, named) + 1, max(verb, named))
        clean = not any(
            re.search(
                r"[،,؛;:]", sentence.text[sentence.words[n].end : sentence.words[n + 1].start]
            )
            for n in range(min(verb, named), max(verb, named))
        ) and not any(_is_saying(sentence.forms[n]) for n in path)
        if (clean and sentence.words[verb].start < quotation.start) or (
            clean and not is_arabic(sentence.text)
        ):
            return span_of(quotation, 0.92)
    return None


def _is_saying(form: str) -> bool:
    return form in SAYING or (form.startswith("و") and form[1:] in SAYING)
