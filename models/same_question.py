"""SameQuestion: a resident was asked whether a known ticket is the same problem, and what the answer was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key, one_of

SAME, DIFFERENT = "same", "different"


class SameQuestion(Base):
    """One person is asked about one ticket. A "different" is remembered: it is never asked again.

    `metres` is the distance that was told, from the pin to the middle of the ticket's public square. Another one is
    not told to the same person.
    """

    __tablename__ = "same_questions"
    __table_args__ = (
        UniqueConstraint("resident_id", "ticket_id"),
        one_of("answer", (SAME, DIFFERENT), optional=True),
        Index("ix_same_questions_ticket", "ticket_id"),
        Index("ix_same_questions_report", "report_id"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    metres: Mapped[int] = mapped_column(Integer)
    draft_token: Mapped[str] = mapped_column(String(40))  # the draft on whose card it stood
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(20))  # NULL: not answered, which is no answer
    answered_at: Mapped[datetime | None]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  # what the draft became
