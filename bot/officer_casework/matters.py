"""What an officer corrects or adds: the category, the owner's number, a photo of the finished work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import joined, news, promises, queries
from bot.casework import By
from bot.drafts import Place
from bot.officer_casework import hands
from bot.officer_casework.repeats import repeats
from bot.opening import owner_of_ground
from models import Category, Correction, Media, Municipality, News, Resident, Ticket
from models.errors import MoveRefused, ReasonMissing
from models.lifecycle import Hears, TicketStatus
from models.news import WAITING

LONGEST_NUMBER = 80
#: News that shows the reporter the ticket's card.
_CARDS = ("moved", "state", "ticket")


def recategorise(session: Session, ticket: Ticket, category: Category, by: By, now: datetime) -> None:
    """เปลี่ยนประเภท: the number stays; department, owner and date follow category and place; kept as a correction.

    The resident hears where the ticket stands with the next reply, at the latest on the date promised before.

    :raises MoveRefused: work on the ticket has ended, or it has this category already.
    """
    if ticket.status not in queries.AT_WORK:
        raise MoveRefused("the category of finished work stays")
    if category.id == ticket.category_id or category.municipality_id != ticket.municipality_id:
        raise MoveRefused("that is no other category of this town")
    before, department_before = ticket.category, ticket.department_id
    place = joined.stands_at(session, ticket)
    ticket.category = category
    if not (place.is_outside and ticket.department.is_desk):  # nobody here but the desk looks after it there
        ticket.department = category.department
    _follow_owner(session, ticket, category, place)
    session.flush()
    _keep_as_correction(session, ticket, before, category, by, now)
    promised = ticket.due_at
    _date_anew(session, ticket, now)
    ticket.remember(
        "recategorised", by.actor, now, officer=by.officer, detail={"from": before.code, "to": category.code}
    )
    if ticket.department_id != department_before or category.is_confidential != before.is_confidential:
        hands.offer_to_department(session, ticket, now)  # other people work on it from now on
    _tell_where_it_stands(session, ticket, now, promised)
    session.flush()


def _follow_owner(session: Session, ticket: Ticket, category: Category, place: Place) -> None:
    """The owner of category or ground, unless the ticket is at an owner now: a letter that was sent stays sent."""
    town = session.get_one(Municipality, ticket.municipality_id)
    owner = owner_of_ground(session, town, category, place)
    if ticket.status == TicketStatus.FORWARDED or ticket.owner_id == (owner.id if owner is not None else None):
        return
    ticket.owner = owner
    ticket.forward_way = ticket.forward_number = ticket.forward_said = None
    ticket.forwarded_at = ticket.follow_up_at = None


def _keep_as_correction(
    session: Session, ticket: Ticket, before: Category, after: Category, by: By, now: datetime
) -> None:
    guessed = next((report for report in ticket.reports if report.guessed_category), None)
    session.add(
        Correction(
            municipality_id=ticket.municipality_id,
            ticket_id=ticket.id,
            report_id=guessed.id if guessed else None,
            at=now,
            actor=by.actor,
            officer_id=by.officer.id if by.officer else None,
            from_category=before.code,
            to_category=after.code,
            model_version=guessed.model_version if guessed else None,
        )
    )


def _date_anew(session: Session, ticket: Ticket, now: datetime) -> None:
    """The category's promise since the last word; a date that would lie in the past is counted from now."""
    town = session.get_one(Municipality, ticket.municipality_id)
    since = ticket.last_word_at or ticket.created_at
    due = promises.next_word_at(town, ticket, since)
    ticket.due_at = promises.next_word_at(town, ticket, now) if due is not None and due <= now else due


def _tell_where_it_stands(session: Session, ticket: Ticket, now: datetime, promised: datetime | None) -> None:
    """With the next reply; a date that moved further away is kept by a push on the old one (`promised`).

    A card that waits anyway is made when it goes out, and shows then what is true then.
    """
    is_later = promised is not None and ticket.due_at is not None and ticket.due_at > promised
    push_at = promised if is_later else None
    for person in news.reporters(session, ticket):
        waiting = session.scalars(
            select(News).where(
                News.resident_id == person.id,
                News.ticket_id == ticket.id,
                News.state == WAITING,
                News.kind.in_(_CARDS),
                News.is_for_officer.is_(False),
            )
        ).first()
        if waiting is None:
            news.tell(session, person, ticket, "state", now, way=Hears.NEXT_REPLY, push_at=push_at)
        elif push_at is not None:
            waiting.push_at = min(waiting.push_at or push_at, push_at)


def set_forward_number(
    session: Session, ticket: Ticket, by: By, number: str, now: datetime, *, said: str = ""
) -> None:
    """The owner's letter or case number, as it came later; reporters see it with the next reply.

    `said` is LINE's id of the message it came with.

    :raises MoveRefused: the ticket is with no owner.
    :raises ReasonMissing: no number, or one longer than 80 characters.
    """
    number = " ".join(number.split())
    if ticket.status != TicketStatus.FORWARDED:
        raise MoveRefused("only a forwarded ticket has an owner's number")
    if not number or len(number) > LONGEST_NUMBER:
        raise ReasonMissing(f"a case number has 1 to {LONGEST_NUMBER} characters")
    ticket.forward_number, ticket.forward_said = number, said or None
    # The number is somebody's free words, and the history keeps none: nothing could be taken out of it again.
    ticket.remember("forward_updated", by.actor, now, officer=by.officer)
    _tell_where_it_stands(session, ticket, now, None)
    session.flush()


def photo_came(session: Session, photo: Media, now: datetime) -> None:
    """A photo of finished work was fetched after the work had been told: one that repeats a picture is taken off again.

    Whoever sent it hears why, and may send another.
    """
    ticket = session.get(Ticket, photo.ticket_id) if photo.ticket_id is not None else None
    if photo.purpose != "after" or photo.state != "stored" or ticket is None:
        return
    if repeats(session, photo, ticket) is None:
        return
    photo.state = "erased"
    sender = session.get_one(Resident, photo.resident_id)
    kind = "officer.photo_repeats"
    news.tell(session, sender, ticket, kind, now, way=Hears.PUSH_AT_ONCE, urgency="other", is_for_officer=True)


def add_after_photo(session: Session, ticket: Ticket, photo: Media, by: By, now: datetime) -> None:
    """A photo of the finished work that came after the words."""
    photo.ticket_id, photo.purpose = ticket.id, "after"
    ticket.remember("media", by.actor, now, officer=by.officer, detail={"media": photo.id})
    session.flush()
