"""A profile for a town that has none yet: an example's tables, the town's own name and place, nothing confirmed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.profiles.fact import Words
from bot.profiles.shape import Fact, ImportantNumber, Outline, Profile

_KM_A_DEGREE = 111.195
_SOURCE = "typed in when the profile was begun"


@dataclass(frozen=True)
class Begun:
    """What a new town was asked. `outline` is a GeoJSON geometry, or None: then a square of `km` around the office."""

    code: str
    ticket_prefix: str
    name: Words
    town_word: Words
    phone: str
    address: Words
    lat: float
    lon: float
    km: float = 5.0
    outline: dict[str, Any] | None = None


def begin(like: Profile, town: Begun) -> Profile:
    """The profile of a new town, after an example: its own places, neighbours and answers are left out."""
    office = replace(
        like.office,
        address_th=town.address.th,
        address_en=town.address.en,
        phone=town.phone,
        lat=town.lat,
        lon=town.lon,
        is_confirmed=False,
        source=_SOURCE,
    )
    drawn = "a square around the office; draw the real limits" if town.outline is None else _SOURCE
    own = ImportantNumber(
        town.name.th[:40], town.name.en[:40], town.phone, is_for_danger=True, owner="", source=_SOURCE
    )
    return replace(
        like,
        code=town.code,
        ticket_prefix=town.ticket_prefix,
        name=town.name,
        town_word=town.town_word,
        office=office,
        privacy=replace(
            like.privacy,
            contact_th=f"{town.name.th} โทร {town.phone}",
            contact_en=f"{town.name.en}, {town.phone}",
            is_confirmed=False,
        ),
        outline=Outline(town.outline or _square(town), is_confirmed=False, source=drawn),
        neighbours=(),
        departments=tuple(_unconfirmed(row) for row in like.departments),
        owners=tuple(_unconfirmed(replace(row, contact="")) for row in like.owners),
        categories=tuple(_unconfirmed(row) for row in like.categories),
        numbers=(own, *(_unconfirmed(row) for row in like.numbers if row.owner)),
        answers=(),
        ground=(),
        places=(),
        over=(),
        wording={},
    )


AnyFact = TypeVar("AnyFact", bound=Fact)


def _unconfirmed(row: AnyFact) -> AnyFact:
    return replace(row, is_confirmed=False)


def _square(town: Begun) -> dict[str, Any]:
    north = town.km / 2 / _KM_A_DEGREE
    east = north / math.cos(math.radians(town.lat))
    west, right = round(town.lon - east, 5), round(town.lon + east, 5)
    south, top = round(town.lat - north, 5), round(town.lat + north, 5)
    ring = [[west, south], [right, south], [right, top], [west, top], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
