"""A machine whose clock is hours off works by the database's clock, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock, lanes
from bot.app import create_app, make_effects
from bot.database import server_now
from bot.effects import CLAIM
from bot.inbox import drain, keep, unpack
from bot.worker import make_engine
from models import Effect
from models.effect import DONE, FETCH_PROFILE
from models.outbox import ACCEPTED
from tests.integration.engine_bed import NOK, Bed, an_engine, body_of, event, no_slow_loads, signed
from tests.unit.line_fake import Says

machine_now = clock.machine_now


@pytest.fixture(params=[2, -2], ids=["two hours ahead", "two hours behind"])
def bed(postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bed]:
    """A process on a machine that is hours off; its tables were made at the right time."""
    monkeypatch.setattr(clock, "_wrong_by", timedelta())
    with an_engine(postgresql_url, tmp_path) as made:
        yield made


@pytest.fixture
def jumps(request: pytest.FixtureRequest, bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = request.node.callspec.params["bed"]
    monkeypatch.setattr(clock, "machine_now", lambda: machine_now() + timedelta(hours=hours))


def is_right() -> bool:
    return abs(clock.real_now() - machine_now()) < timedelta(seconds=3)


def test_the_databases_clock_is_believed_rather_than_the_machines(
    bed: Bed, jumps: None, caplog: pytest.LogCaptureFixture
) -> None:
    assert not is_right()
    with bed.database.reading() as session:
        server_now(session)
    assert is_right()
    assert "clock is" in caplog.text


def test_a_clock_that_is_put_right_again_is_believed_again(
    bed: Bed, jumps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        with bed.database.reading() as session:
            server_now(session)
        assert is_right()
        monkeypatch.setattr(clock, "machine_now", machine_now)


def test_a_slow_answer_of_the_database_moves_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_wrong_by", timedelta())
    clock.hear(machine_now() - timedelta(seconds=8), age=timedelta(seconds=9))
    assert clock._wrong_by == timedelta()


def test_a_clock_that_is_hours_off_is_put_right_even_by_a_slow_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_wrong_by", timedelta())
    clock.hear(machine_now() - timedelta(hours=2), age=timedelta(seconds=9))
    assert clock._wrong_by < timedelta(hours=-1.9)


def test_an_answer_is_sent_in_time_by_whatever_clock(bed: Bed, jumps: None) -> None:
    with lanes.held(bed.database, f"{bed.town_id}:{NOK}", "before"):
        pass  # whoever works takes a lane first, and with it the time
    number = bed.reply("sent")
    assert bed.deliver() == 1
    assert bed.message(number).state == ACCEPTED


def test_the_first_event_of_a_process_is_received_at_the_databases_moment(
    bed: Bed, jumps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_slow_loads(monkeypatch)
    body = body_of(event(1, at=machine_now()))
    web = create_app(bed.parts).test_client()
    assert web.post("/line/rangsit/webhook", data=body, headers=signed(body)).status_code == 200
    (kept,) = bed.events()
    assert abs(kept.received_at - machine_now()) < timedelta(seconds=3)


def test_what_is_due_is_looked_for_by_the_databases_clock(bed: Bed, jumps: None) -> None:
    looked_at = []
    make_engine(bed.parts).look(lambda _database, now: looked_at.append(now))
    assert abs(looked_at[0] - machine_now()) < timedelta(seconds=3)


def test_a_claim_of_an_effect_ends_for_everybody_at_the_same_time(bed: Bed, jumps: None) -> None:
    bed.line.says(Says(200, {"userId": NOK, "displayName": "x"}))
    person = bed.resident()
    with bed.database.transaction() as session:
        now = server_now(session)
        session.add(
            Effect(
                municipality_id=bed.town_id, key="p", kind=FETCH_PROFILE, payload={"resident_id": person.id},
                resident_id=person.id, created_at=now, next_at=now,
            )
        )  # fmt: skip
    assert make_effects(bed.parts, "tester").perform_due() == 1
    done = bed.rows(Effect)[0]
    assert done.state == DONE
    assert done.settled_at is not None
    assert abs(done.settled_at - machine_now()) < CLAIM



def test_an_event_is_handled_at_the_databases_moment_even_before_the_clock_is_set_right(
    bed: Bed, jumps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "hear", lambda *heard: None)
    with bed.database.transaction() as session:
        keep(session, unpack(body_of(event(1, at=machine_now())), bed.town_id, machine_now()).events)
    assert drain(bed.database, f"{bed.town_id}:{NOK}", lambda session, heard: None, "w") == 1
    (handled,) = bed.events()
    assert handled.handled_at is not None
    assert abs(handled.handled_at - machine_now()) < timedelta(seconds=3)
