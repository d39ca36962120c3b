"""OutboxMessage: what is to be said, in the transaction that decided it; and the ledger of what it cost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, InMunicipality, Key, one_of
from models.resident import Resident

REPLY, PUSH = "reply", "push"

QUEUED = "queued"  #: to be sent, now or at `next_at`
SENDING = "sending"  #: an attempt was begun and not settled: its outcome is unknown until then
ACCEPTED = "accepted"  #: accepted by LINE (we never say delivered)
WAITING_QUOTA = "waiting_quota"  #: the month's plan is used up: waits for the next reply or month
EXPIRED = "expired"  #: a reply whose token had died unused; the news rules took over
UNCERTAIN = "uncertain"  #: nobody knows whether LINE took it; listed for a person, never sent again by itself
REFUSED = "refused"  #: LINE said no; listed for a person
WITHDRAWN = "withdrawn"  #: unsent by its author, overtaken, or dismissed by a person
STATES = (QUEUED, SENDING, ACCEPTED, WAITING_QUOTA, EXPIRED, UNCERTAIN, REFUSED, WITHDRAWN)
UNSETTLED = (QUEUED, SENDING)


class OutboxMessage(Base):
    """One send request: one to five message objects for one chat.

    `content` is what we want to say, free of LINE; `body` is LINE's JSON, frozen once LINE may have it, because a
    retry under the same key must be the same. `retry_key` is the X-Line-Retry-Key of a push.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        one_of("way", (REPLY, PUSH)),
        one_of("state", STATES),
        Index("ix_outbox_messages_resident_state", "resident_id", "state", "id"),
        Index("ix_outbox_messages_state_next", "state", "next_at"),
        Index("ix_outbox_messages_lane_state", "lane_key", "state", "id"),
        Index("ix_outbox_messages_inbox_event", "inbox_event_id"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))  # NULL: a group
    lane_key: Mapped[str] = mapped_column(String(120))
    chat_id: Mapped[str] = mapped_column(String(40))  # LINE's user or group id
    way: Mapped[str] = mapped_column(String(10))
    retry_key: Mapped[str] = mapped_column(String(36), unique=True)
    reply_token: Mapped[str | None] = mapped_column(String(100))
    heard_at: Mapped[datetime | None]  # real time at which the event with the token was received
    inbox_event_id: Mapped[int | None] = mapped_column(ForeignKey("inbox_events.id"))
    urgency: Mapped[str] = mapped_column(String(20), server_default="answer")
    is_for_officer: Mapped[bool] = mapped_column(Boolean, server_default=false())  # says nothing to a resident
    content: Mapped[list[Any] | None]
    body: Mapped[list[Any] | None]
    state: Mapped[str] = mapped_column(String(20), server_default=QUEUED)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    first_attempt_at: Mapped[datetime | None]  # of the first attempt LINE may have accepted; NULL: LINE has it not
    settled_at: Mapped[datetime | None]
    last_problem: Mapped[str | None] = mapped_column(String(400))
    request_id: Mapped[str | None] = mapped_column(String(80))

    resident: Mapped[Resident | None] = relationship()
    quotes: Mapped[list[OutboxQuote]] = relationship(cascade="all, delete-orphan")


class OutboxQuote(Base):
    """These LINE message's words stand in that message of ours: unsending it reaches our copy."""

    __tablename__ = "outbox_quotes"
    __table_args__ = (Index("ix_outbox_quotes_said", "said"),)

    outbox_message_id: Mapped[int] = mapped_column(ForeignKey("outbox_messages.id"), primary_key=True)
    said: Mapped[str] = mapped_column(String(80), primary_key=True)


class QuotaMonth(Base):
    """What a municipality's plan allows in a month, as LINE told it, and what it has used by LINE's count."""

    __tablename__ = "quota_months"
    __table_args__ = (UniqueConstraint("municipality_id", "month"),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    month: Mapped[str] = mapped_column(String(7))  # 2026-11, in the town's zone
    allowed: Mapped[int | None] = mapped_column(BigInteger)  # NULL: no limit
    used_at_line: Mapped[int | None] = mapped_column(BigInteger)
    read_at: Mapped[datetime | None]
    exhausted_at: Mapped[datetime | None]
    short_at: Mapped[datetime | None]  # when four fifths were used
    warned_at: Mapped[datetime | None]  # when the administrators were told so


class LedgerEntry(Base):
    """One accepted send: free (reply) or paid per recipient (push)."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("outbox_message_id"),
        Index("ix_ledger_entries_month", "municipality_id", "month", "way"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    month: Mapped[str] = mapped_column(String(7))
    outbox_message_id: Mapped[int] = mapped_column(ForeignKey("outbox_messages.id"))
    way: Mapped[str] = mapped_column(String(10))
    recipients: Mapped[int] = mapped_column(Integer)
    urgency: Mapped[str] = mapped_column(String(20))
    is_for_officer: Mapped[bool] = mapped_column(Boolean, server_default=false())
    at: Mapped[datetime]
