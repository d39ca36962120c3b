"""What a town knows of its map: places with a name, what confirmed pins teach of them, and areas with their owners."""

from __future__ import annotations

from datetime import datetime
from typing import Any

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
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality, Key, one_of

PLACE_KINDS = (
    *("soi", "village", "community", "market", "mall", "shop", "school", "temple", "hospital", "police", "office"),
    *("park", "transport", "bridge", "canal", "road", "area"),
)


class NamedPlace(Base):
    """A place with a name in this town. Without latitude and longitude the name is known and its place is not.

    `also` holds other names, joined by a bar; a soi has its `road` and `number` ("46", "14/5") besides.
    """

    __tablename__ = "named_places"
    __table_args__ = (
        UniqueConstraint("municipality_id", "code"),
        one_of("kind", PLACE_KINDS),
        CheckConstraint("latitude IS NULL OR latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude IS NULL OR longitude BETWEEN -180 AND 180", name="longitude"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    name_th: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    also: Mapped[str | None] = mapped_column(Text)
    road: Mapped[str | None] = mapped_column(String(80))
    number: Mapped[str | None] = mapped_column(String(20))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    accuracy_m: Mapped[int | None] = mapped_column(Integer)
    source: Mapped[str | None] = mapped_column(String(400))
    position: Mapped[int] = mapped_column(Integer)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())


class PlaceLesson(Base):
    """Somebody wrote a name and then sent a pin: what several residents teach alike is believed.

    Either `place_code` (a place of the town) or `phrase` (a name nobody had listed, without any house number).
    `said_words` and `said_pin` are the messages it came from: taking one of them back takes the lesson with it.
    """

    __tablename__ = "place_lessons"
    __table_args__ = (
        Index("ix_place_lessons_town", "municipality_id", "id"),
        Index("ix_place_lessons_resident", "resident_id"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    place_code: Mapped[str | None] = mapped_column(String(40))
    phrase: Mapped[str | None] = mapped_column(String(80))
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    said_words: Mapped[str | None] = mapped_column(String(80))
    said_pin: Mapped[str | None] = mapped_column(String(80))
    learnt_at: Mapped[datetime]


AREA_LEVELS = ("province", "district", "subdistrict", "municipality", "ward", "community", "owner")


class Area(Base):
    """A polygon or line of the map: whose land it is, or (level `owner`) whose road, canal, railway or estate.

    `geometry` is GeoJSON, [lon, lat]. A line counts within `width_m` of it; `asks` says that nobody knows yet
    whether the owner still has it, so one question decides.
    """

    __tablename__ = "areas"
    __table_args__ = (
        UniqueConstraint("municipality_id", "level", "code"),
        one_of("level", AREA_LEVELS),
        Index("ix_areas_imported", "imported_at"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    level: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    owner_code: Mapped[str | None] = mapped_column(String(40))
    width_m: Mapped[int | None] = mapped_column(Integer)
    asks: Mapped[bool] = mapped_column(Boolean, server_default=false())
    categories: Mapped[str | None] = mapped_column(Text)  # an owner's: codes of the matters, with blanks between them
    geometry: Mapped[dict[str, Any]]
    source: Mapped[str | None] = mapped_column(String(400))
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    imported_at: Mapped[datetime]
