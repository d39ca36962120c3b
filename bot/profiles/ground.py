"""Reads owners.geojson: roads, canals, railways and estates with their owner. A profile may do without it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from bot.profiles import official
from bot.profiles.findings import Findings
from bot.profiles.shape import OwnedGround

NAME = "owners.geojson"
_WIDEST_M = 500


def read(
    folder: Path, findings: Findings, owners: Collection[str] | None, categories: Collection[str] | None
) -> tuple[OwnedGround, ...]:
    """Every feature of the file; problems are noted."""
    try:
        text = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        findings.add(NAME, 1, f"cannot be read: {error.strerror}")
        return ()
    try:
        features = official.read(text, may_be_lines=True, may_overlap=True)
    except official.FileRefused as refused:
        for line in str(refused).split("\n"):
            findings.add(NAME, 1, line)
        return ()
    found = []
    for feature in features:
        problem = unfit(feature, owners, categories)
        if problem:
            findings.add(NAME, _line(text, feature.code), f"{feature.code}: {problem}")
        else:
            found.append(owned(feature))
    return tuple(found)


def _line(text: bytes, code: str) -> int:
    """The line that a feature's code stands on; the first where it cannot be told."""
    needle = json.dumps(code, ensure_ascii=False).encode()
    return next((number for number, line in enumerate(text.split(b"\n"), 1) if needle in line), 1)


def unfit(
    feature: official.Feature, owners: Collection[str] | None, categories: Collection[str] | None
) -> str | None:
    """What is wrong with the properties of a feature that an owner has."""
    said = feature.properties
    if not isinstance(said.get("owner"), str) or (owners is not None and said["owner"] not in owners):
        return f"owner {said.get('owner')!r} is not in owners.tsv"
    matters = said.get("categories")
    if not isinstance(matters, list) or not all(isinstance(one, str) for one in matters) or not matters:
        return "categories must be a list of codes of categories.tsv"
    unknown = [one for one in matters if categories is not None and one not in categories]
    if unknown:
        return f"categories {', '.join(unknown)} are not in categories.tsv"
    width = said.get("width_m")
    if width is not None and (isinstance(width, bool) or not isinstance(width, int) or not 1 <= width <= _WIDEST_M):
        return f"width_m must be a whole number of metres up to {_WIDEST_M}"
    if "Line" in feature.geometry["type"] and width is None:
        return "a line needs width_m"
    if not all(isinstance(said.get(flag, False), bool) for flag in ("asks", "confirmed")):
        return "asks and confirmed must be true or false"
    return None


def owned(feature: official.Feature) -> OwnedGround:
    """A feature whose properties fit."""
    said = feature.properties
    return OwnedGround(
        code=feature.code,
        name_th=feature.name_th,
        name_en=feature.name_en,
        owner=said["owner"],
        categories=tuple(said["categories"]),
        asks=bool(said.get("asks", False)),
        width_m=said.get("width_m"),
        geometry=feature.geometry,
        is_confirmed=bool(said.get("confirmed", False)),
        source=str(said.get("source") or "")[:400],
    )


def render(ground: Iterable[OwnedGround]) -> str:
    """The text of the file."""
    features: list[dict[str, Any]] = []
    for one in ground:
        properties = {
            "code": one.code,
            "name_th": one.name_th,
            "name_en": one.name_en,
            "owner": one.owner,
            "categories": list(one.categories),
            "asks": one.asks,
            "width_m": one.width_m,
            "confirmed": one.is_confirmed,
            "source": one.source,
        }
        features.append({"type": "Feature", "properties": properties, "geometry": one.geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"
