"""Nothing lost, nothing twice, in order, and everything that could not be done is listed: counted after the chaos."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest

from bot.database import Database
from tests import databases
from tests.chaos import reckoning
from tests.chaos.crowd import Crowd
from tests.chaos.plant import Plant
from tests.chaos.saboteur import Saboteur, trouble_line

#: Fewer prove little; the crowd means to send some 5,600.
ENOUGH_EVENTS = 5_000


@dataclass(frozen=True, kw_only=True)
class Day:
    """How many people, for how long, and how hard it is for them."""

    residents: int
    reports: int  # of each resident, unless it is over before
    at_once: int  # residents at the same time
    seconds: float
    pause_between_seconds: float = 0.05
    lock_seconds: float = 2.0
    pause_seconds: float = 5.0  # of a worker
    settles_within_seconds: float = 60.0
    seed: int = 1


def play(plant: Plant, day: Day, server: databases.PostgresServer | None = None) -> reckoning.Count:
    """Let people use the bot while it is hurt; give the count, and print it."""
    plant.set_up()
    crowd = Crowd(plant, day.seed)
    crowd.town.set(doubled_share=0.2)
    saboteur = Saboteur(plant, crowd, day.seed, server, day.lock_seconds, day.pause_seconds)
    trouble_line(plant.line)
    is_over, everybody_left = threading.Event(), threading.Event()
    officers = [
        threading.Thread(target=crowd.officer, args=(name, plant.invite(), is_over)) for name in ("สมชาย", "มาลี")
    ]
    trouble = threading.Thread(target=saboteur.run, args=(everybody_left,))
    for thread in (*officers, trouble):
        thread.start()
    end = threading.Timer(day.seconds, is_over.set)
    end.start()
    began = time.monotonic()
    with ThreadPoolExecutor(day.at_once) as pool:
        days = [
            pool.submit(crowd.resident, number, day.reports, is_over, day.pause_between_seconds)
            for number in range(day.residents)
        ]
    end.cancel()
    is_over.set()
    for thread in officers:
        thread.join()
    everybody_left.set()
    trouble.join()
    for one in days:
        one.result()
    lasted = time.monotonic() - began
    plant.line.recovers()
    crowd.town.set(doubled_share=0.0)
    return _count_up(plant, crowd, saboteur, lasted, day.settles_within_seconds)


def _count_up(
    plant: Plant, crowd: Crowd, saboteur: Saboteur, lasted: float, settles_within: float
) -> reckoning.Count:
    database = Database(plant.settings()["DATABASE_URL"])
    began = time.monotonic()
    try:
        try:
            reckoning.settle(database, plant, settles_within)
        finally:
            counted = reckoning.count(plant, crowd, database)
            settled = time.monotonic() - began
            rows = {"went wrong": ", ".join(f"{number} x {name}" for name, number in sorted(saboteur.done.items()))}
            rows |= {"seconds": f"{lasted:.0f} and {settled:.0f} to settle", "people": str(len(crowd.people))}
            rows |= {"deliveries": str(len(crowd.acknowledged)), "calls to LINE": str(len(plant.line.calls()))}
            rows |= {name.replace("_", " "): str(number) for name, number in asdict(counted).items()}
            sys.stdout.write("\n" + "\n".join(f"{name:<20}{said:>12}" for name, said in rows.items()) + "\n")
    finally:
        database.close()
    return counted


SHORT = Day(residents=16, reports=40, at_once=8, seconds=9, pause_between_seconds=0.2, lock_seconds=1.5)
LONG = Day(
    residents=200,
    reports=8,
    at_once=32,
    seconds=420,
    lock_seconds=20,
    pause_seconds=5,
    settles_within_seconds=240,
)


def test_ten_seconds_of_chaos_on_sqlite_lose_and_double_nothing(tmp_path: Path) -> None:
    with Plant(tmp_path / "plant") as plant:
        counted = play(plant, SHORT)
    assert counted.wrong == {}
    assert counted.tickets > 10


@pytest.fixture
def own_server(postgresql: str) -> Iterator[databases.PostgresServer]:
    """A PostgreSQL that may crash without anybody else's tests, and that keeps what it committed."""
    programs = databases.server_programs()
    assert programs is not None
    server = databases.PostgresServer(programs, fsync="on", full_page_writes="on")
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1])
def test_chaos_on_sqlite_loses_and_doubles_nothing(tmp_path: Path, seed: int) -> None:
    with Plant(tmp_path / "plant") as plant:
        counted = play(plant, replace(LONG, seed=seed))
    assert counted.wrong == {}
    assert counted.acknowledged >= ENOUGH_EVENTS


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1])
def test_chaos_on_postgresql_loses_and_doubles_nothing(
    own_server: databases.PostgresServer, tmp_path: Path, seed: int
) -> None:
    with Plant(tmp_path / "plant", environ={"DATABASE_URL": own_server.url()}, webs=2, workers=3) as plant:
        counted = play(plant, replace(LONG, seed=seed), own_server)
    assert counted.wrong == {}
    assert counted.acknowledged >= ENOUGH_EVENTS
