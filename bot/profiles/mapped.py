"""What a profile says of the map: places with a name, and ground with an owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.profiles.fact import Fact


@dataclass(frozen=True)
class NamedPlace(Fact):
    """A place with a name; `also` holds other names, joined by a bar. Without lat and lon its place is not known.

    A soi has its `road` and `number` besides. `accuracy_m`: how far off the point may be.
    """

    code: str
    name_th: str
    name_en: str
    kind: str
    also: str
    road: str
    number: str
    lat: float | None
    lon: float | None
    accuracy_m: int | None


@dataclass(frozen=True)
class OwnedGround(Fact):
    """A road, canal, railway or estate: in the matters of `categories` it is the owner's. A line is `width_m` wide.

    `asks`: nobody knows yet whether the owner still has it, so the reporter is asked.
    """

    code: str
    name_th: str
    name_en: str
    owner: str
    categories: tuple[str, ...]
    asks: bool
    width_m: int | None
    geometry: dict[str, Any]
