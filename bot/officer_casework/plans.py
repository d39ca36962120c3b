"""วางแผน: until when work is planned, as towns plan it: a day, a quarter, the Thai fiscal year."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot import casework
from bot.casework import By, Given
from models import Municipality, Ticket
from models.errors import ReasonMissing
from models.lifecycle import TicketStatus

#: Nothing is planned further ahead: a typing error in the year would silence the promise for a generation.
PLANS_AHEAD = timedelta(days=5 * 366)
#: The Thai fiscal year begins on 1 October and ends on 30 September of the year it is named after.
_FISCAL_YEAR_ENDS = (9, 30)

PeriodName = Literal["week", "month", "quarter", "next_quarter", "fiscal_year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A period that can be chosen, and its last day."""

    name: PeriodName
    ends: date


def periods(today: date) -> list[Period]:
    """The periods an officer may plan for, nearest first; of two that end on the same day only the shorter."""
    quarter = -(-today.month // 3) * 3
    fiscal = date(today.year, *_FISCAL_YEAR_ENDS)
    found = [
        Period("week", today + timedelta(days=6 - today.weekday())),
        Period("month", _last_day(today.year, today.month)),
        Period("quarter", _last_day(today.year, quarter)),
        Period("next_quarter", _last_day(today.year + (quarter == 12), quarter % 12 + 3)),
        Period("fiscal_year", fiscal if today <= fiscal else fiscal.replace(year=today.year + 1)),
    ]
    ends: dict[date, Period] = {}
    for period in found:
        ends.setdefault(period.ends, period)
    return sorted(ends.values(), key=lambda period: period.ends)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def plan(session: Session, ticket: Ticket, until: date, by: By, now: datetime) -> None:
    """Work is planned until this day (in the town's zone); the resident hears by the lifecycle's way.

    :raises ReasonMissing: the day is past, or further away than anybody plans.
    :raises MoveRefused: the lifecycle says no.
    """
    town = session.get_one(Municipality, ticket.municipality_id)
    today = now.astimezone(ZoneInfo(town.timezone)).date()
    if not today <= until <= today + PLANS_AHEAD:
        raise ReasonMissing("a plan ends today or within the next five years")
    casework.move_ticket(session, ticket, TicketStatus.PLANNED, by, now, Given(planned_until=until))
