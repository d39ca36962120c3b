"""What LINE numbered of ours: quoting a card or an answer says which ticket is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot import clock, queries
from bot.database import INSERTS
from models import OutboxMessage, SentPart, Ticket

#: Built once: it is asked for nearly every card.
_TICKET = select(Ticket.id).where(Ticket.municipality_id == bindparam("town"), Ticket.number == bindparam("number"))
#: What LINE numbered twice is known by the first.
_KEEP = {name: insert(SentPart.__table__).on_conflict_do_nothing().inline() for name, insert in INSERTS.items()}


def remember(session: Session, message: OutboxMessage, body: Sequence[Any], ids: Sequence[str]) -> None:
    """Keep the ids of an accepted message's objects, each with the ticket that it is about (`body` is LINE's JSON)."""
    if len(ids) != len(body):
        return  # LINE said something else than it documents: nothing can be quoted then
    statement = _KEEP[session.get_bind().dialect.name]
    for said, part in zip(ids, body, strict=True):
        if said:
            row = {
                "municipality_id": message.municipality_id,
                "said": said[:80],
                "outbox_message_id": message.id,
                "ticket_id": _about(session, message.municipality_id, part),
                "sent_at": clock.now(),
            }
            session.execute(statement, row)


def _about(session: Session, municipality_id: int, part: Any) -> int | None:
    """The ticket whose number stands on it first; several cards side by side are about none."""
    if isinstance(part, dict) and part.get("contents", {}).get("type") == "carousel":
        return None
    for text in _texts(part):
        if not any(map(str.isdecimal, text)):
            continue
        number = queries.number_in(text)
        if number is not None:
            return session.scalars(_TICKET, {"town": municipality_id, "number": number}).one_or_none()
    return None


def _texts(part: Any) -> Iterator[str]:
    """What can be read, from top to bottom."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for name, value in part.items():
            if name != "quickReply":
                yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)
