"""What the town has asked of a person and is still open: an officer's question, or whether the work is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models import News, OutboxMessage, Resident, Ticket
from models.lifecycle import TicketStatus
from models.news import CARRIED, TOLD, UNCERTAIN
from models.outbox import REFUSED, WAITING_QUOTA

#: A ticket that stands so wants an answer of its reporters.
ASKS = frozenset({TicketStatus.WAITING, TicketStatus.RESOLVED})


def asked(
    session: Session, person: Resident, tickets: Sequence[Ticket], since: datetime | None = None
) -> list[Ticket]:
    """Those of the tickets whose question this person has seen, in the same order; `since`: no earlier than that.

    What still waits for a reply or for the plan was asked of nobody. What LINE may have taken counts as seen.
    """
    asking = {ticket.id: ticket for ticket in tickets if ticket.status in ASKS}
    if not asking:
        return []
    may_be_seen = and_(
        News.state == CARRIED,
        OutboxMessage.first_attempt_at.is_not(None),
        OutboxMessage.state.not_in((WAITING_QUOTA, REFUSED)),
    )
    statement = (
        select(News)
        .outerjoin(OutboxMessage, OutboxMessage.id == News.outbox_message_id)
        .where(
            News.resident_id == person.id,
            News.ticket_id.in_(asking),
            News.is_for_officer.is_(False),
            News.kind.in_(("moved", "state")),
            or_(News.state.in_((TOLD, UNCERTAIN)), may_be_seen),
        )
    )
    if since is not None:
        statement = statement.where(News.created_at >= since)
    session.flush()
    seen = {item.ticket_id for item in session.scalars(statement) if _shows_the_question(item, asking[item.ticket_id])}
    return [ticket for ticket in asking.values() if ticket.id in seen]


def _shows_the_question(item: News, ticket: Ticket) -> bool:
    """Whether it tells of the move that asks, or was written since."""
    if item.kind == "moved" and (item.detail or {}).get("status") != ticket.status:
        return False
    return item.created_at >= ticket.moved_at
