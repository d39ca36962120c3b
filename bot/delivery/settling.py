"""How an attempt's end is written down: the row, the ledger, and the news it carried, in one transaction.

`first_attempt_at` is the time of the first attempt that LINE may have accepted; it is taken back when an attempt
turns out not to have reached LINE. So a row that has it may be at LINE, and a row without it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from bot import clock, metrics
from bot.delivery import parts, quota
from bot.retry import Done, GiveUp, Outcome, RetryAt
from models import LedgerEntry, OutboxMessage
from models.outbox import (
    ACCEPTED,
    EXPIRED,
    QUEUED,
    REFUSED,
    SENDING,
    UNCERTAIN,
    WAITING_QUOTA,
    WITHDRAWN,
)

#: Takes (session, message, the town's time) in the settling transaction.
Hook = Callable[[Session, OutboxMessage, datetime], object]


#: Built once, and without a session's book-keeping: each accepted message is entered once.
_ENTER = insert(cast(Table, LedgerEntry.__table__)).inline()


def _nobody(_session: Session, _message: OutboxMessage, _at: datetime) -> None:
    """Nobody listens."""


def _as_it_is(_session: Session, _message: OutboxMessage, _at: datetime) -> bool:
    """Words do not grow old."""
    return True


@dataclass(frozen=True, slots=True)
class Hooks:
    """Who is told of a settled message: the rules of news, one hook for each end.

    `blocked`: its resident blocks us, LINE has not got it, and it will not be sent. `still_true` is asked before each
    attempt of a push that LINE has not got: its words may have grown old, or no longer be this person's to read; it
    puts them right, and False means that nothing is left to say.
    """

    accepted: Hook = _nobody
    expired: Hook = _nobody
    uncertain: Hook = _nobody
    refused: Hook = _nobody
    waits_for_quota: Hook = _nobody
    blocked: Hook = _nobody
    still_true: Callable[[Session, OutboxMessage, datetime], bool] = _as_it_is

    def tell(self, session: Session, message: OutboxMessage) -> None:
        """Call the hook of the state the message has come to."""
        hooks = {
            ACCEPTED: self.accepted,
            EXPIRED: self.expired,
            UNCERTAIN: self.uncertain,
            REFUSED: self.refused,
            WAITING_QUOTA: self.waits_for_quota,
            WITHDRAWN: self.blocked,
        }
        hooks[message.state](session, message, clock.now())


@dataclass(frozen=True, slots=True)
class Ended:
    """How the call ended: the outcome, LINE's request id where there is one, and what to remember of a problem."""

    outcome: Outcome
    request_id: str | None = None
    problem: str | None = None
    message_ids: tuple[str, ...] = ()  # LINE's, of the objects it accepted
    wait_seconds: float = 0.0  # for how long LINE asked to be left alone


def settle(
    session: Session,
    message: OutboxMessage,
    ended: Ended,
    decision: RetryAt | GiveUp | Done,
    *,
    was_unknown: bool,
    timezone: str,
    hooks: Hooks,
) -> None:
    """Write down how an attempt ended. `was_unknown`: an earlier attempt may have been accepted."""
    now = clock.real_now()
    metrics.deliveries.labels(message.way, ended.outcome).inc()
    message.request_id = ended.request_id or message.request_id
    message.last_problem = ended.problem
    if ended.outcome == "accepted":
        if message.heard_at is not None:
            metrics.answer_lag.observe(max((now - message.heard_at).total_seconds(), 0.0))
        parts.remember(session, message, message.body or [], ended.message_ids)
    if ended.outcome not in ("accepted", "unknown") and not was_unknown:
        message.first_attempt_at = None
    if ended.outcome == "quota":
        month = quota.this_month(timezone)
        quota.exhausted(session, message.municipality_id, month, now)
    if message.state == WITHDRAWN:  # its words were unsent while it was under way
        if isinstance(decision, Done):
            finish(session, message, ACCEPTED, now, timezone, hooks)
        elif message.first_attempt_at is not None:
            message.last_problem = "outcome unknown when its words were unsent"
        return
    if isinstance(decision, RetryAt):
        message.state, message.next_at = QUEUED, decision.at
        return
    finish(session, message, decision.state, now, timezone, hooks)


def finish(session: Session, message: OutboxMessage, state: str, now: datetime, timezone: str, hooks: Hooks) -> None:
    """Bring a message to its end, with the ledger and the news that belong to it."""
    message.state = state
    message.settled_at = None if state in (QUEUED, SENDING, WAITING_QUOTA) else now
    if state == ACCEPTED:
        _enter(session, message, quota.this_month(timezone), now)
    session.flush()
    hooks.tell(session, message)


def _enter(session: Session, message: OutboxMessage, month: str, now: datetime) -> None:
    entry = {
        "municipality_id": message.municipality_id,
        "month": month,
        "outbox_message_id": message.id,
        "way": message.way,
        "recipients": 1,
        "urgency": message.urgency,
        "is_for_officer": message.is_for_officer,
        "at": now,
    }
    session.execute(_ENTER, entry)
