"""Act: what a person of the town did that stands in no ticket's history. Appended, never edited; codes, never words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from models.base import Base, InMunicipality, Key
from models.errors import HistoryIsFinal


class Act(Base):
    """One act. `officer_id` did it (NULL: somebody at the command line), to `subject_id`, or on a ticket.

    With the tickets' histories it is the whole audit trail. The database refuses to change or remove a row.
    """

    __tablename__ = "acts"
    __table_args__ = (Index("ix_acts_at", "municipality_id", "at"), Index("ix_acts_ticket", "ticket_id"))

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    detail: Mapped[dict[str, Any] | None]


@event.listens_for(Act, "before_update")
@event.listens_for(Act, "before_delete")
def _refuse(mapper: Mapper[Any], connection: Connection, target: Act) -> None:
    raise HistoryIsFinal
