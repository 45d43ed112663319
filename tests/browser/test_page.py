"""What a reader does, on a real server, with the real index."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.views import markup

from .conftest import Open, ask, direction, shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

ARABIC = "ماذا بحث فؤاد حسين مع بلينكن؟"
ENGLISH = "How did the White House describe US-Iraqi relations?"
NASTY = "<script>window.pwned=1</script> $x$ **b** :smile: <img src=x onerror=window.pwned=1>"


def test_the_first_start_shows_its_progress_and_ends_with_questions_to_ask(visit: Open) -> None:
    page = visit(ready=False)
    expect(page.locator(".welcome h1")).to_have_text("What do your articles say?")
    expect(page.locator('.working, [data-testid="stProgress"], .st-key-starters')).to_be_visible()
    expect(page.locator(".st-key-starters button").first).to_be_visible(timeout=180_000)
    shoot(page, "welcome")


def test_answers_in_both_directions_stand_on_one_page_each_with_its_citations(visit: Open) -> None:
    page = visit()
    ask(page, ARABIC)
    ask(page, ENGLISH)
    for part in ("h2.question", ".sentence", ".card h3", ".card blockquote"):
        ways = set()
        for element in page.locator(part).all():
            way = element.evaluate("e => getComputedStyle(e).direction")
            assert way == markup.direction(element.inner_text()), part
            ways.add(way)
        assert ways == {"rtl", "ltr"}, part
    for turn in (0, 1):
        assert page.locator(f"[class*='st-key-turn-{turn}'] a.cite").count() >= 1
    assert direction(page, "body") == "ltr"
    shoot(page, "both-directions")


def hover(page: Page, over: Locator, shown: Locator) -> None:
    """Points at something until what it shows is there: a page that settles may move away."""
    for _ in range(20):
        page.mouse.move(0, 0)
        over.hover()
        page.wait_for_timeout(250)
        if shown.is_visible():
            return
    expect(shown).to_be_visible()


def test_a_citation_shows_its_words_and_leads_to_its_source(visit: Open) -> None:
    page = visit()
    ask(page, ARABIC)
    cite, peek = page.locator("a.cite").first, page.locator(".peek").first
    expect(peek).to_be_hidden()
    hover(page, cite, peek)
    cite.click()
    card = page.locator(f"#{cite.get_attribute('data-goto')}")
    expect(card).to_be_in_viewport()
    expect(card).to_be_focused()
    expect(card.locator("mark.quoted").first).to_be_visible()


def test_an_opened_article_is_whole_with_the_quoted_words_marked_in_their_place(
    visit: Open,
) -> None:
    page = visit()
    ask(page, ARABIC)
    card = page.locator('[class*="st-key-card-0-"]:has(blockquote[lang=ar])').first
    quoted = card.locator("mark.quoted").first.inner_text()
    card.get_by_text("Open article").click()
    mark = page.locator(".story mark.now").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(quoted)
    assert direction(page, ".story p") == "rtl"
    assert direction(page, ".story h1") == "rtl"
    shoot(page, "article")
    page.get_by_text("Back to the conversation").click()
    expect(page.locator("h2.question")).to_have_text(ARABIC)


def test_the_way_from_question_to_article_and_back_needs_no_mouse(visit: Open) -> None:
    page = visit()
    ask(page, ENGLISH)
    page.locator("a.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-0-1")).to_be_focused()
    page.keyboard.press("Tab")
    assert "Open article" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    expect(page.locator("mark.now").first).to_be_focused()
    page.get_by_role("link", name="Back to the conversation").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2.question")).to_be_visible()


def test_a_dropped_file_can_be_asked_about_and_nothing_in_it_comes_alive(
    visit: Open, tmp_path: Path
) -> None:
    page = visit()
    file = tmp_path / "attack.md"
    file.write_text(
        f"---\ntitle: '{NASTY}'\ndate: 2024-05-06\nsource: '{NASTY}'\nlanguage: en\n---\n"
        f"The lighthouse keeper of Zanzibar counted 41 herons. {NASTY} He went home.\n",
        encoding="utf-8",
    )
    page.locator('[data-testid="stChatInput"] input[type="file"]').first.set_input_files(file)
    page.get_by_text("attack.md").first.wait_for()
    page.wait_for_load_state("networkidle")  # a question sent before the file is there is held back
    ask(page, "How many herons did the lighthouse keeper of Zanzibar count?")
    expect(page.locator(".report")).to_contain_text("1 article added")
    card = page.locator("#source-0-1")
    expect(card.locator("h3")).to_have_text(NASTY)
    expect(card.locator(".outlet")).to_have_text(NASTY)
    expect(card.locator("blockquote")).to_contain_text(f"41 herons. {NASTY} He went home.")
    page.locator('[class*="st-key-card-0-1"]').get_by_text("Open article").click()
    expect(page.locator(".story h1")).to_have_text(NASTY)
    page.get_by_role("link", name="Library").click()
    page.locator('[data-testid="stDataFrame"]').wait_for()
    page.get_by_text("New conversation").click()
    page.locator(".st-key-starters").wait_for()
    # The newest article is among the questions to ask, as typed but for invisible joiners.
    labels = page.locator(".st-key-starters button").all_inner_texts()
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src='x']").count() == 0
    assert not any("😄" in label for label in labels)


def test_a_reload_and_a_second_tab_lose_nothing(visit: Open) -> None:
    page = visit()
    ask(page, ENGLISH)
    page.reload()
    expect(page.locator("h2.question")).to_have_text(ENGLISH)
    expect(page.locator("#source-0-1")).to_be_visible()
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.locator("h2.question")).to_have_text(ENGLISH)
    ask(second, ARABIC)
    other = "Who met Antony Blinken in Washington?"
    page.get_by_test_id("stChatInputTextArea").fill(other)
    page.keyboard.press("Enter")
    for tab in (page, second):
        expect(page.locator("#source-2-1")).to_be_visible()
        tab.reload()
        expect(tab.locator("h2.question")).to_have_text([ENGLISH, ARABIC, other])


def test_the_interface_is_arabic_for_an_arabic_browser_and_laid_out_from_the_right(
    visit: Open,
) -> None:
    page = visit(locale="ar-IQ")
    expect(page.locator(".welcome h1")).to_have_text("ماذا تقول مقالاتك؟")
    assert direction(page, "body") == "rtl"
    page.wait_for_function("document.documentElement.lang === 'ar'")
    sidebar = page.locator('[data-testid="stSidebar"]').bounding_box()
    assert sidebar is not None
    assert sidebar["x"] > 720
    ask(page, ENGLISH)
    assert direction(page, ".sentence") == "ltr"
    expect(page.locator("a.cite").first).to_have_text("١")
    shoot(page, "arabic-interface")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_attribute(
        "placeholder", "Ask your articles…"
    )
    page.reload()
    assert direction(page, "body") == "ltr"  # the choice is remembered in this browser


def test_copying_a_quotation_takes_its_words_and_where_they_are_from(visit: Open) -> None:
    page = visit()
    ask(page, ENGLISH)
    page.get_by_role("button", name="Copy quotation").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    outlet = page.locator("#source-0-1 .outlet").inner_text()
    headline = page.locator("#source-0-1 h3").inner_text()
    assert outlet in copied
    assert headline in copied
    assert page.locator("#source-0-1 mark.quoted").first.inner_text() in copied


def test_a_question_without_an_answer_is_met_with_silence_and_the_nearest_passages(
    visit: Open,
) -> None:
    page = visit()
    ask(page, "ما عاصمة اليابان؟")
    expect(page.locator(".silent")).to_have_text("المقالات المتاحة لا تجيب عن هذا السؤال.")
    expect(page.locator(".sources-title")).to_contain_text("nearest")


def test_what_happened_in_order_is_told_as_a_chart_and_as_a_list_of_cited_quotations(
    visit: Open,
) -> None:
    page = visit()
    ask(page, "What happened, in order, between Washington and Baghdad?")
    days = page.locator(".in-order .day")
    # A day of publication is said to be one; others are those of the events.
    told = [day.split("·")[0].strip().removeprefix("Published ") for day in days.all_inner_texts()]
    assert len(told) > 3
    assert told == sorted(told, key=lambda day: dt.datetime.strptime(day, "%d %B %Y"))  # noqa: DTZ007 (days)
    assert page.locator(".in-order a.cite").count() == len(told)
    chart = page.locator('[data-testid="stVegaLiteChart"] svg')
    expect(chart.locator('[aria-roledescription="circle"]').first).to_be_visible()
    shoot(page, "timeline")


def test_a_starter_is_asked_narrowed_by_an_offered_filter_and_judged(visit: Open) -> None:
    page = visit()
    page.locator(".st-key-starters button").first.click()
    page.locator("#source-0-1").wait_for()
    page.get_by_role("button", name="New conversation").click()
    page.locator(".st-key-starters").wait_for()
    ask(page, "What did Palm Quay Courier report in August 2021?")
    page.get_by_role("button", name="Palm Quay Courier", exact=True).click()
    expect(page.locator("ul.chips .chip")).to_have_text(["Palm Quay Courier"])
    outlets = page.locator(".card .outlet")
    expect(outlets.filter(has_not_text="Palm Quay Courier")).to_have_count(0)
    expect(outlets.first).to_be_visible()
    page.locator('[data-testid="stFeedback"] button, .stFeedback button').first.click()
    page.wait_for_timeout(800)
    page.reload()
    expect(page.locator("ul.chips .chip")).to_have_text(["Palm Quay Courier"])
    expect(page.locator("[class*='st-key-chip-'] button").first).to_contain_text("Palm Quay")
    liked = page.locator('[data-testid="stFeedback"] button, .stFeedback button')
    expect(liked.nth(0)).not_to_have_class(liked.nth(1).get_attribute("class") or "")
    shoot(page, "narrowed")


def test_the_library_can_be_searched_and_asked_about(visit: Open) -> None:
    page = visit("/library")
    page.locator('[data-testid="stDataFrame"]').wait_for()
    page.get_by_label("Search headlines").fill("Mascate")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 article shown")).to_be_visible()
    shoot(page, "library")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "ar-IQ"])
def test_no_page_is_wider_than_its_window(visit: Open, locale: str, theme: str, width: int) -> None:
    page = visit(locale=locale, theme=theme, width=width, height=900)
    ask(page, ARABIC)
    name = f"{locale}-{theme}-{width}"
    page.locator("#question-0").scroll_into_view_if_needed()
    shoot(page, f"chat-{name}")
    for path in ("/library", "/settings"):
        page.goto("/".join(page.url.split("/")[:3]) + path)
        page.locator(".page-title").wait_for()
        page.locator('[data-testid="stDataFrame"], .about').first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(page, f"{path[1:]}-{name}")
