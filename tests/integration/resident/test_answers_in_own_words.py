"""The short questions after a ticket are answered as people answer: with no number, with more, and without a press."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("น้ำไม่ไหลทั้งวันเลย", "ไม่ไหลเหมือนกันค่ะ ทั้งซอยเลย"),
        ("น้ำไม่ไหลทั้งวันเลย", "เป็นทั้งซอยเลยค่ะ"),
        ("ไฟถนนดับ", "ไม่เห็นค่ะ มืดมาก"),
        ("ไฟถนนดับ", "ไม่มีเลขค่ะ เป็นเสาไม้เก่าๆ"),
    ],
)
def test_an_answer_begins_no_second_report(town: Rangsit, nok: Person, report: str, words: str) -> None:
    number = nok.reports(report)
    nok.sends(words)
    assert "อยู่ที่ไหน" not in nok.sees(f"เพิ่มในเรื่อง {number} แล้ว")
    assert [message.text for message in town.every(Message, kind="comment")] == [words]
    town.passes(minutes=20)
    assert town.tickets() == [number]


def test_no_number_at_hand_leaves_the_question_to_be_answered_later(town: Rangsit, nok: Person) -> None:
    nok.reports("ไฟถนนดับ")
    nok.sends("ไม่มีเลขค่ะ เป็นเสาไม้เก่าๆ")
    nok.sends("เจอแล้ว 12/45")
    kept = [message.text for message in town.every(Message) if message.follow_up == "light_pole"]
    assert kept == ["เจอแล้ว 12/45"]


@pytest.mark.parametrize("words", ["ไฟถนนดับอีกจุดค่ะ", "มีไฟถนนดับอีกเสาค่ะ", "ไฟถนนดับหน้าวัดแสงสรรค์ด้วย", "กลิ่นแรงมาก"])
def test_another_spot_or_another_kind_is_no_answer(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ไฟถนนดับ")
    nok.sends(words)
    assert f"เพิ่มในเรื่อง {number}" not in nok.sees("")


def test_that_it_is_over_is_no_answer_and_closing_is_one_press_away(town: Rangsit, nok: Person) -> None:
    number = nok.reports("น้ำไม่ไหลทั้งวันเลย")
    nok.sends("ไม่ต้องมาแล้ว หายแล้วค่ะ")
    nok.sees(f"เพิ่มในเรื่อง {number} แล้ว", "กดหรือพิมพ์ หายแล้ว")
    assert not [message for message in town.every(Message) if message.follow_up]
