"""Names in words of danger are proposed as its place, ตรงนี้ใช่ไหม, and never become it without a yes."""

from __future__ import annotations

import pytest

from bot.places import remembered
from models import Message, Report
from tests.talking import Person, Rangsit

FIRE = "ไฟไหม้บ้าน ช่วยด้วย"
FUTURE_PARK = pytest.approx(13.9885, abs=0.003), pytest.approx(100.6175, abs=0.003)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Every test has a database of its own; the process keeps one gazetteer for each town."""
    remembered.forget_all()


def point(town: Rangsit) -> tuple[float | None, float | None]:
    latitude, longitude = town.standing("RS-6911-00001", "latitude", "longitude")
    return latitude, longitude


def test_a_name_in_the_first_words_is_proposed_and_a_yes_reaches_the_officers_at_once(
    town: Rangsit, nok: Person
) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends("ไฟไหม้ หลังฟิวเจอร์ ช่วยด้วย")
    text = nok.sees("อันตราย โทรทันที", "RS-6911-00001", "ตรงนี้ใช่ไหม ฟิวเจอร์พาร์ค รังสิต", "คลาดเคลื่อน")
    assert text.index("199") < text.index("RS-6911-00001") < text.index("ตรงนี้ใช่ไหม")
    assert (nok.count("reply"), point(town)) == (1, (None, None))
    nok.presses("ใช่ ตรงนี้")
    nok.sees("ได้รับตำแหน่งของเรื่อง RS-6911-00001 แล้ว ส่งให้เจ้าหน้าที่ทันที")
    assert point(town) == FUTURE_PARK
    assert town.standing("RS-6911-00001", "place_words") == "ฟิวเจอร์พาร์ค รังสิต"
    assert desk.count("push") == 2
    (report,) = town.every(Report)
    assert report.place_accuracy_m


def test_without_a_yes_there_is_no_point_and_a_pin_still_finds_the_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟไหม้ หลังฟิวเจอร์ ช่วยด้วย")
    yes = nok.button("ใช่ ตรงนี้")
    nok.sends("คนออกมาหมดแล้ว")
    nok.sees("เพิ่มในเรื่อง RS-6911-00001")
    assert (point(town), town.standing("RS-6911-00001", "place_words")) == ((None, None), "ฟิวเจอร์พาร์ค รังสิต")
    nok.sends_place(13.985, 100.625)
    nok.sees("ได้รับตำแหน่งของเรื่อง RS-6911-00001 แล้ว")
    nok.presses_button(yes)
    assert point(town) == (13.985, 100.625), "a pin is better than a name"
    assert town.tickets() == ["RS-6911-00001"]


def test_words_that_answer_the_question_stay_as_written_and_are_proposed(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.does_not_see("ตรงนี้ใช่ไหม")
    nok.sends("แถวหลังฟิวเจอ")
    nok.sees("ได้รับตำแหน่ง", "ตรงนี้ใช่ไหม ฟิวเจอร์พาร์ค รังสิต")
    assert (point(town), town.standing("RS-6911-00001", "place_words")) == ((None, None), "แถวหลังฟิวเจอ")
    nok.sends("ใช่ ตรงนี้")
    assert (point(town), town.standing("RS-6911-00001", "place_words")) == (FUTURE_PARK, "แถวหลังฟิวเจอ")


def test_more_words_of_the_same_danger_may_name_the_place(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends("ไฟลามแล้ว อยู่หลังฟิวเจอร์")
    nok.sees("199", "ตรงนี้ใช่ไหม")
    assert [m.text for m in town.every(Message, kind="comment")] == ["ไฟลามแล้ว อยู่หลังฟิวเจอร์"]
    nok.presses("ใช่ ตรงนี้")
    assert point(town) == FUTURE_PARK
    nok.sends("ไฟลามอีก ถึงหลังฟิวเจอร์แล้ว")
    nok.does_not_see("ตรงนี้ใช่ไหม")


def test_a_soi_that_exists_twice_is_asked_by_name(town: Rangsit, nok: Person) -> None:
    nok.sends("หม้อแปลงระเบิดไฟลุกเลย ตรงปากซอย 12")
    nok.sees("เลือกจากปุ่มข้างล่าง")
    nok.presses("ซอยรังสิต-ปทุมธานี 12")
    nok.sees("ได้รับตำแหน่ง")
    assert point(town) != (None, None)
