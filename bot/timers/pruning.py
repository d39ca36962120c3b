"""What is not needed any longer goes: raw events and the JSON of sent messages after thirty days."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, null, update

from bot.database import Database
from models import InboxEvent, OutboxMessage
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
