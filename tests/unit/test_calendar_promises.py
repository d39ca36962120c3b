"""When a promise falls due: Songkran, New Year, substitution days, after hours, midnight in two zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot import profiles
from models.calendar import WorkingCalendar

BANGKOK = ZoneInfo("Asia/Bangkok")
RANGSIT = profiles.load("rangsit").calendar()


def bangkok(text: str) -> datetime:
    """A moment on the town's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def plain_week(**changed: object) -> WorkingCalendar:
    settings: dict[str, object] = {
        "zone": BANGKOK,
        "opens": time(8, 30),
        "closes": time(16, 30),
        "weekdays": frozenset(range(5)),
        "holidays": frozenset[date](),
    }
    return WorkingCalendar(**{**settings, **changed})  # type: ignore[arg-type]


def test_hours_on_the_calendar_clock_never_stop() -> None:
    friday_night = bangkok("2027-04-09T23:30")
    assert RANGSIT.due_at(friday_night, 24, "calendar") == bangkok("2027-04-10T23:30")


def test_a_due_moment_is_in_utc() -> None:
    for clock in ("calendar", "working"):
        assert RANGSIT.due_at(bangkok("2027-03-01T10:00"), 2, clock).tzinfo is UTC  # type: ignore[arg-type]
    assert RANGSIT.due_at(bangkok("2027-03-01T10:00"), 2, "working") == datetime(2027, 3, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "days", "due"),
    [
        # An ordinary week: day 0 is the day of sending, due at closing time.
        ("2027-03-01T10:00", 2, "2027-03-03T16:30"),
        ("2027-03-01T10:00", 5, "2027-03-08T16:30"),
        ("2027-03-01T10:00", 0, "2027-03-01T16:30"),
        # Before opening counts as that day; one second before closing too; closing time itself does not.
        ("2027-03-01T00:00", 1, "2027-03-02T16:30"),
        ("2027-03-01T08:29", 1, "2027-03-02T16:30"),
        ("2027-03-01T16:29:59", 1, "2027-03-02T16:30"),
        ("2027-03-01T16:30", 1, "2027-03-03T16:30"),
        ("2027-03-01T23:59:59", 1, "2027-03-03T16:30"),
        # After hours on Friday and all weekend count from Monday.
        ("2027-03-05T17:00", 2, "2027-03-10T16:30"),
        ("2027-03-06T09:00", 2, "2027-03-10T16:30"),
        ("2027-03-07T23:00", 2, "2027-03-10T16:30"),
        # Songkran 2027 is Tuesday to Thursday; Monday and Friday are working days.
        ("2027-04-12T10:00", 1, "2027-04-16T16:30"),
        ("2027-04-12T17:00", 1, "2027-04-19T16:30"),
        ("2027-04-13T10:00", 1, "2027-04-19T16:30"),
        ("2027-04-09T17:00", 2, "2027-04-19T16:30"),
        # Songkran 2026 is Monday to Wednesday, after a weekend.
        ("2026-04-10T10:00", 1, "2026-04-16T16:30"),
        ("2026-04-10T16:30", 1, "2026-04-17T16:30"),
        # New Year 2026: Thursday and the special Friday; day 0 is Monday.
        ("2025-12-31T10:00", 1, "2026-01-05T16:30"),  # the eve itself has no data: 2025 is unknown
        ("2026-01-01T10:00", 1, "2026-01-06T16:30"),
        # New Year 2027: New Year's Eve on Thursday, New Year's Day on Friday.
        ("2026-12-30T10:00", 1, "2027-01-04T16:30"),
        ("2026-12-31T10:00", 1, "2027-01-05T16:30"),
        # Substitution days: Visakha on Sunday moves to Monday; Asarnha on Sunday, with Lent Day on Monday,
        # moves to Tuesday; Father's Day on Saturday to Monday.
        ("2026-05-29T10:00", 1, "2026-06-02T16:30"),
        ("2027-07-16T10:00", 1, "2027-07-21T16:30"),
        ("2026-12-04T10:00", 1, "2026-12-08T16:30"),
        # Queen's birthday on a Wednesday between working days.
        ("2026-06-02T10:00", 2, "2026-06-05T16:30"),
        # Labour Day is no holiday of a public office.
        ("2026-04-30T10:00", 1, "2026-05-01T16:30"),
    ],
)
def test_a_working_promise_falls_due_at_closing_time_of_the_right_day(sent: str, days: int, due: str) -> None:
    assert RANGSIT.due_at(bangkok(sent), days, "working") == bangkok(due)


