"""When nobody answers: a question is given up, a resolved ticket closes; never before LINE took the question."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import casework
from bot.database import Database
from bot.timers.rows import each, locked_ticket
from models import News, Report, Resident, Ticket
from models.lifecycle import TicketStatus
from models.news import TOLD

#: Days after LINE accepted the question; and days after it was asked when LINE never did.
ANSWER_DAYS, UNTOLD_DAYS = timedelta(days=7), timedelta(days=30)


def end_unanswered_questions(database: Database, now: datetime) -> int:
    """A waiting ticket goes back to the status before: seven days after the question was accepted by LINE."""
    waiting = select(Ticket.id).where(Ticket.status == TicketStatus.WAITING, Ticket.moved_at <= now - ANSWER_DAYS)

    def end(session: Session, ticket_id: int) -> bool:
        ticket = locked_ticket(session, ticket_id)
        if ticket is None or ticket.status != TicketStatus.WAITING:
            return False
        told_at = session.scalar(
            select(func.max(News.told_at)).where(
                News.ticket_id == ticket.id,
                News.urgency == "question",
                News.state == TOLD,
                News.created_at >= ticket.moved_at,
            )
        )
        is_over = told_at + ANSWER_DAYS <= now if told_at else ticket.moved_at + UNTOLD_DAYS <= now
        if is_over:
            casework.restore(session, ticket, now, mark="unanswered")
        return is_over

    return each(database, waiting, end)


def close_unconfirmed(database: Database, now: datetime) -> int:
    """A resolved ticket closes seven days after the last reachable reporter was asked, or after thirty in vain."""
    resolved = select(Ticket.id).where(
        Ticket.status == TicketStatus.RESOLVED, Ticket.resolved_at <= now - ANSWER_DAYS
    )

    def close(session: Session, ticket_id: int) -> bool:
        ticket = locked_ticket(session, ticket_id)
        if ticket is None or ticket.status != TicketStatus.RESOLVED or ticket.resolved_at is None:
            return False
        mark = _mark(session, ticket, now)
        if mark is None:
            return False
        casework.move_ticket(session, ticket, TicketStatus.CLOSED, casework.TIME, now)
        ticket.mark = mark if mark != "content" else None
        return True

    return each(database, resolved, close)


def _mark(session: Session, ticket: Ticket, now: datetime) -> str | None:
    """Why the ticket may close now (unconfirmed, unreachable, or "content"), or None: not yet."""
    assert ticket.resolved_at is not None
    rows = session.execute(
        select(Report.asked_content_at, Report.content_with_answer_at, Resident.blocked_at)
        .outerjoin(Resident, Resident.id == Report.resident_id)
        .where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None))
    ).all()
    asked = [row.asked_content_at for row in rows if row.asked_content_at is not None]
    is_late = ticket.resolved_at + UNTOLD_DAYS <= now
    if not asked:
        return "unreachable" if is_late else None
    not_yet = [row for row in rows if row.asked_content_at is None and row.blocked_at is None]
    if not_yet and not is_late:
        return None  # somebody who can be reached was not asked yet
    if max(asked) + ANSWER_DAYS > now:
        return None
    return "content" if any(row.content_with_answer_at for row in rows) else "unconfirmed"
