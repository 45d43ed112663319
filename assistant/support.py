"""Whether cited words bear out a sentence: supported, weak or unsupported.

Citations are verbatim by construction; that says that the words exist, not that they carry the
claim. Here every number, date and name of the claim is looked for in its evidence, across
scripts and ways of writing; then how much of the rest is covered; then whether one denies what
the other says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from assistant.answer import Support
from assistant.claims.numbers import Quantity, plain
from assistant.facts import Fact, facts, known_names
from corpus.arabic import is_arabic, light_stem
from corpus.sounds import consonants
from corpus.words import word_forms, words
from vectorstore.matching import Rarity, Translate, alike, coverage, grams, read_text, read_wanted
from vectorstore.questions import is_function_word, language_of, read_question

Entails = Callable[[str, str], float]
"""Evidence and a claim give how likely it is that the one entails the other, in [0, 1]."""

_SUPPORTED = 0.6  # share of the claim's weight that its evidence must cover
_UNSUPPORTED = 0.35  # below which the evidence is about something else
_UNSUPPORTED_ACROSS = 0.2  # the same across scripts, where a table lacks half of the words
_NEGATIONS = word_forms(
    "لا لم لن ليس ليست لست ما غير دون بدون نفى نفت ينفي تنفي رفض رفضت يرفض فشل فشلت ألغى ألغت "
    "امتنع استبعد كذب "
    "not no never none without cannot deny denies denied refuse refused reject rejected fail "
    "failed "
    "ne pas jamais sans nie nié refuse refusé"
)
# Those that are verbs: their subject stands between them and what they deny.
_DENYING = _NEGATIONS & word_forms(
    "نفى نفت ينفي تنفي رفض رفضت يرفض فشل فشلت ألغى ألغت امتنع استبعد كذب deny denies denied refuse "
    "refused reject rejected fail failed nie nié refusé"
)
_OPPOSITES = tuple(
    (word_forms(one), word_forms(other))
    for one, other in (
        (
            "ارتفع ارتفعت ارتفاع زاد زادت صعد rose rise increased grew gained",
            "انخفض انخفضت تراجع تراجعت هبط هبطت قل fell fall decreased dropped declined",
        ),
        ("فاز فازت فوز won win", "خسر خسرت خسارة lost lose"),
        ("فتح فتحت افتتح opened open reopen", "أغلق أغلقت إغلاق closed close shut"),
        ("وافق وافقت accepted approved passed", "رفض رفضت rejected refused"),
        ("أيد أيدت supported backed", "عارض عارضت opposed"),
    )
)
# Newspapers name a government by its capital.
CAPITALS = {
    form: state
    for state, forms in {
        "us": "واشنطن أمريكا أميركا أميركية أمريكية الأميركية الأمريكية الأمريكي الأميركي المتحدة "
        "washington american us america states etats staaten",
        "iran": "طهران إيران الإيرانية الإيراني tehran iran iranian",
        "iraq": "بغداد العراق العراقية العراقي baghdad iraq iraqi",
        "russia": "موسكو روسيا الروسية الروسي moscow russia russian kremlin الكرملين",
    }.items()
    for form in word_forms(forms)
}
_OWN_COUNTRY = word_forms("بلاده بلادها بلادهم بلادنا")
_PREFIXES = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ب", "ل", "ف", "ك")


def support(
    claim: str,
    evidence: Sequence[str],
    *,
    rarity: Rarity = alike,
    translate: Translate | None = None,
    entails: Entails | None = None,
) -> Support:
    """Labels a sentence by what its cited words say.

    Args:
        claim: The sentence.
        evidence: The words that it cites.
        rarity: How rare a stem is in a language at large; every word alike where not given.
        translate: Stems of the evidence's language for one of the claim's.
        entails: A trained judge, such as `load_judge` gives; its word counts where the numbers,
            names and dates agree.
    """
    words_of_evidence = "\n".join(evidence)
    if not words_of_evidence.strip():
        return "unsupported"
    if _flat(claim) in _flat(words_of_evidence):
        return "supported"
    missing = missing_facts(claim, words_of_evidence, translate)
    # Names get lost between scripts: one alone, or some of several, prove nothing.
    language = language_of(claim)
    named = sum(names_someone(claim, word.start, word.form, language) for word in words(claim))
    across = is_arabic(claim) != is_arabic(words_of_evidence)
    spelled = (
        across and 0 < len(missing) < max(2, named) and all(fact.kind == "name" for fact in missing)
    )
    if missing and not spelled:
        return "unsupported"
    if entails is not None:
        sure = entails(words_of_evidence, claim)
        return "supported" if sure >= 0.6 else "weak" if sure >= 0.2 else "unsupported"
    covered = claim_coverage(claim, words_of_evidence, rarity, translate)
    if covered is None:
        return "weak"
    if covered < (_UNSUPPORTED_ACROSS if across else _UNSUPPORTED):
        return "unsupported"
    if covered < _SUPPORTED or spelled or denies(claim, words_of_evidence):
        return "weak"
    return "supported"


def missing_facts(
    claim: str, evidence: str, translate: Translate | None = None
) -> tuple[Fact, ...]:
    """The numbers, dates and names of a claim that its evidence does not give."""
    given = facts(evidence)
    amounts = [fact.quantity for fact in given if fact.quantity]
    numbers = {plain(amount.value) for amount in amounts}
    dates = [fact.value for fact in given if fact.kind == "date"]
    missing = []
    for fact in facts(claim):
        if fact.quantity:
            held = any(_bears_out(amount, fact.quantity) for amount in amounts) or any(
                _year_of(date) == fact.value for date in dates
            )
        elif fact.kind == "date":
            held = any(agree(fact.value, date) for date in dates) or fact.value in numbers
        else:
            continue
        if not held:
            missing.append(fact)
    return (*missing, *_missing_names(claim, evidence, translate))


def _bears_out(given: Quantity, claimed: Quantity) -> bool:
    """Tells whether a figure gives what a claim says: the claim may leave away what it is of."""
    return (
        given.value == claimed.value
        and (claimed.unit is None or given.unit == claimed.unit)
        and given.per == claimed.per
        and (given.bound == claimed.bound or "" in (given.bound, claimed.bound))
    )


def agree(one: str, other: str) -> bool:
    """Tells whether one date, as `facts` writes it, may be the same as another, or hold it."""
    if one.startswith("day-") or other.startswith("day-"):
        return one == other
    a, b = _parts(one), _parts(other)
    shared = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
    # The claim may say less than its evidence, or leave the year to it, but nothing else.
    return bool(shared) and all(x == y for x, y in shared) and _covered(a, b)


def same(one: Fact, other: Fact, translate: Translate | None = None) -> bool:
    """Tells whether two texts state the same number, date or name, however written."""
    if one.kind != other.kind:
        return False
    if one.kind == "date":
        return agree(one.value, other.value) or agree(other.value, one.value)
    if one.quantity and other.quantity:
        return one.quantity.equals(other.quantity)
    if one.value == other.value:
        return True
    languages = language_of(one.value), language_of(other.value)
    shorter, longer = sorted((one.value.split(), other.value.split()), key=len)
    if shorter != one.value.split():
        languages = languages[1], languages[0]
    return all(_stands_among(word, longer, *languages, translate) for word in shorter)


def denies(claim: str, evidence: str) -> bool:
    """Tells whether a claim says no where its evidence says yes, or the other way round.

    A "no" counts only where what it denies is spoken of in both: «رفض الوفد العرض» denies nothing
    of «وصل الوفد».
    """
    said = {word.form for word in words(claim)}
    given = {word.form for word in words(evidence)}
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if said & mine and given & theirs and not given & mine:
                return True
    return _says_no(claim, given) != _says_no(evidence, said)


def _says_no(text: str, other: Collection[str]) -> bool:
    """Tells whether a text denies something that another speaks of."""
    for clause in _CLAUSE.split(text):
        forms = [word.form for word in words(clause)]
        for place, form in enumerate(forms):
            if form not in _NEGATIONS and not form.endswith("n't"):
                continue
            denied = [f for f in forms if f not in _NEGATIONS and not is_function_word(f)]
            following = next((f for f in forms[place + 1 :] if not is_function_word(f)), None)
            shared = sum(_spoken_of(one, other) for one in denied)
            if not denied or 2 * shared > len(denied):
                return True
            particle = form not in _DENYING
            if particle and following is not None and _spoken_of(following, other):
                return True
    return False


def _spoken_of(form: str, other: Collection[str]) -> bool:
    return form in other or any(
        bool(_spellings(form) & _spellings(theirs))
        or _nearly(form, theirs)
        or _inflected(form, theirs)
        for theirs in other
    )


def _inflected(one: str, other: str) -> bool:
    """Tells whether one word holds the other but for a letter or two («غادر», «يغادر»)."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 2 and len(longer) - len(shorter) <= 2 and shorter in longer


