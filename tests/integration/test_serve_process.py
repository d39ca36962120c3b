"""The real processes: what they say when they cannot start, how they end, and what a kill -9 costs (nothing)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from bot import clock, profiles, towns
from bot.database import Database
from models import InboxEvent, OutboxMessage
from models.inbox import DONE
from models.outbox import ACCEPTED
from tests.databases import _free_port
from tests.integration.engine_bed import body_of, event, settings_for, signed
from tests.unit.line_fake import Asked, FakeLine, Says, fake_line

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def until(holds: Callable[[], bool]) -> None:
    ends_at = clock.real_now() + timedelta(seconds=PATIENCE)
    while not holds():
        assert clock.real_now() < ends_at, "it did not happen"
        threading.Event().wait(0.02)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip


@dataclass
class Town:
    """A town whose processes a test starts, kills and stops."""

    url: str
    line: FakeLine
    environment: dict[str, str]
    port: int
    log: IO[bytes]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log
        )
        self.processes.append(process)
        return process

    def serve(self) -> subprocess.Popen[bytes]:
        process = self.start("flask", "serve", "--port", str(self.port))
        until(self.is_ready)
        return process

    def is_ready(self) -> bool:
        assert all(process.poll() in (None, -signal.SIGKILL, 0) for process in self.processes), self.said()
        try:
            with urlopen(f"{self.address}/health/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (HTTPError, URLError, OSError):
            return False

    def post(self, number: int, user: str) -> bool:
        """Deliver an event as LINE would; whether it was acknowledged."""
        body = body_of(event(number, user=user))
        request = Request(f"{self.address}/line/rangsit/webhook", data=body, headers=signed(body))
        try:
            with urlopen(request, timeout=5) as answer:
                return bool(answer.status == 200)
        except (HTTPError, URLError, OSError):
            return False

    def said(self) -> str:
        return Path(self.log.name).read_text()

    def database(self) -> Database:
        return Database(self.url)


@contextmanager
def a_town(url: str, tmp_path: Path) -> Iterator[Town]:
    with fake_line() as line, (tmp_path / "log").open("ab") as log:
        database = Database(url)
        with database.transaction() as session:
            towns.import_profile(session, profiles.load("rangsit"), clock.real_now())
        database.close()
        settings = dict(settings_for(url, line.url, tmp_path).values)
        if not url.startswith("sqlite"):
            del settings["QUEUE_URL"]
        town = Town(url, line, {**os.environ, **settings}, _free_port(), log)
        try:
            yield town
        finally:
            for process in town.processes:
                process.kill()
                process.wait()


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    with a_town(database_url, tmp_path) as made:
        yield made


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_every_problem_of_the_settings_is_said_at_once(command: str) -> None:
    done = run(command, SECRET_KEY="short", DATABASE_URL="mysql://x", WORKER_THREADS="many", CLOCK_FILE="x")
    assert done.returncode == 2
    assert done.stdout == ""
    for name in ("SECRET_KEY", "DATABASE_URL", "WORKER_THREADS", "CLOCK_FILE"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_help_needs_no_settings_and_makes_nothing(tmp_path: Path) -> None:
    unset = dict.fromkeys(("SECRET_KEY", "LINE_CHANNEL_SECRET"), "")
    made = {"DATABASE_URL": f"sqlite:///{tmp_path}/made/bot.db", "MEDIA_URL": f"file:{tmp_path}/made/media"}
    for asked in ([], ["doctor"], ["menus", "deploy"]):
        done = run(*asked, "--help", **unset, **made)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Usage:" in done.stdout
    assert run("--help", **{**unset, **made, "SECRET_KEY": "k" * 32}).returncode == 0
    assert not (tmp_path / "made").exists()


def test_a_command_nobody_knows_is_said_without_a_word_of_settings() -> None:
    done = run("doktor", SECRET_KEY="")
    assert done.returncode == 2
    assert "No such command 'doktor'" in done.stderr
    assert "SECRET_KEY" not in done.stderr


def test_a_command_of_flask_that_needs_the_application_says_what_is_missing() -> None:
    done = run("routes", SECRET_KEY="")
    assert done.returncode != 0
    assert "SECRET_KEY is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_needs_no_secret_and_can_be_repeated(empty_database_url: str) -> None:
    for _ in range(2):
        done = run("migrate", DATABASE_URL=empty_database_url)
        assert (done.returncode, done.stdout) == (0, "")


def test_a_database_that_is_not_there_is_told_without_its_password() -> None:
    done = run("migrate", DATABASE_URL="postgresql+psycopg://town:hunter2@127.0.0.1:9/bot")
    assert done.returncode == 1
    assert "could not be migrated" in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told(sqlite_url: str, tmp_path: Path) -> None:
    with fake_line() as line:
        taken = line.url.rpartition(":")[2]
        settings = dict(settings_for(sqlite_url, line.url, tmp_path).values)
        done = run("serve", "--port", taken, **settings)
    assert done.returncode == 1
    assert "cannot listen" in done.stderr
    assert "is it running already?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_host_that_nobody_knows_is_told(sqlite_url: str, tmp_path: Path) -> None:
    settings = dict(settings_for(sqlite_url, "http://127.0.0.1:9", tmp_path).values)
    done = run("serve", "--host", "nobody.invalid", **settings)
    assert done.returncode == 1
    assert "cannot listen on nobody.invalid:8000: nobody knows that host" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_and_ends_in_order(sqlite_url: str, tmp_path: Path, ending: signal.Signals) -> None:
    with a_town(sqlite_url, tmp_path) as town:
        process = town.serve()
        second = run("serve", "--port", "0", **{name: town.environment[name] for name in settings_of(town)})
        assert second.returncode == 1
        assert "SQLite has room for one" in second.stderr

        assert town.post(1, "U" + "1" * 32)
        until(lambda: len(replies(town)) == 1)
        process.send_signal(ending)
        assert process.wait(10) == 0
        assert "Traceback" not in town.said()
        assert "words 1" not in town.said()
        assert "U" + "1" * 32 not in town.said()


def settings_of(town: Town) -> list[str]:
    return list(settings_for(town.url, "", Path()).values)


def replies(town: Town) -> list[str]:
    return [asked.json["replyToken"] for asked in town.line.asked if asked.path == "/v2/bot/message/reply"]


def test_web_and_workers_can_be_two_processes(postgresql_url: str, tmp_path: Path) -> None:
    with a_town(postgresql_url, tmp_path) as town:
        web = town.start("gunicorn", "--bind", f"127.0.0.1:{town.port}", "--threads", "4", "wsgi:app")
        until(town.is_ready)
        assert town.post(1, "U" + "1" * 32)
        assert replies(town) == []
        workers = town.start("flask", "worker", "--threads", "2")
        until(lambda: len(replies(town)) == 1)
        assert town.post(2, "U" + "2" * 32)
        until(lambda: len(replies(town)) == 2)
        for process in (web, workers):
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0


@pytest.mark.parametrize("kills", [1, pytest.param(5, marks=pytest.mark.long)])
def test_no_acknowledged_event_is_lost_and_no_reply_doubled_by_a_kill(town: Town, kills: int) -> None:
    """Killed while people write; LINE then delivers again what was not acknowledged."""
    line = _OneReplyPerToken()
    town.line.script = line
    acknowledged: set[int] = set()

    def people_write() -> None:
        for number in range(1, 10_000):
            while not town.post(number, f"U{number % 7:032x}"):  # LINE delivers again what was not acknowledged
                if stopped.wait(0.05):
                    return
            acknowledged.add(number)
            if stopped.is_set():
                return

    process, stopped = town.serve(), threading.Event()
    writer = threading.Thread(target=people_write)
    writer.start()
    for enough in range(12, 12 * kills + 1, 12):
        until(lambda enough=enough: len(acknowledged) >= enough)
        process.kill()
        process.wait()
        process = town.serve()
    until(lambda: len(acknowledged) >= 12 * kills + 12)
    stopped.set()
    writer.join()

    database = town.database()

    def all_settled() -> bool:
        with database.reading() as session:
            left = session.query(InboxEvent).filter(InboxEvent.state != DONE).count()
            return not left and not session.query(OutboxMessage).filter(OutboxMessage.settled_at.is_(None)).count()

    until(all_settled)
    with database.reading() as session:
        events = {row.event_id for row in session.query(InboxEvent)}
        answered = [row.inbox_event_id for row in session.query(OutboxMessage).filter_by(way="reply")]
        states = {row.state for row in session.query(OutboxMessage)}
    database.close()
    assert {f"01EVENT{number:019d}" for number in acknowledged} <= events
    assert len(answered) == len(set(answered)) == len(events), "each event was handled once"
    assert states == {ACCEPTED}
    assert line.doubled == [], "and no person heard an answer twice"


class _OneReplyPerToken:
    """A LINE that takes each reply token once, as the real one does."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.doubled: list[str] = []

    def __call__(self, asked: Asked) -> Says:
        if asked.path == "/v2/bot/message/push":
            self.doubled.append("a push, though every token was young")
        if asked.path != "/v2/bot/message/reply":
            return Says(200, {"displayName": "x", "type": "none", "aliases": []})
        token = asked.json["replyToken"]
        if token in self.used:
            return Says(400, {"message": "Invalid reply token"})
        self.used.add(token)
        return Says()
