"""On SQLite one process works: it may take over at once what another left behind when it was killed."""

from __future__ import annotations

import sqlite3

from bot import effects, lanes
from bot.database import Database, sqlite_file


class AlreadyWorking(Exception):
    """Another process works on this database."""


class Alone:
    """The proof that no other process works on an SQLite file. The system takes it back when we end, however we end."""

    def __init__(self, database_url: str) -> None:
        """:raises AlreadyWorking: another process has it."""
        path = sqlite_file(database_url)
        # A lock that every system knows and that dies with the process: an open transaction on a file of its own.
        self._lock = sqlite3.connect(f"{path}-worker", timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            self._lock.close()
            raise AlreadyWorking(
                f"Another `flask serve` or `flask worker` is at work on {path}. SQLite has room for one; "
                "stop the other, or use PostgreSQL."
            ) from None

    def close(self) -> None:
        """Let another process work."""
        self._lock.close()


def take_over(database: Database) -> None:
    """Free what a killed process held: lanes, and effects under way. Only for whoever is `Alone`."""
    with database.transaction() as session:
        lanes.release_all(session)
        effects.release_all(session)
