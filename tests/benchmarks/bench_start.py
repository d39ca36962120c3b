"""How soon work begins when nothing else is to do, how soon a started process is there, and what it takes."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from bot import clock
from bot.database import Database
from models import InboxEvent
from models.inbox import DONE
from tests.benchmarks.bench import answers, percentile, resident_memory_mb, table
from tests.chaos.plant import Plant


def _until_handled(plant: Plant) -> list[float]:
    """Milliseconds from an event's receipt to its handling's beginning, by the database."""
    assert plant.town is not None
    nobody = plant.town.person("นก")
    nobody.sends("สวัสดี")
    nobody.sees("")
    for _ in range(30):
        threading.Event().wait(0.3)
        mark = nobody.mark()
        nobody.sends("สวัสดี")
        nobody.sees("", since=mark)
    database = Database(plant.settings()["DATABASE_URL"])
    with database.reading() as session:
        rows = session.query(InboxEvent.received_at, InboxEvent.handled_at).filter(InboxEvent.state == DONE).all()
    database.close()
    return [(handled - received).total_seconds() * 1000 for received, handled in rows[1:] if handled]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_idle_worker_notices(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    given = {"DATABASE_URL": request.getfixturevalue("postgresql_url")} if kind == "postgresql" else {}
    shape = (2, 3) if given else (0, 0)
    with Plant(tmp_path / "plant", environ=given, webs=shape[0], workers=shape[1], hold_seconds=0) as plant:
        plant.set_up()
        taken = _until_handled(plant)
    title = f"from receiving an event to its worker reading it, idle, {kind} (with the commit before the 200)"
    table(title, ("p50 ms", "p95 ms", "events"), [(percentile(taken, 50), percentile(taken, 95), len(taken))])


def test_a_cold_start(tmp_path: Path) -> None:
    rows = []
    with Plant(tmp_path / "plant", hold_seconds=0) as plant:
        plant.set_up()
        for _ in range(3):
            plant.serving[0].kill()
            began = time.monotonic()
            plant.serving[0].start()
            live = answers(plant.port, "/health/live")
            answers(plant.port, "/health/ready", status=200)
            ready = time.monotonic() - began
            process = plant.serving[0].running
            assert process is not None
            rows.append((live, ready, resident_memory_mb(process.pid)))
        rows.append(_after_reports(plant))
    table("flask serve from nothing; the last row after 200 reports", ("live s", "ready s", "RSS MB"), rows)


def _after_reports(plant: Plant) -> tuple[str, str, float]:
    assert plant.town is not None
    began = clock.real_now()
    for number in range(20):
        person = plant.town.person(f"ผู้แจ้ง {number}")
        for _ in range(10):
            person.sends("ไฟถนนดับทั้งซอย")
    person.sees("", within=60)
    process = plant.serving[0].running
    assert process is not None
    return ("-", f"{(clock.real_now() - began).total_seconds():.1f} of work", resident_memory_mb(process.pid))
