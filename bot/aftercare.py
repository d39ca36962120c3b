"""What a resident may do with an own ticket: add, answer, withdraw, say it is fixed or not, ask for a review, rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import casework, handing_over, joined, news, officer_news
from bot.casework import By, move_ticket
from bot.drafts import Place
from models import Media, Message, Municipality, Officer, Report, Resident, Ticket
from models.errors import MoveRefused, NotAllowed
from models.lifecycle import OPEN, Actor, TicketStatus


@dataclass(frozen=True, slots=True)
class Said:
    """Something a resident said about a ticket: words or media, with LINE's message id."""

    said: str | None = None
    text: str | None = None
    media: Sequence[Media] = ()


@dataclass(frozen=True, slots=True)
class InTheirName:
    """A reporter without LINE, whose own word an officer records; the history names that officer."""

    report: Report
    officer: Officer


Whose = Resident | InTheirName


def by_of(person: Whose) -> By:
    """In whose name a reporter's act is done."""
    if isinstance(person, InTheirName):
        return By(Actor.RESIDENT, officer=person.officer)
    return By(Actor.RESIDENT, resident_id=person.id)


def _remember(
    ticket: Ticket,
    kind: str,
    person: Whose,
    now: datetime,
    *,
    message_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    by = by_of(person)
    ticket.remember(
        kind, by.actor, now, officer=by.officer, resident_id=by.resident_id, message_id=message_id, detail=detail
    )


def own_reports(session: Session, ticket: Ticket, person: Whose) -> list[Report]:
    """This person's reports on the ticket that were not withdrawn.

    :raises NotAllowed: there are none: it is somebody else's ticket.
    """
    its_own = Report.id == person.report.id if isinstance(person, InTheirName) else Report.resident_id == person.id
    found = session.scalars(
        select(Report).where(Report.ticket_id == ticket.id, its_own, Report.withdrawn_at.is_(None))
    ).all()
    if not found:
        raise NotAllowed("only its reporter may do that")
    return list(found)


def add(
    session: Session, ticket: Ticket, person: Whose, said: Said, now: datetime, *, is_danger: bool = False
) -> Literal["answer", "comment", "late"]:
    """Add words or media to an own ticket.

    The first answer to a pending question takes the ticket back to its status before; everything else is a comment.
    "late": the ticket has ended; the words are kept for the officer all the same. `is_danger` reaches the officers at
    once.
    """
    own_reports(session, ticket, person)
    by = by_of(person)
    is_answer = ticket.status == TicketStatus.WAITING
    kind = "answer" if is_answer else "comment"
    message = casework.say_on_ticket(session, ticket, kind, by, said.text, said.said, now)
    for media in said.media:
        media.ticket_id, media.purpose = ticket.id, "thread"
        media.message_id = message.id if message else None
    _hand_over(session, ticket, person, kind, message, now, is_danger=is_danger)
    if is_answer:
        return "answer"
    _comment_there(session, ticket, person, message, said.media, now, is_danger=is_danger)
    return "comment" if ticket.status in OPEN else "late"


def _hand_over(
    session: Session,
    ticket: Ticket,
    person: Whose,
    kind: str,
    message: Message | None,
    now: datetime,
    *,
    is_danger: bool,
) -> None:
    """Write into the history that something was said, let an answer restore the ticket, and tell the officer."""
    message_id = message.id if message else None
    _remember(ticket, kind, person, now, message_id=message_id)
    if kind == "answer":
        casework.restore(session, ticket, now)
    officer_news.tell_officers(session, ticket, f"officer.{kind}", now, message_id=message_id, urgent=is_danger)


def _comment_there(
    session: Session, ticket: Ticket, person: Whose, message: Message | None, media: Sequence[Media], now: datetime, *,
    is_danger: bool,
) -> None:  # fmt: skip
    """The same in a town that the report was handed to, unless it is confidential here by now.

    No answer is passed on: what this town asked for, a telephone number say, was given to this town.
    """
    if ticket.category.is_confidential:
        return
    for copy in handing_over.standing_copies(session, own_reports(session, ticket, person)):
        there = _lock_where_it_stands(session, copy)
        if copy.withdrawn_at is None:
            twin = handing_over.comment_there(session, there, message, media, now)
            by, said = person.id if isinstance(person, Resident) else None, twin.id if twin is not None else None
            there.remember("comment", Actor.RESIDENT, now, resident_id=by, message_id=said)
            officer_news.tell_officers(session, there, "officer.comment", now, message_id=said, urgent=is_danger)


def relocate(session: Session, ticket: Ticket, person: Whose, place: Place, now: datetime) -> None:
    """Where it is, said after the ticket was made: a missing place, a better one, or the answer to a question.

    The ticket's own place follows unless it is another reporter's, and so does the report's on a ticket that was merged
    into it, and all of it in a town that the report was handed to. An open urgent ticket's place reaches the officers
    at once.
    """
    report = own_reports(session, ticket, person)[-1]
    kind = "answer" if ticket.status == TicketStatus.WAITING else "comment"
    _place(session, ticket, report, place)
    _say_where(session, ticket, person, kind, place, now)
    for copy in handing_over.copies(session, [report]):
        there = _lock_where_it_stands(session, copy)
        town = session.get_one(Municipality, there.municipality_id)
        _place(session, there, copy, replace(place, is_outside=handing_over.is_beyond(session, town, place)))
        _say_where(session, there, person, "comment", place, now)  # what that town asked, it did not ask this person


def _place(session: Session, ticket: Ticket, report: Report, place: Place) -> None:
    moved = [one for one in joined.tree(session, ticket)[1:] if joined.place_of(one) == joined.place_of(report)]
    if not _is_anothers(session, ticket, report):
        moved.append(ticket)
    for one in moved:
        one.latitude, one.longitude, one.place_words = place.latitude, place.longitude, place.words or None
    report.latitude, report.longitude = place.latitude, place.longitude
    report.place_words, report.place_said = place.words or None, place.said or None
    report.is_outside, report.place_accuracy_m = place.is_outside, place.accuracy_m


def _say_where(session: Session, ticket: Ticket, person: Whose, kind: str, place: Place, now: datetime) -> None:
    _remember(ticket, "relocated", person, now)
    by = by_of(person)
    message = casework.say_on_ticket(session, ticket, kind, by, place.words or None, place.said or None, now)
    session.flush()
    is_danger = ticket.is_urgent and ticket.status in OPEN
    _hand_over(session, ticket, person, kind, message, now, is_danger=is_danger)


def _is_anothers(session: Session, ticket: Ticket, report: Report) -> bool:
    """Whether the ticket stands at a place that another reporter gave."""
    if joined.place_of(ticket) in ((None, None, None), joined.place_of(report)):
        return False
    others = (one for one in _standing(session, ticket) if one is not report)
    return any(one.resident_id is None or one.resident_id != report.resident_id for one in others)


def withdraw(
    session: Session, ticket: Ticket, person: Whose, now: datetime, *, unless_begun_there: bool = False
) -> bool:
    """ยกเลิก: take back one's own report; the ticket ends with its last. True when it ended.

    A town that it was handed to hears of it; its ticket ends with the ticket here, unless others report there too.
    `unless_begun_there`: not what has been taken up in that town.

    :raises MoveRefused: on a resolved ticket, which wants เรียบร้อยแล้ว or ยังไม่เรียบร้อย instead.
    """
    reports = own_reports(session, ticket, person)
    if ticket.status not in OPEN - {TicketStatus.RESOLVED}:
        raise MoveRefused("only open work can be withdrawn")
    others = [report for report in _standing(session, ticket) if report not in reports]
    if others:
        for report in reports:
            report.withdrawn_at = now
        _forget(session, person, ticket)
        _remember(ticket, "withdrawn", person, now)
    else:
        move_ticket(session, ticket, TicketStatus.CANCELLED, by_of(person), now)
        for report in reports:
            report.withdrawn_at = now
        _forget(session, person, ticket)
    officer_news.tell_officers(session, ticket, "officer.withdrawn", now)
    # What another reporter was told is in that town's hands stays there until nobody here reports it any more.
    of_these = reports if others else session.scalars(select(Report).where(Report.ticket_id == ticket.id)).all()
    for copy in handing_over.copies(session, of_these):
        _withdraw_there(session, copy, person, now, goes_on_here=bool(others), unless_begun=unless_begun_there)
    return not others


def _withdraw_there(
    session: Session, copy: Report, person: Whose, now: datetime, *, goes_on_here: bool, unless_begun: bool
) -> None:
    """The same in a town that the report was handed to; an officer's name stays in the town where he or she works."""
    ticket = _lock_where_it_stands(session, copy)
    if copy.withdrawn_at is not None or (unless_begun and ticket.status != TicketStatus.NEW):
        return
    by = By(Actor.RESIDENT, resident_id=person.id if isinstance(person, Resident) else None)
    others = [report for report in _standing(session, ticket) if report is not copy]
    if others or goes_on_here or ticket.status not in OPEN - {TicketStatus.RESOLVED}:
        ticket.remember("withdrawn", by.actor, now, resident_id=by.resident_id)
    else:
        move_ticket(session, ticket, TicketStatus.CANCELLED, by, now)
    if others or not goes_on_here:
        copy.withdrawn_at = now
        news.overtake_calls(session, ticket, copy)
    officer_news.tell_officers(session, ticket, "officer.withdrawn", now)


def _lock_where_it_stands(session: Session, report: Report) -> Ticket:
    """The ticket of a report, locked; it may be merged into another meanwhile."""
    while True:
        ticket = casework.lock(session, report.ticket_id)
        session.refresh(report)
        if ticket is not None and ticket.id == report.ticket_id:
            return ticket


def _forget(session: Session, person: Whose, ticket: Ticket) -> None:
    if isinstance(person, Resident):
        news.forget(session, person, ticket)
    else:
        news.overtake_calls(session, ticket, person.report)


def _standing(session: Session, ticket: Ticket) -> list[Report]:
    return list(session.scalars(select(Report).where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None))))


