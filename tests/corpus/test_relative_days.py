"""Days told from the day of publication, in every language that is read."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.relative_days import relative_days

WEDNESDAY = dt.date(2024, 5, 15)

RESOLVED = [
    # yesterday, and its neighbours
    ("ar", "اندلع الحريق أمس في سوق الخضار", "أمس", "2024-05-14"),
    ("ar", "وصلت القافلة مساء أمس إلى المرفأ", "أمس", "2024-05-14"),
    ("ar", "افتتح المتحف أمس الثلاثاء أمام الزوار", "أمس الثلاثاء", "2024-05-14"),
    ("ar", "هطل المطر أول من أمس على الوادي", "أول من أمس", "2024-05-13"),
    ("ar", "أغلقت المدارس البارحة بسبب الثلوج", "البارحة", "2024-05-14"),
    ("en", "The bakery burned down yesterday morning", "yesterday", "2024-05-14"),
    ("en", "Two barges collided the day before yesterday", "day before yesterday", "2024-05-13"),
    ("fr", "La bibliothèque a rouvert hier soir", "hier", "2024-05-14"),
    ("fr", "Le pont a cédé avant-hier", "avant-hier", "2024-05-13"),
    ("de", "Die Fähre lief gestern auf Grund", "gestern", "2024-05-14"),
    ("de", "Der Zirkus kam vorgestern an", "vorgestern", "2024-05-13"),
    ("es", "El tranvía descarriló ayer por la tarde", "ayer", "2024-05-14"),
    ("es", "Llegó anteayer al puerto", "anteayer", "2024-05-13"),
    ("it", "Il teatro ha riaperto ieri sera", "ieri", "2024-05-14"),
    ("pt", "A ponte fechou ontem à noite", "ontem", "2024-05-14"),
    ("tr", "Vapur dün akşam limana girdi", "dün", "2024-05-14"),
    ("ru", "Паром вчера сел на мель", "вчера", "2024-05-14"),
    ("ru", "Цирк приехал позавчера", "позавчера", "2024-05-13"),
    ("fa", "نمایشگاه دیروز افتتاح شد", "دیروز", "2024-05-14"),
    ("fa", "قطار پریروز از خط خارج شد", "پریروز", "2024-05-13"),
    ("ur", "پل گزشتہ روز بند کر دیا گیا", "گزشتہ روز", "2024-05-14"),
    ("he", "הגשר נסגר אתמול בערב", "אתמול", "2024-05-14"),
    ("he", "הרכבת הגיעה שלשום", "שלשום", "2024-05-13"),
    ("ckb", "پردەکە دوێنێ داخرا", "دوێنێ", "2024-05-14"),
    ("ku", "Pir duh hat girtin", "duh", "2024-05-14"),
    # today, beside a weekday or a time of day
    ("ar", "أعلنت البلدية اليوم الأربعاء إغلاق الجسر", "اليوم الأربعاء", "2024-05-15"),
    ("ar", "وقع الحادث صباح اليوم قرب المحطة", "اليوم", "2024-05-15"),
    ("en", "The council met today, Wednesday, to vote", "today, Wednesday", "2024-05-15"),
    ("en", "A gas leak was found earlier today", "today", "2024-05-15"),
    ("fr", "Le maire parlera aujourd'hui mercredi", "aujourd'hui mercredi", "2024-05-15"),
    ("fr", "Le conseil se réunit aujourd’hui à 15 heures", "aujourd’hui", "2024-05-15"),
    ("de", "Der Rat tagt heute Abend", "heute", "2024-05-15"),
    ("es", "El alcalde hablará hoy miércoles", "hoy miércoles", "2024-05-15"),
    ("it", "Il consiglio si riunisce oggi pomeriggio", "oggi", "2024-05-15"),
    ("fa", "شورا امروز چهارشنبه تشکیل جلسه داد", "امروز چهارشنبه", "2024-05-15"),
    ("tr", "Meclis bugün saat 15'te toplanacak", "bugün", "2024-05-15"),
    ("ru", "Совет собрался сегодня утром", "сегодня", "2024-05-15"),
    # tomorrow
    ("en", "The rink will open tomorrow at noon", "tomorrow", "2024-05-16"),
    ("ar", "يجتمع المجلس غداً الخميس", "غداً الخميس", "2024-05-16"),
    ("fr", "Le marché rouvrira demain matin", "demain", "2024-05-16"),
    ("fr", "Les élèves rentrent après-demain", "après-demain", "2024-05-17"),
    ("de", "Die Wahl findet übermorgen statt", "übermorgen", "2024-05-17"),
    ("es", "El mercado abre mañana jueves", "mañana jueves", "2024-05-16"),
    ("it", "Il mercato riapre domani mattina", "domani", "2024-05-16"),
    ("pt", "O mercado reabre amanhã", "amanhã", "2024-05-16"),
    ("ru", "Рынок откроется завтра", "завтра", "2024-05-16"),
    ("tr", "Pazar yarın açılacak", "yarın", "2024-05-16"),
    ("he", "השוק ייפתח מחר בבוקר", "מחר", "2024-05-16"),
    ("fa", "بازار فردا پنجشنبه باز می‌شود", "فردا پنجشنبه", "2024-05-16"),
    # the last and the next one of a weekday
    ("ar", "توفي المخرج الجمعة الماضي في بيته", "الجمعة الماضي", "2024-05-10"),
    ("ar", "بدأ الإضراب يوم الاثنين الماضي", "الاثنين الماضي", "2024-05-13"),
    ("ar", "تبدأ الدورة الأحد المقبل", "الأحد المقبل", "2024-05-19"),
    ("ar", "يفتتح المعرض السبت القادم", "السبت القادم", "2024-05-18"),
    ("en", "The strike began last Friday", "last Friday", "2024-05-10"),
    ("en", "The fair opens next Monday", "next Monday", "2024-05-20"),
    ("fr", "La grève a commencé vendredi dernier", "vendredi dernier", "2024-05-10"),
    ("fr", "La foire ouvre lundi prochain", "lundi prochain", "2024-05-20"),
    ("de", "Der Streik begann am vergangenen Freitag", "vergangenen Freitag", "2024-05-10"),
    ("de", "Die Messe öffnet am kommenden Montag", "kommenden Montag", "2024-05-20"),
    ("es", "La huelga empezó el viernes pasado", "viernes pasado", "2024-05-10"),
    ("es", "La feria abre el próximo lunes", "próximo lunes", "2024-05-20"),
    ("it", "Lo sciopero è cominciato venerdì scorso", "venerdì scorso", "2024-05-10"),
    ("pt", "A greve começou na sexta-feira passada", "sexta-feira passada", "2024-05-10"),
    ("tr", "Grev geçtiğimiz cuma başladı", "geçtiğimiz cuma", "2024-05-10"),
    ("tr", "Fuar önümüzdeki pazartesi açılacak", "önümüzdeki pazartesi", "2024-05-20"),
    ("ru", "Забастовка началась в прошлую пятницу", "прошлую пятницу", "2024-05-10"),
    ("fa", "اعتصاب جمعه گذشته آغاز شد", "جمعه گذشته", "2024-05-10"),
    ("ur", "ہڑتال گزشتہ جمعہ شروع ہوئی", "گزشتہ جمعہ", "2024-05-10"),
    ("he", "השביתה החלה ביום שישי שעבר", "ביום שישי שעבר", "2024-05-10"),
    ("ckb", "مانگرتن هەینی ڕابردوو دەستی پێکرد", "هەینی ڕابردوو", "2024-05-10"),
    # a weekday beside a verb that tells what was said or done
    ("en", "The mayor said on Monday that the pool would close", "on Monday", "2024-05-13"),
    ("en", "Two climbers died Sunday", "Sunday", "2024-05-12"),
    ("en", "The clinic, officials announced Wednesday, has moved", "Wednesday", "2024-05-15"),
    ("ar", "وقالت يوم الاثنين إن الجسر سيغلق", "يوم الاثنين", "2024-05-13"),
    ("ar", "وصرّحت الأحد بأن الباب مفتوح", "الأحد", "2024-05-12"),
    ("fr", "La mairie a annoncé lundi la fermeture", "lundi", "2024-05-13"),
    ("de", "Der Verein teilte am Montag mit", "am Montag", "2024-05-13"),
    ("es", "La alcaldesa dijo el lunes que no", "el lunes", "2024-05-13"),
    ("it", "Il sindaco ha detto lunedì che no", "lunedì", "2024-05-13"),
    ("pt", "O prefeito disse na segunda-feira que não", "na segunda-feira", "2024-05-13"),
    ("ru", "Мэр сообщил в понедельник о закрытии", "в понедельник", "2024-05-13"),
    # a day of a month without its year
    ("ar", "اندلعت المعارك في 3 مايو قرب الحدود", "3 مايو", "2024-05-03"),
    ("ar", "تنتهي المهلة في 30 يونيو المقبل", "30 يونيو المقبل", "2024-06-30"),
    ("ar", "سيبدأ العمل في 2 حزيران", "2 حزيران", "2024-06-02"),
    ("en", "The mill caught fire on 28 April", "28 April", "2024-04-28"),
    ("en", "The mill will reopen on June 10", "June 10", "2024-06-10"),
    ("fr", "Le musée a fermé le 2 mai", "2 mai", "2024-05-02"),
    ("de", "Das Museum schloss am 2. Mai", "2. Mai", "2024-05-02"),
    ("es", "El museo cerró el 2 de mayo", "2 de mayo", "2024-05-02"),
    ("fa", "موزه در ۱۲ اردیبهشت بسته شد", "۱۲ اردیبهشت", "2024-05-01"),
]

SILENT = [
    # words of another language, or with another meaning
    ("de", "Hier steht das älteste Haus der Stadt"),
    ("en", "Hier is the name of a band"),
    ("de", "Sie liefen den ganzen Morgen durch den Wald"),
    ("es", "Trabaja por la mañana en el puerto"),
    ("ar", "السكان في أمس الحاجة إلى الماء"),
    ("ar", "غدا الميناء مركزاً للتجارة"),
    ("ur", "وہ کل بازار گئے"),
    ("fa", "کل کشور زیر برف است"),
    ("ar", "سجل اثنين من الأهداف"),
    ("ar", "لم ينج أحد من الركاب"),
    ("tr", "Pazar yerinde yangın çıktı"),
    ("es", "Los martes hay mercado"),
    ("en", "Sunday roasts are served here"),
    # today as "nowadays"
    ("fr", "La ville compte aujourd'hui deux millions d'habitants"),
    ("en", "Today the city has two million people"),
    ("ar", "تضم المدينة اليوم مليوني نسمة"),
    ("ar", "يحتفل باليوم العالمي للكتاب"),
    ("de", "Heute leben dort zwei Millionen Menschen"),
    ("es", "Hoy en día viven allí dos millones"),
    ("it", "Oggi la città conta due milioni di abitanti"),
    ("fa", "امروز شهر دو میلیون نفر جمعیت دارد"),
    ("ru", "Сегодня в городе живут два миллиона человек"),
    ("he", "כיום חיים בעיר שני מיליון איש"),
    # yesterday and tomorrow as "once" and "some day"
    ("fr", "Les métiers d'hier et d'aujourd'hui"),
    ("en", "The leaders of tomorrow study here"),
    ("en", "It feels like yesterday to the survivors"),
    ("ar", "أعداء الأمس صاروا حلفاء"),
    ("de", "Die Welt von gestern"),
    ("it", "I cittadini di domani"),
    # two readings
    ("en", "The strike began last Monday"),
    ("en", "The fair opens next Friday"),
    ("ar", "بدأ الإضراب الثلاثاء الماضي"),
    ("ru", "Забастовка началась в прошлый понедельник"),
    ("tr", "Grev geçen pazartesi başladı"),
    ("ar", "ينعقد المجلس هذا الاثنين"),
    ("en", "The council meets this Monday"),
    ("ar", "أرجئت جلسة الاثنين إلى موعد آخر"),
    ("en", "The talks on Monday would fail, he warned"),
    ("en", "On Monday the pool will close"),
    ("fr", "Le marché se tient le lundi"),
    ("en", "The winner will be announced Saturday"),
    ("fr", "Le prix doit être annoncé samedi"),
    ("fa", "گروهی که تا دیروز مخالف بودند امروز موافق‌اند"),
    ("en", "What was until yesterday a village is a town"),
    # the weekday contradicts
    ("ar", "افتتح المتحف أمس الجمعة أمام الزوار"),
    ("en", "The council met today, Saturday, to vote"),
    # a day of a month that may be of another year
    ("ar", "صادفت ذكرى ثورة 25 يناير موجة برد"),
    ("en", "The festival opens on 5 June"),
    ("fr", "Les attentats du 13 novembre ont marqué la ville"),
    ("en", "In 1956 the river rose. On 3 May the dam broke"),
    ("en", "The dam broke in 1956, and on 3 May the river rose"),
    # days of another story
    ("en", "In 1998 the paper wrote that the king had died yesterday"),
    ("en", 'Her diary says: "The baker left yesterday for the coast."'),
    ("ar", "كتب في رسالته: «وصلنا أمس إلى القلعة»"),
    ("en", "The court ruled yesterday, 14 May 2024, for the farmers"),
]


@pytest.mark.parametrize(("language", "text", "written", "date"), RESOLVED)
def test_a_day_is_told_from_the_day_of_publication(
    language: str, text: str, written: str, date: str
) -> None:
    found = relative_days(text, WEDNESDAY, language)
    assert [(day.written, str(day.date)) for day in found] == [(written, date)]


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_a_day_that_is_not_clear_is_not_guessed(language: str, text: str) -> None:
    assert relative_days(text, WEDNESDAY, language) == []


@pytest.mark.parametrize(
    ("language", "published", "text", "written", "date"),
    [
        ("ar", "2021-04-12", "التقى أمس الأحد السفير", "أمس الأحد", "2021-04-11"),
        ("ar", "2021-07-31", "أبلغ اليوم السبت، الجانب", "اليوم السبت", "2021-07-31"),
        ("ar", "2021-08-01", "أبلغ اليوم السبت، الجانب", "اليوم السبت", "2021-07-31"),
        ("ar", "2023-11-08", "وصل الأحد الماضي إلى بغداد", "الأحد الماضي", "2023-11-05"),
        ("ar", "2021-07-31", "يعقد الاثنين المقبل", "الاثنين المقبل", "2021-08-02"),
        ("ar", "2021-07-31", "يعقد السبت المقبل", "السبت المقبل", "2021-08-07"),
        ("ar", "2021-07-31", "عقد السبت الماضي", "السبت الماضي", "2021-07-24"),
        ("en", "2021-08-01", "It met last Thursday", "last Thursday", "2021-07-29"),
        ("fr", "2021-08-01", "Il est parti lundi dernier", "lundi dernier", "2021-07-26"),
        ("fa", "2021-08-01", "سه‌شنبه گذشته", "سه‌شنبه گذشته", "2021-07-27"),
        ("ar", "2021-01-03", "في 28 ديسمبر", "28 ديسمبر", "2020-12-28"),
        ("ar", "2021-07-31", "31 من ديسمبر/ كانون الأول المقبل",
         "31 من ديسمبر/ كانون الأول المقبل", "2021-12-31"),
        ("ar", "2021-04-12", "في التاسع من أبريل الجاري", "التاسع من أبريل الجاري", "2021-04-09"),
        ("ar", "2021-04-12", "الحادي والعشرين من مارس الماضي", "الحادي والعشرين من مارس الماضي",
         "2021-03-21"),
    ],
)  # fmt: skip
def test_a_day_is_told_from_any_day_of_publication(
    language: str, published: str, text: str, written: str, date: str
) -> None:
    (mention,) = relative_days(text, dt.date.fromisoformat(published), language)
    assert (mention.written, str(mention.date)) == (written, date)


@pytest.mark.parametrize(
    "text",
    ["في أمس الحاجة إلى المال", "اليوم الدولي للمرأة", "التقى أمس الأربعاء", "لقاء الخميس",
     "31 يوليو 2021", "منذ 17 تشرين الأول، تعرضت"],
)  # fmt: skip
def test_days_that_cannot_be_told_are_not_guessed(text: str) -> None:
    assert relative_days(text, dt.date(2021, 4, 12), "ar") == []


def test_the_language_is_found_out_where_it_is_not_given() -> None:
    (day,) = relative_days("La bibliothèque municipale a rouvert hier soir", WEDNESDAY)
    assert (day.written, str(day.date)) == ("hier", "2024-05-14")
    assert relative_days("Hier steht das älteste Rathaus der ganzen Gegend", WEDNESDAY) == []


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)), st.sampled_from(["last", "next"]))
def test_the_last_and_the_next_weekday_are_of_another_week(day: dt.date, way: str) -> None:
    for name in ("Monday", "Thursday", "Sunday"):
        for found in relative_days(f"It closed {way} {name}", day, "en"):
            assert f"{found.date:%A}" == name
            assert (found.date < day) == (way == "last")
            assert 2 <= abs((found.date - day).days) <= 7


@given(
    st.text(alphabet='أمس اليوم الاثنين الماضي يناير 13 yesterday «»".\n'),
    st.sampled_from(["ar", "en", "fa", "de", None]),
)
def test_resolved_days_quote_the_text(text: str, language: str | None) -> None:
    found = relative_days(text, WEDNESDAY, language)
    assert all(text[day.start : day.end] == day.written for day in found)
