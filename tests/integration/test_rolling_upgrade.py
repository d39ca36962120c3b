"""The release before goes on working on each newer schema: old and new processes run side by side during an upgrade.

Step by step from the first schema to the newest. What a release knows is its schema, reflected before the step; after
it the same tables are read, changed and added to with exactly the columns and values of before.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table

from bot.database import alembic_config, make_engine

#: SQLite keeps `status IN ('new', …)`, PostgreSQL `((status)::text = ANY (… ARRAY['new'::character varying, …`.
_ALLOWED = re.compile(r"^\(*\s*(\w+)\)?(?:::\w+(?: \w+)*)? (?:IN|= ANY) \(+(?:ARRAY\[)?(.*?)\]?\)+", re.IGNORECASE)
_VALUE = re.compile(r"'([^']*)'")
_numbers = itertools.count(1)
#: Rows refer to each other and to what residents did; who may write which row is proved elsewhere.
_APPENDED = {"ticket_events", "acts"}


def revisions() -> list[str]:
    """Every revision, the first first."""
    scripts = ScriptDirectory.from_config(alembic_config(""))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def known(connection: Connection) -> tuple[MetaData, dict[tuple[str, str], set[str]]]:
    """What a release knows: its tables, and which words a checked column may hold."""
    metadata = MetaData()
    metadata.reflect(connection)
    allowed = {}
    for name in metadata.tables:
        for check in sa.inspect(connection).get_check_constraints(name):
            rule = _ALLOWED.match(check["sqltext"].replace("\n", " "))
            if rule and (words := set(_VALUE.findall(rule[2]))):
                allowed[name, rule[1]] = words
    return metadata, allowed


def a_value(column: sa.Column[Any], words: set[str] | None, parents: dict[str, int]) -> Any:
    """Something a release could write into a column."""
    if column.foreign_keys:
        return parents[next(iter(column.foreign_keys)).column.table.name]
    if words:
        return min(words)
    for kinds, value in (
        ((sa.Boolean,), False),
        ((sa.DateTime,), datetime(2026, 11, 24, tzinfo=UTC)),
        ((sa.Date,), date(2026, 11, 24)),
        ((sa.Time,), time(8, 30)),
        ((sa.JSON,), {}),
        ((sa.LargeBinary,), b"bytes"),
        ((sa.Integer, sa.Numeric, sa.Float), next(_numbers)),
    ):
        if isinstance(column.type, kinds):
            return value
    return f"{next(_numbers)}-text"[: getattr(column.type, "length", None) or 40]  # cut, it is still another one


def write_a_row(connection: Connection, table: Table, allowed: Any, parents: dict[str, int]) -> None:
    """One row with what must be said, as a release that knows no other column writes it."""
    values = {
        column.name: a_value(column, allowed.get((table.name, column.name)), parents)
        for column in table.columns
        if not column.nullable and column.server_default is None and not is_numbered(column)
    }
    done = connection.execute(sa.insert(table).values(values))
    if len(table.primary_key) == 1 and is_numbered(next(iter(table.primary_key))):
        parents[table.name] = done.inserted_primary_key[0]
    else:
        parents[table.name] = next(iter(values.values()))


def is_numbered(column: sa.Column[Any]) -> bool:
    """Whether the database gives the number."""
    return bool(column.primary_key and column.name == "id" and isinstance(column.type, sa.Integer))


def in_order(metadata: MetaData) -> Iterator[Table]:
    """The tables, each after those it must refer to."""
    yield from (table for table in metadata.sorted_tables if table.name != "alembic_version")


def works_as_before(connection: Connection, release: tuple[MetaData, Any], parents: dict[str, int]) -> None:
    """The older release reads, changes and adds; the newer schema must let it."""
    metadata, allowed = release
    for table in in_order(metadata):
        rows = connection.execute(sa.select(table)).mappings().all()
        assert rows, table.name
        if table.name not in _APPENDED:
            keys = [column == rows[-1][column.name] for column in table.primary_key]
            same = {name: value for name, value in rows[-1].items() if not table.c[name].primary_key}
            if same:
                connection.execute(sa.update(table).where(*keys).values(same))
    for table in in_order(metadata):
        write_a_row(connection, table, allowed, parents)


@pytest.mark.filterwarnings("ignore:.*:sqlalchemy.exc.SAWarning")
def test_the_release_before_works_on_every_newer_schema(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    steps = revisions()
    command.upgrade(alembic_config(empty_database_url), steps[0])
    parents: dict[str, int] = {}
    try:
        with engine.begin() as connection:
            before = known(connection)
        for newer in steps[1:]:
            with engine.begin() as connection:
                for table in in_order(before[0]):
                    write_a_row(connection, table, before[1], parents)
            command.upgrade(alembic_config(empty_database_url), newer)
            with engine.begin() as connection:
                works_as_before(connection, before, parents)
                after = known(connection)
            for column, words in before[1].items():
                assert words <= after[1].get(column, words), f"{newer} takes words away from {column}"
            before = after  # this release is the one before the next
    finally:
        engine.dispose()


@pytest.mark.filterwarnings("ignore:.*:sqlalchemy.exc.SAWarning")
def test_a_step_that_breaks_the_release_before_is_found(database_url: str) -> None:
    engine = make_engine(database_url)
    parents: dict[str, int] = {}
    with engine.begin() as connection:
        before = known(connection)
        assert before[1]["tickets", "status"] >= {"new", "accepted", "merged"}
        for table in in_order(before[0]):
            write_a_row(connection, table, before[1], parents)
        connection.execute(sa.text("alter table news rename column kind to sort"))
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        works_as_before(connection, before, parents)
    engine.dispose()
