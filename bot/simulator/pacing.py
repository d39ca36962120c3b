"""Rate limits: a token bucket per endpoint, as LINE describes them."""

from bot.simulator.clock import Clock
from bot.simulator.refusals import Refusal

HOUR = 3600.0
# kind of endpoint: (calls, in how many seconds). All others stand at 2,000 a second,
# which no simulator on one machine reaches.
LIMITS: dict[str, tuple[int, float]] = {
    "menu.create": (100, HOUR),
    "menu.delete": (100, HOUR),
    "alias.delete": (100, HOUR),
    "menu.list": (10, 1.0),
    "multicast": (200, 1.0),
    "broadcast": (60, HOUR),
    "loading": (100, 1.0),
    "webhook.test": (60, HOUR),
    "webhook.get": (1_000, 60.0),
    "webhook.set": (1_000, 60.0),
}


class Pace:
    """How many calls each endpoint of one channel may still make."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, kind: str) -> None:
        """Count one call. Raises Refusal (429) when the bucket is empty."""
        if kind not in LIMITS:
            return
        size, seconds = LIMITS[kind]
        now = self._clock.now()
        left, since = self._left.get(kind, (float(size), now))
        left = min(float(size), left + max(0.0, now - since) * size / seconds)
        if left < 1:
            self._left[kind] = (left, now)
            raise Refusal(429, "The API rate limit has been exceeded. Try again later.")
        self._left[kind] = (left - 1, now)
