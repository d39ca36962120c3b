"""Provinces, districts and subdistricts of Thailand by name and code, and which of them an address names.

The names are thai-province-data, © 2025 Kongvut Sangkla, MIT License. There are no borders in them: the country's own
outline here is a rough one, drawn by hand, good enough to ask whether a pin has slipped.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex
import shapely

_FILE = Path(__file__).parent / "thailand.tsv.gz"
#: How an address introduces a subdistrict and a district; in Bangkok แขวง and เขต.
_SUBDISTRICT = regex.compile(r"(?:ตำบล|ต\.|แขวง)\s*([ก-๎]+)")
_DISTRICT = regex.compile(r"(?:อำเภอ|อ\.|เขต)\s*([ก-๎]+)")
#: Degrees around 0,0 (a kilometre) that a phone sends when it does not know where it is.
_NO_FIX = 0.01
#: The country with its islands, longitude first, clockwise from Mae Sai; some ten kilometres wide of the border where
#: that is on land, on the Mekong within two. At sea it runs outside the islands.
_OUTLINE = (
    (99.90, 20.50), (100.12, 20.40), (100.42, 20.30), (100.62, 20.18), (100.60, 19.65), (101.28, 19.65),
    (101.38, 19.05), (101.25, 18.30), (101.20, 17.75), (101.66, 17.91), (101.90, 18.05), (102.12, 18.23),
    (102.30, 18.06), (102.58, 17.962), (102.62, 17.91), (102.72, 17.89), (103.05, 18.05), (103.30, 18.44),
    (103.65, 18.40), (103.98, 18.36), (104.25, 18.02), (104.62, 17.60), (104.81, 17.42), (104.78, 16.95),
    (104.738, 16.55), (105.06, 16.14), (105.45, 16.02), (105.42, 15.75), (105.65, 15.50), (105.52, 15.31),
    (105.50, 15.10), (105.66, 14.90), (105.58, 14.40), (105.20, 14.20), (104.70, 14.38), (104.00, 14.33),
    (103.20, 14.28), (102.95, 14.10), (102.60, 13.66), (102.45, 13.30), (102.60, 12.80), (102.80, 12.40),
    (102.96, 11.60), (102.60, 11.50), (102.20, 11.85), (101.80, 12.45), (101.40, 12.45), (100.80, 12.45),
    (100.70, 12.95), (100.70, 13.25), (100.60, 13.45), (100.20, 13.40), (100.15, 13.00), (100.05, 12.40),
    (99.90, 11.70), (99.60, 10.80), (99.95, 10.20), (100.20, 9.85), (100.20, 9.30), (100.40, 8.60), (100.60, 7.60),
    (101.00, 7.05), (101.40, 7.05), (101.95, 6.55), (102.15, 6.25), (102.05, 5.98), (101.80, 5.70), (101.15, 5.55),
    (100.90, 6.15), (100.75, 6.42), (100.30, 6.60), (100.10, 6.35), (99.15, 6.35), (97.50, 8.50), (97.70, 9.55),
    (98.50, 9.95), (98.65, 10.50), (99.05, 11.30), (99.40, 11.85), (99.10, 12.60), (98.95, 13.30), (98.85, 13.90),
    (98.15, 14.70), (98.10, 15.35), (98.45, 15.60), (98.45, 16.70), (97.75, 17.30), (97.30, 18.30), (97.35, 18.60),
    (97.60, 19.00), (97.75, 19.65), (98.05, 19.90), (98.95, 19.85), (99.00, 20.15), (99.45, 20.45),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A province (2 digits), district (4) or subdistrict (6)."""

    code: str
    name_th: str
    name_en: str


@cache
def names() -> dict[str, Place]:
    """Every province, district and subdistrict by its code. About 60 ms on the first call."""
    lines = gzip.decompress(_FILE.read_bytes()).decode().split("\n")
    rows = (line.split("\t") for line in lines[2:] if line)
    return {code: Place(code, name_th, name_en) for code, name_th, name_en in rows}


@cache
def _subdistricts() -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for place in names().values():
        if len(place.code) == 6:
            by_name[place.name_th].append(place.code)
    return by_name


def subdistrict_in(address: str) -> Place | None:
    """The one subdistrict that an address names, told apart by its district or province where several are called so."""
    said = _SUBDISTRICT.search(address[:400])
    if said is None:
        return None
    codes = _subdistricts().get(said[1], [])
    if len(codes) > 1:
        district = _DISTRICT.search(address[:400])
        of_district = [code for code in codes if district and _bare(names()[code[:4]].name_th) == district[1]]
        of_province = [code for code in codes if _bare(names()[code[:2]].name_th) in address]
        codes = of_district if len(of_district) == 1 else of_province
    return names()[codes[0]] if len(codes) == 1 else None


def in_words(place: Place, language: str) -> str:
    """A subdistrict as a sentence names it: ต.คลองสาม อ.คลองหลวง จ.ปทุมธานี."""
    district, province = names()[place.code[:4]], names()[place.code[:2]]
    if language != "th":
        return f"{place.name_en}, {district.name_en}, {province.name_en}"
    if place.code.startswith("10"):
        return f"แขวง{place.name_th} เขต{_bare(district.name_th)} {province.name_th}"
    return f"ต.{place.name_th} อ.{_bare(district.name_th)} จ.{province.name_th}"


def _bare(name: str) -> str:
    return name.removeprefix("เขต").removeprefix("อำเภอ")


@cache
def _country() -> shapely.Polygon:
    country = shapely.Polygon(_OUTLINE)
    shapely.prepare(country)
    return country


def is_no_fix(lat: float, lon: float) -> bool:
    """Whether the point is the one in the Gulf of Guinea that stands for "not known"."""
    return abs(lat) <= _NO_FIX and abs(lon) <= _NO_FIX


def seems_abroad(lat: float, lon: float) -> bool:
    """Whether the point seems to lie at sea or in another country; never surer than the rough outline is."""
    return not _country().covers(shapely.Point(lon, lat))
