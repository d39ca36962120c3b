"""What the town asked last is what people answer, though a report was left lying or other work is to be confirmed."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit


def answers(town: Rangsit) -> list[str | None]:
    return [message.text for message in town.every(Message, kind="answer")]


@pytest.fixture
def number(town: Rangsit, nok: Person) -> str:
    """The number of an accepted ticket of nok's."""
    number = nok.reports("ขยะไม่มาเก็บหน้าบ้าน")
    town.moves(number, "accepted")
    nok.reads_on()
    return number


def presses_report(nok: Person) -> None:
    nok.taps("report")


def leaves_a_report_without_a_place(nok: Person) -> None:
    nok.sends("ไฟถนนดับ")
    nok.sees("อยู่ที่ไหน")


@pytest.mark.parametrize("begins", [presses_report, leaves_a_report_without_a_place])
def test_an_answer_days_after_a_report_was_begun_reaches_the_officer(
    town: Rangsit, nok: Person, number: str, begins: object
) -> None:
    assert callable(begins)
    begins(nok)
    town.passes(days=2)
    town.moves(number, "waiting", words="มีกี่ถุง")
    nok.reads_on()
    nok.sends("ประมาณสิบถุงค่ะ")
    text = nok.sees(number)
    assert answers(town) == ["ประมาณสิบถุงค่ะ"]
    assert town.standing(number) == "accepted"
    assert ("อยู่ที่ไหน" in text) is (begins is leaves_a_report_without_a_place), "what was left comes again"


@pytest.fixture
def resolved(town: Rangsit, nok: Person, number: str) -> str:
    """The ticket, done two days after another report was left without a place."""
    leaves_a_report_without_a_place(nok)
    town.passes(days=2)
    town.moves(number, "resolved", words="เก็บแล้ว", photos=1)
    return number


def test_a_no_to_the_question_whether_it_is_fixed_is_no_place(town: Rangsit, nok: Person, resolved: str) -> None:
    nok.sends("ยังค่ะ")
    nok.sees(resolved, "เปิดเรื่องอีกครั้ง")
    assert town.standing(resolved) == "reopened"
    assert town.tickets() == [resolved]


def test_a_yes_to_it_leaves_the_report_where_it_was(nok: Person, resolved: str) -> None:
    nok.sends("ใช่ค่ะ")
    nok.sees(f"ปิดเรื่อง {resolved} แล้ว")
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง", "ไฟถนนดับ")


def test_a_place_of_the_report_is_still_its_place_after_work_was_done(
    town: Rangsit, nok: Person, resolved: str
) -> None:
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง", "ไฟถนนดับ")
    assert town.standing(resolved) == "resolved"


def test_another_problem_days_later_is_a_report_though_a_question_stands_open(
    town: Rangsit, nok: Person, number: str
) -> None:
    presses_report(nok)
    town.passes(days=2)
    town.moves(number, "waiting", words="มีกี่ถุง")
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง")
    assert answers(town) == []


@pytest.mark.parametrize("words", ["ใช่ค่ะ", "ยังค่ะ", "โอเค"])
def test_a_bare_word_answers_the_later_of_two_questions(
    town: Rangsit, nok: Person, number: str, words: str
) -> None:
    water = nok.reports("น้ำประปาแดงมาก")
    town.moves(water, "accepted")
    town.moves(water, "resolved", words="ล้างท่อแล้ว")
    town.passes(days=5)
    town.moves(number, "waiting", words="ถุงดำใช่ไหม")
    nok.sends(words)
    assert answers(town) == [words]
    assert (town.standing(water), town.standing(number)) == ("resolved", "accepted")


def test_a_bare_word_answers_whether_it_is_fixed_where_that_was_asked_later(
    town: Rangsit, nok: Person, number: str
) -> None:
    water = nok.reports("น้ำประปาแดงมาก")
    town.moves(water, "accepted")
    town.moves(number, "waiting", words="ถุงดำใช่ไหม")
    town.passes(hours=5)
    town.moves(water, "resolved", words="ล้างท่อแล้ว")
    nok.sends("ใช่ค่ะ")
    nok.sees(f"ปิดเรื่อง {water} แล้ว")
    assert town.standing(number) == "waiting"
