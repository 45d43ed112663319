import pytest

from corpus.article import Article
from corpus.boilerplate import find_story
from corpus.metadata import language, passage_language, published, published_in_address

STORY = [
    "أعلنت بلدية المدينة صباح أمس أن الجسر الحجري سيغلق أمام السيارات ثلاثة أشهر، وأن المشاة"
    " يستطيعون عبوره في النهار.",
    "وقال رئيس البلدية إن الأعمال ستكلف مليوني دينار، تدفع الحكومة نصفها، وإن السكان سيبلغون بكل"
    " تغيير قبل أسبوع.",
]
HEADLINE = "إغلاق الجسر الحجري أمام السيارات ثلاثة أشهر"


def day(lines: list[str]) -> tuple[str, str] | None:
    found = published(lines, find_story(lines))
    return (str(found.date), found.origin) if found else None


def test_a_date_between_headline_and_story_is_the_articles() -> None:
    assert day([HEADLINE, "31 يوليو 2021", *STORY]) == ("2021-07-31", "byline: 31 يوليو 2021")


def test_a_date_above_the_headline_is_not_the_articles() -> None:
    assert day(["الإثنين ٢٣ / ديسمبر / ٢٠٢٤", "القائمة", HEADLINE, *STORY]) is None
    assert day(["23/12/2024 10:30", HEADLINE, *STORY]) is None


def test_a_date_that_the_page_calls_that_of_publication_counts_anywhere() -> None:
    assert day(["تاريخ النشر: 5/3/2021", "سياسة", HEADLINE, *STORY]) == (
        "2021-03-05",
        "byline: 5/3/2021",
    )
    assert day([HEADLINE, *STORY, "سالم الخطيب", "نشر في 5 مارس 2021"]) == (
        "2021-03-05",
        "byline: 5 مارس 2021",
    )


def test_a_day_called_publication_below_the_story_may_be_another_storys() -> None:
    assert day([HEADLINE, *STORY, "التعليقات", "نشر في 5 مارس 2021"]) is None
    assert day([HEADLINE, *STORY, "س", "نشر في 5 مارس 2021", "نشر في 9 مارس 2021"]) is None


@pytest.mark.parametrize(
    "line",
    [
        "حُدّث في 9 مارس 2021 | نُشر في 5 مارس 2021",
        "آخر تحديث 9/3/2021 - تاريخ النشر 5/3/2021",
        "5 مارس 2021 (نشر)، 9 مارس 2021 (تحديث)",
    ],
)
def test_a_day_called_publication_comes_before_that_of_a_change(line: str) -> None:
    found = day([HEADLINE, line, *STORY])
    assert found is not None
    assert found[0] == "2021-03-05"


def test_a_day_of_a_change_is_none_of_publication() -> None:
    assert day([HEADLINE, "آخر تحديث: 9 مارس 2021", *STORY]) is None
    assert day([HEADLINE, "آخر تحديث", "9 مارس 2021", *STORY]) is None


def test_a_captions_date_is_not_the_articles() -> None:
    caption = (
        "عمال البلدية يغلقون مدخل الجسر الحجري أمام السيارات في ساعة مبكرة من صباح 2 مارس 2021"
    )
    found = day([HEADLINE, caption, "5 مارس 2021", *STORY])
    assert found is not None
    assert found[0] == "2021-03-05"


def test_a_date_in_the_story_is_an_events_unless_it_is_called_today() -> None:
    event = "ووقع الانهيار السابق في 4 مايو 2019، وأغلق الطريق أسبوعين كاملين بحسب البلدية."
    assert day([HEADLINE, *STORY, event]) is None
    today = "قالت البلدية، اليوم الأربعاء (8 تشرين الثاني 2023)، إن الجسر الحجري سيغلق قريباً."
    assert day([HEADLINE, today, *STORY]) == (
        "2023-11-08",
        "the story's opening: 8 تشرين الثاني 2023",
    )


def test_a_short_line_that_says_today_is_a_pages_clock() -> None:
    assert day([HEADLINE, *STORY, "الحرارة اليوم 3 آذار 2021: 19 درجة"]) is None


def test_dates_of_other_stories_are_not_the_articles() -> None:
    assert day([HEADLINE, *STORY, "مقالات ذات صلة", "خبر آخر", "2 يناير 2020"]) is None


def test_an_address_can_hold_the_day() -> None:
    found = published_in_address("https://example.org/news/2021/07/31/bridge")
    assert found is not None
    assert (str(found.date), found.origin) == ("2021-07-31", "address: 2021/07/31")
    assert published_in_address("https://example.org/2021/13/31/x") is None
    assert published_in_address("https://example.org/12345678") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (STORY[0], "ar"),
        ("کتابخانه مرکزی شهر پس از دو سال تعمیر دوباره به روی مردم باز شد", "fa"),
        ("The bridge will close on Monday for three months", "en"),
        ("Le pont sera fermé aux voitures pendant trois mois", "fr"),
        ("Köprü üç ay boyunca araçlara kapatılacak", "tr"),
        ("پردەکە بۆ ماوەی سێ مانگ بەڕووی ئۆتۆمبێلدا دادەخرێت", "ckb"),
        ("نعم", None),
    ],
)
def test_the_language_is_named_where_there_is_enough_of_it(text: str, code: str | None) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (STORY[1], "ar"),
        ("Le pont sera fermé aux voitures pendant trois mois, dit le maire", "fr"),
        ("Мост будет закрыт для автомобилей на три месяца, сообщил мэр", "ru"),
        ("2021: 300,000", "ar"),
    ],
)
def test_a_passage_in_another_script_than_its_article_has_a_language_of_its_own(
    text: str, code: str
) -> None:
    assert passage_language(text, Article("a", " ".join(STORY), language="ar")) == code
