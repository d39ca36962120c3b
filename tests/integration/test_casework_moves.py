"""Moving a ticket: its history, its clock, who has it in hand, and who hears by which way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import casework, news
from bot.casework import By, Given
from models import Media, Message, News, OutboxMessage, Resident, Ticket
from models.errors import MoveRefused, NotAllowed, PhotoMissing, ReasonMissing
from models.lifecycle import Actor, TicketStatus
from models.outbox import PUSH
from tests import builders
from tests.builders import NOON, Town

S = TicketStatus


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


def news_of(town: Town, person: Resident, kind: str = "moved") -> list[News]:
    wanted = select(News).where(News.resident_id == person.id, News.kind == kind, News.is_for_officer.is_(False))
    return list(town.session.scalars(wanted.order_by(News.id)))


def pushes(town: Town) -> int:
    wanted = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.way == PUSH)
    return town.session.scalar(wanted) or 0


def words_on(town: Town, ticket: Ticket, kind: str) -> list[str | None]:
    wanted = select(Message.text).where(Message.ticket_id == ticket.id, Message.kind == kind)
    return list(town.session.scalars(wanted))


def test_a_move_is_written_into_the_history_in_the_officers_name(town: Town) -> None:
    ticket, officer = town.ticket(), town.officer("สมชาย", "water")
    town.move(ticket, S.ACCEPTED, officer)
    entry = ticket.history[-1]
    assert (entry.kind, entry.from_status, entry.to_status) == ("move", "new", "accepted")
    assert (entry.actor, entry.officer_id, entry.at) == ("officer", officer.id, NOON)
    assert (ticket.status, ticket.moved_at, ticket.assignee_id) == ("accepted", NOON, officer.id)


def test_a_refused_move_leaves_everything_as_it_was(town: Town) -> None:
    ticket, officer = town.ticket("garbage"), town.officer("สมชาย", "environment")
    by, before = By(Actor.OFFICER, officer=officer), len(ticket.history)
    refusals = (
        (S.RESOLVED, Given(words="เก็บแล้ว"), MoveRefused),
        (S.WAITING, Given(), ReasonMissing),
        (S.FORWARDED, Given(owner=town.owner("pwa")), ReasonMissing),
        (S.FORWARDED, Given(way="phone"), ReasonMissing),
        (S.REJECTED, Given(), ReasonMissing),
        (S.REJECTED, Given(reason="other"), ReasonMissing),
        (S.CLOSED, Given(), NotAllowed),
    )
    for end, given, problem in refusals:
        savepoint = town.session.begin_nested()
        with pytest.raises(problem):
            casework.move_ticket(town.session, ticket, end, by, NOON, given)
        savepoint.rollback()
        assert (ticket.status, len(ticket.history), ticket.owner_id) == ("new", before, None)
    assert words_on(town, ticket, "resolution") == []


def test_finished_work_wants_a_photo_where_the_category_says_so(town: Town) -> None:
    ticket, officer = town.ticket("garbage"), town.officer("สมชาย", "environment")
    town.move(ticket, S.ACCEPTED, officer)
    with pytest.raises(PhotoMissing):
        town.move(ticket, S.RESOLVED, officer)
    photo = town.photo("สมชาย", state="wanted")
    town.move(ticket, S.RESOLVED, officer, Given(words="เก็บขยะแล้ว", said="said-x", after_photos=[photo]))
    assert (photo.ticket_id, photo.purpose) == (ticket.id, "after")
    message = town.session.get_one(Message, photo.message_id)
    assert (message.text, message.kind, message.said) == ("เก็บขยะแล้ว", "resolution", "said-x")
    assert town.session.scalars(select(Media).where(Media.purpose == "after")).all() == [photo]


def test_other_is_a_reason_only_with_words(town: Town) -> None:
    ticket, officer = town.ticket(), town.officer("สมชาย", "water")
    town.move(ticket, S.REJECTED, officer, Given(reason="other", words="ย้ายออกไปแล้ว", said="said-y"))
    assert (ticket.history[-1].reason, words_on(town, ticket, "rejection")) == ("other", ["ย้ายออกไปแล้ว"])


@pytest.mark.parametrize(
    ("end", "way", "urgency", "is_pushed"),
    [
        (S.ACCEPTED, "next_reply", "other", False),
        (S.IN_PROGRESS, "next_reply", "other", False),
        (S.PLANNED, "push_may_wait", "planned", False),
        (S.FORWARDED, "push_may_wait", "forwarded", False),
        (S.WAITING, "push_at_once", "question", True),
        (S.RESOLVED, "push_at_once", "resolved", True),
        (S.REJECTED, "push_at_once", "rejected", True),
    ],
)
def test_the_resident_hears_by_the_way_of_the_move(
    town: Town, end: TicketStatus, way: str, urgency: str, is_pushed: bool
) -> None:
    ticket, officer = town.ticket(by="นก"), town.officer("สมชาย", "water")
    if end is not S.ACCEPTED:
        town.move(ticket, S.ACCEPTED, officer)
    town.move(ticket, end, officer)
    told = news_of(town, town.resident("นก"))[-1]
    assert (told.way, told.urgency, told.detail and told.detail["status"]) == (way, urgency, end.value)
    assert pushes(town) == (1 if is_pushed else 0)
    assert told.push_at == (NOON + timedelta(minutes=10) if way == "push_may_wait" else NOON if is_pushed else None)


def test_every_reporter_hears_and_who_took_the_report_back_does_not(town: Town) -> None:
    ticket, officer = town.ticket(by="นก"), town.officer("สมชาย", "water")
    town.join(ticket, "แป้ง", "บ้านข้าง ๆ ก็แดง")
    town.join(ticket, "ต้น", "ซอยเดียวกัน").withdrawn_at = NOON
    town.move(ticket, S.REJECTED, officer)
    assert [len(news_of(town, town.resident(name))) for name in ("นก", "แป้ง", "ต้น")] == [1, 1, 0]


def test_a_newer_step_overtakes_an_older_one_but_never_a_question(town: Town) -> None:
    ticket, officer, nok = town.ticket(by="นก"), town.officer("สมชาย", "water"), town.resident("นก")
    nok.blocked_at = NOON  # so that nothing leaves and everything waits
    for end in (S.ACCEPTED, S.WAITING, S.IN_PROGRESS, S.FORWARDED):
        town.move(ticket, end, officer)
    states = {item.detail["status"]: item.state for item in news_of(town, nok) if item.detail}
    assert states == {
        "accepted": "overtaken",
        "waiting": "waiting",
        "in_progress": "overtaken",
        "forwarded": "waiting",
    }


def test_the_promise_stands_still_while_the_resident_is_asked(town: Town) -> None:
    ticket, officer = town.ticket(), town.officer("สมชาย", "water")
    assert ticket.due_at == NOON + timedelta(hours=24)
    town.now = NOON + timedelta(hours=4)
    town.move(ticket, S.WAITING, officer)
    assert (ticket.paused_at, ticket.status_before) == (town.now, "new")
    answered = NOON + timedelta(days=3)
    casework.restore(town.session, ticket, answered)
    assert (ticket.status, ticket.paused_at) == ("new", None)
    assert ticket.due_at == answered + timedelta(hours=20)


def test_a_paused_working_day_promise_falls_on_a_closing_time_again(town: Town) -> None:
    ticket, officer = town.ticket("garbage"), town.officer("สมชาย", "environment")
    town.move(ticket, S.WAITING, officer)  # Tuesday; two working days are left, until Thursday
    casework.restore(town.session, ticket, NOON + timedelta(days=3))  # Friday
    assert ticket.due_at is not None
    assert ticket.due_at.isoformat() == "2026-12-01T09:30:00+00:00"  # Tuesday, 16:30 in Bangkok


def test_an_unanswered_question_is_marked_and_a_new_question_may_follow(town: Town) -> None:
    ticket, officer = town.ticket(), town.officer("สมชาย", "water")
    town.move(ticket, S.ACCEPTED, officer)
    town.move(ticket, S.WAITING, officer)
    casework.restore(town.session, ticket, NOON + timedelta(days=7), mark="unanswered")
    assert (ticket.status, ticket.mark, ticket.asked_by_id) == ("accepted", "unanswered", officer.id)
    assert ticket.history[-1].actor == "system"
    town.move(ticket, S.WAITING, officer)
    assert ticket.status_before == "accepted"


def test_asking_does_not_take_the_ticket_from_who_has_it(town: Town) -> None:
    holder, desk = town.officer("สมชาย", "water"), town.officer("ศูนย์", "clerk")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, holder)
    town.move(ticket, S.WAITING, desk)
    assert (ticket.assignee_id, ticket.asked_by_id) == (holder.id, desk.id)


def test_forwarding_notes_owner_way_number_and_when_to_ask_again(town: Town) -> None:
    ticket, officer = town.ticket("canal"), town.officer("สมชาย", "environment")
    town.move(ticket, S.FORWARDED, officer, Given(owner=town.owner("rid"), way="letter", number="ปท 1/2569"))
    assert (ticket.owner, ticket.forward_way, ticket.forward_number) == (town.owner("rid"), "letter", "ปท 1/2569")
    assert ticket.forwarded_at == NOON
    assert ticket.follow_up_at is not None
    assert ticket.follow_up_at.isoformat() == "2026-12-03T09:30:00+00:00"  # seven working days
    assert ticket.history[-1].detail == {"way": "letter", "owner": "rid"}


def test_a_forwarded_ticket_goes_on_to_another_owner(town: Town) -> None:
    ticket, officer = town.ticket("canal"), town.officer("สมชาย", "environment")
    town.move(ticket, S.FORWARDED, officer, Given(owner=town.owner("rid"), way="letter", number="1"))
    town.now = NOON + timedelta(days=2)
    town.move(ticket, S.FORWARDED, officer, Given(owner=town.owner("police"), way="phone"))
    assert (ticket.owner, ticket.forward_number) == (town.owner("police"), None)
    assert ticket.forwarded_at == town.now


def test_after_forwarding_the_next_word_follows_the_longer_date(town: Town) -> None:
    ticket, officer, nok = town.ticket("canal", by="นก"), town.officer("สมชาย", "environment"), town.resident("นก")
    town.move(ticket, S.FORWARDED, officer, Given(owner=town.owner("rid"), way="letter"))
    message = news.push_waiting(town.session, nok, NOON)
    assert message is not None
    news.accepted(town.session, message, NOON)
    assert ticket.due_at is not None
    assert ticket.due_at.isoformat() == "2026-12-03T09:30:00+00:00"  # 7 days of the owner, not 5 of the category
    assert ticket.last_word_at == NOON


@pytest.mark.parametrize("end", [S.RESOLVED, S.REJECTED])
def test_finished_and_ended_tickets_promise_nothing(town: Town, end: TicketStatus) -> None:
    ticket, officer = town.ticket(), town.officer("สมชาย", "water")
    town.move(ticket, S.FORWARDED, officer)
    town.move(ticket, end, officer)
    assert (ticket.due_at, ticket.paused_at, ticket.follow_up_at) == (None, None, None)


def test_a_locked_ticket_is_the_one_of_now(town: Town) -> None:
    ticket = town.ticket()
    town.session.execute(Ticket.__table__.update().values(place_words="มีคนแก้"))
    locked = casework.lock(town.session, ticket.id)
    assert locked is ticket
    assert ticket.place_words == "มีคนแก้"
    assert casework.lock(town.session, 999) is None
