"""Huey: the pool of workers and the hints that wake them. A lost, doubled or late hint costs time, never data.

Only hints travel here ("there is something in this lane"); what is to be done stands in the database. They travel as
JSON, because with the engine's own pickles a writable queue would be the right to run code.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from huey import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import PostgresStorage, SqliteStorage
from sqlalchemy.engine import make_url

from bot.database import sqlite_file

log = logging.getLogger(__name__)

#: How long a worker that has nothing to do waits for a hint of its own process before it looks for one of others'.
POLL_SECONDS = 0.2
NAME = "jaengmueang"


class _Json(Serializer):  # type: ignore[misc]  # huey has no types
    """A hint as JSON: a task's name and its arguments."""

    def _serialize(self, data: Any) -> bytes:
        if not isinstance(data, Message):
            raise TypeError("only hints travel through the queue")
        return json.dumps([data.id, data.name, data.args]).encode()

    def _deserialize(self, data: bytes) -> Any:
        number, name, args = json.loads(bytes(data))
        return Message(number, name, retries=0, retry_delay=0, args=tuple(args), kwargs={}, retry_backoff=0)


class _Sqlite(SqliteStorage):  # type: ignore[misc]  # huey has no types
    """Huey's SQLite queue, but a hint of this process is noticed at once instead of at the next look."""

    blocking = True  # `dequeue` waits by itself, so the worker need not sleep

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._news = threading.Condition()
        super().__init__(*args, **kwargs)

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        super().enqueue(data, priority)
        with self._news:
            self._news.notify()

    def dequeue(self) -> Any:
        found = super().dequeue()
        if found is None:
            with self._news:
                self._news.wait(POLL_SECONDS)
            found = super().dequeue()
        return found


class _Postgres(PostgresStorage):  # type: ignore[misc]  # huey has no types
    """Huey's PostgreSQL queue, but the connection each worker thread listens on is closed with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._opened: list[Any] = []
        super().__init__(*args, **kwargs)

    def _connect(self) -> Any:
        made = super()._connect()
        self._opened.append(made)
        return made

    _create_connection = _connect

    def close(self) -> bool:
        was_open = bool(super().close())
        for one in self._opened:
            one.close()
        return was_open


class Wakeups:
    """The queue of hints at one address. It is opened at the first use and after every failure."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._huey: Huey | None = None
        self._tasks: dict[str, Callable[..., object]] = {}
        self._work: Callable[..., object] = _nobody_works_here
        self._act: Callable[..., object] = _nobody_works_here

    def wake(self, lane_key: str) -> None:
        """Say that there is something to do in this lane. Never raises: the sweeper finds what nobody hinted at."""
        self._say("work", lane_key)

    def wake_effects(self) -> None:
        """Say that there are effects to be done. Never raises."""
        self._say("act")

    def waiting(self) -> int:
        """How many hints nobody has taken yet."""
        return int(self.open().pending_count())

    def open(self) -> Huey:
        """The engine, with its two tasks."""
        with self._lock:
            if self._huey is None:
                self._huey = self._make()
            return self._huey

    def performs(self, *, work: Callable[[str], object], act: Callable[[], object]) -> None:
        """Let the workers of this process do that when a hint arrives."""
        self._work, self._act = work, act

    def close(self) -> None:
        """Close the queue; the next use opens it again."""
        with self._lock:
            if self._huey is not None:
                self._huey.storage.close()
                self._huey = None

    def _say(self, task: str, *args: str) -> None:
        try:
            self.open()
            self._tasks[task](*args)
        except Exception as error:
            # Whatever is wrong with the queue: what was to be done is committed, and the sweeper finds it.
            log.warning("a hint was not passed on: %s", type(error).__name__)

    def _perform_work(self, lane_key: str) -> None:
        self._work(lane_key)

    def _perform_act(self) -> None:
        self._act()

    def _make(self) -> Huey:
        made = Huey(NAME, results=False, serializer=_Json(), **_storage(self._url))
        self._tasks = {
            "work": made.task(name="work")(self._perform_work),
            "act": made.task(name="act")(self._perform_act),
        }
        return made


def _nobody_works_here(*_args: object) -> None:
    """A process that only gives hints; hints that reach it are found again by the sweeper of those that work."""


def _storage(url: str) -> dict[str, Any]:
    if url.startswith("sqlite:///"):
        path = sqlite_file(url)
        if _is_torn(path):
            log.warning("the queue of hints was torn, and is begun anew")
            for part in ("", "-wal", "-shm"):
                Path(f"{path}{part}").unlink(missing_ok=True)
        # A hint that power loss takes is one that the sweeper gives again: no need to wait for the disk.
        return {"storage_class": _Sqlite, "filename": str(path), "fsync": False}
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return {
        "storage_class": _Postgres,
        "dsn": address,
        "options": "-c statement_timeout=1000",
        "connect_timeout": 1,
        "table_prefix": NAME,
    }


def _is_torn(path: Path) -> bool:
    """Whether what lies there cannot be read: nobody waits for the disk, so power loss may leave half of it."""
    try:
        with closing(sqlite3.connect(path)) as found:
            return bool(found.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
