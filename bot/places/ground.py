"""On whose ground a point lies: towns, wards and communities as polygons, roads, canals and estates with their owner.

Kept in memory as one STRtree for each kind, made from the database when something was imported.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Area, Municipality

#: Within so many metres of a border both sides are known, and the reporter decides.
BORDER_M = 50
#: A line without a width of its own counts within so many metres.
WIDTH_M = 20
_METRES_A_DEGREE = math.radians(1) * 6_371_008.8


@dataclass(frozen=True, slots=True)
class Piece:
    """A polygon or line with a name. `town` is the code of the town that holds it, or whose outline it is."""

    level: str
    code: str
    name_th: str
    name_en: str
    town: str
    owner: str = ""
    asks: bool = False
    categories: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """What is known of a point. `towns` are those whose outline covers it; `beside` those within BORDER_M of it."""

    towns: tuple[Piece, ...] = ()
    beside: tuple[Piece, ...] = ()
    within: tuple[Piece, ...] = ()  # imported polygons of any level that cover it, the smallest first
    owners: tuple[Piece, ...] = ()  # of roads, canals, railways, estates; the narrowest first

    def others(self, town: str, *, beyond_the_border: bool) -> tuple[Piece, ...]:
        """Other towns that have this ground; beyond the border of this one, those beside it where none covers it."""
        covering = tuple(piece for piece in self.towns if piece.town != town)
        if covering or not beyond_the_border:
            return covering
        return tuple(piece for piece in self.beside if piece.town != town)

    def owner_for(self, category: str, town: str) -> Piece | None:
        """The owner of the ground in whose matter this category is, as this town's layer says."""
        fitting = (one for one in self.owners if one.town == town and category in one.categories)
        return next(fitting, None)


class Ground:
    """Every piece of one installation, ready to be asked about points; never changed after it is made."""

    def __init__(self, pieces: Sequence[tuple[Piece, Mapping[str, Any], int | None]]) -> None:
        self._pieces = [piece for piece, _, _ in pieces]
        self._shapes = [_shape(geometry, width) for _, geometry, width in pieces]
        for shape in self._shapes:
            shapely.prepare(shape)
        self._sizes = [shape.area for shape in self._shapes]
        self._tree = shapely.STRtree(self._shapes)

    def at(self, lat: float, lon: float) -> Here:
        """Whose ground the point is on, and who is beside it."""
        if not self._pieces:
            return Here()
        point = shapely.Point(lon, lat)
        near = point.buffer(BORDER_M / _METRES_A_DEGREE / math.cos(math.radians(max(-80.0, min(80.0, lat)))))
        found = sorted((int(i) for i in self._tree.query(near)), key=lambda i: self._sizes[i])
        covers = [i for i in found if self._shapes[i].covers(point)]
        beside = [i for i in found if i not in covers and self._shapes[i].intersects(near)]
        return Here(
            towns=tuple(self._pieces[i] for i in covers if self._pieces[i].level == "town"),
            beside=tuple(self._pieces[i] for i in beside if self._pieces[i].level == "town"),
            within=tuple(self._pieces[i] for i in covers if self._pieces[i].level not in ("town", "owner")),
            owners=tuple(self._pieces[i] for i in covers if self._pieces[i].level == "owner"),
        )


def _shape(geometry: Mapping[str, Any], width_m: int | None) -> BaseGeometry:
    return _made(json.dumps(geometry, sort_keys=True), width_m or WIDTH_M)


@lru_cache(maxsize=10_000)
def _made(geometry: str, width_m: int) -> BaseGeometry:
    """The area itself, or the strip that a line is; a strip is stretched east and west as degrees are."""
    shape = shapely.from_geojson(geometry)
    if shape.geom_type not in ("LineString", "MultiLineString"):
        return shape
    squeeze = math.cos(math.radians(shape.centroid.y))
    flat = shapely.transform(shape, lambda points: points * [squeeze, 1])
    strip = flat.buffer(width_m / _METRES_A_DEGREE)
    return shapely.transform(strip, lambda points: points / [squeeze, 1])


#: The ground of this process, with what it was made of.
_KEPT: list[tuple[tuple[Any, ...], Ground]] = []


#: What changes whenever something was imported; built once, because it is asked for every draft and report.
#: Each number is the end of an index: whatever is taken away is taken away by a profile, which is then imported anew.
LAST_IMPORT = select(
    *(select(func.max(column)).scalar_subquery() for column in (Municipality.id, Municipality.imported_at)),
    *(select(func.max(column)).scalar_subquery() for column in (Area.id, Area.imported_at)),
)


def ground_of(session: Session) -> Ground:
    """The ground of this installation, as the last import left it."""
    key = tuple(session.execute(LAST_IMPORT).one())
    if not _KEPT or _KEPT[0][0] != key:
        _KEPT[:] = [(key, Ground(_pieces(session)))]
    return _KEPT[0][1]


def forget_all() -> None:
    """Make the ground anew when it is asked for next."""
    _KEPT.clear()


def _pieces(session: Session) -> list[tuple[Piece, Mapping[str, Any], int | None]]:
    towns = list(session.scalars(select(Municipality).order_by(Municipality.id)))
    codes = {town.id: town.code for town in towns}
    found: list[tuple[Piece, Mapping[str, Any], int | None]] = [
        (
            Piece(
                "town", town.code, town.name_th, town.name_en, town.code, phone=town.settings["office"]["phone"]
            ),
            town.outline,
            None,
        )
        for town in towns
        if town.outline and not town.settings.get("over")
    ]
    for area in session.scalars(select(Area).order_by(Area.id)):
        categories = tuple((area.categories or "").split())
        piece = Piece(
            area.level, area.code, area.name_th, area.name_en, codes[area.municipality_id], area.owner_code or "",
            area.asks, categories,
        )  # fmt: skip
        found.append((piece, area.geometry, area.width_m))
    return found
