"""What officers hear without asking: the urgent that nobody takes, the day's dates, what was missed, long silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot import clock
from bot.channels import Town
from bot.cli.doctor import silence
from bot.delivery import month_of
from models import Municipality, QuotaMonth
from models.officer import Role
from tests.talking import Person, Rangsit


@pytest.fixture
def somchai(town: Rangsit) -> Person:
    return town.officer("somchai", "clerk")


@pytest.fixture
def head(town: Rangsit) -> Person:
    return town.officer("head", "education", role=Role.SUPERVISOR)


@pytest.fixture
def admin(town: Rangsit) -> Person:
    return town.officer("admin", "education", role=Role.ADMIN)


@pytest.fixture(autouse=True)
def round_is_over(town: Rangsit) -> Iterator[None]:
    """The round of the first morning was made before anybody wrote."""
    town.passes(seconds=1)
    yield


def a_plan(town: Rangsit, allowed: int | None, **columns: object) -> None:
    with town.database.transaction() as session:
        month = month_of(clock.now(), "Asia/Bangkok")
        plan = QuotaMonth(municipality_id=town.row(session).id, month=month, allowed=allowed, read_at=town.now)
        for name, value in columns.items():
            setattr(plan, name, value)
        session.add(plan)


def doctor_says(town: Rangsit) -> str:
    with town.database.reading() as session:
        row = town.row(session)
        return "\n".join(one.say for one in silence(session, Town(row.id, row.code, row.timezone)))


# -- urgent


def test_an_urgent_ticket_that_nobody_accepts_climbs_every_ten_minutes_also_at_night(
    town: Rangsit, nok: Person, somchai: Person, head: Person, admin: Person
) -> None:
    town.now = datetime(2026, 11, 24, 17, tzinfo=UTC)  # midnight
    nok.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    somchai.sees("เรื่องด่วน", way="push")
    head.sees_nothing()
    town.passes(minutes=9)
    head.sees_nothing()
    town.passes(minutes=1)
    head.sees("ยังไม่มีใครรับ", way="push")
    admin.sees_nothing()
    town.passes(minutes=10)
    admin.sees("ยังไม่มีใครรับ", way="push")
    town.passes(hours=3)
    assert (head.count("push"), admin.count("push")) == (1, 1)


def test_an_urgent_ticket_that_was_accepted_climbs_nowhere(
    town: Rangsit, nok: Person, somchai: Person, head: Person
) -> None:
    nok.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    somchai.presses("รับเรื่อง")
    town.passes(minutes=30)
    head.sees_nothing()


def test_without_a_supervisor_the_administrators_hear_first(
    town: Rangsit, nok: Person, somchai: Person, admin: Person
) -> None:
    nok.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    town.passes(minutes=10)
    admin.sees("ยังไม่มีใครรับ", way="push")
    town.passes(minutes=30)
    admin.sees_nothing()


# -- dates


def test_what_falls_due_today_is_told_in_the_morning_all_in_one_push(
    town: Rangsit, nok: Person, ton: Person, somchai: Person
) -> None:
    first, second = nok.reports(), ton.reports()  # due tomorrow at 11:00
    for number in (first, second):
        town.moves(number, "accepted")
    nok.sends("สวัสดี")
    ton.sends("สวัสดี")
    somchai.reads_on()
    before = somchai.count("push")
    town.passes(hours=21, minutes=29)
    somchai.sees_nothing()
    town.passes(minutes=2)  # half past eight
    town.passes(minutes=10)
    somchai.sees(first, second, "2 เรื่อง", way="push")
    assert somchai.count("push") == before + 1


def test_who_was_reminded_in_the_morning_is_not_pushed_again_on_the_hour(
    town: Rangsit, nok: Person, somchai: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    town.passes(hours=22)
    town.passes(minutes=10)
    somchai.sees(number, way="push")
    town.passes(hours=2)
    town.passes(minutes=10)
    nok.sees("ยังไม่มีความคืบหน้าใหม่")
    somchai.sees_nothing()


def test_who_has_told_already_is_not_reminded(town: Rangsit, nok: Person, somchai: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")  # its news waits, and will be pushed on the date
    somchai.reads_on()
    town.passes(hours=22)
    town.passes(minutes=10)
    somchai.sees_nothing()


def test_the_supervisor_hears_the_next_morning_of_a_date_that_passed_in_silence(
    town: Rangsit, nok: Person, somchai: Person, head: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    town.passes(hours=24)
    town.passes(minutes=10)
    somchai.sees("ถึงกำหนดแจ้งความคืบหน้าแล้ว")
    head.sees_nothing()
    town.passes(hours=22)
    town.passes(minutes=10)
    head.sees(number, "ผู้แจ้งยังไม่ได้ข่าวความคืบหน้า", way="push")
    town.passes(days=1)
    town.passes(minutes=10)
    head.sees_nothing()


def test_a_supervisor_does_not_hear_of_what_was_done_after_all(
    town: Rangsit, nok: Person, somchai: Person, head: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    town.passes(hours=24)
    town.passes(hours=1)
    town.moves(number, "in_progress")
    town.passes(hours=22)
    town.passes(minutes=10)
    head.sees_nothing()


# -- silence


def test_fifteen_days_without_news_are_an_alarm_for_everybody_above_and_on_the_card(
    town: Rangsit, nok: Person, somchai: Person, head: Person, admin: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    for _ in range(14):
        town.passes(days=1)
    head.reads_on()
    admin.sees_nothing()
    town.passes(days=1)
    town.passes(minutes=10)
    for person in (somchai, head, admin):
        person.sees(number, "ผู้แจ้งไม่ได้ข่าวมา 15 วัน")
    somchai.sends("ใกล้ครบกำหนด")
    somchai.sees(number, "ผู้แจ้งไม่ได้ข่าวมา 15 วัน")
    assert number in doctor_says(town)
    town.moves(number, "in_progress")
    nok.sends("สวัสดี")
    assert town.standing(number, "silence_told_at", "missed_at", "escalated_at") == (None, None, None)
    assert doctor_says(town) == ""


def test_on_a_planned_ticket_silence_is_counted_from_its_planned_date(
    town: Rangsit, nok: Person, somchai: Person, admin: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "planned", planned_until=date(2026, 12, 15))
    town.passes(minutes=10)
    town.passes(days=35)  # 29 December
    admin.sees_nothing()
    town.passes(days=2)
    town.passes(minutes=10)
    admin.sees(number, "ผู้แจ้งไม่ได้ข่าวมา 15 วัน")


# -- what waits, and the plan


def test_a_comment_comes_with_the_officers_next_tap_and_costs_nothing(
    town: Rangsit, nok: Person, somchai: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.passes(minutes=10)
    somchai.reads_on()
    before = somchai.count("push")
    nok.sends(f"{number} น้ำยังแดงอยู่เลย")
    town.passes(minutes=20)
    assert somchai.count("push") == before
    somchai.sends("งานของฉัน")
    somchai.sees("น้ำยังแดงอยู่เลย", way="reply")


@pytest.mark.parametrize(("allowed", "gets_it"), [(300, False), (15_000, True)])
def test_a_digest_comes_in_the_morning_once_where_the_plan_has_room(
    town: Rangsit, nok: Person, somchai: Person, allowed: int, gets_it: bool
) -> None:
    a_plan(town, allowed)
    nok.reports()
    town.passes(minutes=10)
    somchai.sends("งานใหม่")
    somchai.reads_on()
    town.passes(hours=1)
    nok.reports()
    town.passes(hours=2)
    town.passes(hours=19)
    town.passes(minutes=10)
    if gets_it:
        text = somchai.sees("สวัสดีตอนเช้า", "งานใหม่ 2", way="push")
        assert text.count("สวัสดีตอนเช้า") == 1
    else:
        somchai.does_not_see("สวัสดีตอนเช้า")


def test_the_administrators_are_told_of_a_short_plan_once_and_not_at_night(
    town: Rangsit, somchai: Person, admin: Person
) -> None:
    town.now = datetime(2026, 11, 24, 16, tzinfo=UTC)  # eleven at night
    a_plan(town, 300, used_at_line=245, short_at=town.now)
    town.passes(minutes=1)
    admin.sees_nothing()
    town.passes(hours=9)
    admin.sees("245 จาก 300", way="push")
    somchai.sees_nothing()
    town.passes(hours=5)
    admin.sees_nothing()


def test_a_plan_that_is_short_no_longer_when_the_morning_comes_is_not_told_of(town: Rangsit, admin: Person) -> None:
    town.now = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)  # December began in the town; LINE still counted November
    a_plan(town, 300, used_at_line=2, short_at=town.now)
    town.passes(hours=9)
    admin.does_not_see("จาก 300")
    assert [plan.short_at for plan in town.every(QuotaMonth)] == [None]


def test_a_round_is_made_once_a_working_day(town: Rangsit) -> None:
    days = []
    for _ in range(7):
        town.passes(hours=24)
        days.append(town.every(Municipality)[0].morning_on)
    assert days[2] == days[3] == days[4] == date(2026, 11, 27)  # Friday, and the weekend after it
    assert days[5:] == [date(2026, 11, 30), date(2026, 12, 1)]
