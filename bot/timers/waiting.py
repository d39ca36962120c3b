"""News that waited for company, for the morning or for its photo, and answers that a dead token left unsaid."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import news
from bot.database import Database
from bot.timers.rows import each
from models import Conversation, Media, News, OutboxMessage, Resident
from models.lifecycle import Hears
from models.news import WAITING
from models.outbox import EXPIRED


def push_due_news(database: Database, now: datetime) -> int:
    """One push for each person for whom something is due, with everything else that waits for them.

    What is to be pushed at once but later than now waits for a photo: it is due as soon as the photo is there.
    """
    awaited = select(Media.id).where(news.awaited_photo(News.ticket_id)).exists()
    has_its_photo = (News.way == Hears.PUSH_AT_ONCE) & ~awaited
    is_due = (News.state == WAITING) & ((News.push_at <= now) | ((News.push_at > now) & has_its_photo))
    due = (
        select(News.resident_id)
        .join(Resident, Resident.id == News.resident_id)
        .where(is_due, Resident.blocked_at.is_(None))
        .distinct()
        .order_by(News.resident_id)
    )

    def push(session: Session, resident_id: int) -> bool:
        person = session.get(Resident, resident_id, with_for_update={"key_share": True, "skip_locked": True})
        if person is None:
            return False
        still_due = session.scalars(select(News.id).where(News.resident_id == person.id, is_due).limit(1)).first()
        return still_due is not None and news.push_waiting(session, person, now) is not None

    return each(database, due, push)


def push_owed_answers(database: Database, now: datetime) -> int:
    """The newest answer to somebody whose reply token died too soon after such a push: now it may be pushed."""
    owed = (
        select(OutboxMessage.id)
        .join(Conversation, Conversation.resident_id == OutboxMessage.resident_id)
        .where(
            OutboxMessage.state == EXPIRED,
            OutboxMessage.content.is_not(None),
            Conversation.dialogue_pushed_at <= now - news.DIALOGUE_PUSH_EVERY,
        )
        .order_by(OutboxMessage.id.desc())
    )

    def push(session: Session, message_id: int) -> bool:
        message = session.get(OutboxMessage, message_id, with_for_update={"of": OutboxMessage, "skip_locked": True})
        return message is not None and news.push_owed(session, message, now)

    return each(database, owed, push)
