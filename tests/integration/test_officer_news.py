"""Who of the town is told what, at once or in the morning, and in which words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import aftercare, news, officer_news
from bot.replies import Card, Reply, from_json
from models import Message, News, OutboxMessage, Ticket
from models.lifecycle import TicketStatus
from models.news import WAITING
from models.officer import Role
from models.outbox import PUSH
from tests import builders
from tests.builders import NOON, Town
from tests.chats import words_of

S = TicketStatus
#: 23:00 in Bangkok, and seven in the morning after it.
NIGHT = datetime(2026, 11, 24, 16, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


def told(town: Town, name: str, state: str = WAITING) -> list[News]:
    town.session.flush()
    wanted = select(News).where(
        News.resident_id == town.resident(name).id, News.is_for_officer, News.state == state
    )
    return list(town.session.scalars(wanted.order_by(News.id)))


def kinds(town: Town, name: str) -> list[str]:
    return [item.kind for item in told(town, name)]


def says(town: Town, ticket: Ticket, kind: str, text: str, at: datetime = NOON) -> None:
    """A resident says something on the ticket, and the officers hear of it."""
    message = Message(
        municipality_id=town.row.id, ticket_id=ticket.id, kind=kind, said=f"said {text}", text=text, said_at=at
    )
    town.session.add(message)
    town.session.flush()
    officer_news.tell_officers(town.session, ticket, f"officer.{kind}", at, message_id=message.id)


def pushed(town: Town, name: str) -> list[Reply]:
    wanted = select(OutboxMessage).where(
        OutboxMessage.resident_id == town.resident(name).id, OutboxMessage.way == PUSH
    )
    return [reply for row in town.session.scalars(wanted).unique() for reply in from_json(row.content or [])]


def push(town: Town, name: str) -> tuple[list[Reply], set[str]]:
    """What a push to this person would say now, and whom it quotes."""
    message = news.push_waiting(town.session, town.resident(name), NOON)
    return (from_json(message.content or []), {quote.said for quote in message.quotes}) if message else ([], set())


def text(replies: list[Reply]) -> str:
    return "\n".join(line for reply in replies for line in words_of(reply))


def test_only_the_first_new_ticket_of_an_idle_department_is_told(town: Town) -> None:
    town.officer("สมชาย", "water")
    town.officer("มาลี", "environment")
    town.officer("ศูนย์", "clerk")
    first = town.ticket()
    town.ticket(by="แป้ง")
    (item,) = told(town, "สมชาย")
    assert (item.ticket, item.kind, item.way, item.push_at) == (
        first, "officer.new", "push_may_wait", NOON + timedelta(minutes=10),
    )  # fmt: skip
    assert (kinds(town, "มาลี"), kinds(town, "ศูนย์")) == ([], [])


def test_a_department_without_officers_is_the_desks(town: Town) -> None:
    town.officer("ศูนย์", "clerk")
    town.ticket()
    assert kinds(town, "ศูนย์") == ["officer.new"]


def test_without_a_desk_it_is_the_supervisors(town: Town) -> None:
    town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR)
    town.officer("ผู้ดูแล", "environment", role=Role.ADMIN)
    town.ticket()
    assert (kinds(town, "หัวหน้า"), kinds(town, "ผู้ดูแล")) == (["officer.new"], [])


def test_nobody_there_is_no_error(town: Town) -> None:
    ticket = town.ticket(is_urgent=True)
    assert officer_news.tell_officers(town.session, ticket, "officer.reopened", NOON) == []


def test_urgent_is_pushed_at_once_to_the_whole_department_and_the_desk_even_at_night(town: Town) -> None:
    town.now = NIGHT
    for name, department, role in (
        ("สมชาย", "water", Role.OFFICER),
        ("ศูนย์", "clerk", Role.OFFICER),
        ("มาลี", "environment", Role.OFFICER),
        ("หัวหน้า", "environment", Role.SUPERVISOR),
    ):
        town.officer(name, department, role=role)
    town.officer("คนเก่า", "water").revoked_at = NIGHT
    town.ticket(is_urgent=True)
    for name in ("สมชาย", "ศูนย์"):
        (shown,) = pushed(town, name)
        assert isinstance(shown, Card)
        assert shown.tone == "urgent"
        assert "เรื่องด่วน" in shown.note
    for name in ("มาลี", "หัวหน้า", "คนเก่า"):
        assert pushed(town, name) == []


@pytest.mark.parametrize("somebody", ["nobody", "who blocked us"])
def test_urgent_with_nobody_there_goes_to_supervisors_and_administrators(town: Town, somebody: str) -> None:
    if somebody == "who blocked us":
        town.officer("สมชาย", "water").resident.blocked_at = NOON
    town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR)
    town.officer("ผู้ดูแล", "environment", role=Role.ADMIN)
    town.ticket(is_urgent=True)
    assert len(pushed(town, "หัวหน้า")) == len(pushed(town, "ผู้ดูแล")) == 1


def test_a_complaint_about_staff_is_told_to_nobody_but_the_trusted(town: Town) -> None:
    town.officer("ศูนย์", "clerk")
    town.officer("หัวหน้า", "clerk", role=Role.SUPERVISOR)
    town.officer("ผู้ดูแล", "clerk", role=Role.ADMIN)
    town.ticket("service", is_urgent=True)
    assert (pushed(town, "ศูนย์"), pushed(town, "หัวหน้า"), len(pushed(town, "ผู้ดูแล"))) == ([], [], 1)


def test_what_can_wait_waits_for_the_morning(town: Town) -> None:
    town.officer("สมชาย", "water")
    town.now = NIGHT
    town.ticket()
    (item,) = told(town, "สมชาย")
    assert item.push_at == MORNING


@pytest.mark.parametrize(
    ("hours", "at", "push_at"),
    [
        (("21:00", "07:00"), "20:59", "20:59"),
        (("21:00", "07:00"), "21:00", "07:00 next"),
        (("21:00", "07:00"), "00:30", "07:00"),
        (("21:00", "07:00"), "06:59", "07:00"),
        (("21:00", "07:00"), "07:00", "07:00"),
        (("12:00", "13:00"), "12:15", "13:00"),
        (("12:00", "13:00"), "13:00", "13:00"),
        (("12:00", "12:00"), "12:00", "12:00"),
    ],
)
def test_quiet_hours_end_in_the_towns_own_morning(
    town: Town, hours: tuple[str, str], at: str, push_at: str
) -> None:
    town.row.settings = {**town.row.settings, "quiet_hours": {"starts": hours[0], "ends": hours[1]}}
    midnight = datetime(2026, 11, 24, 17, tzinfo=UTC)  # the 25th begins in Bangkok

    def moment(clock: str) -> datetime:
        hour, minute = map(int, clock.removesuffix(" next").split(":"))
        return midnight + timedelta(hours=hour, minutes=minute, days=clock.endswith("next"))

    assert officer_news.after_quiet_hours(town.row, moment(at)) == moment(push_at)


def test_a_town_without_quiet_hours_has_none(town: Town) -> None:
    town.row.settings = {key: value for key, value in town.row.settings.items() if key != "quiet_hours"}
    assert officer_news.after_quiet_hours(town.row, NIGHT) == NIGHT


def test_an_answer_reaches_who_asked_and_a_comment_who_has_it(town: Town) -> None:
    holder, desk = town.officer("สมชาย", "water"), town.officer("ศูนย์", "clerk")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, holder)
    town.move(ticket, S.WAITING, desk)
    says(town, ticket, "answer", "เลขที่ 12")
    says(town, ticket, "comment", "รีบหน่อย")
    assert kinds(town, "ศูนย์") == ["officer.answer"]
    assert kinds(town, "สมชาย") == ["officer.new", "officer.comment"]
    holder.revoked_at = NOON
    says(town, ticket, "comment", "ยังไม่มาเลย")
    assert len(told(town, "สมชาย")) == 2


def test_when_who_asked_has_left_the_answer_reaches_who_has_it(town: Town) -> None:
    asker, holder = town.officer("สมชาย", "water"), town.officer("มาลี", "water")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, holder)
    town.move(ticket, S.WAITING, asker)
    asker.revoked_at = NOON
    says(town, ticket, "answer", "เลขที่ 12")
    assert "officer.answer" in kinds(town, "มาลี")


def test_a_reopening_comes_before_a_supervisors_eyes_and_to_who_had_it(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR)
    town.officer("ผู้ดูแล", "environment", role=Role.ADMIN)
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, officer)
    officer_news.tell_officers(town.session, ticket, "officer.reopened", NOON)
    assert (kinds(town, "หัวหน้า"), kinds(town, "ผู้ดูแล")) == (["officer.reopened"], [])
    assert "officer.reopened" in kinds(town, "สมชาย")


def test_what_supervisors_who_block_us_would_not_hear_is_told_to_the_administrators(town: Town) -> None:
    town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR).resident.blocked_at = NOON
    town.officer("ผู้ดูแล", "environment", role=Role.ADMIN)
    ticket = town.ticket()
    officer_news.tell_officers(town.session, ticket, "officer.approval", NOON, to="supervisors")
    assert (kinds(town, "หัวหน้า"), kinds(town, "ผู้ดูแล")) == ([], ["officer.new", "officer.approval"])


def test_a_danger_that_is_not_over_wakes_people_again_and_is_before_a_supervisors_eyes(town: Town) -> None:
    town.now = NIGHT
    officer = town.officer("สมชาย", "water")
    town.officer("วิชัย", "water").on_duty_since = NIGHT
    town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR)
    town.officer("ผู้ดูแล", "environment", role=Role.ADMIN)
    ticket = town.ticket(is_urgent=True)
    town.move(ticket, S.ACCEPTED, officer)
    town.move(ticket, S.RESOLVED, officer)
    aftercare.reopen(town.session, ticket, town.resident("นก"), NIGHT)
    for name in ("วิชัย", "หัวหน้า", "สมชาย"):
        assert "ผู้แจ้งบอกว่ายังไม่เรียบร้อย" in text(pushed(town, name)), name
    assert pushed(town, "ผู้ดูแล") == []


def test_a_reminder_goes_to_who_has_it_then_to_the_supervisor_and_once(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    town.officer("มาลี", "water")
    town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR)
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, officer)
    for _ in range(2):
        officer_news.tell_officers(town.session, ticket, "officer.overdue", NOON)
        officer_news.tell_officers(town.session, ticket, "officer.overdue", NOON, to="supervisors")
    assert kinds(town, "สมชาย").count("officer.overdue") == 1
    assert kinds(town, "มาลี") == ["officer.new"]
    assert kinds(town, "หัวหน้า") == ["officer.overdue"]


def test_a_reminder_of_what_nobody_has_goes_to_the_department(town: Town) -> None:
    town.officer("สมชาย", "water")
    town.officer("มาลี", "water")
    ticket = town.ticket()
    officer_news.tell_officers(town.session, ticket, "officer.overdue", NOON)
    assert "officer.overdue" in kinds(town, "สมชาย")
    assert "officer.overdue" in kinds(town, "มาลี")
