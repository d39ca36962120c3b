"""รวมเรื่อง and its undoing: the reports move to the other ticket, and come back from wherever they stand by then."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import casework, news, officer_news, promises, queries
from bot.casework import By, Given
from bot.joined import UNDO_DAYS, listed, place_of, standing_reports, tree, why_not
from models import Municipality, Report, Resident, Ticket
from models.errors import MoveRefused
from models.lifecycle import Actor, Hears, TicketStatus


def merge(session: Session, ticket: Ticket, other: Ticket, by: By, now: datetime) -> None:
    """The ticket's reports belong to the other one from now on; both rows are locked by the caller.

    Its reporters hear with their next reply that it was merged, and where the other one stands, at the latest on the
    date they had been promised. What is urgent stays urgent; where nobody has it in hand, those on duty hear of it.

    :raises MoveRefused: the other ticket is this one, has ended, is another town's, or one of them is confidential.
    """
    problem = why_not(ticket, other)
    if problem is not None:
        raise MoveRefused(f"merging is refused: {problem}")
    moved, promised = _own_reports(session, ticket), ticket.due_at
    all_moved = session.scalars(select(Report).where(Report.ticket_id == ticket.id)).all()
    there = {person.id for person in news.reporters(session, other)}
    people = [person for person in news.reporters(session, ticket) if person.id not in there]
    # The reports that came with an earlier merge are listed by that one's own entry.
    given = Given(other=other, reports=[report.id for report in moved])
    news.take_calls_along(session, ticket, other, all_moved)
    casework.move_ticket(session, ticket, TicketStatus.MERGED, by, now, given)
    for report in all_moved:
        report.ticket_id = other.id
    is_urgent_now = ticket.is_urgent and other.become_urgent(now)
    other.remember("joined", by.actor, now, officer=by.officer, detail={"from": ticket.number})
    session.flush()
    session.expire(ticket, ["reports", "merged_into"])
    session.expire(other, ["reports"])
    _tell_where_it_stands(session, other, people, promised, now)
    if is_urgent_now:
        _alarm(session, other, now)


def _alarm(session: Session, ticket: Ticket, now: datetime) -> None:
    """Those on duty hear at once of an urgent ticket that nobody has accepted."""
    if ticket.status == TicketStatus.NEW:
        officer_news.tell_officers(session, ticket, "officer.urgent", now, urgent=True)


def _tell_where_it_stands(
    session: Session, other: Ticket, people: list[Resident], promised: datetime | None, now: datetime
) -> None:
    is_later = promised is not None and (other.due_at is None or other.due_at > promised)
    for person in people:
        push_at = promised if is_later else None
        news.tell(session, person, other, "state", now, way=Hears.NEXT_REPLY, push_at=push_at)


def _own_reports(session: Session, ticket: Ticket) -> list[Report]:
    """The reports on the ticket without those that other tickets brought into it."""
    brought = {report_id for one in tree(session, ticket) if one is not ticket for report_id in listed(session, one)}
    found = session.scalars(select(Report).where(Report.ticket_id == ticket.id).order_by(Report.id))
    return [report for report in found if report.id not in brought]


def may_unmerge(session: Session, ticket: Ticket, now: datetime) -> bool:
    """Whether the merge can be undone: it stands, is not older than thirty days, and its reports are still there."""
    if ticket.status != TicketStatus.MERGED or ticket.ended_at is None:
        return False
    return now - ticket.ended_at <= timedelta(days=UNDO_DAYS) and bool(_to_give_back(session, ticket))


def _to_give_back(session: Session, ticket: Ticket) -> list[Report]:
    """What came with a merged ticket and stands where the work goes on; some may have gone their own way since."""
    ids = [report_id for one in tree(session, ticket) for report_id in listed(session, one)]
    holder = queries.standing(ticket)
    return list(session.scalars(select(Report).where(Report.id.in_(ids), Report.ticket_id == holder.id)))


def brought_alone(session: Session, holder: Ticket, report: Report, now: datetime) -> Ticket | None:
    """The ticket, locked, that was merged into the holder and of which only this report still stands there."""
    for one in reversed(tree(session, holder)[1:]):
        standing = [other for other in _to_give_back(session, one) if other.withdrawn_at is None]
        if standing == [report] and may_unmerge(session, one, now):
            return casework.lock(session, one.id)
    return None


def unmerge(session: Session, ticket: Ticket, by: By, now: datetime) -> None:
    """Undo a merge: status and reports are back, the promise starts anew, and the reporters hear where it stands.

    Also when the other ticket has ended or was merged on. Nobody could accept it meanwhile: an urgent ticket that is
    new again has its ten minutes anew, and those on duty hear of it. Both rows are locked by the caller.

    :raises MoveRefused: it is not merged (any more), or was for more than thirty days.
    """
    if not may_unmerge(session, ticket, now):
        raise MoveRefused(f"a merge is undone within {UNDO_DAYS} days, once")
    holder, reports = queries.standing(ticket), _to_give_back(session, ticket)
    before = TicketStatus(ticket.status_before or TicketStatus.ACCEPTED)
    with session.no_autoflush:  # status and the other ticket change together, or the database refuses
        ticket.merged_into_id = None
        ticket.move_to(before, Actor.SYSTEM, now, officer=by.officer, detail={"from": holder.number})
        ticket.status_before = _before_waiting(ticket) if before is TicketStatus.WAITING else None
    news.take_calls_along(session, holder, ticket, reports)
    for report in reports:
        report.ticket_id = ticket.id
        report.asked_content_at = report.content_with_answer_at = None  # that was about the other one's work
    session.flush()
    session.expire(ticket, ["reports", "merged_into"])
    session.expire(holder, ["reports"])
    for report in reports:
        leave_place_of(holder, report, standing_reports(session, holder))
    _start_anew(session, ticket, now)
    _give_back_to(session, ticket, holder, now)
    if ticket.is_urgent:
        _alarm(session, ticket, now)


def leave_place_of(ticket: Ticket, report: Report, others: list[Report]) -> None:
    """A ticket that stood where the report says stands from now on where the oldest of the others says."""
    if not others or place_of(ticket) != place_of(report):
        return
    placed = next((one for one in others if one.latitude is not None or one.place_words), others[0])
    ticket.latitude, ticket.longitude, ticket.place_words = place_of(placed)


def _before_waiting(ticket: Ticket) -> str | None:
    """The status from which the reporter was asked; what only restored the question is not it."""
    asked = [
        entry.from_status
        for entry in ticket.history
        if entry.to_status == TicketStatus.WAITING and entry.from_status != TicketStatus.MERGED
    ]
    return asked[-1] if asked else TicketStatus.ACCEPTED


def _start_anew(session: Session, ticket: Ticket, now: datetime) -> None:
    town = session.get_one(Municipality, ticket.municipality_id)
    ticket.due_at = promises.next_word_at(town, ticket, now)
    ticket.overdue_told_at = None
    promises.forgive(ticket)
    if ticket.is_urgent:
        ticket.urgent_at, ticket.urgent_step = now, 0
    if ticket.status == TicketStatus.WAITING:
        promises.pause(ticket, now)
    if ticket.status == TicketStatus.FORWARDED and ticket.owner is not None:
        days = max(ticket.owner.follow_up_days, 1)
        ticket.follow_up_at = promises.calendar_of(town).due_at(now, days, "working")


def _give_back_to(session: Session, ticket: Ticket, holder: Ticket, now: datetime) -> None:
    still_there = {person.id for person in news.reporters(session, holder)}
    for person in news.reporters(session, ticket):
        news.forget(session, person, ticket)
        if person.id not in still_there:
            news.forget(session, person, holder)
        news.tell(session, person, ticket, "state", now, way=Hears.NEXT_REPLY)
