"""A sentence read against a question: which of its words stand for which of the question's."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from assistant.facts import Fact, facts
from assistant.reading.vocabulary import (
    ARABIC_AFFIXES,
    ASIDE,
    CLAUSE_WORDS,
    HALVES,
    HOW_MUCH,
    IRREGULAR,
    NOT,
    TIMES,
)
from assistant.support import CAPITALS, bare_forms, names_someone
from corpus.arabic import is_arabic
from corpus.dates import MONTHS
from corpus.sounds import consonants
from corpus.words import stem, words
from vectorstore.matching import Wanted
from vectorstore.questions import Question, is_function_word


@dataclass(frozen=True, slots=True)
class Span:
    """Words that answer: ``text[start:end]`` of a sentence.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        certainty: How likely it is that they answer, in [0, 1].
        fact: What they state, to be held against what others state.
    """

    start: int
    end: int
    certainty: float
    fact: Fact


def span_of(fact: Fact, certainty: float) -> Span:
    """A whole fact as the words that answer."""
    return Span(fact.start, fact.end, certainty, fact)


class Sentence:
    """A sentence read against a question."""

    def __init__(
        self, question: Question, wanted: Wanted, text: str, language: str, around: str
    ) -> None:
        self.question = question
        self.wanted = wanted
        self.text = text
        self.language = language
        self.words = words(text)
        self.forms = [word.form for word in self.words]
        self._around = [word.form for word in words(around)]

    # Words of the question in the sentence

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The question's carrying words, each once, as their forms."""
        first: dict[str, str] = {}
        for word in self.question.words:
            first.setdefault(stem(word.form, self.question.language), word.form)
        return tuple(first.values())

    @cached_property
    def matched(self) -> list[frozenset[int]]:
        """For each word of the sentence, the places of the question's words that it stands for."""
        return [self._match(form) for form in self.forms]

    def _match(self, form: str) -> frozenset[int]:
        if is_function_word(form):
            return frozenset()
        stemmed = stem(form, self.language)
        sound = consonants(form)
        return frozenset(
            place
            for place, (stems, spelled, asked) in enumerate(
                zip(self.wanted.stems, self.wanted.sounds, self.asked, strict=True)
            )
            if stems.get(stemmed, 0.0) >= 0.3
            or (spelled is not None and spelled == sound)
            or same_word(form, asked, self.language)
        )

    @cached_property
    def covered(self) -> frozenset[int]:
        """The question's words that the sentence has."""
        return frozenset().union(*self.matched)

    @cached_property
    def about(self) -> frozenset[int]:
        """The question's words that the sentence or what stands around it has."""
        return self.covered.union(*(self._match(form) for form in self._around))

    @cached_property
    def names(self) -> frozenset[int]:
        """The question's words that are part of a name, or a number."""
        question = self.question
        return frozenset(
            self.asked.index(word.form)
            for word in question.words
            if word.form in self.asked
            and word.form not in MONTHS
            and (
                word.form[:1].isdigit()
                or names_someone(question.text, word.start, word.form, question.language)
            )
        )

    @cached_property
    def after_asking(self) -> list[int]:
        """The places of the carrying words, those behind the word that asks first."""
        stems = {stem(form, self.question.language): n for n, form in enumerate(self.asked)}
        focus = [stems[one] for one in self.question.focus if one in stems]
        places = focus + [place for place in range(len(self.asked)) if place not in focus]
        return [place for place in places if self.asked[place] not in HOW_MUCH] or places

    @cached_property
    def aside(self) -> frozenset[str]:
        """Words of the question that an answer may do without."""
        halves = {form for form, other in HALVES.items() if other in self.asked}
        return (ASIDE - TIMES if self.question.kind == "when" else ASIDE) | halves

    def tells_of_it(self, needed: Collection[int] | None = None, missing: int = 0) -> bool:
        """Tells whether all that is asked about is spoken of, names in any case."""
        needed = range(len(self.asked)) if needed is None else needed
        lacking = [
            place
            for place in needed
            if place not in self.about and self.asked[place] not in self.aside
        ]
        return len(lacking) <= missing and not any(place in self.names for place in lacking)

    # The sentence's own parts

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The numbers, dates, names and quotations of the sentence."""
        return facts(self.text, self.language)

    @cached_property
    def clauses(self) -> list[int]:
        """For each word, the number of its clause."""
        numbers: list[int] = []
        number, end = 0, 0
        for word in self.words:
            between = self.text[end : word.start]
            if re.search(r"[،,؛;:.!?()«»“”\"\n–—]", between) or word.form in CLAUSE_WORDS:
                number += 1
            numbers.append(number)
            end = word.end
        return numbers

    def at(self, offset: int) -> int:
        """The place of the word at an offset, or of the next one."""
        return next((n for n, word in enumerate(self.words) if word.end > offset), len(self.words))

    def between(self, first: int, last: int) -> str:
        """The characters between two neighbouring words."""
        return self.text[self.words[first].end : self.words[last].start]

    def is_new(self, form: str) -> bool:
        """Tells whether a word is not the question's, however it spells it."""
        return not self._match(form) and not any(
            _alike_in_sound(form, asked) for asked in self.question.forms
        )

    @cached_property
    def denied(self) -> frozenset[int]:
        """The clauses that say no."""
        return frozenset(
            clause
            for form, clause in zip(self.forms, self.clauses, strict=True)
            if form in NOT or form.endswith("n't")
        )

    def clause_of(self, fact: Fact) -> int:
        """The number of the clause that a fact stands in."""
        return self.clauses[min(self.at(fact.start), len(self.words) - 1)]

    def covered_in(self, clause: int) -> frozenset[int]:
        """The question's words that a clause has."""
        return frozenset().union(
            *(
                found
                for found, number in zip(self.matched, self.clauses, strict=True)
                if number == clause
            )
        )

    @property
    def few(self) -> int:
        """How many words of a long question may be missing, where names are told by capitals."""
        return len(self.asked) // 4 if self._names_are_told else 0

    @property
    def few_of_a_count(self) -> int:
        """The same beside a number of what is counted, which says much by itself."""
        return 2 * len(self.asked) // 5 if self._names_are_told else 0

    @property
    def _names_are_told(self) -> bool:
        text = self.question.text
        return is_arabic(text) or any(letter.isupper() for letter in text[1:])


