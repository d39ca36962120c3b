"""ไม่รู้ is no answer of its own when it goes on: what is said reaches a person, in danger above all."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit


def test_a_sentence_that_begins_with_not_knowing_stays_in_the_report(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะกองใหญ่มาก")
    nok.sees("อยู่ที่ไหน")
    nok.sends("ไม่รู้ใครเอามาทิ้ง เหม็นมาก")
    nok.sees("อยู่ที่ไหน")
    nok.sends("ไม่รู้ค่ะ")
    nok.sees("ตรวจดูก่อนส่ง", "ไม่รู้ใครเอามาทิ้ง เหม็นมาก", "ไม่ทราบตำแหน่ง")


@pytest.mark.parametrize(
    ("danger", "words", "answer"),
    [
        ("ไฟไหม้บ้าน ช่วยด้วย", "ไม่รู้ว่าบ้านใคร เจ้าของไม่อยู่", "เพิ่มในเรื่อง RS-6911-00001"),
        ("ฉันอยากตาย", "ไม่รู้จะอยู่ไปทำไม", "คุณไม่ได้อยู่คนเดียว"),
    ],
)
def test_words_of_somebody_in_danger_reach_the_officers(
    town: Rangsit, nok: Person, danger: str, words: str, answer: str
) -> None:
    nok.sends(danger)
    nok.reads_on()
    nok.sends(words)
    assert "นึกออกเมื่อไร" not in nok.sees(answer)
    assert [message.text for message in town.every(Message, kind="comment")] == [words]


def test_not_knowing_the_place_of_danger_is_still_heard(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟไหม้บ้าน ช่วยด้วย")
    nok.sends("ไม่รู้เหมือนกันค่ะ")
    nok.sees("นึกออกเมื่อไร")
    assert not town.every(Message, kind="comment")
