"""The webhook: 200 only for what is committed, and a clear answer to everything else."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client import REGISTRY
from sqlalchemy import text
from werkzeug.test import TestResponse

from bot import clock, metrics
from bot.app import create_app
from bot.database import Database
from bot.inbox import Door, DoorBusy, unpack
from bot.line import events as line_events
from tests.integration.engine_bed import GROUP, NOK, POM, Bed, an_engine, body_of, event, no_slow_loads, signed


@pytest.fixture
def bed(quick_bed: Bed) -> Bed:
    return quick_bed


@pytest.fixture
def web(bed: Bed) -> FlaskClient:
    return create_app(bed.parts).test_client()


def post(web: FlaskClient, body: bytes, headers: dict[str, str] | None = None, town: str = "rangsit") -> TestResponse:
    return web.post(f"/line/{town}/webhook", data=body, headers=signed(body) if headers is None else headers)


def counted(result: str) -> float:
    return metrics.registry.get_sample_value("jaengmueang_events_total", {"result": result}) or 0


def test_an_event_is_kept_as_it_came_before_the_answer(bed: Bed, web: FlaskClient) -> None:
    body = body_of(event(1, message={"type": "text", "id": "501", "text": "น้ำแดง \u0000\ud83d"}))
    assert post(web, body).status_code == 200

    (kept,) = bed.events()
    assert kept.event_id == "01EVENT0000000000000000001"
    assert kept.lane_key == f"{bed.town_id}:{NOK}"
    assert kept.said == "501"
    assert kept.state == "new"
    assert json.loads(kept.body or b"")["message"]["text"] == "น้ำแดง \u0000\ud83d"
    assert not kept.is_redelivery


def test_its_words_can_be_read_although_postgresql_refuses_some_of_them(bed: Bed, web: FlaskClient) -> None:
    post(web, body_of(event(1, message={"type": "text", "id": "501", "text": "a\u0000b\ud83dc"})))
    heard = line_events.read(bed.events()[0].body or b"", b"k", "rangsit").input
    assert isinstance(heard, line_events.TextSaid)
    assert heard.text == "ab?c"


def test_an_event_delivered_twice_is_kept_once(bed: Bed, web: FlaskClient) -> None:
    again = event(1, deliveryContext={"isRedelivery": True})
    repeated = counted("repeated")
    for body in (body_of(event(1)), body_of(again), body_of(again, event(2), event(2))):
        assert post(web, body).status_code == 200
    assert [kept.event_id[-1] for kept in bed.events()] == ["1", "2"]
    assert counted("repeated") == repeated + 3


def test_an_event_without_an_id_is_known_again_by_what_it_says(bed: Bed, web: FlaskClient) -> None:
    at = clock.real_now()
    nameless = [
        event(1, at=at, webhookEventId=...),
        event(1, at=at, webhookEventId=..., deliveryContext={"isRedelivery": True}),
        event(1, at=at, webhookEventId={"odd": 1}, deliveryContext=...),
        event(2, at=at, webhookEventId=...),
    ]
    for one in nameless:
        assert post(web, body_of(one)).status_code == 200
    assert [kept.event_id[:7] for kept in bed.events()] == ["sha256:"] * 3  # the odd id is part of what it says


def test_a_body_may_hold_several_people_and_kinds(bed: Bed, web: FlaskClient) -> None:
    group = {"type": "group", "groupId": GROUP}
    body = body_of(
        event(1),
        event(2, user=POM),
        event(3, source=group),
        event(4, user=None, type="delivery", message=...),
        event(5, type="madeUpNextYear", message={"type": "hologram", "id": "9", "depth": 3}),
        event(6, mode="standby", replyToken=...),
    )
    assert post(web, body).status_code == 200
    lanes = [kept.lane_key.partition(":")[2] for kept in bed.events()]
    assert lanes == [NOK, POM, GROUP, "-", NOK, NOK]


def test_the_test_button_of_the_console_is_answered(bed: Bed, web: FlaskClient) -> None:
    assert post(web, body_of()).status_code == 200
    assert bed.events() == []


def test_entries_that_are_no_events_are_passed_over(bed: Bed, web: FlaskClient) -> None:
    ignored = counted("ignored")
    assert post(web, body_of(None, 7, "x", [event(9)], event(1))).status_code == 200
    assert len(bed.events()) == 1
    assert counted("ignored") == ignored + 4


def test_an_event_older_than_we_remember_is_refused_and_counted(bed: Bed, web: FlaskClient) -> None:
    too_old = counted("too_old")
    ages = [timedelta(days=401), timedelta(days=399)]
    body = body_of(*(event(number, at=clock.real_now() - age) for number, age in enumerate(ages)))
    assert post(web, body).status_code == 200
    assert len(bed.events()) == 1
    assert counted("too_old") == too_old + 1


@pytest.mark.parametrize("timestamp", [..., None, "soon", True, -5, 0, 1.5, 10**30, 4102444800000])
def test_a_time_that_cannot_be_becomes_the_moment_of_receiving(bed: Bed, web: FlaskClient, timestamp: Any) -> None:
    before = int(clock.real_now().timestamp() * 1000)
    assert post(web, body_of(event(1, timestamp=timestamp))).status_code == 200
    assert before <= bed.events()[0].occurred_at_ms <= before + 60_000


@pytest.mark.parametrize(
    "odd",
    [
        {"source": 7},
        {"source": {"userId": ["x"]}},
        {"source": {"userId": "U" * 500}},
        {"source": {"userId": "\u0000\ud800"}},
        {"message": "text"},
        {"message": {"id": 99}},
        {"message": {"id": "x" * 500, "type": "text"}},
        {"message": {"latitude": float("nan")}},
        {"webhookEventId": "\u0000" * 3},
        {"webhookEventId": "x" * 300},
        {"deliveryContext": "yes"},
        {"deep": [[[[[[[[[[1]]]]]]]]]]},
    ],
)
def test_an_odd_event_is_kept_all_the_same(bed: Bed, web: FlaskClient, odd: dict[str, Any]) -> None:
    assert post(web, body_of(event(1, **odd))).status_code == 200
    assert len(bed.events()) == 1
    line_events.read(bed.events()[0].body or b"", b"k", "rangsit")


def test_only_post_is_answered(bed: Bed, web: FlaskClient) -> None:
    assert web.get("/line/rangsit/webhook").status_code == 405


def test_many_at_the_same_time_are_all_kept(bed: Bed) -> None:
    app = create_app(bed.parts)
    statuses: list[int] = []

    def send(worker: int) -> None:
        web = app.test_client()
        for number in range(10):
            statuses.append(post(web, body_of(event(worker * 100 + number), event(7))).status_code)

    threads = [threading.Thread(target=send, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 80
    assert len(bed.events()) == 80  # 7 is one of the first worker's


def test_nothing_of_ours_stands_in_the_library_wide_metrics() -> None:
    assert REGISTRY.get_sample_value("jaengmueang_signature_failures_total") is None


# -- the database away, slow or full -----------------------------------------------------------


def test_without_its_tables_the_town_is_not_answered_for(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_slow_loads(monkeypatch)
    with an_engine(empty_database_url, tmp_path, with_town=False) as bed:
        answer = post(create_app(bed.parts).test_client(), body_of(event(1)))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_when_the_database_refuses_it_is_never_200(bed: Bed, web: FlaskClient) -> None:
    assert post(web, body_of(event(1))).status_code == 200
    with bed.database.transaction() as session:
        session.execute(text("alter table inbox_events rename to gone"))
    assert post(web, body_of(event(2))).status_code == 503


def test_a_slow_database_is_waited_for_only_as_long_as_line_waits(
    bed: Bed, web: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    door = Door(_Stuck(bed.database, goes_on), patience_seconds=0.2)  # type: ignore[arg-type]
    bed.parts.door = door
    web = create_app(bed.parts).test_client()
    try:
        assert post(web, body_of(event(1))).status_code == 503
        while not door._is_stuck():  # the commit began a moment after the first began to wait for it
            threading.Event().wait(0.01)
        assert post(web, body_of(event(2))).status_code == 503
        assert not door._queue, "the second did not wait: the first proved enough"
    finally:
        goes_on.set()
        door.close()
    # What was on its way when we gave up is kept nevertheless; LINE's repeat of it will be ignored.
    assert [kept.event_id[-1] for kept in bed.events()] == ["1"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_committing_thread_that_ended_is_replaced(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(bed.database, patience_seconds=0.3)
    events = unpack(body_of(event(1)), bed.town_id, clock.real_now()).events

    def broken(**_how: object) -> object:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(bed.database, "transaction", broken)
        with pytest.raises(DoorBusy):
            door.keep(events)
    assert door.keep(events) == 1
    door.close()


def test_only_so_many_wait_at_the_door(bed: Bed) -> None:
    goes_on = threading.Event()
    door = Door(_Stuck(bed.database, goes_on), patience_seconds=20, most_waiting=3)  # type: ignore[arg-type]
    bed.parts.door = door
    app = create_app(bed.parts)
    statuses: list[int] = []

    def send(number: int) -> None:
        statuses.append(post(app.test_client(), body_of(event(number))).status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    while len(statuses) < 3:  # those who are sent away come back at once
        threading.Event().wait(0.01)
    assert statuses == [503] * 3
    goes_on.set()
    for thread in threads:
        thread.join()
    door.close()
    assert sorted(statuses) == [200] * 3 + [503] * 3
    assert len(bed.events()) == 3


class _Stuck:
    """A database whose next commit waits until somebody says so."""

    def __init__(self, database: Database, goes_on: threading.Event) -> None:
        self._database = database
        self._goes_on = goes_on

    def transaction(self, **options: Any) -> Any:
        assert self._goes_on.wait(30)
        return self._database.transaction(**options)
