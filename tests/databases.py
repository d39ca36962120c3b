"""Databases for the tests: a fresh, migrated one for each test, on SQLite and on a real PostgreSQL.

A run starts at most one PostgreSQL of its own, in a temporary folder, on a free loopback port, and only when a test
that was collected asks for one. Every process of the run shares it. Migrations run once per kind: each test gets
a copy of a template, or, on PostgreSQL, a database that a test before it gave back (`spare_databases`).
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tests import engines
from tests.spare_databases import connect, keep, lent, named

KINDS = ("sqlite", "postgresql")
_ADDRESS = "postgresql.address"  # in the run's folder: where the server listens
_KNOWN = {False: "migrated", True: "rangsit"}  # what a template holds, by whether there is a town in it
#: When the town of the templates was imported: before every test's first moment.
IMPORTED_AT = datetime(2026, 11, 20, 4, tzinfo=UTC)


def server_programs() -> Path | None:
    """The folder that holds the newest `initdb` and `postgres` of this machine, or None."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *Path("/usr").glob("pgsql-*/bin/initdb")]
    if found:
        newest = max(found, key=lambda program: float("".join(c for c in program.parts[-3] if c.isdigit() or c == ".")))
        return newest.parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class PostgresServer:
    """A PostgreSQL of our own that ends with the process that started it, and leaves nothing behind."""

    def __init__(self, programs: Path, **options: str) -> None:
        """Prepare a cluster; `options` are settings of postgresql.conf that win over the ones made for speed."""
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="jaengmueang-postgresql-"))
        self._log = self._folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        # Nothing in here outlives a test, so power loss may take it; a password, because others may use this machine.
        self._options = {"fsync": "off", "full_page_writes": "off", "max_connections": "200", "timezone": "UTC"}
        self._options |= {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""} | options
        self._password = secrets.token_hex(16)
        self.port = _free_port()
        data, password_file = self._folder / "data", self._folder / "password"
        data.mkdir(mode=0o700)
        password_file.write_text(self._password)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            for path in (self._folder, data, password_file):
                shutil.chown(path, _somebody_else(), None)
        self._run("initdb", "--pgdata", data, "--username=tests", "--auth=password", "--pwfile", password_file,
                  "--encoding=UTF8", "--locale=C", "--no-sync")  # fmt: skip

    def url(self, name: str = "postgres") -> str:
        """The address of one of its databases, as our settings want it."""
        return f"postgresql+psycopg://tests:{self._password}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Listen, and return once it answers.

        :raises RuntimeError: it ended instead; the message holds what it said.
        """
        settings = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        # Were the tests killed, the server would live on without this.
        dies_with_us = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*dies_with_us, self._programs / "postgres", "-D", self._folder / "data", f"-p{self.port}", *settings],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self._folder, **_as_somebody_else(),
            )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            try:
                connect(self.url()).close()
            except psycopg.OperationalError:
                time.sleep(0.02)  # it has no way to call us
            else:
                return
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text(errors='replace')[-2000:]}")

    def stop(self, *, like_a_crash: bool = False) -> None:
        """Stop listening: orderly, or at once and without saving anything (`like_a_crash`)."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT if like_a_crash else signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: Any) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            capture_output=True, text=True, cwd=self._folder, check=False, **_as_somebody_else(),
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise RuntimeError(f"{program} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")


def start_for_the_run(folder: Path) -> PostgresServer | None:
    """Start the run's PostgreSQL and write its address into `folder`, or return None where there is none."""
    programs = server_programs()
    if programs is None:
        return None
    server = PostgresServer(programs)
    try:
        server.start()
    except RuntimeError:
        server.remove()
        raise
    (folder / _ADDRESS).write_text(server.url())
    return server


def postgresql_of_the_run(folder: Path) -> str | None:
    """The address of the run's PostgreSQL, or None where there is none."""
    address = folder / _ADDRESS
    return address.read_text() if address.exists() else None


@contextmanager
def fresh(kind: str, folder: Path, *, migrated: bool = True, with_town: bool = False) -> Iterator[str]:
    """The address of a database that nobody else uses; it goes when the block ends.

    :param migrated: with the newest schema, else without any.
    :param with_town: Rangsit is imported.
    """
    if kind == "sqlite":
        with _own_folder(folder) as own:
            path, url = own / "bot.db", f"sqlite:///{own / 'bot.db'}"
            if migrated:
                shutil.copyfile(_sqlite_template(folder, with_town), path)
            engines.lend(url)
            try:
                yield url
            finally:
                engines.give_back(url)
        return
    server = postgresql_of_the_run(folder)
    if server is None:
        raise RuntimeError("no PostgreSQL was started for this run: name the fixture `postgresql` in the test")
    with lent(server, _postgresql_template(server, with_town) if migrated else "template0") as url:
        yield url


@contextmanager
def _own_folder(of_the_run: Path) -> Iterator[Path]:
    """An empty folder that nobody else uses; it goes when the block ends, and its name is then given to another."""
    number = next(number for number in count() if number not in _in_use)
    own = of_the_run / f"sqlite-{os.getpid()}-{number}"
    _in_use.add(number)
    own.mkdir()
    try:
        yield own
    finally:
        shutil.rmtree(own)
        _in_use.remove(number)


_in_use: set[int] = set()


def _sqlite_template(folder: Path, with_town: bool) -> Path:
    template = folder / f"{_KNOWN[with_town]}.db"
    if not template.exists():
        making = folder / f"{_KNOWN[with_town]}-{os.getpid()}.db"
        _fill(f"sqlite:///{making}", with_town)
        if making.with_name(f"{making.name}-wal").exists():
            raise RuntimeError("the migration left its database open, so a copy of the file would miss its end")
        making.replace(template)  # two processes may both get here: whole files, either will do
    return template


def _postgresql_template(server: str, with_town: bool) -> str:
    template = f"template_{_KNOWN[with_town]}"
    if template in _made_templates:
        return template
    with connect(server) as connection:
        connection.execute("select pg_advisory_lock(1)")  # one process makes it, the others wait; given back on closing
        if connection.execute("select 1 from pg_database where datname = %s", [template]).fetchone() is None:
            connection.execute("drop database if exists making with (force)")
            connection.execute("create database making template template0")
            _fill(named(server, "making"), with_town)
            keep(named(server, "making"))
            connection.execute(f"alter database making rename to {template}")
    _made_templates.add(template)
    return template


_made_templates: set[str] = set()


def _fill(url: str, with_town: bool) -> None:
    from bot import database, profiles, towns  # only tests with a database pay for these imports

    database.migrate(url)
    if with_town:
        opened = database.Database(url)
        with opened.transaction() as session:
            towns.import_profile(session, profiles.load("rangsit"), IMPORTED_AT)
        opened.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _somebody_else() -> str:
    """A user who is not root: PostgreSQL's own, or nobody."""
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _as_somebody_else() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(_somebody_else())
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
