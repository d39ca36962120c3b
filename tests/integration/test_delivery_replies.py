"""Replies are free, have no retry key and live a minute: each way their sending can end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from models import LedgerEntry, OutboxMessage
from models.outbox import (
    ACCEPTED,
    EXPIRED,
    QUEUED,
    REFUSED,
    SENDING,
    UNCERTAIN,
)
from tests.integration.engine_bed import BROKEN, DROPPED, INVALID, RATE, WRONG, Bed
from tests.unit.line_fake import Asked, Says


def test_a_reply_is_sent_once_and_settled(bed: Bed) -> None:
    number = bed.reply("hello")
    assert bed.deliver() == 1
    row = bed.message(number)
    assert (row.state, row.attempts, row.request_id) == (ACCEPTED, 1, "r-1")
    assert row.settled_at is not None
    assert bed.line.asked[0].json == {"replyToken": "token-hello", "messages": [{"type": "text", "text": "hello"}]}
    assert bed.told == [("accepted", number)]
    assert bed.deliver() == 0


def test_the_database_knows_of_an_attempt_before_line_does(bed: Bed) -> None:
    number = bed.reply("hello")
    seen: list[OutboxMessage] = []

    def looks(asked: Asked) -> Says:
        seen.append(bed.message(number))
        return Says()

    bed.line.script = looks
    bed.deliver()
    assert (seen[0].state, seen[0].attempts) == (SENDING, 1)
    assert seen[0].first_attempt_at is not None
    assert seen[0].body == bed.line.asked[0].json["messages"]


@pytest.mark.parametrize("ended", [BROKEN, DROPPED])
def test_a_reply_of_unknown_outcome_is_tried_again_and_an_invalid_token_then_means_accepted(
    bed: Bed, ended: Says
) -> None:
    number = bed.reply("hello")
    bed.line.says(ended, INVALID)
    bed.deliver()
    assert bed.message(number).state == QUEUED
    bed.comes_due(number)
    bed.deliver()
    assert bed.message(number).state == ACCEPTED
    assert bed.told == [("accepted", number)]


def test_an_invalid_token_at_the_first_attempt_hands_over_to_the_news_rules(bed: Bed) -> None:
    number = bed.reply("hello")
    bed.line.says(INVALID)
    bed.deliver()
    row = bed.message(number)
    assert (row.state, row.first_attempt_at) == (EXPIRED, None)
    assert bed.told == [("expired", number)]
    assert bed.rows(LedgerEntry) == []


def test_an_attempt_that_surely_did_not_arrive_proves_nothing_about_the_token(bed: Bed) -> None:
    number = bed.reply("hello")
    bed.line.says(RATE, INVALID)
    bed.deliver()
    bed.comes_due(number)
    bed.deliver()
    assert bed.message(number).state == EXPIRED


def test_a_reply_of_unknown_outcome_is_uncertain_after_forty_seconds_and_never_sent_again(bed: Bed) -> None:
    number = bed.reply("hello", age=30)
    bed.line.says(BROKEN)
    bed.deliver()
    assert bed.message(number).state == QUEUED
    bed.comes_due(number, heard_at=clock.real_now() - timedelta(seconds=41))
    assert bed.deliver() == 0
    assert bed.message(number).state == UNCERTAIN
    assert bed.told == [("uncertain", number)]


def test_a_reply_whose_chance_is_long_gone_is_not_even_tried(bed: Bed) -> None:
    number = bed.reply("hello", age=21 * 60)
    assert bed.deliver() == 0
    assert bed.message(number).state == EXPIRED
    assert bed.line.asked == []


def test_a_reply_that_line_refuses_is_shown_to_a_person(bed: Bed) -> None:
    number = bed.reply("hello")
    bed.line.says(WRONG)
    bed.deliver()
    row = bed.message(number)
    assert (row.state, row.first_attempt_at) == (REFUSED, None)
    assert "messages[0].text" in (row.last_problem or "")
    assert bed.told == [("refused", number)]


def test_a_reply_to_a_group_is_sent_to_its_token(bed: Bed) -> None:
    group = "C" + "0c" * 16
    bed.reply("here", chat_id=group)
    assert bed.deliver(group) == 1
