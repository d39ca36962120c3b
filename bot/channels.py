"""Which LINE channel belongs to which municipality: known for a few seconds without asking the database."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.config import Settings
from bot.database import Database, server_now
from bot.line.client import LineClient, shared_client
from models import Municipality

#: How long what was read counts as known.
FRESH_SECONDS = 5.0
#: How soon an unknown code or id is looked up again, however often it is asked for.
AGAIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Town:
    """What the engine needs to know of a municipality."""

    id: int
    code: str
    timezone: str


class Channels:
    """The municipalities of this installation with their channels. Safe between threads."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._lock = threading.Lock()
        self._towns: dict[str, Town] = {}
        self._read_at = float("-inf")

    def town(self, code: str) -> Town | None:
        """The municipality with this code, or None.

        What is known is answered at once, even while the database is away; it is then read anew in the background.
        """
        known = self._towns.get(code)
        age = time.monotonic() - self._read_at
        if known is None:
            if age > AGAIN_SECONDS:
                self._read()
            return self._towns.get(code)
        if age > FRESH_SECONDS and not self._lock.locked():
            threading.Thread(target=self._read_quietly, name="towns", daemon=True).start()
        return known

    def towns(self) -> tuple[Town, ...]:
        """Every municipality, read now."""
        self._read()
        return tuple(self._towns.values())

    def town_of(self, municipality_id: int) -> Town:
        """The municipality with this id.

        :raises LookupError: when there is none.
        """
        for again in (False, True):
            if again:
                self._read()
            for town in self._towns.values():
                if town.id == municipality_id:
                    return town
        raise LookupError(f"no municipality {municipality_id}")

    def secret(self, code: str) -> str:
        """The channel secret of a municipality; empty where none is set."""
        return self._settings.channel(code).secret

    def client(self, municipality_id: int) -> LineClient:
        """The client that speaks as this municipality."""
        token = self._settings.channel(self.town_of(municipality_id).code).access_token
        return shared_client(self._settings.line_api_url, self._settings.line_data_url, token)

    def _read(self) -> None:
        with self._lock, self._database.reading() as session:
            server_now(session)  # the web, too, tells the time by it
            rows = session.execute(select(Municipality.id, Municipality.code, Municipality.timezone))
            self._towns = {code: Town(number, code, timezone) for number, code, timezone in rows}
            self._read_at = time.monotonic()

    def _read_quietly(self) -> None:
        with suppress(SQLAlchemyError):  # what is known stays known until the database is back
            self._read()
