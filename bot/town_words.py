"""What the town last said about a ticket, as its reporters read it: short on the card, whole with one press."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import dates, whole_words
from bot.replies import Button
from bot.wording import Wording
from models import Message, Ticket, TicketEvent
from models.lifecycle import TicketStatus

#: The words that belong to a status; of the others the card says everything.
_KINDS = {
    TicketStatus.WAITING: "question",
    TicketStatus.RESOLVED: "resolution",
    TicketStatus.REJECTED: "rejection",
}


def said(session: Session, ticket: Ticket, w: Wording, quotes: set[str]) -> str:
    """What the town has said that belongs to the status: the question, what was done, why it ended."""
    status = TicketStatus(ticket.status)
    if status is TicketStatus.WAITING:
        return w("ticket.question", text=_latest(session, ticket, "question", w, quotes))
    if status is TicketStatus.RESOLVED:
        return _latest(session, ticket, "resolution", w, quotes)
    if status is TicketStatus.REJECTED:
        return _why_it_ended(session, ticket, w, quotes)
    if status is TicketStatus.PLANNED and ticket.planned_until is not None:
        return w("ticket.planned", when=dates.day(ticket.planned_until, "UTC", w.language))
    if status is TicketStatus.CLOSED and ticket.mark in ("unconfirmed", "unreachable"):
        return w(f"ticket.closed_{ticket.mark}")
    return ""


def _latest(session: Session, ticket: Ticket, kind: str, w: Wording, quotes: set[str]) -> str:
    """The newest words of this kind; notes whose they are, and says it where they were taken back."""
    message = _newest(session, ticket, kind)
    if message is None:
        return ""
    if message.text is None:
        return w("news.unsent")
    quotes |= {message.said} if message.said else set()
    return whole_words.shortened(message.text, whole_words.OF_THE_TOWN)


def _why_it_ended(session: Session, ticket: Ticket, w: Wording, quotes: set[str]) -> str:
    """The listed reason and the officer's words; "other" is said by the words alone."""
    entry = _end(session, ticket)
    words = _latest(session, ticket, "rejection", w, quotes) if entry is not None and entry.message_id else ""
    listed = w(f"reason.{entry.reason}") if entry is not None and entry.reason and entry.reason != "other" else ""
    why = "\n".join(text for text in (listed, words) if text)
    sentences = [w("ticket.reason", reason=why) if why else ""]
    sentences.append("" if ticket.was_reviewed else w("ticket.may_be_reviewed"))
    return "\n".join(sentence for sentence in sentences if sentence)


def whole(session: Session, ticket: Ticket) -> Message | None:
    """The message of which the card shows only the beginning, if it does."""
    kind = _KINDS.get(TicketStatus(ticket.status))
    message = _newest(session, ticket, kind) if kind is not None else None
    if message is None or message.text is None or len(message.text) <= whole_words.OF_THE_TOWN:
        return None
    entry = _end(session, ticket) if kind == "rejection" else None
    return message if entry is None or entry.message_id is not None else None  # an earlier end had words of its own


def buttons(session: Session, ticket: Ticket, w: Wording) -> tuple[Button, ...]:
    """อ่านทั้งหมด, where the card shows only the beginning."""
    if whole(session, ticket) is None:
        return ()
    return (Button(w("label.read_all"), "mine.read_all", {"ticket": ticket.id}, style="link"),)


def _newest(session: Session, ticket: Ticket, kind: str) -> Message | None:
    statement = select(Message).where(Message.ticket_id == ticket.id, Message.kind == kind)
    return session.scalars(statement.order_by(Message.id.desc()).limit(1)).first()


def _end(session: Session, ticket: Ticket) -> TicketEvent | None:
    statement = select(TicketEvent).where(
        TicketEvent.ticket_id == ticket.id, TicketEvent.to_status == TicketStatus.REJECTED
    )
    return session.scalars(statement.order_by(TicketEvent.id.desc()).limit(1)).first()
