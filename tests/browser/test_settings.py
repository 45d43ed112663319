"""Answers by a language model, chosen on the page; the app is started from another folder."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from vectorstore.embeddings import BUNDLED_FOLDER

from ..assistant.model_server import model_server
from .conftest import Open, ask, serving, shoot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

QUESTION = "How did the White House describe US-Iraqi relations?"
START = "from assistant.cli import app; app()"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which ``isnad chat`` is run."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def address(browser: Browser, elsewhere: Path) -> Iterator[str]:
    """The app as ``isnad chat`` starts it in a folder that is not the repository's."""
    with serving(elsewhere, "-c", START, "chat", cwd=elsewhere) as url:
        yield url


def says(ids: list[str]) -> str:
    """An answer of two sentences that cite the first of the sentences shown to the model."""
    return (
        f"The relations were described as strategic [{ids[0]}]. Nothing was said of any change "
        f"to them in the weeks and months that were to follow the meeting [{ids[0]}]."
    )


def settings(visit: Open, **options: object) -> Page:
    page = visit("/settings", **options)
    page.get_by_text("A language model", exact=True).click()
    return page


def choose(page: Page, provider: str, address: str, model: str, key: str = "") -> None:
    """Chooses a provider whose server is elsewhere and names a model."""
    page.get_by_label("Provider", exact=True).click()
    page.get_by_role("option", name=provider).click()
    page.get_by_label("Address of the server").fill(address)
    page.get_by_label("Model", exact=True).fill(model)
    page.get_by_label("Key").fill(key)
    page.get_by_label("Key").press("Tab")


def use(page: Page, named: str) -> None:
    page.get_by_role("button", name="Use this model").click()
    expect(page.get_by_text(f"In use: {named}")).to_be_visible()


def chat(page: Page) -> None:
    page.get_by_role("link", name="Ask").click()
    page.locator(".st-key-starters").wait_for()


def test_started_from_another_folder_it_is_dressed_as_ever_and_sends_nothing(visit: Open) -> None:
    page = visit()
    face = page.evaluate("getComputedStyle(document.querySelector('.stApp')).fontFamily")
    assert face.startswith('"IBM Plex Sans"')
    assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans Arabic\"', 'إسناد')")


def test_a_running_ollama_is_found_and_its_models_are_listed(visit: Open) -> None:
    with model_server(says) as server:
        page = settings(visit)
        expect(page.get_by_text("No Ollama answers")).to_be_visible()
        page.get_by_label("Address of Ollama").fill(server.url)
        page.get_by_label("Address of Ollama").press("Enter")
        expect(page.get_by_text("Ollama is running, with 2 models.")).to_be_visible()
        page.get_by_role("combobox", name="Model", exact=True).click()
        expect(page.get_by_role("option")).to_have_text(["big:7b", "small:1b"])
        page.get_by_role("option", name="small:1b").click()
        use(page, "ollama:small:1b")
        shoot(page, "settings-ollama")
        chat(page)
        ask(page, QUESTION)
    expect(page.locator(".answer.written .sentence")).to_have_count(2)
    expect(page.locator(".sentence").first).to_contain_text("described as strategic")
    expect(page.locator(".writer")).to_contain_text("Written by \u2068small:1b\u2069 in ")
    expect(page.locator(".quotations-title")).to_have_text("In the articles’ own words")
    shoot(page, "written")


def test_a_written_answer_comes_sentence_by_sentence_and_the_key_is_kept_in_the_session(
    visit: Open, elsewhere: Path
) -> None:
    secrets = elsewhere / ".streamlit" / "secrets.toml"
    with model_server(says, pause=0.05) as server:
        page = settings(visit)
        choose(page, "OpenAI", f"{server.url}/v1", "small", key="sk-secret")
        use(page, "openai:small")
        expect(page.locator(".privacy")).to_have_text(
            "Nothing leaves this machine: neither your articles nor your questions."
        )
        chat(page)
        page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".answer.written .sentence")).to_have_count(1, timeout=30_000)
        expect(page.get_by_test_id("stChatInputStopButton")).to_be_visible()  # still at it
        expect(page.locator(".answer.written .sentence")).to_have_count(2, timeout=30_000)
        page.locator("#source-0-1").wait_for()
    assert not secrets.exists()
    page.get_by_role("link", name="Settings").click()
    choose(page, "OpenAI", "http://192.0.2.7:9/v1", "small", key="sk-secret")
    page.get_by_text("Remember on this machine").click()
    use(page, "openai:small")
    expect(page.locator(".privacy")).to_contain_text("are sent to 192.0.2.7")
    assert "sk-secret" in secrets.read_text("utf-8")
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    page.get_by_text("Quoting", exact=True).click()
    page.get_by_role("button", name="Forget the model").click()
    expect(page.get_by_role("button", name="Forget the model")).to_have_count(0)
    assert "sk-secret" not in secrets.read_text("utf-8")
    expect(page.locator(".privacy")).to_contain_text("Nothing leaves")


def test_stop_leaves_what_was_written_by_then(visit: Open) -> None:
    with model_server(says, pause=0.1) as server:
        page = settings(visit)
        choose(page, "OpenAI", f"{server.url}/v1", "small")
        use(page, "openai:small")
        chat(page)
        page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".answer.written .sentence")).to_have_count(1)
        page.get_by_test_id("stChatInputStopButton").click()
        expect(page.get_by_test_id("stChatInputStopButton")).to_have_count(0)
        expect(page.locator("#source-0-1")).to_be_visible()
        page.reload()
        expect(page.locator("#source-0-1")).to_be_visible()
        expect(page.locator(".answer.written .sentence")).to_have_count(1)
        expect(page.locator(".answer.written .sentence")).to_contain_text("described as strategic")
        expect(page.locator(".answer.quote .sentence").first).to_be_visible()


def test_a_model_that_refuses_the_key_is_said_in_a_sentence_above_a_quoted_answer(
    visit: Open,
) -> None:
    with model_server(says, mode="refuse") as server:
        page = settings(visit)
        choose(page, "OpenAI", f"{server.url}/v1", "small", key="wrong")
        use(page, "openai:small")
        chat(page)
        ask(page, QUESTION)
    expect(page.locator(".answer.quote .hint")).to_contain_text("refused the key")
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_new_embedding_model_reads_the_articles_when_it_is_told_to(
    visit: Open, elsewhere: Path
) -> None:
    model = elsewhere / "another-model"
    shutil.copytree(BUNDLED_FOLDER, model)
    page = visit("/settings")
    page.get_by_text("Change the place or the model").click()
    expect(page.get_by_label("Kept in")).to_be_disabled()  # the environment sets it
    page.get_by_label("Embedding model").fill(str(model))
    page.get_by_role("button", name="Save and open").click()
    waiting = page.locator(".st-key-embedding")
    text = "Until then \u2068the model that comes with Isnad\u2069 answers."
    expect(waiting).to_contain_text(text, timeout=60_000)
    shoot(page, "settings-new-model")
    chat(page)
    ask(page, QUESTION)  # the old model's vectors answer
    page.get_by_role("link", name="Library").click()
    waiting.get_by_role("button").click()
    expect(waiting).to_have_count(0)
    page.locator('[data-testid="stProgress"]').wait_for(state="detached")
    page.reload()
    expect(page.locator(".about")).to_contain_text(str(model))
    expect(waiting).to_have_count(0)