def _alike_in_sound(one: str, other: str) -> bool:
    sound = consonants(one)
    return len(sound) > 2 and sound == consonants(other)


def same_word(form: str, asked: str, language: str) -> bool:
    """Tells whether two words of one script are forms of one word, or names of one state."""
    if form == asked:
        return True
    if (capital := _capital(asked)) is not None and capital == _capital(form):
        return True
    if is_arabic(form):
        if not is_arabic(asked):
            return False
        root = _skeleton(form)
        if len(root) > 3 and root == _skeleton(asked):
            return True
        one, other = (form.removeprefix("ال"), asked.removeprefix("ال"))
        shorter, longer = sorted((one, other), key=len)
        if len(shorter) < 3 or shorter not in longer:
            return False
        before, _, after = longer.partition(shorter)
        return before in ARABIC_AFFIXES[0] and after in ARABIC_AFFIXES[1]
    if form in IRREGULAR:
        return IRREGULAR[form] == IRREGULAR.get(asked)
    if language in ("fr", "es", "it", "pt"):  # participles and their genders and numbers
        return min(len(form), len(asked)) > 4 and form.rstrip("esao") == asked.rstrip("esao")
    return language == "de" and len(form) > 5 and _german_verb(form) == _german_verb(asked)


def _capital(form: str) -> str | None:
    """The state that a word names, by its own name or its capital's."""
    bare = bare_forms(form) if is_arabic(form) else (form,)
    return next((CAPITALS[one] for one in bare if one in CAPITALS), None)


def _skeleton(form: str) -> str:
    """An Arabic word's consonants, which a verb shares with its noun («انسحبت», «انسحاب»)."""
    form = re.sub("^(?:و?ال|و?لل|وب|ول)|(?:ها|هم|ات|ون|ين|وا|ت|ه)$", "", form)
    return re.sub("[اويء]", "", form)


def _german_verb(form: str) -> str:
    form = form.removeprefix("ge")
    return re.sub(r"(?:eten|ete|test|ten|te|et|en|st|t|e)$", "", form)
