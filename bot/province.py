"""What a province's supervisors see of the towns that it lies over: counts. Never a ticket, never anybody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.replies import Line
from bot.wording import Wording
from models import Category, Municipality, Officer, Ticket
from models.lifecycle import OPEN


@dataclass(frozen=True, slots=True)
class Counts:
    """One town in figures. Confidential matters are not counted: even their number may tell."""

    town: Municipality
    open: int
    overdue: int


def counts(session: Session, province: Municipality, now: datetime) -> list[Counts]:
    """The open tickets of every town that the province lies over, in the order of its profile."""
    codes: list[str] = province.settings.get("over", [])
    towns = {town.code: town for town in session.scalars(select(Municipality).where(Municipality.code.in_(codes)))}
    is_overdue = (Ticket.due_at < now) & Ticket.paused_at.is_(None)  # a promise that stands still is not late
    statement = (
        select(Ticket.municipality_id, func.count(), func.sum(case((is_overdue, 1), else_=0)))
        .join(Category, Category.id == Ticket.category_id)
        .where(
            Ticket.municipality_id.in_([town.id for town in towns.values()]),
            Ticket.status.in_(OPEN),
            Category.code != "service",
        )
        .group_by(Ticket.municipality_id)
    )
    found = {town_id: (number, late or 0) for town_id, number, late in session.execute(statement)}
    return [Counts(towns[code], *found.get(towns[code].id, (0, 0))) for code in codes if code in towns]


def lines(session: Session, town: Municipality, officer: Officer | None, w: Wording, now: datetime) -> list[Line]:
    """A line for each town on a supervisor's card of today; nothing where the municipality lies over none."""
    if officer is None or not officer.sees_everything or not town.settings.get("over"):
        return []
    return [
        Line(
            w.either(one.town.name_th, one.town.name_en),
            w("officer.today.of_a_town", open=one.open, overdue=one.overdue),
        )
        for one in counts(session, town, now)
    ]
