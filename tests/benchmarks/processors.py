"""Whose work the machine's processors did, read from /proc: a shortfall of ours, or of what measures us?"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Used:
    """Processors that were busy on average: 1.5 is one and a half of them all the time."""

    of_those: float
    of_all: float


@dataclass
class Processors:
    """From now on: what the sessions of these processes (which lead them) and the whole machine use."""

    leaders: Collection[int]
    _began: float = field(default_factory=time.monotonic)
    _those: float = field(init=False)
    _all: float = field(init=False)

    def __post_init__(self) -> None:
        self._those, self._all = _seconds_of(self.leaders), _seconds_of_all()

    def used(self) -> Used:
        """Since then. A process that came and went meanwhile counts with the machine only."""
        lasted = time.monotonic() - self._began
        return Used((_seconds_of(self.leaders) - self._those) / lasted, (_seconds_of_all() - self._all) / lasted)


def _seconds_of(leaders: Collection[int]) -> float:
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended while we looked
            fields = stat.read_text().rpartition(")")[2].split()  # from the third field on; see proc(5)
            if int(fields[3]) in leaders:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def _seconds_of_all() -> float:
    user, nice, system, _idle, _waiting, irq, softirq = map(int, Path("/proc/stat").read_text().split(maxsplit=8)[1:8])
    return (user + nice + system + irq + softirq) / _TICKS
