"""An urgent ticket that nobody takes up: after ten minutes the supervisors hear of it, then the administrators."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import officer_news, queries, rights
from bot.database import Database
from bot.timers.rows import each, locked_ticket
from models import Ticket

#: How long those who are told of an urgent ticket have to accept it before others are told.
PATIENCE = timedelta(minutes=10)
#: `Ticket.urgent_step` once the supervisors, and once the administrators were told.
SUPERVISORS, ADMINISTRATORS = 1, 2


def raise_unaccepted(database: Database, now: datetime) -> int:
    """Tell the next people above of every urgent ticket that nobody has in hand."""
    since = func.coalesce(Ticket.urgent_at, Ticket.created_at)
    late = [
        select(Ticket.id)
        .where(
            Ticket.status.in_(queries.AT_WORK),  # accepted and given to another department, too
            Ticket.is_urgent,
            Ticket.urgent_step == step,
            Ticket.assignee_id.is_(None),
            since <= now - PATIENCE * (step + 1),
        )
        .order_by(since)
        for step in range(ADMINISTRATORS)
    ]
    return sum(each(database, one, lambda session, number: _raise(session, number, now)) for one in late)


def _raise(session: Session, ticket_id: int, now: datetime) -> bool:
    ticket = locked_ticket(session, ticket_id)
    if ticket is None or ticket.status not in queries.AT_WORK or ticket.assignee_id is not None:
        return False
    since = ticket.urgent_at or ticket.created_at
    if ticket.urgent_step >= ADMINISTRATORS or now - since < PATIENCE * (ticket.urgent_step + 1):
        return False
    is_first = ticket.urgent_step < SUPERVISORS and bool(rights.people_for(session, ticket).supervisors)
    ticket.urgent_step = SUPERVISORS if is_first else ADMINISTRATORS
    to: officer_news.Above = "supervisors" if is_first else "administrators"
    officer_news.tell_officers(session, ticket, "officer.unaccepted", now, urgent=True, to=to)
    return True
