"""A push that LINE refused, sent again by a person: what nobody has told since, as it is then, and once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import stuck
from models import News, Officer, OutboxMessage
from models.outbox import REFUSED
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
