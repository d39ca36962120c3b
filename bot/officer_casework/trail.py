"""The audit trail: who did what, when, on which ticket or to whom. Codes and numbers, never words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models import Act, Officer, Ticket, TicketEvent


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail. `who` is an officer's name, None the resident, time, the system or the command line."""

    at: datetime
    who: str | None
    what: str
    ticket: str | None
    to_whom: str | None
    detail: dict[str, Any] | None


def record(
    session: Session,
    municipality_id: int,
    kind: str,
    who: Officer | None,
    at: datetime,
    *,
    subject: Officer | None = None,
    ticket: Ticket | None = None,
    detail: dict[str, Any] | None = None,
) -> Act:
    """Append what stands in no ticket's history."""
    act = Act(
        municipality_id=municipality_id,
        at=at,
        kind=kind,
        officer_id=who.id if who else None,
        subject_id=subject.id if subject else None,
        ticket_id=ticket.id if ticket else None,
        detail=detail,
    )
    session.add(act)
    session.flush()
    return act


def trail(
    session: Session, municipality_id: int, *, number: str | None = None, officer_id: int | None = None, most: int = 100
) -> list[Entry]:
    """The newest entries, oldest of them first: everything of the town, of one ticket, or of one officer."""
    subject = aliased(Officer)
    acts = (
        select(Act.at, Act.id, Officer.name, Act.kind, Ticket.number, subject.name.label("to_whom"), Act.detail)
        .outerjoin(Officer, Officer.id == Act.officer_id)
        .outerjoin(subject, subject.id == Act.subject_id)
        .outerjoin(Ticket, Ticket.id == Act.ticket_id)
        .where(Act.municipality_id == municipality_id)
    )
    events = (
        select(
            TicketEvent.at, TicketEvent.id, Officer.name, TicketEvent.kind, TicketEvent.to_status, Ticket.number,
            TicketEvent.actor, TicketEvent.detail,
        )
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .outerjoin(Officer, Officer.id == TicketEvent.officer_id)
        .where(TicketEvent.municipality_id == municipality_id)
    )  # fmt: skip
    if number is not None:
        acts, events = acts.where(Ticket.number == number), events.where(Ticket.number == number)
    if officer_id is not None:
        acts = acts.where((Act.officer_id == officer_id) | (Act.subject_id == officer_id))
        events = events.where(TicketEvent.officer_id == officer_id)
    found = [
        (row.at, 0, row.id, Entry(row.at, row.name, row.kind, row.number, row.to_whom, row.detail))
        for row in session.execute(acts.order_by(Act.at.desc(), Act.id.desc()).limit(most))
    ]
    found += [
        (row.at, 1, row.id, Entry(row.at, row.name, _what(row), row.number, None, row.detail))
        for row in session.execute(events.order_by(TicketEvent.at.desc(), TicketEvent.id.desc()).limit(most))
    ]
    return [entry for *_, entry in sorted(found, key=lambda one: one[:3])][-most:]


def _what(row: Any) -> str:
    """The kind of a ticket's event: the status it went to, and for whom it was done where that is not the officer."""
    what = f"to_{row.to_status}" if row.kind == "move" else str(row.kind)
    return f"{what} (for the {row.actor})" if row.name is not None and row.actor == "resident" else what
