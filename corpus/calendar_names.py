"""The names of months and weekdays, in every language that is read.

Data, without rules: `corpus.dates` and `corpus.relative_days` say what they mean. A name's
spellings are parted by bars.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from corpus.arabic import normalise

Calendar = Literal["gregorian", "hijri", "persian"]


def _numbered(*names: str) -> dict[str, int]:
    """Numbers a calendar's names, from 1, by their normalised spellings."""
    return {
        normalise(spelling): number
        for number, spellings in enumerate(names, start=1)
        for spelling in spellings.split("|")
    }


# Months of the Gregorian calendar by normalised name, and weekdays, of which Monday is 0.
MONTHS: Mapping[str, int] = (
    # Egypt and the Gulf, with the spellings of the Maghreb
    _numbered(
        "يناير|جانفي|ژانویه",
        "فبراير|فيفري|فوریه",
        "مارس",
        "أبريل|إبريل|ابريل|أفريل|آوریل",
        "مايو|ماي|مه|می",
        "يونيو|يونيه|جوان|ژوئن",
        "يوليو|يوليه|جويلية|يوليوز|ژوئیه|جولای",
        "أغسطس|اغسطس|أوت|غشت|اوت",
        "سبتمبر|شتنبر|سپتامبر",
        "أكتوبر|اكتوبر|أوكتوبر|اکتبر",
        "نوفمبر|نونبر|نوامبر",
        "ديسمبر|دجنبر|دسامبر",
    )
    # The Levant and Iraq
    | _numbered(
        "كانون الثاني|كانون ثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار|ايار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول|ايلول",
        "تشرين الأول|تشرين اول|تشرين أول",
        "تشرين الثاني|تشرين ثاني",
        "كانون الأول|كانون اول|كانون أول",
    )
    | _numbered(
        "january|jan|janvier|januar|enero|gennaio|janeiro|ocak|января",
        "february|feb|février|février|februar|febrero|febbraio|fevereiro|şubat|февраля",
        "march|mar|mars|märz|marzo|março|mart|марта",
        "april|apr|avril|abril|aprile|nisan|апреля",
        "may|mai|mayo|maggio|maio|mayıs|мая",
        "june|jun|juin|juni|junio|giugno|junho|haziran|июня",
        "july|jul|juillet|juli|julio|luglio|julho|temmuz|июля",
        "august|aug|août|agosto|ağustos|августа",
        "september|sep|sept|septembre|septiembre|settembre|setembro|eylül|сентября",
        "october|oct|octobre|oktober|octubre|ottobre|outubro|ekim|октября",
        "november|nov|novembre|noviembre|novembro|kasım|ноября",
        "december|dec|décembre|dezember|diciembre|dicembre|dezembro|aralık|декабря",
    )
)
HIJRI_MONTHS = _numbered(
    "محرم|المحرم|محرم الحرام",
    "صفر",
    "ربيع الأول|ربيع اول",
    "ربيع الآخر|ربيع الثاني|ربيع ثاني",
    "جمادى الأولى|جمادى الأول|جمادي الاول",
    "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جمادى الاخر",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة|ذي القعدة|ذوالقعدة|ذیقعده",
    "ذو الحجة|ذي الحجة|ذوالحجة|ذیحجه",
)
PERSIAN_MONTHS = _numbered(
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد|امرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)

