"""From an event to its answer at LINE: how long when idle, and how many a second, beside the plain bot."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.simulator import Person
from tests.benchmarks.bench import floor_environ, percentile, serving, table
from tests.chaos.plant import Plant

HEADER = ("who", "LINE ms", "idle p50 ms", "idle p95 ms", "events/s", "p50 in a burst ms", "p95 in a burst ms")
WORDS = ("ไฟถนนดับทั้งซอย", "ขยะไม่มาเก็บสามวันแล้ว", "น้ำประปาเป็นสีแดง", "ถนนเป็นหลุมลึกมาก")
IDLE, BURST, PEOPLE, AT_ONCE = 25, 240, 40, 8


def _answered(person: Person, words: str, within: float = 60.0) -> float:
    """Milliseconds from LINE's delivery to the bot's answer at LINE."""
    mark = person.mark()
    began = time.perf_counter()
    person.sends(words)
    person.sees("", since=mark, within=within)
    return (time.perf_counter() - began) * 1000


def _measure(plant: Plant, who: str, line_ms: int) -> tuple[object, ...]:
    assert plant.town is not None
    plant.line.recovers()
    if line_ms:
        plant.line.fails("*", "stall_after", times=None, seconds=line_ms / 1000)
    people = [plant.town.person(f"{who} {line_ms} {number}") for number in range(PEOPLE)]
    for person in people:  # everybody is known: no profile is fetched while it is measured
        _answered(person, "สวัสดี")
    _quiet()
    idle = []
    for number in range(IDLE):
        idle.append(_answered(people[number % PEOPLE], WORDS[number % 4]))
        _quiet(0.02)
    began = time.perf_counter()

    def talk(person: Person) -> list[float]:
        return [_answered(person, WORDS[number % 4]) for number in range(BURST // PEOPLE)]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = [each for times in pool.map(talk, people) for each in times]
    rate = len(taken) / (time.perf_counter() - began)
    spread = [percentile(times, which) for times in (idle, taken) for which in (50, 95)]
    return (who, line_ms, *spread[:2], rate, *spread[2:])


def _quiet(seconds: float = 1.0) -> None:
    """Nobody does anything for a moment."""
    threading.Event().wait(seconds)


def _rows(plant: Plant, who: str) -> list[tuple[object, ...]]:
    return [_measure(plant, who, line_ms) for line_ms in (0, 100)]


def test_answers_on_sqlite_beside_the_plain_bot(tmp_path: Path) -> None:
    with Plant(tmp_path / "plant", hold_seconds=0) as plant:
        plant.set_up()
        rows = _rows(plant, "flask serve")
        plant.serving[0].stop()
        with serving("plain", floor_environ(plant, f"sqlite:///{tmp_path / 'plain.db'}")) as plain:
            assert plant.town is not None
            plant.town.set(webhook=f"http://127.0.0.1:{plain}/line/rangsit/webhook")
            rows += _rows(plant, "plain bot")
    table("event to answer, SQLite", HEADER, rows)


def test_answers_on_postgresql_with_three_workers(tmp_path: Path, postgresql_url: str) -> None:
    settings = {"DATABASE_URL": postgresql_url}
    with Plant(tmp_path / "plant", environ=settings, webs=2, workers=3, hold_seconds=0) as plant:
        plant.set_up()
        table("event to answer, PostgreSQL, 2 webs and 3 workers", HEADER, _rows(plant, "ours"))
