"""What a question asks: its kind, its language and the words that carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from corpus.arabic import is_arabic, normalise
from corpus.words import Word, forms, stem, word_forms, words

Kind = Literal["who", "when", "where", "count", "why", "how", "said", "what", "whether"]


_ASKING: dict[Kind, frozenset[str]] = {
    "who": word_forms(
        "من مين منهو لمن بمن ممن ومن منو مينو مينه شكون who whom whose qui quién quien wer wem wen "
        "kim кто מי کون کێ kî کیست کیستند"
    ),
    "when": word_forms(
        "متى ومتى متي منذمتى امتى إمتى إيمتى وقتاش فوقاش شوكت when quand cuándo cuando wann zaman "
        "когда کی چه‌وقت מתי کب کەی kengî kengê quando"
    ),
    "where": word_forms(
        "أين اين وأين فين وين منين where où dónde donde wo nerede где کجا کہاں איפה היכן کوێ "
        "لەکوێ onde"
    ),
    "count": word_forms(
        "كم وكم بكم كمية كام بكام قديش أديش قداش شكد شگد شحال اشحال combien cuántos cuántas cuánto "
        "wieviel wieviele kaç сколько چند چقدر כמה کتنے کتنی کتنا چەند çend quanti quante quanto "
        "quantos quantas"
    ),
    "why": word_forms(
        "لماذا ولماذا لمادا ليش ليه لويش علاش why pourquoi warum weshalb neden niçin почему چرا "
        "کیوں למה מדוע بۆچی çima perché"
    ),
    "how": word_forms(
        "كيف وكيف كيفاش شلون اشلون ازاي إزاي how comment cómo wie nasıl как چگونه چطور کیسے איך "
        "כיצד چۆن çawa"
    ),
    "what": word_forms(
        "ما ماذا مادا ماهو ماهي ماهى وما وماذا وبماذا وعماذا بماذا بمادا بما فيما علام عماذا أي اي "
        "بأي أية وأي ماهم what which quoi quel quelle quels quelles que qué was welche welcher "
        "welches ne hangi "
        "что какой какая какие چه کدام کیا شو ايش إيش اش وش ويش شنو شنوا شنهو اشنو מה איזה איזו "
        "چی çi cosa"
    ),
    "whether": word_forms("هل أهل وهل واش האם ئایا gelo آیا"),
}
_KIND_OF: dict[str, Kind] = {form: kind for kind, forms in _ASKING.items() for form in forms}
# Words that ask only where they stand first, and are others elsewhere («عم» is an uncle too).
_ASKING_FIRST: dict[str, dict[str, Kind]] = {
    "ar": dict.fromkeys(word_forms("بم مم عم فيم إلام مما عما إيه"), "what"),
    "en": dict.fromkeys(
        word_forms("is are was were does do did has have had will can could should would"),
        "whether",
    ),
    "fr": {"est": "whether"},
}
_BEFORE_WHO = word_forms("و مع إلى على عن")  # «من» after any other word is "of"
# The same of words that stand last: Egyptian «اسمه إيه؟».
_ASKING_LAST: dict[str, dict[str, Kind]] = {"ar": dict.fromkeys(word_forms("إيه"), "what")}
# French joins them to what stands before: "d'où", "jusqu'à quand", "qu'a dit".
_ELIDED = re.compile("(?:d|l|jusqu|n|s)'")
_ELIDED_WHAT = "qu'"
# Questions for an object, whose next noun is who did it: «بماذا شكر رئيس الوزراء؟».
_OF_OBJECTS = word_forms("ماذا مادا وماذا بماذا وبماذا بمادا عماذا وعماذا علام quoi")
# What may stand between "what" and the noun that says what is wanted: "what is the name of".
_BETWEEN = word_forms(
    "هو هي هم is are was were the a an est sont était le la les l un une es son el los las ist "
    "der die das"
)
_NUMBER = word_forms("عدد number nombre número anzahl sayı")
_MEASURED = word_forms("many much long old far tall high large big often viele viel")

# A noun right after "what" or "which" that says what kind of answer is wanted.
_WANTED: dict[Kind, frozenset[str]] = {
    "when": word_forms(
        "تاريخ عام سنة يوم شهر موعد قرن القرن السنة العام date year day month century année "
        "jour mois"
    ),
    "where": word_forms(
        "مكان مدينة دولة بلد منطقة موقع مقر عاصمة قارة بلاد المدينة الدولة البلد place city "
        "country "
        "town capital location ville pays lieu capitale ciudad país lugar stadt ort şehir "
        "şehirde ülke ülkede yerde کشور کشوری"
    ),
    "count": word_forms(
        "عدد مساحة نسبة تعداد طول ارتفاع عمر سعر قيمة مقدار درجة مبلغ number percentage area "
        "age cost "
        "nombre pourcentage"
    ),
    "why": word_forms("سبب أسباب السبب الأسباب reason reasons cause raison"),
    "who": word_forms(
        "اسم رئيس رئيسة وزير وزيرة سفير سفيرة مسؤول مسؤولة شخص شخصية person president minister "
        "ambassador name nom président présidente ministre ambassadeur ambassadrice presidente "
        "ministro ministra embajador präsident ministerin botschafter bakan başkan büyükelçi "
        "کسی وزیر وزیری"
    ),
    "said": word_forms(
        "تصريح تصريحات رأي رأيه رأيها موقف موقفه موقفها تعليق statement "
        "statements position view views opinion reaction comment avis déclaration réaction"
    ),
}
_WANTED_KIND: dict[str, Kind] = {form: kind for kind, forms in _WANTED.items() for form in forms}

# Verbs of saying, as stems are too short to tell قال from قل.
SAYING = word_forms(
    "قال قالت قالوا يقول تقول صرح صرحت ذكر ذكرت أضاف أضافت أوضح أوضحت أكد أكدت أعلن أعلنت وصف وصفت "
    "أشار أشارت شدد شددت تابع تابعت لفت لفتت رأى اعتبر اعتبرت بينت نفى نفت طالب طالبت حذر حذرت "
    "قاله قالته يصف يصرح يؤكد رأت زعم زعمت كشف كشفت أبلغ أبلغت دعا دعت اتهم اتهمت "
    "say says said tell told describe described stated announce announced called add "
    "added warn warned stress stressed noted argued insisted claimed denied accused explained "
    "confirmed estimé assuré jugé averti souligné indiqué précisé expliqué accusé démenti confirmé "
    "dit disent déclaré affirmé décrit qualifié ajouté annoncé "
    "sagt sagte sagten erklärte dijo dijeron dice declaró afirmó anunció dedi söyledi açıkladı "
    "گفت گفته сказал сказала сказали заявил заявила заявили"
)
# Nouns for what somebody said.
SAID = _WANTED["said"]
# What "how" asks the words for: how one describes something, not how one says it.
_DESCRIBING = word_forms(
    "وصف وصفت يصف تصف describe described describes décrit qualifié call called beschrieb describió"
)

_FUNCTION = word_forms(
    "في من إلى على عن مع هو هي هم هذا هذه ذلك تلك التي الذي الذين اللذين كان كانت يكون تكون و "
    "أو ثم "
    "أن إن لا لم لن قد بين عند منذ حتى كل بعد قبل حول خلال هناك به بها له لها فيه فيها منه "
    "منها عليه "
    "عليها إليه إليها وهو وهي ان كما أما غير عام ال يتم تم "
    "اللي يلي ده دي دا دول هاد هادا هاي هيدا هيدي هذي هاذي بتاع بتاعت بتاعة بتوع تبع ديال رح مش "
    "مو موش عشان علشان كمان برضه لسه بس اكو ماكو هسه هسا دلوقتي هلق هلأ "
    "a an the of in on at to for from by with and or is are was were be been being do does did has "
    "have had it its his her their this that these those there as about into than many much "
    "he she they we you i him them us me will would can could should shall may might must if but "
    "le la les l un une des du de d en dans sur au aux à par pour avec et ou est sont était a ont "
    "il elle ce cette ces se sa son ses ils elles on lui leur leurs nous vous y t s qu que lors "
    "el los las del y es son en un una por para con se su der die das den dem des und ist sind in "
    "von zu im am ein eine einen hat haben sobre über hakkında درباره"
)

_LANGUAGE_OF: dict[str, str] = {}
for _language, _text in {
    "fr": "qui quand où combien pourquoi comment quoi quel quelle quels quelles est sont le "
    "les des du "
    "dans une dit été sur",
    "es": "quién quien cuándo cuando dónde donde cuántos cuántas cuánto cómo qué el los del es una",
    "de": "wer wem wen wann wo wieviel warum wie welche welcher welches was der die das ist und",
    "tr": "kim nerede neden niçin nasıl hangi kaç",
    "en": "who whom whose when where why how what which the of did does was were is are",
    "ru": "кто когда где сколько почему как что какой какая какие",
    "fa": "چه چرا کجا کی چند چگونه است در که را از این",
    "ur": "کیا کیوں کہاں کیسے ہے کے کی میں نے",
}.items():
    for _form in word_forms(_text):
        _LANGUAGE_OF.setdefault(_form, _language)


_SCRIPTS = {
    "he": re.compile("[\u05d0-\u05ea]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
# Letters of Arabic script that Arabic does not have, and the other way round.
_LETTERS = {
    "ckb": re.compile("[ڕڵێۆە]"),
    "ur": re.compile("[ٹڈڑںےہھ]"),
    "fa": re.compile("[پچژگیک]"),
}
_ARABIC_ONLY = re.compile("[ةىيكأإ]")
_LATIN = ["en", "fr", "es", "de", "tr", "ku", "it", "pt"]
_ENOUGH = 3  # words of Latin script from which letters tell more than small words


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    Attributes:
        text: As asked.
        language: ISO 639-1 code, from its script and its small words.
        kind: What sort of answer it wants.
        words: The words that carry it, in order: not question words, not function words.
        focus: Stems of the two carrying words that follow the question word: what is counted,
            dated or defined.
        forms: Normalised forms of all its words.
    """

    text: str
    language: str
    kind: Kind
    words: tuple[Word, ...]
    focus: tuple[str, ...]
    forms: frozenset[str]

    @property
    def stems(self) -> tuple[str, ...]:
        """Stems of the carrying words, in order, once each."""
        return tuple(dict.fromkeys(stem(word.form, self.language) for word in self.words))


