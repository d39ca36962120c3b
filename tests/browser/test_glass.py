"""The other side of the glass, several browsers, stories, small and large screens."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator import Simulator
from tests.browser.conftest import OpenPage
from tests.browser.steps import YES, offers, phone, says, sees
from tests.integration.tiny_bot import TinyBot, text

pytestmark = pytest.mark.long


def test_two_browsers_see_the_same_and_a_reload_loses_nothing(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    one, other = look(), look()
    says(one, "จากจอหนึ่ง")
    sees(other, "ได้รับ: จากจอหนึ่ง")
    other.reload()
    sees(other, "ได้รับ: จากจอหนึ่ง")
    says(other, "จากจอสอง")
    sees(one, "ได้รับ: จากจอสอง")


def test_what_line_refuses_is_shown_with_its_reason(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    page = look()
    page.get_by_role("button", name="เบื้องหลัง").click()
    bubble = {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [{"type": "wheel"}]}}
    bot.pushes(nok.id, {"type": "flex", "altText": "x", "contents": bubble})
    page.get_by_role("button", name="ถูกปฏิเสธ", exact=True).click()
    page.locator(".exchanges summary", has_text="push").click()
    page.locator(".refusal", has_text="/body/contents/0").first.wait_for()


def test_line_goes_down_and_comes_back_by_a_button(look: OpenPage, line: Simulator, bot: TinyBot, nok: Any) -> None:
    page = look()
    page.get_by_role("button", name="เบื้องหลัง").click()
    page.get_by_role("tab", name="LINE และเวลา").click()
    page.get_by_role("button", name="LINE ล่ม").click()
    page.get_by_role("button", name="ขัดข้องอยู่").wait_for()
    assert bot.pushes(nok.id, text("ไม่ถึง")).status_code == 500
    page.get_by_role("button", name="กลับเป็นปกติ").click()
    page.get_by_role("button", name="ขัดข้องอยู่").wait_for(state="hidden")
    assert bot.pushes(nok.id, text("ถึงแล้ว")).status_code == 200
    sees(page, "ถึงแล้ว")
    page.get_by_role("button", name="พรุ่งนี้").click()
    page.get_by_text("เร็วกว่าเวลาจริง 24 ชม.").wait_for()
    assert line.clock()["offset_seconds"] == 86_400


def test_a_story_is_played_step_by_step_through_a_reload(
    look: OpenPage, line: Simulator, bot: TinyBot, nok: Any
) -> None:
    line.stories.offer("short", "เรื่องสั้น", "person นก\nนก says หนึ่ง\nนก sees ได้รับ: หนึ่ง\nนก says สอง\n")
    page = look()
    page.get_by_role("button", name="เบื้องหลัง").click()
    page.get_by_role("tab", name="เรื่องเล่า").click()
    page.get_by_role("button", name="เล่นทีละขั้น").click()
    step = page.get_by_role("button", name="ขั้นถัดไป")
    step.click()
    page.locator(".steps .is-now", has_text="says หนึ่ง").wait_for()
    page.reload()
    step.click()
    sees(page, "ได้รับ: หนึ่ง")
    page.get_by_role("button", name="เล่นต่อเนื่อง").click()
    page.get_by_text("จบเรื่อง: เรื่องสั้น").wait_for()
    sees(page, "ได้รับ: สอง")


@pytest.mark.parametrize("width", [360, 2560])
def test_the_page_fits_narrow_and_wide_screens(look: OpenPage, nok: Any, width: int) -> None:
    page = look(width=width, height=800)
    box = phone(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_everything_pressable_has_a_name_and_can_be_reached_by_keyboard(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    bot.pushes(nok.id, offers("ใช่ไหม", YES))
    page = look()
    phone(page).locator(".quick-reply").wait_for()
    page.get_by_role("button", name="เบื้องหลัง").click()
    nameless = """() => [...document.querySelectorAll('button, a, input, select, textarea, [role=button]')]
      .filter((one) => one.offsetParent && !one.getAttribute('aria-label') && !one.textContent.trim())
      .filter((one) => !one.labels?.length)
      .map((one) => one.outerHTML)"""
    assert page.evaluate(nameless) == []
    assert page.locator("[tabindex='-1'], [role=button]:not([tabindex])").count() == 0
