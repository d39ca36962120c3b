"""In whose hands a ticket is: its department, and the officer who has it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot import officer_news, rights
from models import Officer, Ticket
from models.lifecycle import TicketStatus


def offer_to_department(session: Session, ticket: Ticket, now: datetime) -> None:
    """Whoever had it in hand and does not work there gives it up; the new department finds it in its list."""
    holder = session.get(Officer, ticket.assignee_id) if ticket.assignee_id else None
    if holder is not None and not rights.may_work_on(session, holder, ticket):
        ticket.assignee_id = None
    session.flush()
    if ticket.is_urgent and ticket.status == TicketStatus.NEW:
        officer_news.tell_officers(session, ticket, "officer.urgent", now, urgent=True)
    elif ticket.assignee_id is None:
        officer_news.tell_officers(session, ticket, "officer.new", now)
