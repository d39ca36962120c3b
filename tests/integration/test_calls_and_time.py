"""A reporter without LINE and the clock: a finished call counts as told, and who cannot be reached is waited for."""

from __future__ import annotations

import pytest

from models import Call, News
from tests.talking import Person, Rangsit


@pytest.fixture
def town(rangsit: Rangsit) -> Rangsit:
    return rangsit


@pytest.fixture
def desk(town: Rangsit) -> Person:
    return town.officer("ปราณี", "clerk")


def enters(desk: Person, contact: str) -> str:
    """Somebody calls the town hall; the number of the ticket."""
    desk.sends("รับแจ้งแทน")
    desk.presses("โทรศัพท์")
    desk.sends(contact)
    desk.sends("น้ำประปาเป็นสีแดง ซอยรังสิต-นครนายก 46")
    desk.sends("ส่งเรื่อง")
    return desk.number


def resolves(desk: Person, number: str) -> None:
    desk.sends(number)
    desk.presses("รับเรื่อง")
    desk.presses("เสร็จแล้ว")
    desk.sends("ล้างท่อแล้ว")


def test_silence_after_a_call_closes_the_ticket_unconfirmed_seven_days_later(town: Rangsit, desk: Person) -> None:
    number = enters(desk, "ยายสมศรี 081-234-5678")
    resolves(desk, number)
    town.passes(days=8)
    assert town.standing(number) == "resolved", "nobody was asked yet"
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    town.passes(days=6)
    assert town.standing(number) == "resolved"
    town.passes(days=2)
    assert town.standing(number, "status", "mark") == ("closed", "unconfirmed")


def test_who_cannot_be_reached_is_waited_for_thirty_days(town: Rangsit, desk: Person) -> None:
    number = enters(desk, "ข้าม")
    resolves(desk, number)
    town.passes(days=29)
    assert town.standing(number) == "resolved"
    town.passes(days=2)
    assert town.standing(number, "status", "mark") == ("closed", "unreachable")


def test_a_question_told_by_telephone_is_given_up_seven_days_later(town: Rangsit, desk: Person) -> None:
    number = enters(desk, "ยายสมศรี 081-234-5678")
    desk.sends(number)
    desk.presses("ขอข้อมูลเพิ่ม")
    desk.sends("แดงทุกก๊อกหรือบางก๊อก")
    town.passes(days=8)
    assert town.standing(number) == "waiting", "nobody has asked yet"
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    town.passes(days=8)
    assert town.standing(number, "status", "mark") == ("new", "unanswered")


def test_a_promise_that_passes_asks_for_a_call_that_says_so(town: Rangsit, desk: Person) -> None:
    number = enters(desk, "ยายสมศรี 081-234-5678")
    desk.reads_on()
    town.passes(days=2)
    desk.sends("โทรแจ้งผล")
    assert "แจ้งว่ายังทำอยู่" in desk.sees(number)


def test_telling_by_telephone_that_nothing_is_new_ends_no_silence(town: Rangsit, desk: Person) -> None:
    number = enters(desk, "ยายสมศรี 081-234-5678")
    calls = 0
    for _ in range(16):
        town.passes(days=1)
        if town.every(Call, state="waiting"):
            desk.sends("โทรแจ้งผล")
            desk.presses("แจ้ง ยายสมศรี แล้ว")
            calls += 1
    assert calls > 1
    assert town.standing(number, "progress_told_at") is None
    assert town.every(News, kind="officer.silent"), "fifteen days without news are an alarm"
