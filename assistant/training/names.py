"""Draws ``assistant/names.txt``, the words that are nearly always names, from open lists.

Run ``python -m assistant.training.names DIR``, where DIR holds ``lexicon/`` (word, language, word,
language) and ``news/`` (JSON lines with ``title`` and ``body``). A personal name is kept where
news in Arabic uses it and no dictionary knows it as another word, or where it is spelled in Latin
letters in many ways, as the commonest names are; names of countries and cities are kept whole.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.arabic import is_arabic
from corpus.words import stem, word_forms, words

_PEOPLE = ("google-ar2en-names", "wikidata-names-netranslit")
_PLACES = ("world-countries", "mledoze-countries")
_DICTIONARIES = ("omw", "wiktionary")
_STORIES = 12_000  # of each file of news
_OPENING = 1_500  # characters of a story
_COMMON = 350  # stories from which on a name must be known as one otherwise
_SPELLINGS = 4

# Capitals and cities, states by their short names, and ministries, which articles use as names.
_ADDED = word_forms(
    "دمشق بيروت القاهرة الرياض طهران بغداد الدوحة جدة مسقط عمان الكويت صنعاء الخرطوم طرابلس تونس "
    "الرباط الجزائر القدس غزة أنقرة إسطنبول موسكو واشنطن لندن باريس برلين روما مدريد بكين طوكيو "
    "جنيف فيينا بروكسل نيويورك الموصل البصرة أربيل كركوك النجف كربلاء الأنبار حلب حمص مراكش وهران "
    "بنغازي عدن أبوظبي دبي الشارقة المنامة قطر البحرين بريطانيا فرنسا ألمانيا إيطاليا إسبانيا "
    "أمريكا أميركا روسيا الصين اليابان الهند تركيا إيران العراق سوريا لبنان الأردن فلسطين إسرائيل "
    "مصر السودان ليبيا المغرب موريتانيا الصومال جيبوتي السعودية الإمارات اليمن أوكرانيا بولندا "
    "هولندا بلجيكا سويسرا النمسا السويد النرويج الدنمارك فنلندا اليونان البرتغال كندا المكسيك "
    "البرازيل الأرجنتين باكستان أفغانستان كوريا الأكوادور "
    "الخارجية الداخلية الدفاع المالية الصحة العدل النفط الزراعة التعليم السياحة الكونغرس البنتاغون "
    "الكرملين الكنيست "
    "baghdad damascus beirut cairo riyadh tehran doha jeddah muscat amman sanaa khartoum tripoli "
    "tunis rabat algiers jerusalem gaza ankara istanbul moscow washington london paris berlin rome "
    "madrid beijing tokyo geneva vienna brussels mosul basra erbil kirkuk aleppo homs benghazi "
    "aden "
    "dubai manama"
)
# Other words that the lists of names hold: verbs, common nouns, months, nisbas.
_DROPPED = word_forms(
    "يشار دارت ليست سميت يعيش تشير دابا توفر تأتي أولاد نشأت نجوم سياسيا تؤدي جدت بنيت اعتماد كلغ "
    "لحد أركان لابد ملاعب ليالي أنصار بلاغا قالوا بانت برس ستاد راسو رفعت غلوب هوما وجد رئيس عليه "
    "باسم كبير صباح نادي بيان كامل قضية قائد صاحب كورونا عالم حياة أولي طالب كاين أسماء عودة زيادة "
    "معروف دوري سلام سلامة حمام نجاح مغربي سيدة شديد مساعد طويل ريال كانا مغني وسيلة ذكرى جامع "
    "شاهد نجمة طلبة فيلما مسلم قادر تراب ملكي غرام ديني مسرحي ثابت روسي ليبي مشهور عبادة نقاش "
    "مولود مقدم إيراني سوري شامل حديد معلم مدني براس والي شامي مشرف مؤمن جناح فيلا مامي لاين هايل "
    "غريب إيدي أبان تركي رسول إيمان أحلام كورية متحدة مولانا رفيقة نمور المدفع أهداف مالك عماد "
    "هلال فريد سيدي خليفة حبيب صديق رفيق دنيا جوهر صادق قطب رياض وسام طبيب نور يورو دولار جنيه "
    "السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة العالم العنقاء العيون الأسد رجب رمضان "
    "شعبان صفر محرم شوال جمعة خميس ربيع يناير فبراير مارس أبريل مايو يونيو "
    "يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر نيسان أيار حزيران تموز أيلول شباط آذار تشرين كانون "
    "أوت أفريل جوان جويلية فيفري نونبر دجنبر غشت march may august turkey"
)


def draw(data: Path) -> list[str]:
    """The names, normalised, in alphabetical order."""
    spelled: Counter[str] = Counter()
    for name in _PEOPLE:
        for _, other, arabic in _with_arabic(data, name):
            if not other.startswith("ar"):
                spelled.update(word.form for word in words(arabic))
    ordinary = {
        word.form
        for name in _DICTIONARIES
        for word_of_other, _, arabic in _with_arabic(data, name)
        if not word_of_other[:1].isupper()
        for word in words(arabic)
    }
    stems = {stem(form) for form in ordinary}
    told = _stories_with(data)
    rare = {
        form
        for form in spelled
        if len(form) > 2 and 2 <= told[form] <= _COMMON and form not in ordinary
        if stem(form) not in stems
    }
    common = {
        form
        for form, ways in spelled.items()
        if ways >= _SPELLINGS and len(form) >= 4 and told[form]
    }
    people = {form for form in rare | common if is_arabic(form) and not form.startswith("ال")}
    return sorted((people | _places(data) | _ADDED) - _DROPPED)


def _places(data: Path) -> set[str]:
    """Countries and cities of one word: in Arabic, and countries in English."""
    places: set[str] = set()
    for name in (*_PLACES, "cldr"):
        for other, language, arabic in _with_arabic(data, name):
            forms = [word.form for word in words(arabic)]
            latin = other.isalpha() and other[:1].isupper()
            # CLDR also names languages, which end like adjectives in Arabic.
            adjective = forms and forms[0].startswith("ال") and forms[0].endswith("يه")
            if len(forms) == 1 and len(forms[0]) > 2 and latin and not adjective:
                places.add(forms[0])
            if language == "en" and latin and name != "cldr":
                places.add(other.casefold())
    return places


def _with_arabic(data: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Of each pair with Arabic on one side: the other word, its language, the Arabic word."""
    with gzip.open(data / "lexicon" / f"{name}.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 4 and "ar" in fields[1::2]:
                one, first, other, second = fields
                yield (one, first, other) if second == "ar" else (other, second, one)


def _stories_with(data: Path) -> Counter[str]:
    """In how many stories each word stands."""
    told: Counter[str] = Counter()
    for path in sorted((data / "news").glob("*.ar.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(_STORIES), lines, strict=False):
                story = json.loads(line)
                text = f"{story.get('title') or ''} {story.get('body') or ''}"[:_OPENING]
                told.update({word.form for word in words(text)})
    return told


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    names = draw(parser.parse_args().data)
    path = Path(__file__).parents[1] / "names.txt"
    path.write_text("\n".join(names) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
