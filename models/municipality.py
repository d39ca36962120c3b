"""Municipality and what it consists of. A municipality is data, never a class of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, InMunicipality, Key, one_of


class Municipality(Base):
    """A town (or province) with its own LINE account, outline, people and calendar."""

    __tablename__ = "municipalities"
    __table_args__ = (Index("ix_municipalities_imported", "imported_at"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    ticket_prefix: Mapped[str] = mapped_column(String(8), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    town_word_th: Mapped[str] = mapped_column(String(40))  # เทศบาล, อบจ., เมือง
    town_word_en: Mapped[str] = mapped_column(String(40))
    timezone: Mapped[str] = mapped_column(String(60))
    settings: Mapped[dict[str, Any]]  # working hours, quiet hours, switches; the profile's shape
    outline: Mapped[dict[str, Any] | None]  # GeoJSON geometry, [lon, lat]
    notice_version: Mapped[str] = mapped_column(String(40), server_default="1")
    imported_at: Mapped[datetime]
    morning_on: Mapped[date | None]  # the last day on which the officers were given their morning round

    departments: Mapped[list[Department]] = relationship(order_by="Department.position")
    owners: Mapped[list[Owner]] = relationship(order_by="Owner.position")
    holidays: Mapped[list[Holiday]] = relationship(order_by="Holiday.day")
    numbers: Mapped[list[ImportantNumber]] = relationship(order_by="ImportantNumber.position")


class Department(Base):
    """A part of the municipality that does the work."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    code: Mapped[Code]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    is_desk: Mapped[bool] = mapped_column(Boolean, server_default=false())
    position: Mapped[int] = mapped_column(Integer)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    is_active: Mapped[bool] = mapped_column(Boolean, server_default="1")


class Owner(Base):
    """An outside body whose matter a report may be: waterworks, highways, police, an estate."""

    __tablename__ = "owners"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    code: Mapped[Code]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    short_th: Mapped[str] = mapped_column(String(40))
    short_en: Mapped[str] = mapped_column(String(40))
    hotline: Mapped[str | None] = mapped_column(String(40))
    contact: Mapped[str | None] = mapped_column(String(400))
    follow_up_days: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    is_active: Mapped[bool] = mapped_column(Boolean, server_default="1")


class Holiday(Base):
    """A day on which the town does not work although it is a weekday."""

    __tablename__ = "holidays"
    __table_args__ = (UniqueConstraint("municipality_id", "day"), one_of("kind", ("public", "substitution", "special")))

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())


class ImportantNumber(Base):
    """A telephone number that residents need; those with a danger stand on the hotline card."""

    __tablename__ = "important_numbers"
    __table_args__ = (UniqueConstraint("municipality_id", "position"),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(40))
    is_for_danger: Mapped[bool] = mapped_column(Boolean, server_default=false())
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owners.id"))
    position: Mapped[int] = mapped_column(Integer)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())
