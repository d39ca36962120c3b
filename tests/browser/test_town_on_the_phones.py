"""The whole town on the page: a report by photo and map, an officer who joins by code and acts, a reopening, an end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli import phones
from bot.cli.stage import Stage
from tests.browser.conftest import OpenPage
from tests.browser.steps import phone, says, sees

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.long
#: Pairs of names on the map of which one covers the other.
_COVERED = """() => {
  const names = [...document.querySelectorAll('.map-name:not(.map-name-waits)')];
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const boxes = names.map((one) => one.getBoundingClientRect());
  return names.flatMap((one, n) =>
    names
      .filter((_, m) => m > n && meet(boxes[n], boxes[m]))
      .map((other) => one.textContent + ' / ' + other.textContent)
  );
}"""


@pytest.fixture
def stage(tmp_path: Path, sqlite_url: str) -> Iterator[Stage]:
    """Rangsit with its application, map and stories, and two people with phones."""
    with Stage(tmp_path / "stage", environ={"DATABASE_URL": sqlite_url}) as made:
        made.set_up()
        assert made.town is not None
        phones.furnish(made.line, "rangsit", "rangsit", {})
        for name in ("นก", "สมหญิง"):
            made.town.person(name)
        yield made
        assert made.line.refusals() == []


def presses(page: Page, label: str, name: str = "นก") -> None:
    """The newest button with this label, wherever it stands."""
    phone(page, name).get_by_role("button", name=label, exact=True).last.click()


def test_a_ticket_lives_from_the_first_photo_through_a_reopening_to_its_end(look: OpenPage, stage: Stage) -> None:
    page = look(f"{stage.line.api_url}/")
    page.set_default_timeout(30_000)
    for name in ("นก", "สมหญิง"):
        phone(page, name).locator(".composer-notice").get_by_role("button", name="เพิ่มเพื่อน").click()
        sees(page, "ยินดีต้อนรับ", name)
    says(page, stage.run("invite", "rangsit", "--department", "clerk"), "สมหญิง")
    sees(page, "คุณเป็นเจ้าหน้าที่", "สมหญิง")

    phone(page).get_by_role("button", name="ส่งรูป ตำแหน่ง").click()
    presses(page, "รูปภาพ")
    presses(page, "กองขยะ")
    sees(page, "ได้รับรูปแล้ว")
    says(page, "ขยะกองใหญ่ ไม่มีใครมาเก็บ 4 วันแล้ว")
    sees(page, "อยู่ที่ไหน")
    phone(page).locator(".quick-reply", has_text="ส่งตำแหน่ง").click()
    page.locator(".map-name:not(.map-name-waits)", has_text="คลอง").first.wait_for()
    assert page.evaluate(_COVERED) == []
    page.get_by_label("ที่อยู่").fill("หลังตลาดรังสิต")
    page.get_by_role("button", name="ส่งตำแหน่งนี้").click()
    sees(page, "ตรวจดูก่อนส่ง")
    phone(page).locator(".fx-press", has_text="ส่งเรื่อง").last.click()
    sees(page, "RS-")

    page.reload()
    presses(page, "งานใหม่", "สมหญิง")
    sees(page, "RS-", "สมหญิง")
    presses(page, "รับเรื่อง", "สมหญิง")
    sees(page, "รับเรื่อง RS-", "สมหญิง")
    phone(page, "สมหญิง").locator(".rich-menu").get_by_role("button", name="งานของฉัน").click()
    presses(page, "ตอบกลับ", "สมหญิง")
    sees(page, "พิมพ์", "สมหญิง")
    says(page, "รถเก็บขยะจะเข้าไปเช้านี้", "สมหญิง")
    sees(page, "รถเก็บขยะจะเข้าไปเช้านี้")
    says(page, "งานของฉัน", "สมหญิง")
    forwards(page)
    says(page, "งานของฉัน", "สมหญิง")
    presses(page, "เสร็จแล้ว", "สมหญิง")
    sees(page, "ทำอะไร", "สมหญิง")
    says(page, "เก็บขยะและล้างพื้นแล้ว", "สมหญิง")
    sees(page, "รูป", "สมหญิง")
    phone(page, "สมหญิง").get_by_role("button", name="ส่งรูป ตำแหน่ง").click()
    presses(page, "รูปภาพ", "สมหญิง")
    presses(page, "ซ่อมเสร็จแล้ว", "สมหญิง")

    sees(page, "ล้างพื้นแล้ว")
    presses(page, "ยังไม่เรียบร้อย")
    sees(page, "เปิดเรื่องอีกครั้ง")
    says(page, "ยังเหลืออีกกองหนึ่ง")
    sees(page, "เพิ่มในเรื่อง")
    sees(page, "เปิดเรื่องอีกครั้ง", "สมหญิง")

    presses(page, "เสร็จแล้ว", "สมหญิง")
    sees(page, "ทำอะไร", "สมหญิง")
    says(page, "เก็บกองที่เหลือแล้ว", "สมหญิง")
    sees(page, "รูป", "สมหญิง")
    phone(page, "สมหญิง").get_by_role("button", name="ส่งรูป ตำแหน่ง").click()
    presses(page, "รูปภาพ", "สมหญิง")
    presses(page, "รถติด", "สมหญิง")
    sees(page, "เก็บกองที่เหลือแล้ว")
    presses(page, "เรียบร้อยแล้ว")
    sees(page, "ปิดเรื่อง")


def forwards(page: Page) -> None:
    """The officer hands the ticket to an owner outside, by letter, with its number."""
    presses(page, "ส่งต่อหน่วยงาน", "สมหญิง")
    presses(page, "ตำรวจ", "สมหญิง")
    presses(page, "หนังสือ", "สมหญิง")
    sees(page, "เลขหนังสือ", "สมหญิง")
    says(page, "ปท 123/2569", "สมหญิง")
    sees(page, "ปท 123/2569")
