"""The grammar by which a question that leans on another is made to stand alone.

A sentence is given only where it is one that a person would write. Whatever else a question may
mean is left to the search, which gets the words of the earlier question beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.antecedents import (
    ARTICLES,
    FRENCH,
    Antecedent,
    Gender,
    antecedents,
    is_verb,
    language,
    lists,
    owned,
    starts_phrase,
    takes_object,
    verb_gender,
)
from corpus.arabic import is_arabic, normalise
from corpus.words import Word, word_forms, words
from vectorstore.questions import is_function_word, read_question

_END = "؟?!. "
_ADVERBIAL = {"where", "when", "why", "how"}
_HE = word_forms("he il")
_SHE = word_forms("she elle")
_THERE = word_forms("there هناك")


def bare(question: str) -> str:
    """A question without the conjunction that joins it to the one before («ومتى؟», "And when?")."""
    found = words(question)
    if not found:
        return question
    first = found[0]
    if len(found) > 1 and first.form in _CONJUNCTIONS:
        return _capital(question[found[1].start :], question)
    if first.form[:1] in ("و", "ف") and is_function_word(first.form[1:]):
        return question[first.start + 1 :]
    return question


_CONJUNCTIONS = word_forms("و ف ثم and but so then et mais alors puis")


def _capital(text: str, like: str) -> str:
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


# Fragments


def asks_alone(question: str) -> str | None:
    """The question word of a question that is nothing else: «وأين؟», "and why?"."""
    found = words(bare(question))
    phrase = [word.form for word in found]
    asking = bool(found) and all(map(is_function_word, phrase)) and len(found) <= _FEW
    if not asking or read_question(bare(question)).kind not in _ADVERBIAL:
        return None
    if len(found) > 1 and phrase[0] not in _CONJUNCTIONS:
        return None
    return bare(question)[found[-1].start : found[-1].end]


_FEW = 2


def swap_question_word(word: str, last: str) -> str | None:
    """Asks the last question with another question word: «أين التقى بلينكن؟», «متى»."""
    last = bare(last)
    found = words(last)
    asked = read_question(last)
    if len(found) < 3 or language(last) != language(word) != "":
        same = language(last) == "fr" and normalise(word) in FRENCH
        if len(found) < 3 or not same:
            return None
    if asked.kind == "whether" or found[0].form in _AUXILIARIES:
        if is_arabic(last):
            if found[0].form != "هل":
                return None
            verb = last[found[1].start :]
            return f"{word} {verb}" if is_verb(found[1].form) else None
        if language(last) == "fr":
            started = "e" + last[1:] if last.startswith("E") else last[:1] + last[1:]
            return f"{_title(word)} {started}" if "-t-" in last or started[:3] == "est" else None
        return f"{_title(word)} {last[0].lower()}{last[1:]}"
    if asked.kind not in _ADVERBIAL:
        return _after_preposition(word, last, found)
    first = found[0]
    if read_question(last[first.start : first.end]).kind != asked.kind:
        return None  # "in which city": more than a word asks
    if not is_arabic(last) and found[1].form in _BE and len(found) < _SENTENCE:
        return None
    if is_arabic(last) and not (is_verb(found[1].form) or _is_past(found[1].form)):
        return None
    return _title(word, last) + last[first.end :]


_AUXILIARIES = word_forms("did does do is are was were has have had will can could should would")
_BE = word_forms("is are was were est sont")
_SENTENCE = 4
_MEETING = word_forms("بمن لمن ممن")


def _after_preposition(word: str, last: str, found: Sequence[Word]) -> str | None:
    """The same of «بمن التقى بلينكن؟», «مع من التقى», "Who did he meet?"."""
    if is_arabic(last):
        at = 1 if found[0].form in _MEETING else 2 if found[1].form == "من" else 0
        if at and at + 1 < len(found) and is_verb(found[at].form) and starts_phrase(found[0].form):
            return f"{word} {last[found[at].start :]}"
        return None
    if found[0].form in word_forms("who whom") and found[1].form in word_forms("did does will"):
        return _title(word) + last[found[0].end :]
    return None


def _is_past(form: str) -> bool:
    return len(form) > 4 and form.startswith(("است", "انت", "انس"))


def _title(word: str, like: str = "A") -> str:
    return word[:1].upper() + word[1:].lower() if like[:1].isupper() else word.lower()


_ABOUT = re.compile(
    r"^\s*(?:(?:and|but|so|et|mais)\s+)?(?:what about|how about|what of|et|and)\s+(?P<en>.+)$"
    r"|^\s*(?:و?ماذا عن|و?شو عن|(?P<and>و))\s*(?P<ar>[^\s].*)$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"^(?P<how>in|at|en|à|au|aux|في|ب)\s*(?P<place>.+)$", re.IGNORECASE)


def and_what_about(question: str) -> str | None:
    """The thing in "and X?", "what about X?", «وماذا عن إيران؟»; None where more is asked."""
    match = _ABOUT.match(question.strip(_END))
    if match is None:
        return None
    thing = (match["en"] or match["ar"]).strip(_END)
    found = words(thing)
    if match["and"] and found and not _may_follow_and(thing, found[0].form):
        return None  # «واشنطن» begins with the same letter
    few = 0 < len(found) <= _LONGEST_THING
    asking = any(read_question(word_text).kind != "what" for word_text in thing.split())
    return thing if few and not asking else None


_LONGEST_THING = 4


def _may_follow_and(thing: str, first: str) -> bool:
    place = any(one.place and one.start == 0 for one in antecedents(thing))
    return place or first.startswith("ال") or starts_phrase(first)


def exchange(thing: str, last: str) -> str | None:
    """Asks the last question of another thing: "How many in Iraq?", "in France"."""
    last = bare(last)
    if is_arabic(thing) != is_arabic(last):
        return None
    placed = _PLACED.match(thing)
    name = placed["place"] if placed else thing
    new = antecedents(f"أين {name}؟" if is_arabic(name) else f"Where is {name}?")
    place = any(one.place and one.text == name for one in new)
    old = [one for one in antecedents(last) if one.place == place and one.text]
    if len(old) != 1 or normalise(old[0].text) == normalise(name):
        return None
    if not place and (placed or not _is_name(name)):
        return None
    start, end = old[0].start, old[0].end
    if placed and not is_arabic(last):
        before = words(last[:start])
        if not before or before[-1].form not in word_forms("in at en à au aux"):
            return None
        return last[: before[-1].start] + placed["how"].lower() + " " + name + last[end:]
    if not is_arabic(last) and language(last) == "fr" and place:
        return None  # "en Irak", "au Liban": which preposition, the name does not tell
    return last[:start] + name + last[end:]


def _is_name(text: str) -> bool:
    return not is_arabic(text) and all(part[:1].isupper() for part in text.split())


# Pronouns


def pronoun_gender(question: str) -> Gender | None:
    """The gender of whom a pronoun or a verb without a subject points to."""
    found = words(question)
    if is_arabic(question):
        for word in found:
            if suffix := owned(question, word):
                return "f" if suffix == "ها" else "m" if suffix == "ه" else None
        verb = missing_subject(question)
        return verb_gender(verb.form) if verb else None
    forms = {part for word in found for part in re.split(r"[-'’]", word.form)}
    forms |= {part for part in re.split(r"\W+", question.casefold()) if part}
    if forms & (_SHE | word_forms("her")):
        return "f"
    return "m" if forms & (_HE | word_forms("his him")) else None


def missing_subject(question: str) -> Word | None:
    """The Arabic verb that leaves out who does it: «أين نشأ؟», «بمن التقى في نيسان؟»."""
    found = words(question)
    at = next((n for n, word in enumerate(found) if is_verb(word.form)), None)
    if not at:
        return None
    which = at == 2 and found[0].form.lstrip("ول") in word_forms("أي أية")  # «لأي وكالة تحدث؟»
    if not which and not all(is_function_word(word.form) for word in found[:at]):
        return None
    asked = read_question(question)
    if asked.kind == "who" and found[at - 1].form == "من" and at < 2:
        return None  # who does it is what is asked
    if found[at - 1].form in word_forms("من مين") and not starts_phrase(found[0].form):
        return None
    if found[at - 1].form in word_forms("لم لا ما التي الذي"):
        return None
    if found[at - 1].form in word_forms("ماذا وماذا مادا") and not takes_object(found[at].form):
        return None  # «ماذا يعيش في البحر؟»
    rest = list(found[at + 1 :])
    here = 0
    while here < len(rest):
        form = rest[here].form
        if form in lists()["ar"]["adverbs"] or form[:1].isdigit():
            here += 1
        elif starts_phrase(form):
            here += 1
            if here < len(rest) and not starts_phrase(rest[here].form):
                here += 1
            # «في نهاية العام الماضي»: what is defined runs on.
            while here < len(rest) and rest[here].form.startswith("ال"):
                if rest[here].form in _PERSONS:
                    return None
                here += 1
        elif form.startswith(("بال", "لل", "وال")) and len(form) > 4:
            here += 1
        else:
            return None
    return found[at]


_PERSONS = word_forms(
    "الرئيس الوزير السفير الملك الأمير الشيخ الدكتور السيد النائب الجنرال المتحدث القائد المدير "
    "المبعوث الناطق الوفد السفيرة الوزيرة الجيش الحزب البرلمان الحكومة المجلس"
)


def own_noun(question: str) -> Word | None:
    """The Arabic noun whose pronoun points out of the question: «كم عمره؟», «ما اسم زوجته؟»."""
    found = words(question)
    for at, word in enumerate(found):
        if not owned(question, word):
            continue
        relative = at > 0 and found[at - 1].form in _THAT_WHICH
        if relative and (at > 1 or is_verb(word.form.removesuffix(str(owned(question, word))))):
            return None  # «ما قاله ماروتو»
        before = [w for w in found[:at] if not is_function_word(w.form)]
        after = found[at + 1 :]
        named = any(w.form.startswith("ال") or antecedents_at(question, w) for w in before)
        bound = named or len(before) > 1 or (before and owned(question, before[0]))
        follows = bool(after) and not starts_phrase(after[0].form)
        adjective = follows and after[0].form.startswith("ال")
        if bound or (follows and not adjective):
            return None
        return word
    return None


_THAT_WHICH = word_forms("ما مما عما بما الذي التي الذين")


def antecedents_at(question: str, word: Word) -> bool:
    """Tells whether a word is part of a name or a place that a question gives itself."""
    return any(one.start <= word.start < one.end for one in antecedents(question))


def with_name(question: str, name: Antecedent) -> str | None:
    """Puts a name in the place of the pronoun, or where a subject is missing."""
    question = bare(question)
    if is_arabic(question):
        return _arabic(question, name)
    if is_arabic(name.text):
        return None
    grammar = {"fr": _french, "en": _english}.get(language(question))
    return grammar(question, name) if grammar else None


def _arabic(question: str, name: Antecedent) -> str | None:
    if not is_arabic(name.text):
        return None
    if noun := own_noun(question):
        if _may_be_verb(question, noun):
            return None
        held = _without_pronoun(question[noun.start : noun.end])
        if held is None:
            return None
        return f"{question[: noun.start]}{held} {name.text}{question[noun.end :]}"
    found = words(question)
    if found and found[-1].form == "هناك":
        if not name.place:
            return None
        return f"{question[: found[-1].start]}في {name.text}{question[found[-1].end :]}"
    if verb := missing_subject(question):
        return f"{question[: verb.end]} {name.text}{question[verb.end :]}"
    return None


def _may_be_verb(question: str, noun: Word) -> bool:
    """Tells whether a word may be a verb with an object: «متى رسمها؟», as against «ما عمرها؟».

    With the name in the pronoun's place, that would be the one who does it.
    """
    before = [word.form for word in words(question) if word.end <= noun.start]
    form = noun.form.removesuffix(str(owned(question, noun)))
    if read_question(question).kind == "who" and len(before) == 1:
        return False  # «من رسمها؟»
    known = lists()["ar"]["of_people"] | lists()["ar"]["of_places"]
    if any({one, one.removesuffix("ت") + "ه"} & known for one in (form, form[1:])):
        return False  # «وقطته؟», «بتصريحه»
    return is_verb(form) or not before or before[-1] in _ASKING_WHEN


_ASKING_WHEN = word_forms("متى ومتى أين وأين لماذا ولماذا كيف وكيف هل وهل ماذا وماذا ليش وين")


def _without_pronoun(written: str) -> str | None:
    """A noun without its pronoun: «زوجته» is «زوجة», «آراؤه» is «آراء»."""
    for suffix in ("ها", "ه"):
        if not written.endswith(suffix):
            continue
        noun = written.removesuffix(suffix)
        form = normalise(noun)
        if noun.endswith("ت") and form not in lists()["ar"]["real_t"]:
            return noun[:-1] + "ة"
        if noun.endswith(("اؤ", "ائ")):
            return noun[:-1] + "ء"
        return None if noun.endswith(("ا", "و", "ي")) and form not in _TRUE_ENDS else noun
    return None


_TRUE_ENDS = word_forms("أبو أبي أخو أخي رأي وعي سعي نادي محامي حامي ماضي")


def _english(question: str, name: Antecedent) -> str | None:
    found = words(question)
    points = [w for w in found if w.form in _ENGLISH_POINTING]
    if not points or len({w.form in word_forms("there its it") for w in points}) > 1:
        return None
    if any(is_bound(question, w.start) for w in points):
        return None
    text, replaced = question, False
    for word in reversed(points):
        at = found.index(word)
        after = found[at + 1] if at + 1 < len(found) else None
        noun = after is not None and not is_function_word(after.form)
        if word.form in word_forms("his her its"):
            possessive = noun or word.form != "her"
            if possessive and not noun:
                return None
            new = f"{name.text}{_genitive(name.text)}" if possessive else name.text
        elif word.form == "there":
            existential = at and found[at - 1].form in _BE
            if existential or not name.place or at != len(found) - 1:
                return None
            new = f"in {name.text}"
        elif word.form in word_forms("it"):
            return None
        else:
            new = name.text
        if replaced:  # "Where did he meet his wife?": the name once, then the pronoun again
            return None
        replaced = True
        text = text[: word.start] + new + text[word.end :]
    return text if replaced else None


_ENGLISH_POINTING = word_forms("he she him her his its there")


def _genitive(name: str) -> str:
    return "'" if name.endswith("s") else "'s"


def is_bound(question: str, at: int) -> bool:
    """Tells whether a pronoun points to somebody whom a question names before it.

    Args:
        question: In English or French.
        at: The offset of the pronoun, or of the verb that it is written onto.
    """
    before = [word for word in words(question) if word.end <= at]
    told = lists()[language(question)]
    if any(word.form in told["people"] for word in before):
        return True
    if read_question(question).kind == "who" and len(before) > 1:
        return before[1].form not in word_forms("did does do is was has will")
    return any(one.end <= at and not one.place for one in antecedents(question))


_INVERTED = re.compile(r"(?P<verb>[\w'’]+)-(?:t-)?(?:il|elle)\b", re.IGNORECASE)
_CLITICS = re.compile(
    r"(?:\b(?:ne|n['’]|se|s['’]|me|le|la|les|l['’]|lui|leur|y|en)\s*)+$", re.IGNORECASE
)
_FRENCH_NOUN = re.compile(r"\b(?P<own>son|sa|ses)\s+(?P<noun>[\w-]+)", re.IGNORECASE)
_HIM = re.compile(r"\b(?:il|elle)\s+(?!y\b)", re.IGNORECASE)


def leans_in_french(question: str) -> bool:
    """Tells whether a French question has a pronoun for somebody whom it does not name."""
    if language(question) != "fr":
        return False
    owns = any(
        not is_bound(question, match.start()) and not names_subject(question[: match.start()])
        for match in _FRENCH_NOUN.finditer(question)
    )
    return owns or any(
        not is_bound(question, match.start())
        and not names_subject(question[: match.start()])
        and normalise(question[: match.end()]).split()[-2:-1] != ["y"]
        for match in _INVERTED.finditer(question)
    )


def _french(question: str, name: Antecedent) -> str | None:
    owns = list(_FRENCH_NOUN.finditer(question))
    turned = list(_INVERTED.finditer(question))
    if len(owns) + len(turned) != 1:
        return None
    if owns:
        match = owns[0]
        if is_bound(question, match.start()) or names_subject(question[: match.start()]):
            return None
        article = _article(match["own"].casefold(), match["noun"])
        of = "d'" if normalise(name.text)[:1] in _VOWELS else "de "
        owner = name.text
        if owner.casefold().startswith(("le ", "les ")):
            return None
        new = _capital(f"{article}{match['noun']} {of}{owner}", match.group())
        return question[: match.start()] + new + question[match.end() :]
    match = turned[0]
    before = question[: match.start()]
    if match["verb"].casefold().startswith(("qu'", "qu’")):
        return None  # "Qu'a-t-il dit": the name would have to stand at the end
    clitics = _CLITICS.search(before)
    if clitics and normalise(clitics.group()).strip() == "y" and match["verb"].casefold() == "a":
        return None  # "y a-t-il": there is
    at = clitics.start() if clitics else match.start()
    if is_bound(question, at) or names_subject(question[:at]):
        return None
    if before[:at].strip(" ") == "":
        return None
    return f"{question[:at].rstrip()} {name.text} {question[at:]}"


def names_subject(before: str) -> bool:
    """Tells whether a name or a noun stands before a pronoun: "Où Blinken a-t-il"."""
    found = words(before)
    return any(
        word.form in ARTICLES
        or word.form.startswith("l'")
        or (place and before[word.start].isupper())
        for place, word in enumerate(found)
    )


_VOWELS = ("a", "e", "i", "o", "u", "y", "h")


def _article(own: str, noun: str) -> str:
    if own == "ses":
        return "les "
    if normalise(noun)[:1] in _VOWELS and own == "son":
        return "l'"
    return "le " if own == "son" else "la "
