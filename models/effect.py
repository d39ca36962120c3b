"""Effect: a network act that is no message (fetch a photo, fetch a profile, link a menu)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key, one_of

FETCH_MEDIA = "fetch_media"
FETCH_PROFILE = "fetch_profile"
LINK_MENU = "link_menu"
KINDS = (FETCH_MEDIA, FETCH_PROFILE, LINK_MENU)

WANTED = "wanted"  #: to be done, now or at `next_at`
DONE = "done"  #: done, or overtaken by a newer wish
GONE = "gone"  #: what it wanted exists no longer (LINE's 410, unsent)
REFUSED = "refused"  #: failed for good; a person can see it
DISMISSED = "dismissed"  #: refused, and a person said that nothing is to be done
STATES = (WANTED, DONE, GONE, REFUSED, DISMISSED)


class Effect(Base):
    """One wished act, unique by `key`, so that a repeated event wishes nothing twice."""

    __tablename__ = "effects"
    __table_args__ = (
        UniqueConstraint("municipality_id", "key"),
        one_of("kind", KINDS),
        one_of("state", STATES),
        Index("ix_effects_state_next", "state", "next_at"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    key: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    state: Mapped[str] = mapped_column(String(20), server_default=WANTED)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    claimed_until: Mapped[datetime | None]
    last_problem: Mapped[str | None] = mapped_column(String(400))
    settled_at: Mapped[datetime | None]
