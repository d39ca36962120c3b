"""A picture of the squares around a place, drawn by us alone: no outside tiles, no writing but numbers.

North is up. The town is light and what lies outside it grey; the lines are roads and canals that the town's map has;
every numbered square is where tickets are, in the colour of their state; the ring is the reader's own square.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from bot.places.areas import Point
from bot.places.cells import CELLS_A_DEGREE, Cell, middle_of

#: Pixels on each side; LINE takes a preview of at most 1 MB.
SIZE = 1024
#: Metres from the middle to the border of the picture.
REACH_M = 1_100
_METRES_A_DEGREE = 111_195.0
_OUTSIDE, _INSIDE, _GRID, _LINE, _BORDER = "#dfe5e3", "#f7faf9", "#e6edeb", "#c3cfcc", "#7d9390"
_OWN, _INK = "#0c6b66", "#17302f"
COLOURS = {"calm": "#2f6fb0", "attention": "#d08a12", "urgent": "#c0392b", "good": "#2e8b57", "ended": "#7a8785"}


@dataclass(frozen=True, slots=True)
class Marked:
    """One square with tickets: their numbers in the list, and the tone of the first."""

    cell: Cell
    numbers: tuple[int, ...]
    tone: str


def draw(middle: Cell, marked: Sequence[Marked], outline: Mapping[str, Any] | None, lines: Iterable[Any] = ()) -> bytes:
    """The picture as PNG: around the reader's square `middle`, with the town's outline and lines (GeoJSON)."""
    frame = _Frame(middle_of(middle))
    image = Image.new("RGB", (SIZE, SIZE), _INSIDE if outline is None else _OUTSIDE)
    pen = ImageDraw.Draw(image)
    for ring in _rings(outline):
        pen.polygon(frame.path(ring), fill=_INSIDE, outline=_BORDER, width=4)
    _grid(pen, frame, middle)
    for line in lines:
        for path in _paths(line):
            pen.line(frame.path(path), fill=_LINE, width=7, joint="curve")
    for one in marked:
        _square(pen, frame, one)
    box = frame.box(middle)
    pen.ellipse((box[0] - 20, box[1] - 20, box[2] + 20, box[3] + 20), outline=_OWN, width=8)
    _scale(pen, frame)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Frame:
    """From degrees to pixels, on a plane through the middle."""

    def __init__(self, middle: Point) -> None:
        self._middle = middle
        self._wide = math.cos(math.radians(middle[0]))
        self.a_metre = SIZE / (2 * REACH_M)

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        east = (longitude - self._middle[1]) * _METRES_A_DEGREE * self._wide
        north = (latitude - self._middle[0]) * _METRES_A_DEGREE
        return SIZE / 2 + east * self.a_metre, SIZE / 2 - north * self.a_metre

    def path(self, points: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
        return [self.at(point[1], point[0]) for point in points]

    def box(self, cell: Cell) -> tuple[float, float, float, float]:
        west, south = self.at(cell[0] / CELLS_A_DEGREE, cell[1] / CELLS_A_DEGREE)
        east, north = self.at((cell[0] + 1) / CELLS_A_DEGREE, (cell[1] + 1) / CELLS_A_DEGREE)
        return west, north, east, south


def _rings(outline: Mapping[str, Any] | None) -> Iterator[Any]:
    if outline is None:
        return
    polygons = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    for polygon in polygons:
        yield polygon[0]


def _paths(geometry: Any) -> Iterator[Any]:
    """The lines of a geometry; areas are not drawn."""
    if geometry["type"] == "LineString":
        yield geometry["coordinates"]
    elif geometry["type"] == "MultiLineString":
        yield from geometry["coordinates"]


def _grid(pen: ImageDraw.ImageDraw, frame: _Frame, middle: Cell) -> None:
    steps = math.ceil(REACH_M / 100) + 1
    for step in range(-steps, steps + 2):
        _, y = frame.at((middle[0] + step) / CELLS_A_DEGREE, 0)
        x, _ = frame.at(0, (middle[1] + step) / CELLS_A_DEGREE)
        pen.line((0, y, SIZE, y), fill=_GRID)
        pen.line((x, 0, x, SIZE), fill=_GRID)


def _square(pen: ImageDraw.ImageDraw, frame: _Frame, one: Marked) -> None:
    west, north, east, south = frame.box(one.cell)
    pen.rounded_rectangle((west + 2, north + 2, east - 2, south - 2), 8, fill=COLOURS.get(one.tone, COLOURS["calm"]))
    text = ",".join(str(number) for number in one.numbers[:2]) + ("+" if len(one.numbers) > 2 else "")
    size = 30 if len(text) == 1 else 20
    place = ((west + east) / 2, (north + south) / 2)
    pen.text(place, text, fill="white", font=ImageFont.load_default(size), anchor="mm")


def _scale(pen: ImageDraw.ImageDraw, frame: _Frame) -> None:
    """Five hundred metres, and where north is."""
    length, left, low = 500 * frame.a_metre, 40, SIZE - 44
    pen.rounded_rectangle((left - 18, low - 46, left + length + 18, low + 22), 12, fill="white")
    pen.line((left, low, left + length, low), fill=_INK, width=6)
    for x in (left, left + length):
        pen.line((x, low - 10, x, low + 10), fill=_INK, width=6)
    pen.text((left + length / 2, low - 22), "500 m", fill=_INK, font=ImageFont.load_default(24), anchor="mm")
    right, top = SIZE - 62, 30
    pen.polygon([(right, top), (right - 18, top + 44), (right, top + 34), (right + 18, top + 44)], fill=_INK)
    pen.text((right, top + 62), "N", fill=_INK, font=ImageFont.load_default(28), anchor="mm")
