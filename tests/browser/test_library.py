"""The library, on a real server, with real files, folders and web pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open, shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

TABLE = '[data-testid="stDataFrame"]'


def write(folder: Path, title: str, told: str, day: int = 14) -> Path:
    """An article's file."""
    file = folder / f"{title.split()[0].lower()}.md"
    file.write_text(
        f"---\ntitle: {title}\ndate: 2022-03-{day}\nsource: Lagoon Post\nlanguage: en\n---\n"
        f"{told} Nobody at Salt Lagoon had seen the like before, the mayor said on Monday.\n",
        encoding="utf-8",
    )
    return file


def library(visit: Open, **options: object) -> Page:
    page = visit("/library", **options)
    page.locator(TABLE).wait_for()
    page.locator(".hint.working, [data-testid='stProgress']").wait_for(state="detached")
    return page


def add(page: Page, place: object) -> None:
    """Adds a folder, a file or an address by its name, and waits for the report."""
    page.get_by_text("Add articles").click()
    page.get_by_label("A folder or file on the machine").fill(str(place))
    page.get_by_label("A folder or file on the machine").press("Enter")
    page.get_by_role("button", name="Add to the library").click()
    page.locator(".report").wait_for()


def search(page: Page, words: str, shown: str) -> None:
    page.get_by_label("Search headlines").fill(words)
    page.get_by_label("Search headlines").press("Enter")
    expect(page.get_by_text(shown, exact=True)).to_be_visible()


def tick_the_first_row(page: Page) -> None:
    page.wait_for_timeout(500)  # the table draws itself on a canvas, which says nothing
    page.locator(TABLE).scroll_into_view_if_needed()
    box = page.locator(TABLE).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 52)
    page.locator(".st-key-library-actions").wait_for()


def test_a_folder_is_added_and_what_could_not_be_read_is_named_with_the_reason(
    visit: Open, tmp_path: Path
) -> None:
    write(tmp_path, "Geese over Salt Lagoon", "Children counted 77 geese.")
    write(tmp_path, "Kites over Salt Lagoon", "Eleven kite makers met on the shore.", 15)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    page = library(visit)
    add(page, tmp_path)
    expect(page.locator(".report")).to_contain_text("2 articles added")
    failed = page.locator(".report li")
    expect(failed).to_have_count(1)
    expect(failed).to_contain_text("broken.pdf It is a damaged PDF")
    search(page, "salt lagoon", "2 articles shown")
    shoot(page, "library-added")
    page.get_by_role("button", name="العربية").click()
    expect(failed).to_contain_text("الملف تالف")


def test_files_of_kinds_that_are_not_read_are_counted_by_their_endings(
    visit: Open, tmp_path: Path
) -> None:
    write(tmp_path, "Gulls over Salt Lagoon", "A fisherman fed 12 gulls.", 16)
    for name in ("clip.mp4", "song.mp4", "talk.mp4", "notes.xyz", "plan.xyz", "README"):
        (tmp_path / name).write_bytes(b"\x00\x01\x02")
    page = library(visit, locale="ar-IQ")
    page.get_by_role("button", name="English").click()
    add(page, tmp_path)
    told = page.locator(".report p")
    isolated = str.maketrans("", "", "\u2066\u2069")
    expect(told).to_have_count(2)
    assert [line.translate(isolated) for line in told.all_inner_texts()] == [
        "1 article added",
        "6 files are of kinds that are not read: .mp4 (3), .xyz (2) and no extension (1)",
    ]
    page.get_by_role("button", name="العربية").click()
    expect(told.first).to_have_text("أُضيف مقال واحد")
    assert told.last.inner_text().translate(isolated) == (
        "٦ ملفات من أنواع لا نقرؤها: .mp4 (٣) و.xyz (٢) وبلا امتداد (١)"
    )
    assert told.last.evaluate("e => getComputedStyle(e).direction") == "rtl"
    shoot(page, "library-passed-over")


