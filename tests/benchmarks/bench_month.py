"""What a month of news costs: 3,000 tickets with their moves and messages, pushing everything beside our way.

BENCH_TICKETS plays a smaller month. Where there are few tickets the officers' mornings weigh more in it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.database import Database, migrate
from tests.benchmarks.bench import table
from tests.benchmarks.month import Month
from tests.benchmarks.month_reasons import HEADER

MOST_OF_EVERYTHING = 0.5


@pytest.mark.timeout(3600)
def test_a_month_of_news_costs_at_most_half_of_pushing_everything(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'month.db'}"
    migrate(url)
    database = Database(url)
    paid = Month(database, tickets=int(os.environ.get("BENCH_TICKETS", "3000"))).play()
    database.close()
    header = ("", "paid messages", "to officers", "a ticket", "of pushing everything")
    to_officers = paid.words - paid.words_to_residents
    rows = [
        ("push everything", paid.words, to_officers, paid.words / paid.tickets, 1.0),
        ("ours", paid.pushes, paid.pushes_to_officers, paid.per_ticket, paid.ratio),
    ]
    table(f"a month of {paid.tickets} tickets, {paid.replies} free answers", header, rows)
    table("what it was paid for", HEADER, paid.reasons)
    assert paid.unheard == 0
    assert paid.ratio <= MOST_OF_EVERYTHING
