"""What officers are reminded of costs each of them one push a day; the rest comes with a tap or the next morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot import officer_news
from tests.talking import Person, Rangsit


@pytest.fixture
def somchai(town: Rangsit) -> Person:
    return town.officer("somchai", "clerk")


@pytest.fixture(autouse=True)
def round_is_over(town: Rangsit) -> Iterator[None]:
    """The round of the first morning was made before anybody wrote."""
    town.passes(seconds=1)
    yield


def is_reminded_of_silence(town: Rangsit, number: str) -> None:
    with town.database.transaction() as session:
        officer_news.tell_officers(session, town.ticket(session, number), "officer.silent", town.now)


@pytest.mark.parametrize("looks", [True, False])
def test_reminders_cost_an_officer_one_push_a_day_and_the_rest_comes_with_a_tap_or_the_next_morning(
    town: Rangsit, nok: Person, somchai: Person, looks: bool
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    town.passes(hours=21, minutes=30)  # half past eight
    town.passes(minutes=10)
    somchai.sees(number, "ใกล้ครบกำหนด", way="push")
    before = somchai.count("push")
    is_reminded_of_silence(town, number)
    town.passes(hours=5)
    assert somchai.count("push") == before
    if looks:
        somchai.sends("งานของฉัน")
        somchai.sees("ผู้แจ้งไม่ได้ข่าวมา 15 วัน", way="reply")
    town.passes(hours=18, minutes=50)  # half past eight
    town.passes(minutes=10)
    if not looks:
        somchai.sees("ผู้แจ้งไม่ได้ข่าวมา 15 วัน", way="push")
    assert somchai.count("push") == before + (not looks)


def test_what_an_officer_was_to_be_reminded_of_at_night_waits_until_the_town_opens(
    town: Rangsit, nok: Person, somchai: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    town.passes(hours=12)
    somchai.reads_on()
    is_reminded_of_silence(town, number)
    town.passes(hours=9)
    somchai.sees_nothing()
    town.passes(minutes=30)  # half past eight
    town.passes(minutes=10)
    somchai.sees("ผู้แจ้งไม่ได้ข่าวมา 15 วัน", "ใกล้ครบกำหนด", way="push")


def test_a_reminder_that_waited_is_not_told_when_the_reporter_has_heard_meanwhile(
    town: Rangsit, nok: Person, somchai: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.passes(hours=12)
    somchai.reads_on()
    is_reminded_of_silence(town, number)
    town.passes(minutes=1)
    nok.sends("สวัสดี")
    town.passes(hours=10)
    somchai.does_not_see("ผู้แจ้งไม่ได้ข่าวมา 15 วัน")


def test_which_owner_is_to_be_asked_today_is_told_in_the_morning_with_the_days_dates(
    town: Rangsit, nok: Person, ton: Person, somchai: Person
) -> None:
    forwarded, due = nok.reports(), ton.reports()
    for number in (forwarded, due):
        town.moves(number, "accepted")
    town.moves(forwarded, "forwarded", owner="pwa", way="phone")
    ton.sends("สวัสดี")
    town.passes(minutes=10)
    somchai.reads_on()
    before = somchai.count("push")
    town.passes(hours=21, minutes=20)  # half past eight
    town.passes(minutes=10)
    somchai.sees(forwarded, "ถึงเวลาติดตามกับ", due, "ใกล้ครบกำหนด", way="push")
    assert town.standing(forwarded, "follow_up_at") == datetime(2026, 11, 27, 9, 30, tzinfo=UTC)  # Friday, closing
    town.passes(hours=9)
    assert somchai.count("push") == before + 1


def test_a_date_on_the_weekend_was_told_on_friday_and_is_not_pushed_again(
    town: Rangsit, nok: Person, somchai: Person
) -> None:
    town.now = datetime(2026, 11, 27, 1, 15, tzinfo=UTC)  # Friday, a quarter past eight
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    town.passes(minutes=20)
    town.passes(minutes=10)
    somchai.sees(number, "ใกล้ครบกำหนด", way="push")
    for _ in ("Saturday", "Sunday"):
        town.passes(hours=24)
        town.passes(minutes=10)
        nok.sees("ยังไม่มีความคืบหน้าใหม่")
        somchai.sees_nothing()