# Names that are read in dates only, where a day or a year stands beside them.
MORE_MONTHS: Mapping[str, int] = (
    # Urdu
    _numbered(
        "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر",
        "نومبر", "دسمبر",
    )
    # Hebrew
    | _numbered(
        "ינואר|בינואר", "פברואר|בפברואר", "מרץ|במרץ|מרס|במרס", "אפריל|באפריל", "מאי|במאי",
        "יוני|ביוני", "יולי|ביולי", "אוגוסט|באוגוסט", "ספטמבר|בספטמבר", "אוקטובר|באוקטובר",
        "נובמבר|בנובמבר", "דצמבר|בדצמבר",
    )
    # Sorani
    | _numbered(
        "کانوونی دووەم|کانوونی دووەمی|کانونی دووەم|کانونی دووەمی", "شوبات|شوباتی", "ئازار|ئازاری",
        "نیسان|نیسانی", "ئایار|ئایاری", "حوزەیران|حوزەیرانی", "تەمووز|تەمووزی|تەموز|تەموزی",
        "ئاب|ئابی", "ئەیلوول|ئەیلوولی|ئەیلول|ئەیلولی", "تشرینی یەکەم|تشرینی یەکەمی",
        "تشرینی دووەم|تشرینی دووەمی", "کانونی یەکەم|کانونی یەکەمی|کانوونی یەکەم|کانوونی یەکەمی",
    )
    # Kurmanji
    | _numbered(
        "rêbendan|rêbendana|rêbendanê|çile|çileya", "sibat|sibata|sibatê|reşemî",
        "adar|adara|adarê", "nîsan|nîsana|nîsanê", "gulan|gulana|gulanê",
        "hezîran|hezîrana|hezîranê", "tîrmeh|tîrmeha|tîrmehê", "tebax|tebaxa|tebaxê",
        "îlon|îlona|îlonê", "cotmeh|cotmeha|cotmehê", "mijdar|mijdara|mijdarê",
        "berfanbar|berfanbara|berfanbarê|kanûn|kanûna",
    )
    # Russian in the nominative, Ukrainian, Polish, Czech
    | _numbered(
        "январь|січня|stycznia|ledna", "февраль|лютого|lutego|února", "март|березня|marca|března",
        "апрель|квітня|kwietnia|dubna", "май|травня|maja|května", "июнь|червня|czerwca|června",
        "июль|липня|lipca|července", "август|серпня|sierpnia|srpna",
        "сентябрь|вересня|września|září", "октябрь|жовтня|października|října",
        "ноябрь|листопада|listopada|listopadu", "декабрь|грудня|grudnia|prosince",
    )
    # Dutch, the Nordic languages, Romanian, Indonesian, Greek
    | _numbered(
        "januari|ianuarie|ιανουαρίου", "februari|februarie|φεβρουαρίου",
        "maart|martie|maret|μαρτίου", "aprilie|απριλίου", "mei|maj|μαΐου|μαίου",
        "iunie|ιουνίου", "iulie|ιουλίου", "augustus|augusti|agustus|αυγούστου",
        "septembrie|σεπτεμβρίου", "octombrie|oktober|οκτωβρίου", "noiembrie|νοεμβρίου",
        "decembrie|desember|δεκεμβρίου",
    )
    # Abbreviations
    | _numbered(
        "janv|ene|gen|oca|янв|ιαν", "févr|fév|feb|fev|şub|фев|φεβ", "mär|mrz|мар|μαρ",
        "avr|abr|nis|апр|απρ", "mag|μαΐ", "haz|июн|ιουν", "juil|lug|tem|июл|ιουλ",
        "ago|ağu|авг|αυγ", "set|eyl|сен|сент|σεπ", "okt|ott|out|eki|окт|οκτ", "kas|ноя|нояб|νοε",
        "déc|dez|dic|ara|дек|δεκ",
    )
)  # fmt: skip

MONTH_NAMES: Mapping[str, tuple[Calendar, int]] = {
    **{name: ("gregorian", number) for name, number in MORE_MONTHS.items()},
    **{name: ("persian", number) for name, number in PERSIAN_MONTHS.items()},
    **{name: ("hijri", number) for name, number in HIJRI_MONTHS.items()},
    **{name: ("gregorian", number) for name, number in MONTHS.items()},
}

# From Monday to Sunday.
_WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "ar": ("الاثنين|الإثنين|اثنين", "الثلاثاء|ثلاثاء", "الأربعاء|أربعاء", "الخميس|خميس",
           "الجمعة|جمعة", "السبت|سبت", "الأحد|أحد"),
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه|پنج‌شنبه", "جمعه", "شنبه",
           "یکشنبه|یک‌شنبه"),
    "ur": ("پیر|سوموار", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار"),
    "ckb": ("دووشەممە", "سێشەممە|سێ شەممە", "چوارشەممە", "پێنجشەممە", "هەینی", "شەممە", "یەکشەممە"),
    "he": ("יום שני|ביום שני", "יום שלישי|ביום שלישי", "יום רביעי|ביום רביעי",
           "יום חמישי|ביום חמישי", "יום שישי|ביום שישי", "יום שבת|בשבת", "יום ראשון|ביום ראשון"),
    "ku": ("duşem|duşemê", "sêşem|sêşemê", "çarşem|çarşemê", "pêncşem|pêncşemê", "în|înî|înê",
           "şemî|şemiyê", "yekşem|yekşemê"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend",
           "sonntag"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    "pt": ("segunda feira|segunda", "terça feira|terça", "quarta feira|quarta",
           "quinta feira|quinta", "sexta feira|sexta", "sábado", "domingo"),
    "tr": ("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"),
    "ru": ("понедельник", "вторник", "среда|среду", "четверг", "пятница|пятницу",
           "суббота|субботу", "воскресенье"),
}  # fmt: skip


def _weekdays(*languages: str) -> dict[str, int]:
    return {
        normalise(spelling): number
        for language in languages
        for number, spellings in enumerate(_WEEKDAYS[language])
        for spelling in spellings.split("|")
    }


# The weekdays of each language by normalised name, of which Monday is 0.
WEEKDAY_NAMES: Mapping[str, Mapping[str, int]] = {
    language: _weekdays(language) for language in _WEEKDAYS
}
# Those that mean a weekday, or nothing, in whatever language a text is.
WEEKDAYS: Mapping[str, int] = _weekdays("en", "fr", "fa", "ar")
