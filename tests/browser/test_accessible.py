"""Nobody is kept out: axe-core finds nothing serious on the page of phones, in either theme, narrow or wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator import Simulator
from tests.browser.conftest import OpenPage
from tests.browser.flex_samples import BACK, bubble, button, text
from tests.browser.steps import YES, offers, phone, sees
from tests.integration.tiny_bot import TinyBot

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.long
CARD = bubble(text("รับเรื่องแล้ว", weight="bold"), text("ซอย 46", color="#5f6f6c", size="sm"), button("ดูแผนที่"))
SQUARE = [[[100.60, 13.97], [100.66, 13.97], [100.66, 14.0], [100.60, 14.0], [100.60, 13.97]]]


def hindrances(page: Page) -> list[str]:
    """What axe-core calls serious or critical, each with the first place it stands at.

    Of a card only what the page makes of it counts: its colours are the bot's.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed here")
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} ({one['nodes'][0]['failureSummary']})"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture
def page_full_of_everything(look: OpenPage, line: Simulator, bot: TinyBot, nok: Any) -> Any:
    """Opens the page after a talk with a card, a picture, a place, quick replies and a refusal."""
    square = {"type": "Polygon", "coordinates": SQUARE}
    feature = {"type": "Feature", "properties": {"kind": "outline"}, "geometry": square}
    line.call("channel/map", channel="rangsit", geojson={"type": "FeatureCollection", "features": [feature]})
    nok.sends("น้ำแดง")
    nok.sends_photo()
    nok.sends_place(13.98, 100.62, address="ซอย 46")
    bot.pushes(nok.id, {"type": "flex", "altText": "การ์ด", "contents": CARD})
    bot.pushes(nok.id, {"type": "text", "text": ""})
    bot.pushes(nok.id, offers("ใช่ไหม", YES, {**BACK, "label": "ไม่ใช่"}))

    def opened(**settings: Any) -> Page:
        page = look(**settings)
        sees(page, "ใช่ไหม")
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_talks_and_the_glass_hinder_nobody(page_full_of_everything: Any, scheme: str, width: int) -> None:
    page = page_full_of_everything(width=width, color_scheme=scheme)
    assert hindrances(page) == []
    page.get_by_role("button", name="เบื้องหลัง").click()
    page.locator(".exchanges summary").last.click()
    page.locator(".bodies pre").first.wait_for()
    assert hindrances(page) == []
    for tab in ("LINE และเวลา", "เรื่องเล่า"):
        page.get_by_role("tab", name=tab).click()
        assert hindrances(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_and_the_english_page_hinder_nobody(page_full_of_everything: Any, scheme: str) -> None:
    page = page_full_of_everything(color_scheme=scheme)
    page.get_by_role("button", name="English").click()
    phone(page).get_by_role("button", name="Photo, place and more").click()
    assert hindrances(page) == []
    phone(page).get_by_role("button", name="Location", exact=True).click()
    page.locator(".town-map").wait_for()
    assert hindrances(page) == []
