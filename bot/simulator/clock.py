"""The simulator's own time."""

import time


class Clock:
    """Real time plus an offset in seconds, so that a token can grow old in a test."""

    def __init__(self) -> None:
        self.offset_seconds = 0.0

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time() + self.offset_seconds

    def millis(self) -> int:
        """Milliseconds since 1970, UTC: the unit of LINE's event timestamps."""
        return int(self.now() * 1000)

    def month(self) -> str:
        """The month the quota is counted in, such as 2026-11."""
        return time.strftime("%Y-%m", time.gmtime(self.now()))
