"""แยกผู้แจ้งออก: one report of a ticket becomes a ticket of its own, and goes back where it stood."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import casework, news, officer_news, queries
from bot.casework import By
from bot.drafts import Place
from bot.joined import UNDO_DAYS, came_from, may_put_back, may_split, standing_reports
from bot.officer_casework import merging
from bot.opening import open_ticket
from models import Media, Message, Municipality, News, Report, Resident, SameQuestion, Ticket
from models.errors import MoveRefused
from models.lifecycle import Hears
from models.news import WAITING
from models.same_question import DIFFERENT, SAME


def split(session: Session, ticket: Ticket, report: Report, by: By, now: datetime) -> Ticket:
    """The report's own ticket: a new one of the same kind, or the one that had brought it here, as it was.

    It takes its words, pictures and place along, and what its reporter said since. The reporter hears its number with
    the next reply, at the latest on the date that was promised before. The ticket's row is locked by the caller.

    :raises MoveRefused: the report does not stand on the ticket, or would leave it without one.
    """
    reports = standing_reports(session, ticket)
    if not may_split(session, ticket) or report not in reports:
        raise MoveRefused("a report is taken off open work on which another one stays")
    came_with = merging.brought_alone(session, ticket, report, now)
    if came_with is not None:
        ticket.remember("split", by.actor, now, officer=by.officer, detail=_detail("into", came_with, report))
        merging.unmerge(session, came_with, by, now)
        return came_with
    town = session.get_one(Municipality, ticket.municipality_id)
    new = _ticket_of(session, town, ticket, report, now)
    person = report.resident
    is_alone = person is not None and all(one is report or one.resident_id != person.id for one in reports)
    _take_along(session, ticket, new, report, whole_thread=is_alone)
    news.take_calls_along(session, ticket, new, [report])
    ticket.remember("split", by.actor, now, officer=by.officer, detail=_detail("into", new, report))
    new.remember("split", by.actor, now, officer=by.officer, detail=_detail("from", ticket, report))
    merging.leave_place_of(ticket, report, [one for one in reports if one is not report])
    session.flush()
    session.expire(ticket, ["reports"])
    if person is not None:
        if is_alone:
            news.forget(session, person, ticket)
        _is_the_same(session, person, ticket, report, DIFFERENT)
        promised = ticket.due_at
        is_earlier = promised is not None and (new.due_at is None or promised < new.due_at)
        news.tell(session, person, new, "split", now, way=Hears.NEXT_REPLY, push_at=promised if is_earlier else None)
    kind = "officer.urgent" if new.is_urgent else "officer.new"
    officer_news.tell_officers(session, new, kind, now, urgent=new.is_urgent)
    return new


def _detail(where: str, other: Ticket, report: Report) -> dict[str, Any]:
    return {where: other.number, "report": report.id}


def _ticket_of(session: Session, town: Municipality, ticket: Ticket, report: Report, now: datetime) -> Ticket:
    """A new ticket for the report: the kind and department that the town has settled, the place its reporter gave."""
    place = Place(
        words=report.place_words or "",
        latitude=report.latitude,
        longitude=report.longitude,
        is_outside=report.is_outside,
        ground=report.ground_owner or "",
        accuracy_m=report.place_accuracy_m,
    )
    new = open_ticket(
        session,
        town,
        ticket.category,
        place,
        now,
        is_urgent=ticket.is_urgent,
        department=ticket.department,
        split_from=ticket,
    )
    if report.is_unsent_draft and ticket.mark == "unsent_draft":
        new.mark, ticket.mark = ticket.mark, None
    return new


def _take_along(session: Session, ticket: Ticket, new: Ticket, report: Report, *, whole_thread: bool) -> None:
    """The report with its words and pictures; `whole_thread`: all that its reporter has said on the ticket."""
    report.ticket_id = new.id
    report.content_with_answer_at = report.asked_content_at = None  # that was about the other one's work
    for kind in (Message, Media):
        session.execute(update(kind).where(kind.report_id == report.id).values(ticket_id=new.id))
        if whole_thread:
            theirs = (kind.ticket_id == ticket.id, kind.resident_id == report.resident_id, kind.report_id.is_(None))
            said = (*theirs, Message.officer_id.is_(None)) if kind is Message else (*theirs, Media.purpose == "thread")
            session.execute(update(kind).where(*said).values(ticket_id=new.id))


def _is_the_same(session: Session, person: Resident, ticket: Ticket, report: Report, answer: str) -> None:
    """What the town thinks of the two corrects what the reporter had answered, where that was asked."""
    asked = (SameQuestion.resident_id == person.id, SameQuestion.ticket_id == ticket.id)
    session.execute(update(SameQuestion).where(*asked, SameQuestion.report_id == report.id).values(answer=answer))


def put_back(session: Session, ticket: Ticket, by: By, now: datetime) -> Ticket:
    """Undo a split: the ticket is merged into the one it came from, which is returned.

    Whoever has not heard of the number yet never does. The ticket's row is locked by the caller.

    :raises MoveRefused: it came off no ticket, or too long ago, or one of the two has ended.
    """
    before = came_from(session, ticket)
    if before is None or not may_put_back(session, ticket, now):
        raise MoveRefused(f"a report goes back within {UNDO_DAYS} days, to open work")
    other = casework.lock(session, before.id)
    assert other is not None
    unheard = _who_never_heard(session, ticket)
    reports = standing_reports(session, ticket)
    merging.merge(session, ticket, other, by, now)
    for person in unheard:
        news.forget(session, person, ticket)
    for report in reports:
        if report.resident is not None:
            _is_the_same(session, report.resident, other, report, SAME)
    return other


def _who_never_heard(session: Session, ticket: Ticket) -> list[Resident]:
    waiting = select(News.resident_id).where(
        News.ticket_id == ticket.id, News.kind == "split", News.state == WAITING
    )
    ids = set(session.scalars(waiting))
    return [person for person in news.reporters(session, ticket) if person.id in ids]


def split_off(session: Session, ticket: Ticket, person: Resident) -> Ticket | None:
    """Where this person's report stands that was taken off the ticket, so that their old cards act there."""
    wanted = select(Ticket).where(Ticket.split_from_id == ticket.id).order_by(Ticket.id.desc())
    for one in session.scalars(wanted).unique():
        here = queries.standing(one)
        if person in news.reporters(session, here):
            return here
        further = split_off(session, one, person)  # a ticket comes off an older one, so this ends
        if further is not None:
            return further
    return None
