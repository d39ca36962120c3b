"""A new ticket of a town: its number, its people, whose matter the ground makes it, and the date of the first word."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import promises
from bot.drafts import Place
from bot.places import ground
from bot.ticket_numbers import take_number
from models import Category, Department, Municipality, Owner, Ticket
from models.lifecycle import TicketStatus


def open_ticket(
    session: Session,
    town: Municipality,
    category: Category,
    place: Place,
    now: datetime,
    *,
    is_urgent: bool,
    department: Department | None = None,
    mark: str | None = None,
    split_from: Ticket | None = None,
) -> Ticket:
    """A ticket without a report yet, and without history: the caller says what opened it. Flushed.

    It goes to the category's department, unless the caller names another (the desk, say).
    """
    ticket = Ticket(
        municipality_id=town.id,
        number=take_number(session, town, now),
        status=TicketStatus.NEW,
        mark=mark,
        is_urgent=is_urgent,
        category=category,
        department=department or category.department,
        owner=owner_of_ground(session, town, category, place),
        split_from_id=split_from.id if split_from is not None else None,
        latitude=place.latitude,
        longitude=place.longitude,
        place_words=place.words or None,
        created_at=now,
        moved_at=now,
    )
    ticket.due_at = promises.next_word_at(town, ticket, now)
    session.add(ticket)
    session.flush()
    return ticket


def owner_of_ground(session: Session, town: Municipality, category: Category, place: Place) -> Owner | None:
    """Whose matter it is by the ground: the owner of the road, canal or estate, where the town's layer says so.

    A category that is always an owner's matter stays that owner's, and a rough point decides nothing.
    """
    if category.owner is not None or place.is_outside or place.latitude is None or place.longitude is None:
        return category.owner
    if place.accuracy_m is not None and place.accuracy_m > ground.BORDER_M:
        return None
    piece = ground.ground_of(session).at(place.latitude, place.longitude).owner_for(category.code, town.code)
    if piece is None or place.ground == "ours" or (piece.asks and place.ground != piece.owner):
        return None
    return session.scalars(
        select(Owner).where(Owner.municipality_id == town.id, Owner.code == piece.owner, Owner.is_active)
    ).one_or_none()
