"""Follow: somebody who reported nothing wants to know what becomes of a public ticket."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality


class Follow(Base):
    """One resident follows one ticket, and hears of its kind and status only."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_ticket", "ticket_id"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), primary_key=True, autoincrement=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True, autoincrement=False)
    municipality_id: Mapped[InMunicipality]
    since: Mapped[datetime]
