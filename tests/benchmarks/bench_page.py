"""How soon the page of phones is painted with six long talks on it, and whether a burst of messages lets it move."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bot.simulator import Simulator
from tests.benchmarks.bench import table
from tests.browser.conftest import chromium
from tests.browser.flex_samples import bubble, button, text as words
from tests.integration.tiny_bot import TinyBot, open_town, running, text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["chromium"]
PEOPLE, MESSAGES, BURST = 6, 50, 200

_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_WATCH = """() => {
  window.gaps = []; let last = performance.now(); window.watching = true;
  const look = (now) => { window.gaps.push(now - last); last = now; if (window.watching) requestAnimationFrame(look); };
  requestAnimationFrame(look);
}"""


def _rows(page: Page, most: int) -> None:
    """Wait until so many messages stand there; the page's policy forbids a waiting expression."""
    page.locator(".row").nth(most - 1).wait_for(state="attached")


def test_the_page_of_phones(chromium: Browser) -> None:
    with Simulator.start() as line:
        bot = TinyBot(line)
        with running(bot) as webhook:
            town = open_town(line, webhook, plan="unlimited")
            people = [town.person(f"คนที่ {number}") for number in range(1, PEOPLE + 1)]
            card = {"type": "flex", "altText": "การ์ด", "contents": bubble(words("รับเรื่องแล้ว"), button())}
            for person in people:
                person.adds_the_account()
                for number in range(MESSAGES // 5):
                    bot.pushes(person.id, *[text(f"ข้อความ {number}")] * 4, card)

            context = chromium.new_context(viewport={"width": 2560, "height": 1200})
            page = context.new_page()
            page.goto(f"{line.api_url}/")
            for person in people:  # the browser remembers whose phones were taken out
                chip = page.locator("#bar .chip", has_text=person.name)
                if chip.get_attribute("aria-pressed") != "true":
                    chip.click()
            page.close()

            painted, whole = [], []
            for _ in range(5):
                page = context.new_page()
                page.goto(f"{line.api_url}/")
                _rows(page, PEOPLE * MESSAGES)
                whole.append(float(page.evaluate("performance.now()")))
                painted.append(float(page.evaluate(_PAINTED)))
                page.close()
            rows = [("painted first", statistics.median(painted), max(painted), "1000")]
            rows.append(("all messages there", statistics.median(whole), max(whole), "-"))

            page = context.new_page()
            page.goto(f"{line.api_url}/")
            _rows(page, PEOPLE * MESSAGES)
            page.evaluate(_WATCH)
            for number in range(BURST // 5):
                bot.pushes(people[number % PEOPLE].id, *[text(f"พร้อมกัน {number}")] * 5)
            _rows(page, PEOPLE * MESSAGES + BURST)
            page.evaluate("window.watching = false")
            gaps = page.evaluate("window.gaps")
            rows.append((f"between frames, {BURST} messages", statistics.median(gaps), max(gaps), "100"))
            context.close()
    table(f"the page of phones, {PEOPLE} talks of {MESSAGES} messages", ("", "median ms", "worst ms", "aim ms"), rows)
