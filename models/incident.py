"""Incident: many report one thing in one area; what the town knows of it; and the counts that say what is usual."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, InMunicipality, Key, one_of
from models.category import Category

OPEN, OVER = "open", "over"
SURE, UNUSUAL = "sure", "unusual"


class Incident(Base):
    """Reports of one kind by several residents, close together in place and time: it holds their tickets.

    `rule` says why it was noticed: "sure" (so many are always enough for this kind) or "unusual" (`chance` is how
    likely so many would be by chance). The area is a circle around the middle of the first reports.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        one_of("state", (OPEN, OVER)),
        one_of("rule", (SURE, UNUSUAL)),
        Index("ix_incidents_open", "municipality_id", "state", "category_id"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    state: Mapped[str] = mapped_column(String(20), server_default=OPEN)
    rule: Mapped[str] = mapped_column(String(20))
    chance: Mapped[float | None] = mapped_column(Float)
    reporters: Mapped[int] = mapped_column(Integer)  # different residents, when it was noticed
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    radius_m: Mapped[int] = mapped_column(Integer)
    began_at: Mapped[datetime]  # the first of the reports
    noticed_at: Mapped[datetime]
    last_report_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    category: Mapped[Category] = relationship(lazy="joined", innerjoin=True)
    words: Mapped[list[IncidentWords]] = relationship(order_by="IncidentWords.id")


class IncidentTicket(Base):
    """A ticket belongs to at most one incident."""

    __tablename__ = "incident_tickets"
    __table_args__ = (Index("ix_incident_tickets_incident", "incident_id"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True, autoincrement=False)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    added_at: Mapped[datetime]


class IncidentWords(Base):
    """What the town knows, said by an officer: the newest answers whoever reports later.

    `people` is to how many a supervisor sent it as a notice (0: to nobody). `text` is NULL after its author unsent it.
    """

    __tablename__ = "incident_words"
    __table_args__ = (
        Index("ix_incident_words_incident", "incident_id"),
        Index("ix_incident_words_said", "municipality_id", "said"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    said: Mapped[str | None] = mapped_column(String(80))  # LINE's message id
    text: Mapped[str | None] = mapped_column(Text)
    people: Mapped[int] = mapped_column(Integer, server_default="0")
    said_at: Mapped[datetime]


class ReportCount(Base):
    """How many residents reported a kind in a month: in all ("all"), by hour ("h07"), by cell ("c1398:10062").

    One resident counts once a day for a kind, so that nobody alone changes what is usual.
    """

    __tablename__ = "report_counts"

    municipality_id: Mapped[InMunicipality] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(24), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)  # 2026-11, in the town's zone
    count: Mapped[int] = mapped_column(Integer)
    first_at: Mapped[datetime]
