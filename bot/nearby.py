"""เรื่องใกล้ฉัน: open public tickets around a place, by kind, state and square only; and following one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import cards
from bot.database import insert_into
from bot.places.areas import Point, box, distance_metres
from bot.places.cells import Cell, cell_of, middle_of
from bot.places.picture import Marked, draw
from models import Area, Category, Follow, Municipality, Resident, Ticket
from models.lifecycle import OPEN

#: Metres from square to square.
NEAR_M = 1_000
#: Tickets in one answer: cards side by side.
MOST = 9
#: Rows that are looked at; a square kilometre with more has no list that anybody would read.
_IN_A_BOX = 1_000
#: Tickets that one person may follow.
MOST_FOLLOWED = 30


@dataclass(frozen=True, slots=True)
class Near:
    """A ticket as a stranger may know of it: the square it lies in, and how far that is."""

    ticket: Ticket
    cell: Cell
    metres: float


def tickets_near(session: Session, town: Municipality, here: Point, most: int = MOST) -> list[Near]:
    """The open public tickets whose squares lie near the square of a point: nearest first, then newest first."""
    south, north, west, east = box(here, NEAR_M + 200)
    public = select(Category.id).where(Category.municipality_id == town.id, Category.is_public, Category.is_active)
    rows = session.execute(
        select(Ticket.id, Ticket.latitude, Ticket.longitude)
        .where(
            Ticket.municipality_id == town.id,
            Ticket.category_id.in_(public),
            Ticket.latitude.between(south, north),
            Ticket.longitude.between(west, east),
            Ticket.ended_at.is_(None),  # an index holds these by their place
            Ticket.status.in_(OPEN),
        )
        .limit(_IN_A_BOX)
    ).all()
    own = middle_of(cell_of(here))
    found = []
    for row in rows:
        cell = cell_of((row.latitude, row.longitude))
        metres = distance_metres(own, middle_of(cell))
        if metres <= NEAR_M:
            found.append((metres, -row.id, cell))
    nearest = sorted(found)[:most]
    tickets = {
        ticket.id: ticket
        for ticket in session.scalars(select(Ticket).where(Ticket.id.in_([-key for _, key, _ in nearest]))).unique()
    }
    return [Near(tickets[-key], cell, metres) for metres, key, cell in nearest]


def picture(session: Session, town: Municipality, middle: Cell, ticket_ids: Sequence[int]) -> bytes:
    """The map of these tickets as it is now, numbered in their order; what is no longer open or public is left out."""
    wanted = select(Ticket).where(Ticket.id.in_(ticket_ids), Ticket.municipality_id == town.id)
    by_id = {ticket.id: ticket for ticket in session.scalars(wanted).unique()}
    squares: dict[Cell, list[tuple[int, str]]] = {}
    for number, ticket_id in enumerate(ticket_ids, 1):
        ticket = by_id.get(ticket_id)
        if ticket is None or not _is_shown(ticket) or ticket.latitude is None or ticket.longitude is None:
            continue
        square = squares.setdefault(cell_of((ticket.latitude, ticket.longitude)), [])
        square.append((number, cards.tone(ticket)))
    marked = [
        Marked(cell, tuple(number for number, _ in found), found[0][1]) for cell, found in sorted(squares.items())
    ]
    lines = session.scalars(select(Area.geometry).where(Area.municipality_id == town.id, Area.level == "owner")).all()
    return draw(middle, marked, town.outline, lines)


def may_follow(ticket: Ticket) -> bool:
    """Whether strangers may know of it."""
    return _is_shown(ticket)


def _is_shown(ticket: Ticket) -> bool:
    return ticket.category.is_public and ticket.status in OPEN


def follow(session: Session, person: Resident, ticket: Ticket, now: datetime) -> bool:
    """Tell this person what becomes of the ticket from now on; False: they follow too many already."""
    count = select(func.count()).select_from(Follow).join(Ticket, Ticket.id == Follow.ticket_id)
    if (session.scalar(count.where(Follow.resident_id == person.id, Ticket.status.in_(OPEN))) or 0) >= MOST_FOLLOWED:
        return False
    values = {
        "resident_id": person.id, "ticket_id": ticket.id, "municipality_id": ticket.municipality_id, "since": now,
    }  # fmt: skip
    session.execute(insert_into(session, Follow).values(values).on_conflict_do_nothing())
    return True


def unfollow(session: Session, person: Resident, ticket: Ticket) -> None:
    """No more news of it."""
    found = session.get(Follow, (person.id, ticket.id))
    if found is not None:
        session.delete(found)
