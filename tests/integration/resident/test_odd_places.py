"""Pins at 0,0, at sea, abroad or with their numbers exchanged; a pin alone; one resident at one point without end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from models import Incident, Report, Ticket
from tests.talking import INSIDE, Person, Rangsit

VIENTIANE, PAKSE, GULF, PACIFIC = (17.97, 102.6), (15.12, 105.8), (12.4, 100.45), (0.0, -150.0)


def place_of(town: Rangsit) -> tuple[float | None, float | None, bool]:
    (report,) = town.every(Report)
    return report.latitude, report.longitude, report.is_outside


@pytest.mark.parametrize("point", [(0, 0), (0.0, -0.0), (0.0004, 0.0003)], ids=str)
def test_a_phone_that_does_not_know_where_it_is_is_asked_again_and_the_report_stays(
    town: Rangsit, nok: Person, point: tuple[float, float]
) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place(*point, address="")
    nok.sees("มือถืออาจยังหาตำแหน่งไม่พบ")
    assert "ส่งตำแหน่ง" in nok.labels()
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert place_of(town) == (*INSIDE, False)


def test_the_words_that_came_with_no_position_are_the_place(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place(0, 0, address="หน้าวัดเขียนเขต ต.บึงยี่โถ")
    nok.sees("ตรวจดูก่อนส่ง", "หน้าวัดเขียนเขต ต.บึงยี่โถ")
    nok.presses("ส่งเรื่อง")
    assert place_of(town) == (None, None, False)


def test_nothing_is_near_a_phone_that_does_not_know_where_it_is(town: Rangsit, nok: Person) -> None:
    nok.sends("เรื่องใกล้ฉัน")
    nok.sends_place(0, 0)
    nok.sees("มือถืออาจยังหาตำแหน่งไม่พบ")


@pytest.mark.parametrize("point", [VIENTIANE, PAKSE, GULF, PACIFIC], ids=str)
def test_at_sea_and_abroad_nobody_is_named_and_the_report_is_kept_for_the_desk(
    town: Rangsit, nok: Person, point: tuple[float, float]
) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว")
    nok.sends_place(*point, address="")
    nok.does_not_see("ผู้ดูแลพื้นที่คือ")
    nok.sees("กลางทะเลหรือนอกประเทศไทย", "ส่งตำแหน่งใหม่", "เราจะเก็บไว้")
    nok.presses("ส่งเรื่อง")
    assert place_of(town) == (*point, True)
    assert town.standing(nok.number, "department").is_desk
    assert town.every(Incident) == []


def test_a_pin_that_slipped_abroad_is_put_right_before_it_is_sent(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว")
    nok.sends_place(*GULF, address="")
    nok.reads_on()
    nok.sends_place()
    nok.does_not_see("นอกประเทศไทย")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    assert place_of(town) == (*INSIDE, False)


def test_danger_far_away_is_a_ticket_all_the_same(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟไหม้บ้าน มีคนติดอยู่ข้างใน")
    nok.sends_place(0, 0, address="")
    nok.sees("มือถืออาจยังหาตำแหน่งไม่พบ")
    nok.sends_place(*VIENTIANE, address="")
    nok.sees("กลางทะเลหรือนอกประเทศไทย", "เราเก็บเรื่องไว้")
    assert place_of(town) == (*VIENTIANE, True)


def test_latitude_and_longitude_exchanged_are_put_right(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place(INSIDE[1], INSIDE[0])
    nok.does_not_see("อยู่นอกเขต")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    assert place_of(town) == (*INSIDE, False)


def test_a_pin_without_an_address_is_a_place(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place(*INSIDE, address="")
    nok.sees("ตามตำแหน่งที่ส่ง")
    nok.presses("ส่งเรื่อง")
    (report,) = town.every(Report)
    assert (report.latitude, report.longitude, report.place_words) == (*INSIDE, None)


def test_a_pin_alone_begins_a_report(town: Rangsit, nok: Person) -> None:
    nok.sends_place(*INSIDE, address="")
    nok.sends("น้ำประปาแดงมาก")
    nok.presses("ส่งเรื่อง")
    assert place_of(town) == (*INSIDE, False)


def test_ten_thousand_reports_of_one_resident_at_one_point_are_no_outbreak(
    town: Rangsit, nok: Person, ton: Person
) -> None:
    nok.reports("น้ำประปาแดงมาก", place=INSIDE)
    with town.database.transaction() as session:
        (first,) = session.query(Report).all()
        columns = {column.key for column in Report.__table__.columns} - {"id", "draft_token"}
        row = {name: getattr(first, name) for name in columns}
        row["created_at"] = first.created_at - timedelta(minutes=1)
        session.execute(insert(Report), [row] * 9_999)
    town.passes(minutes=5)
    ton.reports("น้ำก๊อกสีแดงขุ่น ใช้ไม่ได้เลย", place=(INSIDE[0] + 0.001, INSIDE[1]))
    assert len(town.every(Ticket)) == 2
    assert town.every(Incident) == []
    town.person("ที่สาม").reports("น้ำประปามีสีแดงตั้งแต่เช้า", place=(INSIDE[0] + 0.002, INSIDE[1]))
    assert len(town.every(Incident)) == 1  # a third person, and it is one
