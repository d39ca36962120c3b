"""The time. `now` may be moved by CLOCK_FILE for demonstrations; `real_now` never is.

Leases, signatures, the age of a reply token and of a retry key use `real_now`; promises, drafts and news use `now`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

_clock_file: Path | None = None


def use_file(path: Path | None) -> None:
    """Follow the offset (seconds) in this file from now on; None follows the real clock."""
    global _clock_file
    _clock_file = path


def real_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


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
