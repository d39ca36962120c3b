"""The database: engines as each kind of server needs them, sessions, and the newest schema.

SQLite: WAL, FULL, foreign keys, BEGIN IMMEDIATE for every transaction (a deferred one that turns into a writer fails
with "database is locked" at once), and one writer at a time inside the process, because SQLite's own waiting is
unfair. PostgreSQL: a connection that rested is asked whether it lives, and there are time limits, so that a stuck
statement never holds a lane.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import Session, sessionmaker

from bot import clock

_ROOT = Path(__file__).resolve().parent.parent
#: A connection that was used so long ago is asked for a sign of life. One that dies sooner costs one failed statement,
#: which counts against no event.
RESTED_SECONDS = 1.0
_writers: dict[str, _Writers] = {}


def make_engine(url: str, *, threads: int = 20, statement_seconds: float = 5) -> Engine:
    """An engine for `url` with the settings its server needs; `threads` is how many may use it at once."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, threads)
    milliseconds = int(statement_seconds * 1000)
    options = (
        f"-c statement_timeout={milliseconds} -c lock_timeout={max(milliseconds // 2, 500)} "
        "-c idle_in_transaction_session_timeout=15000 -c timezone=UTC"
    )
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=threads,
        max_overflow=5,
        pool_recycle=1800,
        pool_timeout=5,
        hide_parameters=True,  # they are what residents wrote, and an error's text may be printed
        connect_args={"options": options, "connect_timeout": 3},
    )
    _ask_the_rested(engine)
    return engine


def _ask_the_rested(engine: Engine) -> None:
    """Ask a connection whether it lives before it is used again, if it rested: an event uses one several times."""

    @event.listens_for(engine, "checkin")
    def _rests(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _wakes(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("rests_since", 0.0) < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise DisconnectionError("it died while it rested") from None  # the pool gives another instead


def sqlite_file(url: str) -> Path:
    """Where an SQLite database lies; its folder is made where it is missing, and nobody else may look into it."""
    path = Path(make_url(url).database or "")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _sqlite(url: str, threads: int) -> Engine:
    sqlite_file(url)
    engine = create_engine(
        url, connect_args={"timeout": 15}, pool_size=threads, max_overflow=10, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=15000",
            "journal_size_limit=67108864",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


class _Writers:
    """One writer at a time inside the process; whoever answers LINE comes next, however many others wait.

    The others stand in front of a second lock, so that at most one of them competes for the first.
    """

    def __init__(self) -> None:
        self._writing = threading.RLock()
        self._next = threading.RLock()

    @contextmanager
    def turn(self, wait_seconds: float, *, goes_first: bool) -> Iterator[None]:
        """:raises TimeoutError: it did not come in time."""
        ends_at = time.monotonic() + wait_seconds
        with ExitStack() as held:
            for lock in (self._writing,) if goes_first else (self._next, self._writing):
                if not lock.acquire(timeout=max(ends_at - time.monotonic(), 0)):
                    raise TimeoutError("the database is busy")
                held.callback(lock.release)
            yield


class Database:
    """One process' access to the truth."""

    def __init__(self, url: str, *, threads: int = 20) -> None:
        self.url = url
        self.engine = make_engine(url, threads=threads)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        # On PostgreSQL a question is no transaction: its ROLLBACK would make psycopg forget every prepared statement.
        alone = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._questions = self.engine.execution_options(reads_only=True, **alone)
        self._writers = _writers.setdefault(url, _Writers()) if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Whether one process and one disk hold everything."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self, *, wait_seconds: float = 20, goes_first: bool = False) -> Iterator[Session]:
        """A session whose work is committed together, or not at all. Never make a network call inside.

        `goes_first` is for the door alone: it does not wait in the queue of this process' writers.

        :raises TimeoutError: other writers of this process held the database for `wait_seconds`.
        """
        turn = self._writers.turn(wait_seconds, goes_first=goes_first) if self._writers else nullcontext()
        with turn, self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for questions only."""
        with self._sessions(bind=self._questions, autoflush=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for questions about columns: what is asked for every event needs no session."""
        with self._questions.connect() as connection:
            yield connection

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


_TOOK_TOO_LONG = "57014"
#: lock_not_available, deadlock_detected, serialization_failure, disk_full, too_many_connections, a statement that took
#: too long, and whatever begins with 57P: the server shuts down, crashed, or starts.
_OF_POSTGRESQL = ("55P03", "40P01", "40001", "53100", "53300", _TOOK_TOO_LONG, "57P")
_OF_SQLITE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)


def is_the_databases_fault(error: DBAPIError) -> bool:
    """Whether a statement failed for what the database was going through, not for what was asked of it."""
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0)  # the low byte is the kind
        return code & 0xFF in _OF_SQLITE
    return _sqlstate(error).startswith(_OF_POSTGRESQL)


def is_away(error: Exception) -> bool:
    """Whether there is no database to ask: no connection could be made, or the one there was broke."""
    return isinstance(error, DBAPIError) and (error.connection_invalidated or error.statement is None)


def took_too_long(error: DBAPIError) -> bool:
    """Whether the server broke a statement off at its time limit: it is slow, or too much was asked of it."""
    return _sqlstate(error) == _TOOK_TOO_LONG


def _sqlstate(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


#: Each kind's own INSERT, which knows ON CONFLICT, by the name of its dialect.
INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_into(session: Session, table: Any) -> Any:
    """An INSERT into this table by the session's kind of database."""
    return INSERTS[session.get_bind().dialect.name](table)


def server_now(session: Session) -> datetime:
    """The database server's moment, for leases: several machines' clocks differ, the server's is one.

    Whoever asks sets the clock of his process by it.
    """
    if session.get_bind().dialect.name == "sqlite":
        return clock.real_now()
    asked_at = time.monotonic()
    moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    clock.hear(moment, timedelta(seconds=time.monotonic() - asked_at))
    return moment


def alembic_config(url: str) -> Config:
    """Alembic's settings, made in code: `[tool.alembic]` of pyproject.toml, the address from ours."""
    config = Config(toml_file=_ROOT / "pyproject.toml")
    config.set_main_option("script_location", str(_ROOT / "migrations").replace("%", "%%"))
    config.attributes["url"] = url
    return config


_NEWER = "of a newer release: install that again, or restore the backup from before it"


class SchemaIsNewer(Exception):
    """A newer release migrated the database, and nothing here knows the way back."""


def migrate(url: str) -> None:
    """Bring the database to the newest schema.

    :raises SchemaIsNewer: it is newer than this release.
    """
    try:
        command.upgrade(alembic_config(url), "head")
    except CommandError as error:  # its revision is none of ours
        raise SchemaIsNewer(f"the database is {_NEWER}") from error


def schema_problem(engine: Engine) -> str | None:
    """Why the schema cannot be used, or None when it is the newest."""
    scripts = ScriptDirectory.from_config(alembic_config(""))
    newest = scripts.get_current_head()
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
    if here is None:
        return "the database has no schema: run `flask migrate`"
    if here == newest:
        return None
    if here not in {script.revision for script in scripts.walk_revisions()}:
        return f"the database is at {here} {_NEWER}"
    return f"the database is at {here}, this release needs {newest}: run `flask migrate`"
