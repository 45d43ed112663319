"""The words with which each language tells days from today: data for `corpus.relative_days`.

Phrases are written as words parted by blanks; alternatives are parted by bars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.arabic import normalise

Forms = frozenset[str]


def _forms(phrases: str) -> Forms:
    return frozenset(normalise(phrase) for phrase in phrases.split("|") if phrase)


def _days(**phrases: str) -> Mapping[str, int]:
    names = {"two_ago": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "in_two": 2}
    return {form: names[name] for name, words in phrases.items() for form in _forms(words)}


@dataclass(frozen=True, slots=True)
class RelativeWords:
    """A language's words for days.

    Attributes:
        clear: Days away by the phrase that means nothing else.
        beside: Days away by phrases that also mean something else ("nowadays", "morning"): they
            count beside a weekday or a time of day.
        never_after: What stands before a phrase that means no day: "*of* tomorrow".
        never_before: What stands after one: «أمس *الحاجة*».
        times: Times of day.
        at: What stands between a day and an hour.
        last: "The most recent", beside a weekday.
        last_week: The same, or "of the week before".
        next: "The coming", beside a weekday.
        next_week: The same, or "of the week after".
        side: Where those stand.
        on: What stands before a weekday or a day of a month on which something happens.
        on_after: What stands after a day of a month on which something happens.
        weekday_of: What stands before a weekday, and belongs to it.
        happened: Verbs in the past directly before the day on which something happened.
        not_yet: What stands before such a form where it is no past: "*be* announced Monday".
        future: What makes a sentence tell of the future.
    """

    clear: Mapping[str, int]
    beside: Mapping[str, int]
    never_after: Forms = frozenset()
    never_before: Forms = frozenset()
    times: Forms = frozenset()
    at: Forms = frozenset()
    last: Forms = frozenset()
    last_week: Forms = frozenset()
    next: Forms = frozenset()
    next_week: Forms = frozenset()
    side: Literal["before", "after", "either"] = "after"
    on: Forms = frozenset()
    on_after: Forms = frozenset()
    weekday_of: Forms = frozenset()
    happened: Forms = frozenset()
    not_yet: Forms = frozenset()
    future: Forms = frozenset()


RELATIVE_WORDS: Mapping[str, RelativeWords] = {
    "ar": RelativeWords(
        clear=_days(
            two_ago="أول من أمس|أول أمس|أمس الأول", yesterday="أمس|البارحة|يوم أمس",
            in_two="بعد غد|بعد الغد",
        ),
        beside=_days(today="اليوم", tomorrow="غداً|غد|الغد|يوم غد"),
        never_after=_forms("مثل|حتى|لغاية|كأنه|كأنها|كأن|منذ|أعداء|أصدقاء"),
        never_before=_forms("الحاجة|حاجة|القريب|البعيد"),
        times=_forms(
            "صباح|مساء|ظهر|عصر|فجر|ليل|صباحا|ظهرا|عصرا|فجرا|ليلا|الساعة|عند الساعة|بعد ظهر"
        ),
        last=_forms("الماضي|الماضية|الفائت|الفائتة|المنصرم|المنصرمة|الأخير|الفارط"),
        next=_forms("المقبل|المقبلة|القادم|القادمة"),
        on=_forms("في|يوم|بتاريخ"),
        weekday_of=_forms("يوم"),
        happened=_forms(
            "قال|قالت|ذكر|ذكرت|أفاد|أفادت|صرح|صرحت|كشف|كشفت|أكد|أكدت|نفى|نفت|توفي|توفيت|قتل"
            "|قتلت|أصيب|وصل|وصلت|التقى|التقت|اندلع|اندلعت|انفجر|انفجرت|أصدر|أصدرت|نشر|نشرت"
            "|وقع|وقعت|افتتح|افتتحت|استقبل|اجتمع|بدأ|بدأت"
        ),
        future=_forms("سوف|لن|المقرر|المنتظر|المتوقع|المزمع|يعتزم|تعتزم|ينوي|تنوي"),
    ),
    "fa": RelativeWords(
        clear=_days(two_ago="پریروز", yesterday="دیروز", in_two="پس‌فردا|پس فردا"),
        beside=_days(today="امروز", tomorrow="فردا"),
        never_after=_forms("تا|مثل|مانند|انگار|همین|دنیای|نسل"),
        times=_forms("صبح|عصر|ظهر|شب|بامداد|بعدازظهر|بعد از ظهر|ساعت"),
        last=_forms("گذشته"),
        next=_forms("آینده"),
        on=_forms("در|روز"),
        weekday_of=_forms("روز"),
        future=_forms("خواهد|خواهند|قرار"),
    ),
    "ur": RelativeWords(
        clear=_days(yesterday="گزشتہ روز"),
        beside=_days(today="آج"),
        times=_forms("صبح|شام|رات|دوپہر"),
        last=_forms("گزشتہ"),
        next=_forms("آئندہ|اگلے"),
        side="before",
        on_after=_forms("کو"),
        future=_forms("گا|گی|گے"),
    ),
    "he": RelativeWords(
        clear=_days(
            two_ago="שלשום", yesterday="אתמול", tomorrow="מחר", in_two="מחרתיים"
        ),
        beside=_days(today="היום"),
        never_after=_forms("עד|של|כמו|כאילו"),
        times=_forms("בבוקר|בערב|בצהריים|אחר הצהריים|בלילה|בשעה"),
        last=_forms("שעבר|האחרון"),
        next=_forms("הקרוב"),
        on=_forms("ב"),
        happened=_forms("אמר|אמרה|הודיע|הודיעה|מסר|מסרה|נהרג|נהרגה|מת|מתה|נפטר|נפטרה"),
        future=_forms("צפוי|צפויה|עתיד|עתידה|ייפתח|תיפתח"),
    ),
    "ckb": RelativeWords(
        clear=_days(two_ago="پێرێ", yesterday="دوێنێ", tomorrow="سبەی|سبەینێ"),
        beside=_days(today="ئەمڕۆ"),
        never_after=_forms("وەک|ی"),
        times=_forms("بەیانی|ئێوارە|نیوەڕۆ|کاتژمێر"),
        last=_forms("ڕابردوو|رابردوو"),
        next=_forms("داهاتوو"),
        on=_forms("لە"),
        future=_forms("دەبێت"),
    ),
    "ku": RelativeWords(
        clear=_days(two_ago="pêr", yesterday="duh"),
        beside=_days(today="îro", tomorrow="sibê"),
        times=_forms("êvarê|sibehê|nîvro|saet"),
        last=_forms("borî"),
        next=_forms("bê"),
        on=_forms("di|li"),
        future=_forms("dê|wê"),
    ),
    "en": RelativeWords(
        clear=_days(
            two_ago="day before yesterday", yesterday="yesterday", tomorrow="tomorrow",
            in_two="day after tomorrow",
        ),
        beside=_days(today="today"),
        never_after=_forms("until|till|of|like|as|only|was|were|better|every|and|not|a|than"),
        never_before=_forms("s|and|land"),
        times=_forms("earlier|later|early|late|noon|midnight"),
        at=_forms("at"),
        last=_forms("past"),
        last_week=_forms("last"),
        next=_forms("coming"),
        next_week=_forms("next"),
        side="before",
        on=_forms("on"),
        weekday_of=_forms("on"),
        happened=_forms(
            "said|announced|reported|told|confirmed|died|arrested|killed|wrote|was|were|began"
            "|resigned|arrived|ruled|voted|met|opened|signed|warned|denied|released|published"
        ),
        not_yet=_forms("be|to|being"),
        future=_forms("will|ll|shall|would|could|may|plans|planned|scheduled|expected|due|set"),
    ),
    "fr": RelativeWords(
        clear=_days(
            two_ago="avant hier", yesterday="hier", tomorrow="demain", in_two="après demain"
        ),
        beside=_days(today="aujourd hui"),
        never_after=_forms("jusqu à|à|d|de|des|du|comme|et|ou|pas|que"),
        never_before=_forms("et|comme"),
        times=_forms("matin|après midi|soir|midi"),
        at=_forms("à|dès"),
        last=_forms("dernier"),
        next=_forms("prochain"),
        on=_forms("le"),
        happened=_forms(
            "annoncé|déclaré|affirmé|indiqué|dit|confirmé|mort|morte|décédé|décédée|arrêté"
            "|tué|tués|publié|signé|rapporté"
        ),
        not_yet=_forms("être|d être"),
        future=_forms("va|vont|sera|seront|aura|auront|devra|devrait|prévu|prévue|rouvrira"),
    ),
    "de": RelativeWords(
        clear=_days(two_ago="vorgestern", yesterday="gestern", in_two="übermorgen"),
        beside=_days(today="heute", tomorrow="morgen"),
        never_after=_forms(
            "von|wie|und|am|den|der|dem|das|jeden|diesen|guten|heute|gestern|einen|ganzen|frühen"
            "|bis|nicht|vom|nächsten|seit"
        ),
        never_before=_forms("und|noch"),
        times=_forms("morgen|früh|vormittag|mittag|nachmittag|abend|nacht"),
        at=_forms("um"),
        last=_forms("vergangenen"),
        last_week=_forms("letzten|vorigen"),
        next=_forms("kommenden"),
        next_week=_forms("nächsten"),
        side="before",
        on=_forms("am"),
        weekday_of=_forms("am"),
        happened=_forms(
            "sagte|teilte|teilten|erklärte|starb|starben|kündigte|berichtete|bestätigte|wurde"
            "|wurden"
        ),
        future=_forms("wird|werden|soll|sollen|will|wollen"),
    ),
    "es": RelativeWords(
        clear=_days(
            two_ago="anteayer|antes de ayer|antier", yesterday="ayer", in_two="pasado mañana"
        ),
        beside=_days(today="hoy", tomorrow="mañana"),
        never_after=_forms("de|la|por|esta|una|cada|como|y|del|el|hasta|no|pasado"),
        never_before=_forms("y"),
        times=_forms("por la mañana|por la tarde|por la noche|al mediodía|temprano"),
        at=_forms("a las|a la"),
        last=_forms("pasado"),
        next=_forms("próximo"),
        side="either",
        on=_forms("el|este"),
        weekday_of=_forms("el"),
        happened=_forms(
            "dijo|anunció|informó|murió|falleció|aseguró|afirmó|confirmó|publicó|firmó|llegó"
        ),
        future=_forms("será|serán|abrirá|va|prevé|previsto|prevista|habrá"),
    ),
    "it": RelativeWords(
        clear=_days(
            two_ago="l altro ieri|altro ieri|altroieri", yesterday="ieri", tomorrow="domani",
            in_two="dopodomani",
        ),
        beside=_days(today="oggi"),
        never_after=_forms("a|fino|di|del|come|e|da|non|un|il|che"),
        never_before=_forms("e"),
        times=_forms("mattina|pomeriggio|sera|a mezzogiorno"),
        at=_forms("alle|dalle"),
        last=_forms("scorso|scorsa"),
        next=_forms("prossimo|prossima"),
        side="either",
        on=_forms("il|l"),
        happened=_forms("detto|annunciato|morto|morta|confermato|riferito|arrestato|firmato"),
        not_yet=_forms("essere"),
        future=_forms("sarà|saranno|verrà|verranno|aprirà|riaprirà|previsto|prevista"),
    ),
    "pt": RelativeWords(
        clear=_days(
            two_ago="anteontem", yesterday="ontem", tomorrow="amanhã", in_two="depois de amanhã"
        ),
        beside=_days(today="hoje"),
        never_after=_forms("até|de|do|como|e|o|um|que"),
        never_before=_forms("e|em dia"),
        times=_forms("de manhã|pela manhã|à tarde|à noite|cedo"),
        at=_forms("às|as"),
        last=_forms("passada|passado"),
        next=_forms("próxima|próximo"),
        side="either",
        on=_forms("em|no dia|dia"),
        weekday_of=_forms("na|no"),
        happened=_forms("disse|anunciou|informou|afirmou|morreu|confirmou|publicou|chegou"),
        future=_forms("será|serão|vai|vão|deve|deverá|previsto|prevista"),
    ),
    "tr": RelativeWords(
        clear=_days(two_ago="evvelsi gün|önceki gün", yesterday="dün", tomorrow="yarın"),
        beside=_days(today="bugün"),
        never_before=_forms("bugün|ve|gibi|ki|ün"),
        times=_forms("sabah|akşam|öğle|öğleden|gece|saat"),
        last=_forms("geçtiğimiz"),
        last_week=_forms("geçen"),
        next=_forms("önümüzdeki"),
        next_week=_forms("gelecek"),
        side="before",
        on_after=_forms("ta|te|da|de|tarihinde|günü"),
        future=_forms("açılacak|olacak|edecek|yapılacak|edilecek|planlanan"),
    ),
    "ru": RelativeWords(
        clear=_days(
            two_ago="позавчера", yesterday="вчера", tomorrow="завтра", in_two="послезавтра"
        ),
        beside=_days(today="сегодня"),
        never_after=_forms("как|и|на|до|не|будто"),
        never_before=_forms("и"),
        times=_forms("утром|днем|вечером|ночью|в полдень"),
        at=_forms("в"),
        last_week=_forms("прошлый|прошлую|прошлое|прошлого"),
        next=_forms("ближайший|ближайшую|ближайшее"),
        next_week=_forms("следующий|следующую|следующее|будущий"),
        side="before",
        weekday_of=_forms("в|во"),
        happened=_forms(
            "сообщил|сообщила|сообщили|заявил|заявила|заявили|сказал|сказала|умер|умерла|погиб"
            "|погибли|объявил|объявила|объявили"
        ),
        future=_forms("будет|будут|планируется|намерен"),
    ),
}  # fmt: skip

# Arabic puts the future into the verb: a seen before a letter of the present tense.
FUTURE_PREFIXES = tuple(normalise(p) for p in ("سي", "ست", "سن", "وسي", "وست", "فسي", "فست"))
NOT_FUTURE = _forms(
    "سيارة|سيارات|السيارات|سياسة|سياسي|سياسية|سياسيا|سنوات|سنة|سنتين|سنويا|سنوي|ستة|ستين|ستون|سيدة"
    "|سيد|سيناء|سيناريو|سيطرة|سيطرت|سيطر|سيول|سينما|ستار|سيادة|سير|وسيط|وستة|وسيلة|وسياسية"
)

# Days that are known by their date alone, in whatever year («ثورة 25 يناير», "October 7"):
# month and day. Where one is named, its year is not this year's for sure.
NAMED_DAYS = frozenset(
    {
        (1, 1), (1, 6), (1, 14), (1, 25), (2, 11), (2, 14), (2, 17), (2, 20), (3, 8), (3, 11),
        (3, 14), (3, 15), (3, 30), (4, 9), (4, 13), (4, 24), (4, 25), (5, 1), (5, 9), (5, 15),
        (5, 17), (6, 5), (6, 30), (7, 4), (7, 7), (7, 14), (7, 15), (7, 23), (8, 4), (8, 14),
        (9, 11), (9, 21), (10, 6), (10, 7), (10, 17), (11, 9), (11, 11), (11, 13), (12, 17),
        (12, 18), (12, 25), (12, 31),
    }
)  # fmt: skip