# Where what a "no" denies may end: at a stop, and before an Arabic «و» with what it joins.
_CLAUSE = re.compile(r"[.!?؟؛;:،,\n]|\s(?=و\w{3})|\b(?:but|and|mais|et|aber|und)\b")


def claim_coverage(
    claim: str, evidence: str, rarity: Rarity, translate: Translate | None
) -> float | None:
    """The share of a claim's weight that its evidence has; None where languages cannot meet."""
    asked = read_question(claim)
    language = language_of(evidence)
    if is_arabic(claim) != is_arabic(evidence) and translate is None:
        return None
    wanted = read_wanted(asked, language, rarity, translate)
    return wanted.share(coverage(wanted, read_text(evidence, language)))


class JudgeError(Exception):
    """The model that is to judge support cannot be used, and why."""


def load_judge(name: str) -> Entails:
    """Loads a cross-encoder for natural language inference through sentence-transformers.

    Args:
        name: A model's name or folder; one of its labels is called entailment.

    Raises:
        JudgeError: It cannot be loaded, or has no such label.
    """
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name)
    except (OSError, ValueError, KeyError) as error:
        raise JudgeError(
            f"The judge of support {name!r} cannot be loaded: {error} Set ISNAD_JUDGE to a "
            "cross-encoder's name or folder, or take it out."
        ) from error
    labels = {str(label).casefold(): int(i) for i, label in model.config.id2label.items()}
    place = next((i for label, i in labels.items() if label.startswith("entail")), None)
    if place is None:
        raise JudgeError(
            f"{name} is no judge of entailment: its labels are {sorted(labels)}. Set ISNAD_JUDGE "
            "to a cross-encoder trained for natural language inference, or take it out."
        )

    def entails(evidence: str, claim: str) -> float:
        return float(model.predict([(evidence, claim)], apply_softmax=True)[0][place])

    return entails


