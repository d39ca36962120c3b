"""เรื่องเดียวกัน: the draft becomes one more report on the ticket. ไม่ใช่: a ticket of its own, and the no is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import aftercare, incidents, intake, news, officer_news
from bot.drafts import Draft
from models import Municipality, Report, Resident, SameQuestion, Ticket
from models.lifecycle import OPEN, Actor, Hears, TicketStatus
from models.same_question import DIFFERENT, SAME


def join(session: Session, town: Municipality, person: Resident, draft: Draft, ticket: Ticket, now: datetime) -> Report:
    """Make the draft a report on this ticket, whose row the caller has locked; no second number.

    Words, photos and place stay the reporter's own; from now on this person hears what the others hear. Finished work
    is opened again: it is there again.

    :raises RuleBroken: the ticket cannot be opened again.
    """
    report = intake.keep_report(session, ticket, person, draft, now)
    ticket.remember("joined", Actor.RESIDENT, now, resident_id=person.id, detail={"report": report.id})
    _answer(session, person, ticket, SAME, report, now)
    session.flush()
    session.expire(ticket, ["reports"])
    news.tell(session, person, ticket, "ticket", now, way=Hears.ANSWER, urgency="answer")
    incidents.notice_report(session, town, report, ticket, now)
    if ticket.status not in OPEN - {TicketStatus.RESOLVED}:
        aftercare.reopen(session, ticket, person, now)
        return report
    message = next(iter(report.messages), None)
    officer_news.tell_officers(
        session, ticket, "officer.comment", now, message_id=message.id if message is not None else None
    )
    return report


def remember_different(session: Session, person: Resident, ticket_id: int, report: Report, now: datetime) -> None:
    """This person says that it is another problem: not asked again, and not proposed to officers for this report."""
    session.execute(
        update(SameQuestion)
        .where(SameQuestion.resident_id == person.id, SameQuestion.ticket_id == ticket_id)
        .values(answer=DIFFERENT, answered_at=now, report_id=report.id)
    )


def _answer(session: Session, person: Resident, ticket: Ticket, answer: str, report: Report, now: datetime) -> None:
    asked = select(SameQuestion).where(SameQuestion.resident_id == person.id, SameQuestion.ticket_id == ticket.id)
    question = session.scalars(asked).one_or_none()
    if question is not None:
        question.answer, question.answered_at, question.report_id = answer, now, report.id
