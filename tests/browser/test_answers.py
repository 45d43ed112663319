"""The kinds of answers as a reader sees them, over a small library of known articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from assistant.engine import open_index
from assistant.indexing import index_paths
from assistant.settings import Settings
from assistant.views import markup

from .conftest import Open, ask, serving, shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

INJURED = "كم عدد المصابين في هزة وادي الزيزفون؟"
PASSENGERS = "How many passengers did the ferry of Marble Cove carry?"
ARTICLES = {
    ("مديرية الصحة تحصي المصابين", "2024-03-05", "إذاعة المرفأ", "ar"): (
        "بلغ عدد المصابين في هزة وادي الزيزفون أربعين مصاباً، وغادر معظمهم المستشفى بعد ساعات."
    ),
    ("هزة أرضية توقظ وادي الزيزفون", "2024-03-04", "صحيفة السهل", "ar"): (
        "قال طبيب في البلدة إن عدد المصابين في هزة وادي الزيزفون وصل إلى 40 مصاباً."
    ),
    ("وادي الزيزفون يرفع الأنقاض", "2024-03-08", "Linden Valley Gazette", "ar"): (
        "ارتفع عدد المصابين في هزة وادي الزيزفون إلى 52 مصاباً، وفق الدفاع المدني."
    ),
    ("The ferry of Marble Cove is back on the water after a long winter in dock", "2023-05-02",
     "Hill Observer", "en"): (
        "The ferry of Marble Cove carried 310 passengers on its first day, the harbour office said."
    ),
    ("A full ferry", "2023-05-03", "نشرة الدلتا", "en"): (
        "On Tuesday the ferry of Marble Cove carried 310 passengers, a sailor told this newspaper, "
        "and turned a dozen cyclists away."
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app whose library holds the articles above, and nothing else."""
    folder = tmp_path_factory.mktemp("answers")
    files = folder / "articles"
    files.mkdir()
    for n, ((title, date, source, language), text) in enumerate(ARTICLES.items()):
        heading = f"title: {title}\ndate: {date}\nsource: {source}\nlanguage: {language}"
        (files / f"{n}.md").write_text(f"---\n{heading}\n---\n{text}\n", encoding="utf-8")
    with open_index(Settings(store=folder / "store")) as index:
        index_paths(index, [files])
    with serving(folder, "-m", "streamlit", "run", "assistant/app.py") as at:
        yield at


def test_a_greeting_is_met_with_help_and_a_question_that_is_pressed_is_asked(visit: Open) -> None:
    page = visit(locale="ar-IQ", width=390, height=844)
    ask(page, "مرحبا", sources=False)
    expect(page.locator(".statement")).to_contain_text("في هذه المكتبة ٥ مقالات")
    expect(page.locator(".sentence, .silent, .sources-title")).to_have_count(0)
    offered = page.locator(".st-key-starters-0 button")
    expect(offered).to_have_count(3)
    shoot(page, "greeting")
    label = offered.first.inner_text().replace("\u2060", "")
    assert label == "ماذا ورد تحت عنوان «وادي الزيزفون يرفع الأنقاض»؟"
    offered.first.click()
    expect(page.locator("h2.question")).to_have_text(["مرحبا", label])
    expect(page.locator("#source-1-1 h3")).to_have_text("وادي الزيزفون يرفع الأنقاض")
    expect(page.locator("#question-1")).to_be_in_viewport()
    expect(offered).to_have_count(3)  # the others can still be asked


