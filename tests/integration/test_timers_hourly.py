"""What looks through tables is done once an hour or once a day, also when the clock is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

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


def test_a_timer_that_fails_keeps_no_other_waiting_and_is_not_tried_all_the_time(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[str] = []

    def notes(name: str, *, fails: bool = False) -> timers.Timer:
        def timer(_database: Database, _now: datetime) -> int:
            tried.append(name)
            return 1 // 0 if fails else 0

        return timer

    for kind in (timers.TIMERS, timers.HOURLY, timers.DAILY):
        for name in kind:
            monkeypatch.setitem(kind, name, notes(name))
    monkeypatch.setitem(timers.TIMERS, "urgent", notes("urgent", fails=True))
    monkeypatch.setitem(timers.DAILY, "old_tickets", notes("old_tickets", fails=True))
    due = timers.Due(merge_seconds=600)
    due(database, NOON)
    often, all_of_them = set(timers.TIMERS) - {"promises"}, {*timers.TIMERS, *timers.HOURLY, *timers.DAILY}
    assert set(tried) == all_of_them - {"promises"}
    assert "the timer old_tickets failed: ZeroDivisionError" in caplog.text
    tried.clear()
    due(database, NOON + timedelta(minutes=59))
    assert set(tried) == often
    tried.clear()
    due(database, NOON + timedelta(minutes=60))
    assert set(tried) == {*often, *timers.HOURLY, "old_tickets"}, "what failed is tried again after an hour"


def test_of_a_database_that_is_away_no_timer_after_the_first_asks() -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/nothing")
    due = timers.Due(merge_seconds=600)
    with pytest.raises(OperationalError):
        due(away, NOON)
    away.close()
