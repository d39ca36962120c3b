"""Where something was, to a hundred metres: what may stay of a place when its reporter's own data has gone."""

from __future__ import annotations

import math

#: Metres along one side of a cell, and in a degree of latitude.
SIDE = 100.0
_DEGREE = 111_320.0


def cell(latitude: float, longitude: float) -> tuple[float, float]:
    """The middle of the 100 m cell of a point, in degrees; the same for every point of the cell."""
    step = SIDE / _DEGREE
    row = math.floor(latitude / step)
    middle = (row + 0.5) * step
    # A degree of longitude shrinks towards the poles; the row's own latitude keeps its cells in line.
    wide = SIDE / (_DEGREE * max(math.cos(math.radians(middle)), 0.01))
    return round(middle, 6), round((math.floor(longitude / wide) + 0.5) * wide, 6)
