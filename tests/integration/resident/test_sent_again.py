"""A push that a person looks at: sent again, it tells what nobody has told since, as it is then, and once; dismissed
before it was sent, what it was to tell is not lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import stuck
from models import News, Officer, OutboxMessage, TicketEvent
from models.outbox import REFUSED, WAITING_QUOTA
from tests.talking import Person, Rangsit


def sends_again(town: Rangsit) -> None:
    """`flask stuck retry` of the refused push."""
    with town.database.transaction() as session:
        refused = session.scalars(select(OutboxMessage.id).where(OutboxMessage.state == REFUSED)).one()
        stuck.retry(session, f"message-{refused}")
    town.delivers()


def is_refused(town: Rangsit, nok: Person) -> str:
    """A question to her that LINE refuses; the number of the ticket."""
    number = nok.reports()
    town.line.pushes = "refuses"
    town.passes(hours=1)
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.line.pushes = "accepts"
    nok.reads_on()
    return number


def test_what_an_answer_told_meanwhile_is_not_sent_again(town: Rangsit, nok: Person) -> None:
    is_refused(town, nok)
    nok.sends("สวัสดี")
    nok.sees("แดงทุกก๊อกไหม")
    with pytest.raises(stuck.CannotRetry):
        sends_again(town)
    assert nok.count("push") == 0


def test_what_is_sent_again_is_told_and_keeps_the_promise(town: Rangsit, nok: Person) -> None:
    number = is_refused(town, nok)
    before = town.standing(number, "last_word_at")
    town.passes(minutes=5)
    sends_again(town)
    nok.sees("แดงทุกก๊อกไหม", way="push")
    assert town.standing(number, "last_word_at") == town.now != before
    nok.sends("สวัสดี")
    nok.does_not_see("แดงทุกก๊อกไหม")
    assert [item.state for item in town.every(News, kind="moved")] == ["told"]


def test_an_officer_who_works_here_no_longer_is_sent_nothing_again(town: Rangsit, nok: Person) -> None:
    somchai = town.officer("somchai", "clerk")
    town.line.pushes = "refuses"
    nok.reports()
    town.passes(minutes=10)
    town.line.pushes = "accepts"
    with town.database.transaction() as session:
        session.scalars(select(Officer)).one().revoked_at = town.now
    with pytest.raises(stuck.CannotRetry):
        sends_again(town)
    assert somchai.count("push") == 0


def dismisses(town: Rangsit, nok: Person) -> None:
    """`flask stuck dismiss` of the push to her that waits for the plan; there is room again afterwards."""
    [waiting] = [one.id for one in town.said_to(nok, "push") if one.state == WAITING_QUOTA]
    with town.database.transaction() as session:
        stuck.dismiss(session, f"message-{waiting}")
    town.line.pushes = "accepts"


def test_news_of_a_push_that_a_person_dismisses_goes_with_the_next_answer(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    dismisses(town, nok)
    town.passes(hours=1)
    assert nok.count("push") == 0
    nok.sends("สวัสดี")
    nok.sees(number, "แดงทุกก๊อกไหม", way="reply")


def test_a_date_whose_word_a_person_dismisses_is_missed_and_another_follows(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.pushes = "has no quota left"
    town.passes(hours=24)
    dismisses(town, nok)
    town.passes(minutes=1)
    assert [event.kind for event in town.every(TicketEvent)].count("overdue") == 1
    assert town.standing(number, "due_at") > town.now
    assert nok.count("push") == 0


def test_what_line_may_have_of_a_dismissed_push_is_told_as_it_stands_with_the_next_answer(
    town: Rangsit, nok: Person
) -> None:
    number = nok.reports()
    town.line.pushes = "is away"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    with town.database.transaction() as session:
        message = session.scalars(select(OutboxMessage).where(OutboxMessage.way == "push")).one()
        message.attempts, message.first_attempt_at = 1, message.created_at
        message.created_at -= 2 * stuck.SLOW_MESSAGE
        session.flush()
        stuck.dismiss(session, f"message-{message.id}")
    nok.sends("สวัสดี")
    nok.sees(number, way="reply")
    assert [(item.kind, item.state) for item in town.every(News, is_for_officer=False)][-2:] == [
        ("moved", "uncertain"),
        ("state", "told"),
    ]
