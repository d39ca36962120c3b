"""What is usual: reports counted per month by kind, hour and cell, in a handful of rows that are read by key."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from bot.database import INSERTS
from bot.incidents.chance import Usual
from bot.places.areas import Point, box
from models import Municipality, Report, ReportCount, Ticket

#: One cell is a hundredth of a degree, about 1.1 km, on each side.
CELLS_A_DEGREE = 100
EVERYTHING = "all"
Cell = tuple[int, int]


def cell_of(latitude: float, longitude: float) -> Cell:
    """The cell a point lies in."""
    return math.floor(latitude * CELLS_A_DEGREE), math.floor(longitude * CELLS_A_DEGREE)


def cells_within(here: Point, reach_m: float) -> list[Cell]:
    """The cells that hold everything so near: one to four, as long as the reach is shorter than a cell."""
    south, north, west, east = box(here, reach_m)
    (low, left), (high, right) = cell_of(south, west), cell_of(north, east)
    return [(row, column) for row in range(low, high + 1) for column in range(left, right + 1)]


def hours_around(hour: int) -> list[int]:
    """Four hours of the day, of which the window is two: the hour itself, two before and one after."""
    return [(hour + step) % 24 for step in (-2, -1, 0, 1)]


# Statements are built once: building one takes as long as asking it.
_BEFORE = (
    select(Report.id)
    .join(Ticket, Ticket.id == Report.ticket_id)
    .where(
        Report.resident_id == bindparam("resident"),
        Report.created_at > bindparam("since"),
        Report.id != bindparam("this"),
        Ticket.category_id == bindparam("category"),
    )
    .limit(1)
)
_COUNTED = (
    select(ReportCount.key, func.sum(ReportCount.count), func.min(ReportCount.first_at))
    .where(
        ReportCount.municipality_id == bindparam("town"),
        ReportCount.category_id == bindparam("category"),
        ReportCount.key.in_(bindparam("keys", expanding=True)),
        ReportCount.month >= bindparam("since"),
    )
    .group_by(ReportCount.key)
)


def _counting(insert: Any) -> Any:
    names = ("municipality_id", "category_id", "key", "month", "first_at")
    one = insert(ReportCount).values({name: bindparam(name) for name in names} | {"count": 1})
    return one.on_conflict_do_update(
        index_elements=["municipality_id", "category_id", "key", "month"], set_={"count": ReportCount.count + 1}
    )


_COUNTING = {name: _counting(insert) for name, insert in INSERTS.items()}


def count(session: Session, town: Municipality, report: Report, category_id: int, now: datetime) -> None:
    """Count a report, once a day for one resident and kind."""
    if report.resident_id is not None and _counted_today(session, report, category_id, now):
        return
    local = now.astimezone(ZoneInfo(town.timezone))
    keys = [EVERYTHING, _hour_key(local.hour)]
    if report.latitude is not None and report.longitude is not None:
        keys.append(_cell_key(cell_of(report.latitude, report.longitude)))
    values = [
        {
            "municipality_id": town.id, "category_id": category_id, "key": key, "month": local.strftime("%Y-%m"),
            "first_at": now,
        }
        for key in keys
    ]  # fmt: skip
    session.execute(_COUNTING[session.get_bind().dialect.name], values)


def usual(session: Session, town: Municipality, category_id: int, here: Point, reach_m: float, now: datetime) -> Usual:
    """What was counted of this kind in the last twelve months, within reach of this place and around this hour."""
    local = now.astimezone(ZoneInfo(town.timezone))
    cells = [_cell_key(cell) for cell in cells_within(here, reach_m)]
    hours = [_hour_key(hour) for hour in hours_around(local.hour)]
    since = f"{local.year - (local.month < 12)}-{local.month % 12 + 1:02d}"  # eleven months before this one
    asked = {"town": town.id, "category": category_id, "keys": [EVERYTHING, *hours, *cells], "since": since}
    rows = session.execute(_COUNTED, asked).all()
    counts = {key: float(number) for key, number, _ in rows}
    began = next((first for key, _, first in rows if key == EVERYTHING), now)
    return Usual(
        total=counts.get(EVERYTHING, 0.0),
        at_this_hour=sum(counts.get(hour, 0.0) for hour in hours) / 2,
        around_here=sum(counts.get(cell, 0.0) for cell in cells),
        days=max((now - began) / timedelta(days=1), 0.0),
    )


def _counted_today(session: Session, report: Report, category_id: int, now: datetime) -> bool:
    asked = {
        "resident": report.resident_id, "since": now - timedelta(days=1), "this": report.id, "category": category_id
    }
    return session.scalars(_BEFORE, asked).first() is not None


def _hour_key(hour: int) -> str:
    return f"h{hour:02d}"


def _cell_key(cell: Cell) -> str:
    return f"c{cell[0]}:{cell[1]}"
