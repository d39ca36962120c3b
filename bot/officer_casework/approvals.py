"""ยุติเรื่อง where the town wants a supervisor's yes: asked, given, sent back, overtaken.

An approval never stops the clock: the ticket stays where it is and may be worked on. Any move overtakes it. Urgent
tickets need none, and whoever may give one needs none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot import casework, officer_news, rights
from bot.casework import By, Given
from models import Approval, Message, Officer, Ticket
from models.approval import APPROVED, ASKED, RETURNED
from models.errors import MoveRefused, NotAllowed, ReasonMissing
from models.lifecycle import Actor, TicketStatus, may_move


def ask(session: Session, ticket: Ticket, officer: Officer, given: Given, now: datetime) -> Approval:
    """Ask the supervisors; an earlier question about the ticket is replaced.

    :raises MoveRefused: the ticket cannot end from where it stands.
    :raises ReasonMissing: neither a listed reason nor words.
    """
    if not may_move(TicketStatus(ticket.status), TicketStatus.REJECTED, Actor.OFFICER):
        raise MoveRefused("this ticket cannot be ended now")
    if not given.words and given.reason in (None, "other"):
        raise ReasonMissing("ending needs a reason")
    casework.overtake_approvals(session, ticket, now)
    by = By(Actor.OFFICER, officer=officer)
    # An internal note until a supervisor agrees: the resident reads it only then.
    message = casework.say_on_ticket(session, ticket, "note", by, given.words, given.said, now)
    approval = Approval(
        municipality_id=ticket.municipality_id,
        ticket_id=ticket.id,
        asked_by_id=officer.id,
        asked_at=now,
        reason=given.reason or "other",
        message_id=message.id if message else None,
        state=ASKED,
    )
    session.add(approval)
    ticket.remember(
        "approval_asked", Actor.OFFICER, now, officer=officer, message_id=approval.message_id, reason=approval.reason
    )
    session.flush()
    officer_news.tell_officers(session, ticket, "officer.approval", now, to="supervisors")
    return approval


def approve(session: Session, ticket: Ticket, approval: Approval, supervisor: Officer, now: datetime) -> None:
    """อนุมัติ: the ticket ends, for the officer's reason, in the supervisor's name.

    :raises NotAllowed: this person may not agree.
    :raises MoveRefused: it was decided, or the ticket moved on before.
    """
    _decide(session, ticket, approval, supervisor, now, APPROVED)
    words = session.get(Message, approval.message_id) if approval.message_id else None
    given = Given(
        words=words.text if words else None,
        said=words.said if words and words.text else None,
        reason=approval.reason,
        said_by=By(Actor.OFFICER, officer=session.get_one(Officer, approval.asked_by_id)),
    )
    casework.move_ticket(session, ticket, TicketStatus.REJECTED, By(Actor.OFFICER, officer=supervisor), now, given)


def send_back(
    session: Session,
    ticket: Ticket,
    approval: Approval,
    supervisor: Officer,
    words: str | None,
    said: str | None,
    now: datetime,
) -> None:
    """ส่งกลับ: the work goes on; whoever asked hears why."""
    _decide(session, ticket, approval, supervisor, now, RETURNED)
    by = By(Actor.OFFICER, officer=supervisor)
    message = casework.say_on_ticket(session, ticket, "note", by, words, said, now)
    ticket.remember(
        "approval_returned", Actor.OFFICER, now, officer=supervisor, message_id=message.id if message else None
    )
    session.flush()
    asker = session.get_one(Officer, approval.asked_by_id)
    officer_news.tell_one(session, ticket, asker, "officer.returned", now, message_id=message.id if message else None)


def _decide(
    session: Session, ticket: Ticket, approval: Approval, supervisor: Officer, now: datetime, state: str
) -> None:
    if not rights.may_decide(session, supervisor, ticket):
        raise NotAllowed("only a supervisor agrees to that")
    if approval.ticket_id != ticket.id or approval.state != ASKED:
        raise MoveRefused("it was decided before, or the ticket moved on")
    approval.state, approval.decided_by_id, approval.decided_at = state, supervisor.id, now
    session.flush()
