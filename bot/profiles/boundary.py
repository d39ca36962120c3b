"""Reads boundary.geojson: where the town ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape as to_geometry

from bot.profiles.fields import Fields
from bot.profiles.findings import Findings
from bot.profiles.sections import standing
from bot.profiles.shape import Outline
from bot.profiles.tables import read_text

NAME = "boundary.geojson"
_AREAS = ("Polygon", "MultiPolygon")


def read(folder: Path, findings: Findings) -> Outline | None:
    """The town's outline, or None with the problem noted.

    The file holds one GeoJSON Feature whose geometry is a Polygon or MultiPolygon, longitude first, and
    whose properties are `confirmed` (true or false) and `source`.
    """
    text = read_text(folder / NAME, findings)
    if text is None:
        return None
    try:
        feature = json.loads(text)
    except json.JSONDecodeError as error:
        findings.add(NAME, error.lineno, f"is not JSON: {error.msg}")
        return None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or not isinstance(properties, dict) or feature.get("type") != "Feature":
        findings.add(NAME, 1, "must be one GeoJSON Feature with a geometry and properties")
        return None
    if problem := _problem(geometry):
        findings.add(NAME, _line(text, '"coordinates"'), problem)
        return None
    fields = Fields(NAME, properties, lambda key: _line(text, f'"{key}"'), findings)
    return Outline({key: geometry[key] for key in ("type", "coordinates")}, **standing(fields))


def _problem(geometry: dict[str, Any]) -> str | None:
    if geometry.get("type") not in _AREAS:
        return f"the geometry must be one of {', '.join(_AREAS)}"
    try:
        area = to_geometry(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        # Shapely has no one error for coordinates that are no list of rings of [lon, lat].
        return "the coordinates must be rings of [longitude, latitude], the last point equal to the first"
    if area.is_empty or shapely.has_z(area):
        return "the outline must hold points of exactly two numbers, [longitude, latitude]"
    west, south, east, north = area.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return "a point lies off the earth; longitude stands first, then latitude"
    if not area.is_valid:
        return f"the outline crosses itself or is torn: {shapely.is_valid_reason(area)}; draw it anew there"
    return None


def _line(text: str, needle: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if needle in line), 1)
