"""Lane: one per chat; its lease keeps the chat's events in order, one at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality


class Lane(Base):
    """A chat that has work. `owner` and `fence` say who holds it; a worker renews inside each transaction.

    `due_at` is when there is something to do next; NULL while nothing waits.
    """

    __tablename__ = "lanes"
    __table_args__ = (Index("ix_lanes_due", "due_at"),)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)  # "<municipality id>:<LINE user or group id>"
    municipality_id: Mapped[InMunicipality]
    owner: Mapped[str | None] = mapped_column(String(60))
    fence: Mapped[int] = mapped_column(Integer, server_default="0")
    leased_until: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
