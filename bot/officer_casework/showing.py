"""A photo, recording or video from an officer to a ticket's reporters: told when it is there, not before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot import casework, news
from bot.casework import By
from bot.officer_casework import checking
from bot.officer_casework.matters import photo_came
from bot.photos.recordings import PLAYED
from models import Media, Message, Resident, Ticket
from models.lifecycle import Hears


def show_to_reporters(session: Session, ticket: Ticket, by: By, media: Media, now: datetime) -> None:
    """ตอบกลับ with something to see or hear; the reporters are told once its bytes are stored (`media_came`)."""
    message = casework.say_on_ticket(session, ticket, "reply", by, None, media.said, now)
    assert message is not None
    media.ticket_id, media.purpose, media.message_id = ticket.id, "thread", message.id
    ticket.remember("reply", by.actor, now, officer=by.officer, message_id=message.id)
    if ticket.assignee_id is None and by.officer is not None:
        ticket.assignee_id = by.officer.id
    session.flush()


def media_came(session: Session, media: Media, now: datetime) -> None:
    """Something that was sent is stored, or never will be: what waited for it goes on."""
    if media.purpose == "after":
        photo_came(session, media, now)
        return
    if checking.checked(session, media, now):
        return
    message = session.get(Message, media.message_id) if media.message_id is not None else None
    if message is None or message.officer_id is None or message.kind != "reply":
        return
    ticket = session.get_one(Ticket, message.ticket_id)
    is_shown = media.kind == "image" or media.mime in PLAYED.get(media.kind, ())
    if media.state == "stored" and is_shown:
        detail = {"message": message.id, "shows": media.id}
        for person in news.reporters(session, ticket):
            news.tell(session, person, ticket, "reply", now, way=Hears.PUSH_MAY_WAIT, urgency="answer", detail=detail)
    elif media.state != "gone":  # gone: its author took it back
        sender = session.get_one(Resident, media.resident_id)
        kind, way = "officer.not_shown", Hears.PUSH_MAY_WAIT
        news.tell(session, sender, ticket, kind, now, way=way, urgency="other", is_for_officer=True)
