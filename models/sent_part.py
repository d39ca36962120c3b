"""SentPart: one message object of ours as LINE numbered it, so that quoting it says which ticket is meant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key


class SentPart(Base):
    """LINE's id of something we said. `ticket_id` where it was about one ticket; never words."""

    __tablename__ = "sent_parts"
    __table_args__ = (
        UniqueConstraint("municipality_id", "said"),
        Index("ix_sent_parts_outbox_message", "outbox_message_id"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    said: Mapped[str] = mapped_column(String(80))
    outbox_message_id: Mapped[int] = mapped_column(ForeignKey("outbox_messages.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    sent_at: Mapped[datetime]
