"""When the town works, and when a promise falls due. Pure: dates in, dates out.

A promise is hours on the *calendar* clock, which never stops, or working days on the *working* clock.
A working day is one of the town's weekdays that is no holiday. Working promises are counted so:

- day 0 is the day of sending, if that is a working day and the town has not closed yet (sent before it
  opens counts as that day); otherwise it is the next working day;
- the promise falls due at closing time of the n-th working day after day 0.

So with closing at 16:30, two working days sent on Monday at 16:29 fall due on Wednesday at 16:30, and
sent on Monday at 16:30 sharp they fall due on Thursday at 16:30.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

Clock = Literal["calendar", "working"]

_DAY = timedelta(days=1)
#: Every Thai year has holidays in both halves, while a stray substitution day (3 January for a New
#: Year's Eve on a Saturday) stands alone: a year counts as known when both halves hold one.
_LAST_MONTH_OF_FIRST_HALF = 6


@dataclass(frozen=True)
class WorkingCalendar:
    """The town's working week, its hours and its holidays.

    `weekdays` are numbered as in `date.weekday()`, Monday 0. Days and hours are the town's own, in
    `zone`; moments that go in must be aware, moments that come out are in UTC.
    """

    zone: tzinfo
    opens: time
    closes: time
    weekdays: Set[int]
    holidays: Set[date]

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise ValueError("a town works on at least one weekday, numbered 0 (Monday) to 6 (Sunday)")
        if not self.opens < self.closes:
            raise ValueError("a town opens before it closes, on the same day")

    @classmethod
    def from_settings(cls, zone: str, working_hours: Mapping[str, Any], holidays: Set[date]) -> Self:
        """The calendar of a municipality: `settings["working_hours"]` as the profile writes it.

        That is `{"opens": "08:30", "closes": "16:30", "weekdays": [0, 1, 2, 3, 4]}`.
        """
        return cls(
            zone=ZoneInfo(zone),
            opens=time.fromisoformat(working_hours["opens"]),
            closes=time.fromisoformat(working_hours["closes"]),
            weekdays=frozenset(working_hours["weekdays"]),
            holidays=frozenset(holidays),
        )

    def is_working_day(self, day: date) -> bool:
        """Does the town work on this day?"""
        return day.weekday() in self.weekdays and day not in self.holidays

    def working_days_after(self, day: date, count: int) -> date:
        """The `count`-th working day strictly after `day`; for 0, `day` itself or the next working day."""
        if count < 0:
            raise ValueError("working days are counted forwards")
        if count == 0:
            return day if self.is_working_day(day) else self.working_days_after(day, 1)
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def days_between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and including `last`; negative when that is earlier.

        The other direction of `working_days_after`: `days_between(d, working_days_after(d, n)) == n`.
        """
        if last < first:
            return -self.days_between(last, first)
        return sum(self.is_working_day(first + n * _DAY) for n in range(1, (last - first).days + 1))

    def due_at(self, start: datetime, promise: int, clock: Clock) -> datetime:
        """When `promise` falls due, in UTC: hours on the calendar clock, working days on the working one."""
        if promise < 0:
            raise ValueError("a promise lies ahead")
        moment = _aware(start)
        match clock:
            case "calendar":
                return moment.astimezone(UTC) + timedelta(hours=promise)
            case "working":
                return self.closing_of(self.working_days_after(self.day_zero(moment), promise))
            case _:
                raise ValueError("a promise runs on the calendar or the working clock")

    def day_zero(self, start: datetime) -> date:
        """The working day from which a promise made at `start` is counted (see the top of this file)."""
        local = _aware(start).astimezone(self.zone)
        if local.time() < self.closes:
            return self.working_days_after(local.date(), 0)
        return self.working_days_after(local.date(), 1)

    def closing_of(self, day: date) -> datetime:
        """Closing time on `day`, in UTC; also of a day on which the town does not work."""
        return datetime.combine(day, self.closes, self.zone).astimezone(UTC)

    def is_open_at(self, moment: datetime) -> bool:
        """Is somebody at the town hall at this moment?"""
        local = _aware(moment).astimezone(self.zone)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def opens_after(self, moment: datetime) -> datetime:
        """When somebody answers next, in UTC: `moment` itself while the town is open."""
        local = _aware(moment).astimezone(self.zone)
        if self.is_open_at(moment):
            return local.astimezone(UTC)
        return datetime.combine(self.day_zero(moment), self.opens, self.zone).astimezone(UTC)

    def covers(self, year: int) -> bool:
        """Are this year's holidays known? Without them the calendar still answers, by weekdays alone."""
        halves = {day.month <= _LAST_MONTH_OF_FIRST_HALF for day in self.holidays if day.year == year}
        return len(halves) == 2


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone could be any of a day's hours")
    return moment
