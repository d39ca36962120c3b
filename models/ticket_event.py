"""TicketEvent: the history of a ticket. Appended, never edited; it holds references to words, never words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from models.base import Base, InMunicipality, Key, one_of
from models.errors import HistoryIsFinal
from models.lifecycle import PAIRS, REJECTION_REASONS, RESTORATIONS, Actor, TicketStatus

if TYPE_CHECKING:
    from models.ticket import Ticket

KINDS = (
    "created",
    "joined",
    "move",
    "comment",
    "reply",
    "answer",
    "note",
    "recategorised",
    "relocated",
    "transferred",
    "assigned",
    "forward_updated",
    "overdue",
    "withdrawn",
    "content",
    "rated",
    "erased",
    "media",
    "approval_asked",  # may it end? A supervisor is asked
    "approval_returned",
    "called",  # a reporter without LINE heard it on the telephone
    "call_failed",
    "unreachable",
    "split",  # one of its reports became a ticket of its own; or: it is that ticket
)


def _lawful_pairs() -> str:
    pairs = sorted(PAIRS | RESTORATIONS)
    listed = " OR ".join(f"(from_status = '{start}' AND to_status = '{end}')" for start, end in pairs)
    return f"kind <> 'move' OR {listed}"


class TicketEvent(Base):
    """One thing that happened to a ticket. `detail` holds codes and numbers only."""

    __tablename__ = "ticket_events"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("actor", tuple(Actor)),
        one_of("from_status", tuple(TicketStatus), optional=True),
        one_of("to_status", tuple(TicketStatus), optional=True),
        one_of("reason", REJECTION_REASONS, optional=True),
        CheckConstraint(_lawful_pairs(), name="lawful_move"),
        Index("ix_ticket_events_ticket", "ticket_id", "id"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(20))
    from_status: Mapped[str | None] = mapped_column(String(20))
    to_status: Mapped[str | None] = mapped_column(String(20))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    reason: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[dict[str, Any] | None]

    ticket: Mapped[Ticket] = relationship(back_populates="history")


@event.listens_for(TicketEvent, "before_update")
@event.listens_for(TicketEvent, "before_delete")
def _refuse(mapper: Mapper[Any], connection: Connection, target: TicketEvent) -> None:
    raise HistoryIsFinal
