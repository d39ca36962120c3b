"""A bare yes or no answers what the town has asked last, whatever was asked or begun before."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit

WHICH = "หมายถึงเรื่องไหน"


@pytest.fixture
def two(town: Rangsit, nok: Person) -> tuple[str, str]:
    """Two open tickets, and words of which it is not known yet to which they belong."""
    water, light = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")
    town.moves(water, "accepted")
    nok.sends("ยังไม่มาเลย")
    nok.sees(WHICH)
    town.passes(minutes=2)
    return water, light


def words_on(town: Rangsit, number: str) -> list[str | None]:
    ticket_id = town.standing(number, "id")
    return [message.text for message in town.every(Message) if message.ticket_id == ticket_id and not message.report_id]


@pytest.mark.whole_way
def test_while_a_ticket_is_to_be_chosen_a_yes_answers_the_newer_question_whether_it_is_fixed(
    town: Rangsit, nok: Person, two: tuple[str, str]
) -> None:
    water, light = two
    town.moves(water, "resolved", words="ล้างท่อแล้ว")
    nok.sees("เรียบร้อยไหม", way="push")
    nok.sends("ใช่ค่ะ")
    nok.sees(f"ปิดเรื่อง {water} แล้ว")
    nok.sends("ขอบคุณค่ะ")
    nok.sees(f"เรื่องเดียวกับ {light} ที่แจ้งไว้ไหม")
    nok.presses(next(label for label in nok.labels() if light in label))
    nok.sees(f"เพิ่มในเรื่อง {light}")
    assert "ยังไม่มาเลย" in words_on(town, light)


def test_and_a_not_yet_opens_it_again(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    water, light = two
    town.moves(water, "resolved", words="ล้างท่อแล้ว")
    nok.sends("ยังไม่หาย")
    nok.sees("เปิดเรื่องอีกครั้ง")
    nok.sends("น้ำยังแดงทุกเช้า")
    nok.sees(f"เพิ่มในเรื่อง {water}", "ที่ส่งไว้ก่อนหน้านี้ หมายถึงเรื่องไหน")
    assert (town.standing(water), words_on(town, light)) == ("reopened", [])


@pytest.mark.parametrize("answer", ["ใช่", "yes", "แดงทุกก๊อกเลยค่ะ"])
def test_an_officer_s_newer_question_takes_the_answer(
    town: Rangsit, nok: Person, two: tuple[str, str], answer: str
) -> None:
    water, _ = two
    town.moves(water, "waiting", words="แดงทุกก๊อกไหม")
    nok.sees("แดงทุกก๊อกไหม", way="push")
    nok.sends(answer)
    nok.sees(f"ส่งคำตอบของเรื่อง {water}", "ที่ส่งไว้ก่อนหน้านี้ หมายถึงเรื่องไหน")
    assert answer in words_on(town, water)


@pytest.mark.parametrize("word", ["ใช่", "โอเคค่ะ", "no"])
def test_a_yes_chooses_no_ticket_and_is_no_part_of_what_waits(
    town: Rangsit, nok: Person, two: tuple[str, str], word: str
) -> None:
    nok.sends(word)
    nok.sees(WHICH)
    nok.sends(two[1])
    nok.sees(f"เพิ่มในเรื่อง {two[1]}")
    assert words_on(town, two[1]) == ["ยังไม่มาเลย"]


def test_a_sticker_asks_again_which_ticket_is_meant(nok: Person, two: tuple[str, str]) -> None:
    nok.message({"type": "sticker", "keywords": []})
    nok.sees(WHICH)


@pytest.mark.whole_way
def test_a_yes_to_the_newer_question_sends_no_draft(town: Rangsit, nok: Person) -> None:
    water = nok.reports()
    town.moves(water, "accepted")
    nok.sends("ไฟถนนดับ หลังบ้านยายแจ่ม")
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง")
    town.passes(minutes=2)
    town.moves(water, "resolved", words="ล้างท่อแล้ว")
    nok.sees("เรียบร้อยไหม", way="push")
    nok.sends("ใช่")
    nok.sees(f"ปิดเรื่อง {water} แล้ว")
    assert town.tickets() == [water]
    nok.sends("ส่งเลย")
    nok.sees("รอรับเรื่อง")


def test_a_yes_to_the_newer_question_cancels_nothing(town: Rangsit, nok: Person) -> None:
    water = nok.reports()
    town.moves(water, "accepted")
    nok.sends("ยกเลิก")
    nok.sees("ใช่ไหม")
    town.passes(minutes=2)
    town.moves(water, "resolved", words="ล้างท่อแล้ว")
    nok.sends("ใช่")
    nok.sees(f"ปิดเรื่อง {water} แล้ว", "5 ดาว")


def test_to_what_nobody_has_heard_yet_nothing_is_a_yes(town: Rangsit, nok: Person) -> None:
    water = nok.reports()
    town.moves(water, "accepted")
    town.line.pushes = "has no quota left"
    town.moves(water, "resolved", words="ล้างท่อแล้ว")
    nok.sends("โอเค")
    nok.sees("เรียบร้อยไหม", way="reply")  # now it was asked
    assert town.standing(water) == "resolved"
    nok.sends("โอเค")
    assert town.standing(water) == "closed"


def test_of_two_that_are_asked_about_a_yes_asks_which(town: Rangsit, nok: Person) -> None:
    water, light = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")
    for number in (water, light):
        town.moves(number, "accepted")
        town.moves(number, "resolved", words="ทำแล้ว", photos=1)
    nok.reads_on()
    nok.sends("เรียบร้อย")
    nok.sees(WHICH)
    nok.presses(next(label for label in nok.labels() if light in label))
    nok.sees(f"ปิดเรื่อง {light} แล้ว")
    assert town.standing(water) == "resolved"