def test_a_web_page_is_added_by_its_address(visit: Open, site: str) -> None:
    page = library(visit)
    add(page, f"{site}/ferry.html")
    expect(page.locator(".report")).to_contain_text("1 article added")
    search(page, "ferry", "1 article shown")
    tick_the_first_row(page)
    page.get_by_text("Open article").click()
    expect(page.locator(".story h1")).to_have_text("Ferry to the northern islands runs again")
    expect(page.locator(".story .address")).to_contain_text(f"{site}/ferry.html")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site on this machine."""
    story = "".join(
        f"<p>Harbour master number {n} told reporters on Tuesday that the ferry to the northern "
        f"islands would run again next week, after a month of repairs to its engine {n}.</p>"
        for n in range(1, 7)
    )
    (tmp_path / "ferry.html").write_text(
        "<html lang='en'><head><title>Ferry to the northern islands runs again</title></head>"
        f"<body><article><h1>Ferry to the northern islands runs again</h1>{story}</article></body>",
        encoding="utf-8",
    )
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_article_is_read_again_after_its_file_has_changed(visit: Open, tmp_path: Path) -> None:
    file = write(tmp_path, "Herons at dawn", "Forty herons stood in the shallows.")
    page = library(visit)
    add(page, file)
    file.write_text(file.read_text("utf-8").replace("at dawn", "at dusk"), encoding="utf-8")
    search(page, "herons dawn", "1 article shown")
    tick_the_first_row(page)
    page.get_by_role("button", name="Read the file again").click()
    expect(page.locator(".report")).to_contain_text("1 updated")
    search(page, "herons dusk", "1 article shown")


def test_articles_are_asked_about_alone_and_removed_only_after_a_second_word(
    visit: Open, tmp_path: Path
) -> None:
    file = write(tmp_path, "Pelicans on the pier", "Two pelicans took the fishermen's bait.")
    page = library(visit)
    add(page, file)
    search(page, "pelicans", "1 article shown")
    tick_the_first_row(page)
    page.get_by_role("button", name="Ask about this article").click()
    expect(page.locator("[class*='st-key-chip-'] button").first).to_contain_text(
        "Pelicans on the pier"
    )
    page.get_by_role("link", name="Library").click()
    page.locator(TABLE).wait_for()
    search(page, "pelicans", "1 article shown")
    tick_the_first_row(page)
    page.get_by_role("button", name="Remove this article").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Pelicans on the pier")
    expect(page.get_by_text("1 article shown", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Remove this article").click()
    expect(page.get_by_text("0 articles shown", exact=True)).to_be_visible()
    assert file.exists()


def test_a_press_on_a_chart_filters_the_table_and_a_tick_does_not_wander(visit: Open) -> None:
    page = library(visit)
    charts = page.locator('[data-testid="stVegaLiteChart"]')
    tick_the_first_row(page)
    expect(page.get_by_role("button", name="Remove this article")).to_be_visible()
    charts.nth(1).get_by_label("Language: French").click()
    expect(page.get_by_text("3 articles shown", exact=True)).to_be_visible()
    # Another article stands in the first row now; it was not the one that was ticked.
    expect(page.get_by_role("button", name="Remove this article")).to_have_count(0)
    charts.nth(0).get_by_label("Outlet: Le Carnet du Tigre").first.click()
    expect(page.get_by_text("1 article shown", exact=True)).to_be_visible()
    shoot(page, "library-pressed")


def test_charts_and_dates_are_written_in_arabic_digits_from_right_to_left(visit: Open) -> None:
    page = library(visit, locale="ar-IQ")
    chart = page.locator('[data-testid="stVegaLiteChart"] svg').first
    chart.wait_for()
    labels = [text for text in chart.locator("text").all_text_contents() if text.strip()]
    assert labels
    assert not [text for text in labels if any(digit in "0123456789" for digit in text)]
    oldest, newest = chart.get_by_text("٢٠٢١"), chart.get_by_text("٢٠٢٥")
    places = [label.bounding_box() for label in (newest, oldest)]
    assert places[0] is not None
    assert places[1] is not None
    assert places[0]["x"] < places[1]["x"]  # time runs to the left
    shoot(page, "library-arabic")
