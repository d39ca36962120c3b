"""Claim, commit, send, settle: a message leaves only after the database knows that it is about to."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot import clock, lanes, retry
from bot.channels import Channels, Town
from bot.database import Database
from bot.delivery import quota
from bot.delivery.settling import Ended, Hooks, finish, settle
from bot.errors import AlreadyAccepted, DeliveryProblem
from bot.line.client import LineClient
from bot.outbox import lanes_to_wake, said_in
from models import OutboxMessage
from models.outbox import PUSH, QUEUED, REFUSED, REPLY, SENDING, UNSETTLED, WAITING_QUOTA, WITHDRAWN

log = logging.getLogger(__name__)

#: Makes LINE's message objects of a row's content; called before the first attempt that LINE may have got.
Build = Callable[[Session, OutboxMessage], list[dict[str, Any]]]
#: More unsettled messages of one chat than anybody should have; the rest is looked at when these are settled.
LOOKED_AT = 50
#: Built once: it is asked for every message. Locked: somebody else may take one back at this moment (its words were
#: unsent in another chat, a person dismisses it), and what is sent must not be written over that.
_UNSETTLED = (
    select(OutboxMessage)
    .where(OutboxMessage.lane_key == bindparam("lane"), OutboxMessage.state.in_(UNSETTLED))
    .order_by(OutboxMessage.id)
    .limit(LOOKED_AT)
    .with_for_update(of=OutboxMessage, key_share=True)
    .execution_options(populate_existing=True)
)


@dataclass
class Delivered:
    """What a delivery did: calls made, and other chats that were given something to do."""

    attempted: int = 0
    to_wake: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one attempt needs once its transaction is over."""

    id: int
    way: str
    chat_id: str
    body: list[Any]
    retry_key: str
    reply_token: str | None
    attempt: int
    unknown_since: datetime | None
    heard_at: datetime | None
    is_last: bool  # nothing else of this chat was to be said


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends what the outbox holds, one chat at a time."""

    database: Database
    channels: Channels
    build: Build
    hooks: Hooks

    def take_up(self, session: Session, hold: lanes.Hold, *, has_unsettled: bool) -> Letter | None:
        """Take the next message in a transaction under its lane that may have said it; None: nothing is due.

        `has_unsettled`: others wait in this chat since before. After the commit it is to be sent: it is given to
        `deliver_held`.
        """
        unsettled = _unsettled(session, hold.key) if has_unsettled else said_in(session, hold.key)
        letter = self._take(session, self._town(hold), unsettled)
        return letter if isinstance(letter, Letter) else None

    def deliver_held(self, hold: lanes.Hold, *, most: int | None = None, first: Letter | None = None) -> Delivered:
        """Send what is due in a lane that we hold, at most `most` calls; `first` what was taken up already.

        :raises LaneLost: when somebody else took the lane; an attempt under way is then his to find out about.
        """
        done = Delivered()
        town = self._town(hold)
        client = self.channels.client(town.id)
        while most is None or done.attempted < most:
            letter = first or self._claim(hold, town, done)
            first = None
            if letter is None:
                break
            if letter == "settled":
                continue
            ended = _send(client, letter)
            done.attempted += 1
            has_more = self._settle(hold, town, letter, ended, done)
            if letter.is_last and not has_more:
                break
        done.to_wake.discard(hold.key)
        return done

    def _town(self, hold: lanes.Hold) -> Town:
        return self.channels.town_of(int(hold.key.partition(":")[0]))

    def _claim(self, hold: lanes.Hold, town: Town, done: Delivered) -> Letter | Literal["settled"] | None:
        """Take the next message and say so in the database; "settled" when it needed no attempt."""
        with lanes.under(self.database, hold) as session:
            letter = self._take(session, town, _unsettled(session, hold.key))
            if letter == "settled":
                done.to_wake |= lanes_to_wake(session)
            return letter

    def _take(
        self, session: Session, town: Town, unsettled: Sequence[OutboxMessage]
    ) -> Letter | Literal["settled"] | None:
        now = clock.real_now()
        message = _next(unsettled, now)
        if message is None:
            return None
        ends_as = self._ends_unsent(session, message, town, now)
        if ends_as is not None:
            finish(session, message, ends_as, now, town.timezone, self.hooks)
            return "settled"
        unknown_since = message.first_attempt_at
        message.state = SENDING
        message.attempts += 1
        message.first_attempt_at = unknown_since or now
        message.next_at = now + _wait(message)  # should this process end before it settles
        session.flush()  # what was said just now is written once, as it is sent
        assert message.body is not None
        return Letter(
            id=message.id,
            way=message.way,
            chat_id=message.chat_id,
            body=message.body,
            retry_key=message.retry_key,
            reply_token=message.reply_token,
            attempt=message.attempts,
            unknown_since=unknown_since,
            heard_at=message.heard_at,
            is_last=len(unsettled) == 1,
        )

    def _ends_unsent(self, session: Session, message: OutboxMessage, town: Town, now: datetime) -> str | None:
        """The state a message comes to without an(other) attempt, or None when it is to be sent."""
        late = retry.too_late(
            retry.Attempt(message.way, message.attempts, now, message.first_attempt_at, message.heard_at)
        )
        if late is not None:
            message.last_problem = message.last_problem or "too late to send"
            return late.state
        # LINE has surely not got it, also after attempts: who may read it, and what is true, is asked anew each time.
        is_not_at_line = message.way == PUSH and message.first_attempt_at is None
        if is_not_at_line:
            if message.resident is not None and message.resident.blocked_at is not None:
                message.last_problem = "blocked"
                return WITHDRAWN
            month = quota.this_month(town.timezone)
            is_for_officer = message.is_for_officer
            if not quota.may_push(session, town.id, month, message.urgency, is_for_officer=is_for_officer):
                message.last_problem = "the month's plan is used up"
                return WAITING_QUOTA
        if message.body is None or is_not_at_line:
            try:
                if is_not_at_line and not self.hooks.still_true(session, message, now):
                    return WITHDRAWN
                message.body = self.build(session, message)
            except Exception as error:
                # A message that cannot be built would stop its chat for ever; a person sees it among the refused.
                log.error("message %d could not be built", message.id, exc_info=error)
                message.last_problem = f"could not be built: {type(error).__name__}"
                return REFUSED
        return None

    def _settle(self, hold: lanes.Hold, town: Town, letter: Letter, ended: Ended, done: Delivered) -> bool:
        """Write down how it ended; whether that gave this chat something else to hear."""
        attempt = retry.Attempt(
            way=letter.way,
            attempts=letter.attempt,
            now=clock.real_now(),
            unknown_since=letter.unknown_since,
            heard_at=letter.heard_at,
            jitter=random.random(),
            wait_seconds=ended.wait_seconds,
        )
        decision = retry.decide(ended.outcome, attempt)
        with self.database.transaction() as session:
            if letter.is_last:  # the last thing that is done in this lane: a transaction less
                lanes.release(session, hold)
            else:
                lanes.renew(session, hold)
            message = session.get_one(OutboxMessage, letter.id, with_for_update={"of": OutboxMessage})
            was_unknown = letter.unknown_since is not None
            settle(
                session,
                message,
                ended,
                decision,
                was_unknown=was_unknown,
                timezone=town.timezone,
                hooks=self.hooks,
            )
            has_more = hold.key in lanes_to_wake(session)
            is_over = letter.is_last and not has_more
            if letter.is_last and has_more:
                lanes.renew(session, hold)
        hold.is_given_back = is_over
        done.to_wake |= lanes_to_wake(session)
        log.info(
            "%s %d for event %s, attempt %d: %s, now %s, LINE's request %s",
            letter.way,
            letter.id,
            message.inbox_event_id or "-",
            letter.attempt,
            ended.problem or ended.outcome,
            message.state,
            ended.request_id or "-",
        )
        return has_more


def _wait(message: OutboxMessage) -> Any:
    return retry.delay(retry.REPLY_DELAYS if message.way == REPLY else retry.PUSH_DELAYS, message.attempts)


def _unsettled(session: Session, lane_key: str) -> Sequence[OutboxMessage]:
    """What a chat is still to hear, in the order in which it was said."""
    return session.scalars(_UNSETTLED, {"lane": lane_key}).all()


def _next(unsettled: Sequence[OutboxMessage], now: datetime) -> OutboxMessage | None:
    """The message of a chat whose turn it is, or None.

    In the order they were said; but an answer never waits for a push that LINE does not take just now. What stands
    behind another takes over its time, so that nobody asks for it in vain meanwhile.
    """
    ahead: OutboxMessage | None = None
    for message in unsettled:
        if ahead is None or (message.way == REPLY and ahead.way == PUSH):
            if message.next_at <= now:
                return message
            ahead = message
        elif message.state == QUEUED and message.next_at < ahead.next_at:
            message.next_at = ahead.next_at
    return None


def _send(client: LineClient, letter: Letter) -> Ended:
    try:
        if letter.way == REPLY:
            accepted = client.reply(letter.reply_token or "", letter.body)
        else:
            accepted = client.push(letter.chat_id, letter.body, letter.retry_key)
    except AlreadyAccepted as problem:
        return Ended("accepted", problem.accepted_request_id, message_ids=problem.message_ids)
    except DeliveryProblem as problem:
        return Ended(retry.outcome_of(problem), problem=str(problem)[:400], wait_seconds=problem.wait_seconds)
    return Ended("accepted", accepted.request_id, message_ids=accepted.message_ids)
