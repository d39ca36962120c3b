"""เข้าเวร and ออกเวร: urgent tickets go at once to those on duty, and to everybody when nobody is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import rights
from bot.officer_casework import staff
from models import DutyShift
from models.officer import Role
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat


@pytest.fixture
def somchai(town: Town) -> Chat:
    return chat(town, town.officer("สมชาย", "water"))


@pytest.fixture
def wichai(town: Town) -> Chat:
    return chat(town, town.officer("วิชัย", "water"))


def told(town: Town, *people: Chat) -> list[bool]:
    """Who is pushed an urgent ticket that comes now."""
    before = [len(one.pushed()) for one in people]
    town.ticket(by="นก", is_urgent=True, at=town.now)
    return [len(one.pushed()) > count for one, count in zip(people, before, strict=True)]


def test_only_those_on_duty_are_woken(town: Town, somchai: Chat, wichai: Chat) -> None:
    assert told(town, somchai, wichai) == [True, True]
    somchai.says("เข้าเวร")
    assert "เข้าเวรแล้วตั้งแต่ 24 พ.ย. 2569 11:00 น." in somchai.text
    assert told(town, somchai, wichai) == [True, False]
    somchai.says("ออกเวร")
    assert "ออกเวรแล้ว" in somchai.text
    assert told(town, somchai, wichai) == [True, True]


def test_off_duty_may_be_pressed_and_said_twice(somchai: Chat) -> None:
    somchai.says("On duty")
    somchai.presses("ออกเวร")
    assert "ออกเวรแล้ว" in somchai.text
    somchai.says("ออกเวร")
    assert "ไม่ได้เข้าเวรอยู่" in somchai.text


def test_duty_ends_by_itself_after_a_day(town: Town, somchai: Chat, wichai: Chat, clock: Clock) -> None:
    somchai.says("เข้าเวร")
    for hours, only_somchai in ((23, True), (1, False)):
        clock.passes(hours=hours)
        town.now = clock.now
        assert told(town, somchai, wichai) == [True, not only_somchai]


def test_duty_in_another_department_or_of_who_blocked_us_counts_for_nobody(
    town: Town, somchai: Chat, wichai: Chat
) -> None:
    chat(town, town.officer("มาลี", "environment")).says("เข้าเวร")
    wichai.says("เข้าเวร")
    wichai.person.blocked_at = NOON
    assert told(town, somchai) == [True]


def test_a_supervisor_on_duty_answers_for_every_department(town: Town, somchai: Chat) -> None:
    head = chat(town, town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR))
    head.says("เข้าเวร")
    assert told(town, somchai, head) == [False, True]


def test_a_resident_has_no_duty(town: Town) -> None:
    nok = chat(town, town.resident("นก"))
    nok.says("เข้าเวร")
    assert "เข้าเวรแล้ว" not in nok.text


# -- the roster


@pytest.fixture
def head(town: Town) -> Chat:
    return chat(town, town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR))


def test_whose_turn_it_is_on_the_roster_is_woken_without_saying_anything(
    town: Town, somchai: Chat, wichai: Chat, clock: Clock
) -> None:
    somchai.says("เวร 24 พ.ย. 2569 16:30-08:30")
    assert "24 พ.ย. 2569 16:30–08:30 · คุณสมชาย" in somchai.text
    assert told(town, somchai, wichai) == [True, True], "his turn has not begun"
    clock.passes(hours=6)
    town.now = clock.now
    assert told(town, somchai, wichai) == [True, False]
    clock.passes(hours=16)
    town.now = clock.now
    assert told(town, somchai, wichai) == [True, True], "his turn is over"


def test_off_duty_ends_a_turn_that_has_begun(town: Town, somchai: Chat, wichai: Chat, clock: Clock) -> None:
    somchai.says("เวร 24 พ.ย. 2569 10:00-18:00")
    assert told(town, somchai, wichai) == [True, False]
    somchai.says("ออกเวร")
    assert "ออกเวรแล้ว" in somchai.text
    assert told(town, somchai, wichai) == [True, True]


def test_the_roster_shows_who_comes_and_takes_out_what_is_pressed(somchai: Chat, wichai: Chat) -> None:
    somchai.says("ตารางเวร")
    assert "ยังไม่มีเวร" in somchai.text
    wichai.says("duty 26 Nov 2026 8.30-16.30")
    somchai.says("เวร 25/11/2569 16:30 - 08:30")
    somchai.presses("ตารางเวร")
    assert somchai.text.index("25 พ.ย. 2569 16:30–08:30 · คุณสมชาย") < somchai.text.index("คุณวิชัย")
    assert somchai.labels() == ["เอาเวร 25 พ.ย. 2569 ออก"], "another's is not his to take out"
    button = somchai.button("เอาเวร 25 พ.ย. 2569 ออก")
    somchai.presses_old(button)
    assert "ออกแล้ว" in somchai.text
    somchai.presses_old(button)
    assert "ไม่มีแล้ว" in somchai.text


def test_a_supervisor_enters_and_takes_out_a_colleagues_turn(head: Chat, somchai: Chat, wichai: Chat) -> None:
    head.says("เวร สมชาย 25 พ.ย. 2569 16:30-08:30")
    assert "คุณสมชาย" in head.text
    wichai.says("เวร สมชาย 25 พ.ย. 2569 16:30-08:30")
    assert "เฉพาะเวรของตัวเอง" in wichai.text
    head.says("เวร สมศรี 25 พ.ย. 2569 16:30-08:30")
    assert "ไม่พบเจ้าหน้าที่ชื่อนี้" in head.text
    head.says("ตารางเวร")
    head.presses("เอาเวร 25 พ.ย. 2569 ออก")
    assert "ออกแล้ว" in head.text


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("เวร 23 พ.ย. 2569 08:30-16:30", "ตั้งแต่วันนี้"),
        ("เวร 28 พ.ย. 2570 08:30-16:30", "ตั้งแต่วันนี้"),
        ("เวร พรุ่งนี้ 08:30-16:30", "เช่น เวร 28 พ.ย. 2569"),
        ("เวร 28 พ.ย. 2569 25:30-16:30", "เช่น เวร 28 พ.ย. 2569"),
    ],
)
def test_a_turn_that_cannot_be_is_said_with_what_can(somchai: Chat, said: str, answered: str) -> None:
    somchai.says(said)
    assert answered in somchai.text


def test_who_leaves_leaves_the_roster_and_is_not_on_it_when_coming_back(town: Town, somchai: Chat) -> None:
    somchai.says("เวร 25 พ.ย. 2569 16:30-08:30")
    officer = rights.officer_of(town.session, somchai.person.id)
    assert officer is not None
    staff.revoke(town.session, officer, None, NOON)
    assert town.session.scalars(select(DutyShift)).all() == []