def say_fixed(session: Session, ticket: Ticket, person: Whose, now: datetime) -> bool:
    """เรียบร้อยแล้ว or หายแล้ว. Closes when every reporter who is to say so has; True when it closed."""
    reports = own_reports(session, ticket, person)
    had_said_so = all(report.content_with_answer_at is not None for report in reports)
    for report in reports:
        report.content_with_answer_at = report.content_with_answer_at or now
    session.flush()
    standing = _standing(session, ticket)
    if ticket.status == TicketStatus.RESOLVED:
        standing = [report for report in standing if report.asked_content_at or report in reports]
    if any(report.content_with_answer_at is None for report in standing):
        if not had_said_so:
            _remember(ticket, "content", person, now)
            officer_news.tell_officers(session, ticket, "officer.comment", now)
        return False
    move_ticket(session, ticket, TicketStatus.CLOSED, by_of(person), now)
    return True


def reopen(session: Session, ticket: Ticket, person: Whose, now: datetime) -> None:
    """ยังไม่เรียบร้อย, or ขอให้ทบทวน of a rejected ticket: the work goes on, before a supervisor's eyes.

    :raises MoveRefused: too late, or it was reviewed before.
    """
    own_reports(session, ticket, person)
    move_ticket(session, ticket, TicketStatus.REOPENED, by_of(person), now)
    for report in _standing(session, ticket):
        report.content_with_answer_at = report.asked_content_at = None
    officer_news.tell_officers(session, ticket, "officer.reopened", now, urgent=ticket.is_urgent)


def rate(session: Session, ticket: Ticket, person: Whose, stars: int, now: datetime) -> None:
    """One to five stars for an ended ticket; the last word counts."""
    own_reports(session, ticket, person)
    if not 1 <= stars <= 5 or ticket.status not in (TicketStatus.CLOSED, TicketStatus.REJECTED):
        raise MoveRefused("only finished work is rated")
    ticket.stars = stars
    _remember(ticket, "rated", person, now, detail={"stars": stars})


def review(session: Session, ticket: Ticket, person: Whose, said: Said, now: datetime) -> Message | None:
    """The comment that goes with the stars."""
    own_reports(session, ticket, person)
    by = by_of(person)
    return casework.say_on_ticket(session, ticket, "review", by, said.text, said.said, now)
