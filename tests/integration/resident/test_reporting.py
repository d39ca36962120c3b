"""From the first word to the number (product page 2, 3, 5, 7)."""

from __future__ import annotations

from tests.talking import REPLY, Person, Rangsit


def test_a_clear_report_needs_two_taps_and_two_answers_before_the_ticket_card(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    nok.reads_on()
    before = nok.count(REPLY)
    nok.sends("น้ำประปาที่บ้านเป็นสีแดงมา 3 วันแล้ว")
    nok.sees("น้ำประปาแดง", "ส่งตำแหน่ง")
    nok.sends_place(13.985, 100.625)
    nok.sees("ตรวจดูก่อนส่ง", "น้ำประปาแดง")
    assert nok.count(REPLY) - before == 2
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง", "RS-6911-00001", "เทศบาลจะแจ้งความคืบหน้าภายใน", "การประปาส่วนภูมิภาค")
    assert town.tickets() == ["RS-6911-00001"]
