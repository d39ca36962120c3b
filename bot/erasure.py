"""Unsending a message erases our copy everywhere it stands: raw event, draft, report, messages of ours, media.

History stays as it is: it never held the words, only a reference to them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import drafts, news
from models import Conversation, InboxEvent, Media, Message, OutboxMessage, OutboxQuote, Report, Resident, Ticket
from models.lifecycle import Actor
from models.outbox import PUSH, QUEUED, SENDING, WAITING_QUOTA, WITHDRAWN


def erase_message(session: Session, person: Resident, conversation: Conversation, said: str, now: datetime) -> None:
    """Erase everything that came with LINE's message `said` of this person."""
    session.execute(
        update(InboxEvent)
        .where(InboxEvent.municipality_id == person.municipality_id, InboxEvent.said == said)
        .values(body=None)
    )
    media = session.scalars(
        select(Media).where(Media.municipality_id == person.municipality_id, Media.said == said)
    ).all()
    for item in media:
        item.state = "erased"
    _erase_in_draft(conversation, said, {item.id for item in media})
    for message in session.scalars(
        select(Message).where(Message.municipality_id == person.municipality_id, Message.said == said)
    ):
        message.text, message.erased_at = None, now
        ticket = session.get_one(Ticket, message.ticket_id)
        ticket.remember("erased", Actor.RESIDENT, now, resident_id=person.id, message_id=message.id)
    _erase_place(session, person, said)
    _erase_in_outbox(session, said, now)


def _erase_in_draft(conversation: Conversation, said: str, media_ids: set[int]) -> None:
    draft = drafts.from_json(conversation.draft)
    if draft is None:
        return
    draft = draft.without(said)
    kept = tuple(item for item in draft.media if item not in media_ids)
    draft = drafts.replace_media(draft, kept)
    conversation.draft = drafts.to_json(draft) if not draft.is_empty or draft.place else None
    if conversation.draft is None:
        conversation.step = "idle"


def _erase_place(session: Session, person: Resident, said: str) -> None:
    for report in session.scalars(select(Report).where(Report.resident_id == person.id, Report.place_said == said)):
        ticket = session.get_one(Ticket, report.ticket_id)
        if (ticket.latitude, ticket.longitude) == (report.latitude, report.longitude):
            ticket.latitude = ticket.longitude = ticket.place_words = None
        report.latitude = report.longitude = report.place_words = report.place_said = None


def _erase_in_outbox(session: Session, said: str, now: datetime) -> None:
    """Ours that quote it: unsettled ones are not sent (again); what news they carried goes out newly made."""
    found = session.scalars(
        select(OutboxMessage)
        .join(OutboxQuote, OutboxQuote.outbox_message_id == OutboxMessage.id)
        .where(OutboxQuote.said == said)
    ).unique()
    for message in list(found):
        was = message.state
        message.content = message.body = None
        if was not in (QUEUED, SENDING, WAITING_QUOTA):
            continue
        message.state, message.settled_at = WITHDRAWN, now
        if message.attempts:
            message.last_problem = "outcome unknown when its words were unsent"
            news.uncertain(session, message, now)
            continue
        message.last_problem = "its words were unsent"
        items = news.release(session, message)
        if items and message.way == PUSH and message.resident is not None:
            session.flush()
            news.push_waiting(session, message.resident, now)
