"""Live at once, ready when work can be done, and counted without naming anybody."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bot import clock, inbox, metrics, stuck
from bot.app import create_app
from bot.cli.stage import ROOT
from bot.database import migrate
from bot.delivery import month_of
from bot.inbox import unpack
from models import InboxEvent, QuotaMonth
from models.outbox import UNCERTAIN, WITHDRAWN
from tests.integration.engine_bed import NOK, Bed, a_town, an_engine, body_of, event, no_slow_loads


@pytest.fixture
def bed(quick_bed: Bed) -> Bed:
    return quick_bed


def ready(web: FlaskClient) -> tuple[int, str]:
    answer = web.get("/health/ready")
    return answer.status_code, answer.text.strip()


def when_loaded(bed: Bed) -> FlaskClient:
    web = create_app(bed.parts).test_client()
    assert bed.parts._loaded.wait(10)
    return web


def test_it_becomes_ready_step_by_step_and_says_what_is_missing(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_slow_loads(monkeypatch)
    with an_engine(empty_database_url, tmp_path, with_town=False) as bed:
        web = when_loaded(bed)
        assert web.get("/health/live").status_code == 200
        assert ready(web) == (503, "the database has no schema: run `flask migrate`")
        migrate(empty_database_url)
        assert ready(web) == (503, "no municipality is imported: run `flask municipality import NAME`")
        with bed.database.transaction() as session:
            a_town(session)
        assert ready(web) == (200, "ready")


def test_it_is_live_but_not_ready_while_dictionaries_load(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr("bot.app.SLOW_LOADS", (lambda: goes_on.wait(10),))
    web = create_app(bed.parts).test_client()
    assert web.get("/health/live").status_code == 200
    assert ready(web) == (503, "still loading")
    goes_on.set()
    assert bed.parts._loaded.wait(10)
    assert ready(web) == (200, "ready")


def test_without_its_database_it_is_live_but_not_ready_and_names_no_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_slow_loads(monkeypatch)
    nobody = "postgresql+psycopg://town:hunter2@127.0.0.1:9/bot"
    with an_engine(nobody, tmp_path, with_town=False) as bed:
        web = when_loaded(bed)
        assert web.get("/health/live").status_code == 200
        assert ready(web) == (503, "the database does not answer")
        assert web.get("/metrics").status_code == 200


def test_what_waits_is_counted_and_nobody_is_named(bed: Bed) -> None:
    with bed.database.transaction() as session:
        inbox.keep(session, unpack(body_of(event(1), event(2)), bed.town_id, clock.real_now()).events)
    bed.change(bed.reply("hello"), state=UNCERTAIN)
    bed.change(bed.reply("bye"), state=WITHDRAWN, last_problem=f"{stuck.OUTCOME_UNKNOWN} when its words were unsent")
    bed.change(bed.reply("blocked"), state=WITHDRAWN, last_problem="blocked")
    text = when_loaded(bed).get("/metrics").text
    assert 'jaengmueang_depth{kind="event",state="new"} 2.0' in text
    assert 'jaengmueang_depth{kind="message",state="uncertain"} 2.0' in text
    assert 'jaengmueang_depth{kind="effect",state="wanted"} 0.0' in text
    assert "jaengmueang_signature_failures_total" in text
    assert NOK not in text
    age = metrics.registry.get_sample_value("jaengmueang_oldest_waiting_seconds")
    assert age is not None
    assert 0 <= age < 60


def test_what_may_still_be_pushed_is_counted_by_municipality(bed: Bed) -> None:
    month = month_of(clock.real_now(), "Asia/Bangkok")
    with bed.database.transaction() as session:
        session.add(
            QuotaMonth(
                municipality_id=bed.town_id, month=month, allowed=300, used_at_line=120, read_at=clock.real_now()
            )
        )
    assert 'jaengmueang_quota_left{municipality="rangsit"} 180.0' in when_loaded(bed).get("/metrics").text


def test_nothing_is_said_of_a_plan_whose_month_is_over_or_that_has_no_limit(
    bed: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    web, left = when_loaded(bed), 'jaengmueang_quota_left{municipality="rangsit"}'
    plan = {"municipality_id": bed.town_id, "used_at_line": 120, "read_at": clock.real_now()}
    for months_later, (allowed, told) in enumerate(((300, "180.0"), (None, "NaN"), (300, "180.0"))):
        moment = clock.real_now() + timedelta(days=31 * months_later)
        with bed.database.transaction() as session:
            session.add(QuotaMonth(month=month_of(moment, "Asia/Bangkok"), allowed=allowed, **plan))
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert f"{left} {told}" in web.get("/metrics").text
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(days=31))
    assert f"{left} NaN" in web.get("/metrics").text, "LINE has told nothing of this month yet"


def test_an_events_wait_ends_when_it_is_handled_and_an_answers_when_line_has_it(bed: Bed) -> None:
    names = ("event_lag_seconds_sum", "answer_lag_seconds_sum", "answer_lag_seconds_count")

    def counted() -> list[float]:
        return [metrics.registry.get_sample_value(f"jaengmueang_{name}") or 0.0 for name in names]

    before = counted()
    with bed.database.transaction() as session:
        inbox.keep(session, unpack(body_of(event(1)), bed.town_id, clock.real_now()).events)

    def takes_its_time(_session: Session, _event: InboxEvent) -> None:
        threading.Event().wait(0.2)

    inbox.drain(bed.database, f"{bed.town_id}:{NOK}", takes_its_time, "w")
    bed.reply("heard seven seconds ago", age=7)
    bed.push(bed.resident())
    bed.deliver()
    handled, answered, answers = (now - then for now, then in zip(counted(), before, strict=True))
    assert handled >= 0.2
    assert (7 <= answered < 60, answers) == (True, 1)


def test_every_process_answers_for_all_that_count_into_the_same_folder(tmp_path: Path) -> None:
    counts = "from bot import metrics as m; m.events.labels('kept').inc(); m.depth.labels('event', 'new').set({})"
    tells = "; print(m.text().decode())"
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "counted")}
    for number in (5, 7):
        last = subprocess.run(
            [sys.executable, "-c", counts.format(number) + tells],
            env=environ, cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert 'jaengmueang_events_total{result="kept"} 2.0' in last.stdout
    assert 'jaengmueang_depth{kind="event",state="new"} 7.0' in last.stdout  # of the database: the newest, no sum
