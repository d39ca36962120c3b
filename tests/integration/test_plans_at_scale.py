"""After years the hot path still reads by index: the plans of PostgreSQL at a hundred thousand tickets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.database import Database
from tests import databases
from tests.hot_queries import asked, hot_queries
from tests.masses import EVENTS, fill

TICKETS = 100_000
#: Tables that grow with the years. The others have hundreds of rows, and are read whole with reason.
GROWING = {
    "tickets", "reports", "ticket_events", "news", "inbox_events", "outbox_messages", "effects", "residents", "lanes",
    "conversations", "media", "messages", "ledger_entries", "outbox_quotes", "same_questions",
}  # fmt: skip
#: Empty in this town, so that reading them whole is right.
EMPTY = {"media", "messages", "ledger_entries", "outbox_quotes", "same_questions"}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan's steps."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def read_whole(url: str, statements: list[tuple[str, Any]]) -> list[str]:
    """Growing tables that a statement's plan reads from end to end, with the statement."""
    found = []
    with databases.connect(url) as connection:
        for statement, parameters in statements:
            if not statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
                continue
            row = connection.execute(f"explain (format json) {statement}", parameters).fetchone()
            assert row is not None
            plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
            for step in nodes(plan[0]["Plan"]):
                if step["Node Type"] == "Seq Scan" and step["Relation Name"] in GROWING - EMPTY:
                    found.append(f"{step['Relation Name']}: {' '.join(statement.split())[:300]}")
    return found


@pytest.mark.long
@pytest.mark.timeout(600)
def test_no_hot_question_reads_a_growing_table_from_end_to_end(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    try:
        masses = fill(database, TICKETS)
        with databases.connect(postgresql_url) as connection:
            held = connection.execute("select (select count(*) from tickets), (select count(*) from inbox_events)")
            assert held.fetchone() == (TICKETS, TICKETS * EVENTS)
        whole = {
            name: read_whole(postgresql_url, asked(database, ask))
            for name, ask in hot_queries(database, masses).items()
        }
    finally:
        database.close()
    assert {name: found for name, found in whole.items() if found} == {}


@pytest.mark.long
def test_a_question_without_an_index_is_found(postgresql_url: str) -> None:
    assert read_whole(postgresql_url, [("SELECT * FROM tickets WHERE stars = 3", ())])
    assert not read_whole(postgresql_url, [("SELECT * FROM municipalities", ())])
