"""The simulator's own time."""

import time
from pathlib import Path


class Clock:
    """Real time plus an offset in seconds, so that a token can grow old in a test."""

    def __init__(self) -> None:
        self._offset_seconds = 0.0
        self._file: Path | None = None

    @property
    def offset_seconds(self) -> float:
        """How far it is ahead of the real time."""
        return self._offset_seconds

    @offset_seconds.setter
    def offset_seconds(self, seconds: float) -> None:
        self._offset_seconds = seconds
        if self._file is not None:
            written = self._file.with_suffix(".new")
            written.write_text(f"{seconds:.0f}\n", encoding="utf-8")
            written.replace(self._file)  # a reader never finds half of it

    def keep_in(self, file: Path) -> None:
        """Write the offset into this file from now on, where a bot reads it, so that both move together."""
        self._file = file
        self.offset_seconds = self._offset_seconds

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time() + self.offset_seconds

    def millis(self) -> int:
        """Milliseconds since 1970, UTC: the unit of LINE's event timestamps."""
        return int(self.now() * 1000)

    def month(self) -> str:
        """The month the quota is counted in, such as 2026-11."""
        return time.strftime("%Y-%m", time.gmtime(self.now()))
