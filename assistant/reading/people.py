"""Who: a name in apposition to the asked role, or that does or suffers what the verb says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.facts import TITLES, Fact, known_names
from assistant.reading.sentence import Sentence, Span
from assistant.reading.vocabulary import (
    AUXILIARIES,
    BE,
    BY,
    DAYPARTS,
    HARM,
    IRREGULAR,
    IS,
    LATIN_TITLES,
    NASAB,
    PASSIVE,
    PREPOSITIONS,
    ROLES,
)
from corpus.arabic import is_arabic
from corpus.words import word_forms, words
from vectorstore.questions import SAYING, is_function_word


def read_who(sentence: Sentence) -> Span | None:
    """Finds the only name that holds the asked role, or does or suffers what is asked."""
    found = {
        (start, end): certainty
        for start, end, certainty in (
            _holders(sentence) if _asks_for_role(sentence) else _doers(sentence)
        )
        if all(
            sentence.is_new(form)
            for form in sentence.forms[sentence.at(start) : sentence.at(end - 1) + 1]
            if form not in TITLES
        )
    }
    spoken = {sentence.text[start:end].casefold() for start, end in found}
    if len(spoken) != 1:
        return None
    (start, end), certainty = next(iter(found.items()))
    value = " ".join(word.form for word in words(sentence.text[start:end]))
    return Span(start, end, certainty, Fact("name", start, end, value))


def _asks_for_role(sentence: Sentence) -> bool:
    """Tells "who is the mayor" from "who opened the fair"."""
    forms = [word.form for word in words(sentence.question.text)]
    asking = word_forms("من مين who qui wer quien quién اسم name nom")
    for place, form in enumerate(forms[:-1]):
        if form in asking:
            following = forms[place + 1]
            passive = sentence.question.language == "en" and any(
                one.endswith(("ed", "en")) or one in IRREGULAR for one in forms[place + 2 :]
            )
            return (following in IS or form in word_forms("اسم name nom")) and not (
                passive and forms[place + 2 : place + 3] != ["the"]
            )
    return False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name by its words' places: the first, and the one behind the last."""

    first: int
    end: int


def _names(sentence: Sentence) -> Iterator[_Name]:
    """What may be the names of people in a sentence of a language that writes capitals."""
    for fact in sentence.facts:
        if fact.kind == "name":
            first, end = sentence.at(fact.start), sentence.at(fact.end - 1) + 1
            while first < end and (
                sentence.forms[first] in TITLES or sentence.forms[first] in LATIN_TITLES
            ):
                first += 1
            if end - first > 1:
                yield _Name(first, end)
    # The first words of a sentence have capitals in any case; two of them are a name.


def _arabic_name(sentence: Sentence, at: int, *, in_apposition: bool = False) -> _Name | None:
    """The name that begins at a word, where a name is expected: two words, seldom three.

    Args:
        sentence: The sentence.
        at: The word.
        in_apposition: Whether a role before it says that a name follows.
    """
    while at < len(sentence.words) and sentence.forms[at] in TITLES:
        at += 1
    end = at
    while end < len(sentence.words) and end - at < 4:
        form = sentence.forms[end]
        written = sentence.text[sentence.words[end].start : sentence.words[end].end]
        gap = sentence.between(end - 1, end).strip() if end > at else ""
        if gap or not _nameable(sentence, end) or written.endswith(("ً", "ًا")):
            break
        count = end - at
        particle = end > at and sentence.forms[end - 1] in NASAB
        if count >= 2 and not particle and form not in NASAB:
            closed = sentence.forms[end - 1].startswith("ال")
            nisba = form.startswith("ال") and form.endswith("ي")
            if closed or not nisba:
                break
        end += 1
    while end > at and sentence.forms[end - 1] in NASAB:
        end -= 1
    first = sentence.forms[at] if at < len(sentence.words) else ""
    if end - at < 2 or (first.startswith(("و", "ال")) and first not in known_names()):
        return None
    titled = at > 0 and sentence.forms[at - 1] in ROLES
    known = first in known_names()
    return _Name(at, end) if titled or known or in_apposition else None


def _nameable(sentence: Sentence, at: int) -> bool:
    form = sentence.forms[at]
    return (
        is_arabic(form)
        and len(form) > 1
        and form not in SAYING
        and form not in ROLES
        and form != "باسم"
        and not is_function_word(form)
        and not sentence.matched[at]
        and form not in DAYPARTS
        and not any(
            fact.kind in ("date", "number") and fact.start <= sentence.words[at].start < fact.end
            for fact in sentence.facts
        )
    )


