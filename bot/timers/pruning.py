"""What is not needed any longer goes: words after the days that the profile says, rows after four hundred.

Found by reading, then done a few hundred at a time, so that nobody who answers LINE waits for it. Each hour looks at
what has just grown old; the first look of a process, and then one a day, goes through everything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Select, and_, delete, false, func, null, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.database import Database
from bot.privacy import forgetting
from bot.privacy.terms import terms_of
from models import (
    Effect,
    InboxEvent,
    Lane,
    LedgerEntry,
    Municipality,
    News,
    OutboxMessage,
    Resident,
    SentPart,
    effect,
    inbox,
    outbox,
)
from models.outbox import OutboxQuote

_Moment = ColumnElement[Any] | InstrumentedAttribute[Any]

#: Rows without words: the ids of events, by which a repeat is known, what was said when, what was fetched.
ROWS_KEPT = timedelta(days=400)
#: Rows in one transaction.
TOGETHER = 500
#: After so long nothing that was under way in the moment of somebody's erasing still is: an answer dies with a minute.
_IS_OVER = timedelta(hours=1)
#: An hourly look goes back so much further than what it looks for, should hours have been missed.
_LOOKS_BACK = timedelta(days=3)

#: A release before did not say when a push ended that a free answer told instead.
_ended_at = func.coalesce(OutboxMessage.settled_at, OutboxMessage.next_at)
_HANDLED = (inbox.DONE, inbox.DISMISSED)
_ENDED = (outbox.ACCEPTED, outbox.EXPIRED, outbox.WITHDRAWN)
_PERFORMED = (effect.DONE, effect.GONE, effect.DISMISSED)


def erase_raw_events(database: Database, now: datetime, *, everything: bool = True, dry: bool = False) -> int:
    """The bytes of handled events; the row with its id stays, so that a repeat is still known. `dry` only counts."""
    old = _by_town(database, now, InboxEvent.municipality_id, InboxEvent.received_at, everything=everything)
    wanted = select(InboxEvent.id).where(InboxEvent.state.in_(_HANDLED), old, InboxEvent.body.is_not(None))
    if dry:
        return _counted(database, wanted)

    def erase(session: Session, ids: list[int]) -> int:
        return _rows(session, update(InboxEvent).where(InboxEvent.id.in_(ids)).values(body=None))

    return _in_batches(database, wanted, erase)


def erase_sent_messages(database: Database, now: datetime, *, everything: bool = True, dry: bool = False) -> int:
    """What was said in settled messages; that it was said stays. `dry` only counts."""
    has_words = OutboxMessage.body.is_not(None) | OutboxMessage.content.is_not(None)
    # A message is settled soon after its last attempt was due; the daily look finds the few that were not.
    town = OutboxMessage.municipality_id
    wanted = select(OutboxMessage.id).where(
        OutboxMessage.state.in_(_ENDED),
        _by_town(database, now, town, _ended_at, everything=True),
        has_words,
    )
    if not everything:
        wanted = wanted.where(_by_town(database, now, town, OutboxMessage.next_at, everything=False))
    if dry:
        return _counted(database, wanted)

    def erase(session: Session, ids: list[int]) -> int:
        gone = update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(body=null(), content=null())
        return _rows(session, gone)

    return _in_batches(database, wanted, erase)


def forget_messages(database: Database, now: datetime) -> int:
    """Settled messages with their lines of the ledger; the month's use, as LINE counted it, stays."""
    wanted = select(OutboxMessage.id).where(OutboxMessage.state.in_(_ENDED), _ended_at < now - ROWS_KEPT)

    def forget(session: Session, ids: list[int]) -> int:
        _rows(session, update(News).where(News.outbox_message_id.in_(ids)).values(outbox_message_id=None))
        _rows(session, delete(LedgerEntry).where(LedgerEntry.outbox_message_id.in_(ids)))
        _rows(session, delete(SentPart).where(SentPart.outbox_message_id.in_(ids)))
        _rows(session, delete(OutboxQuote).where(OutboxQuote.outbox_message_id.in_(ids)))
        lanes = list(session.scalars(select(OutboxMessage.lane_key).where(OutboxMessage.id.in_(ids)).distinct()))
        count = _rows(session, delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))
        _forget_lanes(session, lanes)
        return count

    return _in_batches(database, wanted, forget)


def forget_the_erased(database: Database, now: datetime) -> int:
    """What was under way in the moment of somebody's erasing, words and the chat's address; how many people."""
    late = select(OutboxMessage.id).where(
        OutboxMessage.resident_id == Resident.id, OutboxMessage.chat_id.not_like(f"{forgetting.NOBODY}%")
    )
    wanted = select(Resident.id).where(Resident.erased_at < now - _IS_OVER, late.exists())

    def forget(session: Session, ids: list[int]) -> int:
        people = session.scalars(select(Resident).where(Resident.id.in_(ids))).all()
        _forget_lanes(session, [lane for person in people for lane in forgetting.forget_late(session, person, now)])
        return len(people)

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
        lanes = list(session.scalars(select(InboxEvent.lane_key).where(InboxEvent.id.in_(ids)).distinct()))
        count = _rows(session, delete(InboxEvent).where(InboxEvent.id.in_(ids)))
        _forget_lanes(session, lanes)
        return count

    return _in_batches(database, wanted, forget)


def _forget_lanes(session: Session, keys: list[str]) -> None:
    """The lease of a chat of which nothing is left: its key is the chat's address. A new event makes it anew."""
    events = select(InboxEvent.id).where(InboxEvent.lane_key == Lane.key).exists()
    messages = select(OutboxMessage.id).where(OutboxMessage.lane_key == Lane.key).exists()
    _rows(session, delete(Lane).where(Lane.key.in_(keys), Lane.leased_until.is_(None), ~events, ~messages))


def forget_effects(database: Database, now: datetime) -> int:
    """What was fetched or linked long ago."""
    wanted = select(Effect.id).where(Effect.state.in_(_PERFORMED), Effect.settled_at < now - ROWS_KEPT)

    def forget(session: Session, ids: list[int]) -> int:
        return _rows(session, delete(Effect).where(Effect.id.in_(ids)))

    return _in_batches(database, wanted, forget)


def _by_town(
    database: Database, now: datetime, town_id: Any, column: _Moment, *, everything: bool
) -> ColumnElement[bool]:
    """Older than the town's profile wants it kept; a database without towns has nothing old."""
    with database.reading() as session:
        kept = {town.id: terms_of(town).raw_before(now) for town in session.scalars(select(Municipality))}
    return or_(false(), *((town_id == key) & and_(*_between(column, old, everything)) for key, old in kept.items()))


def _counted(database: Database, wanted: Select[int]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def _between(column: _Moment, old: datetime, everything: bool) -> tuple[ColumnElement[bool], ...]:
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
