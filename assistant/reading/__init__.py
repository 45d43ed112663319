"""Which words of a sentence answer a question: the one place where that is decided.

Marks, figures and what sources agree on all ask here. A reading is made only where the sentence
ties the words to what is asked: a name beside the asked role or the asked verb, a number beside
what is counted, a day or a place in the clause of the asked event, the words of the asked
speaker. Anywhere else nothing is read: no answer costs less than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.reading.amounts import counted, read_count
from assistant.reading.days import read_when
from assistant.reading.people import read_who
from assistant.reading.places import read_where
from assistant.reading.quotations import read_said
from assistant.reading.sentence import Sentence, Span
from vectorstore.matching import Wanted
from vectorstore.questions import Kind, Question

__all__ = ["SURE", "Span", "answering_span", "counted"]

SURE = 0.9
"""The certainty from which a reading may be shown."""


def answering_span(
    question: Question, wanted: Wanted, text: str, language: str, around: str = ""
) -> Span | None:
    """Finds the words of a sentence that answer a question; None where that is not sure.

    Args:
        question: What is asked.
        wanted: The question's words in the sentence's language.
        text: The sentence.
        language: ISO 639-1 code of its language.
        around: What stands around it (headline, the sentence before, the day), which may say what
            it is about.
    """
    read = _READERS.get(question.kind)
    sentence = Sentence(question, wanted, text, language, around)
    if read is None or not sentence.words or text.rstrip()[-1:] in ("?", "؟"):
        return None
    if len(sentence.asked) < 2:
        return None  # "when was he born": of whom, it does not say
    span = read(sentence)
    return span if span and span.start < span.end and span.certainty >= SURE else None


_READERS: Mapping[Kind, Callable[[Sentence], Span | None]] = {
    "count": read_count,
    "when": read_when,
    "where": read_where,
    "who": read_who,
    "said": read_said,
}
