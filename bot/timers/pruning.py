"""What is not needed any longer goes: raw events and the JSON of sent messages after thirty days, files when erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import CursorResult, null, select, update

from bot import photos
from bot.database import Database
from models import InboxEvent, Media, OutboxMessage
from models.inbox import DISMISSED, DONE
from models.outbox import ACCEPTED, EXPIRED, WITHDRAWN

KEPT = timedelta(days=30)


def erase_raw_events(database: Database, now: datetime) -> int:
    """The bytes of handled events; the row with its id stays, so that a repeat is still known."""
    old = (
        update(InboxEvent)
        .where(
            InboxEvent.state.in_((DONE, DISMISSED)),
            InboxEvent.received_at < now - KEPT,
            InboxEvent.body.is_not(None),
        )
        .values(body=None)
    )
    return _count(database, old)


def erase_sent_messages(database: Database, now: datetime) -> int:
    """What was said in settled messages; that it was said stays."""
    old = (
        update(OutboxMessage)
        .where(
            OutboxMessage.state.in_((ACCEPTED, EXPIRED, WITHDRAWN)),
            OutboxMessage.settled_at < now - KEPT,
            OutboxMessage.body.is_not(None) | OutboxMessage.content.is_not(None),
        )
        .values(body=null(), content=null())
    )
    return _count(database, old)


def _count(database: Database, statement: object) -> int:
    with database.transaction() as session:
        done = session.execute(statement)  # type: ignore[call-overload]
        assert isinstance(done, CursorResult)
        return done.rowcount


def remove_erased_files(database: Database, folder: Path) -> int:
    """The files of media that were unsent or whose draft was erased."""
    with database.reading() as session:
        found = session.execute(
            select(Media.id, Media.stored_as).where(Media.state == "erased", Media.stored_as.is_not(None)).limit(200)
        ).all()
    for media_id, stored_as in found:
        photos.remove(folder, stored_as)
        with database.transaction() as session:
            row = update(Media).where(Media.id == media_id)
            session.execute(row.values(stored_as=None, sha256=None, likeness=None))
    return len(found)
