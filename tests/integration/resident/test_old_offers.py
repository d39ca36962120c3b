"""A bare yes answers the newest message on the screen, never a question of days ago; and it never erases anything."""

from __future__ import annotations

import pytest

from models import Message, Resident
from tests.talking import Person, Rangsit


@pytest.fixture
def number(town: Rangsit, nok: Person) -> str:
    """The number of an accepted ticket of nok's."""
    number = nok.reports()
    town.moves(number, "accepted")
    nok.reads_on()
    return number


def answers(town: Rangsit) -> list[str | None]:
    return [message.text for message in town.every(Message, kind="answer")]


@pytest.mark.parametrize("wish", ["ยกเลิก", "ลบข้อมูลของฉัน"])
@pytest.mark.parametrize("words", ["ใช่ค่ะ", "ไม่ค่ะ"])
def test_a_question_of_today_is_answered_and_not_the_one_of_two_days_ago(
    town: Rangsit, nok: Person, number: str, wish: str, words: str
) -> None:
    nok.sends(wish)
    town.passes(days=2)
    town.moves(number, "waiting", words="แดงทุกก๊อกใช่ไหม")
    nok.sends(words)
    assert answers(town) == [words]
    assert town.standing(number) == "accepted"
    assert town.every(Resident, line_user_id=nok.user_id), "nobody was erased"


@pytest.mark.parametrize("wish", ["ยกเลิก", "ลบข้อมูลของฉัน"])
def test_a_question_that_was_pushed_a_moment_later_is_the_newest(
    town: Rangsit, nok: Person, number: str, wish: str
) -> None:
    nok.sends(wish)
    town.moves(number, "waiting", words="แดงทุกก๊อกใช่ไหม")
    nok.sends("ใช่ค่ะ")
    assert answers(town) == ["ใช่ค่ะ"]
    assert town.standing(number) == "accepted"


def test_a_yes_to_what_was_asked_an_hour_ago_cancels_nothing(town: Rangsit, nok: Person, number: str) -> None:
    nok.sends("ยกเลิก")
    town.passes(hours=1)
    nok.sends("ใช่ค่ะ")
    assert town.standing(number) == "accepted"


def test_a_yes_after_something_else_was_said_cancels_nothing(town: Rangsit, nok: Person, number: str) -> None:
    nok.sends("ยกเลิก")
    nok.sends("ขอบคุณค่ะ")
    nok.sends("ใช่ค่ะ")
    assert town.standing(number) == "accepted"


def test_a_bare_yes_erases_nothing_and_the_whole_label_does(town: Rangsit, nok: Person, number: str) -> None:
    nok.sends("ลบข้อมูลของฉัน")
    nok.sends("ใช่ค่ะ")
    nok.sees("เอากลับมาไม่ได้", "กดหรือพิมพ์ ใช่ ลบทั้งหมด")
    assert town.every(Resident, line_user_id=nok.user_id)
    nok.sends("ใช่ ลบทั้งหมด")
    nok.sees("ลบข้อมูลของคุณแล้ว")
    assert not town.every(Resident, line_user_id=nok.user_id)


def test_a_bare_no_to_erasing_keeps_everything(town: Rangsit, nok: Person, number: str) -> None:
    nok.sends("ลบข้อมูลของฉัน")
    nok.sends("ไม่ค่ะ")
    nok.sees("ขอสำเนา")
    assert town.every(Resident, line_user_id=nok.user_id)


def test_a_typed_cancel_means_the_ticket_once_the_addition_is_done(town: Rangsit, nok: Person, number: str) -> None:
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("น้ำขุ่นมากขึ้นเรื่อย ๆ")
    nok.sees(f"เพิ่มในเรื่อง {number} แล้ว")
    nok.sends("ยกเลิก")
    nok.sees(f"ยกเลิกเรื่อง {number} ใช่ไหม")


def test_a_typed_cancel_means_the_ticket_when_the_addition_is_forgotten(
    town: Rangsit, nok: Person, number: str
) -> None:
    nok.presses("เพิ่มข้อมูล", on=number)
    town.passes(days=2)
    nok.sends("ยกเลิก")
    nok.sees(f"ยกเลิกเรื่อง {number} ใช่ไหม")
    nok.sends("ไม่ค่ะ")
    nok.sends("สวัสดีค่ะ")
    assert not town.every(Message, kind="comment")


def test_a_typed_cancel_stops_an_addition_that_was_just_begun(town: Rangsit, nok: Person, number: str) -> None:
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("ยกเลิก")
    nok.sees("พิมพ์มาได้เสมอ")
    assert town.standing(number) == "accepted"
