"""What an officer says on a ticket: to its reporters, or only to colleagues."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot import casework, news
from bot.casework import By
from models import Message, Ticket
from models.errors import ReasonMissing
from models.lifecycle import Hears


def reply_to_reporters(
    session: Session, ticket: Ticket, by: By, words: str, said: str | None, now: datetime
) -> Message:
    """ตอบกลับ: words to every reporter; they may wait for company, and count as the town's word.

    :raises ReasonMissing: no words.
    """
    message = casework.say_on_ticket(session, ticket, "reply", by, words, said, now) if words.strip() else None
    if message is None:
        raise ReasonMissing("a reply needs words")
    ticket.remember("reply", by.actor, now, officer=by.officer, message_id=message.id)
    if ticket.assignee_id is None and by.officer is not None:
        ticket.assignee_id = by.officer.id
    for person in news.reporters(session, ticket):
        detail = {"message": message.id}
        news.tell(
            session, person, ticket, "reply", now, way=Hears.PUSH_MAY_WAIT, urgency="answer", detail=detail
        )
    news.ask_to_call(session, ticket, "reply", now, message_id=message.id)
    return message


def note(session: Session, ticket: Ticket, by: By, words: str, said: str | None, now: datetime) -> Message:
    """บันทึกภายใน: words for colleagues. No resident ever reads them, and nobody is told of them.

    :raises ReasonMissing: no words.
    """
    message = casework.say_on_ticket(session, ticket, "note", by, words, said, now) if words.strip() else None
    if message is None:
        raise ReasonMissing("a note needs words")
    ticket.remember("note", by.actor, now, officer=by.officer, message_id=message.id)
    session.flush()
    return message
