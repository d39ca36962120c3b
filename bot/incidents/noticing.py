"""A report comes in: does it belong to an incident, or does it make one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from bot import officer_news, queries, rights
from bot.incidents import chance, counting
from bot.places.areas import Point, box, distance_metres
from models import Category, Incident, IncidentTicket, Municipality, Officer, Report, Ticket
from models.incident import OPEN, OVER

#: After so long without a report, and without a word of the town, it is over by itself.
QUIET = timedelta(hours=24)
#: Reports of one window that are looked at; more of one kind in two hours are an incident long since.
_IN_A_WINDOW = 2_000


def notice_report(
    session: Session, town: Municipality, report: Report, ticket: Ticket, now: datetime
) -> Incident | None:
    """Count a new report, add its ticket to the incident around it, or make one where there are more than usual.

    The incident that the ticket belongs to now, if any. Who must know is told at once when one is made.
    """
    category = ticket.category
    counting.count(session, town, report, category.id, now)
    if report.latitude is None or report.longitude is None or report.is_outside or category.is_confidential:
        return None
    here = (report.latitude, report.longitude)
    found = around(session, town, category, here, now)
    if found is None:
        seen = _others(session, town, category, here, now)
        judged = chance.judge(
            len({one.who for one in seen}), category.radius_m, _usual(session, town, category, here, now, seen)
        )
        if not judged.is_outbreak:
            return None
        # Two that notice it at the same moment make one incident.
        session.execute(select(Municipality.id).where(Municipality.id == town.id).with_for_update(key_share=True))
        found = around(session, town, category, here, now)
        if found is None:
            return _make(session, town, category, seen, judged, ticket, now)
    found.last_report_at = now
    _hold(session, found, [ticket.id], now)
    return found


def around(session: Session, town: Municipality, category: Category, here: Point, now: datetime) -> Incident | None:
    """The open incident of this kind that the point lies in, the nearest; one that has been quiet for a day is none."""
    wanted = select(Incident).where(
        Incident.municipality_id == town.id, Incident.state == OPEN, Incident.category_id == category.id
    )
    near: list[tuple[float, Incident]] = []
    for incident in session.scalars(wanted.order_by(Incident.id)).all():
        last_word = max([incident.last_report_at, *(words.said_at for words in incident.words)])
        if now - last_word > QUIET:
            incident.state, incident.ended_at = OVER, now
            continue
        metres = distance_metres(here, (incident.latitude, incident.longitude))
        if metres <= incident.radius_m:
            near.append((metres, incident))
    return min(near, key=lambda one: one[0])[1] if near else None


def end(incident: Incident, officer: Officer, now: datetime) -> None:
    """จบเหตุ: who reports from now on makes ordinary tickets; those it holds stay as they are."""
    if incident.state == OPEN:
        incident.state, incident.ended_at, incident.ended_by_id = OVER, now, officer.id


@dataclass(frozen=True, slots=True)
class _Seen:
    """One report of the window: by whom (a resident, or a reporter without LINE), on which ticket, where, when."""

    who: str
    ticket_id: int
    point: Point
    at: datetime


def _others(session: Session, town: Municipality, category: Category, here: Point, now: datetime) -> list[_Seen]:
    """The newest report of everybody within reach in the last two hours, of this kind, that no incident holds."""
    reach = chance.reach_m(category.radius_m)
    nobody_known = case((Report.resident_id.is_(None) & Report.contact.is_(None), Report.id), else_=0)
    # Asked first, not beside: PostgreSQL, without statistics, may ask it again for every report there is.
    newest = session.scalars(
        _in_the_window(select(func.max(Report.id)), town, category, here, reach, now)
        .group_by(Report.resident_id, Report.contact, nobody_known)
        .limit(_IN_A_WINDOW)
    ).all()
    rows = session.execute(
        select(
            Report.id, Report.resident_id, Report.contact, Report.ticket_id, Report.latitude, Report.longitude,
            Report.created_at,
        ).where(Report.id.in_(newest))
    ).all()  # fmt: skip
    found = []
    for row in rows:
        point = (row.latitude, row.longitude)
        if distance_metres(here, point) <= reach:
            who = f"resident {row.resident_id}" if row.resident_id else f"contact {row.contact or row.id}"
            found.append(_Seen(who, row.ticket_id, point, row.created_at))
    return found


def _in_the_window(
    what: Select[Any], town: Municipality, category: Category, here: Point, reach: float, now: datetime
) -> Select[Any]:
    """Asked of the reports of this kind, made in the last two hours in a square around a point, in no incident."""
    south, north, west, east = box(here, reach)
    return (
        what.join(Ticket, Ticket.id == Report.ticket_id)
        .outerjoin(IncidentTicket, IncidentTicket.ticket_id == Ticket.id)
        .where(
            Report.municipality_id == town.id,
            Report.created_at > now - chance.WINDOW,
            Report.withdrawn_at.is_(None),
            Report.latitude.between(south, north),
            Report.longitude.between(west, east),
            Ticket.category_id == category.id,
            IncidentTicket.ticket_id.is_(None),
        )
    )


def _usual(
    session: Session, town: Municipality, category: Category, here: Point, now: datetime, seen: Sequence[_Seen]
) -> chance.Usual:
    """Not asked of the database where the answer cannot matter."""
    if len({one.who for one in seen}) < chance.FEWEST or category.radius_m >= chance.SURE_M:
        return chance.Usual()
    return counting.usual(session, town, category.id, here, chance.reach_m(category.radius_m), now)


def _make(
    session: Session, town: Municipality, category: Category, seen: Sequence[_Seen], judged: chance.Judgement,
    ticket: Ticket, now: datetime,
) -> Incident:  # fmt: skip
    middle = (
        sum(one.point[0] for one in seen) / len(seen),
        sum(one.point[1] for one in seen) / len(seen),
    )
    incident = Incident(
        municipality_id=town.id,
        category=category,
        category_id=category.id,
        rule=judged.rule,
        chance=judged.chance,
        reporters=len({one.who for one in seen}),
        latitude=middle[0],
        longitude=middle[1],
        radius_m=2 * chance.reach_m(category.radius_m),
        state=OPEN,
        began_at=min(one.at for one in seen),
        noticed_at=now,
        last_report_at=now,
    )
    session.add(incident)
    session.flush()
    reach = chance.reach_m(category.radius_m)
    all_of_them = _in_the_window(select(Report.ticket_id), town, category, middle, reach, now).limit(_IN_A_WINDOW)
    _hold(session, incident, sorted({*session.scalars(all_of_them), *(one.ticket_id for one in seen), ticket.id}), now)
    ticket.become_urgent(now)  # not accepted in ten minutes, those above hear of it
    officer_news.tell_officers(session, ticket, "officer.incident", now, urgent=True)
    return incident


def _hold(session: Session, incident: Incident, ticket_ids: Sequence[int], now: datetime) -> None:
    there = set(session.scalars(select(IncidentTicket.ticket_id).where(IncidentTicket.ticket_id.in_(ticket_ids))))
    session.add_all(
        IncidentTicket(ticket_id=ticket_id, incident_id=incident.id, added_at=now)
        for ticket_id in ticket_ids
        if ticket_id not in there
    )
    session.flush()


def tickets_of(session: Session, incident: Incident, officer: Officer) -> list[Ticket]:
    """The tickets it holds that this officer may see, oldest first; a merged one is seen as the one it went into."""
    wanted = select(Ticket).join(IncidentTicket, IncidentTicket.ticket_id == Ticket.id)
    held = wanted.where(IncidentTicket.incident_id == incident.id, rights.may_see(session, officer))
    found = map(queries.standing, session.scalars(held.order_by(Ticket.id)).unique())
    return list({ticket.id: ticket for ticket in found}.values())
