"""Short questions after a ticket is made, for what its owner needs. Anybody may skip them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import casework, officer_news
from bot.casework import By
from models import FollowUp, Message, Report, Resident, Ticket
from models.lifecycle import Actor

#: Of one category, at most.
MOST = 2
#: Characters of a choice that stands in somebody's words by no accident.
_TELLING = 5


def of(session: Session, ticket: Ticket) -> list[FollowUp]:
    """What is asked after a ticket of this category, in order, without what its report tells already."""
    return _untold(session, ticket, _all(session, ticket))


def _all(session: Session, ticket: Ticket) -> list[FollowUp]:
    statement = select(FollowUp).where(FollowUp.category_id == ticket.category_id).order_by(FollowUp.position)
    return list(session.scalars(statement.limit(MOST)))


def _untold(session: Session, ticket: Ticket, asked: list[FollowUp]) -> list[FollowUp]:
    """ไฟดับทั้งซอย is not asked whether it is one light: an answer stands in the words of the report."""
    if not any(one.choices_th for one in asked):
        return asked
    statement = select(Message.text).join(Report, Message.report_id == Report.id)
    texts = session.scalars(statement.where(Report.ticket_id == ticket.id, Message.follow_up.is_(None)))
    told = "\n".join(text or "" for text in texts)
    return [
        one
        for one in asked
        if not any(len(choice) >= _TELLING and choice in told for choice in (*one.choices_th, *one.choices_en))
    ]


def find(session: Session, ticket: Ticket, code: str) -> FollowUp | None:
    """The town's follow-up of this code, whatever the ticket's category is by now."""
    statement = select(FollowUp).where(FollowUp.municipality_id == ticket.municipality_id, FollowUp.code == code)
    return session.scalars(statement).one_or_none()


def after(session: Session, ticket: Ticket, answered: FollowUp) -> FollowUp | None:
    """What is asked next; None when it was the last, or the ticket became another kind of problem."""
    asked = _all(session, ticket)
    codes = [one.code for one in asked]
    if answered.code not in codes:
        return None
    following = _untold(session, ticket, asked[codes.index(answered.code) + 1 :])
    return following[0] if following else None


def is_answered(session: Session, ticket: Ticket, person: Resident, follow_up: FollowUp) -> bool:
    """Whether this person answered it already."""
    return _newest(session, ticket, person, follow_up) is not None


def _newest(session: Session, ticket: Ticket, person: Resident, follow_up: FollowUp) -> Message | None:
    statement = select(Message).where(
        Message.ticket_id == ticket.id, Message.resident_id == person.id, Message.follow_up == follow_up.code
    )
    return session.scalars(statement.order_by(Message.id.desc()).limit(1)).first()


def keep(
    session: Session,
    ticket: Ticket,
    person: Resident,
    follow_up: FollowUp,
    text: str,
    said: str | None,
    now: datetime,
) -> None:
    """Keep an answer on the ticket; whoever has it in hand hears. The same answer once more changes nothing."""
    newest = _newest(session, ticket, person, follow_up)
    if newest is not None and newest.text == text:
        return
    by = By(Actor.RESIDENT, resident_id=person.id)
    message = casework.say_on_ticket(session, ticket, "comment", by, text, said, now)
    assert message is not None
    message.follow_up = follow_up.code
    ticket.remember("comment", Actor.RESIDENT, now, resident_id=person.id, message_id=message.id)
    officer_news.tell_officers(session, ticket, "officer.comment", now, message_id=message.id)
    session.flush()
