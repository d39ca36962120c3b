"""Reads places.tsv: the places that people of the town call by name. A profile may do without it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import shapely

from bot.profiles import shape
from bot.profiles.fields import Fields
from bot.profiles.findings import Findings
from bot.profiles.sections import standing
from models.place import PLACE_KINDS

NAME = "places.tsv"
#: A name stands on a button of a card: a limit that LINE sets.
_BUTTON = 40
_NUMBER = re.compile(r"\d{1,4}(?:/\d{1,3})?")
#: A resident may name a place next door; farther off (about 50 km), lat or lon is wrong.
_MAY_BE_OFF = 0.5
_ROUGHEST_M = 20_000


def make(row: Fields) -> shape.NamedPlace:
    """One row of the table."""
    lat, lon = row.decimal("lat", most=90), row.decimal("lon", most=180)
    if (lat is None) != (lon is None):
        row.problem("lat", "lat and lon go together; fill in both or none")
    accuracy = None if lat is None else row.whole("accuracy_m", least=1, most=_ROUGHEST_M)
    number = row.text("number", longest=20, optional=True)
    if number and not _NUMBER.fullmatch(number):
        row.problem("number", f"{number!r} has the wrong form; write it like 46 or 14/5")
    road = row.text("road", longest=80, optional=True)
    if bool(road) != bool(number):
        row.problem("number", "a soi has both a road and a number; fill in both or none")
    return shape.NamedPlace(
        code=row.code(),
        name_th=row.label("name_th", most=_BUTTON),
        name_en=row.label("name_en", most=_BUTTON),
        kind=row.one_of("kind", PLACE_KINDS),
        also=row.text("also", longest=600, optional=True),
        road=road,
        number=number,
        lat=lat,
        lon=lon,
        accuracy_m=accuracy,
        **standing(row),
    )


def check(places: Iterable[shape.NamedPlace], outline: shape.Outline, findings: Findings) -> None:
    """Note every place that lies impossibly far from the town."""
    area = shapely.geometry.shape(outline.geometry)
    for place in places:
        if place.lat is None or place.lon is None:
            continue
        if area.distance(shapely.Point(place.lon, place.lat)) > _MAY_BE_OFF:
            findings.add(NAME, 1, f"{place.code} lies far outside the outline; check its lat and lon")
