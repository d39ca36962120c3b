"""Report: what one resident said, private. Its words are Messages, its pictures and recordings are Media."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, InMunicipality, Key, one_of
from models.resident import Resident

CHANNELS = ("line", "counter", "phone", "letter", "other")
#: Few reports are handed to another town, or come by telephone.
_IS_A_COPY, _HAS_CONTACT = text("handed_from_id IS NOT NULL"), text("contact_said IS NOT NULL")


class Report(Base):
    """One resident's report. Several reports may share one ticket; each keeps its own words and place."""

    __tablename__ = "reports"
    __table_args__ = (
        one_of("channel", CHANNELS),
        CheckConstraint("latitude IS NULL OR latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude IS NULL OR longitude BETWEEN -180 AND 180", name="longitude"),
        Index("ix_reports_ticket", "ticket_id"),
        Index("ix_reports_resident", "resident_id", "created_at"),
        Index("ix_reports_recent", "municipality_id", "created_at"),
        Index("ix_reports_handed_from", "handed_from_id", sqlite_where=_IS_A_COPY, postgresql_where=_IS_A_COPY),
        Index("ix_reports_contact_said", "contact_said", sqlite_where=_HAS_CONTACT, postgresql_where=_HAS_CONTACT),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))  # NULL: a reporter without LINE
    channel: Mapped[str] = mapped_column(String(20), server_default="line")
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(200))
    contact_said: Mapped[str | None] = mapped_column(String(80))  # the LINE message that these two came with
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    place_words: Mapped[str | None] = mapped_column(Text)
    place_said: Mapped[str | None] = mapped_column(String(80))  # the LINE message the place came with
    ground_owner: Mapped[str | None] = mapped_column(String(40))  # whose ground its reporter said it is
    place_accuracy_m: Mapped[int | None] = mapped_column(Integer)  # how far off a point of a named place may be
    is_outside: Mapped[bool] = mapped_column(Boolean, server_default=false())
    guessed_category: Mapped[str | None] = mapped_column(String(40))
    guess_confidence: Mapped[float | None] = mapped_column(Float)
    model_version: Mapped[str | None] = mapped_column(String(60))
    is_unsent_draft: Mapped[bool] = mapped_column(Boolean, server_default=false())
    shares_media_of_id: Mapped[int | None] = mapped_column(Id)  # the report whose words made two tickets
    handed_from_id: Mapped[int | None] = mapped_column(Id)  # the report of another town of which this is the copy
    draft_token: Mapped[str | None] = mapped_column(String(40))  # the draft it was, so that old draft cards find it
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    content_with_answer_at: Mapped[datetime | None]  # เรียบร้อยแล้ว or หายแล้ว, in this reporter's name
    asked_content_at: Mapped[datetime | None]  # when the question "is it fixed" was accepted by LINE
    unreachable_at: Mapped[datetime | None]  # without LINE, and no call came through

    resident: Mapped[Resident | None] = relationship()
    messages: Mapped[list[Message]] = relationship(order_by="Message.id", foreign_keys="Message.report_id")
    media: Mapped[list[Media]] = relationship(order_by="Media.id", foreign_keys="Media.report_id")


MESSAGE_KINDS = ("report", "comment", "question", "answer", "reply", "resolution", "rejection", "note", "review")


class Message(Base):
    """Words that belong to a report or a ticket: the report itself, a comment, a question, an answer, a note.

    `text` becomes NULL when its author unsends it; the row stays, so that history still has its reference.
    """

    __tablename__ = "messages"
    __table_args__ = (
        one_of("kind", MESSAGE_KINDS),
        Index("ix_messages_said", "municipality_id", "said"),
        Index("ix_messages_ticket", "ticket_id"),
        Index("ix_messages_report", "report_id"),
        Index("ix_messages_resident_said", "resident_id", "said"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))  # the author, as a LINE account
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # set when an officer speaks
    kind: Mapped[str] = mapped_column(String(20))
    said: Mapped[str | None] = mapped_column(String(80))  # LINE's message id
    text: Mapped[str | None] = mapped_column(Text)
    follow_up: Mapped[str | None] = mapped_column(String(40))  # the code of the question after the ticket
    said_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


MEDIA_KINDS = ("image", "video", "audio", "file")
MEDIA_STATES = ("wanted", "stored", "gone", "refused", "erased")


class Media(Base):
    """A picture, recording or file. The original is never kept: what is stored was cleaned and made anew.

    It exists from the moment LINE told us of it; the bytes follow by an Effect and the report never waits.
    """

    __tablename__ = "media"
    __table_args__ = (
        UniqueConstraint("municipality_id", "said"),
        one_of("kind", MEDIA_KINDS),
        one_of("state", MEDIA_STATES),
        one_of("purpose", ("before", "after", "thread")),
        Index("ix_media_report", "report_id"),
        Index("ix_media_resident", "resident_id", "received_at"),
        Index("ix_media_ticket", "ticket_id"),
        Index("ix_media_sha256", "municipality_id", "sha256"),
        Index("ix_media_state_stored", "state", "stored_as"),  # erased ones whose files still lie there
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    kind: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(20), server_default="before")
    said: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20), server_default="wanted")
    stored_as: Mapped[str | None] = mapped_column(String(80))
    mime: Mapped[str | None] = mapped_column(String(60))
    sha256: Mapped[str | None] = mapped_column(String(64))
    likeness: Mapped[str | None] = mapped_column(String(32))  # perceptual hash, hex
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    byte_count: Mapped[int | None] = mapped_column(Integer)
    milliseconds: Mapped[int | None] = mapped_column(Integer)  # how long a recording is
    received_at: Mapped[datetime]
    stored_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(200))
