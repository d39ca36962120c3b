"""Where it is, said after the ticket was made: whose matter it is follows, as if it had been said first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot import aftercare, incidents, intake, joined, queries
from bot.drafts import Draft, Place, Words
from bot.handing_over import hand_over
from bot.officer_casework import hands
from bot.opening import owner_of_ground
from models import Municipality, Report, Resident, Ticket
from models.lifecycle import TicketStatus


def relocate(session: Session, ticket: Ticket, person: Resident, place: Place, now: datetime) -> bool:
    """A missing place, a better one, or the answer to a question. Whether it is somebody else's matter now than before.

    The owner of the ground, the desk for what lies outside, the town that it is handed to and the incident around it
    follow while there is work on the ticket; what an officer forwarded stays where it was sent.
    """
    report = aftercare.own_reports(session, ticket, person)[-1]
    was_outside, had_a_point = report.is_outside, report.latitude is not None
    before = (ticket.owner_id, ticket.handed_as)
    aftercare.relocate(session, ticket, person, place, now)
    report.ground_owner = place.ground or None
    if ticket.status not in queries.AT_WORK or place.latitude is None or place.longitude is None:
        return False
    town = session.get_one(Municipality, ticket.municipality_id)
    if joined.place_of(ticket) == joined.place_of(report):  # it stands where another reporter said, else
        _follow_the_ground(session, town, ticket, place, now, was_outside=was_outside)
        if ticket.handed_as is None:
            hand_over(session, report, person, _as_draft(report, place), now)
    if not had_a_point:
        incidents.notice_report(session, town, report, ticket, now)
    session.flush()
    return (ticket.owner_id, ticket.handed_as) != before


def _follow_the_ground(
    session: Session, town: Municipality, ticket: Ticket, place: Place, now: datetime, *, was_outside: bool
) -> None:
    if ticket.forwarded_at is None:
        ticket.owner = owner_of_ground(session, town, ticket.category, place)
    if ticket.status != TicketStatus.NEW or place.is_outside == was_outside:
        return
    desk = intake.desk_of(session, town)
    inside, outside = ticket.category.department_id, desk.id
    wanted, moved_from = (desk, inside) if place.is_outside else (ticket.category.department, outside)
    if ticket.department_id == moved_from != wanted.id:  # not where an officer has transferred it
        ticket.department = wanted
        hands.offer_to_department(session, ticket, now)


def _as_draft(report: Report, place: Place) -> Draft:
    words = tuple(Words(one.said, one.text) for one in report.messages if one.said and one.text)
    return Draft(token="", words=words, place=place)
