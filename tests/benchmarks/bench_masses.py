"""What a question costs after years: PostgreSQL with 10,000 tickets beside PostgreSQL with 1,000,000."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from bot.database import Database, migrate
from tests import databases
from tests.benchmarks.bench import percentile, table
from tests.hot_queries import Ask, hot_queries
from tests.masses import EVENTS, fill

FEW, MANY = 10_000, int(os.environ.get("BENCH_TICKETS", "1_000_000"))
ROUNDS = 60


@pytest.fixture
def server(postgresql: str) -> Iterator[databases.PostgresServer]:
    """A server with the memory a million tickets deserve; filling it need not survive a power cut."""
    programs = databases.server_programs()
    assert programs is not None
    made = databases.PostgresServer(programs, shared_buffers="512MB", max_wal_size="4GB", maintenance_work_mem="256MB")
    try:
        made.start()
        yield made
    finally:
        made.remove()


def _milliseconds(ask: Ask) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


@pytest.mark.timeout(900)
def test_hot_queries_at_ten_thousand_and_a_million_tickets(server: databases.PostgresServer) -> None:
    asks: list[dict[str, Ask]] = []
    opened: list[Database] = []
    took = []
    for tickets in (FEW, MANY):
        with databases.connect(server.url()) as connection:
            connection.execute(f"create database town_{tickets}")
        url = server.url(f"town_{tickets}")
        migrate(url)
        opened.append(Database(url))
        began = time.monotonic()
        asks.append(hot_queries(opened[-1], fill(opened[-1], tickets)))
        took.append(time.monotonic() - began)
    rows = []
    for name in asks[0]:
        for each in asks:  # plans, caches
            for _ in range(5):
                each[name]()
        # In turns, so that whatever else the machine does meets both.
        times = list(zip(*((_milliseconds(each[name]) for each in asks) for _ in range(ROUNDS)), strict=True))
        few, many = (percentile(one, 50) for one in times)
        rows.append((name, few, many, many / few, "" if many <= few * 1.5 else "above 1.5"))
    for one in opened:
        one.close()
    header = ("question, PostgreSQL", f"p50 ms at {FEW:,}", f"p50 ms at {MANY:,}", "times", "")
    table(f"tickets, each with {EVENTS} events; filled in {took[0]:.0f} s and {took[1]:.0f} s", header, rows)
