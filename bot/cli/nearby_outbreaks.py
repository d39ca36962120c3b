"""Is it an outbreak? Simulated years of a town of twenty square kilometres, with outbreaks planted among usual days."""

from __future__ import annotations

import math
import random
import statistics
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.incidents import chance
from bot.incidents.chance import Usual
from bot.incidents.counting import Cell, cell_of, cells_within, hours_around

#: Reports of residents on a usual day, by kind: a town of eighty thousand that has grown used to the bot;
#: traffic as in a town twenty times as busy, where some reports always stand close to each other.
A_DAY = {
    "tap_water_quality": 0.8,
    "garbage": 3.0,
    "flooding": 0.6,
    "street_light": 1.5,
    "road": 1.2,
    "cables": 0.5,
    "traffic": 60.0,
}
PLANTED_A_YEAR = 12
SOUTH, WEST, HIGH, WIDE = 13.965, 100.59, 0.04, 0.05
_HOURS = (1, 1, 1, 1, 1, 3, 7, 9, 9, 8, 8, 8, 7, 6, 6, 6, 7, 8, 9, 8, 6, 4, 3, 2)
_MINUTES_A_DAY = 1440
_WINDOW = chance.WINDOW / timedelta(minutes=1)


@dataclass(order=True)
class Made:
    """One report: when (minutes of the year), where, by whom, and of which planted outbreak (-1: none)."""

    minute: float
    point: tuple[float, float] = field(compare=False)
    who: int = field(compare=False)
    planted: int = field(compare=False)


@dataclass
class Told:
    """What one year of one kind brought."""

    delays: list[float] = field(default_factory=list)  # minutes from the third reporter on
    reporters: list[int] = field(default_factory=list)  # who had reported when it was noticed
    missed: int = 0
    false_alarms: int = 0


def table(radiuses: Mapping[str, int], years: int) -> str:
    """Per kind: outbreaks noticed and missed, how late, and false alarms a year."""
    lines = [
        f"Is it an outbreak? {years} simulated years, {PLANTED_A_YEAR} planted a year and kind",
        "kind                planted  missed  median delay  worst tenth  reporters then  false alarms a year",
    ]
    for kind, a_day in A_DAY.items():
        told = [watch(make_year(kind, a_day, radiuses[kind], seed), radiuses[kind]) for seed in range(years)]
        delays = sorted(delay for one in told for delay in one.delays) or [math.nan]
        reporters = [number for one in told for number in one.reporters] or [0]
        missed, false = sum(one.missed for one in told), sum(one.false_alarms for one in told) / years
        worst = delays[min(int(len(delays) * 0.9), len(delays) - 1)]
        lines.append(
            f"{kind:20} {PLANTED_A_YEAR * years:6d} {missed:7d} {statistics.median(delays):9.0f} min"
            f" {worst:8.0f} min {statistics.median(reporters):15.0f} {false:20.2f}"
        )
    lines.append("delay: from the third different reporter of the outbreak (fewer are never one) to the notice")
    return "\n".join(lines)


def make_year(kind: str, a_day: float, radius_m: int, seed: int) -> list[Made]:
    """Usual days with their hours and busy corners, and outbreaks of four to thirty people in one to four hours."""
    dice = random.Random(f"{kind}:{seed}")
    busy = [_anywhere(dice) for _ in range(6)]
    made, who = [], 0
    for day in range(365):
        for _ in range(_poisson(dice, a_day)):
            minute = day * _MINUTES_A_DAY + dice.choices(range(24), _HOURS)[0] * 60 + dice.random() * 60
            point = _around(dice, dice.choice(busy), 400) if dice.random() < 0.4 else _anywhere(dice)
            who += 1
            made.append(Made(minute, point, who, -1))
    for number in range(PLANTED_A_YEAR):
        begins = (30 + number * 27 + dice.random() * 20) * _MINUTES_A_DAY
        middle, lasts = _anywhere(dice), dice.uniform(60, 240)
        for _ in range(dice.randint(4, 30)):
            who += 1
            point = _around(dice, middle, chance.reach_m(radius_m) / 2)
            made.append(Made(begins + dice.random() * lasts, point, who, number))
    return sorted(made)


def watch(made: list[Made], radius_m: int) -> Told:
    """Let the year pass as the town sees it: counted, judged, held in incidents."""
    told, counts, window = Told(), Counter[str](), deque[Made]()
    reach, held, noticed = chance.reach_m(radius_m), set[int](), set[int]()
    incidents: list[tuple[float, tuple[float, float]]] = []
    for one in made:
        _count(counts, one)
        window.append(one)
        while window[0].minute <= one.minute - _WINDOW:
            window.popleft()
        recent = (middle for at, middle in incidents if one.minute - at < _MINUTES_A_DAY)
        if any(_metres(one.point, middle) <= 2 * reach for middle in recent):
            held.add(one.who)
            noticed |= {one.planted} - {-1}
            continue
        near = [other for other in window if other.who not in held and _metres(one.point, other.point) <= reach]
        if not chance.judge(len({other.who for other in near}), radius_m, _usual(counts, one, reach)).is_outbreak:
            continue
        held |= {other.who for other in near}
        incidents.append((one.minute, one.point))
        planted = [other.planted for other in near if other.planted >= 0]
        if not planted:
            told.false_alarms += 1
        elif planted[0] not in noticed:
            noticed.add(planted[0])
            all_of_it = [other.minute for other in made if other.planted == planted[0]]
            told.delays.append(one.minute - all_of_it[2])
            told.reporters.append(sum(minute <= one.minute for minute in all_of_it))
    told.missed = PLANTED_A_YEAR - len(noticed)
    return told


def _count(counts: Counter[str], one: Made) -> None:
    counts.update(["all", f"h{int(one.minute % _MINUTES_A_DAY // 60)}", _key(cell_of(*one.point))])


def _usual(counts: Counter[str], one: Made, reach_m: float) -> Usual:
    hour = int(one.minute % _MINUTES_A_DAY // 60)
    return Usual(
        total=counts["all"],
        at_this_hour=sum(counts[f"h{near}"] for near in hours_around(hour)) / 2,
        around_here=sum(counts[_key(cell)] for cell in cells_within(one.point, reach_m)),
        days=one.minute / _MINUTES_A_DAY,
    )


def _key(cell: Cell) -> str:
    return f"c{cell[0]}:{cell[1]}"


def _anywhere(dice: random.Random) -> tuple[float, float]:
    return SOUTH + dice.random() * HIGH, WEST + dice.random() * WIDE


def _around(dice: random.Random, middle: tuple[float, float], metres: float) -> tuple[float, float]:
    far, turn = metres * math.sqrt(dice.random()) / 111_195, dice.random() * 2 * math.pi
    return middle[0] + far * math.sin(turn), middle[1] + far * math.cos(turn) / math.cos(math.radians(middle[0]))


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    wide = math.cos(math.radians(one[0]))
    return 111_195 * math.hypot(one[0] - other[0], (one[1] - other[1]) * wide)


def _poisson(dice: random.Random, mean: float) -> int:
    return sum(1 for _ in _arrivals(dice, mean))


def _arrivals(dice: random.Random, mean: float) -> Iterator[float]:
    passed = dice.expovariate(1.0)
    while passed < mean:
        yield passed
        passed += dice.expovariate(1.0)
