"""flask stuck: everything that does not get on by itself is listed once, and can be set going or laid aside."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from bot import clock, inbox
from bot.cli.stuck import stuck
from bot.inbox import unpack
from models import Effect, InboxEvent, Media, OutboxMessage
from models.outbox import ACCEPTED, QUEUED, REFUSED, SENDING, UNCERTAIN, WAITING_QUOTA, WITHDRAWN
from tests.integration.effects_bed import wish
from tests.integration.engine_bed import Bed, body_of, event


@pytest.fixture
def bed(plain_bed: Bed, monkeypatch: pytest.MonkeyPatch) -> Bed:
    """Where the command finds its settings in the environment."""
    for name, value in plain_bed.parts.settings.values.items():
        monkeypatch.setenv(name, value)
    return plain_bed


def run(*arguments: str) -> Any:
    return CliRunner().invoke(stuck, arguments, prog_name="flask stuck")


def listed() -> dict[str, dict[str, str]]:
    done = run("--json")
    assert done.exit_code == 0
    return {one["id"]: one for one in json.loads(done.stdout)}


def an_event(bed: Bed, **columns: Any) -> int:
    with bed.database.transaction() as session:
        inbox.keep(session, unpack(body_of(event(1)), bed.town_id, clock.real_now()).events)
        row = session.query(InboxEvent).one()
        for name, value in columns.items():
            setattr(row, name, value)
    return row.id


def an_effect(bed: Bed, **columns: Any) -> int:
    number = wish(bed, "fetch_profile", resident_id=1)
    with bed.database.transaction() as session:
        for name, value in columns.items():
            setattr(session.get_one(Effect, number), name, value)
    return number


def test_nothing_stuck_is_an_empty_array(bed: Bed) -> None:
    an_event(bed)
    an_effect(bed)
    bed.reply("on its way")
    bed.change(bed.reply("accepted"), state=ACCEPTED)
    done = run("--json")
    assert (done.exit_code, done.stdout) == (0, "[]\n")
    assert run().stdout == ""


def test_everything_that_needs_a_person_is_listed_oldest_first(bed: Bed) -> None:
    person = bed.resident()
    old = clock.real_now() - timedelta(hours=2)
    an_event(bed, state="parked", last_problem="ValueError at bot/x.py:1 in f", attempts=6)
    an_effect(bed, state="refused", last_problem="too large", created_at=old - timedelta(days=1))
    states = [
        ({"state": UNCERTAIN}, "uncertain"),
        ({"state": REFUSED, "last_problem": "refused: 400 wrong"}, "parked"),
        ({"state": WAITING_QUOTA}, "waiting"),
        ({"state": QUEUED, "created_at": old, "last_problem": "delayed (rate)"}, "waiting"),
        ({"state": SENDING, "created_at": old}, "waiting"),
        ({"state": WITHDRAWN, "last_problem": "outcome unknown when its words were unsent"}, "uncertain"),
        ({"state": WITHDRAWN, "last_problem": "blocked"}, None),
    ]
    expected = {}
    for columns, shown in states:
        number = bed.push(person)
        bed.change(number, **columns)
        expected[f"message-{number}"] = shown
    found = listed()
    assert {key: one["state"] for key, one in found.items() if one["kind"] == "message"} == {
        key: shown for key, shown in expected.items() if shown
    }
    assert found["event-1"]["state"] == "parked"
    assert found["event-1"]["reason"] == "ValueError at bot/x.py:1 in f"
    assert found["effect-1"] | {"since": ""} == {
        "id": "effect-1",
        "kind": "effect",
        "state": "parked",
        "reason": "fetch_profile: too large",
        "since": "",
    }
    times = [datetime.fromisoformat(one["since"]) for one in found.values()]
    assert times == sorted(times)
    assert all(time.tzinfo is not None for time in times)
    assert "effect-1" in run().stdout


def test_an_event_that_waits_for_its_next_attempt_is_shown(bed: Bed) -> None:
    number = an_event(bed, attempts=1, last_problem="x", next_at=clock.real_now())
    assert listed()[f"event-{number}"]["state"] == "waiting"


def test_a_parked_event_starts_anew(bed: Bed) -> None:
    number = an_event(bed, state="parked", attempts=6)
    assert run("retry", f"event-{number}").exit_code == 0
    row = bed.row(InboxEvent, number)
    assert (row.state, row.attempts) == ("new", 0)
    assert listed() == {}
    assert bed.parts.wakeups.waiting() == 2, "the workers were told"


def test_an_uncertain_push_is_sent_again_under_a_new_key_because_a_person_says_so(bed: Bed) -> None:
    number = bed.push(bed.resident())
    bed.change(number, state=UNCERTAIN, attempts=9, first_attempt_at=clock.real_now(), body=[{}])
    old_key = bed.message(number).retry_key
    assert run("retry", f"message-{number}").exit_code == 0
    row = bed.message(number)
    assert (row.state, row.attempts, row.first_attempt_at, row.body) == (QUEUED, 0, None, None)
    assert row.retry_key != old_key


def test_an_uncertain_reply_is_not_sent_again(bed: Bed) -> None:
    number = bed.reply("hello")
    bed.change(number, state=UNCERTAIN)
    done = run("retry", f"message-{number}")
    assert done.exit_code == 1
    assert "dismiss it" in done.stderr
    assert bed.message(number).state == UNCERTAIN


def test_words_that_were_unsent_cannot_be_sent_again(bed: Bed) -> None:
    number = bed.push(bed.resident())
    bed.change(number, state=WITHDRAWN, content=None, last_problem="outcome unknown when its words were unsent")
    assert run("retry", f"message-{number}").exit_code == 1
    assert run("dismiss", f"message-{number}").exit_code == 0
    assert listed() == {}


def test_news_that_waits_for_the_plan_can_be_tried_now(bed: Bed) -> None:
    number = bed.push(bed.resident())
    bed.change(number, state=WAITING_QUOTA)
    assert run("retry", f"message-{number}").exit_code == 0
    assert bed.message(number).state == QUEUED


def test_a_refused_photo_is_wanted_again(bed: Bed) -> None:
    person = bed.resident()
    with bed.database.transaction() as session:
        media = Media(
            municipality_id=bed.town_id,
            resident_id=person.id,
            kind="image",
            said="7",
            state="refused",
            problem="broken",
            received_at=clock.real_now(),
        )
        session.add(media)
    number = wish(bed, "fetch_media", media_id=media.id)
    with bed.database.transaction() as session:
        session.get_one(Effect, number).state = "refused"
    assert run("retry", f"effect-{number}").exit_code == 0
    assert bed.row(Media, media.id).state == "wanted"
    assert bed.row(Effect, number).state == "wanted"


def test_what_is_dismissed_is_not_listed_again(bed: Bed) -> None:
    things = [f"event-{an_event(bed, state='parked')}", f"effect-{an_effect(bed, state='refused')}"]
    number = bed.push(bed.resident())
    bed.change(number, state=UNCERTAIN)
    for one in [*things, f"message-{number}"]:
        assert run("dismiss", one).exit_code == 0
        assert run("dismiss", one).exit_code == 1
    assert listed() == {}
    assert {row.state for row in bed.rows(OutboxMessage)} == {WITHDRAWN}


@pytest.mark.parametrize("wrong", ["event-99", "message-x", "ticket-1", "", "event-1; drop table"])
def test_an_id_that_is_not_stuck_is_told(bed: Bed, wrong: str) -> None:
    for verb in ("retry", "dismiss"):
        done = run(verb, wrong)
        assert done.exit_code == 1
        assert "nothing stuck is called" in done.stderr


def test_a_message_under_way_cannot_be_dismissed(bed: Bed) -> None:
    number = bed.push(bed.resident())
    bed.change(number, state=SENDING, created_at=clock.real_now() - timedelta(hours=1))
    assert run("dismiss", f"message-{number}").exit_code == 1
