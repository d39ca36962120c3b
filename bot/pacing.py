"""How fast one chat is worked on: a flood from one person must not take the time of others. Nothing is dropped.

A chat may bring a burst, and afterwards so many events a second; what is more waits in the inbox for its turn, in
order. Kept in the process's memory: with several worker processes a chat has that much in each of them at most.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: Events of one chat that are handled as fast as they come: more than a person with an album of photos sends.
BURST = 60
#: After that, events of one chat in a second: more than a thumb types. One at a time, since several together keep
#: whoever writes at that moment waiting for all of them.
PER_SECOND = 2.0
#: Seconds. A wait is never so short that rounding makes it none.
_AT_LEAST = 0.001
#: Chats that are remembered; those that have been quiet for long are forgotten first.
_REMEMBERED = 10_000


class Pace:
    """The pace of every chat. Safe between threads."""

    def __init__(
        self, burst: int = BURST, per_second: float = PER_SECOND, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._room = burst / per_second
        self._each = 1 / per_second
        self._now = now
        self._lock = threading.Lock()
        self._used_up_to: dict[str, float] = {}  # by then a chat has all its room again
        self._told: set[str] = set()

    def take(self, lane_key: str) -> float:
        """Take one event's turn; the seconds to wait instead when the chat has used its room, else 0."""
        with self._lock:
            now = self._now()
            used = max(self._used_up_to.get(lane_key, now), now)
            if used + self._each > now + self._room:
                return max(used + self._each - now - self._room, _AT_LEAST)
            self._used_up_to[lane_key] = used + self._each
            if len(self._used_up_to) > _REMEMBERED:
                self._forget(now)
            return 0.0

    def asks_for_patience(self, lane_key: str) -> bool:
        """Whether this chat has just used its room and was not told so yet in this flood."""
        with self._lock:
            now = self._now()
            used = self._used_up_to.get(lane_key, now)
            if used <= now:
                self._told.discard(lane_key)
            if used + self._each <= now + self._room or lane_key in self._told:
                return False
            self._told.add(lane_key)
            return True

    def _forget(self, now: float) -> None:
        self._used_up_to = {key: used for key, used in self._used_up_to.items() if used > now}
        self._told &= self._used_up_to.keys()
