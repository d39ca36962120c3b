"""Which lanes have something to do, asked of the database: what no hint told of is found here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.database import Database, server_now
from models import InboxEvent, Lane, OutboxMessage
from models.inbox import NEW
from models.outbox import UNSETTLED

#: Lanes of one kind in one sweep, at most; the next one finds the rest.
MOST = 500


def due_lanes(database: Database, now: datetime, *, only: str | None = None) -> set[str]:
    """Lanes that have something to do and that nobody holds; `only` asks for one lane.

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
    if only is not None:
        events, messages = events.where(InboxEvent.lane_key == only), messages.where(OutboxMessage.lane_key == only)
    with database.reading() as session:
        held = set(session.scalars(select(Lane.key).where(Lane.leased_until > server_now(session))))
        due = set(session.scalars(events.distinct().limit(MOST)))
        due |= set(session.scalars(messages.distinct().limit(MOST)))
        return due - held
