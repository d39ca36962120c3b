"""One person's flood rests in the inbox while everybody else is served; nothing of it is lost, and the order holds."""

from __future__ import annotations

from datetime import timedelta

from bot import clock, inbox, lanes, outbox
from bot.inbox import drain_held, unpack
from bot.pacing import Pace
from bot.worker.sweeping import NOTHING, due_in, due_lanes
from models import InboxEvent
from models.inbox import DONE, NEW
from tests.integration.engine_bed import NOK, POM, Bed, body_of, event


def drained(bed: Bed, chat: str, pace: Pace) -> int:
    with lanes.held(bed.database, outbox.lane_key(bed.town_id, chat), "w") as hold:
        assert hold is not None
        return drain_held(bed.database, hold, lambda session, event: None, pace=pace).handled


def test_a_flood_rests_while_others_are_served_and_is_then_gone_on_with(bed: Bed) -> None:
    now, pace = clock.real_now(), Pace(burst=10, per_second=2)
    flood = [event(number, at=now + timedelta(milliseconds=number)) for number in range(1, 31)]
    with bed.database.transaction() as session:
        inbox.keep(session, unpack(body_of(*flood, event(40, user=POM)), bed.town_id, now).events)
    assert drained(bed, NOK, pace) == 10
    states = [one.state for one in bed.events() if one.lane_key.endswith(NOK)]
    assert states == [DONE] * 10 + [NEW] * 20
    assert due_in(bed.database, outbox.lane_key(bed.town_id, NOK), clock.real_now()) == NOTHING
    assert due_lanes(bed.database, clock.real_now()) == {outbox.lane_key(bed.town_id, POM)}
    assert drained(bed, POM, pace) == 1
    soon = clock.real_now() + timedelta(seconds=10)
    assert due_lanes(bed.database, soon) == {outbox.lane_key(bed.town_id, NOK)}
    with bed.database.transaction() as session:  # the rest is over
        session.query(InboxEvent).filter(InboxEvent.state == NEW).update({InboxEvent.next_at: now})
    assert drained(bed, NOK, Pace()) == 20
    assert {one.state for one in bed.events()} == {DONE}
    assert {one.attempts for one in bed.events()} == {0}, "resting counts as no failure"
