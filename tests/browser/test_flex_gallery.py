"""Flex messages on the page: every property our cards use, and the commonest others, as LINE documents them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot.simulator import Simulator
from tests.browser.flex_samples import SAMPLES
from tests.integration.tiny_bot import TinyBot, open_town, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.long
_MEASURE = """(index) => {
  const r = document.querySelectorAll('.flex-message')[index];
  const box = (node) => node.getBoundingClientRect();
  const near = (one, other, by = 1.5) => Math.abs(one - other) <= by;
  const words = [...r.querySelectorAll('.fx-words')];
  const parts = [...(r.querySelector('.fx-block-body > .fx-box')?.children ?? [])];
  return Boolean(%s);
}"""


@pytest.fixture(scope="module")
def gallery(chromium: Browser) -> Iterator[Page]:
    """All samples in one chat, on one page."""
    with Simulator.start() as line:
        bot = TinyBot(line)
        with running(bot) as webhook:
            town = open_town(line, webhook, plan="unlimited")
            line.maps("https://pictures.test", line.api_url)
            nok = town.person("นก")
            nok.adds_the_account()
            for name, (contents, _) in SAMPLES.items():
                sent = bot.pushes(nok.id, {"type": "flex", "altText": name, "contents": contents})
                assert sent.status_code == 200, f"{name}: {sent.text}"
            page = chromium.new_page(viewport={"width": 1000, "height": 900})
            page.goto(f"{line.api_url}/")
            page.locator(".flex-message").nth(len(SAMPLES) - 1).wait_for()  # evaluates nothing: the page forbids it
            page.evaluate("document.fonts.ready")
            yield page
            page.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_is_laid_out_as_line_documents(gallery: Page, name: str) -> None:
    fact = SAMPLES[name][1]
    assert gallery.evaluate(_MEASURE % fact, list(SAMPLES).index(name)), fact
