"""Reporters without LINE: what would be pushed becomes the task โทรแจ้งผล."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Call, Report, Ticket
from models.call import OVERTAKEN, UNREACHABLE, WAITING
from models.lifecycle import Actor, Hears, TicketStatus

#: By these ways somebody with LINE would get a push.
PUSHED = (Hears.PUSH_AT_ONCE, Hears.PUSH_MAY_WAIT)
REPLY, OVERDUE = "reply", "overdue"
#: Kinds of calls that only say where a ticket stands.
STANDING = (*TicketStatus, OVERDUE)


def ask_to_call(
    session: Session, ticket: Ticket, kind: str, now: datetime, *, message_id: int | None = None
) -> list[Call]:
    """Ask for a call to every reporter of this ticket who has no LINE; an unfinished older one is replaced.

    That nothing is new ("overdue") replaces nothing; and an officer's reply is replaced by nothing, and replaces only
    that nothing was new.

    Whoever gave no contact counts as not reached at once.
    """
    reports = session.scalars(
        select(Report).where(
            Report.ticket_id == ticket.id, Report.resident_id.is_(None), Report.withdrawn_at.is_(None)
        )
    ).all()
    made = []
    for report in reports:
        if kind == OVERDUE and _is_to_be_called(session, report):
            continue
        overtake_calls(session, ticket, report, only=(OVERDUE,) if kind == REPLY else STANDING)
        call = Call(
            municipality_id=ticket.municipality_id, ticket_id=ticket.id, report_id=report.id, kind=kind,
            message_id=message_id, state=WAITING, tries=0, created_at=now,
        )  # fmt: skip
        if not report.contact:
            call.state, call.ended_at = UNREACHABLE, now
            if report.unreachable_at is None:
                ticket.remember("unreachable", Actor.SYSTEM, now)
            report.unreachable_at = report.unreachable_at or now
        session.add(call)
        made.append(call)
    session.flush()
    return made


def _is_to_be_called(session: Session, report: Report) -> bool:
    waiting = select(Call.id).where(Call.report_id == report.id, Call.state == WAITING)
    return session.scalars(waiting.limit(1)).first() is not None


def overtake_calls(
    session: Session, ticket: Ticket, report: Report | None = None, *, only: Collection[str] | None = None
) -> None:
    """Calls that nobody has made yet are pointless now: of the whole ticket, or of one reporter; `only` these kinds."""
    waiting = update(Call).where(Call.ticket_id == ticket.id, Call.state == WAITING)
    if report is not None:
        waiting = waiting.where(Call.report_id == report.id)
    if only is not None:
        waiting = waiting.where(Call.kind.in_(only))
    session.execute(waiting.values(state=OVERTAKEN))


def take_calls_along(session: Session, ticket: Ticket, other: Ticket, reports: Collection[Report]) -> None:
    """These reports go to the other ticket, and with them what an officer replied; where this one stood is told no
    more."""
    for report in reports:
        overtake_calls(session, ticket, report, only=STANDING)
    theirs = (Call.ticket_id == ticket.id, Call.report_id.in_([report.id for report in reports]))
    session.execute(update(Call).where(*theirs, Call.state == WAITING).values(ticket_id=other.id))
