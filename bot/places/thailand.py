"""Provinces, districts and subdistricts of Thailand by name and code, and which of them an address names.

The names are thai-province-data, © 2025 Kongvut Sangkla, MIT License. There are no borders in them.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

_FILE = Path(__file__).parent / "thailand.tsv.gz"
#: How an address introduces a subdistrict and a district; in Bangkok แขวง and เขต.
_SUBDISTRICT = regex.compile(r"(?:ตำบล|ต\.|แขวง)\s*([ก-๎]+)")
_DISTRICT = regex.compile(r"(?:อำเภอ|อ\.|เขต)\s*([ก-๎]+)")


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
