"""One chat's events in order, one at a time, each with all it causes or nothing."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import clock, inbox, lanes, outbox
from bot.inbox import drain, drain_held, unpack
from bot.replies import Say
from bot.retry import EVENT_DELAYS
from bot.worker.sweeping import Due, due_in, due_lanes
from models import Effect, InboxEvent, Lane, Resident
from models.effect import FETCH_PROFILE
from models.inbox import DONE, NEW, PARKED
from tests.integration.engine_bed import NOK, POM, Bed, an_engine, body_of, event


def keep(bed: Bed, *events: dict[str, object]) -> None:
    with bed.database.transaction() as session:
        inbox.keep(session, unpack(body_of(*events), bed.town_id, clock.real_now()).events)


def lane(bed: Bed, chat: str = NOK) -> str:
    return outbox.lane_key(bed.town_id, chat)


class Handler:
    """Notes which events it was given, and fails at those it was told to fail at."""

    def __init__(self, *failing: int) -> None:
        self.seen: list[int] = []
        self.failing = set(failing)

    def __call__(self, session: Session, event: InboxEvent) -> None:
        number = int(event.event_id[-3:])
        self.seen.append(number)
        session.add(
            Resident(
                municipality_id=event.municipality_id, line_user_id=f"U{event.event_id}", first_seen_at=clock.real_now()
            )
        )
        session.flush()
        if number in self.failing:
            raise ValueError("น้ำแดง: words that must not be remembered")


def test_events_are_handled_in_the_order_in_which_they_happened(bed: Bed) -> None:
    now, handler = clock.real_now(), Handler()
    keep(bed, event(2, at=now), event(1, at=now - timedelta(seconds=9)), event(3, at=now), event(4, user=POM))
    assert drain(bed.database, lane(bed), handler, "w") == 3
    assert handler.seen == [1, 2, 3]
    assert [(one.event_id[-1], one.state) for one in bed.events()] == [
        ("2", DONE),
        ("1", DONE),
        ("3", DONE),
        ("4", NEW),
    ]
    assert drain(bed.database, lane(bed), handler, "w") == 0


def test_what_a_failed_event_had_begun_is_undone(bed: Bed) -> None:
    keep(bed, event(1))
    drain(bed.database, lane(bed), Handler(1), "w")
    assert bed.rows(Resident) == []


def test_a_failure_is_remembered_by_kind_and_place_and_never_by_its_words(
    bed: Bed, caplog: pytest.LogCaptureFixture
) -> None:
    keep(bed, event(1))
    drain(bed.database, lane(bed), Handler(1), "w")
    (failed,) = bed.events()
    assert failed.state == NEW
    assert failed.attempts == 1
    assert failed.last_problem is not None
    assert failed.last_problem.startswith("ValueError at tests/integration/test_inbox_draining.py:")
    assert "must not be remembered" not in failed.last_problem
    assert failed.next_at is not None
    assert failed.next_at > clock.real_now()


def test_a_failing_event_holds_its_own_chat_and_no_other(bed: Bed) -> None:
    handler = Handler(1)
    keep(bed, event(1), event(2), event(3, user=POM))
    drain(bed.database, lane(bed), handler, "w")
    drain(bed.database, lane(bed), handler, "w")
    drain(bed.database, lane(bed, POM), handler, "w")
    assert handler.seen == [1, 3]


def test_a_poisoned_event_is_parked_after_its_last_attempt_and_the_chat_goes_on(bed: Bed) -> None:
    handler = Handler(1)
    keep(bed, event(1), event(2))
    for _ in range(len(EVENT_DELAYS) + 1):
        drain(bed.database, lane(bed), handler, "w")
        its_time_has_come(bed)
    assert handler.seen == [1] * (len(EVENT_DELAYS) + 1) + [2]
    assert [one.state for one in bed.events()] == [PARKED, DONE]


def its_time_has_come(bed: Bed) -> None:
    with bed.database.transaction() as session:
        for one in session.query(InboxEvent).filter_by(state=NEW):
            one.next_at = None if one.next_at is None else clock.real_now() - timedelta(seconds=1)


def test_an_event_that_recovers_is_handled_and_the_rest_follows(bed: Bed) -> None:
    handler = Handler(1)
    keep(bed, event(1), event(2))
    drain(bed.database, lane(bed), handler, "w")
    handler.failing.clear()
    its_time_has_come(bed)
    assert drain(bed.database, lane(bed), handler, "w") == 2
    assert handler.seen == [1, 1, 2]


def test_an_event_whose_words_were_unsent_is_done_without_being_read(bed: Bed) -> None:
    handler = Handler()
    keep(bed, event(1))
    with bed.database.transaction() as session:
        session.query(InboxEvent).one().body = None
    assert drain(bed.database, lane(bed), handler, "w") == 1
    assert handler.seen == []
    assert bed.events()[0].state == DONE


def test_other_chats_that_were_given_something_are_woken_after_the_commit(bed: Bed) -> None:
    pom = bed.resident(POM)
    woken: list[str] = []

    def tells_pom(session: Session, event: InboxEvent) -> None:
        outbox.push(session, pom, [Say("news")], urgency="other")
        assert woken == []

    keep(bed, event(1))
    drain(bed.database, lane(bed), tells_pom, "w", wake=woken.append)
    assert woken == [lane(bed, POM)]


def test_a_wished_effect_is_told_of(bed: Bed) -> None:
    nok = bed.resident(NOK)

    def wishes(session: Session, event: InboxEvent) -> None:
        now = clock.real_now()
        wish = {"municipality_id": bed.town_id, "kind": FETCH_PROFILE, "payload": {"resident_id": nok.id}}
        session.add(Effect(**wish, key="profile:1", created_at=now, next_at=now))
        session.flush()

    keep(bed, event(1), event(2, user=POM))
    with lanes.held(bed.database, lane(bed), "w") as hold:
        assert hold is not None
        assert drain_held(bed.database, hold, wishes).has_effects
    with lanes.held(bed.database, lane(bed, POM), "w") as hold:
        assert hold is not None
        assert not drain_held(bed.database, hold, Handler()).has_effects


# -- leases ---------------------------------------------------------------------------------------


def test_a_lane_has_one_holder_at_a_time(bed: Bed) -> None:
    with lanes.held(bed.database, lane(bed), "one") as first:
        assert first is not None
        with lanes.held(bed.database, lane(bed), "two") as second:
            assert second is None
        with lanes.held(bed.database, lane(bed, POM), "two") as other:
            assert other is not None
    with lanes.held(bed.database, lane(bed), "two") as later:
        assert later is not None
        assert later.fence == first.fence + 1


def test_a_lease_that_ran_out_can_be_taken_over_and_its_holder_finds_out(bed: Bed) -> None:
    keep(bed, event(1))
    handler = Handler()
    with lanes.held(bed.database, lane(bed), "slow") as slow:
        assert slow is not None
        the_lease_runs_out(bed)
        with lanes.held(bed.database, lane(bed), "quick") as quick:
            assert quick is not None
            with pytest.raises(lanes.LaneLost):
                drain_held(bed.database, slow, handler)
            assert handler.seen == []
            assert drain_held(bed.database, quick, handler).handled == 1


def the_lease_runs_out(bed: Bed) -> None:
    with bed.database.transaction() as session:
        for row in session.query(Lane):
            row.leased_until = clock.real_now() - timedelta(seconds=1)


def test_who_lost_the_lane_does_not_give_it_back(bed: Bed) -> None:
    with lanes.held(bed.database, lane(bed), "slow"):
        the_lease_runs_out(bed)
        stolen = lanes.held(bed.database, lane(bed), "quick")
        assert stolen.__enter__() is not None
    with lanes.held(bed.database, lane(bed), "third") as third:
        assert third is None, "the quick one still has it"
    stolen.__exit__(None, None, None)


def test_an_event_is_handled_once_although_many_try(bed: Bed) -> None:
    keep(bed, *(event(number) for number in range(1, 9)))
    handler = Handler()
    threads = [
        threading.Thread(target=drain, args=(bed.database, lane(bed), handler, f"w{number}")) for number in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain(bed.database, lane(bed), handler, "last")
    assert handler.seen == list(range(1, 9))


def test_a_process_that_is_alone_frees_what_a_killed_one_held(bed: Bed) -> None:
    with lanes.held(bed.database, lane(bed), "killed") as killed:
        assert killed is not None
        with bed.database.transaction() as session:
            assert lanes.release_all(session) == 1
        with lanes.held(bed.database, lane(bed), "next") as following:
            assert following is not None
            with pytest.raises(lanes.LaneLost), bed.database.transaction() as session:
                lanes.renew(session, killed)


# -- what the sweeper finds -----------------------------------------------------------------------


def due(bed: Bed) -> set[str]:
    return due_lanes(bed.database, clock.real_now())


def test_a_lane_without_a_hint_is_found(bed: Bed) -> None:
    assert due(bed) == set()
    keep(bed, event(1), event(2, user=POM))
    assert due(bed) == {lane(bed), lane(bed, POM)}
    drain(bed.database, lane(bed), Handler(), "w")
    assert due(bed) == {lane(bed, POM)}
    assert due_in(bed.database, lane(bed, POM), clock.real_now()) == Due(events=True, messages=False)
    assert not due_in(bed.database, lane(bed), clock.real_now())


def test_a_lane_whose_event_waits_for_its_next_attempt_is_left_alone(bed: Bed) -> None:
    keep(bed, event(1), event(2))
    drain(bed.database, lane(bed), Handler(1), "w")
    assert due(bed) == set()
    its_time_has_come(bed)
    assert due(bed) == {lane(bed)}


def test_a_lane_that_is_being_worked_on_is_left_alone(bed: Bed) -> None:
    keep(bed, event(1))
    with lanes.held(bed.database, lane(bed), "w"):
        assert not due_in(bed.database, lane(bed), clock.real_now())
        assert due(bed) == set()
        the_lease_runs_out(bed)
        assert due(bed) == {lane(bed)}


def test_the_database_going_away_counts_against_no_event(postgresql_url: str, tmp_path: Path) -> None:
    def loses_the_connection(session: Session, event: InboxEvent) -> None:
        session.execute(text("select pg_terminate_backend(pg_backend_pid())"))

    with an_engine(postgresql_url, tmp_path) as bed:
        keep(bed, event(1))
        with pytest.raises(OperationalError):
            drain(bed.database, lane(bed), loses_the_connection, "w")
        assert bed.events()[0].attempts == 0
        assert drain(bed.database, lane(bed), Handler(), "w") == 1
