"""People without LINE: the desk enters their report, calls them with the news, and records what they say."""

from __future__ import annotations

import pytest

from tests.phones import PhonePerson
from tests.whole_way import WholeTown


def enters(desk: PhonePerson, contact: str = "ยายสมศรี 081-234-5678") -> str:
    """Somebody calls the town hall; the number of the ticket."""
    desk.sends("รับแจ้งแทน")
    desk.presses("โทรศัพท์")
    desk.sends(contact)
    desk.sends("น้ำประปาเป็นสีแดง ซอยรังสิต-นครนายก 46")
    desk.presses("ส่งเรื่อง")
    return desk.number


def resolves(desk: PhonePerson, number: str) -> None:
    """The work is done."""
    desk.sends(number)
    if "รับเรื่อง" in desk.labels():
        desk.presses("รับเรื่อง")
    desk.presses("เสร็จแล้ว")
    desk.sends("ล้างท่อแล้ว")


def test_a_call_to_the_town_hall_is_told_by_telephone_and_answered_in_her_name(
    town: WholeTown, desk: PhonePerson
) -> None:
    number = enters(desk)
    desk.sees("แจ้งแทน", "โทรเข้ามา · ยายสมศรี · 081-234-5678", f"เลข {number} บอกเลขนี้ให้ผู้แจ้งได้เลย")
    resolves(desk, number)
    desk.sees("โทรแจ้งผล", "ยายสมศรี")
    assert "'tel:0812345678'" in str(desk.newest)
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    desk.presses("บันทึกคำตอบ ยายสมศรี")
    desk.presses("บอกว่า ยังไม่เรียบร้อย")
    desk.sees("เปิดเรื่องอีกครั้ง", "คุณปราณี (ในชื่อผู้แจ้ง)")
    assert town.standing(number, "status", "reopened_count") == ("reopened", 1)
    resolves(desk, number)
    desk.sends(number)
    desk.presses("บันทึกคำตอบ ยายสมศรี")
    desk.presses("บอกว่า เรียบร้อยแล้ว")
    assert town.standing(number) == "closed"
    desk.sends("โทรแจ้งผล")
    desk.sees("ไม่มีใครต้องโทรแจ้งผล")


@pytest.mark.long
def test_three_calls_in_vain_count_as_not_reached_and_thirty_days_later_it_closes(
    town: WholeTown, desk: PhonePerson
) -> None:
    number = enters(desk)
    resolves(desk, number)
    for count in (1, 2):
        desk.presses("โทรไม่ติด ยายสมศรี")
        desk.sees(f"{count} จาก 3 ครั้ง")
    desk.presses("โทรไม่ติด ยายสมศรี")
    desk.sees("ถือว่าติดต่อผู้แจ้งไม่ได้")
    town.passes(days=31)
    assert town.standing(number, "status", "mark") == ("closed", "unreachable")


@pytest.mark.long
def test_a_question_is_asked_by_telephone_and_its_answer_brings_the_ticket_back(
    town: WholeTown, desk: PhonePerson
) -> None:
    number = enters(desk)
    desk.sends(number)
    desk.presses("ขอข้อมูลเพิ่ม")
    desk.sends("แดงทุกก๊อกไหม")
    assert town.standing(number) == "waiting"
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    desk.sends(number)
    desk.presses("บันทึกคำตอบ ยายสมศรี")
    desk.presses("ตอบคำถาม")
    desk.sends("แดงทุกก๊อกเลย")
    desk.sees("“แดงทุกก๊อกเลย”")
    assert town.standing(number) == "new"
