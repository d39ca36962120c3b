"""Which days the town works, how they are counted, and when somebody is there to answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot import profiles

BANGKOK = ZoneInfo("Asia/Bangkok")
RANGSIT = profiles.load("rangsit").calendar()
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def bangkok(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2027-03-01", True),  # a Monday
        ("2027-03-06", False),  # a Saturday
        ("2027-04-13", False),  # Songkran
        ("2026-06-01", False),  # substitution for Visakha Bucha
        ("2026-01-02", False),  # special, by the cabinet
        ("2026-05-01", True),  # Labour Day
        ("2027-12-31", False),
    ],
)
def test_the_town_rests_at_weekends_and_on_its_holidays(day: str, works: bool) -> None:
    assert RANGSIT.is_working_day(date.fromisoformat(day)) is works


def test_counting_no_days_stays_on_a_working_day_and_leaves_a_free_one() -> None:
    assert RANGSIT.working_days_after(date(2027, 4, 12), 0) == date(2027, 4, 12)
    assert RANGSIT.working_days_after(date(2027, 4, 13), 0) == date(2027, 4, 16)


def test_the_first_working_day_after_a_free_day_is_day_one() -> None:
    assert RANGSIT.working_days_after(date(2027, 4, 13), 1) == date(2027, 4, 16)
    assert RANGSIT.working_days_after(date(2027, 4, 13), 2) == date(2027, 4, 19)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        RANGSIT.working_days_after(date(2027, 4, 13), -1)


@given(days, st.integers(1, 60))
def test_days_between_is_the_other_direction_of_working_days_after(day: date, count: int) -> None:
    assert RANGSIT.days_between(day, RANGSIT.working_days_after(day, count)) == count


@given(days, days)
def test_days_between_changes_sign_with_direction(first: date, last: date) -> None:
    assert RANGSIT.days_between(first, last) == -RANGSIT.days_between(last, first)


def test_days_between_leaves_out_what_is_free() -> None:
    assert RANGSIT.days_between(date(2027, 4, 12), date(2027, 4, 16)) == 1
    assert RANGSIT.days_between(date(2027, 3, 1), date(2027, 3, 1)) == 0


@pytest.mark.parametrize(
    ("moment", "is_open", "answers_from"),
    [
        ("2027-03-01T08:29", False, "2027-03-01T08:30"),
        ("2027-03-01T08:30", True, "2027-03-01T08:30"),
        ("2027-03-01T12:00", True, "2027-03-01T12:00"),
        ("2027-03-01T16:30", False, "2027-03-02T08:30"),
        ("2027-03-05T18:00", False, "2027-03-08T08:30"),
        ("2027-04-13T10:00", False, "2027-04-16T08:30"),
        ("2026-12-30T17:00", False, "2027-01-04T08:30"),
    ],
)
def test_it_is_known_when_somebody_answers(moment: str, is_open: bool, answers_from: str) -> None:
    assert RANGSIT.is_open_at(bangkok(moment)) is is_open
    assert RANGSIT.opens_after(bangkok(moment)) == bangkok(answers_from)
    assert RANGSIT.opens_after(bangkok(moment)).tzinfo is UTC


def test_the_end_of_any_day_is_its_closing_time() -> None:
    saturday = date(2027, 3, 6)
    assert RANGSIT.closing_of(saturday) == datetime(2027, 3, 6, 9, 30, tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_somebody_is_there_when_we_said_so(moment: datetime) -> None:
    opening = RANGSIT.opens_after(moment)
    assert opening >= moment
    assert RANGSIT.is_open_at(opening)
    assert opening - moment < timedelta(days=10)
