"""InboxEvent: what LINE told us, kept as bytes before we answer 200."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key, one_of

NEW = "new"  #: committed, not yet handled
DONE = "done"  #: handled, with all it caused, in one transaction
PARKED = "parked"  #: failed at every attempt; a person must look; the lane went on
DISMISSED = "dismissed"  #: parked, and a person said that nothing is to be done
STATES = (NEW, DONE, PARKED, DISMISSED)
#: Stands before the message's id in the `said` of an event that takes it back.
UNSENT = "unsent:"


class InboxEvent(Base):
    """One webhook event, unique by LINE's event id (or by the hash of its bytes where LINE gave none).

    `body` is the event's JSON as bytes, because PostgreSQL text refuses NUL; it is NULL once erased. `said` is
    the id of the LINE message in it, so that unsending can erase this copy too; of an event that takes a message back
    that id stands behind `UNSENT`, so that the message finds it should LINE bring it later.
    """

    __tablename__ = "inbox_events"
    __table_args__ = (
        UniqueConstraint("municipality_id", "event_id"),
        one_of("state", STATES),
        Index("ix_inbox_events_lane_state", "lane_key", "state", "occurred_at_ms", "id"),
        Index("ix_inbox_events_state_next", "state", "next_at"),
        Index("ix_inbox_events_said", "municipality_id", "said"),
        Index("ix_inbox_events_state_received", "state", "received_at"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    event_id: Mapped[str] = mapped_column(String(80))
    lane_key: Mapped[str] = mapped_column(String(120))
    said: Mapped[str | None] = mapped_column(String(80))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    occurred_at_ms: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime]
    is_redelivery: Mapped[bool] = mapped_column(Boolean, server_default=false())
    state: Mapped[str] = mapped_column(String(20), server_default=NEW)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    next_at: Mapped[datetime | None]
    last_problem: Mapped[str | None] = mapped_column(String(400))
    handled_at: Mapped[datetime | None]
