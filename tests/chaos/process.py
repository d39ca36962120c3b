"""A process of the system as it is, except that what one worker may hold alone ends after CHAOS_HOLD_SECONDS.

A run of seconds then sees many leases and claims end under a paused or killed worker; a run with the real lengths
needs minutes for the same. Run as `python -m tests.chaos.process flask …` or `… gunicorn …`.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

from bot import effects, lanes


def main() -> None:
    """Be what the arguments name."""
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