def _holders(sentence: Sentence) -> Iterator[tuple[int, int, float]]:
    """Names in apposition to the whole of the asked role."""
    role = {n for n, form in enumerate(sentence.asked) if form not in sentence.aside}
    head = sentence.after_asking[0]
    if head in sentence.names or (
        is_arabic(sentence.asked[head]) and sentence.asked[head] not in ROLES
    ):
        return  # "who is Clara Vogt" asks for no name
    if is_arabic(sentence.text):
        names: list[_Name] = []
        for n in range(len(sentence.words)):
            before_matches = n > 0 and bool(
                sentence.matched[n - 1] or sentence.forms[n - 1] in TITLES
            )
            if (
                before_matches
                and not sentence.matched[n]
                and (name := _arabic_name(sentence, n, in_apposition=True))
            ):
                names.append(name)
    else:
        names = list(_names(sentence))
    for name in names:
        phrase = _role_before(sentence, name)
        if head in phrase and role <= phrase:
            yield _span(sentence, name, 0.95)
            continue
        phrase = _role_behind(sentence, name)
        if head in phrase and role <= phrase:
            yield _span(sentence, name, 0.95)


def _span(sentence: Sentence, name: _Name, certainty: float) -> tuple[int, int, float]:
    return sentence.words[name.first].start, sentence.words[name.end - 1].end, certainty


def _role_before(sentence: Sentence, name: _Name) -> set[int]:
    """The question's words in the phrase that runs up to a name: a role that it holds."""
    found: set[int] = set()
    at = name.first
    while at > 0 and sentence.forms[at - 1] in TITLES and not sentence.matched[at - 1]:
        at -= 1
    strange = 0
    first = True
    while at > 0:
        gap = sentence.between(at - 1, at) if at < len(sentence.words) else ""
        if gap.strip(" -’'") and not (first and gap.strip() in (",", "،")):
            break
        first = False
        at -= 1
        form = sentence.forms[at]
        if form == "و" or form in ("and", "et", "und") or form in SAYING:
            break
        if sentence.matched[at]:
            found |= sentence.matched[at]
        elif not (is_function_word(form) or form in PREPOSITIONS):
            strange += 1
            if strange > 1 or not found:
                break
    return found


def _role_behind(sentence: Sentence, name: _Name) -> set[int]:
    """The question's words in the phrase behind a name: "Clara Vogt, the mayor of Dalby,"."""
    found: set[int] = set()
    at = name.end
    if at >= len(sentence.words):
        return found
    gap = sentence.between(at - 1, at).strip()
    if gap not in (",", "،") and sentence.forms[at] not in IS:
        return found
    strange = 0
    for place in range(at, len(sentence.words)):
        if place > at and sentence.between(place - 1, place).strip(" -’'"):
            break
        form = sentence.forms[place]
        if form in ("and", "et", "und") or form in SAYING:
            break
        if sentence.matched[place]:
            found |= sentence.matched[place]
        elif not (is_function_word(form) or form in PREPOSITIONS or form in IS):
            strange += 1
            if strange > 1 or not found:
                break
    return found


def _doers(sentence: Sentence) -> Iterator[tuple[int, int, float]]:
    """Names that do, or suffer, what the asked verb says."""
    places = sentence.after_asking
    if not places or not sentence.tells_of_it(missing=0):
        return
    if is_arabic(sentence.text):
        yield from _arabic_doers(sentence, places[0], set(places[1:]))
    else:
        yield from _latin_doers(sentence)


def _arabic_doers(
    sentence: Sentence, verb: int, others: set[int]
) -> Iterator[tuple[int, int, float]]:
    harm = sentence.asked[verb] in HARM
    for n, matches in enumerate(sentence.matched):
        if verb not in matches or sentence.clauses[n] in sentence.denied:
            continue
        for first in (n - 3, n - 2):
            before = _arabic_name(sentence, first) if first >= 0 else None
            if before and before.end == n and not harm and sentence.matched[n:]:
                behind = set().union(*sentence.matched[n + 1 :])
                if behind & others or not others:
                    yield _span(sentence, before, 0.92)
                    break
        # Verb, then perhaps titles and what the verb is done to, then the name.
        at = n + 1
        seen: set[int] = set()
        while at < len(sentence.words) and not sentence.between(at - 1, at).strip(" -"):
            form = sentence.forms[at]
            if sentence.matched[at]:
                seen |= sentence.matched[at]
            elif not (form in TITLES or is_function_word(form) or _office(form)):
                break
            at += 1
        titled = at > n + 1 and sentence.forms[at - 1] in TITLES and not sentence.matched[at - 1]
        name = _arabic_name(sentence, at)
        if name is None or (at > n + 1 and sentence.forms[at - 1] in PREPOSITIONS):
            continue
        behind = set().union(*sentence.matched[name.end : name.end + 6])
        object_first = bool(seen)
        if object_first and not titled and sentence.forms[at - 1] in TITLES:
            continue  # the title is the object's own
        if harm and (object_first or not (behind & others)):
            continue  # who is hit stands behind the verb as well
        if not object_first and others and not (behind & others):
            continue
        yield _span(sentence, name, 0.92)


