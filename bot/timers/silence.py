"""When nobody answers: a question is given up, a resolved ticket closes; never before LINE took the question."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from bot import casework
from bot.database import Database
from bot.timers.rows import each, locked_ticket
from models import Call, News, Report, Resident, Ticket
from models.call import TOLD as CALLED
from models.lifecycle import TicketStatus
from models.news import TOLD

#: Days after LINE accepted the question; and days after it was asked when LINE never did.
ANSWER_DAYS, UNTOLD_DAYS = timedelta(days=7), timedelta(days=30)


def end_unanswered_questions(database: Database, now: datetime) -> int:
    """A waiting ticket goes back to the status before: seven days after the question was accepted by LINE."""
    over = _unanswered(now).order_by(Ticket.moved_at)

    def end(session: Session, ticket_id: int) -> bool:
        ticket = locked_ticket(session, ticket_id)
        if ticket is None or not _still(session, _unanswered(now), ticket_id):
            return False
        casework.restore(session, ticket, now, mark="unanswered")
        return True

    return each(database, over, end)


def _unanswered(now: datetime) -> Select[Any]:
    told = (
        select(News.id)
        .where(
            News.ticket_id == Ticket.id,
            News.urgency == "question",
            News.state == TOLD,
            News.created_at >= Ticket.moved_at,
        )
        .correlate(Ticket)
    )
    told_lately = told.where(News.told_at > now - ANSWER_DAYS).exists()
    called = (
        select(Call.id)
        .where(Call.ticket_id == Ticket.id, Call.kind == TicketStatus.WAITING, Call.state == CALLED)
        .correlate(Ticket)
    )
    called = called.where(Call.created_at >= Ticket.moved_at)
    called_lately = called.where(Call.ended_at > now - ANSWER_DAYS).exists()
    is_told = told.exists() | called.exists()
    was_told_and_is_over = is_told & ~told_lately & ~called_lately
    return select(Ticket.id).where(
        Ticket.status == TicketStatus.WAITING,
        Ticket.moved_at <= now - ANSWER_DAYS,
        was_told_and_is_over | (~is_told & (Ticket.moved_at <= now - UNTOLD_DAYS)),
    )


def close_unconfirmed(database: Database, now: datetime) -> int:
    """A resolved ticket closes seven days after the last reachable reporter was asked, or after thirty in vain."""
    over = _unconfirmed(now).order_by(Ticket.resolved_at)

    def close(session: Session, ticket_id: int) -> bool:
        ticket = locked_ticket(session, ticket_id)
        if ticket is None or not _still(session, _unconfirmed(now), ticket_id):
            return False
        mark = _mark(session, ticket)
        casework.move_ticket(session, ticket, TicketStatus.CLOSED, casework.TIME, now)
        ticket.mark = mark
        return True

    return each(database, over, close)


def _unconfirmed(now: datetime) -> Select[Any]:
    """Resolved tickets on which nobody was asked lately and nobody is left to be asked, or thirty days are over."""
    standing = (
        select(Report.id)
        .outerjoin(Resident, Resident.id == Report.resident_id)
        .where(Report.ticket_id == Ticket.id, Report.withdrawn_at.is_(None))
        .correlate(Ticket)
    )
    is_asked: ColumnElement[bool] = Report.asked_content_at.is_not(None)
    asked_lately = standing.where(Report.asked_content_at > now - ANSWER_DAYS).exists()
    is_reachable = Resident.blocked_at.is_(None) & Report.unreachable_at.is_(None)
    not_asked_yet = standing.where(~is_asked, is_reachable).exists()
    is_late = Ticket.resolved_at <= now - UNTOLD_DAYS
    return select(Ticket.id).where(
        Ticket.status == TicketStatus.RESOLVED,
        Ticket.resolved_at <= now - ANSWER_DAYS,
        ~asked_lately,
        is_late | (standing.where(is_asked).exists() & ~not_asked_yet),
    )


def _mark(session: Session, ticket: Ticket) -> str | None:
    """Why the ticket closes: nobody could be asked, nobody said so, or (None) somebody was content."""
    rows = session.execute(
        select(Report.asked_content_at, Report.content_with_answer_at).where(
            Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None)
        )
    ).all()
    if any(row.content_with_answer_at for row in rows):
        return None
    return "unconfirmed" if any(row.asked_content_at for row in rows) else "unreachable"


def _still(session: Session, due: Select[Any], ticket_id: int) -> bool:
    """Whether it is due now that the ticket is locked."""
    return session.scalars(due.where(Ticket.id == ticket_id)).first() is not None
