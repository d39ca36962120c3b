"""News: what a person is to be told about a ticket, until LINE has accepted it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, InMunicipality, Key, one_of
from models.lifecycle import Hears
from models.resident import Resident
from models.ticket import Ticket

WAITING = "waiting"  #: for the next reply, for company, or for its date
CARRIED = "carried"  #: in an outbox message that is not settled yet
TOLD = "told"  #: accepted by LINE
OVERTAKEN = "overtaken"  #: a newer word about the ticket made it pointless
UNCERTAIN = "uncertain"  #: its message's outcome is unknown; never sent again by itself
STATES = (WAITING, CARRIED, TOLD, OVERTAKEN, UNCERTAIN)

#: Most pressing first: the order in which pushes go when the plan is short.
URGENCY = ("urgent", "resolved", "question", "answer", "rejected", "forwarded", "planned", "overdue", "other", "digest")


class News(Base):
    """One word to one person about one ticket. `detail` holds codes and references, never words."""

    __tablename__ = "news"
    __table_args__ = (
        one_of("state", STATES),
        one_of("way", tuple(Hears)),
        one_of("urgency", URGENCY),
        Index("ix_news_resident_state", "resident_id", "state"),
        Index("ix_news_state_push", "state", "push_at"),
        Index("ix_news_ticket", "ticket_id"),
        Index("ix_news_outbox_message", "outbox_message_id"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    kind: Mapped[str] = mapped_column(String(40))
    way: Mapped[str] = mapped_column(String(20))
    urgency: Mapped[str] = mapped_column(String(20))
    detail: Mapped[dict[str, Any] | None]
    is_for_officer: Mapped[bool] = mapped_column(Boolean, server_default=false())
    state: Mapped[str] = mapped_column(String(20), server_default=WAITING)
    created_at: Mapped[datetime]
    push_at: Mapped[datetime | None]  # NULL: only a reply carries it, or the promise's date
    told_at: Mapped[datetime | None]
    outbox_message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"))

    resident: Mapped[Resident] = relationship()
    ticket: Mapped[Ticket] = relationship()
