import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.time_of_question import AskedPeriod, asked_period

TODAY = dt.date(2024, 5, 15)  # a Wednesday


def written(period: AskedPeriod | None) -> str | None:
    if period is None:
        return None
    if period.kind == "latest":
        return "latest"
    return f"{period.since or ''}..{period.until or ''}"


@pytest.mark.parametrize(
    ("question", "period", "without"),
    [
        # weeks begin on Sunday or on Monday
        ("What did the mayor say last week?", "2024-05-05..2024-05-12", "What did the mayor say?"),
        ("ماذا قال العمدة الأسبوع الماضي؟", "2024-05-05..2024-05-12", "ماذا قال العمدة؟"),
        ("Qu'a dit la maire la semaine dernière ?", "2024-05-05..2024-05-12", "Qu'a dit la maire?"),
        ("Was sagte der Rat letzte Woche?", "2024-05-05..2024-05-12", "Was sagte der Rat?"),
        ("¿Qué dijo el ministro la semana pasada?", "2024-05-05..2024-05-12", None),
        ("Bakan geçen hafta ne dedi?", "2024-05-05..2024-05-12", None),
        ("Что сказал министр на прошлой неделе?", "2024-05-05..2024-05-12", None),
        ("وزیر هفته گذشته چه گفت؟", "2024-05-05..2024-05-12", None),
        ("شو صار بالمرفأ الأسبوع اللي فات؟", "2024-05-05..2024-05-12", None),
        ("What was decided this week?", "2024-05-12..2024-05-15", "What was decided?"),
        # days
        ("What did the council decide yesterday?", "2024-05-14..2024-05-14", None),
        ("ماذا قرر المجلس أمس؟", "2024-05-14..2024-05-14", "ماذا قرر المجلس؟"),
        ("ماذا قال الوزير أول من أمس؟", "2024-05-13..2024-05-13", "ماذا قال الوزير؟"),
        ("Qu'a décidé le conseil hier ?", "2024-05-14..2024-05-14", None),
        ("Who was hurt at the harbour today?", "2024-05-15..2024-05-15", None),
        ("من أصيب في الميناء اليوم؟", "2024-05-15..2024-05-15", "من أصيب في الميناء؟"),
        ("Qui a été blessé au port aujourd'hui ?", "2024-05-15..2024-05-15", None),
        ("من التقى الوزير يوم السبت الماضي؟", "2024-05-11..2024-05-11", "من التقى الوزير؟"),
        ("Who met the minister last Friday?", "2024-05-10..2024-05-10", "Who met the minister?"),
        ("What burned down three days ago?", "2024-05-12..2024-05-12", "What burned down?"),
        ("ماذا احترق قبل يومين؟", "2024-05-13..2024-05-13", None),
        # so many days, months and years up to today
        ("How many ships docked in the last three days?", "2024-05-12..2024-05-15", None),
        ("كم سفينة رست خلال الأيام الثلاثة الماضية؟", "2024-05-12..2024-05-15", "كم سفينة رست؟"),
        ("كم سفينة رست في آخر 10 أيام؟", "2024-05-05..2024-05-15", "كم سفينة رست؟"),
        ("من استقال خلال الشهرين الماضيين؟", "2024-03-15..2024-05-15", "من استقال؟"),
        ("Combien de navires ces deux dernières semaines ?", "2024-05-01..2024-05-15", None),
        ("Which bridges closed over the past year?", "2023-05-15..2024-05-15", None),
        # months and years told from today
        ("من زار المتحف هذا الشهر؟", "2024-05-01..2024-05-15", "من زار المتحف؟"),
        ("Who visited the museum last month?", "2024-04-01..2024-04-30", None),
        ("من زار المتحف العام الماضي؟", "2023-01-01..2023-12-31", "من زار المتحف؟"),
        ("Quels ponts ont fermé cette année ?", "2024-01-01..2024-05-15", None),
        # months and years that are named
        ("ماذا قال العمدة في نوفمبر 2023؟", "2023-11-01..2023-11-30", "ماذا قال العمدة؟"),
        ("ماذا قال العمدة في تشرين الثاني ٢٠٢٣؟", "2023-11-01..2023-11-30", "ماذا قال العمدة؟"),
        ("What closed in November?", "2023-11-01..2023-11-30", "What closed?"),
        ("What did the mayor say in May?", "2024-05-01..2024-05-31", "What did the mayor say?"),
        ("Who won the regatta in March?", "2024-03-01..2024-03-31", "Who won the regatta?"),
        ("Qui a gagné la régate en mars ?", "2024-03-01..2024-03-31", None),
        ("من فاز بالسباق في آب؟", "2023-08-01..2023-08-31", "من فاز بالسباق؟"),
        ("Who won the regatta in 2021?", "2021-01-01..2021-12-31", "Who won the regatta?"),
        ("من فاز بالسباق عام 2021؟", "2021-01-01..2021-12-31", "من فاز بالسباق؟"),
        ("Qui a gagné la régate en 2021 ?", "2021-01-01..2021-12-31", None),
        ("In welchem Hafen brannte es im November 2023?", "2023-11-01..2023-11-30", None),
        ("ماذا افتتح في رمضان 1442؟", "2021-04-13..2021-05-12", "ماذا افتتح؟"),
        # days that are named
        ("What burned down on 8 November 2023?", "2023-11-08..2023-11-08", "What burned down?"),
        ("ما الذي احترق يوم 8 نوفمبر؟", "2023-11-08..2023-11-08", "ما الذي احترق؟"),
        ("Who was hurt on March 3?", "2024-03-03..2024-03-03", "Who was hurt?"),
        # open periods
        ("How many attacks since 17 October?", "2023-10-17..", "How many attacks?"),
        ("كم هجوما منذ 17 تشرين الأول؟", "2023-10-17..", "كم هجوما؟"),
        ("Combien d'attaques depuis le 17 octobre ?", "2023-10-17..", "Combien d'attaques?"),
        ("Which bridges closed before 2020?", "..2019-12-31", "Which bridges closed?"),
        ("أي جسور أغلقت قبل عام 2020؟", "..2019-12-31", "أي جسور أغلقت؟"),
        ("Which bridges closed after 3 May 2021?", "2021-05-04..", "Which bridges closed?"),
        ("أي جسور أغلقت حتى نهاية آذار 2022؟", "..2022-03-31", "أي جسور أغلقت؟"),
        ("Who has resigned since yesterday?", "2024-05-14..", "Who has resigned?"),
        ("من استقال منذ عام 2019؟", "2019-01-01..", "من استقال؟"),
        # between two days
        ("What closed between March 2021 and May 2021?", "2021-03-01..2021-05-31", "What closed?"),
        ("What closed between October and May 2021?", "2020-10-01..2021-05-31", "What closed?"),
        ("ماذا أغلق بين 3 و8 نوفمبر 2023؟", "2023-11-03..2023-11-08", "ماذا أغلق؟"),
        ("What closed from 3 to 8 November 2023?", "2023-11-03..2023-11-08", "What closed?"),
        ("Qu'a-t-on fermé entre 2019 et 2021 ?", "2019-01-01..2021-12-31", None),
        # the newest first
        ("What is the latest on the harbour bridge?", "latest", "the harbour bridge?"),
        ("آخر أخبار الجسر الحجري", "latest", "الجسر الحجري"),
        ("ما الجديد في قضية الميناء؟", "latest", "قضية الميناء؟"),
        ("Quelles sont les dernières nouvelles du port ?", "latest", "du port?"),
        ("Was gibt es Neues über den Hafen?", "latest", "den Hafen?"),
    ],
)  # fmt: skip
def test_the_time_that_is_asked_about_is_read(
    question: str, period: str, without: str | None
) -> None:
    asked = asked_period(question, TODAY)
    assert written(asked) == period
    assert asked is not None
    if without is not None:
        assert asked.without_time(question) == without


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the port authority?",
        "Since the bridge is closed, how do people cross?",  # because
        "What may the council decide?",
        "Where did the workers march to?",
        "Who will march in the parade?",
        "Why were 2021 workers hired?",
        "How many people died in 2021 fires?",
        "Who spoke at the Harbour Initiative 2023 conference?",
        "من رعى مؤتمر «الميناء 2023»؟",
        "من هو المدير العام للميناء؟",
        "هل البلدية راضية بشكل عام؟",
        "ما الذي تغير منذ عام؟",
        "Who won in the second week?",
        "ماذا جرى في الأسبوع الثاني من المسابقة؟",
        "ماذا كتبت صحيفة 26 سبتمبر عن الميناء؟",
        "What did the newspaper 17 July report?",
        "من دعا إلى ثورة 25 يناير؟",
        "Who planned the September 11 attacks?",
        "ما هو اليوم العالمي للمرأة؟",
        "كم مرة في اليوم يفتح الجسر؟",
        "What happened in the last week of the trial?",
        "ما الذي سيحدث غدا؟",
        "Who is March?",
        "Wer sagte, dass hier gebaut wird?",
        "Why did «Last Week Tonight» end?",
        "What is the latest model of the ferry?",
        "ما آخر محطة في خط الترام؟",
        "متى افتتح الجسر؟",
        "",
    ],
)
def test_no_time_is_read_where_none_is_asked_about(question: str) -> None:
    assert asked_period(question, TODAY) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did the mayor say last week?", "publication"),
        ("ماذا قال العمدة أمس؟", "publication"),
        ("What was published about the bridge in 2021?", "publication"),
        ("ماذا نشر عن الجسر في آذار 2021؟", "publication"),
        ("What did the mayor say in November 2023?", "event"),
        ("كم هجوما منذ 17 تشرين الأول؟", "event"),
        ("ما الجديد في قضية الميناء؟", "latest"),
    ],
)
def test_days_of_publication_are_told_from_those_of_events(question: str, kind: str) -> None:
    asked = asked_period(question, TODAY)
    assert asked is not None
    assert asked.kind == kind


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("What happened on 8 November 2023?", True),
        ("ماذا حدث أمس؟", True),
        ("Que s'est-il passé hier ?", True),
        ("What are the main events of March 2021?", True),
        ("What happened at the harbour last week?", False),
        ("ماذا حدث في الميناء أمس؟", False),
    ],
)
def test_a_question_that_only_asks_what_happened_is_told(question: str, alone: bool) -> None:
    asked = asked_period(question, TODAY)
    assert asked is not None
    assert asked.alone is alone


