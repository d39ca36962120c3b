"""The queue carries hints and nothing else; and on SQLite one process works."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from bot.database import make_engine
from bot.wakeups import Wakeups
from bot.worker.alone import Alone, AlreadyWorking
from tests.integration.engine_bed import Bed

#: For things that happen in milliseconds, on a machine that may be busy.
PATIENCE = 20.0


@pytest.fixture
def bed(queued_bed: Bed) -> Bed:
    return queued_bed


def test_hints_travel_as_json_and_never_as_code(bed: Bed) -> None:
    bed.parts.wakeups.wake("1:somebody")
    (stored,) = bed.parts.wakeups.open().storage.enqueued_items()
    assert json.loads(bytes(stored))[2] == ["1:somebody"]


def test_a_hint_reaches_whoever_performs_it(bed: Bed) -> None:
    done: list[str] = []
    bed.parts.wakeups.performs(work=done.append, act=lambda: done.append("effects"))
    bed.parts.wakeups.wake("1:somebody")
    bed.parts.wakeups.wake_effects()
    assert bed.parts.wakeups.waiting() == 2
    huey = bed.parts.wakeups.open()
    for _ in range(2):
        huey.execute(huey.dequeue())
    assert done == ["1:somebody", "effects"]


def test_without_a_queue_nothing_is_raised(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for url in (f"sqlite:///{tmp_path}", "postgresql://town:hunter2@127.0.0.1:9/bot"):
        Wakeups(url).wake("1:somebody")
    assert len(caplog.records) == 2
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize("torn_at", [0, 4096], ids=["its head", "its middle"])
def test_a_queue_that_power_loss_tore_is_begun_anew(tmp_path: Path, torn_at: int) -> None:
    path = tmp_path / "bot-queue.db"
    before = Wakeups(f"sqlite:///{path}")
    for number in range(500):
        before.wake(f"1:somebody-{number}")
    before.close()
    with path.open("r+b") as file:
        file.seek(torn_at)
        file.write(b"\x5a" * 20_000)
    after = Wakeups(f"sqlite:///{path}")
    after.wake("1:somebody")
    assert after.waiting() == 1
    huey = after.open()
    assert huey.dequeue().args == ("1:somebody",)
    after.close()


@pytest.mark.parametrize("begins", ["the database", "the queue", "whoever works alone"])
def test_whoever_makes_the_folder_of_the_database_closes_it_to_others(tmp_path: Path, begins: str) -> None:
    folder = tmp_path / "var"
    url = f"sqlite:///{folder}/bot.db"
    if begins == "the database":
        make_engine(url).dispose()
    elif begins == "the queue":
        queue = Wakeups(url)
        queue.open()
        queue.close()
    else:
        Alone(url).close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_one_process_works_on_an_sqlite_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    first = Alone(url)
    with pytest.raises(AlreadyWorking, match="SQLite has room for one"):
        Alone(url)
    first.close()
    Alone(url).close()


def test_the_lock_leaves_the_database_itself_alone(sqlite_url: str) -> None:
    lock = Alone(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0) as other:
        other.execute("create table free (id integer)")
    other.close()
    lock.close()
