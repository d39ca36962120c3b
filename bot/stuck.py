"""What does not get on by itself, for a person: events, messages and effects, and how they are set going again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import uuid4

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from bot import clock, metrics, news
from bot.database import Database
from bot.outbox import lanes_to_wake
from models import Effect, InboxEvent, Media, OutboxMessage, effect, inbox, outbox

#: A delay longer than this is shown, although it may still end by itself.
SLOW_MESSAGE = timedelta(minutes=10)
SLOW_EFFECT = timedelta(hours=1)
#: Written by whoever unsends words that may be at LINE already.
OUTCOME_UNKNOWN = "outcome unknown"
DISMISSED = "dismissed by a person"
_MAY_BE_THERE = and_(OutboxMessage.state == outbox.WITHDRAWN, OutboxMessage.last_problem.startswith(OUTCOME_UNKNOWN))

Table = type[InboxEvent] | type[OutboxMessage] | type[Effect]
State = Literal["parked", "uncertain", "waiting"]


class NotStuck(Exception):
    """There is nothing stuck under this id."""


class CannotRetry(Exception):
    """This cannot be tried again; the message says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """One thing a person should look at. `id` is what retry and dismiss take."""

    id: str
    kind: Literal["event", "message", "effect"]
    state: State
    reason: str
    since: datetime


def listed(session: Session) -> list[Stuck]:
    """Everything that is stuck, oldest first."""
    now = clock.real_now()
    found = [*_events(session), *_messages(session, now), *_effects(session, now)]
    return sorted(found, key=lambda one: (one.since, one.id))


def _events(session: Session) -> list[Stuck]:
    held_up = and_(InboxEvent.state == inbox.NEW, InboxEvent.attempts > 0)
    rows = session.scalars(select(InboxEvent).where(or_(InboxEvent.state == inbox.PARKED, held_up)))
    return [
        Stuck(
            f"event-{row.id}",
            "event",
            "parked" if row.state == inbox.PARKED else "waiting",
            row.last_problem or "",
            row.received_at,
        )
        for row in rows
    ]


def _messages(session: Session, now: datetime) -> list[Stuck]:
    slow = and_(OutboxMessage.state.in_(outbox.UNSETTLED), OutboxMessage.created_at < now - SLOW_MESSAGE)
    ended = OutboxMessage.state.in_((outbox.UNCERTAIN, outbox.REFUSED, outbox.WAITING_QUOTA))
    states: dict[str, State] = {outbox.UNCERTAIN: "uncertain", outbox.WITHDRAWN: "uncertain", outbox.REFUSED: "parked"}
    return [
        Stuck(
            f"message-{row.id}",
            "message",
            states.get(row.state, "waiting"),
            row.last_problem or row.state,
            row.created_at,
        )
        for row in session.scalars(select(OutboxMessage).where(or_(slow, _MAY_BE_THERE, ended)))
    ]


def _effects(session: Session, now: datetime) -> list[Stuck]:
    slow = and_(Effect.state == effect.WANTED, Effect.created_at < now - SLOW_EFFECT, Effect.attempts > 0)
    return [
        Stuck(
            f"effect-{row.id}",
            "effect",
            "parked" if row.state == effect.REFUSED else "waiting",
            f"{row.kind}: {row.last_problem or 'waiting'}",
            row.created_at,
        )
        for row in session.scalars(select(Effect).where(or_(slow, Effect.state == effect.REFUSED)))
    ]


def _find(session: Session, stuck_id: str) -> InboxEvent | OutboxMessage | Effect:
    if stuck_id not in {one.id for one in listed(session)}:
        raise NotStuck(stuck_id)
    kind, _, digits = stuck_id.partition("-")
    if kind == "event":
        return session.get_one(InboxEvent, int(digits), with_for_update=True)
    if kind == "effect":
        return session.get_one(Effect, int(digits), with_for_update=True)
    return session.get_one(OutboxMessage, int(digits), with_for_update={"of": OutboxMessage})


