"""Letters of thousands of characters, typed wherever a resident's words are waited for: kept whole; never cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.conversation import Step
from models import Message, Report
from tests.integration.letters import LENGTHS, kept, letter
from tests.talking import Person, Rangsit

# ---- residents: how each step is reached; each says what was last seen


def _reporting(town: Rangsit, nok: Person) -> None:
    nok.taps("report")


def _asking_category(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends("มันพังแล้วช่วยมาดูหน่อย")


def _asking_place(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")


def _ready(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place()


def _placing(town: Rangsit, nok: Person) -> None:
    nok.sends("เสาไฟฟ้าล้ม สายไฟขาดพาดถนน มีไฟช็อต อันตรายมาก")


def _adding(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)


def _choosing(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.reports("ไฟถนนดับทั้งซอย", place=(13.99, 100.61))
    nok.sends("ยังไม่มาเลย")


def _offered(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะเก็บวันไหน")


def _talking(town: Rangsit, nok: Person) -> None:
    nok.taps("talk")


def _nearby(town: Rangsit, nok: Person) -> None:
    nok.sends("เรื่องใกล้ฉัน")


def _unread(town: Rangsit, nok: Person) -> None:
    nok.sends("ကျွန်တော် နေမကောင်းဘူး")


def _rating(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.presses("เรียบร้อยแล้ว", on=number)
    nok.presses("4 ดาว")


RESIDENTS: dict[Step, Callable[[Rangsit, Person], None]] = {
    Step.IDLE: lambda town, nok: None,
    Step.REPORTING: _reporting,
    Step.ASKING_CATEGORY: _asking_category,
    Step.ASKING_PLACE: _asking_place,
    Step.READY: _ready,
    Step.PLACING: _placing,
    Step.ADDING: _adding,
    Step.CHOOSING: _choosing,
    Step.OFFERED: _offered,
    Step.UNREAD: _unread,
    Step.TALKING: _talking,
    Step.NEARBY: _nearby,
    Step.RATING: _rating,
}


@pytest.mark.parametrize("step", Step)
def test_a_letter_of_a_resident_is_answered_and_kept_whole_at_every_step(town: Rangsit, step: Step) -> None:
    for length in LENGTHS:
        person = town.person(f"p{length}")
        RESIDENTS[step](town, person)
        assert step is Step.IDLE or step in {Step(one.step) for one in town.every_conversation()}
        person.reads_on()
        text = letter(length)
        person.sends(text)
        assert person.text, "never silence"
        assert kept(town, text) == []


def test_a_letter_in_place_of_a_place_in_a_group_is_kept_with_the_report(town: Rangsit, nok: Person) -> None:
    group = town.group()
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.board.reads_on()
    text = letter(3_000, "ทิ้งเกลื่อนมาก")
    group.says(nok, text)
    group.board.sees("อยู่ที่ไหน")
    group.says(nok, "หน้าตลาด ซอย 12")
    group.presses(nok, "ส่งเรื่อง")
    assert text in [message.text for message in town.every(Message)]
    assert [report.place_words for report in town.every(Report)] == ["หน้าตลาด ซอย 12"]


def test_words_instead_of_a_location_nearby_are_read_anew(town: Rangsit, nok: Person) -> None:
    nok.sends("เรื่องใกล้ฉัน")
    nok.reads_on()
    nok.sends("ไฟถนนดับทั้งซอย")
    nok.sees("ไฟ", "ส่งตำแหน่ง")
