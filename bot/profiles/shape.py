"""What a profile says, as values that cannot change. Field by field as in `bot/profiles/rangsit/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Any

from bot.profiles.fact import Fact as Fact, Words as Words
from bot.profiles.mapped import NamedPlace as NamedPlace, OwnedGround as OwnedGround
from models.calendar import WorkingCalendar

#: The days of a week as profile.toml writes them; the place in the row is Python's number of the day.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SIDES = ("north", "east", "south", "west")


@dataclass(frozen=True)
class Office(Fact):
    """Where the town is to be found and called."""

    address_th: str
    address_en: str
    phone: str
    lat: float
    lon: float


@dataclass(frozen=True)
class WorkingHours(Fact):
    """When somebody is at the town hall; `weekdays` as numbers, Monday 0."""

    opens: time
    closes: time
    weekdays: tuple[int, ...]


@dataclass(frozen=True)
class QuietHours(Fact):
    """From `starts` to `ends` (usually the next morning) news that can wait is not pushed."""

    starts: time
    ends: time


@dataclass(frozen=True)
class Switches(Fact):
    """What a town decides for itself."""

    sends_unfinished_drafts: bool
    unfinished_draft_minutes: int
    rejecting_needs_supervisor: bool


@dataclass(frozen=True)
class Privacy(Fact):
    """Who answers for personal data; days that raw events stay, years that words stay after their ticket's end."""

    raw_days: int = 30
    words_years: int = 2
    contact_th: str = ""
    contact_en: str = ""


@dataclass(frozen=True)
class Neighbour(Fact):
    """Who answers for what lies beyond one side of the outline."""

    side: str
    th: str
    en: str


@dataclass(frozen=True)
class Department(Fact):
    """A part of the town that does the work."""

    code: str
    name_th: str
    name_en: str
    is_desk: bool
    note: str = ""


@dataclass(frozen=True)
class Owner(Fact):
    """An outside body; `contact` is where letters go."""

    code: str
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    hotline: str
    contact: str
    follow_up_days: int
    note: str = ""


@dataclass(frozen=True)
class Category(Fact):
    """A kind of problem; `promise` is hours on the calendar clock, working days on the working one."""

    code: str
    topic: str
    name_th: str
    name_en: str
    label_th: str
    label_en: str
    icon: str
    covers: str
    smart_city_domain: str
    department: str
    owner: str
    promise: int
    clock: str
    radius_m: int
    needs_after_photo: bool
    is_public: bool


@dataclass(frozen=True)
class Canned(Fact):
    """Words that officers send often, for one department or category, or (empty) for all."""

    code: str
    department: str
    category: str
    title: str
    text: str


@dataclass(frozen=True)
class ImportantNumber(Fact):
    """A telephone number for residents; those for danger stand on the hotline card."""

    name_th: str
    name_en: str
    phone: str
    is_for_danger: bool
    owner: str


@dataclass(frozen=True)
class Holiday(Fact):
    """A day on which the town rests."""

    day: date
    kind: str
    name_th: str
    name_en: str


@dataclass(frozen=True)
class Answer(Fact):
    """What the town answers to a question; `forms` are ways of asking. `valid_until` is included; None: no end."""

    code: str
    forms: tuple[str, ...]
    answer_th: str
    answer_en: str
    department: str
    valid_until: date | None


@dataclass(frozen=True)
class FollowUp(Fact):
    """A short question after a ticket of this category was made; choices in the same order in both languages."""

    category: str
    code: str
    label_th: str
    label_en: str
    ask_th: str
    ask_en: str
    choices_th: tuple[str, ...]
    choices_en: tuple[str, ...]


@dataclass(frozen=True)
class Outline(Fact):
    """Where the town ends: a GeoJSON Polygon or MultiPolygon, [lon, lat]."""

    geometry: dict[str, Any]


@dataclass(frozen=True)
class Profile:
    """A town as data. Order of the rows is order in menus."""

    code: str
    ticket_prefix: str
    timezone: str
    notice_version: str
    name: Words
    town_word: Words
    office: Office
    working_hours: WorkingHours
    quiet_hours: QuietHours
    switches: Switches
    privacy: Privacy
    outside: Words
    neighbours: tuple[Neighbour, ...]
    departments: tuple[Department, ...]
    owners: tuple[Owner, ...]
    categories: tuple[Category, ...]
    numbers: tuple[ImportantNumber, ...]
    holidays: tuple[Holiday, ...]
    outline: Outline
    answers: tuple[Answer, ...] = ()
    canned: tuple[Canned, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    ground: tuple[OwnedGround, ...] = ()
    over: tuple[str, ...] = ()  # codes of the towns that a province lies over
    wording: dict[str, dict[str, str]] = field(default_factory=dict)  # language → key → this town's own sentence
    places: tuple[NamedPlace, ...] = ()  # counted by doctor, not told one by one: there are hundreds

    def settings(self) -> dict[str, Any]:
        """What `Municipality.settings` keeps, as plain JSON; times are "08:30", weekdays numbers (Monday 0)."""
        hours, quiet, switches = self.working_hours, self.quiet_hours, self.switches
        return {
            "office": _without_standing(self.office),
            "working_hours": {
                "opens": clock_time(hours.opens),
                "closes": clock_time(hours.closes),
                "weekdays": list(hours.weekdays),
            },
            "quiet_hours": {"starts": clock_time(quiet.starts), "ends": clock_time(quiet.ends)},
            **_without_standing(switches),
            "privacy": _without_standing(self.privacy),
            **({"over": list(self.over)} if self.over else {}),
            **({"wording": self.wording} if self.wording else {}),
            "outside": asdict(self.outside),
            "neighbours": [_without_standing(neighbour) for neighbour in self.neighbours],
        }

    def calendar(self) -> WorkingCalendar:
        """When this town works."""
        days = frozenset(holiday.day for holiday in self.holidays)
        return WorkingCalendar.from_settings(self.timezone, self.settings()["working_hours"], days)

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every fact with its name, such as `departments.clerk` or `office`."""
        yield "office", self.office
        yield "working_hours", self.working_hours
        yield "quiet_hours", self.quiet_hours
        yield "settings", self.switches
        yield "privacy", self.privacy
        yield "outline", self.outline
        yield from ((f"neighbours.{row.side}", row) for row in self.neighbours)
        yield from ((f"departments.{row.code}", row) for row in self.departments)
        yield from ((f"owners.{row.code}", row) for row in self.owners)
        yield from ((f"categories.{row.code}", row) for row in self.categories)
        yield from ((f"numbers.{row.phone}", row) for row in self.numbers)
        yield from ((f"ground.{row.code}", row) for row in self.ground)
        yield from ((f"holidays.{row.day.isoformat()}", row) for row in self.holidays)
        yield from ((f"answers.{row.code}", row) for row in self.answers)
        yield from ((f"canned.{row.code}", row) for row in self.canned)
        yield from ((f"follow_ups.{row.code}", row) for row in self.follow_ups)


def clock_time(moment: time) -> str:
    """A time of day as people write it: 08:30."""
    return moment.strftime("%H:%M")


def _without_standing(fact: Fact) -> dict[str, Any]:
    return {key: value for key, value in asdict(fact).items() if key not in ("is_confirmed", "source")}