def read_question(text: str) -> Question:
    """Tells what a question asks for."""
    found = words(text)
    forms = [word.form for word in found]
    language = language_of(text)
    at, kind = _asked(forms, language)
    carrying = tuple(
        w for n, w in enumerate(found) if n != at and not is_function_word(_unelided(w.form))
    )
    # A question of nothing but small words ("من هو؟") is carried by what it has.
    carrying = carrying or tuple(w for w in found if w.form not in _KIND_OF) or tuple(found)
    after = [w for w in carrying if at is None or w.start >= found[at].start]
    if len(after) > 1 and after[0].form in _NUMBER:  # what is counted stands behind it
        after = after[1:]
    focus = tuple(stem(w.form, language) for w in after[:2])
    return Question(text, language, kind, carrying, focus, frozenset(forms))


def language_of(text: str) -> str:
    """The language of a short text, by its script, letters and words.

    Args:
        text: A question or a sentence.

    Returns:
        An ISO 639 code; English for what has no letters or is too short to tell.
    """
    most = sum(character.isalpha() for character in text) / 3  # names may stand in another script
    for code, letters in _SCRIPTS.items():
        if len(letters.findall(text)) > most:
            return code
    known = forms(text)
    found = [language for form in known if (language := _LANGUAGE_OF.get(form))]
    if sum(map(is_arabic, text)) > most:
        for code, letters in _LETTERS.items():
            if len(letters.findall(text)) > 1 + len(_ARABIC_ONLY.findall(text)):
                return code
        # Small words that Arabic has too ("در", "من") tell nothing one by one.
        return next((code for code in ("fa", "ur") if found.count(code) > 1), "ar")
    if any(form.startswith(_ELIDED_WHAT) for form in known):
        return "fr"
    if len(text.split()) >= _ENOUGH:
        return _among_latin(text)
    return max(found, key=lambda code: (found.count(code), code == "en"), default="en")


