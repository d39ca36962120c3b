"""A headless Chromium for the page of phones; where it or Playwright is missing, these tests say so and are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator import Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, echo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["bot", "line", "town"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed here")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed here (Debian: apt install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Browser, line: Simulator) -> Iterator[OpenPage]:
    """Opens the page in a browser of its own; what the console complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(url: str = "", width: int = 1440, height: int = 1000, **settings: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="th-TH", **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(url or f"{line.api_url}/")
        page.wait_for_selector("#bar h1")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def nok(bot: TinyBot, town: Town) -> Any:
    """A friend of the account, who hears her words again."""
    bot.on_event = echo
    person = town.person("นก")
    person.adds_the_account()
    return person
