"""What goes wrong on request."""

import random
import threading
from dataclasses import asdict, dataclass

from bot.simulator.refusals import Json

BEFORE = ("500", "429_rate", "429_quota", "stall", "reset")
"""The call is not carried out: an error answer, no answer for some seconds, or a cut connection."""
AFTER = ("500_after", "stall_after", "reset_after", "truncated")
"""The call is carried out, but its answer is an error, late, missing, or cut off in the middle."""
CONTENT = ("202", "400", "404", "410", "not_an_image", "pixel_bomb", "12mb")
"""The content endpoint answers this instead of the file."""
ALL = BEFORE + AFTER + CONTENT
EVERYTHING = "*"


@dataclass
class Fault:
    """One thing that goes wrong at one kind of endpoint ("*": at every one).

    `times` None means until it is cleared; `share` is the part of calls it hits;
    `seconds` is how long a stall lasts.
    """

    kind: str
    what: str
    times: int | None = 1
    share: float = 1.0
    seconds: float = 5.0
    channel: str | None = None


class Faults:
    """The faults that are switched on, oldest first."""

    def __init__(self, seed: int = 0) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._random = random.Random(seed)

    def add(self, fault: Fault) -> None:
        """Switch one on. Raises ValueError for an unknown one."""
        if fault.what not in ALL:
            raise ValueError(f"unknown fault {fault.what!r}; there are {', '.join(ALL)}")
        with self._lock:
            self._faults.append(fault)

    def clear(self, kind: str | None = None) -> None:
        """Switch off those of this kind, or all."""
        with self._lock:
            self._faults = [fault for fault in self._faults if kind is not None and fault.kind != kind]

    def take(self, kind: str, channel: str) -> Fault | None:
        """The fault that hits this call, counted down."""
        if not self._faults:
            return None
        with self._lock:
            for fault in self._faults:
                if fault.kind not in (kind, EVERYTHING) or fault.channel not in (None, channel):
                    continue
                if fault.what in CONTENT and kind not in ("content", "preview"):
                    continue
                if fault.share < 1 and self._random.random() >= fault.share:
                    continue
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                return fault
        return None

    def all(self) -> list[Json]:
        """What is switched on now."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]
