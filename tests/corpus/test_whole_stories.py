"""A text that is only a story is kept whole, whatever the length of its lines."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.boilerplate import find_story
from corpus.readers.document import Document
from corpus.readers.html import read_html
from corpus.readers.text import read_text

SENTENCES = {
    "ar": "البلدية النهر الجسر قالت إن الأعمال تبدأ غدا وأضافت أن السكان وافقوا على الخطة",
    "en": "the council river bridge said that work begins soon and people agreed with it",
    "fa": "شهرداری رودخانه پل گفت که کارها فردا آغاز می‌شود و مردم با آن موافق بودند",
}
WORDS = {language: sentence.split() for language, sentence in SENTENCES.items()}
HEADLINES = {
    "ar": "إغلاق جسر النهر القديم أمام السيارات",
    "en": "Old river bridge to close to cars",
    "fa": "بسته شدن پل قدیمی رودخانه",
}
MENUS = {"ar": ["الرئيسية", "رياضة"], "en": ["Home", "Sport"], "fa": ["صفحه نخست", "ورزشی"]}
FEET = {"ar": "جميع الحقوق محفوظة", "en": "All rights reserved", "fa": "تمامی حقوق محفوظ است"}
LONG = {
    "ar": [
        "أعلنت البلدية أن جسر النهر القديم سيغلق أمام السيارات ثلاثة أشهر، وأن المشاة يعبرونه.",
        "وقال المهندس المشرف إن الأعمدة الثلاثة متآكلة، وإن إصلاحها يكلف نصف مليون دينار.",
    ],
    "en": [
        "The council said the old river bridge would close to cars for three months in spring.",
        "The engineer in charge said that all three piers were worn and would cost half a million.",
    ],
    "fa": [
        "شهرداری گفت پل قدیمی رودخانه سه ماه به روی خودروها بسته می‌شود، اما عابران از آن می‌گذرند.",
        "مهندس ناظر گفت هر سه پایه پل فرسوده است و تعمیر آن نیم میلیون هزینه دارد، بنا بر گزارش.",
    ],
}
SHORT = {"ar": "ونفى المقاول ذلك.", "en": "The builder denied it.", "fa": "پیمانکار نپذیرفت."}


@st.composite
def stories(draw: st.DrawFn) -> tuple[str, list[str]]:
    language = draw(st.sampled_from(sorted(WORDS)))
    paragraph = st.lists(st.sampled_from(WORDS[language]), min_size=2, max_size=60)
    paragraphs = draw(st.lists(paragraph, min_size=1, max_size=12))
    return language, [" ".join(words) + "." for words in paragraphs]


def text_article(text: str) -> Article:
    return next(read_text(Document(io.BytesIO(text.encode()), "/story.txt")))


def page_article(html: str) -> Article:
    return next(read_html(Document(io.BytesIO(html.encode()), "/story.html")))


@settings(deadline=None)
@given(stories(), st.sampled_from(["\n", "\n\n"]), st.booleans())
def test_a_text_file_that_is_only_a_story_is_kept_whole(
    story: tuple[str, list[str]], between: str, has_headline: bool
) -> None:
    language, paragraphs = story
    headline = HEADLINES[language] if has_headline else ""
    article = text_article(f"{headline}\n\n{between.join(paragraphs)}")
    assert article.title == headline
    assert article.text.split(between) == paragraphs
    assert article.left_out == ()


@settings(max_examples=30, deadline=None)
@given(stories())
def test_an_article_element_that_is_only_a_story_is_kept_whole(
    story: tuple[str, list[str]],
) -> None:
    language, paragraphs = story
    headline = HEADLINES[language]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    menu = "".join(f"<a href='/'>{name}</a>" for name in MENUS[language])
    article = page_article(
        f"<html lang={language}><head><meta charset=utf-8><title>{headline}</title></head><body>"
        f"<nav>{menu}</nav><article><h1>{headline}</h1>{text}</article>"
        f"<footer>{FEET[language]}</footer></body></html>"
    )
    assert article.title == headline
    assert article.text.split("\n") == paragraphs
    kept = {headline, *paragraphs}
    assert not kept & {line.text for line in article.left_out}


@pytest.mark.parametrize("language", sorted(LONG))
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_short_sentence_at_a_storys_end_is_the_storys_on_a_page_too(
    language: str, place: str
) -> None:
    story = [*LONG[language], SHORT[language]]
    story = story[::-1] if place == "first" else story
    lines = [*MENUS[language], HEADLINES[language], *story, FEET[language]]
    found = find_story(lines)
    assert [lines[number] for number in found.lines] == story


@pytest.mark.parametrize(
    ("language", "asked", "items"),
    [
        ("ar", "وطلب أصحاب المتاجر ما يلي:", ["طريق بديل", "لافتات جديدة", "موقف مجاني"]),
        ("en", "Shopkeepers asked for three things:", ["Another road", "New signs", "Parking"]),
        ("fa", "مغازه‌داران سه چیز خواستند:", ["راه دیگر", "تابلوی نو", "پارکینگ رایگان"]),
    ],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_a_list_after_a_colon_is_the_storys_on_a_page(
    language: str, asked: str, items: list[str], is_last: bool
) -> None:
    first, second = LONG[language]
    story = [first, second, asked, *items] if is_last else [first, asked, *items, second]
    lines = [*MENUS[language], HEADLINES[language], *story, FEET[language]]
    assert [lines[number] for number in find_story(lines).lines] == story


def test_short_questions_and_answers_are_an_interview() -> None:
    interview = ["س: متى يفتح الجسر؟", "ج: في الخريف.", "س: هل تأخر العمل؟", "ج: نعم."]
    lines = [*MENUS["ar"], HEADLINES["ar"], *LONG["ar"], *interview, FEET["ar"]]
    assert [lines[n] for n in find_story(lines).lines] == [*LONG["ar"], *interview]


def test_a_sentence_that_names_a_day_is_no_byline() -> None:
    story = [LONG["ar"][0], "افتتح الجسر في 12 مارس 1953."]
    lines = [*MENUS["ar"], HEADLINES["ar"], *story, FEET["ar"]]
    assert [lines[n] for n in find_story(lines).lines] == story


@pytest.mark.parametrize(
    "headline",
    [
        "جسر النهر",
        "لماذا أغلق الجسر؟",
        "شاهد لحظة إغلاق الجسر",
        "أبرز أحداث الثلاثاء 12 مارس 2024",
        "انتظرنا طويلا..",
    ],
)
def test_any_short_first_line_above_a_blank_one_is_the_headline(headline: str) -> None:
    article = text_article(f"{headline}\n\n" + "\n\n".join(LONG["ar"]))
    assert (article.title, article.text.split("\n\n")) == (headline, LONG["ar"])


def test_the_day_and_the_outlet_under_a_headline_are_set_apart() -> None:
    text = "\n".join([HEADLINES["ar"], "12 مارس 2024", "صحيفة الضفة", *LONG["ar"]])
    article = text_article(text)
    assert article.text.split("\n") == LONG["ar"]
    assert [line.text for line in article.left_out] == ["12 مارس 2024", "صحيفة الضفة"]
    assert str(article.date) == "2024-03-12"
