"""Which lanes have something to do, asked of the database: what no hint told of is found here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, bindparam, func, select
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


def _question(moment: ColumnElement[datetime]) -> Select[bool, bool, bool]:
    """Whether :lane has events, has messages, is held at this moment. Built once: each event asks it twice."""
    lane, now = bindparam("lane", type_=String), bindparam("now", type_=InboxEvent.next_at.type)
    new = (InboxEvent.lane_key == lane, InboxEvent.state == NEW)
    is_held_up = select(InboxEvent.id).where(*new, InboxEvent.next_at > now).exists()
    unsettled = (OutboxMessage.lane_key == lane, OutboxMessage.state.in_(UNSETTLED), OutboxMessage.next_at <= now)
    return select(
        select(InboxEvent.id).where(*new).exists() & ~is_held_up,
        select(OutboxMessage.id).where(*unsettled).exists(),
        select(Lane.key).where(Lane.key == lane, Lane.leased_until > moment).exists(),
    )


_ASKED_OF_SQLITE = _question(bindparam("now", type_=InboxEvent.next_at.type))
_ASKED_OF_POSTGRESQL = _question(func.clock_timestamp())


def due_in(database: Database, lane_key: str, now: datetime) -> Due:
    """What a lane has to do; nothing while somebody holds it."""
    asked = _ASKED_OF_SQLITE if database.is_sqlite else _ASKED_OF_POSTGRESQL
    with database.asking() as connection:
        events, messages, is_held = connection.execute(asked, {"lane": lane_key, "now": now}).one()
    return NOTHING if is_held else Due(bool(events), bool(messages))


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
        moment = server_now(session)
        due = set(session.scalars(events.distinct().limit(MOST)))
        due |= set(session.scalars(messages.distinct().limit(MOST)))
        if not due:
            return due
        # Only of these: every chat there ever was has a lane.
        return due - set(session.scalars(select(Lane.key).where(Lane.key.in_(due), Lane.leased_until > moment)))
