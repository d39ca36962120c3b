"""What the town says about an incident: kept for whoever reports later, or sent to everybody concerned at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import news
from models import Incident, IncidentTicket, IncidentWords, Officer, Report, Resident, Ticket
from models.lifecycle import Hears


def concerned(session: Session, incident: Incident) -> list[tuple[Resident, int]]:
    """Everybody with LINE whose report stands on one of its tickets, once each, with the newest of those tickets.

    Not those who have blocked us: a push would be paid for nothing.
    """
    rows = session.execute(
        select(Resident, Report.ticket_id)
        .join(Report, Report.resident_id == Resident.id)
        .join(IncidentTicket, IncidentTicket.ticket_id == Report.ticket_id)
        .where(
            IncidentTicket.incident_id == incident.id,
            Report.withdrawn_at.is_(None),
            Resident.blocked_at.is_(None),
        )
        .order_by(Report.id)
    )
    newest = {person.id: (person, ticket_id) for person, ticket_id in rows}
    return [newest[key] for key in sorted(newest)]


def say_what_is_known(
    session: Session, incident: Incident, officer: Officer, text: str, said: str | None, now: datetime
) -> IncidentWords:
    """Keep what is known: whoever reports here from now on is answered with it."""
    words = IncidentWords(
        municipality_id=incident.municipality_id,
        incident_id=incident.id,
        officer_id=officer.id,
        said=said,
        text=text,
        people=0,
        said_at=now,
    )
    session.add(words)
    session.flush()
    session.expire(incident, ["words"])
    return words


def send_notice(
    session: Session, incident: Incident, officer: Officer, text: str, said: str | None, now: datetime
) -> IncidentWords:
    """Send one notice to everybody concerned, and keep it as what is known; `people` says to how many.

    What the plan has no room for goes with the next reply, as all news do.
    """
    words = say_what_is_known(session, incident, officer, text, said, now)
    people = concerned(session, incident)
    words.people = len(people)
    for person, ticket_id in people:
        ticket = session.get_one(Ticket, ticket_id)
        news.tell(
            session,
            person,
            ticket,
            "incident",
            now,
            way=Hears.PUSH_AT_ONCE,
            urgency="urgent",
            detail={"words": words.id},
        )
    return words