def retry(session: Session, stuck_id: str) -> None:
    """Set it going again from the start, now.

    :raises NotStuck: nothing stuck has this id. :raises CannotRetry: it makes no sense for this one.
    """
    now = clock.real_now()
    row = _find(session, stuck_id)
    if isinstance(row, InboxEvent):
        row.state, row.attempts, row.next_at = inbox.NEW, 0, now
        lanes_to_wake(session).add(row.lane_key)
    elif isinstance(row, Effect):
        row.state, row.attempts, row.next_at, row.settled_at = effect.WANTED, 0, now, None
        _restore_medium(session, row)
    else:
        _send_again(session, row, now)
        lanes_to_wake(session).add(row.lane_key)


def _restore_medium(session: Session, row: Effect) -> None:
    medium = session.get(Media, row.payload.get("media_id")) if row.kind == effect.FETCH_MEDIA else None
    if medium is not None and medium.state == "refused":
        medium.state, medium.problem = "wanted", None


def _send_again(session: Session, row: OutboxMessage, now: datetime) -> None:
    if row.state in (outbox.QUEUED, outbox.SENDING, outbox.WAITING_QUOTA):
        row.next_at = now
        if row.state == outbox.WAITING_QUOTA:
            row.state = outbox.QUEUED
        return
    if row.way == outbox.REPLY:
        raise CannotRetry("a reply cannot be sent twice; its tickets' state goes with the next answer, so dismiss it")
    if row.content is None and not (row.state == outbox.REFUSED and news.say_again(session, row)):
        raise CannotRetry("its words were unsent, or told since, so there is nothing to send; dismiss it")
    # A new key: LINE has forgotten the old one, or refused what came under it.
    row.state, row.attempts, row.next_at, row.settled_at = outbox.QUEUED, 0, now, None
    row.first_attempt_at, row.body, row.retry_key = None, None, str(uuid4())


def dismiss(session: Session, stuck_id: str) -> None:
    """Say that nothing is to be done about it.

    :raises NotStuck: nothing stuck has this id. :raises CannotRetry: it is still being tried.
    """
    row = _find(session, stuck_id)
    if isinstance(row, InboxEvent):
        row.state = inbox.DISMISSED
    elif isinstance(row, Effect):
        row.state, row.settled_at = effect.DISMISSED, clock.real_now()
    else:
        if row.state == outbox.SENDING:
            raise CannotRetry("it is on its way at this moment; look again in a few seconds")
        was_to_be_sent = row.state in (outbox.QUEUED, outbox.WAITING_QUOTA)
        row.state, row.last_problem, row.settled_at = outbox.WITHDRAWN, DISMISSED, clock.real_now()
        if was_to_be_sent:  # else its news have gone their own way already
            end = news.refused if row.first_attempt_at is None else news.uncertain
            end(session, row, clock.now())


def measure(database: Database) -> None:
    """Refresh the gauges of what waits. Counts only what is unsettled: the rest grows for ever."""
    counted: tuple[tuple[str, Table, tuple[str, ...]], ...] = (
        ("event", InboxEvent, (inbox.NEW, inbox.PARKED)),
        ("message", OutboxMessage, (*outbox.UNSETTLED, outbox.WAITING_QUOTA, outbox.UNCERTAIN, outbox.REFUSED)),
        ("effect", Effect, (effect.WANTED, effect.REFUSED)),
    )
    with database.reading() as session:
        for kind, table, states in counted:
            rows = session.execute(
                select(table.state, func.count()).where(table.state.in_(states)).group_by(table.state)
            )
            numbers = {row[0]: row[1] for row in rows}
            if table is OutboxMessage:  # as it is listed
                unsent = session.scalar(select(func.count()).select_from(table).where(_MAY_BE_THERE)) or 0
                numbers[outbox.UNCERTAIN] = numbers.get(outbox.UNCERTAIN, 0) + unsent
            for state in states:
                metrics.depth.labels(kind, state).set(numbers.get(state, 0))
        first = session.execute(
            select(func.min(InboxEvent.received_at)).where(InboxEvent.state == inbox.NEW)
        ).scalar_one()
    metrics.oldest.set((clock.real_now() - first).total_seconds() if first else 0)
