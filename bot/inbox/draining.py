"""Events are handled in the order of their chat, one transaction each: all that an event causes, or nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased

from bot import clock, lanes, logs, metrics, retry
from bot.database import Database, is_the_databases_fault, took_too_long
from bot.inbox.wishes import has_wishes
from bot.logs import place_of
from bot.outbox import lanes_to_wake
from bot.pacing import Pace
from models import InboxEvent, OutboxMessage
from models.inbox import DONE, NEW, PARKED, UNSENT
from models.outbox import UNSETTLED

log = logging.getLogger(__name__)

#: Handles one event inside the engine's transaction; never commits, never talks to the network.
Dispatch = Callable[[Session, InboxEvent], None]
#: Does what else belongs into the transaction; takes whether messages of this chat were unsettled before.
Last = Callable[[Session, bool], None]

#: So long is a statement that takes too long put down to a slow database; then the event itself asks too much.
SLOW_DATABASE = timedelta(hours=1)

#: Built once: it is asked for every event, with whether the chat is still to hear something that was said before.
_UNSETTLED_BEFORE = (
    select(OutboxMessage.id)
    .where(OutboxMessage.lane_key == bindparam("lane"), OutboxMessage.state.in_(UNSETTLED))
    .exists()
)
_unsending = aliased(InboxEvent)
#: Whether the message of an event was taken back before: LINE may bring it later than that.
_IS_UNSENT = (
    select(_unsending.id)
    .where(
        _unsending.municipality_id == InboxEvent.municipality_id,
        _unsending.said == UNSENT + InboxEvent.said,
        _unsending.lane_key == InboxEvent.lane_key,
        _unsending.state != NEW,
    )
    .exists()
)
_NEXT_TWO = (
    select(InboxEvent, _UNSETTLED_BEFORE, _IS_UNSENT)
    .where(InboxEvent.lane_key == bindparam("lane"), InboxEvent.state == NEW)
    .order_by(InboxEvent.occurred_at_ms, InboxEvent.id)
    .limit(2)
)


@dataclass
class Drained:
    """What a drain did: events handled or parked, whether they said something in their chat, what others got to do."""

    handled: int = 0
    parked: int = 0
    has_effects: bool = False
    has_answers: bool = False
    to_wake: set[str] = field(default_factory=set)


def drain(
    database: Database,
    lane_key: str,
    dispatch: Dispatch,
    worker_name: str,
    *,
    wake: Callable[[str], None] = lambda lane: None,
) -> int:
    """Handle every event of a chat that is due, in order, and count them; 0 while another worker does."""
    with lanes.held(database, lane_key, worker_name) as hold:
        if hold is None:
            return 0
        drained = drain_held(database, hold, dispatch)
    for key in drained.to_wake:
        wake(key)
    return drained.handled


def drain_held(
    database: Database,
    hold: lanes.Hold,
    dispatch: Dispatch,
    *,
    most: int | None = None,
    pace: Pace | None = None,
    last: Last = lambda session, waits: None,
) -> Drained:
    """Handle what is due in a lane that we hold, at most `most` events, and no faster than `pace` lets it.

    An event that fails holds its lane until its next attempt, because what follows in the chat builds on it; after
    its last attempt it is parked for a person, and the lane goes on. `last` is done in the transaction of an event
    behind which none stands.

    :raises LaneLost: when somebody else took the lane; what was not committed by then is his.
    """
    done = Drained()
    while most is None or done.handled + done.parked < most:
        try:
            if not _handle_next(database, hold, dispatch, done, pace, last):
                break
        except _Failed as failed:
            if not _note_failure(database, hold, failed, done):
                break
    return done


class _Failed(Exception):
    """Handling an event failed; the cause is the reason."""

    def __init__(self, event_id: int, place: str) -> None:
        super().__init__(place)
        self.event_id = event_id
        self.place = place


def _handle_next(
    database: Database,
    hold: lanes.Hold,
    dispatch: Dispatch,
    done: Drained,
    pace: Pace | None,
    last: Last,
) -> bool:
    """One event, one transaction; whether another one stands behind it."""
    with lanes.under(database, hold) as session:
        queue = session.execute(_NEXT_TWO, {"lane": hold.key}).all()
        now = hold.since or clock.real_now()  # read with the lane in hand: what is handled later is later
        if not queue or (queue[0][0].next_at is not None and queue[0][0].next_at > now):
            return False
        event, has_unsettled, is_unsent = queue[0]
        wait = pace.take(hold.key) if pace is not None else 0.0
        if wait:  # one person's flood: this chat rests, in the database, so that other processes let it rest too
            event.next_at = now + timedelta(seconds=wait)
            return False
        number, said, waited = event.id, event.event_id, now - event.received_at
        try:
            if is_unsent:
                event.body = None
            if event.body is not None:  # erased meanwhile: nothing is left to handle
                with logs.about(event=number):
                    dispatch(session, event)
            event.state, event.handled_at, event.next_at = DONE, now, None
            if len(queue) == 1:
                last(session, has_unsettled)
            session.flush()
        except Exception as error:
            # Whatever a handler may raise must not stop the chat for ever: it is noted, tried again, then parked.
            if isinstance(error, DBAPIError) and _is_not_its_fault(error, waited):
                raise  # the database is away, locked or full, which no event is to blame for: a sweep tries again
            raise _Failed(number, place_of(error)) from error
    done.handled += 1
    done.has_effects |= has_wishes(session)
    done.has_answers |= hold.key in lanes_to_wake(session)
    done.to_wake |= lanes_to_wake(session) - {hold.key}
    log.info("event %d is handled: %s", number, said)
    metrics.events.labels("handled").inc()
    metrics.lag.observe(max((clock.real_now() - event.received_at).total_seconds(), 0.0))
    return len(queue) > 1


def _is_not_its_fault(error: DBAPIError, waited: timedelta) -> bool:
    """Whether an event that arrived so long ago failed for what the database was going through."""
    return is_the_databases_fault(error) and not (took_too_long(error) and waited > SLOW_DATABASE)


def _note_failure(database: Database, hold: lanes.Hold, failed: _Failed, done: Drained) -> bool:
    """Remember the failed attempt; True when the event was parked and the lane may go on."""
    with lanes.under(database, hold) as session:
        event = session.get_one(InboxEvent, failed.event_id)
        event.attempts += 1
        event.last_problem = failed.place
        event.next_at = retry.next_handling(event.attempts, clock.real_now())
        is_parked = event.next_at is None
        if is_parked:
            event.state = PARKED
    log.error(
        "event %s failed (attempt %d)%s: %s",
        failed.event_id,
        event.attempts,
        ", parked" if is_parked else "",
        failed.place,
        exc_info=failed.__cause__,
    )
    metrics.events.labels("parked" if is_parked else "failed").inc()
    done.parked += is_parked
    return is_parked
