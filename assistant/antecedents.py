"""Whom and what a question speaks of: people and places that the next one may point back to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from assistant.facts import facts
from corpus.arabic import is_arabic, normalise
from corpus.words import Word, word_forms, words
from vectorstore.questions import SAYING, is_function_word, language_of, read_question

Gender = Literal["m", "f"]

_LISTS = Path(__file__).with_name("followups.toml")
_WHO = word_forms("من مين منو مينو")
_IS = word_forms("هو هي كان كانت يكون تكون")
_IS_SHE = word_forms("هي كانت تكون السيدة")
_NAME_OF = word_forms("اسم")
_WHO_IS_LATIN = {
    "en": (word_forms("who"), word_forms("is was are were")),
    "fr": (word_forms("qui"), word_forms("est était")),
}
_IN_LATIN = word_forms("in at to from near en à au aux dans vers depuis")
_LONGEST_PLACE = 4
_MOST_WORDS = 5  # of a phrase that names who did something


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Somebody, or a place, that a question speaks of.

    Attributes:
        start: Offset of the phrase in the question.
        end: Offset after it.
        text: The phrase.
        place: Whether it is a place.
        gender: As far as it can be told.
    """

    start: int
    end: int
    text: str
    place: bool = False
    gender: Gender | None = None


@lru_cache(maxsize=1)
def lists() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The word lists of each language, normalised."""
    read = tomllib.loads(_LISTS.read_text("utf-8"))
    return {
        language: {name: word_forms(text) for name, text in tables.items()}
        for language, tables in read.items()
    }


def language(question: str) -> str:
    """The language whose grammar a question follows; its small words tell more than its names."""
    if is_arabic(question):
        return "ar"
    forms = {word.form for word in words(question)}
    for code, small in (("fr", FRENCH), ("en", _ENGLISH)):
        if forms & small:
            return code
    return "fr" if _FRENCH_VERB.search(question) else language_of(question)


FRENCH = word_forms(
    "et où ou quand pourquoi comment combien qui quel quelle son sa ses est-il il elle"
)
_ENGLISH = word_forms(
    "who whom whose what where when why how which did does is was were the and his her he she"
)
_FRENCH_VERB = re.compile(r"-t-(?:il|elle)\b|\bqu['’]", re.IGNORECASE)


def antecedents(question: str) -> list[Antecedent]:
    """The people and places that a question names, in order.

    Example:
        >>> [one.text for one in antecedents("أين تحدثت فيكتوريا تايلور؟")]
        ['فيكتوريا تايلور']
    """
    places = list(_places(question))
    people = _arabic_people if is_arabic(question) else _latin_people
    found = list(people(question, places))
    # A place within a phrase that names somebody is part of it: "the ambassador to Iraq".
    within = [one for one in places if not any(_overlap(one, other) for other in found)]
    return sorted([*found, *within], key=lambda one: one.start)


def _overlap(one: Antecedent, other: Antecedent) -> bool:
    return one.start < other.end and other.start < one.end


# Places


@lru_cache(maxsize=1)
def place_names() -> frozenset[tuple[str, ...]]:
    """Countries and larger cities in Arabic, English and French, as normalised words."""
    from babel import Locale

    found: set[tuple[str, ...]] = set()
    for language in ("ar", "en", "fr"):
        locale = Locale(language)
        names = [name for code, name in locale.territories.items() if code.isalpha()]
        names += [zone["city"] for zone in locale.time_zones.values() if "city" in zone]
        zones = map(str, locale.time_zones)
        names += [zone.rpartition("/")[2].replace("_", " ") for zone in zones]
        found |= {tuple(word.form for word in words(name)) for name in names}
    return frozenset(found)


def _places(question: str) -> Iterator[Antecedent]:
    found = words(question)
    at = 0
    while at < len(found):
        for length in range(_LONGEST_PLACE, 0, -1):
            some = found[at : at + length]
            form = tuple(word.form for word in some)
            written = 0
            if form not in place_names() and is_arabic(form[0]) and form[0][:1] in ("ب", "و", "ل"):
                form, written = (form[0][1:], *form[1:]), 1
            capital = is_arabic(form[0]) or question[some[0].start].isupper()
            if len(some) == length and form in place_names() and capital:
                start, end = some[0].start + written, some[-1].end
                masculine = form[0] in lists()["ar"]["masculine_places"]
                gender: Gender = "m" if masculine else "f"
                yield Antecedent(start, end, question[start:end], place=True, gender=gender)
                at += length - 1
                break
        at += 1


# People, in Arabic


def is_verb(form: str) -> bool:
    """Tells whether an Arabic word is one of the verbs that are known."""
    return form in _verbs()


def verb_gender(form: str) -> Gender:
    """The gender of who does what a known Arabic verb says."""
    return _verbs()[form][0]


def takes_object(form: str) -> bool:
    """Tells whether a known Arabic verb says what is done to something, or what is said."""
    return _verbs()[form][1] or form in SAYING


@lru_cache(maxsize=1)
def _verbs() -> Mapping[str, tuple[Gender, bool]]:
    """Known verbs: the gender of who does it, and whether an object may follow."""
    known: dict[str, tuple[Gender, bool]] = {}
    arabic = lists()["ar"]
    for name, objects in (("alone", False), ("with_object", True)):
        for verb in arabic[name]:
            weak = verb.endswith(("ي", "ا")) and len(verb) > 2
            known[verb] = "m", objects
            known[(verb[:-1] if weak and verb not in _HAMZA_LAST else verb) + "ت"] = "f", objects
        for verb in arabic[f"present_{name}"]:
            known[verb] = "m", objects
            known["ت" + verb[1:]] = "f", objects
            known["س" + verb] = "m", objects
    for verb in SAYING:
        if is_arabic(verb):
            known.setdefault(verb, ("f" if verb.endswith("ت") else "m", False))
    return known


_HAMZA_LAST = word_forms("نشأ لجأ")  # the normal form of the hamza is that of a weak letter


def starts_phrase(form: str) -> bool:
    """Tells whether an Arabic word begins a phrase of its own: a preposition, a particle."""
    return is_function_word(form) or form in lists()["ar"]["prepositions"]


def _arabic_people(question: str, places: Sequence[Antecedent]) -> Iterator[Antecedent]:
    found = words(question)
    if (whole := _whoever(question, found)) is not None:
        yield whole
        return
    for at, word in enumerate(found):
        form = word.form
        if is_verb(form) and (at == 0 or not starts_phrase(form)):
            gender, objects = _verbs()[form]
            yield from _subject(question, found, at + 1, gender, objects, places)
            return
        if form in lists()["ar"]["of_people"] and at + 1 < len(found):
            last = _end_of_phrase(found, at + 1, places)
            if at + 1 < last <= at + 1 + _MOST_WORDS:
                yield _phrase(question, found[at + 1 : last])
            return


def _whoever(question: str, found: Sequence[Word]) -> Antecedent | None:
    """The whole phrase in «من هو السفير الأميركي في بغداد؟», «ما اسم وزير الدفاع؟»."""
    if len(found) < 2:
        return None
    at: int | None = None
    gender: Gender | None = None
    first = found[0].form.removeprefix("و") if found[0].form[1:] in _WHO else found[0].form
    if first in _WHO and found[1].form in _IS:
        at, gender = 2, "f" if found[1].form in _IS_SHE else "m"
    elif (first in _WHO and found[1].form in lists()["ar"]["titles"]) or (
        first in _WHO and found[1].form.startswith("ال") and not is_function_word(found[1].form)
    ):
        at = 1
    elif read_question(question).kind == "who" and found[1].form in _NAME_OF:
        at = 2
    if at is None or at >= len(found) or any(is_verb(word.form) for word in found[at:]):
        return None
    if starts_phrase(found[at].form):
        return None
    named = _phrase(question, found[at:])
    return Antecedent(named.start, named.end, named.text, gender=gender or named.gender)


def _phrase(question: str, some: Sequence[Word]) -> Antecedent:
    start, end = some[0].start, some[-1].end
    feminine = question[some[0].start : some[0].end].endswith("ة")
    return Antecedent(start, end, question[start:end], gender="f" if feminine else None)


def _end_of_phrase(found: Sequence[Word], at: int, places: Sequence[Antecedent]) -> int:
    """Where the run of words ends that a preposition, a place or a verb does not break."""
    while at < len(found):
        form = found[at].form
        placed = any(one.start <= found[at].start + 1 < one.end for one in places)
        joined = form.startswith(("بال", "لل", "وال")) and len(form) > 4
        digits = form[:1].isdigit()
        if starts_phrase(form) or placed or joined or digits or is_verb(form):
            break
        if form in lists()["ar"]["adverbs"]:
            break
        at += 1
    return at


def _subject(
    question: str,
    found: Sequence[Word],
    at: int,
    gender: Gender,
    objects: bool,
    places: Sequence[Antecedent],
) -> Iterator[Antecedent]:
    """Who does what the verb before a place says; an object may be somebody, too."""
    last = _end_of_phrase(found, at, places)
    run = found[at:last]
    if run and run[-1].form[:1] == "ب" and len(run) > 1 and owned(question, run[-1]):
        run = run[:-1]  # «أدلى ماروتو بتصريحه»
    if not run or len(run) > _MOST_WORDS:
        return
    start, end = run[0].start, run[-1].end
    if not objects or len(run) == 1:
        yield Antecedent(start, end, question[start:end], gender=gender)
        return
    names = [fact for fact in facts(question) if fact.kind == "name" and fact.start >= start]
    if len(run) == 2:
        if any(fact.start == start and fact.end == end for fact in names):
            yield Antecedent(start, end, question[start:end], gender=gender)
            return
        for word in run:
            text = question[word.start : word.end]
            yield Antecedent(word.start, word.end, text, gender=gender if word is run[0] else None)
        return
    # More words: two people, of whom it cannot be told where one ends and the other begins.
    yield Antecedent(start, start, "", gender=None)
    yield Antecedent(end, end, "", gender=None)


_SUFFIXES = ("ها", "هما", "هم", "ه")


def owned(question: str, word: Word) -> str | None:
    """The pronoun that an Arabic word ends in, if it does; none on words that only look so."""
    written = question[word.start : word.end]
    if written.startswith(("ال", "وال")) or normalise(written) in lists()["ar"]["not_owned"]:
        return None
    suffix = next((one for one in _SUFFIXES if written.endswith(one)), None)
    if suffix is None or not is_arabic(word.form):
        return None
    bare = word.form[: -len(suffix)]
    short = len(bare) < 3 and bare not in lists()["ar"]["of_people"]
    return None if short or is_function_word(word.form) else suffix


# People, in Latin letters


def _latin_people(question: str, places: Sequence[Antecedent]) -> Iterator[Antecedent]:
    found = words(question)
    tongue = language(question)
    if tongue not in ("en", "fr"):
        return
    told = lists()[tongue]
    asking = [word.form for word in found[:2]]
    who, is_ = _WHO_IS_LATIN[tongue]
    if len(found) > 2 and asking[0] in who and asking[1] in is_:
        start, end = found[2].start, found[-1].end
        capital = any(question[word.start].isupper() for word in found[2:])
        pointing = word_forms("he she it they this that il elle ce")
        if (capital or found[2].form in ARTICLES) and found[2].form not in pointing:
            yield Antecedent(start, end, question[start:end])
        return
    for fact in facts(question):
        if fact.kind != "name" or any(
            one.start < fact.end and fact.start < one.end for one in places
        ):
            continue
        some = [word for word in found if fact.start <= word.start < fact.end]
        forms_ = {word.form.removesuffix("'s") for word in some}
        before = [word.form for word in found if word.end <= fact.start][-1:]
        text = question[fact.start : fact.end].removesuffix("'s").removesuffix("’s")
        if (
            not forms_ & (told["organisations"] | told["demonyms"])
            and not (before and before[0] in _IN_LATIN | ARTICLES)
            and not text.isupper()
        ):
            yield Antecedent(fact.start, fact.start + len(text), text)


ARTICLES = word_forms("the a an le la les l l'")
