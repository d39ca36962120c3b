"""Which lanes have something to do, asked of the database: what no hint told of is found here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot.database import Database, server_now
from models import InboxEvent, Lane, OutboxMessage
from models.inbox import NEW
from models.outbox import UNSETTLED

#: Lanes of one kind in one sweep, at most; the next one finds the rest.
MOST = 500


@dataclass(frozen=True, slots=True)
class Due:
    """What one lane has to do."""

    events: bool
    messages: bool

    def __bool__(self) -> bool:
        return self.events or self.messages


NOTHING = Due(events=False, messages=False)


def due_in(database: Database, lane_key: str, now: datetime) -> Due:
    """What a lane has to do; nothing while somebody holds it. One statement: every event asks this twice."""
    new = (InboxEvent.lane_key == lane_key, InboxEvent.state == NEW)
    is_held_up = select(InboxEvent.id).where(*new, InboxEvent.next_at > now).exists()
    has_events = select(InboxEvent.id).where(*new).exists() & ~is_held_up
    unsettled = (OutboxMessage.lane_key == lane_key, OutboxMessage.state.in_(UNSETTLED), OutboxMessage.next_at <= now)
    has_messages = select(OutboxMessage.id).where(*unsettled).exists()
    moment = now if database.is_sqlite else func.clock_timestamp()
    is_held = select(Lane.key).where(Lane.key == lane_key, Lane.leased_until > moment).exists()
    with database.reading() as session:
        events, messages, held = session.execute(select(has_events, has_messages, is_held)).one()
    return NOTHING if held else Due(bool(events), bool(messages))


def due_lanes(database: Database, now: datetime) -> set[str]:
    """Lanes that have something to do and that nobody holds.

    An event does not make its lane due while another of the lane waits for its next attempt.
    """
    waiting = aliased(InboxEvent)
    is_held_up = (
        select(waiting.id)
        .where(waiting.lane_key == InboxEvent.lane_key, waiting.state == NEW, waiting.next_at > now)
        .exists()
    )
    events = select(InboxEvent.lane_key).where(InboxEvent.state == NEW, ~is_held_up)
    messages = select(OutboxMessage.lane_key).where(OutboxMessage.state.in_(UNSETTLED), OutboxMessage.next_at <= now)
    with database.reading() as session:
        held = set(session.scalars(select(Lane.key).where(Lane.leased_until > server_now(session))))
        due = set(session.scalars(events.distinct().limit(MOST)))
        due |= set(session.scalars(messages.distinct().limit(MOST)))
        return due - held
