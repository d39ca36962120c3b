"""Everything between a phone and the database, running in the test's process: what `tests.whole_way` talks through."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import waitress
from sqlalchemy import or_, select
from waitress import wasyncore

from bot import clock
from bot.app import Parts, Timer, assemble, create_app
from bot.config import Settings
from bot.database import Database
from bot.line import menus
from bot.simulator import Simulator
from bot.simulator.channel import Channel
from bot.worker import Engine, Worker, make_engine
from bot.worker.alone import Alone
from models import Effect, InboxEvent, Municipality, OutboxMessage
from models.effect import WANTED
from models.inbox import NEW
from models.outbox import SENDING, UNSETTLED
from tests.people import KEY
from tests.talking import MORNING

PUBLIC_URL = "https://bot.test"
#: A machine may be busy; a talk that waits longer than this hangs.
PATIENCE_SECONDS = 60.0
#: What is tried again so soon is waited for; what comes later is the test's to wait for.
SOON = timedelta(seconds=3)
THREADS = 4


@dataclass
class Backstage:
    """The simulator, the parts of a process, its workers and its web, and the hour of the town."""

    line: Simulator
    parts: Parts
    engine: Engine
    timers: Sequence[Timer]
    address: str
    began_at: datetime = MORNING
    now: datetime = MORNING
    worked: threading.Condition = field(default_factory=threading.Condition)

    @property
    def database(self) -> Database:
        """The application's own."""
        return self.parts.database

    @property
    def environment(self) -> dict[str, str]:
        """The settings as a command of ours would find them."""
        return dict(self.parts.settings.values)

    def opens_account(self, code: str, **settings: Any) -> Channel:
        """The official account of a municipality at the simulator, its rich menus deployed."""
        webhook = f"{self.address}/line/{code}/webhook"
        token = self.parts.settings.channel(code).access_token
        self.line.channel(
            code, secret=self.parts.settings.channel(code).secret, token=token, webhook=webhook, plan="unlimited",
            redelivers_failures=True, **settings,
        )  # fmt: skip
        channel = self.line.platform.channel(code)
        assert channel is not None
        self._deploys_menus(channel)
        return channel

    def _deploys_menus(self, channel: Channel) -> None:
        """By the command's own code for the first town of a run; other accounts are given the same menus."""
        if "menus" not in _deployed:
            with self.database.reading() as session:
                number = session.scalars(select(Municipality.id).where(Municipality.code == channel.name)).one()
            done = menus.deploy(self.parts.channels.client(number), lambda _alias: [], clock.real_now())
            assert done.stopped_by is None
            _deployed.update(menus=channel.menus, aliases=channel.aliases, default=channel.default_menu_id)
        channel.menus, channel.aliases = dict(_deployed["menus"]), dict(_deployed["aliases"])
        channel.default_menu_id = _deployed["default"]

    def passes(self, **time: float) -> None:
        """Let time pass for the town and for LINE, and do what has become due."""
        self.moves_to(self.now + timedelta(**time))
        for timer in self.timers:
            timer(self.database, clock.now())
        self.settles()

    def moves_to(self, moment: datetime) -> None:
        """Set the hour of the town and of LINE, and do nothing."""
        self.now = moment
        self.line.clock(offset_seconds=(moment - self.began_at).total_seconds())

    def settles(self) -> None:
        """Wait until every event is handled and everything that is due is said, fetched and linked.

        On a busy machine the door may take longer than LINE waits: then the event comes once more.
        """
        ends_at = time.monotonic() + PATIENCE_SECONDS
        self.engine.sweep()
        with self.worked:
            while left := self._left():
                assert time.monotonic() < ends_at, f"still to be done: {left}"
                self.worked.wait(0.2)

    def _left(self) -> list[str]:
        soon = clock.real_now() + SOON
        is_tried_soon = or_(InboxEvent.next_at.is_(None), InboxEvent.next_at <= soon)
        is_said_soon = or_(OutboxMessage.next_at <= soon, OutboxMessage.state == SENDING)
        is_done_soon = or_(Effect.attempts == 0, Effect.next_at <= soon)
        wanted = {
            "event": select(InboxEvent.id).where(InboxEvent.state == NEW, is_tried_soon),
            "message": select(OutboxMessage.id).where(OutboxMessage.state.in_(UNSETTLED), is_said_soon),
            "effect": select(Effect.id).where(Effect.state == WANTED, is_done_soon),
        }
        if comes := self.line.platform.deliveries.coming_within(SOON.total_seconds()):
            return [f"{comes} redeliveries"]
        with self.database.reading() as session:
            return [f"{kind} {number}" for kind, some in wanted.items() for number in session.scalars(some.limit(3))]

    def tells(self, act: Callable[..., object]) -> Callable[..., None]:
        """`act`, after which whoever waits looks again."""

        def run(*args: object) -> None:
            try:
                act(*args)
            finally:
                with self.worked:
                    self.worked.notify_all()

        return run


#: The menus of the first account of this process: they are the same for every town.
_deployed: dict[str, Any] = {}


@contextmanager
def backstage(database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *codes: str) -> Iterator[Backstage]:
    """Everything between a phone and the database, running; the towns of these codes have an account each."""
    with ExitStack() as ends:
        line = ends.enter_context(Simulator.start())
        parts = assemble(_settings(database_url, folder, line, codes or ("rangsit",)))
        ends.callback(parts.close)
        if parts.database.is_sqlite:
            ends.callback(Alone(database_url).close)
        engine = make_engine(parts, is_alone=parts.database.is_sqlite)
        timers, engine.timers = engine.timers, ()  # they run when the test moves the clock, not all the time
        made = Backstage(line, parts, engine, timers, ends.enter_context(_web(parts)))
        monkeypatch.setattr(clock, "now", lambda: made.now)
        line.maps(PUBLIC_URL, made.address)
        engine.work, engine.act = made.tells(engine.work), made.tells(engine.act)
        worker = Worker(engine, THREADS)
        worker.start()
        ends.callback(worker.stop)
        yield made


@contextmanager
def _web(parts: Parts) -> Iterator[str]:
    """The application behind the server that `flask serve` uses; gives its address."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(
        create_app(parts), map=sockets, host="127.0.0.1", port=0, threads=THREADS, ident=None
    )
    ending = threading.Event()

    def run() -> None:
        while not ending.is_set():
            wasyncore.loop(timeout=1.0, map=sockets, count=1)

    thread = threading.Thread(target=run, name="web", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        ending.set()
        server.pull_trigger()
        thread.join(5)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)


def _settings(database_url: str, folder: Path, line: Simulator, codes: tuple[str, ...]) -> Settings:
    own = {f"LINE_CHANNEL_SECRET__{code.upper()}": f"secret of {code}" for code in codes}
    own |= {f"LINE_CHANNEL_ACCESS_TOKEN__{code.upper()}": f"token of {code}" for code in codes}
    return Settings(
        {
            "DATABASE_URL": database_url,
            # Of its own, so that PostgreSQL's tables stay those of the schema, and the next test may have them.
            "QUEUE_URL": f"sqlite:///{folder / 'queue.db'}",
            "MEDIA_URL": f"file:{folder / 'media'}",
            "LINE_API_URL": line.api_url,
            "LINE_DATA_URL": line.data_url,
            "PUBLIC_URL": PUBLIC_URL,
            "SECRET_KEY": KEY,
            **own,
        }
    )