def _flat(text: str) -> str:
    return " ".join(text.split()).rstrip(".!؟? ")


def _year_of(date: str) -> str | None:
    year = date.split("-")[0]
    return year if year.isdigit() else None


def _parts(date: str) -> tuple[str | None, str | None, str | None]:
    match = re.fullmatch(r"(\d{3,4}|-)?(?:-(\d\d))?(?:-(\d\d))?", date)
    if match is None:
        return None, None, None
    year = match[1] if match[1] != "-" else None
    return year, match[2], match[3]


def _covered(
    claim: tuple[str | None, str | None, str | None],
    given: tuple[str | None, str | None, str | None],
) -> bool:
    """Whether everything that a claim's date says, its year apart, is given."""
    return all(theirs is not None for mine, theirs in zip(claim, given, strict=True) if mine)


def bare_forms(form: str) -> tuple[str, ...]:
    """An Arabic word with and without the particles written onto it."""
    return (
        form,
        *(form[len(p) :] for p in _PREFIXES if form.startswith(p) and len(form) > len(p) + 2),
    )


def _missing_names(claim: str, evidence: str, translate: Translate | None) -> tuple[Fact, ...]:
    if translate is None and is_arabic(claim) != is_arabic(evidence):
        return ()  # by sound alone, Egypt is not مصر
    given = [word.form for word in words(evidence)]
    own_country = bool(_OWN_COUNTRY & set(given))  # «قواعد بلادها» for «القواعد الأميركية»
    dated = [fact for fact in facts(claim) if fact.kind == "date"]
    languages = language_of(claim), language_of(evidence)
    return tuple(
        Fact("name", word.start, word.end, word.form)
        for word in words(claim)
        if names_someone(claim, word.start, word.form, languages[0])
        and not any(date.start <= word.start < date.end for date in dated)
        and not (own_country and _of_a_place(word.form))
        and not _stands_among(word.form, given, *languages, translate)
    )


def names_someone(claim: str, start: int, form: str, language: str) -> bool:
    """Tells whether a word of a claim is, as far as can be told, part of a name.

    Args:
        claim: The text.
        start: Offset of the word.
        form: The word, normalised.
        language: ISO 639-1 code of the text's language: in German, a capital tells nothing.
    """
    if is_arabic(form):
        if any(bare in known_names() for bare in bare_forms(form)) or _of_a_place(form):
            return True
    elif language != "de":
        capital = claim[start].isupper() and (start > 0 or form in known_names())
        return capital and not is_function_word(form) and form not in _NOT_NAMES
    return any(
        fact.kind == "name" and fact.start <= start < fact.end for fact in facts(claim, language)
    )


def _of_a_place(form: str) -> bool:
    """Tells whether an Arabic adjective is made from a known name («الإيرانية»)."""
    return any(
        bare[: -len(end)] + tail in known_names()
        for bare in bare_forms(form)
        for end in ("يه", "ي", "يين", "يون")
        if bare.endswith(end) and len(bare) > len(end) + 3
        for tail in ("", "ا", "يا")
    )


_NOT_NAMES = word_forms("i president prime minister senator general lieutenant mr mrs dr")


def _stands_among(
    form: str,
    given: Iterable[str],
    language: str,
    other: str,
    translate: Translate | None,
) -> bool:
    """Tells whether a name stands among other words, perhaps spelled or written otherwise."""
    mine = _spellings(form)
    sounds = {consonants(one) for one in mine} - {""}
    capital = CAPITALS.get(form)
    stems = set(translate(form, language, other)) if translate and language != other else set()
    for theirs in given:
        spellings = _spellings(theirs)
        if mine & spellings or stems & spellings or (capital and capital == CAPITALS.get(theirs)):
            return True
        if is_arabic(theirs) != is_arabic(form):
            if any(consonants(one) in sounds for one in spellings):
                return True
        elif any(_nearly(own, one) for own in mine for one in spellings):
            return True
    return False


def _spellings(form: str) -> frozenset[str]:
    bare = {one.removesuffix("'s") for one in bare_forms(form)}
    return frozenset(bare | {light_stem(one) for one in bare})


def _nearly(one: str, other: str) -> bool:
    """Tells whether two words are one but for an ending or a letter («خارجية», «خارجيتها»)."""
    if min(len(one), len(other)) < 5:
        return False
    a, b = set(grams(one)), set(grams(other))
    return one[:5] == other[:5] or len(a & b) > 0.7 * len(a | b)
