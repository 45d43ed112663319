"""The interface itself: its words, its contrast, its keyboard and names, and its end."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.engine import open_index
from assistant.settings import Settings

from .conftest import Open, ask, running, shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

ARABIC = "ماذا بحث فؤاد حسين مع بلينكن؟"
TABLE = '[data-testid="stDataFrame"]'

# Every text and every name on the page but the articles' own, and icons, which are letters too.
WORDS = """() => {
  const found = new Set()
  const not = ".stHtml, canvas, svg, style, script, noscript, .st-key-history, .st-key-starters, " +
    "[data-testid=stIconMaterial], [data-testid=stExpanderIcon], [data-testid=stIconEmoji]"
  const take = (text) => /[A-Za-z]{2}/.test(text ?? "") && found.add(text.trim())
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return take(node.data)
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(not)) return
    for (const name of ["aria-label", "title", "placeholder", "alt"]) take(node.getAttribute(name))
    node.childNodes.forEach(walk)
  }
  walk(document.body)
  return [...found]
}"""
# Names that are written in Latin letters in Arabic too.
NAMES = re.compile(
    r"English|Markdown|Word|BibTeX|RIS|CSV|Ctrl|Ollama|OpenAI|Anthropic|secrets\.toml|streamlit"
    r"|~/articles|https?://\S+|Le Carnet du Tigre|The Date Palm Ledger|Palm Quay Courier"
    r"|La Gazette des Palmeraies|PNG|Vega-Lite"
)


def foreign(page: Page) -> list[str]:
    """What is said in Latin letters and is no name."""
    return [text for text in page.evaluate(WORDS) if re.search(r"[A-Za-z]{2}", NAMES.sub("", text))]


def nothing_foreign(page: Page) -> None:
    """Waits until the page says nothing in another language."""
    for _ in range(100):
        if not foreign(page):
            return
        page.wait_for_timeout(100)
    assert foreign(page) == []


def test_the_arabic_interface_says_nothing_in_english_not_even_in_its_widgets(visit: Open) -> None:
    page = visit(locale="ar-IQ")
    nothing_foreign(page)
    page.locator(".st-key-filters button").first.click()
    page.get_by_role("combobox").first.click()
    expect(page.get_by_text("اختر الكل")).to_be_visible()
    nothing_foreign(page)
    page.goto(page.url + "library")
    page.locator(TABLE).wait_for()
    page.get_by_text("أضف مقالات").click()
    expect(page.get_by_text("حتى ٢٠٠ م.ب للملف")).to_be_visible()
    page.locator(".st-key-library-outlets input").click()
    page.keyboard.type("بببب")
    expect(page.get_by_text("لا نتائج")).to_be_visible()
    nothing_foreign(page)
    page.keyboard.press("Escape")
    page.locator('[data-testid="stDateInputCalendarButton"]').click()
    expect(page.get_by_text("نيسان ٢٠٢٥", exact=True)).to_be_visible()
    nothing_foreign(page)
    page.locator('[data-testid="stDateInputQuickSelect"] button').click()
    expect(page.get_by_role("option", name="آخر سنتين")).to_be_visible()
    nothing_foreign(page)
    shoot(page, "arabic-calendar")
    # Chosen here, the other language is spoken by the widgets too.
    page.reload()
    page.get_by_role("button", name="English").click()
    page.get_by_text("Add articles").click()
    expect(page.get_by_text("200MB per file")).to_be_visible()
    expect(page.get_by_role("button", name="Upload", exact=True)).to_be_visible()


def test_a_phone_shows_the_headlines_of_an_arabic_table_first(visit: Open) -> None:
    page = visit("/library", locale="ar-IQ", width=390, height=844)
    page.locator(TABLE).wait_for()
    table = page.locator(".dvn-scroller")
    for _ in range(100):
        hidden = table.evaluate("t => t.scrollWidth - t.clientWidth - t.scrollLeft")
        wider = table.evaluate("t => t.scrollWidth - t.clientWidth")
        if wider > 0 and hidden < 2:
            break
        page.wait_for_timeout(100)
    assert wider > 0
    assert hidden < 2


def test_a_phone_shows_the_conversation_that_was_chosen_in_the_sidebar(visit: Open) -> None:
    page = visit(width=390, height=844)
    ask(page, ARABIC)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome h1")).to_be_in_viewport()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.locator(".st-key-history button").first.click()
    expect(page.locator("h2.question")).to_be_in_viewport()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


def faults(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with where it stands."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "ar-IQ"])
def test_axe_finds_no_serious_fault_on_any_page(visit: Open, locale: str, theme: str) -> None:
    page = visit(locale=locale, theme=theme)
    assert faults(page) == []
    ask(page, ARABIC)
    assert faults(page) == []
    page.locator(".st-key-chat-menu button").click()
    page.locator(".menu-title").first.wait_for()
    page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running')")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("[class*='st-key-card-0-1'] a").first.click()
    page.locator(".aside").first.wait_for()
    assert faults(page) == []
    home = "/".join(page.url.split("/")[:3])
    page.goto(f"{home}/library")
    page.locator(TABLE).wait_for()
    assert faults(page) == []
    page.goto(f"{home}/settings")
    page.locator(".about").wait_for()
    assert faults(page) == []


def test_a_server_that_is_stopped_in_mid_index_goes_at_once_and_loses_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    rows = (
        f'{{"id": "n{n}", "title": "Report {n}", "text": "Harbour master {n} counted {n * 7 % 991} '
        f'boats at pier {n % 97} on the morning of storm number {n}, and wrote it down."}}\n'
        for n in range(20_000)  # minutes of work
    )
    (tmp_path / "many.jsonl").write_text("".join(rows), encoding="utf-8")
    with running(tmp_path, "-m", "streamlit", "run", "assistant/app.py") as (address, server):
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/library")
        page.locator(TABLE).wait_for()
        page.get_by_text("Add articles").click()
        page.get_by_label("A folder or file on the machine").fill(str(tmp_path / "many.jsonl"))
        page.get_by_label("A folder or file on the machine").press("Enter")
        page.get_by_role("button", name="Add to the library").click()
        # Read, not stored: a thousand that are read are more than the first batch.
        page.get_by_text(re.compile(r"\d,?\d{3} articles so far")).wait_for()
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
        page.close()
    with open_index(Settings(store=tmp_path / "store")) as index:
        assert len(index) > 256
        assert index.search("harbour master storm boats", 1)[0].article.title.startswith("Report")
        assert index.pending() == 0
