"""Fifteen days without news are an alarm: whoever has the ticket, the supervisors and the administrators hear of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import officer_news, promises
from bot.database import Database
from bot.timers.rows import each, locked_ticket
from models import Municipality, Ticket


def raise_silence(database: Database, now: datetime) -> int:
    """Every ticket of whose silence nobody was told yet."""
    with database.reading() as session:
        towns = session.scalars(select(Municipality)).all()
        session.expunge_all()
    return sum(_raise_in(database, town, now) for town in towns)


def _raise_in(database: Database, town: Municipality, now: datetime) -> int:
    silent = promises.is_silent(town, now) & Ticket.silence_told_at.is_(None)

    def tell(session: Session, ticket_id: int) -> bool:
        ticket = locked_ticket(session, ticket_id)
        if ticket is None or ticket.silence_told_at is not None or not promises.days_silent(town, ticket, now):
            return False
        ticket.silence_told_at = now
        officer_news.tell_officers(session, ticket, "officer.silent", now)
        return True

    return each(database, select(Ticket.id).where(silent).order_by(Ticket.id), tell)