def _among_latin(text: str) -> str:
    return str(_identifier().classify(text)[0])


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_modelpath(MODEL_DIR / MODEL_FILE)
    identifier.set_languages(_LATIN)
    return identifier


def is_function_word(form: str) -> bool:
    """Tells whether a normalised word only joins others, or only asks."""
    return form in _FUNCTION or form in _KIND_OF


def _asked(forms: list[str], language: str) -> tuple[int | None, Kind]:
    """Finds the word that asks, and what it asks for."""
    saying = any(form in SAYING for form in forms)
    for at, form in enumerate(forms):
        kind = _kind(forms, at, language)
        if kind is None or (form == "من" and at > 0 and forms[at - 1] not in _BEFORE_WHO):
            continue
        following = forms[at + 1 : at + 4]
        if form == "من" and following[:1] == [normalise("أين")]:
            return at, "where"
        if kind == "how" and following and following[0] in _MEASURED:
            return at, "count"
        if kind == "how" and not _DESCRIBING.isdisjoint(forms):
            return at, "said"
        if kind == "what":
            wanted = None if form in _OF_OBJECTS else _wanted(following)
            return at, wanted or ("said" if saying else "what")
        return at, kind
    return None, "what"


def _kind(forms: list[str], at: int, language: str) -> Kind | None:
    """What a word asks for, if it asks."""
    form = forms[at]
    if at == 0 and (kind := _ASKING_FIRST.get(language, {}).get(form)):
        return kind
    if at == len(forms) - 1 and (kind := _ASKING_LAST.get(language, {}).get(form)):
        return kind
    return "what" if form.startswith(_ELIDED_WHAT) else _KIND_OF.get(_unelided(form))


def _unelided(form: str) -> str:
    return _ELIDED.sub("", form, count=1) if "'" in form else form


def _wanted(following: Iterable[str]) -> Kind | None:
    """What kind of answer the noun after "what" or "which" wants."""
    noun = next((form for form in following if form not in _BETWEEN), "")
    return _WANTED_KIND.get(noun)
