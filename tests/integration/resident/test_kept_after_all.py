"""อย่าเพิ่งยกเลิก: what is not to be cancelled stays, and what was cancelled is not said to stand."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit

NOT_YET = ["ไม่ยกเลิก", "อย่าเพิ่งยกเลิกนะ", "ยังไม่ยกเลิกค่ะ", "เปลี่ยนใจ ไม่ยกเลิกแล้ว", "don't cancel it"]


@pytest.mark.parametrize("words", NOT_YET)
def test_a_report_that_is_being_made_is_not_thrown_away(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends("ขยะไม่มาเก็บเลย")
    nok.sends(words)
    assert "ยกเลิกให้แล้ว" not in nok.sees("อยู่ที่ไหน")
    nok.sends_place()
    nok.sends("ส่งเรื่อง")
    assert [message.text for message in town.every(Message)] == ["ขยะไม่มาเก็บเลย"]


def test_a_sentence_that_goes_on_is_part_of_the_report(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำไม่ไหลเลยค่ะ")
    nok.sends("อย่าเพิ่งยกเลิกนะคะ น้ำยังไม่ไหลเลยจริง ๆ")
    nok.sends_place()
    nok.sends("ส่งเรื่อง")
    assert len(town.every(Message)) == 2


@pytest.mark.parametrize("words", NOT_YET)
def test_a_ticket_stands_and_is_shown(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ขยะไม่มาเก็บเลย")
    nok.sends("ยกเลิก")
    nok.sends(words)
    nok.sees(number, "รอรับเรื่อง")
    assert town.standing(number) == "new"


def test_who_thinks_better_of_it_too_late_is_told_that_it_is_cancelled(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ขยะไม่มาเก็บเลย")
    nok.sends("ยกเลิก")
    nok.sends("ใช่")
    nok.reads_on()
    nok.sends("เปลี่ยนใจ ไม่ยกเลิกแล้ว")
    nok.sees(number, "ผู้แจ้งยกเลิก", "แจ้งปัญหา")


def test_words_that_are_let_go_leave_what_was_sent_as_it_is(town: Rangsit, nok: Person) -> None:
    nok.reports("ขยะไม่มาเก็บเลย")
    nok.reports("ถนนเป็นหลุมใหญ่มาก")
    nok.sends("ยังไม่มาเลย")
    nok.sends("ยกเลิก")
    assert "ยังไม่ได้ส่งอะไรไป" not in nok.sees("เรื่องที่แจ้งไว้ก่อนหน้านี้ยังอยู่ครบ")


def test_a_report_that_was_never_sent_is_said_to_be_so(town: Rangsit, nok: Person) -> None:
    nok.sends("ฝาท่อหาย อันตรายมาก")
    town.passes(hours=20)
    nok.reads_on()
    nok.sends("สวัสดีค่ะ เรื่องฝาท่อถึงไหนแล้วคะ")
    nok.sees("มีเรื่องที่ยังไม่ได้ส่ง", "อยู่ที่ไหน")
    nok.sends_place()
    nok.sends("ส่งเรื่อง")
    assert [message.text for message in town.every(Message)] == ["ฝาท่อหาย อันตรายมาก"]


@pytest.mark.parametrize("words", ["ไม่ต้องยกเลิกค่ะ", "อย่าเพิ่งยกเลิก ยังเสียอยู่", "คนไทย"])
def test_what_answers_an_officer_reaches_the_officer(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ไฟถนนดับ")
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="ยกเลิกเรื่องเลยไหมคะ คนแจ้งเป็นคนชาติไหน")
    nok.reads_on()
    nok.sends(words)
    nok.sees(f"ส่งคำตอบของเรื่อง {number}")
    assert [message.text for message in town.every(Message, kind="answer")] == [words]