@pytest.mark.parametrize(
    ("locale", "question", "said"),
    [
        ("ar-IQ", "ما أحدث المقالات؟", "أحدث المقالات:"),
        ("en-GB", "What are the newest articles?", "The newest articles:"),
    ],
)
def test_a_question_about_the_library_lists_articles_each_of_which_leads_to_its_page(
    visit: Open, locale: str, question: str, said: str
) -> None:
    page = visit(locale=locale, width=390, height=844)
    ask(page, question, sources=False)
    expect(page.locator(".statement")).to_have_text(said)
    listed = page.locator('[class*="st-key-listed-0-headline-"]')
    newest_first = sorted(ARTICLES, key=lambda article: article[1], reverse=True)
    expect(listed.locator("a")).to_have_text([title for title, *_ in newest_first])
    expect(listed.locator(".outlet")).to_have_text([outlet for _, _, outlet, _ in newest_first])
    days = [time.get_attribute("datetime") for time in listed.locator("time").all()]
    assert days == [day for _, day, _, _ in newest_first]
    for title in listed.locator("a p").all():
        way = title.evaluate("e => getComputedStyle(e).direction")
        assert way == markup.direction(title.inner_text())
        assert title.evaluate("e => e.scrollWidth <= e.clientWidth")  # long ones go on beneath
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, f"listed-{locale}")
    listed.locator("a").last.click()
    expect(page.locator(".story h1")).to_have_text(newest_first[-1][0])
    page.locator(".st-key-reader-bar a").first.click()
    expect(page.locator("h2.question")).to_have_text(question)
    expect(listed).to_have_count(5)


def test_what_bears_a_figure_out_in_other_words_is_cited_apart_and_leads_to_its_card(
    visit: Open,
) -> None:
    page = visit(locale="ar-IQ")
    ask(page, INJURED)
    sentence = page.locator(".sentence").first
    also = sentence.locator(".also")
    expect(sentence.locator("a.cite:not(.also a)")).to_have_text(["١"])
    expect(also.locator("a.cite")).to_have_text(["٢"])
    assert also.inner_text().startswith("كذلك:")
    expect(page.locator(".sentence").nth(1).locator(".also")).to_have_count(0)
    also.locator("a.cite").click()
    card = page.locator("#source-0-2")
    expect(card).to_be_in_viewport()
    expect(card).to_be_focused()
    expect(card.locator("mark.quoted")).to_contain_text("أربعين مصاباً")


def test_who_differs_is_told_with_what_is_counted_and_with_every_outlet_and_its_day(
    visit: Open,
) -> None:
    page = visit(locale="ar-IQ")
    ask(page, INJURED)
    told = page.locator(".answer .hint")
    assert told.inner_text().replace("\u2068", "").replace("\u2069", "") == (
        "المصادر تختلف (عدد المصابين): 40 (صحيفة السهل، ٤ آذار ٢٠٢٤ وإذاعة المرفأ، ٥ آذار ٢٠٢٤)"
        " · 52 (الأحدث: Linden Valley Gazette، ٨ آذار ٢٠٢٤)."
    )
    assert told.evaluate("e => getComputedStyle(e).direction") == "rtl"
    shoot(page, "differ")


def test_who_agrees_is_told_with_what_is_counted_and_with_every_outlet_and_its_day(
    visit: Open,
) -> None:
    page = visit()
    ask(page, PASSENGERS)
    told = page.locator(".answer .hint")
    assert told.inner_text().replace("\u2068", "").replace("\u2069", "") == (
        "Hill Observer, 2 May 2023 and نشرة الدلتا, 3 May 2023 agree (passengers): 310."
    )
    assert told.evaluate("e => getComputedStyle(e).direction") == "ltr"
    shoot(page, "agree")


def test_a_question_stands_at_the_top_from_the_first_and_nothing_shines_through(
    visit: Open,
) -> None:
    page = visit()
    page.evaluate(
        """() => {
            window.seen = []
            const look = () => {
                const asked = document.querySelector("h2.question")
                if (asked) seen.push([
                    asked.getBoundingClientRect().top,
                    [...document.querySelectorAll(".welcome, [class*='st-key-starter']")]
                        .filter((e) => e.checkVisibility()).length,
                ])
                requestAnimationFrame(look)
            }
            look()
        }"""
    )
    ask(page, PASSENGERS)
    page.wait_for_timeout(1000)
    seen = page.evaluate("seen")
    assert [shining for _, shining in seen if shining] == []
    tops = [top for top, _ in seen]
    assert abs(tops[-1] - 64) < 2
    arrived = next(n for n, top in enumerate(tops) if abs(top - tops[-1]) < 2)
    assert all(abs(top - tops[-1]) < 2 for top in tops[arrived:])  # once there, it stays there
    ask(page, "Hello", sources=False)  # an answer shorter than the window
    top = "document.querySelector('#question-1').getBoundingClientRect().top"
    page.wait_for_function(f"() => Math.abs({top} - 64) < 2")
