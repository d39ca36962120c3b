"""The composition root: settings in, the web application and the workers' engine out. Nothing is made elsewhere."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import click
from flask import Flask
from flask.cli import NoAppException
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import clock, delivery, invitations, logs, news, officer_casework, stuck, thai, timers, understanding
from bot.channels import Channels
from bot.config import Settings, SettingsWrong, load
from bot.database import Database, schema_problem
from bot.delivery import Delivery, Hooks, read_quotas
from bot.effects import Effects, erase_files
from bot.inbox import Dispatch, Door
from bot.line import messages, transport
from bot.line.actions import Rendition, Speaker
from bot.pacing import Pace
from bot.photos import Addresses, Folder
from bot.privacy.links import Links
from bot.replies import Picture, from_json
from bot.wakeups import Wakeups
from handlers.health import health
from handlers.line.dispatch import Dispatcher
from handlers.line.webhook import MOST_BYTES, webhook
from handlers.maps import maps
from handlers.media import media
from handlers.my_data import my_data
from models import Media, OutboxMessage

log = logging.getLogger(__name__)

#: Something to be looked at every few seconds: (database, the town's time).
Timer = Callable[[Database, datetime], object]
STILL_LOADING = "still loading"
#: How often LINE is asked what is left of the plan.
QUOTA_EVERY = timedelta(minutes=10)
#: What the first event would otherwise wait for: LINE's messaging models, the Thai dictionary, the classifier.
SLOW_LOADS: tuple[Callable[[], object], ...] = (transport.load, thai.load_dictionary, understanding.load)


@dataclass
class Parts:
    """What a process of ours is made of."""

    settings: Settings
    database: Database
    channels: Channels
    wakeups: Wakeups
    folder: Folder
    addresses: Addresses
    door: Door
    pace: Pace = field(default_factory=Pace)
    _loaded: threading.Event = field(default_factory=threading.Event)
    _has_tried_to_load: bool = False
    _schema_is_newest: bool = False

    def load_slowly(self) -> None:
        """Load what takes seconds, in a thread: the port is open and live before."""

        def run() -> None:
            try:
                for one in SLOW_LOADS:
                    one()
                # Dictionaries and models stay for ever: looking through them for garbage would stop everybody.
                gc.collect()
                gc.freeze()
                self._loaded.set()
            finally:
                self._has_tried_to_load = True

        threading.Thread(target=run, name="loads", daemon=True).start()

    def cannot_work(self) -> str | None:
        """Why events cannot be handled by this process yet, or None."""
        if not self._schema_is_newest:
            try:
                problem = schema_problem(self.database.engine)
            except (SQLAlchemyError, TimeoutError):
                problem = "the database does not answer"
            if problem:
                return problem
            self._schema_is_newest = True
        if self._loaded.is_set():
            return None
        return "the dictionaries could not be loaded" if self._has_tried_to_load else STILL_LOADING

    def not_ready(self) -> str | None:
        """Why this process is of no use to a town yet, or None."""
        problem = self.cannot_work()
        if problem is not None and problem != STILL_LOADING:
            return problem
        try:
            has_towns = bool(self.channels.towns())
        except (SQLAlchemyError, TimeoutError):
            return "the database does not answer"
        return problem if has_towns else "no municipality is imported: run `flask municipality import NAME`"

    def measure(self) -> None:
        """Refresh what is counted in the database; what was counted last stays while it is away."""
        try:
            stuck.measure(self.database)
            delivery.measure(self.database)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("the database was not measured: %s", type(error).__name__)

    def close(self) -> None:
        """Keep what waits at the door, then let go of everything."""
        self.door.close()
        self.wakeups.close()
        self.database.close()


def assemble(settings: Settings) -> Parts:
    """The parts of a process with these settings; nothing is started."""
    clock.use_file(settings.clock_file)
    database = Database(settings.database_url, threads=16 + settings.worker_threads)
    return Parts(
        settings=settings,
        database=database,
        channels=Channels(database, settings),
        wakeups=Wakeups(settings.queue_url),
        folder=Folder(settings.media_folder),
        addresses=Addresses(settings.secret_key, settings.public_url),
        door=Door(database),
    )


def create_app(parts: Parts | None = None) -> Flask:
    """The web application: LINE's door, signed media, health. Without parts it is made from the settings.

    Where `flask` only looks for further commands it is empty.

    :raises SettingsWrong: with every problem of the settings.
    """
    if parts is None:
        if _is_asked_for_commands_only():
            return Flask("jaengmueang", static_folder=None)
        settings = _settings()
        logs.use_stderr(secrets_of(settings))
        parts = assemble(settings)
    app = Flask("jaengmueang", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.register_blueprint(webhook(parts.door, parts.channels, parts.wakeups))
    app.register_blueprint(media(parts.database, parts.addresses, parts.folder))
    app.register_blueprint(maps(parts.database, parts.addresses))
    links = Links(parts.settings.secret_key, parts.settings.public_url)
    app.register_blueprint(my_data(parts.database, links, parts.folder))
    app.register_blueprint(health(parts.not_ready, parts.measure))
    parts.load_slowly()
    return app


def _is_asked_for_commands_only() -> bool:
    """Whether `flask` only looks for commands that an application adds (`flask --help`, a name nobody knows).

    Ours stand in pyproject.toml, so there are none to find, and help needs neither settings nor a database.
    """
    asking = click.get_current_context(silent=True)
    return "FLASK_RUN_FROM_CLI" in os.environ and asking is not None and isinstance(asking.command, click.Group)


def _settings() -> Settings:
    """Our settings, checked. `flask run` and `flask routes` get one line instead of a traceback."""
    try:
        return load().check(serves=True)
    except SettingsWrong as wrong:
        if os.environ.get("FLASK_RUN_FROM_CLI"):
            raise NoAppException(str(wrong)) from None
        raise


def secrets_of(settings: Settings) -> list[str]:
    """What must never be logged."""
    names = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "SECRET_KEY")
    return [value for name, value in settings.values.items() if name.startswith(names) and value]


def make_dispatch(parts: Parts) -> Dispatch:
    """What handles an event: the doors of LINE."""
    return Dispatcher(parts.settings, parts.pace)


def make_delivery(parts: Parts) -> Delivery:
    """What sends messages, with the rules of news told of every end."""
    return Delivery(parts.database, parts.channels, _builder(parts), hooks())


def make_effects(parts: Parts, name: str) -> Effects:
    """What fetches photos and profiles and links menus, for the worker of this name."""
    at_once = max(1, parts.settings.worker_threads // 2)  # the other threads stay free for people who wait

    def hook(session: Session, media: Media, now: datetime) -> None:
        """What was sent is there; cards show whatever is stored from then on."""
        news.use_merge_seconds(session, parts.settings.news_merge_seconds)
        officer_casework.media_came(session, media, now)

    return Effects(
        parts.database,
        parts.channels,
        parts.folder,
        name,
        hook,
        most_at_once=at_once,
        wake=parts.wakeups.wake,
    )


def make_timers(parts: Parts) -> list[Timer]:
    """What the workers look at every few seconds."""
    quota = _Readings(parts)
    return [
        timers.Due(parts.settings.news_merge_seconds),
        lambda database, _now: erase_files(database, parts.folder),
        lambda _database, now: quota(now),
    ]


class _Readings:
    """Reads the plans at the first call and then every ten minutes by the town's clock, so that a new month is noticed.

    What a reading made room for is looked for by the sweeper.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._read_at: datetime | None = None

    def __call__(self, now: datetime) -> None:
        if self._read_at is None or abs(now - self._read_at) >= QUOTA_EVERY:
            self._read_at = now
            read_quotas(self._parts.database, self._parts.channels)


