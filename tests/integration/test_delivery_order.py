"""In a chat messages leave in order, an answer waits for no push, and only who holds the lane sends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock, lanes, outbox
from models import LedgerEntry, OutboxMessage
from models.outbox import (
    ACCEPTED,
    QUEUED,
    SENDING,
    WAITING_QUOTA,
)
from tests.integration.engine_bed import BROKEN, NOK, POM, RATE, Bed
from tests.unit.line_fake import Asked, Says


def test_messages_leave_in_the_order_in_which_they_were_said(bed: Bed) -> None:
    person = bed.resident()
    bed.reply("1")
    bed.push(person, "2")
    bed.reply("3")
    bed.push(person, "4")
    bed.deliver()
    assert bed.said() == ["1", "2", "3", "4"]


def test_an_answer_never_waits_for_a_push_that_line_does_not_take(bed: Bed) -> None:
    person = bed.resident()
    first = bed.push(person, "news")
    bed.line.says(RATE, Says())
    bed.deliver()
    answer, later = bed.reply("answer"), bed.push(person, "more news")
    bed.deliver()
    assert bed.message(answer).state == ACCEPTED
    assert bed.message(later).state == QUEUED, "later news does not overtake earlier news"
    assert bed.message(later).next_at == bed.message(first).next_at, "and is not asked for in vain meanwhile"
    for number in (first, later):
        bed.comes_due(number)
    bed.deliver()
    assert bed.said() == ["news", "answer", "news", "more news"]


def test_a_second_answer_waits_for_the_first_whose_outcome_is_unknown(bed: Bed) -> None:
    first = bed.reply("1")
    bed.line.says(BROKEN, Says())
    bed.deliver()
    second, third = bed.reply("2"), bed.push(bed.resident(), "3")
    assert bed.deliver() == 0
    waits_until = {bed.message(number).next_at for number in (first, second, third)}
    assert len(waits_until) == 1, "nobody asks for what stands behind it in vain meanwhile"
    for number in (first, second, third):
        bed.comes_due(number)
    bed.deliver()
    assert bed.said() == ["1", "1", "2", "3"]


def test_what_stands_behind_an_answer_that_was_to_wait_is_sent_with_it_at_once(bed: Bed) -> None:
    first = bed.reply("1")
    bed.change(first, next_at=clock.real_now() + timedelta(seconds=4))
    bed.reply("2")
    slow = bed.reply("3")
    bed.change(slow, next_at=clock.real_now() + timedelta(seconds=9))
    assert bed.deliver() == 0
    with bed.database.transaction() as session:
        outbox.send_now(session, session.get_one(OutboxMessage, first))
    bed.deliver()
    assert bed.said() == ["1", "2"], "what waits for a reason of its own goes on waiting"


def test_news_that_waits_for_the_plan_holds_nobody_up(bed: Bed) -> None:
    person = bed.resident()
    waiting = bed.push(person, "1")
    bed.change(waiting, state=WAITING_QUOTA)
    bed.push(person, "2")
    bed.deliver()
    assert bed.said() == ["2"]


def test_chats_do_not_wait_for_each_other(bed: Bed) -> None:
    bed.push(bed.resident(NOK), "1")
    bed.line.says(RATE, Says())
    bed.deliver()
    bed.push(bed.resident(POM), "2")
    assert bed.deliver(POM) == 1


def test_an_attempt_whose_lane_was_lost_is_left_to_the_new_holder(bed: Bed) -> None:
    number = bed.push(bed.resident())

    def meanwhile(asked: Asked) -> Says:
        with bed.database.transaction() as session:
            lanes.release_all(session)
        return Says()

    bed.line.script = meanwhile
    with pytest.raises(lanes.LaneLost):
        bed.deliver()
    assert bed.message(number).state == SENDING
    assert bed.rows(LedgerEntry) == []
    bed.comes_due(number)
    bed.line.says(Says(409))
    bed.deliver()
    assert bed.message(number).state == ACCEPTED


def test_the_lane_is_free_as_soon_as_the_last_message_is_settled(bed: Bed) -> None:
    bed.reply("1")
    key = f"{bed.town_id}:{NOK}"
    with lanes.held(bed.database, key, "tester") as hold:
        assert hold is not None
        bed.delivery().deliver_held(hold)
        with lanes.held(bed.database, key, "another") as other:
            assert other is not None
            with bed.database.transaction() as session, pytest.raises(lanes.LaneLost):
                lanes.renew(session, hold)  # whoever goes on without the lane finds out
    with bed.database.transaction() as session:
        assert lanes.claim(session, key, "third") is not None, "the first gave back nothing that was not his any more"


def test_a_lane_that_is_worked_on_again_is_given_back_in_the_end(bed: Bed) -> None:
    bed.reply("1")
    key = f"{bed.town_id}:{NOK}"
    with lanes.held(bed.database, key, "tester") as hold:
        assert hold is not None
        bed.delivery().deliver_held(hold)
        with bed.database.transaction() as session:
            lanes.renew(session, hold)
    with bed.database.transaction() as session:
        assert lanes.claim(session, key, "another") is not None
