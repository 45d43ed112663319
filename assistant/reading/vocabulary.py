"""Words that the rules of reading know, in the languages that they are written for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assistant.facts import TITLES
from corpus.arabic import normalise
from corpus.words import word_forms
from vectorstore.questions import SAYING

MONEY = (
    "كلفة تكلفة تكاليف الكلفة التكلفة ثمن الثمن سعر السعر قيمة قيمتها ميزانية الميزانية موازنة "
    "مساعدات المساعدات مساعدة أجر راتب رواتب ديون دين خسائر الخسائر إيرادات عائدات أرباح تعويض "
    "تعويضات غرامة تبرعات استثمارات مبلغ بكم cost costs price budget aid salary debt losses "
    "revenue profit fine damages funding worth paid pay spend spent coût prix budget aide salaire "
    "dette pertes amende kosten preis budget hilfe schulden gehalt kostete coûté coute costo precio"
)
MEASURES: Mapping[str, str] = {
    **dict.fromkeys(word_forms(MONEY), "money"),
    **dict.fromkeys(
        word_forms("نسبة النسبة percentage percent rate pourcentage taux prozentsatz anteil quote"),
        "percent",
    ),
    **dict.fromkeys(word_forms("مساحة المساحة area surface superficie fläche"), "area"),
    **dict.fromkeys(
        word_forms(
            "طول ارتفاع عرض عمق مسافة length height width depth distance tall high wide deep far "
            "longueur hauteur länge höhe tiefe entfernung"
        ),
        "length",
    ),
    **dict.fromkeys(word_forms("عمر عمره عمرها age old âge alter"), "age"),
    **dict.fromkeys(word_forms("مدة المدة duration long durée dauer استغرق استغرقت استمر"), "time"),
    **dict.fromkeys(word_forms("وزن weight poids gewicht"), "weight"),
}
UNITS_OF: Mapping[str, Collection[str]] = {
    "percent": ("%",),
    "area": ("square kilometre", "square metre", "hectare", "acre", "feddan", "dunam"),
    "length": ("kilometre", "metre", "mile"),
    "age": ("year", "month"),
    "time": ("second_of_time", "minute", "hour", "day", "week", "month", "year"),
    "weight": ("tonne", "kilogram"),
}
CURRENCIES = frozenset(["dinar", "riyal", "pound", "dirham", "lira", "toman", "franc"])
NUMBER_OF = word_forms("عدد العدد بعدد number nombre anzahl zahl total حصيلة toll bilan")
REACHING = word_forms(
    "بلغ بلغت يبلغ تبلغ وصل وصلت إلى الى ب كان كانت هو هي قدر قدرت تقدر يقدر تجاوز تجاوزت زاد زادت "
    "ارتفع ارتفعت was were is are at to reached reaches stood rose hit est sont était de à "
    "atteint compte beträgt betrug liegt lag auf bei war sind"
)
SOME_OF = word_forms(
    "first last another other others further more new additional أول آخر أخرى آخرين آخرون إضافية "
    "إضافي جديدة جديد أولى premiers autres nouveaux nouvelles weitere neue ersten andere"
)
PARTITIVES = word_forms("of the من de des la le les der die das von")
ASKS_AMOUNT = word_forms("بلغ بلغت يبلغ تبلغ وصل وصلت كان كانت s'élève élève beträgt betrug")
HOW_MUCH = word_forms("viele viel many much")
TIMES = word_forms("بداية مطلع أوائل أواخر نهاية منتصف early late beginning start end")
# Words of a question that an answer may do without.
# A state's name in two words, of which one tells.
HALVES = {
    form: other
    for pair in ("united states", "unis etats", "vereinigten staaten", "الولايات المتحدة")
    for form, other in (tuple(normalise(word) for word in pair.split()),)
}
ASIDE = (
    SAYING
    | ASKS_AMOUNT
    | HOW_MUCH
    | TIMES
    | word_forms("wurde wurden worden hat since between during depuis entre pendant seit zwischen")
)
# Nouns whose name stands in quotation marks behind them: nobody says a conference.
NAMED_THINGS = word_forms(
    "مؤتمر مبادرة كتاب رواية صحيفة جريدة مجلة فيلم مسلسل برنامج حركة منظمة قناة وكالة معهد مركز "
    "عملية اتفاق اتفاقية مشروع خطة حزب تنظيم جماعة حملة موقع شركة جمعية مؤسسة صفحة تطبيق منصة "
    "قانون فصيل كتائب لواء سفينة معرض مهرجان ندوة منتدى قمة مسمى باسم يسمى تسمى المسمى عنوان "
    "بعنوان conference initiative book novel newspaper paper magazine film series programme "
    "program show movement group agency channel institute operation agreement project plan party "
    "campaign site company ship exhibition festival forum summit law called named titled entitled "
    "dubbed conférence initiative livre roman journal revue film série émission mouvement groupe "
    "agence chaîne institut opération accord projet parti campagne société festival intitulé "
    "nommé konferenz buch roman zeitung film serie sendung gruppe partei kampagne namens"
)
LOCATED = word_forms(
    "يقع تقع توجد يوجد located situated lies trouve situé située liegt befindet se"
)
IN = word_forms("في ب قرب in at near outside à en au aux dans près bei nahe im")
PLACE_NOUNS = word_forms(
    "مدينة قرية بلدة محافظة ولاية منطقة حي مطار ميناء جزيرة إقليم ناحية قضاء ضاحية العاصمة عاصمة"
)
BY = word_forms("by par von vom durch por")
PREPOSITIONS = word_forms(
    "of in on at to from with for against about de du des d à au aux en dans avec pour contre "
    "mit für gegen über aus bei zu في من إلى على عن مع ضد لدى بين"
)
NOT = word_forms("لا لم لن ليس ليست ما غير دون not no never nicht kein keine ne pas jamais n't")
HARM = word_forms(
    "قتل قتلت اغتال اغتالت أصاب أصابت طعن اعتقل اعتقلت خطف خطفت اختطف ضرب صدم أعدم هاجم هاجمت "
    "استهدف استهدفت سجن"
)
PASSIVE = word_forms("was were been being is are est sont été fut wurde wurden worden ist war sind")
CLAUSE_WORDS = word_forms(
    "فيما بينما حيث بعدما بعد قبل عقب إثر حين عندما while after before when until as because "
    "pendant après avant alors lorsque quand nachdem während bevor als weil"
)
DAYPARTS = word_forms(
    "فجر صباح ظهر عصر مساء ليل ليلة يوم أمس اليوم مطلع بداية أوائل منتصف أواخر نهاية عام العام سنة "
    "شهر early late mid end beginning start of the in début fin mi anfang ende mitte"
)
NASAB = word_forms("بن ابن أبو أبي أبا آل عبد بنت أم الدين ud von van de al el bin")
IRREGULAR = {
    form: base
    for base, forms in (
        ("write", "wrote written"), ("shoot", "shot"), ("win", "won"), ("lead", "led"),
        ("take", "took taken"), ("give", "gave given"), ("speak", "spoke spoken"),
        ("meet", "met"), ("hold", "held"), ("buy", "bought"), ("sell", "sold"),
        ("build", "built"), ("steal", "stole stolen"), ("lose", "lost"), ("find", "found"),
        ("begin", "began begun"), ("fall", "fell fallen"), ("break", "broke broken"),
        ("come", "came"), ("leave", "left"), ("become", "became"), ("choose", "chose chosen"),
        ("die", "died dead"), ("sink", "sank sunk"), ("send", "sent"), ("make", "made"),
        ("bear", "born"), ("fly", "flew flown"), ("beat", "beaten"), ("rise", "rose risen"),
        ("strike", "struck"), ("hit", "hit"), ("draw", "drew drawn"), ("teach", "taught"),
    )
    for form in (base, *forms.split())
}  # fmt: skip
ARABIC_AFFIXES = (
    frozenset(
        ("", "و", "ف", "ب", "ل", "س", "ي", "ت", "ن", "ا", "سي", "ست", "وي", "وت", "في", "ال", "وال")
    ),
    frozenset(
        ("", "ت", "ا", "وا", "ون", "ين", "ان", "ه", "ها", "هم", "هما", "ات", "تا", "ته", "تها")
    ),
)
IS = word_forms("هو هي هم is was are est était ist war sont es")
ROLES = TITLES | word_forms(
    "مستشار مستشارة المستشار مدير مديرة محافظ حاكم حاكمة أمين أمينة عميد عمدة نقيب ناطق "
    "الناطق الناطقة متحدث متحدثة وكيل وكيلة مفوض مفوضة مبعوث مبعوثة منسق منسقة رئيسة الرئيسة وزيرة "
    "سفيرة مؤسس مؤسسة صاحب صاحبة كاتب كاتبة مؤلف مؤلفة مخرج مخرجة مدرب مدربة بطل بطلة زعيم زعيمة "
    "نائب نائبة مساعد مساعدة قائد قائدة قاضي قاض ممثل ممثلة عضو ملكة أميرة مطران بابا مفتي ولي "
    "مندوب مندوبة قنصل نجل شقيق زوج زوجة والد والدة ابن ابنة"
)
LATIN_TITLES = word_forms(
    "president prime minister secretary of state senator general lieutenant colonel captain "
    "ambassador governor judge king queen prince princess sheikh pope dr mr mrs ms sir lord "
    "professor président premier ministre général"
)
BE = word_forms("was were been being is are est été fut wurde wurden worden")
AUXILIARIES = word_forms(
    "has have had will a ont hat haben also later then who qui der die se s was were fut wurde"
)