def _office(form: str) -> bool:
    return form.startswith("ال") and len(form) > 4


def _latin_doers(sentence: Sentence) -> Iterator[tuple[int, int, float]]:
    question = sentence.question
    asked_passive = question.language == "en" and bool(
        re.match(
            r"\W*(?:and )?who(?:m)? (?:was|were|has been|have been|is|are)\b", question.text, re.I
        )
    )
    verbs = {place for place in sentence.after_asking[:1] if place not in sentence.names}
    verbs = verbs or {place for place in range(len(sentence.asked)) if place not in sentence.names}
    for name in _names(sentence):
        before, behind = name.first - 1, name.end
        if asked_passive:
            if behind + 1 < len(sentence.words) and sentence.forms[behind] in PASSIVE:
                if sentence.matched[behind + 1] & verbs:
                    yield _span(sentence, name, 0.92)
            elif _verb_before(sentence, name, verbs):
                yield _span(sentence, name, 0.92)
            continue
        if before >= 0 and _agent(sentence, name, verbs):
            yield _span(sentence, name, 0.95)
            continue
        if sentence.language == "de" and _after_object(sentence, name, verbs):
            yield _span(sentence, name, 0.92)
            continue
        if _does(sentence, behind, verbs) and not _is_object(sentence, name):
            yield _span(sentence, name, 0.92)


def _agent(sentence: Sentence, name: _Name, verbs: set[int]) -> bool:
    """Tells whether a passive's doer is named: "was founded by Clara Vogt"."""
    at = name.first - 1
    while at > 0 and sentence.forms[at] not in BY and name.first - at < 5:
        if sentence.between(at, at + 1).strip(" ,-") or sentence.forms[at] in PREPOSITIONS - BY:
            return False
        at -= 1
    if sentence.forms[at] not in BY:
        return False
    ahead = sentence.matched[max(0, at - 2) : at]
    german = sentence.matched[name.end : name.end + 2] if sentence.language == "de" else []
    return any(matches & verbs for matches in (*ahead, *german))


def _after_object(sentence: Sentence, name: _Name, verbs: set[int]) -> bool:
    """Tells whether a German subject stands behind its verb, and the object before it."""
    if not _verb_before(sentence, name, verbs):
        return False
    at = next(n for n in range(name.first - 1, -1, -1) if sentence.matched[n] & verbs)
    here = sentence.matched[at]
    return any(matches - here for matches in sentence.matched[:at])


def _does(sentence: Sentence, at: int, verbs: set[int]) -> bool:
    """Tells whether the asked verb stands right behind a name: "Clara Vogt chaired"."""
    for place in range(at, min(at + 3, len(sentence.words))):
        form = sentence.forms[place]
        if sentence.between(place - 1, place).strip(" -") if place else False:
            return False
        if sentence.matched[place] & verbs:
            # "Clara Vogt was shot" says what happened to her.
            return not any(one in BE for one in sentence.forms[at:place])
        if form not in AUXILIARIES:
            return False
    return False


def _is_object(sentence: Sentence, name: _Name) -> bool:
    return name.first > 0 and sentence.forms[name.first - 1] in PREPOSITIONS


def _verb_before(sentence: Sentence, name: _Name, verbs: set[int]) -> bool:
    """Tells whether a name is the verb's object, perhaps behind a title: "killed the general X"."""
    at = name.first - 1
    for _ in range(4):
        if at < 0 or sentence.forms[at] in PREPOSITIONS | BY:
            return False
        if sentence.between(at, at + 1).strip(" ,-"):
            return False
        if sentence.matched[at] & verbs:
            return True
        at -= 1
    return False
