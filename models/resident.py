"""Resident: a person known by a LINE account (an officer is a resident with a role)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key, one_of

LANGUAGES = ("th", "en")


class Resident(Base):
    """One LINE account with one municipality; LINE ids differ per account, so they never meet."""

    __tablename__ = "residents"
    __table_args__ = (UniqueConstraint("municipality_id", "line_user_id"), one_of("language", LANGUAGES))

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    line_user_id: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8), server_default="th")
    is_language_chosen: Mapped[bool] = mapped_column(Boolean, server_default=false())
    display_name: Mapped[str | None] = mapped_column(String(200))
    notice_version: Mapped[str | None] = mapped_column(String(40))
    notice_shown_at: Mapped[datetime | None]
    notice_acknowledged_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    menu: Mapped[str | None] = mapped_column(String(32))  # the rich menu alias we wish linked
    foreign_lookups: Mapped[int] = mapped_column(Integer, server_default="0")  # others' numbers asked for this hour
    foreign_lookups_since: Mapped[datetime | None]
    places_compared: Mapped[int] = mapped_column(Integer, server_default="0")  # of drafts with known tickets, this day
    places_compared_since: Mapped[datetime | None]
    first_seen_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]  # at the person's own wish; nothing here names them any more
