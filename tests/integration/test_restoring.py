"""Restoring PostgreSQL as docs/operations.md says it, after a newer release has added tables of its own."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot import profiles, towns
from bot.clock import real_now
from bot.database import Database, migrate, schema_problem
from tests import databases

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


@pytest.fixture
def empty_postgresql_url(postgresql: str, run_folder: Path) -> Iterator[str]:
    """A fresh database without any schema; `postgresql` skips where no server is installed."""
    with databases.fresh("postgresql", run_folder, migrated=False) as url:
        yield url


def test_a_copy_comes_back_over_what_a_newer_release_added(empty_postgresql_url: str, tmp_path: Path) -> None:
    programs = databases.server_programs()
    assert programs is not None  # pg_dump and pg_restore stand beside the server's
    server = make_url(empty_postgresql_url)
    name = f"owner_{server.database}"
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x'".encode())
        admin.execute(f"ALTER DATABASE {server.database} OWNER TO {name}".encode())
    owner = server.set(username=name, password="x")
    url = owner.render_as_string(hide_password=False)
    address = owner.set(drivername="postgresql").render_as_string(hide_password=False)
    migrate(url)
    database = Database(url)
    with database.transaction() as session:
        towns.import_profile(session, profiles.load("rangsit"), real_now())
    database.close()

    copy = tmp_path / "copy.dump"
    subprocess.run([programs / "pg_dump", "--format=custom", f"--file={copy}", address], check=True)
    with psycopg.connect(address, autocommit=True) as upgraded:
        upgraded.execute("CREATE TABLE newer (ticket_id int REFERENCES tickets (id))")
        said = re.search(r'psql --dbname=jaengmueang --command="([^"]+)"', OPERATIONS.read_text(encoding="utf-8"))
        assert said is not None
        upgraded.execute(said[1].encode())
    subprocess.run([programs / "pg_restore", "--exit-on-error", f"--dbname={address}", copy], check=True)

    database = Database(url)
    try:
        assert schema_problem(database.engine) is None
        with database.reading() as session:
            assert towns.find(session, "rangsit") is not None
    finally:
        database.close()
    with psycopg.connect(address) as restored:
        assert restored.execute("SELECT to_regclass('newer')").fetchone() == (None,)
