"""Call: the task โทรแจ้งผล. News for a reporter without LINE is told by an officer on the telephone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key, one_of

WAITING = "waiting"  #: somebody is to call
TOLD = "told"  #: the reporter heard it: as good as accepted by LINE
UNREACHABLE = "unreachable"  #: three calls in vain, or no contact was given
OVERTAKEN = "overtaken"  #: newer news took its place, or there is nobody to tell any more
STATES = (WAITING, TOLD, UNREACHABLE, OVERTAKEN)
#: So many calls in vain are enough.
TRIES = 3


class Call(Base):
    """One thing to tell one reporter: where the ticket stands (`kind` is the status that is news, or "overdue")."""

    __tablename__ = "calls"
    __table_args__ = (
        one_of("state", STATES),
        Index("ix_calls_ticket", "ticket_id", "state"),
        Index("ix_calls_report", "report_id", "state"),
        Index("ix_calls_state", "municipality_id", "state", "created_at"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    kind: Mapped[str] = mapped_column(String(20))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))  # the officer's words, for a reply
    state: Mapped[str] = mapped_column(String(20), server_default=WAITING)
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
