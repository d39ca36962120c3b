"""Settings: read once from the environment, then `.env`; each command checks only what it uses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

#: Every setting with its default (None: no default). The README documents each; a house rule compares.
SETTINGS: dict[str, str | None] = {
    "DATABASE_URL": "sqlite:///var/bot.db",
    "QUEUE_URL": None,
    "LINE_API_URL": "https://api.line.me",
    "LINE_DATA_URL": "https://api-data.line.me",
    "LINE_CHANNEL_SECRET": None,
    "LINE_CHANNEL_ACCESS_TOKEN": None,
    "PUBLIC_URL": None,
    "SECRET_KEY": None,
    "MEDIA_URL": "file:var/media",
    "MODEL_URL": "file:var/model",
    "NEWS_MERGE_SECONDS": "600",
    "CLOCK_FILE": None,
    "WORKER_THREADS": "4",
}
#: What stands before the two keys of a channel, with or without a municipality's code behind it.
_OF_LINE = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN")


class SettingsWrong(Exception):
    """Settings are missing or wrong; every problem is named at once."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def is_loopback(url: str) -> bool:
    """Whether an address leads to this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def database_problems(name: str, url: str) -> list[str]:
    """What is wrong with the address of a database in the setting `name`.

    Nothing of the address is repeated: in a wrong one the password may stand anywhere.
    """
    if not url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
        return [f"{name} must begin with sqlite:/// or postgresql+psycopg://."]
    if url.startswith("sqlite:///"):
        is_file = url.removeprefix("sqlite:///").partition("?")[0] not in ("", ":memory:")
        return [] if is_file else [f"{name} must name a file, like sqlite:///var/bot.db."]
    try:
        parsed = make_url(url)
        is_torn = "@" in f"{parsed.host or ''}{parsed.database or ''}"  # a bare @ ended the password too early
    except (ArgumentError, ValueError):
        is_torn = True
    if is_torn:
        how = """python3 -c 'from urllib.parse import quote; print(quote(input(), ""))'"""
        return [f"{name} cannot be read. Signs in its password (@ : / # %) must be percent-encoded: {how}"]
    return []


@dataclass(frozen=True)
class Settings:
    """What the environment said. Secrets never appear in its repr."""

    values: Mapping[str, str]

    def __repr__(self) -> str:
        return "Settings(…)"

    def get(self, name: str) -> str | None:
        """The value of a setting, or its default, or None."""
        value = self.values.get(name, "").strip()
        return value or SETTINGS.get(name)

    @property
    def database_url(self) -> str:
        """Where the truth is."""
        return self.get("DATABASE_URL") or ""

    @property
    def queue_url(self) -> str:
        """Where the wake-ups are: beside the database unless said otherwise."""
        said = self.get("QUEUE_URL")
        if said:
            return said
        url = self.database_url
        return url.removesuffix(".db") + "-queue.db" if url.startswith("sqlite") else url

    @property
    def line_api_url(self) -> str:
        """LINE's host for everything except binary content."""
        return (self.get("LINE_API_URL") or "").rstrip("/")

    @property
    def line_data_url(self) -> str:
        """LINE's host for content and menu pictures."""
        return (self.get("LINE_DATA_URL") or "").rstrip("/")

    @property
    def public_url(self) -> str | None:
        """Our own https address, without which cards have no pictures; None too where it is for trying."""
        url = self.get("PUBLIC_URL")
        return url.rstrip("/") if url and not self.is_public_url_for_trying else None

    @property
    def is_public_url_for_trying(self) -> bool:
        """Whether PUBLIC_URL is this machine without https, beside a simulator: nothing of it is ever sent."""
        url = self.get("PUBLIC_URL") or ""
        return url.startswith("http://") and is_loopback(url) and self.talks_to_loopback

    @property
    def secret_key(self) -> str:
        """Signs buttons and picture addresses."""
        return self.get("SECRET_KEY") or ""

    @property
    def media_folder(self) -> Path:
        """Where pictures are kept, privately."""
        return Path((self.get("MEDIA_URL") or "").removeprefix("file:"))

    @property
    def model_folder(self) -> Path:
        """Where the models are that a town trained and activated."""
        return Path((self.get("MODEL_URL") or "").removeprefix("file:"))

    @property
    def news_merge_seconds(self) -> int:
        """How long news that may wait does wait for company."""
        return int(self.get("NEWS_MERGE_SECONDS") or 600)

    @property
    def clock_file(self) -> Path | None:
        """A file with an offset in seconds, for demonstrations and tests only."""
        said = self.get("CLOCK_FILE")
        return Path(said) if said else None

    @property
    def worker_threads(self) -> int:
        """How many chats are worked on at the same time in one process."""
        return int(self.get("WORKER_THREADS") or 4)

    @property
    def talks_to_loopback(self) -> bool:
        """Whether LINE is a simulator on this machine."""
        return is_loopback(self.line_api_url)

    def channel(self, municipality: str) -> Channel:
        """The LINE channel of a municipality; a name with the town's code wins over the plain name."""
        suffix = "__" + municipality.upper().replace("-", "_")
        return Channel(
            secret=self.get("LINE_CHANNEL_SECRET" + suffix) or self.get("LINE_CHANNEL_SECRET") or "",
            access_token=self.get("LINE_CHANNEL_ACCESS_TOKEN" + suffix)
            or self.get("LINE_CHANNEL_ACCESS_TOKEN")
            or "",
        )

    def problems(self, *, serves: bool = False) -> list[str]:
        """What is wrong with the settings a command uses; `serves` asks for what serve, worker and wsgi need."""
        found = []
        for name, lowest, highest in (("NEWS_MERGE_SECONDS", 0, 3600), ("WORKER_THREADS", 1, 64)):
            value = self.get(name) or ""
            if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
                found.append(f"{name} must be a whole number from {lowest} to {highest}.")
        found += database_problems("DATABASE_URL", self.database_url)
        if queue := self.get("QUEUE_URL"):
            found += database_problems("QUEUE_URL", queue)
        if not (self.get("MEDIA_URL") or "").startswith("file:"):
            found.append("MEDIA_URL must begin with file: (a folder).")
        if not (self.get("MODEL_URL") or "").startswith("file:"):
            found.append("MODEL_URL must begin with file: (a folder).")
        for name in ("LINE_API_URL", "LINE_DATA_URL"):
            if urlsplit(self.get(name) or "").scheme not in ("http", "https"):
                found.append(f"{name} must be an http or https address.")
        if self.public_url and not self.public_url.startswith("https://"):
            found.append("PUBLIC_URL must begin with https://: LINE shows only https pictures.")
        if self.clock_file and not self.talks_to_loopback:
            found.append("CLOCK_FILE moves the clock and is allowed only while LINE_API_URL is this machine.")
        if serves:
            found += self._problems_of_keys()
        return found

    def _problems_of_keys(self) -> list[str]:
        found = []
        if len(self.secret_key) < 32:
            how = "python3 -c 'import secrets; print(secrets.token_hex(32))'"
            found.append(f"SECRET_KEY is needed, with at least 32 characters: {how}")
        for name, value in sorted(self.values.items()):
            # No header can be sent with such a sign: every call to LINE would end in an error nobody expects.
            if name.startswith(_OF_LINE) and not (value.isascii() and value.strip().isprintable()):
                found.append(f"{name} holds a sign that LINE's keys never have: copy it anew from LINE's console.")
        return found

    def check(self, *, serves: bool = False) -> Settings:
        """Return the settings, or name every problem at once.

        :raises SettingsWrong: with all problems.
        """
        found = self.problems(serves=serves)
        if found:
            raise SettingsWrong(found)
        return self


@dataclass(frozen=True)
class Channel:
    """The two secrets of one LINE channel."""

    secret: str
    access_token: str

    def __repr__(self) -> str:
        return "Channel(…)"


def load(environ: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """The settings of this process: the environment wins over `.env` in the current folder."""
    from_file = {k: v for k, v in dotenv_values(dotenv or Path(".env")).items() if v is not None}
    return Settings({**from_file, **(os.environ if environ is None else environ)})
