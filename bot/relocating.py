"""Where it is, said after the ticket was made: whose matter it is follows, as if it had been said first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot import aftercare, incidents, intake, joined, queries
from bot.drafts import Place
from bot.handing_over import hand_over
from bot.officer_casework import hands
from bot.opening import owner_of_ground
from models import Municipality, Report, Resident, Ticket
from models.lifecycle import Actor, TicketStatus


def relocate(session: Session, ticket: Ticket, person: Resident, place: Place, now: datetime) -> bool:
    """A missing place, a better one, or the answer to a question. Whether it is somebody else's matter now than before.

    The owner of the ground, the desk for what lies outside, the town that it is handed to and the incident around it
    follow while there is work on the ticket; what an officer forwarded stays where it was sent.
    """
    report = aftercare.own_reports(session, ticket, person)[-1]
    was_outside, had_a_point = report.is_outside, report.latitude is not None
    aftercare.relocate(session, ticket, person, place, now)
    report.ground_owner = place.ground or None
    return _follow(session, ticket, report, person, place, now, was_outside=was_outside, had_a_point=had_a_point)


def answer_ground(session: Session, ticket: Ticket, person: Resident, place: Place, now: datetime) -> bool:
    """The same place, of which its reporter says now on whose ground it is. As for `relocate`."""
    report = aftercare.own_reports(session, ticket, person)[-1]
    was_outside = report.is_outside
    report.ground_owner, report.is_outside = place.ground or None, place.is_outside
    ticket.remember("relocated", Actor.RESIDENT, now, resident_id=person.id)
    return _follow(session, ticket, report, person, place, now, was_outside=was_outside, had_a_point=True)


def _follow(
    session: Session, ticket: Ticket, report: Report, person: Resident, place: Place, now: datetime, *,
    was_outside: bool, had_a_point: bool,
) -> bool:  # fmt: skip
    before = (ticket.owner_id, ticket.handed_as)
    if ticket.status not in queries.AT_WORK or place.latitude is None or place.longitude is None:
        return False
    town = session.get_one(Municipality, ticket.municipality_id)
    if joined.place_of(ticket) == joined.place_of(report):  # it stands where another reporter said, else
        _follow_the_ground(session, town, ticket, place, now, was_outside=was_outside)
        if ticket.handed_as is None:
            hand_over(session, report, person, replace(intake.draft_again(session, ticket, report), place=place), now)
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
