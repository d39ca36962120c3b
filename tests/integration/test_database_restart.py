"""PostgreSQL crashes and comes back: 503 meanwhile, then everything goes on by itself."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot import clock
from bot.app import create_app
from bot.database import migrate
from bot.wakeups import Wakeups
from bot.worker import Worker, make_engine
from models.outbox import ACCEPTED
from tests import databases
from tests.integration.engine_bed import an_engine, body_of, event, no_slow_loads, signed
from tests.integration.test_worker_threads import answers, until


def test_a_crash_of_postgresql_costs_time_and_nothing_else(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_slow_loads(monkeypatch)
    programs = databases.server_programs()
    assert programs is not None
    server = databases.PostgresServer(programs, fsync="on")
    try:
        server.start()
        with databases.connect(server.url()) as connection:
            connection.execute("create database town")
        migrate(server.url("town"))
        with an_engine(server.url("town"), tmp_path) as bed:
            bed.parts.wakeups = Wakeups(server.url("town"))
            made = make_engine(bed.parts)
            engine = dataclasses.replace(
                made, dispatch=answers, delivery=bed.delivery(), timers=(), cannot_work=lambda: None
            )
            working = Worker(engine, threads=2)
            working.start()
            web = create_app(bed.parts).test_client()

            def post(number: int) -> int:
                body = body_of(event(number, user=f"U{number:032x}"))
                return web.post("/line/rangsit/webhook", data=body, headers=signed(body)).status_code

            assert post(1) == 200
            until(lambda: [row.state for row in bed.messages()] == [ACCEPTED])

            server.stop(like_a_crash=True)
            started = clock.real_now()
            assert post(2) == 503
            assert (clock.real_now() - started).total_seconds() < 2
            assert web.get("/health/live").status_code == 200
            assert web.get("/health/ready").status_code == 503

            server.start()
            until(lambda: post(2) == 200)
            until(lambda: bed.said() == ["words 1", "words 2"])
            assert working.stop()
            bed.parts.wakeups.close()
    finally:
        server.remove()
