"""Is it the same problem? What the search asks about, against what people said who read both reports."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.known.finding import ALIKE, OF_A_WHOLE_AREA_M
from bot.places.areas import distance_metres
from bot.places.likeness import likeness
from bot.understanding import as_report

Row = dict[str, str]
_THRESHOLDS = (0.0, 0.1, 0.15, ALIKE, 0.25, 0.3)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports: whether people say that they are about one thing, and what the search goes by."""

    is_same: bool
    alike: float
    is_found: bool  # same kind as understood, and within its radius
    is_of_an_area: bool

    def is_asked(self, threshold: float) -> bool:
        """Whether the second reporter would be asked."""
        return self.is_found and (self.is_of_an_area or self.alike >= threshold)


def table(rows: Mapping[str, Row], pairs: Path, radiuses: Mapping[str, int]) -> str:
    """Precision and recall of asking, by threshold of likeness, on the pairs that chose it and on the others."""
    lines = [f"Is it the same problem? (asked from likeness {ALIKE} on)"]
    for use in ("choosing", "measuring"):
        found = read_pairs(rows, pairs, radiuses, use)
        same = sum(pair.is_same for pair in found)
        lines.append(f"{use}: {len(found)} pairs, {same} the same")
        lines.append("likeness  asked  precision  recall")
        for threshold in _THRESHOLDS:
            asked = [pair for pair in found if pair.is_asked(threshold)]
            right = sum(pair.is_same for pair in asked)
            precision = right / len(asked) if asked else 0.0
            lines.append(f"{threshold:8.2f} {len(asked):6d} {precision:10.3f} {right / max(same, 1):7.3f}")
    return "\n".join(lines)


def read_pairs(rows: Mapping[str, Row], path: Path, radiuses: Mapping[str, int], use: str) -> Sequence[Pair]:
    """The judged pairs of one use, with what the search would know of them."""
    with path.open(encoding="utf-8") as file:
        judged = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    return [
        _pair(rows[one["one"]], rows[one["other"]], one["same"] == "yes", radiuses)
        for one in judged
        if one["use"] == use and one["one"] in rows and one["other"] in rows
    ]


def _pair(one: Row, other: Row, is_same: bool, radiuses: Mapping[str, int]) -> Pair:
    kinds = [as_report(row["text"]).categories[0].code for row in (one, other)]
    metres = distance_metres(*((float(row["lat"]), float(row["lon"])) for row in (one, other)))
    radius = radiuses.get(kinds[0], 0)
    return Pair(
        is_same=is_same,
        alike=likeness(one["text"], other["text"]),
        is_found=kinds[0] == kinds[1] and metres <= radius,
        is_of_an_area=radius >= OF_A_WHOLE_AREA_M,
    )
