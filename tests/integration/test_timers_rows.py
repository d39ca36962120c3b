"""What is due is done row by row; what fails rests, and what waits behind it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from bot import clock
from bot.database import Database
from bot.timers import rows

BROKEN = {0, 1, 2, 3}


class Work:
    """Eight rows that are due, four of which cannot be done, and a clock; one round takes three of them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = datetime(2026, 11, 24, 4, tzinfo=UTC)
        self.broken = set(BROKEN)
        self.due = set(range(8))
        self.tried: list[int] = []

    def _found(self) -> Select[tuple[int]]:
        keys = union_all(*[select(literal(key).label("key")) for key in sorted(self.due)]).subquery()
        return select(keys.c.key).order_by(keys.c.key)

    def _do(self, _session: Session, key: int) -> bool:
        self.tried.append(key)
        if key in self.broken:
            raise ValueError("this row cannot be done")
        self.due.discard(key)
        return True

    def goes_round(self, after: float = 0, act: Callable[[Session, int], bool] | None = None) -> list[int]:
        """One round so many seconds later; the keys that it tried."""
        self.now += timedelta(seconds=after)
        self.tried = []
        rows.each(self.database, self._found(), act or self._do)
        return self.tried


@pytest.fixture
def work(database: Database, monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work(database)
    monkeypatch.setattr(rows, "BATCH", 3)
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made


def test_rows_that_fail_for_ever_do_not_keep_the_rows_behind_them_waiting(work: Work) -> None:
    for _ in range(4):
        work.goes_round()
    assert work.due == BROKEN


def test_a_row_that_failed_is_tried_again_after_a_while_each_time_later(work: Work) -> None:
    work.due = {0}
    rounds = [work.goes_round(after=seconds) for seconds in (0, 1, 1, 9, 1, 59, 1, 299, 1, 299, 1)]
    assert rounds == [[0], [], [0], [], [0], [], [0], [], [0], [], [0]]


def test_a_row_that_succeeded_at_last_has_not_failed(work: Work) -> None:
    work.due = {0}
    work.goes_round()
    work.broken.clear()
    assert work.goes_round(after=2) == [0]
    work.due, work.broken = {0}, {0}
    work.goes_round()
    assert work.goes_round(after=2) == [0]


def test_what_failed_in_one_thing_is_not_left_alone_in_another(work: Work) -> None:
    work.due = {0}
    work.goes_round()
    done: list[int] = []
    work.goes_round(act=lambda _session, key: bool(done.append(key)) or True)
    assert done == [0]


def test_what_is_remembered_of_failures_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_RESTING", 2)
    resting = rows.Resting()
    for key in (1, 2, 3):
        resting.rest(key)
    assert [resting.is_asleep(key) for key in (1, 2, 3)] == [False, True, True]
