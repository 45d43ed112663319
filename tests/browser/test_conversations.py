"""Conversations: found again, renamed, removed, asked anew, and taken away as files."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from .conftest import Open, ask, shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

ARABIC = "ماذا بحث فؤاد حسين مع بلينكن؟"
ENGLISH = "How did the White House describe US-Iraqi relations?"


def menu(page: Page) -> None:
    page.get_by_role("button", name="Conversation", exact=True).click()
    page.get_by_label("Title").wait_for()


def test_a_conversation_is_found_among_others_renamed_removed_and_brought_back(
    visit: Open,
) -> None:
    page = visit()
    ask(page, ENGLISH)
    page.get_by_role("button", name="New conversation").click()
    page.locator(".st-key-starters").wait_for()
    ask(page, ARABIC)
    listed = page.locator(".st-key-history button")
    expect(listed.first).to_contain_text("فؤاد حسين")  # the last changed comes first
    search = page.get_by_label("Search conversations")
    search.fill("white house")
    search.press("Enter")
    expect(listed.filter(has_text="فؤاد")).to_have_count(0)
    listed.filter(has_text="White House").first.click()
    expect(page.locator("h2.question")).to_have_text(ENGLISH)
    menu(page)
    page.get_by_label("Title").fill("Washington & *Baghdad*")
    page.get_by_role("button", name="Rename").click()
    search.fill("baghdad")
    search.press("Enter")
    expect(listed.filter(has_text="Washington")).to_have_count(1)
    page.get_by_text("Remove this conversation").click()
    expect(page.locator("h2.question")).to_have_count(0)
    expect(listed.filter(has_text="Washington")).to_have_count(0)
    page.get_by_text("Bring it back").click()
    expect(page.locator("h2.question")).to_have_text(ENGLISH)
    expect(page.locator("#source-0-1")).to_be_visible()


def test_a_question_is_edited_and_what_followed_it_goes(visit: Open) -> None:
    page = visit()
    ask(page, ENGLISH)
    ask(page, "ما عاصمة اليابان؟")
    page.get_by_role("button", name="Edit question").first.click()
    field = page.get_by_label("Edit question")
    expect(field).to_have_value(ENGLISH)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("h2.question")).to_have_count(2)
    page.get_by_role("button", name="Edit question").first.click()
    field.fill(ARABIC)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("h2.question")).to_have_text([ARABIC])
    expect(page.locator("#source-0-1 h3")).to_contain_text("فؤاد حسين")
    page.reload()
    expect(page.locator("h2.question")).to_have_text([ARABIC])


def test_a_question_is_asked_again_after_the_articles_have_changed(
    visit: Open, tmp_path: Path
) -> None:
    page = visit()
    question = "How many storks did the miller of Quince Hollow count?"
    ask(page, question)
    expect(page.locator(".silent")).to_be_visible()
    file = tmp_path / "storks.md"
    file.write_text(
        "---\ntitle: Storks over Quince Hollow\ndate: 2022-04-05\nsource: Hollow Herald\n"
        "language: en\n---\nThe miller of Quince Hollow counted 63 storks on Tuesday.\n",
        encoding="utf-8",
    )
    page.get_by_role("link", name="Library").click()
    page.get_by_text("Add articles").click()
    page.locator('.stFileUploader input[type="file"]').set_input_files(file)
    page.locator(".stFileUploader").get_by_text("storks.md").wait_for()
    page.get_by_role("button", name="Add to the library").click()
    expect(page.locator(".report")).to_contain_text("1 article added")
    page.get_by_role("link", name="Ask").click()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".sentence")).to_contain_text("63 storks")
    expect(page.locator(".silent")).to_have_count(0)


def test_a_question_that_leans_on_the_one_before_says_how_it_was_understood(visit: Open) -> None:
    page = visit()
    ask(page, "ماذا قال ماثيو تولر عن إيران؟")
    ask(page, "وماذا قال عن مخيم الهول؟")
    asked = page.locator(".asked bdi")
    expect(asked).to_contain_text("تولر")
    understood = asked.inner_text()
    page.get_by_role("button", name="Edit question").last.click()
    expect(page.get_by_label("Edit question")).to_have_value(understood)


def test_a_conversation_is_taken_away_in_every_form_with_its_sources(
    visit: Open, tmp_path: Path
) -> None:
    page = visit()
    ask(page, ARABIC)
    cited = page.locator("#source-0-1 mark.quoted")
    said = page.locator(".sentence").first.evaluate(
        "e => { const own = e.cloneNode(true); own.querySelector('.cited').remove(); "
        "return own.textContent }"
    )
    quoted = cited.first.inner_text()
    headline = page.locator("#source-0-1 h3").inner_text()
    outlet = page.locator("#source-0-1 .outlet").inner_text()
    menu(page)
    shoot(page, "conversation-menu")
    files: dict[str, Path] = {}
    forms = {"html": "Web page", "md": "Markdown", "docx": "Word", "bib": "BibTeX", "ris": "RIS"}
    for ending, name in forms.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename == f"{ARABIC.rstrip('؟')}؟.{ending}"
        files[ending] = tmp_path / f"taken.{ending}"
        download.value.save_as(files[ending])

    def plain(text: str) -> str:
        return " ".join(text.replace("\\", "").split())

    markdown = plain(files["md"].read_text("utf-8"))
    assert f"> {plain(said)}[^1]" in markdown
    assert f"[^1]: {outlet} — {headline} — 2021-01-29: «" in markdown
    paragraphs = docx.Document(str(files["docx"])).paragraphs
    assert [p.text for p in paragraphs[:2]] == [ARABIC, ARABIC]
    assert any(plain(p.text) == f"{plain(said)} [1]" for p in paragraphs)
    highlighted = ["".join(run.text for run in p.runs if run.font.highlight_color)
                   for p in paragraphs]  # fmt: skip
    assert any(quoted in text for text in highlighted)
    bibtex = files["bib"].read_text("utf-8")
    assert re.search(rf"title = {{{re.escape(headline)}}}", bibtex)
    assert "date = {2021-01-29}" in bibtex
    ris = files["ris"].read_text("utf-8")
    assert f"TI  - {headline}" in ris
    assert "DA  - 2021/01/29" in ris
    # The page needs nothing but itself.
    page.context.set_offline(True)
    page.goto(f"file://{files['html']}")
    expect(page.locator("mark").first).to_have_text(quoted)
    page.locator("a.cite").first.click()
    expect(page.locator("#source-1")).to_be_in_viewport()
    shoot(page, "exported")
