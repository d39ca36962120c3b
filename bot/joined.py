"""Reports that share a ticket: what may be joined, may one go its own way, may it come back. Read only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import queries
from bot.drafts import Place
from models import Report, Ticket, TicketEvent
from models.lifecycle import OPEN, Actor, TicketStatus, may_move

#: Days within which joining and taking off are undone.
UNDO_DAYS = 30


def why_not(ticket: Ticket, other: Ticket) -> str | None:
    """Why the ticket may not go into the other one: "itself", "confidential" or "ended"; None when it may."""
    if ticket.id == other.id:
        return "itself"
    if ticket.category.is_confidential or other.category.is_confidential:
        return "confidential"
    return None if other.status in OPEN and ticket.municipality_id == other.municipality_id else "ended"


def tree(session: Session, ticket: Ticket) -> list[Ticket]:
    """The ticket and everything that was merged into it, directly or through others."""
    found = [ticket]
    for one in found:  # grows while it is walked: a merge never closes a circle
        found += session.scalars(select(Ticket).where(Ticket.merged_into_id == one.id)).unique()
    return found


def listed(session: Session, ticket: Ticket) -> list[int]:
    """The reports that its last merge took away."""
    wanted = select(TicketEvent).where(
        TicketEvent.ticket_id == ticket.id, TicketEvent.to_status == TicketStatus.MERGED
    )
    entry = session.scalars(wanted.order_by(TicketEvent.id.desc()).limit(1)).first()
    return list((entry.detail or {}).get("reports", ())) if entry is not None else []


def stays(session: Session, report: Report) -> list[tuple[Ticket, datetime, datetime | None]]:
    """On which tickets the report stood, from when, and until when (None: still): what was said there, it was told."""
    holder = session.get_one(Ticket, report.ticket_id)
    brought = [one for one in tree(session, holder)[1:] if report.id in listed(session, one)]
    here, since = brought[-1] if brought else holder, report.created_at
    found: list[tuple[Ticket, datetime, datetime | None]] = []
    before = session.get(Ticket, here.split_from_id) if here.split_from_id is not None else None
    if before is not None and since < here.created_at:
        found.append((before, since, here.created_at))
        since = here.created_at
    while here is not holder and here.merged_into is not None and (merged_at := here.ended_at) is not None:
        found.append((here, since, merged_at))
        here, since = here.merged_into, max(since, merged_at)
    return [*found, (here, since, report.withdrawn_at)]


def family(session: Session, ticket: Ticket) -> list[Ticket]:
    """The ticket and wherever its reports may have stood before: merged into it, or the one they were taken off."""
    found = [ticket]
    for one in found:
        merged = session.scalars(select(Ticket).where(Ticket.merged_into_id == one.id)).unique().all()
        before = session.get(Ticket, one.split_from_id) if one.split_from_id is not None else None
        found += [other for other in (*merged, before) if other is not None and other not in found]
    return found


def place_of(one: Ticket | Report) -> tuple[float | None, float | None, str | None]:
    """Where it is, to be compared."""
    return one.latitude, one.longitude, one.place_words


def stands_at(session: Session, ticket: Ticket) -> Place:
    """Where the ticket is, with all that the reporter who gave that place said of it."""
    place = Place(ticket.latitude, ticket.longitude, ticket.place_words or "")
    given = [one for one in standing_reports(session, ticket) if place_of(one) == place_of(ticket)]
    if not given:
        return place
    first = given[0]
    ground = first.ground_owner or ""
    return replace(place, is_outside=first.is_outside, accuracy_m=first.place_accuracy_m, ground=ground)


def standing_reports(session: Session, ticket: Ticket) -> list[Report]:
    """The reports of a ticket that were not taken back, oldest first."""
    wanted = select(Report).where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None))
    return list(session.scalars(wanted.order_by(Report.id)))


def may_split(session: Session, ticket: Ticket) -> bool:
    """Whether a report may be taken off: work goes on, and another report stays."""
    two = select(Report.id).where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None)).limit(2)
    return ticket.status in queries.AT_WORK and len(session.scalars(two).all()) > 1


def came_from(session: Session, ticket: Ticket) -> Ticket | None:
    """Where the report of a ticket stood before it was taken off, or where that one's work goes on."""
    found = session.get(Ticket, ticket.split_from_id) if ticket.split_from_id is not None else None
    return queries.standing(found) if found is not None else None


def may_put_back(session: Session, ticket: Ticket, now: datetime) -> bool:
    """Whether it came off another ticket not long ago and may go back: both are open, and its own work is not done."""
    before = came_from(session, ticket)
    if before is None or now - ticket.created_at > timedelta(days=UNDO_DAYS) or why_not(ticket, before) is not None:
        return False
    return may_move(TicketStatus(ticket.status), TicketStatus.MERGED, Actor.OFFICER)