def test_a_month_without_its_year_is_the_latest_of_which_there_are_articles() -> None:
    def published(since: dt.date, until: dt.date) -> bool:
        return since <= dt.date(2021, 11, 9) <= until

    asked = asked_period("What did the mayor say in November?", TODAY, published)
    assert written(asked) == "2021-11-01..2021-11-30"
    asked = asked_period("كم هجوما منذ 17 تشرين الأول؟", TODAY, published)
    assert written(asked) == "2021-10-17.."
    assert asked_period("Who won the regatta in June?", TODAY, published) is None


def test_a_single_day_is_in_the_papers_of_the_next_too() -> None:
    asked = asked_period("What burned down on 8 November 2023?", TODAY)
    assert asked is not None
    assert asked.published == (dt.date(2023, 11, 8), dt.date(2023, 11, 9))


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)))
def test_no_period_told_from_today_ends_after_it_or_before_it_begins(today: dt.date) -> None:
    for phrase in (
        "last week", "this week", "last month", "this year", "yesterday", "the last 14 months",
    ):  # fmt: skip
        asked = asked_period(f"What closed {phrase}?", today)
        assert asked is not None, phrase
        assert asked.since
        assert asked.until
        assert asked.since <= asked.until <= today


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    asked = asked_period(text, TODAY)
    if asked:
        assert all(0 <= start < end <= len(text) for start, end in asked.spans)
