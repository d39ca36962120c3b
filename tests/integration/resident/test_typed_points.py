"""Coordinates that were typed, and links to a map: read as a location where they say one, else kindly asked for."""

from __future__ import annotations

import pytest

from models import Message, Report
from tests.integration.resident.next_door import BESIDE, HERE
from tests.integration.resident.test_unsending import everything
from tests.talking import FAR_OUTSIDE, INSIDE, Person, Rangsit

WATER, FIRE = "น้ำประปาแดงมาก", "ไฟไหม้บ้าน ช่วยด้วย"
SHORT = "https://maps.app.goo.gl/AbC123"


def typed(point: tuple[float, float]) -> str:
    return f"{point[0]:.5f}, {point[1]:.5f}"


def linked(point: tuple[float, float]) -> str:
    return f"https://www.google.com/maps/search/?api=1&query={point[0]:.5f}%2C{point[1]:.5f}"


def where(town: Rangsit, number: str) -> tuple[float, float]:
    place: tuple[float, float] = town.standing(number, "latitude", "longitude")
    return place


@pytest.mark.parametrize("written", [typed, linked])
def test_a_typed_point_is_the_place_that_was_asked_for(town: Rangsit, nok: Person, written: object) -> None:
    assert callable(written)
    nok.sends(WATER)
    nok.sees("อยู่ที่ไหน")
    nok.sends(written(INSIDE))
    assert "goo" not in nok.sees("ตรวจดูก่อนส่ง", "ตามตำแหน่งที่ส่ง")
    nok.presses("ส่งเรื่อง")
    assert where(town, nok.number) == INSIDE


def test_a_point_within_a_report_is_its_place(town: Rangsit, nok: Person) -> None:
    nok.sends(f"{WATER} {typed(INSIDE)}")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    assert where(town, nok.number) == INSIDE
    assert [message.text for message in town.every(Message)] == [f"{WATER} {typed(INSIDE)}"]


def test_a_point_may_come_before_the_problem(town: Rangsit, nok: Person) -> None:
    nok.sends(typed(INSIDE))
    nok.sees("ได้รับตำแหน่งแล้ว")
    nok.sends(WATER)
    nok.presses("ส่งเรื่อง")
    assert where(town, nok.number) == INSIDE


def test_a_point_is_put_right_on_the_draft_card(town: Rangsit, nok: Person) -> None:
    nok.sends(f"{WATER} ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง", "ซอยรังสิต-นครนายก 46")
    nok.sends(typed(INSIDE))
    nok.presses("ส่งเรื่อง")
    assert where(town, nok.number) == INSIDE


def test_a_point_outside_is_said_to_be(nok: Person) -> None:
    nok.sends(WATER)
    nok.sends(typed(FAR_OUTSIDE))
    nok.sees("อยู่นอกเขต")


def test_a_point_next_door_is_handed_over(town: Rangsit, nok: Person, next_door: Rangsit) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends(linked(BESIDE))
    nok.presses("ส่งเรื่อง")
    nok.sees(HERE, "เลขเรื่องที่นั่น")
    assert [(report.latitude, report.longitude) for report in town.every(Report)] == [BESIDE, BESIDE]


@pytest.mark.parametrize("words", ["", "หน้าร้านป้าแดง "])
def test_where_the_danger_is_may_be_typed(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends(FIRE)
    nok.sends(f"{words}{typed(INSIDE)}")
    nok.sees("ได้รับตำแหน่ง")
    assert where(town, town.tickets()[0]) == INSIDE


def test_a_typed_point_is_taken_back_with_its_message(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    said = nok.sends(typed(INSIDE))
    nok.presses("ส่งเรื่อง")
    nok.unsends(said)
    assert where(town, nok.number) == (None, None)
    assert typed(INSIDE) not in everything(town)


def test_what_is_near_may_be_asked_with_a_typed_point(town: Rangsit, nok: Person, ton: Person) -> None:
    ton.reports("ไฟถนนดับ")
    nok.sends("เรื่องใกล้ฉัน")
    nok.sends(typed(INSIDE))
    nok.sees("ไฟส่องสว่าง")


# ---- links that say no point


def test_a_link_that_cannot_be_read_is_no_place_and_the_place_is_asked_for(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    nok.sends(SHORT)
    nok.sees("เปิดจากตรงนี้ไม่ได้", "อยู่ที่ไหน")
    assert "ส่งตำแหน่ง" in nok.labels()
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert where(town, nok.number) == INSIDE
    assert [report.place_words for report in town.every(Report)] == [None]
    assert [message.text for message in town.every(Message)] == [WATER, SHORT]  # an officer can open it


def test_such_a_link_within_a_report_does_not_stand_for_its_place(nok: Person) -> None:
    nok.sends(f"{WATER} {SHORT}")
    nok.sees("เปิดจากตรงนี้ไม่ได้", "อยู่ที่ไหน")


def test_such_a_link_is_no_problem_either(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends(SHORT)
    nok.sees("เปิดจากตรงนี้ไม่ได้")
    assert "ส่งตำแหน่ง" in nok.labels()
    nok.sends(WATER)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert [message.text for message in town.every(Message)] == [WATER]


def test_in_danger_such_a_link_reaches_the_officers_and_the_place_is_asked_for_all_the_same(
    town: Rangsit, nok: Person
) -> None:
    nok.sends(FIRE)
    nok.sends(SHORT)
    nok.sees("เปิดจากตรงนี้ไม่ได้", "ส่งตำแหน่ง")
    assert [message.text for message in town.every(Message, kind="comment")] == [SHORT]
    nok.sends_place()
    assert where(town, town.tickets()[0]) == INSIDE


def test_a_link_that_follows_a_danger_whose_place_was_told_is_not_lost(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends("หน้าตลาดพรพัฒน์")
    nok.presses("ไม่ทราบตำแหน่ง")
    town.passes(minutes=10)
    nok.reads_on()
    nok.sends(SHORT)
    nok.sees("เพิ่มในเรื่อง", "เปิดจากตรงนี้ไม่ได้")
    assert SHORT in [message.text for message in town.every(Message, kind="comment")]
    nok.sends_place()
    assert where(town, town.tickets()[0]) == INSIDE
    nok.sends(SHORT)
    assert "เปิดจากตรงนี้ไม่ได้" not in nok.sees("เพิ่มในเรื่อง")


def test_a_link_right_after_an_addition_belongs_to_it_as_a_picture_would(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("หลุมลึกประมาณ 30 เซน")
    nok.sends(SHORT)
    nok.sees(f"เพิ่มในเรื่อง {number}")
    assert SHORT in [message.text for message in town.every(Message, kind="comment")]


def test_such_a_link_answers_an_officer_who_can_open_it(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="อยู่ตรงไหนของซอย")
    nok.sends(SHORT)
    nok.sees(f"ส่งคำตอบของเรื่อง {number}")
