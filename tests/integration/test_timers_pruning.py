"""Words go after thirty days, rows after four hundred; what is not settled, or still refers to something, stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import clock, inbox, lanes
from bot.inbox import unpack
from bot.timers import pruning
from models import Effect, InboxEvent, Lane, LedgerEntry, OutboxMessage
from models.effect import DONE as PERFORMED, FETCH_PROFILE, WANTED
from models.inbox import DONE, NEW, PARKED
from models.outbox import ACCEPTED, PUSH, UNCERTAIN, WITHDRAWN, OutboxQuote
from tests.integration.engine_bed import NOK, Bed, body_of, event
from tests.rounds import run_due

#: Moments ago.
LATELY, LAST_MONTH, LAST_YEAR = timedelta(days=29), timedelta(days=31), timedelta(days=401)


def an_event(bed: Bed, number: int, ago: timedelta, state: str = DONE) -> int:
    """An event that was received so long ago."""
    at = clock.real_now() - ago
    with bed.database.transaction() as session:
        inbox.keep(session, unpack(body_of(event(number, at=at)), bed.town_id, at).events)
        row = session.scalars(select(InboxEvent).order_by(InboxEvent.id.desc()).limit(1)).one()
        row.state = state
        return row.id


def a_message(bed: Bed, ago: timedelta, state: str = ACCEPTED, event_id: int | None = None) -> int:
    """A message that was settled so long ago, with its line of the ledger and words it quotes."""
    number, at = bed.reply(f"{ago} {state}"), clock.real_now() - ago
    bed.change(number, state=state, settled_at=at, next_at=at, body=[{"type": "text"}], inbox_event_id=event_id)
    with bed.database.transaction() as session:
        session.add(OutboxQuote(outbox_message_id=number, said=f"said-{number}"))
        entry = {"municipality_id": bed.town_id, "month": "2026-01", "way": PUSH, "recipients": 1, "urgency": "other"}
        session.add(LedgerEntry(outbox_message_id=number, at=at, **entry))
    return number


def run(bed: Bed, now: datetime | None = None) -> dict[str, int]:
    return run_due(bed.database, now or clock.real_now())


def test_what_was_written_goes_after_thirty_days_and_its_row_stays(bed: Bed) -> None:
    young, old = an_event(bed, 1, LATELY), an_event(bed, 2, LAST_MONTH)
    said_lately, said_long_ago = a_message(bed, LATELY), a_message(bed, LAST_MONTH)
    run(bed)
    bodies = {row.id: row.body is not None for row in bed.events()}
    assert bodies == {young: True, old: False}
    words = {row.id: (row.body is not None, row.content is not None) for row in bed.messages()}
    assert words == {said_lately: (True, True), said_long_ago: (False, False)}


def test_the_id_of_an_event_is_known_for_four_hundred_days(bed: Bed) -> None:
    kept, _ = an_event(bed, 1, timedelta(days=399)), an_event(bed, 2, LAST_YEAR)
    assert run(bed)["old_events"] == 1
    assert [row.id for row in bed.events()] == [kept]
    assert inbox.keeping.REMEMBERED <= pruning.ROWS_KEPT  # what is forgotten here is refused at the door


def test_a_message_of_last_year_goes_with_its_quotes_and_its_line_of_the_ledger(bed: Bed) -> None:
    answered = an_event(bed, 1, LAST_YEAR)
    a_message(bed, LAST_YEAR, event_id=answered)
    kept = a_message(bed, LAST_MONTH)
    run(bed)
    assert [row.id for row in bed.messages()] == [kept]
    assert bed.events() == []
    with bed.database.reading() as session:
        assert session.scalars(select(OutboxQuote.outbox_message_id)).all() == [kept]
        assert session.scalars(select(LedgerEntry.outbox_message_id)).all() == [kept]


def test_a_push_of_which_nobody_wrote_when_it_ended_goes_as_well(bed: Bed) -> None:
    number, gone = a_message(bed, LAST_MONTH, WITHDRAWN), a_message(bed, LAST_YEAR, WITHDRAWN)
    for one in (number, gone):
        bed.change(one, settled_at=None)
    run(bed)
    [left] = bed.messages()
    assert (left.id, left.body, left.content) == (number, None, None)


def test_what_waits_for_a_person_is_never_forgotten(bed: Bed) -> None:
    events = [an_event(bed, 1, LAST_YEAR, NEW), an_event(bed, 2, LAST_YEAR, PARKED)]
    uncertain = a_message(bed, LAST_YEAR, UNCERTAIN)
    run(bed)
    assert [row.id for row in bed.events() if row.body is not None] == events
    assert bed.message(uncertain).content is not None


def test_an_event_stays_while_a_message_of_it_does(bed: Bed) -> None:
    asked = an_event(bed, 1, LAST_YEAR)
    a_message(bed, LATELY, event_id=asked)
    run(bed)
    assert [row.id for row in bed.events()] == [asked]


def test_performed_effects_go_and_wanted_ones_stay(bed: Bed) -> None:
    at = clock.real_now() - LAST_YEAR
    common = {"municipality_id": bed.town_id, "kind": FETCH_PROFILE, "payload": {}, "created_at": at, "next_at": at}
    with bed.database.transaction() as session:
        session.add(Effect(key="done", state=PERFORMED, settled_at=at, **common))
        session.add(Effect(key="wanted", state=WANTED, **common))
    assert run(bed)["old_effects"] == 1
    assert [row.key for row in bed.rows(Effect)] == ["wanted"]


def test_more_than_fits_into_one_transaction_goes_all_the_same(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "TOGETHER", 3)
    for number in range(8):
        an_event(bed, number, LAST_YEAR)
    assert run(bed)["old_events"] == 8
    with bed.database.reading() as session:
        assert session.execute(select(func.count()).select_from(InboxEvent)).scalar_one() == 0


def test_the_hourly_look_takes_what_has_just_grown_old_and_the_daily_one_the_rest(bed: Bed) -> None:
    lately, long_ago = an_event(bed, 1, LAST_MONTH), an_event(bed, 2, timedelta(days=40))
    run_due(bed.database, clock.real_now(), with_daily=False)
    assert {row.id for row in bed.events() if row.body is None} == {lately}
    run(bed)
    assert {row.id for row in bed.events() if row.body is None} == {lately, long_ago}
    assert {row.id for row in bed.rows(OutboxMessage)} == set()


def test_a_chat_of_which_nothing_is_left_leaves_no_address_behind(bed: Bed) -> None:
    old = an_event(bed, 1, LAST_YEAR)
    key = bed.row(InboxEvent, old).lane_key
    said = a_message(bed, LAST_YEAR)
    bed.change(said, lane_key=key)
    for lane in (key, f"{bed.town_id}:U{9:032x}"):
        with lanes.held(bed.database, lane, "a worker"):
            pass
    with lanes.held(bed.database, key, "a worker"):
        run(bed)
        assert not bed.events()
        with bed.database.reading() as session:
            assert set(session.scalars(select(Lane.key))) >= {key}  # somebody is at it
    an_event(bed, 2, LAST_YEAR)
    run(bed)
    with bed.database.reading() as session:
        assert set(session.scalars(select(Lane.key))) == {f"{bed.town_id}:U{9:032x}"}


def test_what_was_being_written_to_somebody_who_was_erased_leaves_no_address_behind(bed: Bed) -> None:
    then = clock.real_now() - timedelta(hours=2)
    person = bed.resident("erased-in-this-moment", erased_at=then, blocked_at=then)
    said = bed.push(person, "words", chat_id=NOK, lane_key=f"{bed.town_id}:{NOK}")
    assert bed.deliver() == 0
    assert (bed.message(said).state, bed.message(said).chat_id) == (WITHDRAWN, NOK)
    assert run(bed)["erased_people"] == 1
    cleared = bed.message(said)
    assert (cleared.state, cleared.content, cleared.chat_id) == (WITHDRAWN, None, f"erased-{person.id}")
    with bed.database.reading() as session:
        assert not session.scalars(select(Lane.key).where(Lane.key.endswith(NOK))).all()
    assert run(bed)["erased_people"] == 0


def test_an_answer_that_is_still_on_its_way_to_who_was_erased_is_left_alone(bed: Bed) -> None:
    then = clock.real_now() - timedelta(minutes=1)
    person = bed.resident("erased-in-this-moment", erased_at=then, blocked_at=then)
    said = bed.reply("deleted", person=person)
    assert run(bed)["erased_people"] == 0
    assert (bed.deliver(), bed.message(said).state) == (1, ACCEPTED)
