"""A lane under work: what taking it costs, and what becomes of a worker who slept past its lease and goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event, update
from sqlalchemy.orm import Session

from bot import clock, lanes, outbox
from bot.inbox import keep, unpack
from bot.replies import Say
from bot.worker import Engine
from models import InboxEvent, Lane, LedgerEntry
from models.inbox import DONE
from models.outbox import ACCEPTED, REPLY
from tests.integration.engine_bed import INVALID, NOK, Bed, body_of, event
from tests.unit.line_fake import Asked, Says


def lane(bed: Bed) -> str:
    return outbox.lane_key(bed.town_id, NOK)


def heard(bed: Bed, *numbers: int) -> None:
    with bed.database.transaction() as session:
        keep(session, unpack(body_of(*map(event, numbers)), bed.town_id, clock.real_now()).events)


def engine(bed: Bed, name: str = "w") -> Engine:
    """A worker's engine that answers every event with its number."""

    def answers(session: Session, heard: InboxEvent) -> None:
        if heard.said == "501":
            words = "first"
        elif heard.said == "509":
            raise RuntimeError("a bug")
        else:
            words = f"then {heard.said}"
        outbox.reply(
            session, None, [Say(words)], municipality_id=bed.town_id, chat_id=NOK, token=f"token-{heard.said}",
            heard_at=heard.received_at, inbox_event_id=heard.id,
        )  # fmt: skip

    return Engine(bed.database, bed.parts.wakeups, answers, bed.delivery(), effects=None, name=name)  # type: ignore[arg-type]  # it performs none


def the_lease_runs_out(bed: Bed) -> None:
    with bed.database.transaction() as session:
        session.execute(update(Lane).values(leased_until=clock.real_now() - timedelta(seconds=1)))


def writes(bed: Bed) -> list[str]:
    """Grows with every commit that wrote something."""
    commits: list[str] = []
    wrote: set[Any] = set()

    @sqlalchemy_event.listens_for(bed.database.engine, "before_cursor_execute")
    def _notes(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            wrote.add(connection.connection.dbapi_connection)

    @sqlalchemy_event.listens_for(bed.database.engine, "commit")
    def _counts(connection: Any) -> None:
        if connection.connection.dbapi_connection in wrote:
            wrote.discard(connection.connection.dbapi_connection)
            commits.append("commit")

    return commits


def test_an_event_and_its_answer_cost_two_commits_of_a_worker(bed: Bed) -> None:
    heard(bed, 1)
    engine(bed).work(lane(bed))
    heard(bed, 2)
    counted = writes(bed)
    engine(bed).work(lane(bed))
    assert len(counted) == 2, "one decides and takes the answer up, the other settles it and gives the lane back"
    assert bed.said() == ["first", "then 502"]
    assert [message.state for message in bed.messages()] == [ACCEPTED, ACCEPTED]


def test_an_answer_that_is_taken_up_with_its_event_stands_in_the_database_before_line_hears_it(bed: Bed) -> None:
    heard(bed, 1)
    stood: list[tuple[str, int, str]] = []

    def looks(asked: Asked) -> Says:
        (message,) = bed.messages()
        stood.append((message.state, message.attempts, bed.events()[0].state))
        return Says()

    bed.line.script = looks
    engine(bed).work(lane(bed))
    assert stood == [("sending", 1, DONE)]


def test_an_event_that_fails_leaves_its_lane_free(bed: Bed) -> None:
    heard(bed, 9)
    engine(bed).work(lane(bed))
    assert bed.events()[0].attempts == 1
    with lanes.held(bed.database, lane(bed), "another") as other:
        assert other is not None


def test_who_finds_the_lane_taken_does_nothing(bed: Bed) -> None:
    heard(bed, 1)
    with lanes.held(bed.database, lane(bed), "another"), lanes.wanted(bed.database, lane(bed), "w") as hold:
        with pytest.raises(lanes.LaneTaken), lanes.under(bed.database, hold):
            raise AssertionError("nothing is done without the lane")
        assert hold.fence is None


def test_who_slept_past_the_lease_overturns_nothing_that_was_settled_meanwhile(bed: Bed) -> None:
    """Taking out the comparison of the fence lets the sleeper call an answer expired that LINE took: said twice."""
    heard(bed, 1)

    def sleeps(asked: Asked) -> Says:  # before a byte has left: LINE hears nothing of this attempt
        the_lease_runs_out(bed)
        (message,) = bed.messages()
        bed.comes_due(message.id)
        bed.line.script = lambda asked: Says()
        engine(bed, "another").work(lane(bed))
        return INVALID  # LINE, when the sleeper wakes: this token was used

    bed.line.script = sleeps
    with pytest.raises(lanes.LaneLost):
        engine(bed, "sleeper").work(lane(bed))
    (message,) = bed.messages()
    assert (message.way, message.state) == (REPLY, ACCEPTED)
    assert bed.told == [("accepted", message.id)]
    assert len(bed.rows(LedgerEntry)) == 1


def test_who_slept_past_the_lease_handles_nothing_more_of_that_chat(bed: Bed) -> None:
    """Without the comparison the sleeper would go on beside the one who took over, each with a part of the talk."""
    heard(bed, 1)
    with lanes.held(bed.database, lane(bed), "sleeper") as slept:
        assert slept is not None
        the_lease_runs_out(bed)
        with lanes.held(bed.database, lane(bed), "another"):
            with pytest.raises(lanes.LaneLost), lanes.under(bed.database, slept) as session:
                session.execute(update(InboxEvent).values(state=DONE))
            assert bed.events()[0].state != DONE
