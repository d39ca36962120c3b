"""Pushes reach a person once: same key, same body, until LINE has answered or would forget the key."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock, lanes, outbox
from bot.delivery import Delivery, Hooks
from models import LedgerEntry, OutboxMessage, SentPart
from models.outbox import (
    ACCEPTED,
    EXPIRED,
    PUSH,
    QUEUED,
    REFUSED,
    REPLY,
    SENDING,
    UNCERTAIN,
    WITHDRAWN,
)
from tests.integration.engine_bed import BROKEN, DROPPED, INVALID, NOBODY, NOK, RATE, Bed
from tests.unit.line_fake import Asked, Says


@pytest.mark.parametrize("ended", [BROKEN, DROPPED, RATE, NOBODY])
def test_a_push_is_tried_again_with_the_same_key_and_the_same_body(bed: Bed, ended: Says) -> None:
    number = bed.push(bed.resident())
    bed.line.says(ended, Says())
    bed.deliver()
    row = bed.message(number)
    assert row.state == QUEUED
    assert row.next_at > clock.real_now()
    assert (row.first_attempt_at is not None) == (ended in (BROKEN, DROPPED))
    assert bed.deliver() == 0, "it waits for its time"
    bed.comes_due(number)
    bed.deliver()
    assert bed.message(number).state == ACCEPTED
    assert [asked.headers["x-line-retry-key"] for asked in bed.line.asked] == [row.retry_key] * 2
    assert bed.line.asked[0].raw == bed.line.asked[1].raw


def test_a_push_waits_for_as_long_as_line_asks(bed: Bed) -> None:
    number = bed.push(bed.resident())
    bed.line.says(Says(429, {"message": "The API rate limit has been exceeded."}, {"retry-after": "120"}), Says())
    bed.deliver()
    row = bed.message(number)
    assert row.state == QUEUED
    assert row.next_at - clock.real_now() > timedelta(seconds=110)
    bed.comes_due(number)
    bed.deliver()
    assert bed.message(number).state == ACCEPTED


def test_a_push_that_line_had_already_taken_is_accepted(bed: Bed) -> None:
    number = bed.push(bed.resident())
    said = {"message": "already accepted", "sentMessages": [{"id": "461"}]}
    bed.line.says(BROKEN, Says(409, said, {"x-line-accepted-request-id": "first-one"}))
    bed.deliver()
    bed.comes_due(number)
    bed.deliver()
    row = bed.message(number)
    assert (row.state, row.request_id) == (ACCEPTED, "first-one")
    assert len(bed.rows(LedgerEntry)) == 1
    with bed.database.reading() as session:
        assert session.scalars(select(SentPart.said)).all() == ["461"], "quoting it says what is meant, too"


def test_the_body_is_frozen_at_the_first_attempt(bed: Bed) -> None:
    number = bed.push(bed.resident(), "before")
    bed.line.says(BROKEN, Says())
    bed.deliver()
    bed.comes_due(number, content=[{"is": "Say", "text": "after", "quick": []}])
    bed.deliver()
    assert bed.said() == ["before", "before"]


def test_a_push_of_unknown_outcome_becomes_uncertain_before_line_forgets_the_key(bed: Bed) -> None:
    number = bed.push(bed.resident())
    bed.line.says(BROKEN)
    bed.deliver()
    bed.comes_due(number, first_attempt_at=clock.real_now() - timedelta(hours=23, minutes=31))
    assert bed.deliver() == 0
    assert bed.message(number).state == UNCERTAIN
    assert bed.told == [("uncertain", number)]


def test_a_push_that_never_reached_line_is_still_sent_days_later(bed: Bed) -> None:
    number = bed.push(bed.resident())
    bed.line.says(RATE, Says())
    bed.deliver()
    bed.comes_due(number, created_at=clock.real_now() - timedelta(days=3))
    bed.deliver()
    assert bed.message(number).state == ACCEPTED


def test_what_a_killed_process_was_sending_is_of_unknown_outcome(bed: Bed) -> None:
    person = bed.resident()
    began = clock.real_now() - timedelta(seconds=2)
    was_pushing = bed.push(person, state=SENDING, attempts=1, first_attempt_at=began, next_at=began)
    bed.change(was_pushing, body=[{"type": "text", "text": "news"}])
    bed.line.says(Says(409, {"message": "already accepted"}))
    assert bed.deliver() == 1
    assert bed.message(was_pushing).state == ACCEPTED

    was_replying = bed.reply("hello", age=5)
    bed.change(was_replying, state=SENDING, attempts=1, first_attempt_at=began, next_at=began, body=[{}])
    bed.line.says(INVALID)
    assert bed.deliver() == 1
    assert bed.message(was_replying).state == ACCEPTED


def test_a_push_to_somebody_who_blocks_us_is_not_sent_and_its_news_wait(bed: Bed) -> None:
    number = bed.push(bed.resident(blocked_at=clock.real_now()))
    assert bed.deliver() == 0
    row = bed.message(number)
    assert (row.state, row.last_problem) == (WITHDRAWN, "blocked")
    assert bed.told == [("blocked", number)]


def test_a_push_that_line_may_have_is_finished_even_when_its_reader_blocks_us(bed: Bed) -> None:
    person = bed.resident()
    number = bed.push(person)
    bed.line.says(BROKEN, Says(409))
    bed.deliver()
    with bed.database.transaction() as session:
        session.merge(person).blocked_at = clock.real_now()
    bed.comes_due(number)
    bed.deliver()
    assert bed.message(number).state == ACCEPTED


def test_a_message_that_cannot_be_built_stops_nobody(bed: Bed) -> None:
    first, second = bed.reply("one"), bed.reply("two")
    bed.change(first, content=[{"is": "Say"}])
    assert bed.deliver() == 1
    assert bed.message(first).state == REFUSED
    assert bed.message(first).last_problem == "could not be built: KeyError"
    assert bed.message(second).state == ACCEPTED


@pytest.mark.parametrize(
    ("ended", "state", "is_listed"),
    [(Says(), ACCEPTED, False), (BROKEN, WITHDRAWN, True), (RATE, WITHDRAWN, False)],
)
def test_what_was_unsent_while_under_way_is_not_sent_again(bed: Bed, ended: Says, state: str, is_listed: bool) -> None:
    number = bed.push(bed.resident())

    def unsend(asked: Asked) -> Says:
        bed.change(number, state=WITHDRAWN, content=None, body=None, settled_at=clock.real_now())
        return ended

    bed.line.script = unsend
    bed.deliver()
    row = bed.message(number)
    assert row.state == state
    assert (row.content, row.body) == (None, None)
    assert (row.last_problem or "").startswith("outcome unknown") == is_listed
    bed.comes_due(number)
    assert bed.deliver() == 0


def test_what_a_hook_says_belongs_to_the_same_transaction(bed: Bed) -> None:
    person = bed.resident()
    number = bed.reply("hello", person=person)
    bed.line.says(INVALID, Says())

    def push_instead(session: Session, message: OutboxMessage, at: Any) -> None:
        outbox.push_content(session, person, message.content or [], urgency="answer")

    made = bed.delivery()
    delivery = Delivery(made.database, made.channels, made.build, Hooks(expired=push_instead))
    with lanes.held(bed.database, outbox.lane_key(bed.town_id, NOK), "w") as hold:
        assert hold is not None
        assert delivery.deliver_held(hold).attempted == 2
    assert [(row.way, row.state) for row in bed.messages()] == [(REPLY, EXPIRED), (PUSH, ACCEPTED)]
    assert bed.message(number).settled_at is not None
    assert json.loads(bed.line.asked[1].raw)["to"] == NOK


def test_a_push_whose_words_are_no_longer_true_is_not_sent_and_one_under_way_is_not_asked_about(bed: Bed) -> None:
    person = bed.resident()
    old, new = bed.push(person, "old"), bed.push(person, "new")
    asked: list[int] = []

    def still_true(session: Session, message: OutboxMessage, at: Any) -> bool:
        asked.append(message.id)
        return message.id != old

    made = bed.delivery()
    delivery = Delivery(made.database, made.channels, made.build, Hooks(still_true=still_true))
    bed.line.says(BROKEN, Says())
    with lanes.held(bed.database, outbox.lane_key(bed.town_id, NOK), "w") as hold:
        assert hold is not None
        assert delivery.deliver_held(hold).attempted == 1
        bed.comes_due(new)
        assert delivery.deliver_held(hold).attempted == 1
    assert [row.state for row in bed.messages()] == [WITHDRAWN, ACCEPTED]
    assert bed.said() == ["new", "new"]
    assert asked == [old, new], "what LINE may have is repeated as it was"


@pytest.mark.parametrize("ended", [RATE, NOBODY])
def test_a_push_that_line_surely_has_not_got_is_asked_about_before_each_attempt(bed: Bed, ended: Says) -> None:
    person = bed.resident()
    moved_on, goes_on = bed.push(person, "moved on"), bed.push(person, "goes on")
    truth = {moved_on: [True, False], goes_on: [True, True]}
    made = bed.delivery()
    still_true = Hooks(still_true=lambda _session, message, _at: truth[message.id].pop(0))
    delivery = Delivery(made.database, made.channels, made.build, still_true)
    bed.line.says(ended, ended, Says())
    with lanes.held(bed.database, outbox.lane_key(bed.town_id, NOK), "w") as hold:
        assert hold is not None
        assert delivery.deliver_held(hold).attempted == 1
        for number in (moved_on, goes_on):
            bed.comes_due(number)
        assert delivery.deliver_held(hold).attempted == 1, "the first is withdrawn, so it is the second's turn"
        bed.comes_due(goes_on, content=[{"is": "Say", "text": "as it is now", "quick": []}])
        assert delivery.deliver_held(hold).attempted == 1
    assert [row.state for row in bed.messages()] == [WITHDRAWN, ACCEPTED]
    assert bed.said() == ["moved on", "goes on", "as it is now"]


def test_who_takes_a_message_back_at_the_moment_it_is_taken_up_waits_and_is_not_written_over(bed: Bed) -> None:
    number = bed.push(bed.resident(), "unsent words")
    found: list[str] = []

    def take_back() -> None:
        with bed.database.transaction() as session:
            message = session.get_one(OutboxMessage, number, with_for_update={"of": OutboxMessage})
            found.append(message.state)
            message.state, message.content, message.body = WITHDRAWN, None, None

    other = threading.Thread(target=take_back)
    made = bed.delivery()

    def build(session: Session, message: OutboxMessage) -> list[dict[str, Any]]:
        other.start()
        other.join(0.3)  # it cannot come to its end before this transaction does
        return made.build(session, message)

    with lanes.held(bed.database, outbox.lane_key(bed.town_id, NOK), "w") as hold:
        assert hold is not None
        Delivery(made.database, made.channels, build, Hooks()).deliver_held(hold)
    other.join()
    assert found in ([SENDING], [ACCEPTED]), "what was queued when it was taken up would be sent all the same"


def test_a_push_whose_words_cannot_be_put_right_is_refused_and_stops_nobody(bed: Bed) -> None:
    person = bed.resident()
    bad, good = bed.push(person, "bad"), bed.push(person, "good")

    def still_true(session: Session, message: OutboxMessage, at: Any) -> bool:
        if message.id == bad:
            raise ValueError("a bug in the rules of news")
        return True

    made = bed.delivery()
    delivery = Delivery(made.database, made.channels, made.build, Hooks(still_true=still_true))
    with lanes.held(bed.database, outbox.lane_key(bed.town_id, NOK), "w") as hold:
        assert hold is not None
        assert delivery.deliver_held(hold).attempted == 1
    assert (bed.message(bad).state, bed.message(good).state) == (REFUSED, ACCEPTED)


def test_a_failing_hook_leaves_the_message_to_be_found_out_about(bed: Bed) -> None:
    number = bed.push(bed.resident())

    def fails(session: Session, message: OutboxMessage, at: Any) -> None:
        raise ValueError("a bug in the rules of news")

    made = bed.delivery()
    delivery = Delivery(made.database, made.channels, made.build, Hooks(accepted=fails))
    with lanes.held(bed.database, outbox.lane_key(bed.town_id, NOK), "w") as hold:
        assert hold is not None
        with pytest.raises(ValueError, match="a bug"):
            delivery.deliver_held(hold)
    assert bed.message(number).state == SENDING
    bed.comes_due(number)
    bed.line.says(Says(409))
    bed.deliver()
    assert bed.message(number).state == ACCEPTED
    assert len(bed.rows(LedgerEntry)) == 1
