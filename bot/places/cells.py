"""The public square of a place: about a hundred metres on each side, all that strangers may know of where it is."""

from __future__ import annotations

import math

from bot.places.areas import Point

#: A thousandth of a degree: 111 m from south to north, a little less from west to east.
CELLS_A_DEGREE = 1_000
#: Metres. No point of a square is farther from its middle.
HALF_ACROSS_M = 80
Cell = tuple[int, int]


def cell_of(point: Point) -> Cell:
    """The square a point lies in."""
    return math.floor(point[0] * CELLS_A_DEGREE), math.floor(point[1] * CELLS_A_DEGREE)


def middle_of(cell: Cell) -> Point:
    """The middle of a square; the only point of it that strangers are told of."""
    return (cell[0] + 0.5) / CELLS_A_DEGREE, (cell[1] + 0.5) / CELLS_A_DEGREE


def rounded(metres: float) -> int:
    """A distance between squares in words: hundreds of metres, and never less than one hundred."""
    return max(100, round(metres / 100) * 100)
