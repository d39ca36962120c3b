"""Whoever sends very much is asked for patience, kindly, and nothing that was really reported is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import limits
from models import Media, News
from tests.talking import INSIDE, Person, Rangsit


def test_after_a_days_reports_the_next_is_kept_and_reaches_the_desk_by_itself(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REPORTS_A_DAY", 2)
    nok.reports()
    nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    nok.sees("แจ้งมาแล้ว 2 เรื่อง", "ไม่หาย", way="reply")
    assert len(town.tickets()) == 2
    town.passes(minutes=15)
    assert len(town.tickets()) == 3
    assert town.standing(town.tickets()[2], "mark") == "unsent_draft"


def test_the_next_day_it_can_be_sent(town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REPORTS_A_DAY", 1)
    nok.reports()
    town.passes(days=1, seconds=1)
    nok.reports("ไฟถนนหน้าบ้านดับ")
    assert len(town.tickets()) == 2


def test_danger_has_no_limit_but_one_persons_alarms_wake_people_only_so_often(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REPORTS_A_DAY", 0)
    officer = town.officer("somchai", "clerk")
    for _ in range(limits.URGENT_AN_HOUR + 2):
        nok.sends("ไฟไหม้บ้าน มีคนติดอยู่ข้างใน")
        nok.sees("โทร")
        nok.sends_place()
        town.now += timedelta(seconds=1)
    tickets = [number for number in town.tickets() if town.standing(number, "is_urgent")]
    first = town.every(News, kind="officer.urgent", way="push_at_once")
    assert len({item.ticket_id for item in first}) == min(len(tickets), limits.URGENT_AN_HOUR)
    told = {item.ticket_id for item in town.every(News, kind="officer.urgent")}
    assert len(told) == len(tickets), "the others wait their ten minutes"
    officer.sees("เรื่องด่วน", way="push")


def test_beyond_a_days_places_a_draft_is_sent_without_the_question_and_nothing_is_lost(
    town: Rangsit, nok: Person, ton: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PLACES_A_DAY", 2)
    nok.reports("น้ำประปาแดงมาก")
    asked = "คล้ายกันไว้แล้ว"
    ton.sends("น้ำประปาแดงมาก")
    for east in (0.0, 0.0001):
        ton.sends_place(INSIDE[0], INSIDE[1] + east)
        ton.sees(asked)
    ton.sends("แดงตั้งแต่เช้า")  # the same place is no other one
    ton.sees(asked)
    for _ in range(2):
        ton.sends_place(INSIDE[0] + 0.0001, INSIDE[1])
        assert asked not in ton.sees("ตรวจดูก่อนส่ง")
    ton.presses("ส่งเรื่อง")
    ton.sees("รอรับเรื่อง")
    assert len(town.tickets()) == 2
    town.passes(days=1, seconds=1)
    ton.reads_on()
    ton.sends("น้ำประปาแดงมาก")
    ton.sends_place()
    ton.sees("คล้ายกันไว้แล้ว")


def test_one_ticket_wakes_the_same_officer_only_so_often(town: Rangsit, nok: Person) -> None:
    officer = town.officer("somchai", "clerk")
    nok.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    before = officer.count("push")
    for _ in range(6):
        nok.sends_place()
    assert officer.count("push") - before < limits.ALARMS_IN_TEN_MINUTES
    assert len(town.tickets()) == 1


def test_more_photos_than_a_day_takes_are_refused_and_words_are_not(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEDIA_A_DAY", 3)
    for _ in range(4):
        nok.sends_photo()
    nok.sees("พรุ่งนี้ส่งเพิ่มได้อีก")
    assert len(town.every(Media)) == 3
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert len(town.tickets()) == 1
