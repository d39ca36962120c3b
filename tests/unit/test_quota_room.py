"""How far each kind of push may go in a month's plan: who has the last of it when it runs short."""

from __future__ import annotations

import pytest

from bot.delivery.quota import Spent, has_room
from models.news import URGENCY

#: In the order of the product: the first is told when all others wait.
IN_ORDER = ("urgent", "resolved", "question", "rejected", "planned", "overdue", "digest")


def goes_until(urgency: str, *, allowed: int = 300, is_for_officer: bool = False) -> int:
    """How many of this kind a plan takes when nothing else is sent."""
    count = 0
    while has_room(allowed, Spent(count, count if is_for_officer else 0), urgency, is_for_officer=is_for_officer):
        count += 1
    return count


def test_a_tenth_is_kept_for_what_is_urgent() -> None:
    assert (goes_until("urgent"), goes_until("resolved")) == (300, 270)


def test_when_it_runs_short_the_more_pressing_has_the_last_of_it() -> None:
    limits = [goes_until(urgency) for urgency in IN_ORDER]
    assert limits == sorted(limits, reverse=True)
    assert len(set(limits)) == len(limits)
    assert goes_until("forwarded") == goes_until("rejected")


def test_officers_have_a_fifth_of_the_rest_and_residents_the_others() -> None:
    assert goes_until("overdue", is_for_officer=True) == 54
    assert goes_until("urgent", is_for_officer=True) == 300
    assert has_room(300, Spent(200, 54), "overdue")


@pytest.mark.parametrize("urgency", URGENCY)
def test_every_kind_has_its_place_and_no_plan_is_overdrawn(urgency: str) -> None:
    for allowed in (0, 1, 5, 300, 15_000):
        assert goes_until(urgency, allowed=allowed) <= allowed