def test_the_day_is_the_towns_day_and_not_that_of_utc() -> None:
    # 18:00 in UTC on Sunday is one o'clock on Monday morning in Bangkok, and Monday is day 0.
    assert RANGSIT.due_at(datetime(2027, 2, 28, 18, tzinfo=UTC), 1, "working") == bangkok("2027-03-02T16:30")
    # 23:30 in UTC on Thursday is half past six on Friday: before opening, so Friday is day 0.
    assert RANGSIT.due_at(datetime(2027, 3, 4, 23, 30, tzinfo=UTC), 1, "working") == bangkok("2027-03-08T16:30")


def test_the_zone_in_which_a_moment_is_written_changes_nothing() -> None:
    moment = bangkok("2027-04-12T17:00")
    tokyo = moment.astimezone(ZoneInfo("Asia/Tokyo"))
    assert RANGSIT.due_at(tokyo, 3, "working") == RANGSIT.due_at(moment, 3, "working")


def test_a_town_that_works_on_saturday_says_so() -> None:
    six_days = plain_week(weekdays=frozenset(range(6)))
    assert six_days.due_at(bangkok("2027-03-05T10:00"), 1, "working") == bangkok("2027-03-06T16:30")


def test_a_town_in_a_zone_with_summer_time_keeps_its_closing_hour() -> None:
    berlin = plain_week(zone=ZoneInfo("Europe/Berlin"))
    friday = datetime(2027, 3, 26, 9, tzinfo=UTC)  # summer time begins on Sunday
    assert berlin.due_at(friday, 1, "working") == datetime(2027, 3, 29, 14, 30, tzinfo=UTC)


def test_a_year_without_holiday_data_is_answered_by_weekdays_alone_and_said_to_be_unknown() -> None:
    assert RANGSIT.covers(2026)
    assert RANGSIT.covers(2027)
    assert not RANGSIT.covers(2028)
    assert not RANGSIT.covers(2025)
    assert RANGSIT.due_at(bangkok("2028-04-12T10:00"), 1, "working") == bangkok("2028-04-13T16:30")


def test_one_stray_substitution_day_does_not_make_a_year_known() -> None:
    calendar = plain_week(holidays=RANGSIT.holidays | {date(2028, 1, 3)})
    assert not calendar.covers(2028)


@pytest.mark.parametrize("moment", [datetime(2027, 3, 1, 10), datetime(2027, 12, 31, 23, 59)])  # noqa: DTZ001
def test_a_moment_without_a_zone_is_refused(moment: datetime) -> None:
    with pytest.raises(ValueError, match="zone"):
        RANGSIT.due_at(moment, 1, "calendar")
    with pytest.raises(ValueError, match="zone"):
        RANGSIT.is_open_at(moment)


def test_a_promise_never_lies_behind_and_runs_on_a_clock_that_exists() -> None:
    with pytest.raises(ValueError, match="ahead"):
        RANGSIT.due_at(bangkok("2027-03-01T10:00"), -1, "working")
    with pytest.raises(ValueError, match="clock"):
        RANGSIT.due_at(bangkok("2027-03-01T10:00"), 1, "lunar")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [{"weekdays": frozenset()}, {"weekdays": frozenset({7})}, {"opens": time(17)}, {"closes": time(8)}],
)
def test_a_week_in_which_nobody_could_work_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="town"):
        plain_week(**changed)


moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2027, 12, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, BANGKOK, ZoneInfo("America/New_York")]),
)


@given(moments, st.integers(0, 30))
def test_every_working_promise_ends_at_a_closing_time_ahead_on_a_working_day(sent: datetime, days: int) -> None:
    due = RANGSIT.due_at(sent, days, "working").astimezone(BANGKOK)
    assert due > sent
    assert due.time() == time(16, 30)
    assert RANGSIT.is_working_day(due.date())


@given(moments, st.integers(0, 30), st.integers(0, 10_000))
def test_who_sends_later_is_never_promised_an_earlier_day(sent: datetime, days: int, minutes: int) -> None:
    later = sent.astimezone(UTC) + timedelta(minutes=minutes)
    assert RANGSIT.due_at(later, days, "working") >= RANGSIT.due_at(sent, days, "working")
