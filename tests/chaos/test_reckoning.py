"""The count itself: what is under way, and what waits for something that only comes from outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import InboxEvent
from models.inbox import DONE
from tests.chaos.reckoning import inversions, under_way
from tests.talking import Rangsit


def test_news_that_waits_for_the_months_plan_is_counted_once_with_its_message(rangsit: Rangsit) -> None:
    rangsit.officer("desk", "clerk")
    rangsit.line.pushes = "has no quota left"
    rangsit.person("nok").sends("ไฟไหม้บ้าน ช่วยด้วย")
    with rangsit.database.reading() as session:
        left = under_way(session)
    assert (left["messages"], left["waiting for room"], left["news"]) == (0, 1, 0)


@pytest.mark.parametrize(("first_arrived", "first_written", "counts"), [(0, 1, True), (0, 9, False), (5, 1, False)])
def test_an_inversion_is_what_was_known_before_and_handled_after(
    first_arrived: int, first_written: int, counts: bool
) -> None:
    def event(number: int, happened: int, arrived: int, handled: int) -> InboxEvent:
        at = [datetime(2026, 11, 27, tzinfo=UTC) + timedelta(milliseconds=moment) for moment in (arrived, handled)]
        return InboxEvent(
            id=number, lane_key="1:U", state=DONE, occurred_at_ms=happened, received_at=at[0], handled_at=at[1]
        )

    first, second = event(first_written, 1, first_arrived, 90), event(5, 2, 1, 50)
    assert inversions([first, second]) == ([(first, second)] if counts else [])
