"""Questions: the town's own answer, or a person who answers."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from bot import understanding
from bot.understanding.features import Features, features_of
from bot.understanding.reading import Reading
from models import Answer, Message, Report
from tests.talking import Person, Rangsit


def test_when_garbage_is_collected_is_answered_from_the_town_s_answers(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะเก็บวันไหน")
    nok.sees("รถเก็บขยะเข้าแต่ละซอยคนละวันกัน", "02-567-6000")
    assert town.tickets() == []


def test_who_got_the_wrong_answer_reaches_a_person_with_one_press(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะเก็บวันไหน")
    nok.presses("ส่งให้เจ้าหน้าที่")
    nok.sees("รอรับเรื่อง", "จะมีคนอ่านและตอบกลับ")
    (number,) = town.tickets()
    assert town.standing(number, "category").code == "other"
    assert [message.text for message in town.every(Message)] == ["ขยะเก็บวันไหน"]


def test_a_question_without_a_sure_answer_goes_to_the_desk_and_the_bot_says_so(town: Rangsit, nok: Person) -> None:
    nok.sends("นายกเทศมนตรีชื่ออะไร")
    nok.sees("เรายังตอบคำถามนี้เองไม่ได้ จึงส่งให้เจ้าหน้าที่แล้ว", "รอรับเรื่อง", "RS-6911-00001")
    category, department, latitude = town.standing("RS-6911-00001", "category", "department", "latitude")
    assert (category.code, department.code, latitude) == ("other", "clerk", None)
    assert not category.needs_after_photo
    assert town.every(Report)[0].place_words is None


def test_words_are_read_once_however_often_it_is_asked_what_they_mean(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(reading: Reading) -> Features:
        read.append(reading.text)
        return features_of(reading)

    monkeypatch.setattr(understanding, "features_of", counted)
    nok.sends("นายกเทศมนตรีชื่ออะไร")  # understood as a question, then as what the desk gets
    nok.sees("จึงส่งให้เจ้าหน้าที่แล้ว")
    assert len(read) == 1


def test_an_answer_is_given_until_its_last_day(town: Rangsit, nok: Person) -> None:
    with town.database.transaction() as session:
        session.execute(update(Answer).where(Answer.code == "garbage_days").values(valid_until=date(2026, 11, 24)))
    nok.sends("ขยะเก็บวันไหน")
    nok.sees("รถเก็บขยะเข้าแต่ละซอย")
    town.passes(days=1)
    nok.sends("ขยะเก็บวันไหน")
    nok.does_not_see("รถเก็บขยะเข้าแต่ละซอย")
    nok.sees("จึงส่งให้เจ้าหน้าที่แล้ว")


def test_a_question_while_reporting_is_answered_and_the_report_goes_on(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("เทศบาลเปิดกี่โมง")
    nok.sees("08:30–16:30", "อยู่ที่ไหน")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    (number,) = town.tickets()
    assert town.standing(number, "category").code == "tap_water_quality"


def test_a_clear_report_is_no_question(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่เก็บมาสามวันแล้ว เหม็นมาก")
    nok.sees("ขยะและความสะอาด", "ส่งตำแหน่ง")


def test_a_question_in_english_is_answered_in_english(town: Rangsit, nok: Person) -> None:
    nok.sends("English")
    nok.sends("what are the office hours of the municipality")
    nok.sees("Monday to Friday 08:30–16:30")
