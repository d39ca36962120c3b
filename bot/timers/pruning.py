"""What is not needed any longer goes: words after thirty days, the rows that held them after four hundred.

Found by reading, then done a few hundred at a time, so that nobody who answers LINE waits for it. Each hour looks at
what has just grown old; the first look of a process, and then one a day, goes through everything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Select, delete, null, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.database import Database
from models import Effect, InboxEvent, LedgerEntry, News, OutboxMessage, effect, inbox, outbox
from models.outbox import OutboxQuote

#: What people wrote, and what was written to them.
KEPT = timedelta(days=30)
#: Rows without words: the ids of events, by which a repeat is known, what was said when, what was fetched.
ROWS_KEPT = timedelta(days=400)
#: Rows in one transaction.
TOGETHER = 500
#: An hourly look goes back so much further than what it looks for, should hours have been missed.
_LOOKS_BACK = timedelta(days=3)

_HANDLED = (inbox.DONE, inbox.DISMISSED)
_ENDED = (outbox.ACCEPTED, outbox.EXPIRED, outbox.WITHDRAWN)
_PERFORMED = (effect.DONE, effect.GONE, effect.DISMISSED)


def erase_raw_events(database: Database, now: datetime, *, everything: bool = True) -> int:
    """The bytes of handled events; the row with its id stays, so that a repeat is still known."""
    old = _between(InboxEvent.received_at, now - KEPT, everything)
    wanted = select(InboxEvent.id).where(InboxEvent.state.in_(_HANDLED), *old, InboxEvent.body.is_not(None))

    def erase(session: Session, ids: list[int]) -> int:
        return _rows(session, update(InboxEvent).where(InboxEvent.id.in_(ids)).values(body=None))

    return _in_batches(database, wanted, erase)


def erase_sent_messages(database: Database, now: datetime, *, everything: bool = True) -> int:
    """What was said in settled messages; that it was said stays."""
    has_words = OutboxMessage.body.is_not(None) | OutboxMessage.content.is_not(None)
    # A message is settled soon after its last attempt was due; the daily look finds the few that were not.
    old = (OutboxMessage.settled_at < now - KEPT, *_between(OutboxMessage.next_at, now - KEPT, everything))
    wanted = select(OutboxMessage.id).where(OutboxMessage.state.in_(_ENDED), *old, has_words)

    def erase(session: Session, ids: list[int]) -> int:
        gone = update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(body=null(), content=null())
        return _rows(session, gone)

    return _in_batches(database, wanted, erase)


def forget_messages(database: Database, now: datetime) -> int:
    """Settled messages with their lines of the ledger; the month's use, as LINE counted it, stays."""
    old = (OutboxMessage.settled_at < now - ROWS_KEPT, OutboxMessage.next_at < now - ROWS_KEPT)
    wanted = select(OutboxMessage.id).where(OutboxMessage.state.in_(_ENDED), *old)

    def forget(session: Session, ids: list[int]) -> int:
        _rows(session, update(News).where(News.outbox_message_id.in_(ids)).values(outbox_message_id=None))
        _rows(session, delete(LedgerEntry).where(LedgerEntry.outbox_message_id.in_(ids)))
        _rows(session, delete(OutboxQuote).where(OutboxQuote.outbox_message_id.in_(ids)))
        return _rows(session, delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))

    return _in_batches(database, wanted, forget)


def forget_events(database: Database, now: datetime) -> int:
    """Handled events with their ids; as old as what the door refuses, so none of them can come again."""
    is_told = select(OutboxMessage.id).where(OutboxMessage.inbox_event_id == InboxEvent.id).exists()
    wanted = select(InboxEvent.id).where(
        InboxEvent.state.in_(_HANDLED),
        InboxEvent.received_at < now - ROWS_KEPT,
        InboxEvent.occurred_at_ms < (now - ROWS_KEPT).timestamp() * 1000,
        ~is_told,
    )

    def forget(session: Session, ids: list[int]) -> int:
        return _rows(session, delete(InboxEvent).where(InboxEvent.id.in_(ids)))

    return _in_batches(database, wanted, forget)


def forget_effects(database: Database, now: datetime) -> int:
    """What was fetched or linked long ago."""
    wanted = select(Effect.id).where(Effect.state.in_(_PERFORMED), Effect.settled_at < now - ROWS_KEPT)

    def forget(session: Session, ids: list[int]) -> int:
        return _rows(session, delete(Effect).where(Effect.id.in_(ids)))

    return _in_batches(database, wanted, forget)


def _between(column: InstrumentedAttribute[Any], old: datetime, everything: bool) -> tuple[ColumnElement[bool], ...]:
    """Older than that; only what has grown so lately, unless everything is to be looked at."""
    return (column < old,) if everything else (column < old, column >= old - _LOOKS_BACK)


def _in_batches(database: Database, wanted: Select[int], act: Callable[[Session, list[int]], int]) -> int:
    """Do it to everything that is wanted, `TOGETHER` rows in a transaction; how many rows."""
    done = 0
    while True:
        with database.reading() as session:
            ids = list(session.scalars(wanted.limit(TOGETHER)))
        if not ids:
            return done
        with database.transaction() as session:
            count = act(session, ids)
        done += count
        if not count:  # another process did it meanwhile
            return done


def _rows(session: Session, statement: Any) -> int:
    done = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return int(done.rowcount)
