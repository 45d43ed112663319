"""How well a text's characters follow one another, in the languages that are read.

Bytes can be read in many encodings, and only one reading gives words. Pairs of neighbouring
characters tell which: `cost` is low where letters neighbour that neighbour in the common words of
a language, and high where letters are strewn among symbols. The words are the stop lists of
jusText, by which trafilatura tells prose from the rest of a page.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

# The languages whose letters are known, by script.
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "ARABIC": ("Arabic", "Persian", "Urdu", "Western_Panjabi", "Sorani"),
    "HEBREW": ("Hebrew",),
    "CYRILLIC": (
        *("Russian", "Ukrainian", "Belarusian", "Bulgarian", "Serbian", "Macedonian"),
        *("Kazakh", "Kyrgyz"),
    ),
    "GREEK": ("Greek",),
    "LATIN": (
        *("English", "French", "German", "Spanish", "Italian", "Portuguese", "Dutch", "Catalan"),
        *("Swedish", "Danish", "Norwegian_Bokmal", "Finnish", "Icelandic", "Polish", "Czech"),
        *("Slovak", "Slovenian", "Croatian", "Hungarian", "Romanian", "Albanian", "Turkish"),
        *("Azerbaijani", "Kurdish", "Uzbek", "Turkmen", "Lithuanian", "Latvian", "Estonian"),
        *("Vietnamese", "Indonesian", "Swahili", "Irish", "Welsh", "Maltese", "Esperanto"),
    ),
}

# The most frequent characters of Chinese, Japanese and Korean prose.
_FREQUENT = frozenset(
    "的一是不了在人有我他这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著"
    "下自之年过過发發后後作里用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還"
    "进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情"
    "明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見被利什二"
    "等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比"
    "员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報"
    "市京区県円者社議員会長氏同約万億"
    "이다는의에을를가고하지도한로사기은서나시인자어대정해아리수있부전일장그조국제보년원과만으들주"
    "여성라것동상공스회선비게경세계유구진관위안되치미했경방중화연결문개당민북남실발통요까러면건"
)
# Common words of Kurdish in Arabic letters, for which jusText has no list.
_SORANI = (
    "لە بە بۆ کە ئەو ئەم ئەوە ئەمە ئەوەی ئەوان لەگەڵ لەسەر لەبەر لەنێوان هەموو هەر هیچ نێوان ناو"
    " ناوچەی دوای پێش پاش کوردستان حکومەت حکومەتی سەرۆک سەرۆکی هەرێم هەرێمی عێراق تورکیا ئێران"
    " سووریا ئەمریکا بەغدا هەولێر سلێمانی دهۆک ڕۆژ ڕۆژی ساڵ ساڵی مانگی کات کاتێک وڵات وڵاتانی کرد"
    " کردووە دەکات دەکەن دەکرێت دەبێت دەبن بوو بووە بوون نییە هەیە تر دیکە زۆر زۆرتر کەم کەس کەسی"
    " خەڵک خەڵکی پارتی یەکێتی پەرلەمان هێز هێزەکانی شار شاری شارەکە سەر ژێر ژیان پێویستە دەڵێت"
    " گوتی وتی ڕایگەیاند ڕایگەیاندووە بەڵام چونکە ئێستا ئەمڕۆ دوێنێ دەستی دەست پێکرد پێی وەک"
    " هەروەها یان ئەگەر تا تاکو بەپێی سەبارەت لەلایەن بڕیاری یاسای کار کارەکە کۆمەڵ کۆبوونەوە"
    " گەورە گەل نوێ نوێی باش خراپ یەک یەکەم دوو دووەم سێ چوار پێنج شەش حەوت هەشت نۆ دە سەد هەزار"
    " ملیۆن دۆلار دینار نەوت ئاو ئاسایش پۆلیس وەزیر وەزیری وەزارەتی ڕێگا ڕێکخراوی پرۆژە پرۆژەی"
    " مرۆڤ ژن پیاو منداڵ قوتابی زانکۆ زانکۆی خوێندن کتێب زمان زمانی مێژوو ڕۆژنامە هەواڵ"
)

# Costs in nats: minus the natural logarithm of a rough probability.
_RARE_LETTER = 10.0  # one that the language does not write
_OTHER_LETTER = 5.0  # of a script whose languages are not known here
_FREQUENT_CJK = 3.5  # one of `_FREQUENT`
_COMMON_CJK = 7.0  # one of the first level of a national standard
_RARE_CJK = 10.0
_MARK = 2.0
_PUNCTUATION = 3.0
_SYMBOL = 8.0
_NOT_TEXT = 14.0  # control characters, U+FFFD, private and unassigned characters
_MISPLACED = 6.0  # added to a sign that touches a letter on its wrong side
_CAPITAL_INSIDE = 5.0
_SCRIPTS_MIXED = 8.0
_BESIDE_CJK = 3.0  # Chinese and Japanese write other scripts' words without a space
_LEFT_TO_RIGHT = ("LATIN", "CYRILLIC", "GREEK")
_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")

_OPENING = frozenset("«“‘„‚‹¿¡()[]{}\"'")
_CLOSING = frozenset("»”’“›،؛؟٪…°™®©ºª%.,;:!?)(]}\"'、。，")
_BETWEEN = frozenset("’'ʼ·‐\u2011-–—־׳״/_@&+=#*|~^$\\`<>€£\xad")
_BEFORE_A_WORD = _OPENING | _BETWEEN
_AFTER_A_WORD = _CLOSING | _BETWEEN
_TYPOGRAPHY = frozenset(
    {*_OPENING, *_CLOSING, *_BETWEEN, *"•٫٬§№―\xa0\u3000「」『』（）：；！？《》【】・％～"}
)
_INVISIBLE = frozenset(
    "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"
)
_LETTERS = re.compile(r"[^\W\d_]+")


def cost(text: str) -> float:
    """Tells how unlikely a text is, in nats: the lower, the likelier.

    Readings of the same bytes can be compared. Pairs of ASCII characters are not counted: they
    are the same in nearly all encodings.
    """
    fixed, letters = 0.0, dict[str, list[tuple[str, int]]]()
    for pair, times in _pairs(text).items():
        follows = _follows(*pair)
        fixed += follows.cost * times
        if follows.script:
            letters.setdefault(follows.script, []).append((follows.letters, times))
    return fixed + sum(_in_best_language(*found) for found in letters.items())


def oddness(text: str) -> float:
    """Tells how unlikely a pair of a text's characters is on the average; 0 if all is ASCII."""
    pairs = _pairs(text).total()
    return cost(text) / pairs if pairs else 0.0


