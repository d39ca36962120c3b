"""Who of the town may work on a ticket, and who is told of it.

An officer works on the tickets of his or her departments; the desk, supervisors and administrators on all. A
confidential ticket (conduct, corruption) is only for the people named for it; until one is named, the administrators.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from models import Approval, Category, DutyShift, Municipality, Officer, Ticket
from models.approval import ASKED
from models.officer import Role


def officer_of(session: Session, resident_id: int) -> Officer | None:
    """The officer this LINE account is, while the town has not revoked it."""
    return session.scalars(
        select(Officer).where(Officer.resident_id == resident_id, Officer.revoked_at.is_(None))
    ).one_or_none()


def may_work_on(session: Session, officer: Officer, ticket: Ticket) -> bool:
    """Whether this officer may see the ticket and act on it, now."""
    if not officer.is_active or officer.municipality_id != ticket.municipality_id:
        return False
    if ticket.category.is_confidential:
        return _is_trusted(session, officer)
    return officer.sees_everything or any(own.id == ticket.department_id for own in officer.departments)


def may_see(session: Session, officer: Officer) -> ColumnElement[bool]:
    """`may_work_on` as a condition on tickets, for lists."""
    if not officer.is_active:
        return false()
    categories = session.scalars(select(Category).where(Category.municipality_id == officer.municipality_id))
    confidential = [category.id for category in categories.unique() if category.is_confidential]
    if officer.sees_everything:
        ordinary: ColumnElement[bool] = true()
    else:
        ordinary = Ticket.department_id.in_([own.id for own in officer.departments])
    trusted = Ticket.category_id.in_(confidential) if _is_trusted(session, officer) else false()
    own_town = Ticket.municipality_id == officer.municipality_id
    return own_town & (trusted | (ordinary & Ticket.category_id.not_in(confidential)))


def may_decide(session: Session, officer: Officer, ticket: Ticket) -> bool:
    """Whether this person may end the ticket without asking, and agree to what others ask."""
    if not may_work_on(session, officer, ticket):
        return False
    # What is said about the town's own people is for the few who are named for it, and for nobody above them.
    return ticket.category.is_confidential or officer.role in (Role.SUPERVISOR, Role.ADMIN)


def needs_approval(session: Session, officer: Officer, ticket: Ticket) -> bool:
    """Whether this officer's ยุติเรื่อง waits for a supervisor."""
    town = session.get_one(Municipality, ticket.municipality_id)
    is_asked_for = bool(town.settings.get("rejecting_needs_supervisor"))
    return is_asked_for and not ticket.is_urgent and not may_decide(session, officer, ticket)


def asked_to_end(session: Session, ticket: Ticket) -> Approval | None:
    """What the supervisors were asked about this ticket and have not decided."""
    statement = select(Approval).where(Approval.ticket_id == ticket.id, Approval.state == ASKED)
    return session.scalars(statement.order_by(Approval.id.desc()).limit(1)).first()


def _is_trusted(session: Session, officer: Officer) -> bool:
    if officer.is_named_for_conduct:
        return True
    return officer.role == Role.ADMIN and not any(one.is_named_for_conduct for one in _active(session, officer))


def _active(session: Session, belongs: Officer | Ticket) -> list[Officer]:
    """The town's officers who were not revoked, in the order they came."""
    statement = (
        select(Officer)
        .where(Officer.municipality_id == belongs.municipality_id, Officer.revoked_at.is_(None))
        .order_by(Officer.id)
    )
    return list(session.scalars(statement).unique())


#: Who forgot to go off duty is not the only one to be woken for ever.
DUTY_LASTS = timedelta(hours=24)


def is_on_duty(officer: Officer, now: datetime) -> bool:
    """Whether this officer is on duty now: since less than a day, and reachable."""
    since = officer.on_duty_since
    return since is not None and now - since < DUTY_LASTS and officer.resident.blocked_at is None


def on_duty(session: Session, officers: Sequence[Officer], now: datetime) -> list[Officer]:
    """Those of the officers who said that they are on duty, or whose turn it is on the roster."""
    turns = select(DutyShift.officer_id).where(
        DutyShift.officer_id.in_([one.id for one in officers]), DutyShift.starts_at <= now, DutyShift.ends_at > now
    )
    has_turn = set(session.scalars(turns))
    return [
        one
        for one in officers
        if is_on_duty(one, now) or (one.id in has_turn and one.resident.blocked_at is None)
    ]


def is_above(officer: Officer) -> bool:
    """A supervisor or an administrator."""
    return officer.role in (Role.SUPERVISOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class People:
    """Who works for the town on one ticket. One person may stand in several lists."""

    team: list[Officer]  # of the ticket's department
    desk: list[Officer]
    supervisors: list[Officer]
    administrators: list[Officer]


def people_for(session: Session, ticket: Ticket) -> People:
    """The people for a ticket; for a confidential one every list holds the trusted few."""
    active = _active(session, ticket)
    if ticket.category.is_confidential:
        named = [one for one in active if one.is_named_for_conduct]
        trusted = named or [one for one in active if one.role == Role.ADMIN]
        return People(trusted, trusted, trusted, trusted)
    return People(
        team=[one for one in active if any(own.id == ticket.department_id for own in one.departments)],
        desk=[one for one in active if any(own.is_desk for own in one.departments)],
        supervisors=[one for one in active if one.role == Role.SUPERVISOR],
        administrators=[one for one in active if one.role == Role.ADMIN],
    )


def colleagues(session: Session, ticket: Ticket, officer: Officer | None) -> list[Officer]:
    """To whom of its department this officer may give the ticket, in the order they came: not to whoever has it.

    What nobody has is accepted, not given to oneself; what a colleague has may be taken over.
    """
    barred = {ticket.assignee_id} if ticket.assignee_id or officer is None else {officer.id}
    team = people_for(session, ticket).team
    return [one for one in team if one.id not in barred and may_work_on(session, one, ticket)]
