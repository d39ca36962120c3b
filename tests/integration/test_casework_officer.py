"""What an officer does without changing the status: replies, corrected categories, the owner's number."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import news, officer_casework
from bot.casework import By, Given
from models import Correction, News, Officer, Ticket
from models.errors import MoveRefused, ReasonMissing
from models.lifecycle import Actor, TicketStatus
from tests import builders
from tests.builders import NOON, Town

S = TicketStatus


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture
def desk(town: Town) -> Officer:
    return town.officer("ศูนย์", "clerk")


def change(town: Town, ticket: Ticket, category: str, officer: Officer, at: datetime = NOON) -> None:
    by = By(Actor.OFFICER, officer=officer)
    officer_casework.recategorise(town.session, ticket, town.category(category), by, at)


def waiting(town: Town, name: str, *, officers: bool = False) -> list[News]:
    wanted = select(News).where(
        News.resident_id == town.resident(name).id, News.state == "waiting", News.is_for_officer.is_(officers)
    )
    return list(town.session.scalars(wanted.order_by(News.id)))


def hear_everything(town: Town, name: str, at: datetime) -> None:
    message = news.push_waiting(town.session, town.resident(name), at)
    assert message is not None
    news.accepted(town.session, message, at)


def test_a_reply_reaches_every_reporter_and_may_wait_for_company(town: Town, desk: Officer) -> None:
    ticket = town.ticket(by="นก")
    town.join(ticket, "แป้ง", "บ้านข้าง ๆ ก็แดง")
    by = By(Actor.OFFICER, officer=desk)
    message = officer_casework.reply_to_reporters(town.session, ticket, by, "จะเข้าไปพรุ่งนี้", "said-r", NOON)
    assert (message.kind, message.text, message.officer_id) == ("reply", "จะเข้าไปพรุ่งนี้", desk.id)
    assert (ticket.history[-1].kind, ticket.history[-1].message_id) == ("reply", message.id)
    for name in ("นก", "แป้ง"):
        told = waiting(town, name)[-1]
        assert (told.kind, told.way, told.urgency) == ("reply", "push_may_wait", "answer")
        assert (told.detail, told.push_at) == ({"message": message.id}, NOON + timedelta(minutes=10))
    assert (ticket.status, ticket.assignee_id) == ("new", desk.id)


def test_a_reply_keeps_the_promise_once_line_took_it(town: Town, desk: Officer) -> None:
    ticket = town.ticket(by="นก")
    by = By(Actor.OFFICER, officer=desk)
    officer_casework.reply_to_reporters(town.session, ticket, by, "กำลังตรวจ", None, NOON)
    later = NOON + timedelta(hours=3)
    hear_everything(town, "นก", later)
    assert ticket.due_at == later + timedelta(hours=24)


@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_reply_without_words_is_none(town: Town, desk: Officer, words: str) -> None:
    ticket = town.ticket()
    with pytest.raises(ReasonMissing):
        officer_casework.reply_to_reporters(town.session, ticket, By(Actor.OFFICER, officer=desk), words, None, NOON)


def test_another_category_changes_department_owner_and_date_but_not_the_number(town: Town, desk: Officer) -> None:
    ticket = town.ticket("garbage", by="นก")
    number = ticket.number
    change(town, ticket, "canal", desk)
    assert (ticket.number, ticket.category.code, ticket.department.code) == (number, "canal", "environment")
    assert (ticket.owner, ticket.status) == (town.owner("rid"), "new")
    assert ticket.due_at is not None
    assert ticket.due_at.isoformat() == "2026-12-01T09:30:00+00:00"  # five working days
    assert ticket.history[-1].kind == "recategorised"
    assert ticket.history[-1].detail == {"from": "garbage", "to": "canal"}


def test_a_corrected_category_is_kept_to_learn_from(town: Town, desk: Officer) -> None:
    ticket = town.ticket("garbage")
    change(town, ticket, "canal", desk)
    kept = town.session.scalars(select(Correction)).one()
    assert (kept.from_category, kept.to_category, kept.officer_id) == ("garbage", "canal", desk.id)
    assert (kept.ticket_id, kept.report_id, kept.model_version) == (ticket.id, ticket.reports[0].id, "test")


def test_a_later_date_keeps_the_one_that_was_promised(town: Town, desk: Officer) -> None:
    ticket = town.ticket(by="นก")
    hear_everything(town, "นก", NOON)
    promised = ticket.due_at
    change(town, ticket, "canal", desk, NOON + timedelta(hours=1))
    assert ticket.due_at is not None
    assert promised is not None
    assert ticket.due_at > promised
    (told,) = waiting(town, "นก")
    assert (told.kind, told.way, told.push_at) == ("state", "next_reply", promised)


def test_an_earlier_date_needs_no_push(town: Town, desk: Officer) -> None:
    ticket = town.ticket("canal", by="นก")
    hear_everything(town, "นก", NOON)
    change(town, ticket, "tap_water_quality", desk)
    assert ticket.due_at == NOON + timedelta(hours=24)
    (told,) = waiting(town, "นก")
    assert (told.kind, told.push_at) == ("state", None)


def test_a_card_that_waits_anyway_is_not_doubled(town: Town, desk: Officer) -> None:
    ticket = town.ticket(by="นก")
    hear_everything(town, "นก", NOON)
    town.move(ticket, S.ACCEPTED, desk)
    promised = ticket.due_at
    change(town, ticket, "canal", desk)
    (told,) = waiting(town, "นก")
    assert (told.kind, told.push_at) == ("moved", promised)


def test_a_date_in_the_past_is_counted_from_now(town: Town, desk: Officer) -> None:
    ticket = town.ticket("canal")
    change(town, ticket, "tap_water_quality", desk, NOON + timedelta(days=3))
    assert ticket.due_at == NOON + timedelta(days=4)


def test_the_new_department_finds_it_and_is_told(town: Town) -> None:
    somchai, malee = town.officer("สมชาย", "water"), town.officer("มาลี", "environment")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, somchai)
    change(town, ticket, "garbage", somchai)
    assert (ticket.assignee_id, ticket.status) == (None, "accepted")
    assert [item.kind for item in waiting(town, "มาลี", officers=True)] == ["officer.new"]
    assert malee.departments == [ticket.department]


def test_who_works_in_both_departments_keeps_it(town: Town) -> None:
    both = town.officer("สองกอง", "water", "environment")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, both)
    change(town, ticket, "garbage", both)
    assert ticket.assignee_id == both.id


def test_an_urgent_ticket_is_urgent_for_the_new_department_too(town: Town, desk: Officer) -> None:
    town.officer("มาลี", "environment")
    ticket = town.ticket(is_urgent=True)
    change(town, ticket, "garbage", desk)
    wanted = select(News).where(News.resident_id == town.resident("มาลี").id)
    assert [(item.kind, item.way) for item in town.session.scalars(wanted)] == [("officer.urgent", "push_at_once")]


def test_a_letter_that_was_sent_stays_sent(town: Town, desk: Officer) -> None:
    ticket = town.ticket()
    town.move(ticket, S.FORWARDED, desk, Given(owner=town.owner("pwa"), way="letter", number="7"))
    change(town, ticket, "canal", desk)
    assert (ticket.owner, ticket.forward_number, ticket.status) == (town.owner("pwa"), "7", "forwarded")


def test_an_owner_of_the_old_category_is_not_the_new_ones(town: Town, desk: Officer) -> None:
    ticket = town.ticket()
    town.move(ticket, S.FORWARDED, desk, Given(owner=town.owner("pwa"), way="letter", number="7"))
    town.move(ticket, S.ACCEPTED, desk)
    change(town, ticket, "garbage", desk)
    assert (ticket.owner, ticket.forward_way, ticket.forward_number, ticket.forwarded_at) == (None, None, None, None)


def test_the_same_category_another_towns_or_finished_work_is_refused(town: Town, desk: Officer) -> None:
    ticket = town.ticket()
    elsewhere = builders.town(town.session, code="elsewhere", prefix="EL")
    by = By(Actor.OFFICER, officer=desk)
    for category in (ticket.category, elsewhere.category("garbage")):
        with pytest.raises(MoveRefused):
            officer_casework.recategorise(town.session, ticket, category, by, NOON)
    town.move(ticket, S.REJECTED, desk)
    with pytest.raises(MoveRefused):
        change(town, ticket, "garbage", desk)


def test_the_owners_number_may_come_later(town: Town, desk: Officer) -> None:
    ticket = town.ticket(by="นก")
    town.move(ticket, S.FORWARDED, desk)
    hear_everything(town, "นก", NOON)
    by = By(Actor.OFFICER, officer=desk)
    officer_casework.set_forward_number(town.session, ticket, by, " กปภ.  55710/ว42 ", NOON)
    assert ticket.forward_number == "กปภ. 55710/ว42"
    assert (ticket.history[-1].kind, ticket.history[-1].detail) == ("forward_updated", None)
    assert [item.kind for item in waiting(town, "นก")] == ["state"]


@pytest.mark.parametrize(("number", "problem"), [("", ReasonMissing), ("9" * 81, ReasonMissing)])
def test_a_number_is_short_and_there(town: Town, desk: Officer, number: str, problem: type[Exception]) -> None:
    ticket = town.ticket()
    town.move(ticket, S.FORWARDED, desk)
    with pytest.raises(problem):
        officer_casework.set_forward_number(town.session, ticket, By(Actor.OFFICER, officer=desk), number, NOON)


def test_a_ticket_that_is_with_nobody_has_no_owners_number(town: Town, desk: Officer) -> None:
    with pytest.raises(MoveRefused):
        officer_casework.set_forward_number(
            town.session, town.ticket(), By(Actor.OFFICER, officer=desk), "1", NOON
        )