def _pairs(text: str) -> Counter[tuple[str, str]]:
    found = Counter(pairwise(f" {text} "))
    return Counter({pair: n for pair, n in found.items() if pair[0] > "\x7f" or pair[1] > "\x7f"})


def _in_best_language(script: str, letters: Iterable[tuple[str, int]]) -> float:
    return min(
        sum(n * model.get(pair, model.get(pair[1], _RARE_LETTER) + 1.5) for pair, n in letters)
        for model in _models(script)
    )


class _Follows(NamedTuple):
    """What it costs that one character follows another.

    Attributes:
        cost: What it costs in any language.
        script: The script whose languages add to that, or nothing.
        letters: The pair of letters that they are asked for.
    """

    cost: float
    script: str = ""
    letters: str = ""


@lru_cache(maxsize=1 << 16)
def _follows(before: str, char: str) -> _Follows:
    last, this = _character(before), _character(char)
    touching = last.kind == "letter" or last.kind == "mark"
    if this.kind == "letter":
        price = this.cost
        if touching and last.script not in ("", this.script):
            price += _BESIDE_CJK if "CJK" in (last.script, this.script) else _SCRIPTS_MIXED
        elif (before in _INVISIBLE and this.script in _LEFT_TO_RIGHT) or (
            last.kind == "sign" and this.script != "CJK" and before not in _BEFORE_A_WORD
        ):
            price += _MISPLACED
        if before.islower() and char.isupper():
            price += _CAPITAL_INSIDE
        first = before.lower() if last.kind == "letter" and last.script == this.script else " "
        if last.kind == "mark":  # the letter below it is not known
            first = "+"
        if this.script not in _LANGUAGES:
            return _Follows(price)
        return _Follows(price, this.script, f"{first}{char.lower()}"[:2])
    if this.kind == "mark":
        if char in _INVISIBLE:
            return _Follows(_SYMBOL if last.script in _LEFT_TO_RIGHT else _MARK)
        fits = last.kind in ("letter", "mark") and this.script == last.script
        return _Follows(_MARK if fits else _SYMBOL)
    price = this.cost if char > "\x7f" else 0.0
    if last.kind != "letter":
        return _Follows(price)
    if this.kind == "sign" and last.script != "CJK" and char not in _AFTER_A_WORD:
        price += _MISPLACED
    if last.script in _LANGUAGES and before > "\x7f":
        return _Follows(price, last.script, f"{before.lower()} "[-2:])
    return _Follows(price)


