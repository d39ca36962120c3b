"""The time. `now` may be moved by CLOCK_FILE for demonstrations; `real_now` never is.

Leases, signatures, the age of a reply token and of a retry key use `real_now`; promises, drafts and news use `now`.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

log = logging.getLogger(__name__)

#: A machine's clock that is further from the database's than this is not believed.
TOLERATED = timedelta(seconds=2)

_clock_file: Path | None = None
_wrong_by = timedelta()


def use_file(path: Path | None) -> None:
    """Follow the offset (seconds) in this file from now on; None follows the real clock."""
    global _clock_file
    _clock_file = path


def machine_now() -> datetime:
    """The moment by this machine's clock, in UTC."""
    return datetime.now(UTC)


def real_now() -> datetime:
    """The moment, in UTC: this machine's, set right by the database's where it is wrong."""
    return machine_now() + _wrong_by


def hear(servers: datetime, age: timedelta) -> None:
    """The database server's moment, read at most `age` ago. Machines may differ by hours; all of a town's go by this.

    Whoever slept over the answer, or waited for it, makes no more of the difference than it is.
    """
    global _wrong_by
    if abs(servers - real_now()) > TOLERATED + age:
        _wrong_by = servers - machine_now()
        log.warning("this machine's clock is %d s behind the database's, which is used", _wrong_by.total_seconds())


def offset() -> timedelta:
    """How far the town's clock is ahead of the real one; nothing where no file says so."""
    if _clock_file is None:
        return timedelta()
    try:
        return timedelta(seconds=float(_clock_file.read_text(encoding="utf-8").strip() or 0))
    except (OSError, ValueError, OverflowError):
        return timedelta()  # a half-written or absent file means: the real time


def now() -> datetime:
    """The town's moment, in UTC: what promises, drafts and news are counted by."""
    return real_now() + offset()


def after_hours(starts: time, ends: time, zone: str, moment: datetime) -> datetime:
    """`moment`, or the end of these hours of every day when it falls into them, in UTC; they may go past midnight."""
    local = moment.astimezone(ZoneInfo(zone))
    at = local.time()
    is_inside = starts <= at < ends if starts <= ends else at >= starts or at < ends
    if not is_inside:
        return moment
    day = local.date() + timedelta(days=at >= ends)
    return datetime.combine(day, ends, local.tzinfo).astimezone(UTC)
