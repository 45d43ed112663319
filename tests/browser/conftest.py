"""The app as a user starts it, in a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import assistant

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(assistant.__file__).parents[1]
SCREENSHOTS = Path(__file__).parent / "screenshots"  # git ignores them
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, except in CI, where they fail."""
    from playwright.sync_api import expect, sync_playwright

    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"No browser found (looked for {', '.join(NAMES)}): install Chromium."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=30_000)  # a machine that is busy is slow, not wrong
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app over an empty store, which its first start fills."""
    with serving(
        tmp_path_factory.mktemp("app"), "-m", "streamlit", "run", "assistant/app.py"
    ) as at:
        yield at


@contextmanager
def serving(folder: Path, *command: str, cwd: Path = ROOT) -> Iterator[str]:
    """Starts the app as `running` does; gives its address."""
    with running(folder, *command, cwd=cwd) as (url, _):
        yield url


@contextmanager
def running(
    folder: Path, *command: str, cwd: Path = ROOT
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Starts the app with its store in a folder; gives its address and its process.

    It is stopped in the end.

    Args:
        folder: Where the store and the log lie.
        command: What Python runs.
        cwd: Where it runs.
    """
    port = free_port()
    options = ["--server.headless", "true", "--server.port", str(port)]
    log = (folder / "log.txt").open("wb")
    own = {"ISNAD_STORE": str(folder / "store"), "ISNAD_ALLOW_PRIVATE_URLS": "1"}
    server = subprocess.Popen(
        [sys.executable, *command, *options],
        cwd=cwd,
        env=os.environ | own | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://localhost:{port}"
    try:
        _wait_for(f"{url}/_stcore/health", server, Path(log.name))
        yield url, server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path, patience: int = 60) -> None:
    for _ in range(patience * 5):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The app did not start:\n{log.read_text(errors='replace')[-3000:]}")


Open = Callable[..., "Page"]
"""Opens a page of the app in a browser of its own."""


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the app; what a page asks of any other machine fails the test."""
    contexts = []
    strangers: list[str] = []
    raised: list[str] = []

    def watch(url: str) -> None:
        if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "file:")):
            strangers.append(url)

    def open_page(
        path: str = "/",
        locale: str = "en-GB",
        theme: str = "light",
        width: int = 1440,
        height: int = 1000,
        ready: bool = True,
    ) -> Page:
        context = browser.new_context(
            locale=locale,
            color_scheme=theme,  # type: ignore[arg-type]
            viewport={"width": width, "height": height},
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: watch(request.url))
        page.on("websocket", lambda socket_: watch(socket_.url))
        page.on("pageerror", lambda error: raised.append(str(error)))
        page.goto(address + path)
        if ready:
            page.wait_for_selector(".st-key-starters, h2.question, .story, .page-title, .card")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []
    assert raised == []


def ask(page: Page, question: str, sources: bool = True) -> None:
    """Types a question and waits until its answer is there, with its sources where it has any."""
    before = page.locator('[class*="st-key-actions-"]').count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    page.locator('[class*="st-key-actions-"]').nth(before).wait_for()
    if sources:
        page.locator(f"#source-{before}-1").wait_for()


def direction(page: Page, selector: str) -> str:
    """The computed direction of the first element that matches."""
    found: str = page.locator(selector).first.evaluate("e => getComputedStyle(e).direction")
    return found


def shoot(page: Page, name: str) -> None:
    """Keeps a picture of the page."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=str(SCREENSHOTS / f"{name}.png"))
