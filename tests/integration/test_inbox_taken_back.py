"""A message that was taken back before LINE brought it: no handler reads it, and its words go at once."""

from __future__ import annotations

from datetime import timedelta

from bot import clock
from bot.inbox import drain
from models.inbox import DONE
from tests.integration.engine_bed import POM, Bed, event
from tests.integration.test_inbox_draining import Handler, keep, lane


def takes_back(number: int, said: str, **fields: object) -> dict[str, object]:
    return event(number, type="unsend", unsend={"messageId": said}, message=..., replyToken=..., **fields)


def test_a_message_that_line_brings_after_it_was_taken_back_is_not_read(bed: Bed) -> None:
    handler, before = Handler(), clock.real_now() - timedelta(seconds=30)
    late = event(1, at=before)  # LINE met our 503 with it, and delivers it again
    keep(bed, takes_back(2, said=late["message"]["id"]))
    drain(bed.database, lane(bed), handler, "w")
    keep(bed, late, event(3))
    assert drain(bed.database, lane(bed), handler, "w") == 2
    assert handler.seen == [2, 3]
    rows = {row.event_id[-1]: row for row in bed.events()}
    assert (rows["1"].state, rows["1"].body) == (DONE, None)
    assert rows["3"].body is not None


def test_nobody_else_takes_a_message_back(bed: Bed) -> None:
    handler = Handler()
    keep(bed, takes_back(2, said="501", user=POM))
    drain(bed.database, lane(bed, POM), handler, "w")
    keep(bed, event(1))
    drain(bed.database, lane(bed), handler, "w")
    assert handler.seen == [2, 1]
