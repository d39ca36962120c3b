"""What is to be said or done at LINE becomes a row in the caller's transaction; nothing leaves before the commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock
from bot.replies import Reply, from_json, to_json
from models import Effect, OutboxMessage, OutboxQuote, Resident
from models.effect import LINK_MENU
from models.outbox import PUSH, QUEUED, REPLY, UNSETTLED

#: LINE takes at most five message objects in one request.
MOST = 5


def lane_key(municipality_id: int, chat_id: str) -> str:
    """The lane of one chat with one municipality."""
    return f"{municipality_id}:{chat_id}"


def reply(
    session: Session,
    person: Resident | None,
    replies: Sequence[Reply],
    *,
    municipality_id: int,
    chat_id: str,
    token: str,
    heard_at: datetime,
    inbox_event_id: int | None,
    quotes: Iterable[str] = (),
) -> OutboxMessage:
    """Answer an event for free. `heard_at` is the real time at which we received it: the token dies with a minute.

    `quotes` are the LINE message ids whose words stand in the answer, so that unsending reaches it.
    """
    message = _row(person, replies, municipality_id, chat_id, quotes, "answer")
    message.way, message.reply_token, message.heard_at = REPLY, token, heard_at
    message.inbox_event_id = inbox_event_id
    return _keep(session, message)


def push(
    session: Session,
    person: Resident,
    replies: Sequence[Reply],
    *,
    urgency: str,
    quotes: Iterable[str] = (),
    is_for_officer: bool = False,
) -> OutboxMessage:
    """Say something without being asked; paid, once, whatever the number of message objects."""
    message = _row(person, replies, person.municipality_id, person.line_user_id, quotes, urgency)
    message.way, message.is_for_officer = PUSH, is_for_officer
    return _keep(session, message)


def push_content(
    session: Session, person: Resident, content: list[Any], *, urgency: str, quotes: Iterable[str] = ()
) -> OutboxMessage:
    """Push what a dead reply wanted to say (`content` as stored)."""
    return push(session, person, from_json(content), urgency=urgency, quotes=quotes)


def _row(
    person: Resident | None,
    replies: Sequence[Reply],
    municipality_id: int,
    chat_id: str,
    quotes: Iterable[str],
    urgency: str,
) -> OutboxMessage:
    if not 1 <= len(replies) <= MOST:
        raise ValueError(f"a message has 1 to {MOST} parts, not {len(replies)}")
    now = clock.real_now()
    return OutboxMessage(
        municipality_id=municipality_id,
        resident_id=person.id if person else None,
        lane_key=lane_key(municipality_id, chat_id),
        chat_id=chat_id,
        retry_key=str(uuid4()),
        urgency=urgency,
        content=to_json(tuple(replies)),
        quotes=[OutboxQuote(said=said) for said in sorted(set(quotes))],
        state=QUEUED,
        attempts=0,
        is_for_officer=False,
        created_at=now,
        next_at=now,
    )


def _keep(session: Session, message: OutboxMessage) -> OutboxMessage:
    session.add(message)
    ask_for(session, message.lane_key)
    _said(session).append(message)
    return message


def said_in(session: Session, lane_key: str) -> list[OutboxMessage]:
    """What this transaction said in a chat and is still to be sent, in order; it may not be in the database yet."""
    # What was said before a savepoint was undone is in the session no more.
    said = (message for message in _said(session) if message in session and message.lane_key == lane_key)
    return [message for message in said if message.state in UNSETTLED]


def _said(session: Session) -> list[OutboxMessage]:
    found: list[OutboxMessage] = session.info.setdefault("said", [])
    return found


def unsent_answers(session: Session, person: Resident, later_than: datetime) -> Iterable[OutboxMessage]:
    """This person's answers, locked, that are to be sent after this moment and that nobody has begun to send."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.resident_id == person.id,
        OutboxMessage.way == REPLY,
        OutboxMessage.state == QUEUED,
        OutboxMessage.attempts == 0,
        OutboxMessage.body.is_(None),
        OutboxMessage.next_at > later_than,
    )
    return session.scalars(waiting.with_for_update(of=OutboxMessage, skip_locked=True))


def send_now(session: Session, message: OutboxMessage) -> None:
    """Send what was to wait for a while now, and with it what took over its time because it stands behind it."""
    behind = select(OutboxMessage).where(
        OutboxMessage.lane_key == message.lane_key,
        OutboxMessage.state == QUEUED,
        OutboxMessage.id > message.id,
        OutboxMessage.next_at == message.next_at,
    )
    now = clock.real_now()
    for one in session.scalars(behind.with_for_update(of=OutboxMessage, skip_locked=True)).all():
        one.next_at = now
    message.next_at = now
    ask_for(session, message.lane_key)


def ask_for(session: Session, lane_key: str) -> None:
    """Ask for a chat to be looked at after the commit. Whoever works on it makes its lane if it has none.

    The lane's row is not touched here: two chats that write to each other would wait for each other's lease.
    """
    lanes_to_wake(session).add(lane_key)


def lanes_to_wake(session: Session) -> set[str]:
    """The lanes that this transaction gave something to do; whoever commits wakes them."""
    found: set[str] = session.info.setdefault("lanes_to_wake", set())
    return found


def wish(session: Session, person: Resident, kind: str, key: str, now: datetime, **payload: int | str | None) -> None:
    """Wish an act at LINE that is no message, once per key."""
    known = session.scalars(
        select(Effect.id).where(Effect.municipality_id == person.municipality_id, Effect.key == key)
    ).one_or_none()
    if known is None:
        session.add(
            Effect(
                municipality_id=person.municipality_id,
                key=key,
                kind=kind,
                payload={"resident_id": person.id, **payload},
                resident_id=person.id,
                created_at=now,
                next_at=now,
            )
        )
        session.flush()


def show_menu(session: Session, person: Resident, menu: str | None, because: int | str, now: datetime) -> None:
    """Wish that this person sees this rich menu, once for what caused it; None shows the account's default."""
    person.menu = menu
    wish(session, person, LINK_MENU, f"menu:{person.id}:{because}", now)
