"""Who says what: the speaker that a question asks about, and whether a sentence gives his words."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from assistant.facts import facts
from corpus.arabic import is_arabic
from corpus.words import Word, stem, word_forms, words
from vectorstore.matching import Wanted, coverage, read_text
from vectorstore.questions import SAID, SAYING, Question, is_function_word

if TYPE_CHECKING:  # it reads sentences with this module
    from assistant.ranking import Candidate

_BESIDE = 6  # words between a verb of saying and who says it
_SPEAKER = 4  # words of a question that name who speaks
_SAME_WORD = 0.5  # coverage from which a speaker's word is there
_PRONOUNS = word_forms("he she they it il elle ils elles on er sie")
_PASSIVE = word_forms("be been is are was were being été")  # "he has been told": he says nothing
_THAT = word_forms("أن إن أنه إنه أنها إنها أنهم إنهم بأن بأنه بأنها that que dass")
_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
_LEANING = word_forms(
    "اضاف اضافت اوضح اوضحت تابع تابعت اكد اكدت اشار اشارت ذكر ذكرت بين بينت لفت لفتت شدد شددت "
    "قال قالت ختم استطرد استدرك زاد نوه اردف"
)
_LEANING_LATIN = ("he ", "she ", "they ", "it ", "il ", "elle ", "ils ", "elles ")
# "…, he said", « …, a-t-il dit »: the speaker is named before, wherever it stands.
_HE_SAID = re.compile(
    r"\b(?:he|she|they|it) (?:said|added|told|says|stressed|warned)\b|-t-(?:il|elle)\b",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Tells whether a sentence leaves its speaker to the one before («وأضاف…», "He added…")."""
    found = words(sentence)
    if not found:
        return False
    first = found[0].form
    verb = first[1:] if first.startswith("و") else first
    if verb in _LEANING:
        # «وأضاف بلينكن أن…» names its speaker; «وأضاف أن…» and «وأضاف: …» do not.
        rest = sentence[found[0].end :].lstrip()
        return rest[:1] in (":", "«", "،", '"') or (
            len(found) > 1 and found[1].form in ("ان", "انه", "انها", "انهم", "قايلا", "في", "بان")
        )
    start = sentence.lstrip("«\"“”' ").casefold()
    return start.startswith(_LEANING_LATIN) and any(word.form in SAYING for word in found[1:4])


def asked_speaker(question: Question) -> frozenset[str]:
    """Stems of the words with which a question names whose words it wants; none where it does not.

    A question that was made self-contained names him in the brackets at its end.
    """
    if question.kind != "said":
        return frozenset()
    asked = words(question.text)
    at = next((n for n, word in enumerate(asked) if word.form in SAYING | SAID), None)
    if at is None:
        return frozenset()
    after = _named(asked[at + 1 :], question)
    before = _named(asked[:at][::-1], question)
    brackets = _BRACKETS.search(question.text)
    behind = [word for word in asked if brackets and word.start >= brackets.start()]
    # In Arabic the speaker follows his verb, and everywhere a noun; else he stands before a verb,
    # or behind it where no pronoun does.
    if is_arabic(asked[at].form) or asked[at].form in SAID:
        order: tuple[list[Word], ...] = (after,)
    elif at and asked[at - 1].form in _PRONOUNS:
        order = ()
    else:
        order = (before, _named(behind, question), after)
    named = next((some for some in order if some), _named(behind, question))
    return frozenset(stem(word.form, question.language) for word in named[:_SPEAKER])


def _named(beside: list[Word], question: Question) -> list[Word]:
    """The first run of words that carry something; a verb's own particles may stand before it."""
    carrying = set(question.words)
    named: list[Word] = []
    for word in beside:
        if word in carrying:
            named.append(word)
        elif named or (is_arabic(word.form) and is_function_word(word.form)):
            break
    return named


def says(
    question: Question, speaker: Collection[str], wanted: Wanted, candidate: Candidate
) -> bool:
    """Tells whether a sentence gives the words of a speaker, named in it or in the one before.

    Args:
        question: What is asked.
        speaker: As `asked_speaker` gives it.
        wanted: The question's words in the sentence's language.
        candidate: The sentence.
    """
    if _spoken_by(question, speaker, wanted, candidate.text, candidate.language):
        return True
    unnamed = leans(candidate.text) or _HE_SAID.search(candidate.text)
    return bool(unnamed) and _spoken_by(
        question, speaker, wanted, candidate.before, candidate.language
    )


def reports_speech(text: str) -> bool:
    """Tells whether a sentence gives the words of somebody."""
    return any(_is_saying(word.form) for word in words(text)) or any(
        fact.kind == "quotation" for fact in facts(text)
    )


def _spoken_by(
    question: Question, speaker: Collection[str], wanted: Wanted, text: str, language: str
) -> bool:
    found = [word.form for word in words(text)]
    verbs = [n for n, form in enumerate(found) if _is_saying(form)]
    near = {form for verb in verbs for form in _subject(found, verb)}
    if not verbs and any(fact.kind == "quotation" for fact in facts(text)):
        near = set(found)
    covered = coverage(wanted, read_text(" ".join(sorted(near)), language))
    return any(
        share >= _SAME_WORD
        for one, share in zip(question.stems, covered, strict=True)
        if one in speaker
    )


def _subject(found: list[str], verb: int) -> list[str]:
    """The words beside a verb of saying that may name who says it, not what is said."""
    before = found[max(0, verb - _BESIDE) : verb]
    if before and before[-1] in _PRONOUNS | _PASSIVE:
        return []
    after = found[verb + 1 : verb + 1 + _BESIDE]
    if after and after[0] in _PRONOUNS and after[0] != "it":  # "called it a success"
        return []
    said = next((n for n, form in enumerate(after) if form in _THAT), len(after))
    return before + after[:said]


def _is_saying(form: str) -> bool:
    return form in SAYING or (form.startswith("و") and form[1:] in SAYING)
