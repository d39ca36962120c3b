"""Approval: an officer asks a supervisor to agree to ยุติเรื่อง. The ticket, and its clock, go on meanwhile."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key, one_of
from models.lifecycle import REJECTION_REASONS

ASKED = "asked"  #: waits for a supervisor
APPROVED = "approved"  #: the ticket was ended with it
RETURNED = "returned"  #: the supervisor sent it back
OVERTAKEN = "overtaken"  #: the ticket moved on before anybody decided
STATES = (ASKED, APPROVED, RETURNED, OVERTAKEN)


class Approval(Base):
    """One question to the supervisors: may this ticket end, for this reason (or for the words of `message_id`)."""

    __tablename__ = "approvals"
    __table_args__ = (
        one_of("state", STATES),
        one_of("reason", REJECTION_REASONS),
        Index("ix_approvals_ticket", "ticket_id", "state"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(40))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    state: Mapped[str] = mapped_column(String(20), server_default=ASKED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None]
