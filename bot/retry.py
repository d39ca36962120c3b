"""The schedule: when a failed attempt is made again, and when it is given up. Pure, no clock and no database.

The rules of messages follow LINE's: a push may be repeated under its retry key for 24 hours, a reply has no such key
and its token lives about a minute. The rule of events is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.errors import AlreadyAccepted, DeliveryDelayed, DeliveryProblem, ReplyTokenInvalid
from models.outbox import ACCEPTED, EXPIRED, PUSH, REFUSED, REPLY, UNCERTAIN, WAITING_QUOTA

#: How a call to LINE ended, as far as the next step depends on it. "unsent": LINE has not got it for certain.
Outcome = Literal["accepted", "refused", "token_invalid", "quota", "unsent", "unknown"]

#: Waits after the first, second, … failed handling of an event; after the last one it is parked.
EVENT_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600))
#: Waits between the attempts of a message; the last one repeats.
PUSH_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 5, 15, 30, 60, 120, 300, 600))
REPLY_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16))
#: Waits between the attempts of an effect; the last one repeats.
EFFECT_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 3, 10, 30, 60, 300, 900, 1800))

#: For so long at most a message is left alone because LINE asks for it (Retry-After).
LONGEST_WAIT = timedelta(minutes=15)

#: LINE forgets a retry key after 24 hours; half an hour is left for clocks and slow calls.
KEY_LIVES = timedelta(hours=23, minutes=30)
#: A reply of unknown outcome is repeated only while its token must still be alive if it was not used.
TOKEN_PROVES = timedelta(seconds=40)
#: LINE promises one minute for a token; after that a reply that never arrived is worth no further attempt.
TOKEN_LIVES = timedelta(seconds=60)
#: A redelivered event's token may work for twenty minutes; beyond that not even a first attempt is made.
TOKEN_IS_TRIED = timedelta(minutes=20)
#: With the waits above the last attempt is made a day after the first: LINE keeps content for no stated time.
EFFECT_ATTEMPTS = len(EFFECT_DELAYS) + int(timedelta(hours=24) / EFFECT_DELAYS[-1])


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Try again then."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """No further attempt by itself; `state` says what a person is to think of it."""

    state: str


@dataclass(frozen=True, slots=True)
class Done:
    """LINE has it."""

    state: str = ACCEPTED


Decision = RetryAt | GiveUp | Done


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a message that has just ended, at `now`.

    `attempts` counts it and all before. `unknown_since` is the time of the first *earlier* attempt that LINE may have
    accepted without our knowing. `heard_at` is when we received a reply's event. `jitter` is 0 … 1: several chats that
    failed together do not come back together. `wait_seconds` is for how long LINE asked to be left alone.
    """

    way: str
    attempts: int
    now: datetime
    unknown_since: datetime | None = None
    heard_at: datetime | None = None
    jitter: float = 0.0
    wait_seconds: float = 0.0


def outcome_of(problem: DeliveryProblem | None) -> Outcome:
    """How a call ended, from the problem it raised (None: it did not raise)."""
    if problem is None or isinstance(problem, AlreadyAccepted):
        return "accepted"
    if isinstance(problem, ReplyTokenInvalid):
        return "token_invalid"
    if isinstance(problem, DeliveryDelayed):
        if problem.kind == "quota":
            return "quota"
        return "unsent" if problem.outcome_known else "unknown"
    return "refused"


def decide(outcome: Outcome, attempt: Attempt) -> Decision:
    """What becomes of a message after this attempt."""
    if outcome == "accepted":
        return Done()
    if outcome == "refused":
        return GiveUp(REFUSED)
    return _reply(outcome, attempt) if attempt.way == REPLY else _push(outcome, attempt)


def too_late(attempt: Attempt) -> GiveUp | None:
    """Why a message must not be attempted (again) at `now`, or None while it may. `attempts` counts those made."""
    if attempt.way == PUSH:
        since = attempt.unknown_since
        return GiveUp(UNCERTAIN) if since is not None and attempt.now - since >= KEY_LIVES else None
    age = _age(attempt)
    if attempt.unknown_since is not None:
        return GiveUp(UNCERTAIN) if age >= TOKEN_PROVES else None
    return GiveUp(EXPIRED) if age >= (TOKEN_LIVES if attempt.attempts else TOKEN_IS_TRIED) else None


def _push(outcome: Outcome, attempt: Attempt) -> Decision:
    if outcome == "quota":
        return GiveUp(WAITING_QUOTA)
    at = _next_at(attempt, PUSH_DELAYS)
    since = attempt.unknown_since or (attempt.now if outcome == "unknown" else None)
    if since is not None and at - since >= KEY_LIVES:
        return GiveUp(UNCERTAIN)
    return RetryAt(at)


def _reply(outcome: Outcome, attempt: Attempt) -> Decision:
    was_unknown = attempt.unknown_since is not None
    if outcome == "token_invalid":
        # An earlier attempt may have used the token: within its life nothing else can have.
        if was_unknown:
            return Done() if _age(attempt) <= TOKEN_LIVES else GiveUp(UNCERTAIN)
        return GiveUp(EXPIRED)
    at = _next_at(attempt, REPLY_DELAYS)
    age = at - (attempt.heard_at or attempt.now)
    if outcome == "unknown" or was_unknown:
        return RetryAt(at) if age < TOKEN_PROVES else GiveUp(UNCERTAIN)
    return RetryAt(at) if age < TOKEN_LIVES else GiveUp(EXPIRED)


def _next_at(attempt: Attempt, delays: tuple[timedelta, ...]) -> datetime:
    """The time of the next attempt: by our schedule, or when LINE asked for it, if that is later."""
    asked = min(attempt.wait_seconds, LONGEST_WAIT.total_seconds())
    return attempt.now + delay(delays, attempt.attempts, attempt.jitter, at_least=timedelta(seconds=asked))


def _age(attempt: Attempt) -> timedelta:
    return attempt.now - (attempt.heard_at or attempt.now)


def delay(
    delays: tuple[timedelta, ...], attempts: int, jitter: float = 0.0, *, at_least: timedelta = timedelta()
) -> timedelta:
    """The wait after the n-th attempt, or `at_least`, up to half as long again by `jitter`."""
    return max(delays[min(attempts, len(delays)) - 1], at_least) * (1 + jitter / 2)


def next_handling(attempts: int, now: datetime) -> datetime | None:
    """When an event that failed for the n-th time is handled again; None parks it."""
    return now + EVENT_DELAYS[attempts - 1] if attempts <= len(EVENT_DELAYS) else None


def next_effect(attempts: int, now: datetime, jitter: float = 0.0) -> datetime | None:
    """When an effect that failed for the n-th time is tried again; None gives it up, about a day after the first."""
    return now + delay(EFFECT_DELAYS, attempts, jitter) if attempts < EFFECT_ATTEMPTS else None
