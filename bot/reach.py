"""How far the town's newest word on a ticket has come, for each reporter: what an officer is shown beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import News, OutboxMessage, Report, Resident, Ticket
from models.news import CARRIED, OVERTAKEN, TOLD, UNCERTAIN
from models.outbox import WAITING_QUOTA

#: "accepted" is LINE's word: it took the message, which is not yet seen by anybody.
Reach = Literal["accepted", "waiting", "sending", "no_quota", "blocked", "uncertain"]


@dataclass
class Reached:
    """How many reporters the newest word has reached, by how; `accepted_at`: when LINE took the last of them."""

    counts: Counter[Reach] = field(default_factory=Counter)
    accepted_at: datetime | None = None


def reached(session: Session, ticket: Ticket) -> Reached:
    """The newest word to each of the ticket's reporters; nobody is counted who was told nothing yet."""
    found = Reached()
    standing = select(Report.resident_id).where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None))
    for person in session.scalars(select(Resident).where(Resident.id.in_(standing)).order_by(Resident.id)):
        newest = session.scalars(
            select(News)
            .where(
                News.ticket_id == ticket.id,
                News.resident_id == person.id,
                News.is_for_officer.is_(False),
                News.state != OVERTAKEN,
                # Where a ticket stands is told again after an uncertain word, which stays uncertain until then.
                (News.kind != "state") | (News.state == TOLD),
            )
            .order_by(News.id.desc())
            .limit(1)
        ).first()
        if newest is None:
            continue
        found.counts[_reach(session, person, newest)] += 1
        if newest.state == TOLD and newest.told_at is not None:
            found.accepted_at = max(found.accepted_at or newest.told_at, newest.told_at)
    return found


def _reach(session: Session, person: Resident, item: News) -> Reach:
    if item.state == TOLD:
        return "accepted"
    if item.state == UNCERTAIN:
        return "uncertain"
    if person.blocked_at is not None:
        return "blocked"
    if item.state != CARRIED:
        return "waiting"
    message = session.get(OutboxMessage, item.outbox_message_id) if item.outbox_message_id else None
    return "no_quota" if message is not None and message.state == WAITING_QUOTA else "sending"
