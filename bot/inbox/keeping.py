"""Events become rows before LINE hears 200: no parsing beyond what the row needs, no network, no language."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, CursorResult
from sqlalchemy.orm import Session

from bot.database import INSERTS
from bot.line.events import chat_of, clean, message_id
from bot.outbox import lane_key
from models import InboxEvent
from models.inbox import UNSENT

#: Ids of events are remembered this long, so an older event could be one that we have handled and forgotten.
REMEMBERED = timedelta(days=400)
#: The lane of events that belong to no chat (a failed account link, a delivery receipt).
NO_CHAT = "-"
_ID = re.compile(r"[\x21-\x7e]{1,80}")
_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One event of LINE's as it is kept. `body` is its JSON in ASCII, which every database and reader takes."""

    municipality_id: int
    event_id: str
    lane_key: str
    said: str | None
    body: bytes
    occurred_at_ms: int
    received_at: datetime
    is_redelivery: bool


@dataclass(frozen=True, slots=True)
class Post:
    """What one request of LINE's held: its events, and how many entries were none or too old."""

    events: tuple[RawEvent, ...]
    ignored: int
    too_old: int


def unpack(body: bytes, municipality_id: int, received_at: datetime) -> Post:
    """The events of one webhook body.

    :raises ValueError: when it is not UTF-8, not JSON, nested beyond reason, or not an object with a list of events.
    """
    try:
        said = json.loads(body.decode("utf-8"))
        entries = said.get("events") if isinstance(said, dict) else None
        if not isinstance(entries, list):
            raise ValueError("no list of events")
        objects = [entry for entry in entries if isinstance(entry, dict)]
        events = [_raw(entry, municipality_id, received_at) for entry in objects]
    except RecursionError:
        raise ValueError("nested too deeply") from None
    oldest = _milliseconds(received_at - REMEMBERED)
    young = tuple(event for event in events if event.occurred_at_ms >= oldest)
    return Post(young, ignored=len(entries) - len(objects), too_old=len(events) - len(young))


def keep(session: Session | Connection, events: Iterable[RawEvent]) -> int:
    """Remember LINE's events before answering 200, and count the new ones.

    LINE may deliver an event twice, so a repeat is ignored by its id. After
    our 200 LINE may never send it again, so the commit comes first.
    """
    rows = [_row(event) for event in events]
    if not rows:
        return 0
    bind = session.get_bind() if isinstance(session, Session) else session
    # Many at once would be one long statement with its own plan each time; one by one they share a prepared one.
    statement = INSERTS[bind.dialect.name](InboxEvent.__table__).on_conflict_do_nothing().inline()
    statement = statement.execution_options(preserve_rowcount=True)  # else it is gone with PostgreSQL's cursor
    return sum(max(cast(CursorResult[Any], session.execute(statement, row)).rowcount, 0) for row in rows)


def _row(event: RawEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in RawEvent.__slots__}


def _raw(entry: dict[str, Any], municipality_id: int, received_at: datetime) -> RawEvent:
    context = entry.get("deliveryContext")
    chat = chat_of(entry)
    return RawEvent(
        municipality_id=municipality_id,
        event_id=_event_id(entry),
        lane_key=lane_key(municipality_id, chat or NO_CHAT),
        said=_said(entry),
        body=json.dumps(entry).encode("ascii"),
        occurred_at_ms=_occurred(entry.get("timestamp"), received_at),
        received_at=received_at,
        is_redelivery=isinstance(context, dict) and context.get("isRedelivery") is True,
    )


def _said(entry: dict[str, Any]) -> str | None:
    """The LINE message that an event brings, or, marked so, the one that it takes back."""
    taken = entry.get("unsend") if entry.get("type") == "unsend" else None
    unsent = taken.get("messageId") if isinstance(taken, dict) else None
    return (UNSENT + clean(unsent))[:80] if isinstance(unsent, str) else message_id(entry)


def _event_id(entry: dict[str, Any]) -> str:
    """LINE's id of the event, or a hash of what it says: a redelivery differs only in its delivery context."""
    given = entry.get("webhookEventId")
    if isinstance(given, str) and _ID.fullmatch(given):
        return given
    content = {name: value for name, value in entry.items() if name != "deliveryContext"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _occurred(timestamp: object, received_at: datetime) -> int:
    """When it happened, in ms; the moment of receiving where LINE's time is missing or cannot be."""
    latest = _milliseconds(received_at + timedelta(days=1))
    if isinstance(timestamp, int) and not isinstance(timestamp, bool) and 0 < timestamp <= latest:
        return timestamp
    return _milliseconds(received_at)


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND
