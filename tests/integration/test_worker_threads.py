"""The workers of a process: told by hints, and without them; busy with one chat, and free for all others."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot import clock, inbox, outbox, worker
from bot.app import create_app
from bot.database import Database
from bot.inbox import unpack
from bot.replies import Say
from bot.worker import Engine, Worker, make_engine
from models import InboxEvent
from models.inbox import DONE, NEW
from models.outbox import ACCEPTED, SENDING
from tests.integration.effects_bed import noting_effects, wish
from tests.integration.engine_bed import BROKEN, NOK, POM, Bed, body_of, event, signed
from tests.unit.line_fake import Asked, Says

#: For things that happen in milliseconds, on a machine that may be busy.
PATIENCE = 20.0


@pytest.fixture
def bed(queued_bed: Bed) -> Bed:
    return queued_bed


def until(holds: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    ends_at = clock.real_now() + timedelta(seconds=PATIENCE)
    while not holds():
        assert clock.real_now() < ends_at, "it did not happen"
        threading.Event().wait(0.01)


def answers(session: Session, event: InboxEvent) -> None:
    """A town that repeats what it is told."""
    said = json.loads(event.body or b"{}")
    outbox.reply(
        session,
        None,
        [Say(said["message"]["text"])],
        municipality_id=event.municipality_id,
        chat_id=said["source"]["userId"],
        token=said["replyToken"],
        heard_at=event.received_at,
        inbox_event_id=event.id,
    )


def an_engine_of(bed: Bed, **parts: Any) -> Engine:
    made = make_engine(bed.parts, is_alone=bed.database.is_sqlite)
    mine = {"dispatch": answers, "delivery": bed.delivery(), "effects": noting_effects(bed, []), "timers": ()}
    return dataclasses.replace(made, **{"cannot_work": lambda: None, **mine, **parts})


@pytest.fixture
def working(bed: Bed) -> Iterator[Callable[..., Worker]]:
    started: list[Worker] = []

    def start(**parts: Any) -> Worker:
        started.append(Worker(an_engine_of(bed, **parts), threads=3))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.stop()


def post(bed: Bed, *events: dict[str, Any]) -> None:
    body = body_of(*events)
    web = create_app(bed.parts).test_client()
    assert web.post("/line/rangsit/webhook", data=body, headers=signed(body)).status_code == 200


def keep(bed: Bed, *events: dict[str, Any]) -> None:
    """As another process would: nobody hints."""
    with bed.database.transaction() as session:
        inbox.keep(session, unpack(body_of(*events), bed.town_id, clock.real_now()).events)


def test_an_event_is_answered_because_of_a_hint(
    bed: Bed, working: Callable[..., Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP_SECONDS", 3600)
    working()
    post(bed, event(1), event(2, user=POM), event(3))
    until(lambda: len(bed.said()) == 3)
    words = bed.said()
    assert sorted(words) == ["words 1", "words 2", "words 3"]
    assert words.index("words 1") < words.index("words 3")
    until(lambda: {row.state for row in bed.messages()} == {ACCEPTED})


def test_an_event_nobody_hinted_at_is_found_by_the_sweeper(
    bed: Bed, working: Callable[..., Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP_SECONDS", 0.05)
    working()
    keep(bed, event(1))
    until(lambda: bed.said() == ["words 1"])


def test_an_effect_nobody_hinted_at_is_found_by_the_sweeper(
    bed: Bed, working: Callable[..., Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP_SECONDS", 0.05)
    working()
    wish(bed, "fetch_profile", resident_id=bed.resident().id)
    until(lambda: any(asked.path.startswith("/v2/bot/profile/") for asked in bed.line.asked))


def test_a_chat_in_which_nothing_can_be_sent_yet_wakes_nobody(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[str] = []
    monkeypatch.setattr(bed.parts.wakeups, "wake", woken.append)
    engine, lane = an_engine_of(bed), f"{bed.town_id}:{NOK}"
    bed.reply("1")
    bed.line.says(BROKEN)
    engine.work(lane)
    bed.reply("2")
    engine.work(lane)
    engine.work(lane)
    assert woken == [], "a hint for itself each time would never end"


def test_what_came_while_a_chat_was_worked_on_is_not_left_for_the_sweeper(
    bed: Bed, working: Callable[..., Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP_SECONDS", 3600)
    under_way, goes_on = threading.Event(), threading.Event()

    def slow(asked: Asked) -> Says:
        under_way.set()
        goes_on.wait(PATIENCE)
        return Says()

    bed.line.script = slow
    working()
    post(bed, event(1))
    assert under_way.wait(PATIENCE)
    post(bed, event(2))  # its hint finds the chat taken
    goes_on.set()
    until(lambda: bed.said() == ["words 1", "words 2"])


def test_a_chat_that_fails_leaves_the_others_alone(
    bed: Bed, working: Callable[..., Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    def poisoned(session: Session, event: InboxEvent) -> None:
        if NOK in event.lane_key:
            raise RuntimeError("a bug")
        answers(session, event)

    working(dispatch=poisoned)
    post(bed, event(1), event(2, user=POM))
    until(lambda: bed.said() == ["words 2"])
    until(lambda: [row.attempts > 0 for row in bed.events()] == [True, False])


def test_a_timer_that_fails_is_called_again(
    bed: Bed, working: Callable[..., Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "TIMER_SECONDS", 0.01)
    calls: list[datetime] = []

    def fails(database: Database, now: datetime) -> None:
        calls.append(now)
        raise RuntimeError("a bug")

    working(timers=[fails])
    until(lambda: len(calls) >= 3)


def test_nothing_is_done_before_the_process_can_work(bed: Bed, working: Callable[..., Worker]) -> None:
    problem: list[str | None] = ["still loading"]
    looked = threading.Event()

    def cannot_work() -> str | None:
        looked.set()
        return problem[0]

    keep(bed, event(1))
    working(cannot_work=cannot_work)
    assert looked.wait(PATIENCE)
    assert bed.events()[0].state == NEW
    problem[0] = None
    until(lambda: bed.said() == ["words 1"])


def test_stopping_finishes_what_is_under_way(bed: Bed, working: Callable[..., Worker]) -> None:
    under_way, goes_on = threading.Event(), threading.Event()

    def slow(asked: Asked) -> Says:
        under_way.set()
        goes_on.wait(PATIENCE)
        return Says()

    bed.line.script = slow
    process = working()
    post(bed, event(1))
    assert under_way.wait(PATIENCE)
    threading.Timer(0.2, goes_on.set).start()
    assert process.stop()
    assert [row.state for row in bed.messages()] == [ACCEPTED]


def test_stopping_does_not_wait_for_ever(bed: Bed, working: Callable[..., Worker]) -> None:
    goes_on, under_way = threading.Event(), threading.Event()

    def stuck(asked: Asked) -> Says:
        under_way.set()
        goes_on.wait(PATIENCE)
        return Says()

    bed.line.script = stuck
    process = working()
    post(bed, event(1))
    assert under_way.wait(PATIENCE)
    started = clock.real_now()
    process.stop(0.3)
    assert clock.real_now() - started < timedelta(seconds=5)
    assert [row.state for row in bed.messages()] == [SENDING]
    goes_on.set()
    until(lambda: [row.state for row in bed.messages()] == [ACCEPTED])


def test_many_chats_are_all_served_in_their_own_order(bed: Bed, working: Callable[..., Worker]) -> None:
    working()
    people = [f"U{number:032x}" for number in range(12)]
    for turn in range(4):
        post(bed, *(event(turn * 100 + index, user=person) for index, person in enumerate(people)))
    until(lambda: len(bed.said()) == 48)
    said = bed.said()
    for index in range(12):
        mine = [words for words in said if int(words.split()[1]) % 100 == index]
        assert mine == [f"words {turn * 100 + index}" for turn in range(4)]
    until(lambda: {row.state for row in bed.events()} == {DONE})


def test_enough_hints_are_enough(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = an_engine_of(bed)
    monkeypatch.setattr(worker, "ENOUGH_HINTS", 2)
    keep(bed, event(1), event(2, user=POM))
    for _ in range(3):
        engine.sweep()
    assert bed.parts.wakeups.waiting() == 2
