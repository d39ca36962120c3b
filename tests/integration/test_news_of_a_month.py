"""The short form of `tests/benchmarks/bench_month.py`: a few days of a town, in which every news is heard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.database import Database
from tests.benchmarks.month import Month


@pytest.mark.parametrize("plan", [15_000, 4])
def test_every_news_is_heard_whether_the_plan_is_large_or_used_up(sqlite_url: str, plan: int) -> None:
    database = Database(sqlite_url)
    days, tail, tick = 2, timedelta(days=9), timedelta(hours=1)
    paid = Month(database, tickets=20, plan=plan, days=days, tail=tail, tick=tick, team=1).play()
    database.close()
    assert paid.tickets == 20
    assert paid.unheard == 0, paid
    assert paid.pushes < paid.words, paid
    assert paid.pushes <= plan
    assert sum(one.pushed_for for one in paid.reasons) == paid.pushes
    assert sum(one.words for one in paid.reasons) == paid.words
