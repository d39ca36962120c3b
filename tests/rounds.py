"""Every timer at once, as `bot.timers.Due` runs them one by one; but what fails is raised, and the counts come back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot import news
from bot.database import Database
from bot.timers import DAILY, HOURLY, TIMERS, overdue


def run_due(database: Database, now: datetime, *, with_hourly: bool = True, with_daily: bool = True) -> dict[str, int]:
    """Run every timer once; the counts by name."""
    timers = TIMERS | {"promises": partial(overdue.keep_promises, merge_seconds=news.MERGE_SECONDS)}
    timers |= HOURLY if with_hourly else {}
    timers |= DAILY if with_daily else {}
    return {name: timer(database, now) for name, timer in timers.items()}
