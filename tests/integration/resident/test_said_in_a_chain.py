"""One message after the other: what goes on from the last one makes no second ticket, and a short word chooses."""

from __future__ import annotations

import pytest

from models import Media, Message
from tests.talking import Person, Rangsit


@pytest.mark.parametrize("words", ["แล้วจะมาเก็บวันไหน", "เมื่อไหร่จะเสร็จคะ", "when will you come?"])
def test_when_they_come_stands_on_the_card_and_makes_no_second_ticket(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ขยะไม่มาเก็บ")
    nok.sends(words)
    nok.sees(number, "จะแจ้งความคืบหน้าภายใน")
    assert town.tickets() == [number]


def test_a_question_that_goes_on_is_asked_where_it_belongs(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ขยะไม่มาเก็บ")
    nok.sends("แล้วต้องทำอะไรอีกไหม")
    nok.sees("หมายถึงเรื่องไหน", number, "ถามเรื่องอื่น")
    assert town.tickets() == [number]
    nok.sends("เรื่องเดิม")
    nok.sees(f"เพิ่มในเรื่อง {number}")


@pytest.mark.parametrize("words", ["เหม็น", "เหม็นมาก", "มืดค่ะ"])
def test_how_it_is_is_no_place(nok: Person, words: str) -> None:
    nok.sends("ขยะล้น")
    nok.sends(words)
    nok.sees("อยู่ที่ไหน")
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees(words, "สถานที่\nซอยรังสิต-นครนายก 46")


@pytest.mark.parametrize(
    ("word", "is_water"), [("น้ำ", True), ("ไฟ", False), ("อันแรก", True), ("อันที่สอง", False), ("the last one", False)]
)
def test_a_short_word_chooses_the_ticket(town: Rangsit, nok: Person, word: str, is_water: bool) -> None:
    light, water = nok.reports("ไฟถนนหน้าบ้านดับ"), nok.reports("น้ำประปาไม่ไหล")
    nok.sends("ยังไม่มาเลย")
    nok.sees("หมายถึงเรื่องไหน")
    nok.sends(word)
    nok.sees(f"เพิ่มในเรื่อง {water if is_water else light}")
    assert [message.text for message in town.every(Message, kind="comment")] == ["ยังไม่มาเลย"]


def test_a_picture_of_the_same_thing_goes_to_its_ticket(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ทางเท้าพัง")
    town.passes(hours=3)
    nok.sends_photo()
    nok.sees("พิมพ์ เพิ่มในเรื่อง")
    nok.sends("รูปของเรื่องเดิม")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    town.passes(hours=3)
    nok.sends_photo()
    nok.sends("เรื่องใหม่")
    nok.sees("ช่วยเล่าสั้น ๆ")
    assert "erased" not in {media.state for media in town.every(Media)}


@pytest.mark.parametrize("words", ["ขอโทษส่งผิดแชท", "ส่งผิดค่ะ", "ไม่มีอะไรค่ะ", "sorry, wrong chat"])
def test_what_was_not_meant_for_us_is_let_go(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends(words)
    assert any(kind in nok.text for kind in ("พิมพ์มาได้เสมอ", "Write any time"))
    assert town.tickets() == []


def test_who_does_not_know_what_to_press_sees_the_card_again(nok: Person) -> None:
    nok.sends("ไฟถนนดับ หลังบ้านยายแจ่ม")
    nok.sends_place()
    nok.sends("ไม่รู้จะกดอะไร")
    assert "ไม่รู้จะกดอะไร" not in nok.sees("ตรวจดูก่อนส่ง", "พิมพ์ ส่งเรื่อง")


def test_a_number_that_nobody_knows_is_answered_with_what_helps(nok: Person) -> None:
    nok.sends("ค้นหา RS-6911-09999")
    nok.sees("ไม่พบเรื่อง RS-6911-09999", "เลขบนการ์ด", "ติดตามเรื่อง")
    nok.sends("English")
    nok.sends("RS-6911-09999")
    nok.sees("cannot find report RS-6911-09999", "My reports")
