"""The words of tickets that ended long ago go: by town, found by query, or only counted.

Words, photos and exact places go `words_years` (of the profile) after the end of their ticket; its category, the cell
of its place and its history stay.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.database import Database
from bot.privacy import erasing
from bot.privacy.terms import terms_of
from models import Message, Municipality, Report, Ticket
from models.lifecycle import Actor

log = logging.getLogger(__name__)

#: Tickets of a town that one round erases; the next takes the rest.
MOST = 500


def erase_old_tickets(database: Database, now: datetime, *, dry: bool = False) -> int:
    """Words, photos, contacts and exact places of tickets that ended long ago, one ticket a transaction; how many.

    `dry` only counts.
    """
    with database.reading() as session:
        towns = list(session.scalars(select(Municipality).order_by(Municipality.id)))
        if dry:
            count = func.count()
            return sum(session.scalar(select(count).select_from(_old_tickets(t, now).subquery())) or 0 for t in towns)
        found = [
            (ticket_id, town.id)
            for town in towns
            for ticket_id in session.scalars(_old_tickets(town, now).order_by(Ticket.ended_at).limit(MOST))
        ]
    erased = erasing.one_by_one(found, lambda one: _erase(database, one[0], one[1], now))
    if erased:
        log.info("the words of %d tickets were erased, because their time was over", erased)
    return erased


def _old_tickets(town: Municipality, now: datetime) -> Select[Any]:
    """Also those to which words were added since their own were erased."""
    before = terms_of(town).words_before(now)
    late = select(Message.id).where(
        Message.ticket_id == Ticket.id, Message.text.is_not(None), Message.said_at < before
    )
    return select(Ticket.id).where(
        Ticket.municipality_id == town.id,
        Ticket.ended_at < before,
        Ticket.erased_at.is_(None) | late.exists(),
    )


def _erase(database: Database, ticket_id: int, town_id: int, now: datetime) -> bool:
    with database.transaction() as session:
        ticket = session.scalars(_locked(ticket_id)).unique().one()
        old = _old_tickets(session.get_one(Municipality, town_id), now).where(Ticket.id == ticket_id)
        if session.scalars(old).first() is None:
            return False  # reopened or erased meanwhile
        erase_ticket(session, ticket, now)
        return True


def _locked(ticket_id: int) -> Select[Ticket]:
    statement = select(Ticket).where(Ticket.id == ticket_id).with_for_update(of=Ticket, key_share=True)
    return statement.execution_options(populate_existing=True)


def erase_ticket(session: Session, ticket: Ticket, now: datetime) -> None:
    """Everything personal of one ticket; its category, the cell of its place and its history stay."""
    messages = session.scalars(select(Message).where(Message.ticket_id == ticket.id, Message.text.is_not(None)))
    erasing.erase_words(session, list(messages), now)
    erasing.erase_media(session, erasing.media_of(session, ticket))
    for place in _places(session, ticket):
        erasing.blur(place)
    # As an officer typed it, often with a name and a telephone number.
    ticket.forward_number = ticket.forward_said = None
    ticket.erased_at = now
    ticket.remember("erased", Actor.TIME, now, detail={"why": "retention"})


def _places(session: Session, ticket: Ticket) -> Iterator[Report | Ticket]:
    yield ticket
    yield from session.scalars(select(Report).where(Report.ticket_id == ticket.id))