class _Character(NamedTuple):
    kind: Literal["letter", "mark", "sign", "space"]
    script: str
    cost: float


@lru_cache(maxsize=1 << 14)
def _character(char: str) -> _Character:
    category = unicodedata.category(char)
    if char in " \t\r\n":
        return _Character("space", "", 0.0)
    if char in _INVISIBLE:
        return _Character("mark", "", _MARK)
    if char == "\ufffd" or category in ("Cc", "Cn", "Co", "Cs"):
        return _Character("sign", "", _NOT_TEXT)
    if char in _TYPOGRAPHY or category == "Nd":
        return _Character("space" if category == "Zs" else "sign", "", _PUNCTUATION)
    script = unicodedata.name(char, "").split(" ", 1)[0]
    if category in ("Mn", "Mc"):
        return _Character("mark", "" if script == "COMBINING" else script, _MARK)
    if category in ("Lu", "Ll", "Lt", "Lo"):
        if script in _LANGUAGES:
            return _Character("letter", script, 0.0)
        if script in _CJK:
            return _Character("letter", "CJK", _cjk(char, script))
        return _Character("letter", script, _OTHER_LETTER)
    return _Character("sign", "", _SYMBOL)


def _cjk(char: str, script: str) -> float:
    if char in _FREQUENT or script == "HIRAGANA":
        return _FREQUENT_CJK
    if script == "KATAKANA":
        return _FREQUENT_CJK + 1.0
    for encoding, first, last in (
        ("gb2312", 0xB0, 0xD7),
        ("big5", 0xA4, 0xC6),
        ("shift_jis", 0x88, 0x97),
        ("euc_kr", 0xB0, 0xC8),
    ):
        try:
            if first <= char.encode(encoding)[0] <= last:
                return _COMMON_CJK
        except UnicodeEncodeError:
            continue
    return _RARE_CJK


@lru_cache(maxsize=16)
def _models(script: str) -> tuple[Mapping[str, float], ...]:
    return tuple(map(_model, _LANGUAGES[script]))


def _model(language: str) -> Mapping[str, float]:
    """The costs of a language's pairs of letters, and of single ones, from its common words."""
    import justext

    pairs: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    for line in _SORANI.split() if language == "Sorani" else justext.get_stoplist(language):
        for word in _LETTERS.findall(line.lower()):
            marked = f" {word} "
            pairs.update(map("".join, pairwise(marked)))
            firsts.update(marked[:-1])
            singles.update(marked[1:])
    total = singles.total()
    # A letter of one or two foreign names is not the language's.
    share = {c: n / total for c, n in singles.items() if n >= 3 and n / total > 2e-4}
    found = {c: -math.log(p) for c, p in share.items()}
    for pair, times in pairs.items():
        if pair[1] in share:
            chance = (times + 3.0 * share[pair[1]]) / (firsts[pair[0]] + 3.0)
            found[pair] = min(-math.log(chance), _RARE_LETTER)
    return found
