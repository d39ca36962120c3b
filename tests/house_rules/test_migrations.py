"""The migrations: one line of numbered steps that ends exactly at the models, on both databases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, Connection, Engine, Integer, MetaData, Table, inspect

from bot.database import alembic_config, migrate
from models import Base
from tests.house_rules.tree import expect_none


def misnumbered(steps: list[tuple[str, str | None, str, str]]) -> list[str]:
    """Steps, oldest first, as (revision, revision before, file name, docstring), that are not numbered and named."""
    found = []
    for number, (revision, before, name, says) in enumerate(steps, start=1):
        expected, previous = f"{number:04}", f"{number - 1:04}" if number > 1 else None
        if revision != expected or before != previous or not re.fullmatch(rf"{expected}(_[a-z0-9]+){{2,}}\.py", name):
            found.append(f"{name}: expected revision {expected} after {previous}, and a name that says what changes")
        if len(says.split()) < 3:
            found.append(f"{name}: its docstring does not say what changes")
    return found


def differences(connection: Connection, metadata: MetaData) -> list[object]:
    """What a database has, or lacks, against the models: tables, columns, types, indexes, keys, and checks."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = list(compare_metadata(context, metadata))
    inspector = inspect(connection)
    exists = set(inspector.get_table_names())
    for table in (table for table in metadata.sorted_tables if table.name in exists):
        wanted = {check.name: check for check in table.constraints if isinstance(check, CheckConstraint)}
        there = {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(table.name)}
        found += [(table.name, "check", name) for name in wanted.keys() ^ there.keys()]
        if connection.dialect.name == "sqlite":  # PostgreSQL rewrites what a check says, SQLite keeps it
            both = wanted.keys() & there.keys()
            found += [
                (table.name, "check says", there[name])
                for name in both
                if _squeezed(str(wanted[name].sqltext)) != _squeezed(there[name])
            ]
    return found


def _squeezed(condition: str) -> str:
    return re.sub(r"\s+|[()]", "", condition)


def test_the_migrations_are_one_line_of_numbered_and_named_steps() -> None:
    scripts = ScriptDirectory.from_config(alembic_config(""))
    assert len(scripts.get_heads()) == 1
    steps = reversed(list(scripts.walk_revisions()))
    expect_none(misnumbered([(s.revision, s.down_revision, Path(s.path).name, s.doc or "") for s in steps]))


def test_the_migrations_end_at_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        expect_none(differences(connection, Base.metadata))


def test_migrating_twice_changes_nothing(database_url: str, engine: Engine) -> None:
    migrate(database_url)
    with engine.connect() as connection:
        expect_none(differences(connection, Base.metadata))


def test_a_forgotten_migration_would_be_found(engine: Engine) -> None:
    wanted = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(wanted)
    Table("forgotten", wanted, Column("id", Integer, primary_key=True))
    tickets = wanted.tables["tickets"]
    tickets.append_column(Column("forgotten_at", Integer))
    tickets.append_constraint(CheckConstraint("number > 0", name="ck_tickets_forgotten"))
    with engine.connect() as connection:
        found = str(differences(connection, wanted))
    for forgotten in ("Table('forgotten'", "forgotten_at", "ck_tickets_forgotten"):
        assert forgotten in found


@pytest.mark.parametrize(
    "steps",
    [
        [("0001", None, "0001_first.py", "Make the first tables.")],
        [("0002", None, "0002_the_first_schema.py", "Make the first tables.")],
        [("0001", None, "0001_the_first_schema.py", "")],
        [
            ("0001", None, "0001_the_first_schema.py", "Make the first tables."),
            ("0003", "0001", "0003_add_duty_hours.py", "Add duty hours to officers."),
        ],
    ],
)
def test_a_misnumbered_migration_would_be_found(steps: list[tuple[str, str | None, str, str]]) -> None:
    assert misnumbered(steps)
