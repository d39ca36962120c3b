"""เข้าเวร and ออกเวร: urgent tickets go at once to those on duty, and to everybody when nobody is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from models.officer import Role
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat, stopped_clock


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with stopped_clock(monkeypatch, NOON) as stopped:
        yield stopped


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
