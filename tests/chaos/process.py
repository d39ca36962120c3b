"""A process of the system as it is, except that what one worker may hold alone ends after CHAOS_HOLD_SECONDS.

A run of seconds then sees many leases and claims end under a paused or killed worker; a run with the real lengths
needs minutes for the same. Its machine's clock is off by the seconds that CHAOS_CLOCK_FILE holds.

Run as `python -m tests.chaos.process flask …` or `… gunicorn …`.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot import clock, effects, lanes

_rightly = clock.machine_now


def _wrongly(wrong_by: Path) -> datetime:
    try:
        return _rightly() + timedelta(seconds=float(wrong_by.read_text() or 0))
    except FileNotFoundError:
        return _rightly()


def main() -> None:
    """Be what the arguments name."""
    clock_file = os.environ.get("CHAOS_CLOCK_FILE")
    if clock_file:
        clock.machine_now = lambda: _wrongly(Path(clock_file))
    held_for = os.environ.get("CHAOS_HOLD_SECONDS")
    if held_for:
        lanes.LEASE = effects.CLAIM = timedelta(seconds=float(held_for))
    del sys.argv[0]
    if sys.argv[0] == "gunicorn":
        from gunicorn.app.wsgiapp import run

        run()
    else:
        from flask.cli import main as flask

        flask()


if __name__ == "__main__":
    main()
