"""The date of the next word: the category's promise, a plan's end, an owner's days; standing still while waiting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import promises
from models import Category, Holiday, Municipality, Owner, Ticket
from models.lifecycle import TicketStatus

#: Tuesday, 24 November 2026, 11:00 in Bangkok.
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def town() -> Municipality:
    hours = {"opens": "08:30", "closes": "16:30", "weekdays": [0, 1, 2, 3, 4]}
    return Municipality(
        code="x",
        timezone="Asia/Bangkok",
        settings={"working_hours": hours},
        holidays=[Holiday(day=date(2026, 12, 7))],
    )


def ticket(status: str, *, promise: int = 24, clock: str = "calendar", **more: object) -> Ticket:
    made = Ticket(status=status, **more)
    made.category = Category(code="water", promise=promise, clock=clock)
    return made


def closing(day: int, month: int = 11) -> datetime:
    """16:30 in Bangkok."""
    return datetime(2026, month, day, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("status", ["new", "accepted", "in_progress", "reopened", "waiting"])
def test_the_category_s_promise_counts_from_the_word(town: Municipality, status: str) -> None:
    assert promises.next_word_at(town, ticket(status), NOW) == NOW + 24 * HOURS
    assert promises.next_word_at(town, ticket(status, promise=2, clock="working"), NOW) == closing(26)


@pytest.mark.parametrize("status", ["resolved", "closed", "rejected", "cancelled", "merged"])
def test_resolved_and_ended_tickets_promise_nothing(town: Municipality, status: str) -> None:
    assert promises.next_word_at(town, ticket(status), NOW) is None


def test_weekends_and_holidays_are_no_working_days(town: Municipality) -> None:
    friday = datetime(2026, 12, 4, 4, tzinfo=UTC)
    assert promises.next_word_at(town, ticket("new", promise=1, clock="working"), friday) == closing(8, 12)


def test_a_plan_holds_until_its_day_is_over_and_then_the_usual_promise(town: Municipality) -> None:
    planned = ticket("planned", planned_until=date(2026, 12, 15))
    end = datetime(2026, 12, 15, 16, 59, tzinfo=UTC)
    assert promises.next_word_at(town, planned, NOW) == end
    assert promises.next_word_at(town, planned, end + HOURS) == end + 25 * HOURS


@pytest.mark.parametrize(("days", "due"), [(0, NOW + 24 * HOURS), (1, closing(25)), (7, closing(3, 12))])
def test_after_forwarding_the_longer_of_the_two_counts(town: Municipality, days: int, due: datetime) -> None:
    forwarded = ticket(TicketStatus.FORWARDED)
    forwarded.owner = Owner(code="pwa", follow_up_days=days)
    assert promises.next_word_at(town, forwarded, NOW) == max(due, NOW + 24 * HOURS)


def test_what_was_left_is_left_again_after_a_pause(town: Municipality) -> None:
    paused = ticket("waiting", due_at=NOW + 24 * HOURS)
    promises.pause(paused, NOW + 4 * HOURS)
    promises.pause(paused, NOW + 9 * HOURS)  # a second pause changes nothing
    promises.resume(town, paused, NOW + 3 * DAYS)
    assert (paused.due_at, paused.paused_at) == (NOW + 3 * DAYS + 20 * HOURS, None)


def test_working_days_that_were_left_fall_on_a_closing_time_again(town: Municipality) -> None:
    paused = ticket("waiting", promise=2, clock="working", due_at=closing(26))
    promises.pause(paused, NOW)
    promises.resume(town, paused, NOW + 3 * DAYS)  # Friday; two days were left
    assert paused.due_at == closing(1, 12)


def test_a_promise_that_was_late_when_it_paused_is_due_soon_after(town: Municipality) -> None:
    late = ticket("waiting", due_at=NOW - DAYS)
    promises.pause(late, NOW)
    promises.resume(town, late, NOW + DAYS)
    assert late.due_at == NOW + DAYS + HOURS


def test_resuming_what_was_not_paused_changes_nothing(town: Municipality) -> None:
    running = ticket("accepted", due_at=NOW)
    promises.resume(town, running, NOW + DAYS)
    assert running.due_at == NOW
