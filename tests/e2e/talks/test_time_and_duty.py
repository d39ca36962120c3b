"""Promise dates, reminders, duty and rosters, the urgent that nobody takes, and what the night keeps."""

from __future__ import annotations

import pytest

from models.officer import Role
from tests.phones import PhonePerson
from tests.whole_way import WholeTown

DANGER = "เสาไฟฟ้าล้ม สายไฟขาดพาดถนน มีไฟช็อต อันตรายมาก"


@pytest.fixture
def number(nok: PhonePerson, desk: PhonePerson) -> str:
    """A ticket that the desk accepted, as its reporter has read."""
    number = nok.reports()
    desk.sends(number)
    desk.presses("รับเรื่อง")
    nok.sends("ติดตามเรื่อง")
    nok.reads_on()
    return number


def test_an_urgent_ticket_at_night_wakes_who_is_on_duty_and_climbs_after_ten_minutes(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson
) -> None:
    other = town.officer("วิภา", "clerk")
    head = town.officer("หัวหน้า", "education", role=Role.SUPERVISOR)
    town.passes(hours=12)
    desk.sends("เข้าเวร")
    desk.sees("เข้าเวรแล้วตั้งแต่")
    for person in (other, head):
        person.reads_on()
    nok.sends(DANGER)
    nok.sees("โทรทันที", "199")
    desk.sees("เรื่องด่วน", way="push")
    other.sees_nothing()
    town.passes(minutes=9)
    head.sees_nothing()
    town.passes(minutes=1)
    head.sees("ยังไม่มีใครรับ", way="push")
    desk.presses("รับเรื่อง")
    town.passes(minutes=30)
    head.sees_nothing()


@pytest.mark.long
def test_whose_turn_it_is_on_the_roster_is_woken_without_saying_anything(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson
) -> None:
    other = town.officer("วิภา", "clerk")
    desk.sends("เวร 24 พ.ย. 2569 16:30-08:30")
    desk.sees("24 พ.ย. 2569 16:30–08:30 · คุณปราณี")
    town.passes(hours=6)
    for person in (desk, other):
        person.reads_on()
    nok.sends(DANGER)
    desk.sees("เรื่องด่วน", way="push")
    other.sees_nothing()


@pytest.mark.usefixtures("number")
def test_a_promise_that_passes_is_told_once_with_the_next_date(town: WholeTown, nok: PhonePerson) -> None:
    town.passes(days=1)
    town.passes(minutes=10)
    nok.sees("ยังไม่มีความคืบหน้าใหม่", "จะแจ้งให้ทราบอีกครั้งภายใน", way="push")
    town.passes(minutes=30)
    nok.sees_nothing()


@pytest.mark.long
def test_the_promise_stands_still_only_while_the_town_waits_for_the_resident(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson, number: str
) -> None:
    desk.presses("ขอข้อมูลเพิ่ม", on=number)
    desk.sends("แดงทุกก๊อกไหม")
    town.passes(days=2)
    assert town.standing(number) == "waiting"
    nok.sends("ทุกก๊อก")
    assert town.standing(number, "status", "paused_at") == ("accepted", None)
    assert town.standing(number, "due_at") > town.now


@pytest.mark.long
def test_what_falls_due_comes_in_the_morning_and_what_passed_in_silence_goes_to_the_supervisor(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson, boss: PhonePerson
) -> None:
    town.passes(seconds=1)  # the round of this morning was made before anybody wrote
    number = nok.reports()
    desk.sends(number)
    desk.presses("รับเรื่อง")
    nok.sends("สวัสดี")
    for person in (desk, boss):
        person.reads_on()
    town.passes(hours=21, minutes=31)
    town.passes(minutes=10)
    desk.sees(number, way="push")
    boss.does_not_see(number)
    town.passes(hours=3)
    town.passes(hours=22)
    town.passes(minutes=10)
    boss.sees(number, "ผู้แจ้งยังไม่ได้ข่าวความคืบหน้า", way="push")
