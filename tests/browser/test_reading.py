"""The article page, the filters of a conversation, and what a reader sets."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open, ask, shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

BODY = """Quince Bay — The lighthouse of Quince Bay has been given a new lamp after 80 years, the \
harbour office said on Monday. Keeper Omar Said lit it for the first time before a crowd of {who}.

The lamp was carried up the 212 steps by hand, because the old lift no longer works. The office \
expects ships to see its light from 40 kilometres away.

Fishermen on the quay said that they would miss the yellow light of the old lamp, which now stands \
in the town museum.
"""
DUMP = f"""Home | Politics | Sport | Contact us
Share on Facebook
Lighthouse of Quince Bay gets a new lamp

{BODY.format(who="children")}
Read also: Ten recipes with quinces
All rights reserved
"""
COPY = f"""---
title: New lamp for the lighthouse
source: Bay Messenger
date: 2022-05-03
language: en
---
{BODY.format(who="pupils")}"""


def home(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def test_an_article_lists_what_was_left_out_near_copies_and_similar_ones(
    visit: Open, tmp_path: Path
) -> None:
    (tmp_path / "dump.txt").write_text(DUMP, encoding="utf-8")
    (tmp_path / "copy.md").write_text(COPY, encoding="utf-8")
    page = visit("/library")
    page.get_by_text("Add articles").click()
    page.get_by_label("A folder or file on the machine").fill(str(tmp_path))
    page.get_by_label("A folder or file on the machine").press("Enter")
    page.get_by_role("button", name="Add to the library").click()
    page.locator(".report").wait_for()
    page.goto(home(page))
    page.locator(".st-key-starters").wait_for()
    ask(page, "How many steps was the lamp of Quince Bay carried up?")
    expect(page.locator(".sentence").first).to_contain_text("212 steps")
    card = page.locator('[class*="st-key-card-0-"]', has_text="Lighthouse of Quince Bay gets").first
    card.get_by_text("Open article").click()
    story = page.locator(".story")
    expect(story.locator("h1")).to_have_text("Lighthouse of Quince Bay gets a new lamp")
    expect(story).not_to_contain_text("Share on Facebook")
    left_out = page.locator(".left-out")
    expect(left_out).to_be_hidden()
    page.get_by_text("Left out of the page: 4 lines").click()
    expect(left_out).to_contain_text("Share on Facebook")
    expect(left_out).to_contain_text("share buttons")
    expect(page.get_by_role("heading", name="Much the same report in")).to_be_visible()
    near = page.locator('[class*="st-key-near-"]')
    expect(near).to_contain_text("Bay Messenger")
    expect(page.locator('[class*="st-key-similar-"]').first).to_be_visible()
    near.get_by_role("link").click()
    expect(story.locator("h1")).to_have_text("New lamp for the lighthouse")
    expect(story.locator(".origin")).to_contain_text("the file's own heading")
    page.get_by_role("button", name="العربية").click()
    expect(story.locator(".origin")).to_contain_text("ترويسة الملف")
    page.reload()  # the address is that of the article that was gone to
    expect(story.locator("h1")).to_have_text("New lamp for the lighthouse")


def test_one_goes_from_quotation_to_quotation_in_an_article(visit: Open) -> None:
    page = visit()
    for question in ("ماذا قالت فيكتوريا تايلور؟", "أين تحدثت فيكتوريا تايلور؟"):
        ask(page, question)
    page.get_by_text("Open article").first.click()
    now = page.locator(".story mark.now")
    expect(now).to_be_focused()
    place = page.locator(".st-key-reader-bar [role=status]")
    expect(place).to_have_text("1 of 3")
    first = now.inner_text()
    assert page.locator(".story mark.quoted").count() == 3
    page.get_by_role("link", name="Next quotation").click()
    expect(place).to_have_text("2 of 3")
    expect(now).not_to_have_text(first)
    expect(now).to_be_in_viewport()
    page.get_by_role("link", name="Previous quotation").click()
    expect(place).to_have_text("1 of 3")
    expect(now).to_have_text(first)


def test_dates_and_languages_are_chosen_as_filters_shown_as_chips_and_kept(visit: Open) -> None:
    page = visit()
    page.locator(".st-key-filters button").first.click()
    page.get_by_role("combobox", name="Languages").click()
    page.get_by_role("option", name="French").click()
    chip = page.locator("[class*='st-key-chip-'] button")
    expect(chip).to_contain_text(["French"])
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    ask(page, "Qui a rencontré Qasim al-Araji ?")
    expect(page.locator("ul.chips .chip")).to_have_text(["French"])
    facts = page.locator(".card .facts")
    expect(facts.filter(has_not_text="French")).to_have_count(0)
    page.reload()
    expect(page.locator("ul.chips .chip")).to_have_text(["French"])
    expect(chip).to_contain_text(["French"])
    chip.first.click()
    expect(chip.filter(has_text="French")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "question", "offered"),
    [
        ("ar-IQ", "ماذا قال تولر في يوليو 2021؟", "١ تموز ٢٠٢١ – ٣١ تموز ٢٠٢١"),
        ("en-GB", "What did Tueller say in the last week of July 2021?",
         "25 July 2021 – 31 July 2021"),
    ],
)  # fmt: skip
def test_a_time_that_a_question_names_is_offered_and_narrows_the_answer(
    visit: Open, locale: str, question: str, offered: str
) -> None:
    page = visit(locale=locale)
    ask(page, question)
    page.get_by_role("button", name=offered).click()
    expect(page.locator("ul.chips .chip")).to_have_text([offered])
    days = page.locator(".card .facts:not(.days) time")
    expect(page.locator(".facts:not(.days) time:not([datetime^='2021-07'])")).to_have_count(0)
    expect(days.first).to_be_visible()


def test_the_theme_is_chosen_on_the_page_and_stays(visit: Open) -> None:
    page = visit("/settings", theme="light")
    page.get_by_role("radio", name="Dark").or_(page.get_by_role("button", name="Dark")).click()
    page.wait_for_function("getComputedStyle(document.documentElement).colorScheme === 'dark'")
    page.goto(home(page))
    page.locator(".welcome").wait_for()
    page.wait_for_function("getComputedStyle(document.documentElement).colorScheme === 'dark'")
    shoot(page, "dark-by-choice")
