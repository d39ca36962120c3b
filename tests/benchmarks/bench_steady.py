"""What holds for longer than a burst: events answered a second, the wait at twenty a second, memory after reports.

BENCH_SECONDS is how long each load lasts (60), BENCH_REPORTS how many reports come before the memory is read, and again
before it is read a second time (10,000). LINE is a process of its own that accepts at once: the numbers are ours.
The plain bot answers the same load beside ours, and the processors are read, so that a shortfall has a cause.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.request import urlopen
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from bot import clock, profiles
from bot.cli.harness_replay import place_in
from bot.cli.stage import free_port
from bot.database import Database
from bot.simulator.deliveries import signature
from models import InboxEvent, OutboxMessage, Report
from models.outbox import ACCEPTED, REPLY
from tests.benchmarks.bench import (
    answers_yes,
    event_body,
    floor_environ,
    percentile,
    resident_memory_mb,
    serving,
    table,
)
from tests.benchmarks.bench_answers import WORDS
from tests.benchmarks.processors import Processors
from tests.chaos.plant import Plant

SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
REPORTS = int(os.environ.get("BENCH_REPORTS", "10000"))
#: Many chats, so that none brings more than one person may; each is used in turn.
PEOPLE, SENDERS = 400, 8
#: Events that are on their way at once while as many as possible are answered.
AT_ONCE = 64
CALM_PER_SECOND = 20
#: A person may report thirty times a day.
REPORTS_EACH = 25
#: The least a second on either database; the most a person waits at twenty a second; the most memory, in MB.
LEAST, MOST_WAIT_MS, MOST_MEMORY = {"sqlite": 100, "postgresql": 200}, 2000, 350
PATIENCE_SECONDS = 120.0
#: LINE is asked no oftener how much was answered: the asking runs on the processors that are measured.
LOOKS_AGAIN_SECONDS = 0.05


@dataclass
class Load:
    """Events given to a running bot, and how many of them LINE has heard the answer to."""

    port: int
    secret: str
    line_url: str
    sent: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _asking: threading.Lock = field(default_factory=threading.Lock)
    _asked_at: float = 0.0
    _heard: int = 0
    _pause: threading.Event = field(default_factory=threading.Event)  # never set: to wait without sleeping

    @property
    def answered(self) -> int:
        """Replies that LINE accepted so far, as of a moment ago."""
        with self._asking:
            if time.monotonic() - self._asked_at >= LOOKS_AGAIN_SECONDS:
                with urlopen(f"{self.line_url}/replies", timeout=10) as answer:  # our own, on loopback
                    self._heard = int(json.load(answer)["replies"])
                self._asked_at = time.monotonic()
            return self._heard

    def next_number(self) -> int:
        """A number that nobody had yet."""
        with self._lock:
            return next(self._numbers)

    def delivers(self, line: http.client.HTTPConnection, user: str, message: dict[str, object] | None) -> None:
        """One event, as LINE delivers it; it must be taken."""
        body = event_body(user, uuid4().hex, message)
        headers = {"x-line-signature": signature(self.secret, body), "Content-Type": "application/json"}
        try:
            line.request("POST", "/line/rangsit/webhook", body, headers)
            answer = line.getresponse()
        except ConnectionError:  # the server ended a connection that was quiet; the event has an id, so it counts once
            line.close()
            line.request("POST", "/line/rangsit/webhook", body, headers)
            answer = line.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        with self._lock:
            self.sent += 1

    @contextlib.contextmanager
    def line(self) -> Iterator[http.client.HTTPConnection]:
        """A connection that is kept alive."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
            yield line

    def waits(self, unanswered: int = 0) -> None:
        """Until no more than so many events are without their answer.

        :raises AssertionError: they were not answered in time.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        while self.sent - self.answered > unanswered:
            assert time.monotonic() < until, f"{self.sent} events, {self.answered} answered"
            self._pause.wait(0.05)

    def says(self, line: http.client.HTTPConnection) -> None:
        """The next person's next words."""
        number = self.next_number()
        self.delivers(line, f"U{number % PEOPLE:032x}", _words(WORDS[number // PEOPLE % len(WORDS)]))

    def as_fast_as_answered(self, seconds: float) -> float:
        """Answers a second, while there are always some events on their way."""

        def send(until: float) -> None:
            with self.line() as line:
                while time.monotonic() < until:
                    self.waits(AT_ONCE)
                    for _ in range(AT_ONCE // SENDERS):
                        self.says(line)

        before, began = self.answered, time.monotonic()
        with ThreadPoolExecutor(SENDERS) as pool:
            jobs = [pool.submit(send, began + seconds) for _ in range(SENDERS)]
            self._pause.wait(seconds)
            rate = (self.answered - before) / (time.monotonic() - began)
            for job in jobs:
                job.result()
        self.waits()
        return rate

    def evenly(self, seconds: float, per_second: float) -> None:
        """So many events a second, whether or not those before were answered."""
        began = time.monotonic()
        with self.line() as line:
            for number in range(int(seconds * per_second)):
                ahead = began + number / per_second - time.monotonic()
                if ahead > 0:
                    self._pause.wait(ahead)
                self.says(line)
        self.waits()

    def reports(self, municipality: str, people: range, each: int) -> None:
        """Whole reports, from the words to the sending, by so many people, each of them so many."""
        outline = profiles.outline(municipality)

        def report(person: int) -> None:
            user = f"U{10**6 + person:032x}"
            with self.line() as line:
                for turn in range(each):
                    self.waits(AT_ONCE)
                    lat, lon = place_in(outline, f"{person}:{turn}")
                    place = {"type": "location", "address": "รังสิต", "latitude": lat, "longitude": lon}
                    self.delivers(line, user, _words(WORDS[(person + turn) % len(WORDS)]))
                    self.delivers(line, user, place)
                    self.delivers(line, user, _words("ส่งเรื่อง"))

        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(report, people))
        self.waits()


def _words(text: str) -> dict[str, object]:
    return {"type": "text", "quoteToken": uuid4().hex, "text": text}


@contextlib.contextmanager
def _loaded(
    folder: Path, environ: dict[str, str], webs: int = 0, workers: int = 0
) -> Iterator[tuple[Load, Plant, Database]]:
    """A plant whose LINE accepts everything."""
    with answers_yes(free_port()) as line_url:
        given = {**environ, "LINE_API_URL": line_url, "LINE_DATA_URL": line_url}
        with Plant(folder, environ=given, webs=webs, workers=workers, hold_seconds=0) as plant:
            plant.set_up()
            load = Load(plant.port, plant.secret, line_url)
            with contextlib.closing(Database(plant.settings()["DATABASE_URL"])) as database:
                yield load, plant, database


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_events_answered_for_a_while(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    environ = {"DATABASE_URL": request.getfixturevalue("postgresql_url")} if kind == "postgresql" else {}
    webs, workers = (2, 3) if environ else (0, 0)
    with _loaded(tmp_path / "plant", environ, webs, workers) as (load, plant, database):
        load.evenly(PEOPLE / CALM_PER_SECOND, CALM_PER_SECOND)  # everybody is met before it counts
        processors = Processors([one.running.pid for one in plant.processes.values() if one.running is not None])
        rate = load.as_fast_as_answered(SECONDS)
        used = processors.used()
        since = clock.real_now()
        load.evenly(SECONDS, CALM_PER_SECOND)
        waits = _settled(database, since, int(SECONDS * CALM_PER_SECOND))
        for process in plant.processes.values():
            process.stop()
        plain = _plain_rate(plant, load.line_url, environ.get("DATABASE_URL", f"sqlite:///{tmp_path / 'plain.db'}"))
    shape = "flask serve" if kind == "sqlite" else f"{webs} webs, {workers} workers"
    header = ("", "answers/s", "at least", "p50 ms at 20/s", "p95 ms", "at most", "events")
    row = (shape, rate, LEAST[kind], percentile(waits, 50), percentile(waits, 95), MOST_WAIT_MS, load.sent)
    table(f"answered for {SECONDS:.0f} s, {kind}", header, [row, ("plain bot", plain, "-", "-", "-", "-", "-")])
    ours, all_of_it = used.of_those / rate * 1000, used.of_all / rate * 1000
    header = ("ours", "measuring, LINE and database", "busy of all processors")
    row = (ours, all_of_it - ours, used.of_all / (os.cpu_count() or 1))
    table(f"milliseconds of processor for an answer, {kind}", header, [row])


def _plain_rate(plant: Plant, line_url: str, database_url: str) -> float:
    """Answers a second of the plain bot, under the same load, on the same kind of database, with the same LINE."""
    environ = {**floor_environ(plant, database_url), "BENCH_LINE_URL": line_url}
    with serving("plain", environ) as port:
        load = Load(port, plant.secret, line_url)
        load.sent = load.answered  # LINE counts on from ours
        load.evenly(1, CALM_PER_SECOND)
        return load.as_fast_as_answered(min(SECONDS, 20.0))


def _settled(database: Database, since: object, wanted: int) -> list[float]:
    """Milliseconds from the receipt of each event to LINE's yes to its answer, by the database."""
    until, pause = time.monotonic() + PATIENCE_SECONDS, threading.Event()
    found = (
        select(InboxEvent.received_at, OutboxMessage.settled_at)
        .join(OutboxMessage, OutboxMessage.inbox_event_id == InboxEvent.id)
        .where(InboxEvent.received_at >= since, OutboxMessage.way == REPLY, OutboxMessage.state == ACCEPTED)
    )
    while True:
        with database.reading() as session:
            rows = session.execute(found).all()
        if len(rows) >= wanted:  # LINE knows of the last ones a moment before the database does
            return [(settled - received).total_seconds() * 1000 for received, settled in rows if settled is not None]
        assert time.monotonic() < until, f"{wanted} events, {len(rows)} answers settled"
        pause.wait(0.1)


@pytest.mark.timeout(7200)
def test_memory_does_not_grow_with_reports(tmp_path: Path) -> None:
    with _loaded(tmp_path / "plant", {}) as (load, plant, database):
        process = plant.serving[0].running
        assert process is not None
        rows: list[tuple[object, ...]] = [("at the start", 0, resident_memory_mb(process.pid), "-")]
        people, began = 0, time.monotonic()
        for half in (1, 2):
            made = _made(database)
            while made < half * REPORTS:  # some are asked whether theirs is a known one: then others report
                more = max((half * REPORTS - made) // REPORTS_EACH, 1)
                load.reports(plant.municipality, range(people, people + more), min(REPORTS_EACH, half * REPORTS - made))
                people += more
                assert _made(database) > made, "nobody's report became one"
                made = _made(database)
            rows.append((f"{time.monotonic() - began:.0f} s", made, resident_memory_mb(process.pid), MOST_MEMORY))
    table("memory of flask serve", ("after", "reports", "RSS MB", "at most"), rows)


def _made(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Report.id))) or 0