def hooks() -> Hooks:
    """The rules of news, told of each settled message."""
    return Hooks(
        accepted=_accepted,
        expired=_expired,
        uncertain=news.uncertain,
        refused=news.refused,
        waits_for_quota=news.waits_for_quota,
        blocked=news.blocked,
        still_true=news.still_true,
    )


def _accepted(session: Session, message: OutboxMessage, at: datetime) -> None:
    news.accepted(session, message, at)
    invitations.hide(message)


def _expired(session: Session, message: OutboxMessage, at: datetime) -> None:
    news.expired(session, message, at)
    invitations.hide(message, keep_content=True)


def _builder(parts: Parts) -> Callable[[Session, OutboxMessage], list[dict[str, Any]]]:
    key = parts.settings.secret_key.encode()

    def build(session: Session, message: OutboxMessage) -> list[dict[str, Any]]:
        def address(picture: Picture, rendition: Rendition) -> str | None:
            """Only of a photo that is stored by now; a card does not wait for its pictures."""
            if picture.map:
                return parts.addresses.map_address(town.code, picture.map)
            shown = session.get(Media, picture.media_id)
            if shown is None or shown.state != "stored" or shown.municipality_id != message.municipality_id:
                return None
            return parts.addresses.media_address(shown.id, rendition, picture.audience)

        town = parts.channels.town_of(message.municipality_id)
        return messages.build(from_json(message.content), Speaker(town.code, key, address))

    return build
