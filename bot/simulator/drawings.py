"""What the sample photos show: red water in a basin, a pile of garbage, a jam, a repaired street, or just a street.

Everything is drawn in units of a picture 640 wide and 480 high and scaled; dice make each picture a little different.
"""

import random
from collections.abc import Callable, Sequence

from PIL import ImageDraw

Colour = tuple[int, int, int]
_WIDTH, _HEIGHT = 640, 480


class Canvas:
    """A picture to draw on, in units of 640 x 480."""

    def __init__(self, draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: random.Random) -> None:
        self._draw = draw
        self._across, self._down = size[0] / _WIDTH, size[1] / _HEIGHT
        self.dice = dice

    def _points(self, numbers: Sequence[float]) -> list[float]:
        return [n * (self._down if index % 2 else self._across) for index, n in enumerate(numbers)]

    def box(self, colour: Colour, *corners: float, round_by: float = 0) -> None:
        """A rectangle from left, top to right, bottom."""
        self._draw.rounded_rectangle(self._points(corners), round_by * self._across, fill=colour)

    def oval(self, colour: Colour, *corners: float) -> None:
        """An ellipse inside left, top, right, bottom."""
        self._draw.ellipse(self._points(corners), fill=colour)

    def shape(self, colour: Colour, *points: float) -> None:
        """A polygon through x, y, x, y …"""
        self._draw.polygon(self._points(points), fill=colour)

    def line(self, colour: Colour, width: float, *points: float) -> None:
        """A line through x, y, x, y …"""
        self._draw.line(self._points(points), fill=colour, width=max(1, round(width * self._across)), joint="curve")

    def near(self, colour: Colour, by: int = 18) -> Colour:
        """A colour close to this one."""
        red, green, blue = (min(255, max(0, part + self.dice.randrange(-by, by + 1))) for part in colour)
        return red, green, blue


def _street(on: Canvas) -> None:
    """Sky, houses and a road: the ground of every outdoor picture."""
    on.box(on.near((178, 208, 226)), 0, 0, 640, 300)
    left = -20.0
    while left < 640:
        wide = on.dice.randrange(90, 150)
        top = on.dice.randrange(90, 180)
        on.box(on.near((216, 200, 178), 26), left, top, left + wide, 300)
        on.box(on.near((150, 96, 78)), left - 6, top - 12, left + wide + 6, top + 4)
        for x in range(int(left) + 14, int(left + wide) - 22, 34):
            on.box((96, 116, 128), x, top + 26, x + 20, top + 58)
        left += wide + 4
    on.box((176, 172, 164), 0, 296, 640, 330)
    on.box((98, 100, 104), 0, 326, 640, 480)
    for x in range(-40, 640, 110):
        on.box((236, 232, 214), x, 398, x + 60, 406)


def _water(on: Canvas) -> None:
    """A tap over a white basin, and what comes out of it is red."""
    on.box(on.near((214, 226, 226), 8), 0, 0, 640, 480)
    for y in range(0, 480, 80):
        on.line((190, 206, 206), 3, 0, y, 640, y)
    for x in range(0, 640, 80):
        on.line((190, 206, 206), 3, x, 0, x, 480)
    on.oval((244, 247, 247), 60, 220, 580, 500)
    on.oval((214, 222, 222), 92, 244, 548, 470)
    red = on.near((158, 62, 30))
    on.oval(red, 110, 286, 530, 452)
    on.oval(on.near((184, 86, 48), 6), 190, 318, 440, 396)
    on.box((140, 150, 154), 296, 30, 352, 120, round_by=12)
    on.box((160, 170, 174), 250, 14, 398, 42, round_by=14)
    on.box((120, 130, 134), 304, 116, 344, 142, round_by=6)
    on.box(red, 312, 142, 336, 352, round_by=10)
    for _ in range(14):
        x, y = on.dice.randrange(160, 480), on.dice.randrange(320, 430)
        on.oval(on.near((120, 40, 20)), x, y, x + 10, y + 5)


def _garbage(on: Canvas) -> None:
    """Bags and boxes heaped at the kerb."""
    _street(on)
    bags = ((38, 40, 46), (52, 54, 60), (60, 96, 62), (42, 44, 50), (176, 176, 170))
    for row, (count, y) in enumerate(((6, 380), (5, 330), (3, 285))):
        for number in range(count):
            x = 110 + row * 42 + number * 74 + on.dice.randrange(-12, 12)
            colour = on.near(on.dice.choice(bags), 8)
            on.oval(colour, x - 50, y - 34, x + 50, y + 46)
            on.shape(colour, x - 12, y - 26, x + 12, y - 26, x + 18, y - 52, x - 18, y - 52)
            on.line(on.near((98, 100, 106)), 3, x - 24, y + 2, x - 8, y - 14, x + 4, y + 6)
    on.box(on.near((178, 132, 84)), 470, 372, 566, 440)
    on.line((140, 98, 58), 4, 470, 396, 566, 396)
    for _ in range(24):
        x, y = on.dice.randrange(70, 580), on.dice.randrange(418, 462)
        on.box(on.near((206, 202, 190), 40), x, y, x + 16, y + 7)


def _traffic(on: Canvas) -> None:
    """Cars one behind the other under a signal that is dark."""
    _street(on)
    colours = ((196, 44, 40), (238, 238, 236), (52, 62, 78), (232, 170, 40), (70, 124, 160), (160, 164, 168))
    for lane, y in enumerate((318, 374, 432)):
        size = 0.7 + lane * 0.18
        for x in range(-40 - lane * 50, 640, int(150 * size)):
            colour = on.near(on.dice.choice(colours), 8)
            wide = 126 * size
            on.box(colour, x, y, x + wide, y + 34 * size, round_by=8)
            for glass, left, right, tall in ((colour, 20, 108, 26), ((186, 208, 220), 30, 98, 20)):
                roof = (x + (left + 16) * size, y - tall * size, x + (right - 14) * size, y - tall * size)
                on.shape(glass, x + left * size, y, *roof, x + right * size, y)
            for wheel in (24, 98):
                middle = x + wheel * size
                on.oval((26, 26, 28), middle - 13 * size, y + 20 * size, middle + 13 * size, y + 46 * size)
            on.oval((250, 74, 56), x - 2, y + 8 * size, x + 10 * size, y + 18 * size)
    on.box((60, 62, 66), 520, 60, 532, 330)
    on.box((34, 36, 40), 500, 40, 552, 170, round_by=10)
    for y in (54, 92, 130):
        on.oval((84, 86, 90), 511, y, 541, y + 30)


def _repaired(on: Canvas) -> None:
    """A clean street, swept and dry."""
    _street(on)
    on.box((112, 114, 118), 150, 330, 500, 480)
    on.box((66, 148, 88), 60, 232, 132, 330, round_by=8)
    on.box((52, 124, 72), 52, 222, 140, 242, round_by=6)
    for x in (560, 600):
        on.box((110, 82, 56), x, 220, x + 10, 310)
        on.oval(on.near((84, 146, 86)), x - 34, 140, x + 44, 246)
    on.line((250, 250, 246), 6, 190, 470, 262, 340)
    on.line((250, 250, 246), 6, 460, 470, 388, 340)


SCENES: dict[str, Callable[[Canvas], None]] = {
    "water": _water,
    "garbage": _garbage,
    "traffic": _traffic,
    "repaired": _repaired,
}


def scene(name: str, on: Canvas) -> None:
    """Draw the scene of this name; any other word is a street."""
    SCENES.get(name, _street)(on)
