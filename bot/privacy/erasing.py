"""What goes with a ticket's words: messages, pictures, exact places, contacts. Its category, cell and history stay."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.database import is_away
from bot.logs import place_of
from bot.privacy.cells import cell
from models import InboxEvent, Media, Message, OutboxMessage, OutboxQuote, PlaceLesson, Report, Ticket
from models.outbox import QUEUED, SENDING, WAITING_QUOTA

log = logging.getLogger(__name__)
Key = TypeVar("Key")

#: Ours that are still to be sent keep their words until they are settled; retention takes them a month later. Where a
#: person is erased at their own wish, those were withdrawn before.
_UNSETTLED = (QUEUED, SENDING, WAITING_QUOTA)


def one_by_one(keys: Iterable[Key], erase: Callable[[Key], bool]) -> int:
    """Call `erase(key)` for every key, each in a transaction of its own; how many said yes.

    :raises DBAPIError: the database is away, so that nothing can be done.
    """
    count = 0
    for key in keys:
        try:
            count += erase(key)
        except Exception as error:
            if is_away(error):
                raise
            # Whatever is wrong with one row must not keep what others wrote for longer; tomorrow it is tried again.
            log.error("what was kept long enough could not be erased: %s", place_of(error), exc_info=error)
    return count


def erase_words(session: Session, messages: Sequence[Message], now: datetime) -> set[str]:
    """Erase these words and our copies of them; the LINE ids of what was erased."""
    said = {message.said for message in messages if message.said}
    for message in messages:
        message.text, message.erased_at = None, message.erased_at or now
    if messages:
        _erase_copies(session, {message.municipality_id for message in messages}, said)
        session.execute(delete(PlaceLesson).where(PlaceLesson.said_words.in_(said)))
    return said


def erase_media(session: Session, found: Sequence[Media]) -> None:
    """Erase these pictures and recordings; their files follow within seconds."""
    for item in found:
        item.state = "erased"
    if found:
        _erase_copies(session, {item.municipality_id for item in found}, {item.said for item in found})


def _erase_copies(session: Session, towns: Collection[int], said: Collection[str]) -> None:
    """LINE's events, and what we said that quotes them; also in a town that the report was handed to."""
    events = (InboxEvent.municipality_id.in_(towns), InboxEvent.said.in_(said))
    session.execute(update(InboxEvent).where(*events).values(body=None))
    quoting = select(OutboxQuote.outbox_message_id).where(OutboxQuote.said.in_(said))
    ours = select(OutboxMessage).where(
        OutboxMessage.municipality_id.in_(towns),
        OutboxMessage.id.in_(quoting),
        OutboxMessage.state.not_in(_UNSETTLED),
    )
    for message in session.scalars(ours):
        message.content = message.body = None


def blur(place: Report | Ticket) -> None:
    """Leave of a place only its cell."""
    place.place_words = None
    if place.latitude is not None and place.longitude is not None:
        place.latitude, place.longitude = cell(place.latitude, place.longitude)
    if isinstance(place, Report):
        place.place_said = place.contact_name = place.contact = place.contact_said = None


def media_of(session: Session, ticket: Ticket) -> list[Media]:
    """Every picture and recording of a ticket and its reports that is not erased yet."""
    reports = select(Report.id).where(Report.ticket_id == ticket.id)
    theirs = (Media.ticket_id == ticket.id) | Media.report_id.in_(reports)
    return list(session.scalars(select(Media).where(theirs, Media.state != "erased")))


