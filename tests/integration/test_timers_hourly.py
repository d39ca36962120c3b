"""What looks through tables is done once an hour or once a day, also when the clock is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot import timers
from bot.database import Database

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


def test_what_looks_through_tables_is_done_once_an_hour_or_a_day(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    often: list[datetime] = []
    seldom: list[datetime] = []
    monkeypatch.setitem(timers.TIMERS, "drafts", lambda _database, now: often.append(now) or 0)
    monkeypatch.setitem(timers.HOURLY, "raw_events", lambda _database, now: seldom.append(now) or 0)
    daily: list[datetime] = []
    monkeypatch.setitem(timers.DAILY, "old_events", lambda _database, now: daily.append(now) or 0)
    due = timers.Due(merge_seconds=600)
    moments = [NOON, NOON + timedelta(seconds=2), NOON + timedelta(minutes=61), NOON + timedelta(days=31), NOON]
    for moment in moments:
        due(database, moment)
    assert often == moments
    assert seldom == [NOON, NOON + timedelta(minutes=61), NOON + timedelta(days=31), NOON]
    assert daily == [NOON, NOON + timedelta(days=31), NOON]
