"""Reads GeoJSON of areas and lines, and says everything that is wrong with it before anything is kept.

Official files come in every state: another projection, latitude first, rings that cross themselves, one piece twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape as to_geometry
from shapely.geometry.base import BaseGeometry

#: Bytes; the outlines of every subdistrict of Thailand are smaller.
MOST_BYTES = 50_000_000
#: Degrees: Thailand with room around it, west south east north.
THAILAND = (97.2, 5.5, 105.8, 20.6)
_AREAS, _LINES = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString")
#: The part of the smaller of two areas that they may share: digitising differs by some metres.
_SHARED = 0.02
_TOLD = 20


class FileRefused(ValueError):
    """The file cannot be used; its text says why, a line for each problem."""


@dataclass(frozen=True)
class Feature:
    """One area or line with its properties."""

    code: str
    name_th: str
    name_en: str
    geometry: dict[str, Any]
    properties: Mapping[str, Any]


def read(text: bytes, *, may_be_lines: bool = False, may_overlap: bool = False) -> list[Feature]:
    """The features of a GeoJSON FeatureCollection, each with a code and a name.

    :raises FileRefused: with everything that is wrong with it.
    """
    if len(text) > MOST_BYTES:
        raise FileRefused(f"the file has {len(text) // 1_000_000} MB; simplify it to at most {MOST_BYTES // 1_000_000}")
    try:
        document = json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FileRefused(f"this is no JSON: {error}") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise FileRefused("this is no GeoJSON FeatureCollection with features")
    crs = json.dumps(document.get("crs", ""))
    if crs != '""' and not any(name in crs for name in ("CRS84", "4326")):
        raise FileRefused("the coordinates are in another projection (crs); save them in WGS 84, EPSG:4326")
    problems: list[str] = []
    read = [_feature(number, one, may_be_lines, problems) for number, one in enumerate(features, 1)]
    usable = [one for one in read if one is not None]
    problems += _doubles([feature for feature, _ in usable])
    if not problems and not may_overlap:
        problems += _overlaps(usable)
    if problems:
        more = [f"and {len(problems) - _TOLD} more"] if len(problems) > _TOLD else []
        raise FileRefused("\n".join([*problems[:_TOLD], *more]))
    return [feature for feature, _ in usable]


def _feature(
    number: int, said: Any, may_be_lines: bool, problems: list[str]
) -> tuple[Feature, BaseGeometry] | None:
    properties = said.get("properties") if isinstance(said, dict) else None
    geometry = said.get("geometry") if isinstance(said, dict) else None
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        problems.append(f"feature {number}: has no properties or no geometry")
        return None
    code, name = str(properties.get("code") or "").strip(), str(properties.get("name_th") or "").strip()
    about = f"feature {number} ({code or name or 'without code'})"
    if not code or len(code) > 40 or not name or len(name) > 200:
        problems.append(f"{about}: needs a code (at most 40 characters) and a name_th (at most 200)")
        return None
    kinds = _AREAS + _LINES if may_be_lines else _AREAS
    if geometry.get("type") not in kinds:
        problems.append(f"{about}: the geometry must be one of {', '.join(kinds)}")
        return None
    try:
        shape = to_geometry(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        # Shapely has no one error for coordinates that are no list of points.
        problems.append(f"{about}: the coordinates must be lists of [longitude, latitude]")
        return None
    if problem := _wrong_place(shape):
        problems.append(f"{about}: {problem}")
        return None
    clean = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    name_en = str(properties.get("name_en") or name).strip()[:200]
    return Feature(code, name, name_en, clean, properties), shape


def _wrong_place(shape: BaseGeometry) -> str | None:
    if shape.is_empty or shapely.has_z(shape):
        return "must hold points of exactly two numbers, [longitude, latitude]"
    west, south, east, north = shape.bounds
    if any(abs(value) > 360 for value in shape.bounds):
        return "the coordinates are metres of another projection; save them in WGS 84, EPSG:4326"
    if south >= THAILAND[0] and north <= THAILAND[2] and west >= THAILAND[1] and east <= THAILAND[3]:
        return "latitude and longitude are swapped; longitude comes first"
    if shapely.get_coordinates(shape).min() == 0 or (west <= 0 <= east and south <= 0 <= north):
        return "a point lies at 0,0, where nothing is; draw it anew there"
    if west < THAILAND[0] or south < THAILAND[1] or east > THAILAND[2] or north > THAILAND[3]:
        return "lies outside Thailand"
    if not shape.is_valid:
        return f"crosses itself or is torn: {shapely.is_valid_reason(shape)}; draw it anew there"
    return None


def _doubles(features: list[Feature]) -> Iterator[str]:
    seen: set[str] = set()
    for feature in features:
        if feature.code in seen:
            yield f"{feature.code} stands there a second time; keep one"
        seen.add(feature.code)


def _overlaps(features: list[tuple[Feature, BaseGeometry]]) -> Iterator[str]:
    shapes = [shape for _, shape in features]
    tree = shapely.STRtree(shapes)
    for one, other in tree.query(shapes, predicate="intersects").T:
        if one >= other:
            continue
        shared = shapes[one].intersection(shapes[other]).area
        if shared > _SHARED * min(shapes[one].area, shapes[other].area):
            yield f"{features[one][0].code} and {features[other][0].code} overlap; both would claim a point there"
