"""Is a point inside the town, how far is it to the border, and on which side does it lie?

Outlines are GeoJSON Polygons or MultiPolygons, [lon, lat]; points are latitude first, as LINE sends them.
No message of an error holds a position: it may be where somebody lives.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

Side = Literal["north", "east", "south", "west"]
#: A point: latitude, longitude, in degrees (WGS 84).
Point = tuple[float, float]

#: The mean radius of the earth in metres (IUGG).
_EARTH_M = 6_371_008.8
#: Beyond this distance the next-door town is no longer likely to be the one that answers.
NEXT_DOOR_M = 4_000


class ImpossiblePlace(ValueError):
    """These numbers are no place on earth."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def contains(outline: Mapping[str, Any], lat: float, lon: float) -> bool:
    """Does the point lie inside the outline, or on its border?

    :raises ImpossiblePlace: not a number, or off the earth.
    """
    _check(lat, lon)
    return bool(_area(outline).covers(shapely.Point(lon, lat)))


def metres_to_border(outline: Mapping[str, Any], lat: float, lon: float) -> float:
    """How far the point is from the nearest part of the border, from inside or outside, in metres.

    Measured on a plane through the point: good to 1 % within a hundred kilometres.

    :raises ImpossiblePlace: not a number, or off the earth.
    """
    _check(lat, lon)
    return float(_around(_area(outline), lat, lon).boundary.distance(shapely.Point(0, 0)))


def side_of(outline: Mapping[str, Any], lat: float, lon: float) -> Side | None:
    """On which side of the town the point lies, or None inside it.

    :raises ImpossiblePlace: not a number, or off the earth.
    """
    if contains(outline, lat, lon):
        return None
    nearest, _ = nearest_points(_around(_area(outline), lat, lon), shapely.Point(0, 0))
    east, north = -nearest.x, -nearest.y
    if abs(east) > abs(north):
        return "east" if east > 0 else "west"
    return "north" if north > 0 else "south"


def neighbour(
    outline: Mapping[str, Any], settings: Mapping[str, Any], lat: float, lon: float
) -> Mapping[str, str] | None:
    """Who answers for a point outside, as {"th", "en"} in words that fit a sentence; None inside the town.

    Next door that is the neighbour on that side, from `settings["neighbours"]`; farther off the general
    words of `settings["outside"]` (both as the profile wrote them).

    :raises ImpossiblePlace: not a number, or off the earth.
    """
    side = side_of(outline, lat, lon)
    if side is None:
        return None
    if metres_to_border(outline, lat, lon) <= NEXT_DOOR_M:
        for words in settings["neighbours"]:
            if words["side"] == side:
                return {"th": words["th"], "en": words["en"]}
    general: Mapping[str, str] = settings["outside"]
    return general


def beyond(outline: Mapping[str, Any], settings: Mapping[str, Any], lat: float, lon: float) -> Mapping[str, str]:
    """Who answers on the other side of the nearest border, as {"th", "en"}; for points beside it, inside or outside.

    :raises ImpossiblePlace: not a number, or off the earth.
    """
    inside = contains(outline, lat, lon)
    nearest, _ = nearest_points(_around(_area(outline), lat, lon).boundary, shapely.Point(0, 0))
    east, north = (nearest.x, nearest.y) if inside else (-nearest.x, -nearest.y)
    if abs(east) > abs(north):
        side = "east" if east > 0 else "west"
    else:
        side = "north" if north > 0 else "south"
    found = next((words for words in settings["neighbours"] if words["side"] == side), settings["outside"])
    return {"th": found["th"], "en": found["en"]}


def distance_metres(a: Point, b: Point) -> float:
    """How far two points are from each other along the ground, in metres (on a sphere: good to 0.6 %).

    :raises ImpossiblePlace: not a number, or off the earth.
    """
    _check(*a)
    _check(*b)
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half_chord = (
        math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half_chord)))


def shared_part(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The part of the smaller of two outlines that lies in the other, 0 to 1."""
    first, second = _area(one), _area(other)
    return float(first.intersection(second).area / min(first.area, second.area))


def map_url(lat: float, lon: float) -> str:
    """Where a point can be seen on a map that everybody knows; opened by whoever presses, never by us."""
    return f"https://www.google.com/maps/search/?api=1&query={lat:.6f},{lon:.6f}"


def box(here: Point, metres: float) -> tuple[float, float, float, float]:
    """South, north, west and east, in degrees, of the square that holds every point so near."""
    high = math.degrees(metres / _EARTH_M)
    wide = high / max(math.cos(math.radians(here[0])), 0.01)
    return here[0] - high, here[0] + high, here[1] - wide, here[1] + wide


def _check(lat: float, lon: float) -> None:
    # Comparisons with NaN are false, so this refuses NaN and the infinities too.
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ImpossiblePlace


def _area(outline: Mapping[str, Any]) -> BaseGeometry:
    return _prepared(json.dumps(outline, sort_keys=True))


@lru_cache(maxsize=64)
def _prepared(outline: str) -> BaseGeometry:
    """The outline made ready for many questions; kept by content, because each transaction reads it anew."""
    area = shapely.from_geojson(outline)
    shapely.prepare(area)
    return area


def _around(area: BaseGeometry, lat: float, lon: float) -> BaseGeometry:
    """The area in metres east and north of the point."""
    metres_a_degree = math.radians(1) * _EARTH_M
    scale = np.array([metres_a_degree * math.cos(math.radians(lat)), metres_a_degree])

    def flatten(points: NDArray[np.float64]) -> NDArray[np.float64]:
        flat: NDArray[np.float64] = (points - np.array([lon, lat])) * scale
        return flat

    return shapely.transform(area, flatten)
