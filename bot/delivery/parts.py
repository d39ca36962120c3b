"""What LINE numbered of ours: quoting a card or an answer says which ticket is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock, queries
from models import Municipality, OutboxMessage, SentPart, Ticket


def remember(session: Session, message: OutboxMessage, body: Sequence[Any], ids: Sequence[str]) -> None:
    """Keep the ids of an accepted message's objects, each with the ticket that it is about (`body` is LINE's JSON)."""
    if len(ids) != len(body):
        return  # LINE said something else than it documents: nothing can be quoted then
    of_this_town = SentPart.municipality_id == message.municipality_id
    known = {"", *session.scalars(select(SentPart.said).where(of_this_town, SentPart.said.in_(ids)))}
    for said, part in zip(ids, body, strict=True):
        if said in known:
            continue
        known.add(said)
        ticket = _about(session, message.municipality_id, part)
        session.add(
            SentPart(
                municipality_id=message.municipality_id,
                said=said[:80],
                outbox_message_id=message.id,
                ticket_id=ticket.id if ticket else None,
                sent_at=clock.now(),
            )
        )


def _about(session: Session, municipality_id: int, part: Any) -> Ticket | None:
    """The ticket whose number stands on it first; several cards side by side are about none."""
    if isinstance(part, dict) and part.get("contents", {}).get("type") == "carousel":
        return None
    for text in _texts(part):
        number = queries.number_in(text)
        if number is not None:
            return queries.by_number(session, session.get_one(Municipality, municipality_id), number)
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
