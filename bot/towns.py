"""A town comes in as a profile and goes out as one. Import creates or updates; nothing a ticket refers to goes.

What the tables have no column for (where a fact comes from, remarks, whether the office's address is
confirmed) is kept in `Municipality.settings["provenance"]`, by the names of `Profile.facts()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import profiles
from models import Category, Department, Holiday, ImportantNumber, Municipality, Owner
from models.base import Base

Row = TypeVar("Row", bound=Base)
AnyFact = TypeVar("AnyFact", bound=profiles.Fact)

#: Fields of a fact that are columns of no table, or columns of another name.
_ELSEWHERE = frozenset({"source", "note", "department", "owner"})
#: Facts that live in `settings` and `outline`; all others are rows with `is_confirmed` of their own.
_WITHOUT_A_ROW = (
    *(profiles.Office, profiles.WorkingHours, profiles.QuietHours, profiles.Switches, profiles.Privacy),
    *(profiles.Neighbour, profiles.Outline),
)


class PrefixTaken(ValueError):
    """Two towns cannot number their tickets with the same prefix."""


@dataclass(frozen=True)
class Imported:
    """What an import did; `changed` counts the rows that were added, altered, retired or removed."""

    municipality: Municipality
    is_new: bool
    changed: int


def find(session: Session, code: str) -> Municipality | None:
    """The municipality with this code."""
    return session.scalars(select(Municipality).where(Municipality.code == code)).one_or_none()


def import_profile(session: Session, profile: profiles.Profile, at: datetime) -> Imported:
    """Create the town, or bring it up to its profile; doing it twice is doing it once.

    Departments, owners and categories that the profile no longer names are retired (`is_active`), because
    tickets refer to them; holidays and telephone numbers, to which nothing refers, are removed.

    :raises PrefixTaken: another town uses this ticket prefix.
    """
    _refuse_a_taken_prefix(session, profile)
    known = find(session, profile.code)
    town = known or Municipality(code=profile.code, imported_at=at)
    rows = _Rows(session, town)
    rows.bring(town, _municipality(profile))
    session.add(town)
    session.flush()
    departments = rows.bring_by_code(Department, {fact.code: _columns(fact) for fact in profile.departments})
    owners = rows.bring_by_code(Owner, {fact.code: _columns(fact) for fact in profile.owners})
    owner_ids: dict[str, int | None] = {"": None, **{code: row.id for code, row in owners.items()}}
    categories = {}
    for category in profile.categories:
        refers = {"department_id": departments[category.department].id, "owner_id": owner_ids[category.owner]}
        categories[category.code] = {**_columns(category), **refers}
    rows.bring_by_code(Category, categories)
    numbers = ({**_columns(number), "owner_id": owner_ids[number.owner]} for number in profile.numbers)
    rows.bring_or_remove(ImportantNumber, "position", dict(enumerate(numbers, 1)))
    rows.bring_or_remove(Holiday, "day", {holiday.day: _columns(holiday) for holiday in profile.holidays})
    if rows.changed:
        town.imported_at = at
    session.flush()
    session.expire(town)
    return Imported(town, known is None, rows.changed)


def _refuse_a_taken_prefix(session: Session, profile: profiles.Profile) -> None:
    holder = session.scalars(
        select(Municipality).where(
            Municipality.ticket_prefix == profile.ticket_prefix, Municipality.code != profile.code
        )
    ).one_or_none()
    if holder is not None:
        raise PrefixTaken(f"ticket_prefix {profile.ticket_prefix} belongs to {holder.code}; choose another")


def _municipality(profile: profiles.Profile) -> dict[str, Any]:
    return {
        "ticket_prefix": profile.ticket_prefix,
        "name_th": profile.name.th,
        "name_en": profile.name.en,
        "town_word_th": profile.town_word.th,
        "town_word_en": profile.town_word.en,
        "timezone": profile.timezone,
        "settings": {**profile.settings(), "provenance": dict(_provenance(profile))},
        "outline": profile.outline.geometry,
        "notice_version": profile.notice_version,
    }


def _provenance(profile: profiles.Profile) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, fact in profile.facts():
        kept: dict[str, Any] = {"source": fact.source}
        if note := getattr(fact, "note", ""):
            kept["note"] = note
        if isinstance(fact, _WITHOUT_A_ROW):
            kept["is_confirmed"] = fact.is_confirmed
        yield name, kept


def _columns(fact: profiles.Fact) -> dict[str, Any]:
    """The fact as the columns of its table; an empty text is no value."""
    values = {field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in _ELSEWHERE}
    return {name: None if value == "" else value for name, value in values.items()}


class _Rows:
    """Brings the rows of one town up to date, and counts those it had to touch."""

    def __init__(self, session: Session, town: Municipality) -> None:
        self._session = session
        self._town = town
        self.changed = 0

    def bring(self, row: Base, values: Mapping[str, Any]) -> None:
        """Set what differs."""
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        self.changed += bool(different)

    def bring_by_code(self, kind: type[Row], facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Row]:
        """Add and update rows by their code, in this order, and retire the others; the active ones by code."""
        known = self._known(kind, "code")
        active = {}
        for position, (code, values) in enumerate(facts.items(), 1):
            active[code] = known.pop(code, None) or kind(municipality_id=self._town.id)
            self.bring(active[code], {**values, "position": position, "is_active": True})
        for retired in known.values():
            self.bring(retired, {"is_active": False})
            if isinstance(retired, Department):  # a desk that is no more must not go on seeing everything
                self.bring(retired, {"is_desk": False})
        self._session.add_all(active.values())
        self._session.flush()
        return active

    def bring_or_remove(self, kind: type[Row], key: str, facts: Mapping[Any, Mapping[str, Any]]) -> None:
        """Add, update and remove rows, told apart by the column `key`."""
        known = self._known(kind, key)
        for value, values in facts.items():
            row = known.pop(value, None) or kind(municipality_id=self._town.id)
            self.bring(row, {**values, key: value})
            self._session.add(row)
        for superfluous in known.values():
            self._session.delete(superfluous)
            self.changed += 1

    def _known(self, kind: type[Row], key: str) -> dict[Any, Row]:
        rows = self._session.scalars(select(kind).filter_by(municipality_id=self._town.id))
        return {getattr(row, key): row for row in rows.unique()}


def profile_of(session: Session, town: Municipality) -> profiles.Profile:
    """The town as the profile that would bring it about; what is retired is left out."""
    categories = session.scalars(
        select(Category).where(Category.municipality_id == town.id).order_by(Category.position)
    )
    owner_codes: dict[int | None, str] = {owner.id: owner.code for owner in town.owners}
    owner_codes[None] = ""
    settings = town.settings
    return profiles.Profile(
        code=town.code,
        ticket_prefix=town.ticket_prefix,
        timezone=town.timezone,
        notice_version=town.notice_version,
        name=profiles.Words(town.name_th, town.name_en),
        town_word=profiles.Words(town.town_word_th, town.town_word_en),
        office=profiles.Office(**settings["office"], **_origin(town, "office")),
        working_hours=_hours(settings["working_hours"], _origin(town, "working_hours")),
        quiet_hours=_quiet(settings["quiet_hours"], _origin(town, "quiet_hours")),
        switches=_switches(settings, _origin(town, "settings")),
        privacy=profiles.Privacy(**settings.get("privacy", {}), **_origin(town, "privacy")),
        outside=profiles.Words(**settings["outside"]),
        neighbours=tuple(
            profiles.Neighbour(**row, **_origin(town, f"neighbours.{row['side']}")) for row in settings["neighbours"]
        ),
        departments=tuple(
            _fact(profiles.Department, row, _origin(town, f"departments.{row.code}"))
            for row in _active(town.departments)
        ),
        owners=tuple(_fact(profiles.Owner, row, _origin(town, f"owners.{row.code}")) for row in _active(town.owners)),
        categories=tuple(
            _fact(
                profiles.Category,
                row,
                _origin(town, f"categories.{row.code}"),
                department=row.department.code,
                owner=owner_codes[row.owner_id],
            )
            for row in _active(categories)
        ),
        numbers=tuple(
            _fact(
                profiles.ImportantNumber,
                row,
                _origin(town, f"numbers.{row.phone}"),
                owner=owner_codes[row.owner_id],
            )
            for row in town.numbers
        ),
        holidays=tuple(
            _fact(profiles.Holiday, row, _origin(town, f"holidays.{row.day.isoformat()}")) for row in town.holidays
        ),
        outline=profiles.Outline(town.outline or {}, **_origin(town, "outline")),
    )


def unconfirmed(session: Session, town: Municipality) -> list[str]:
    """The facts the town has still to confirm, such as `departments.clerk` or `holidays.2027-04-13`."""
    return [name for name, fact in profile_of(session, town).facts() if not fact.is_confirmed]


def _origin(town: Municipality, name: str) -> dict[str, Any]:
    kept: dict[str, Any] = town.settings["provenance"].get(name, {})
    return kept


Retirable = TypeVar("Retirable", Department, Owner, Category)


def _active(rows: Iterable[Retirable]) -> Iterator[Retirable]:
    return (row for row in rows if row.is_active)


def _fact(kind: type[AnyFact], row: Base, origin: Mapping[str, Any], **elsewhere: Any) -> AnyFact:
    """The row as a fact: the other direction of `_columns`."""
    names = {field.name for field in fields(kind)} - _ELSEWHERE
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    values = {name: "" if value is None else value for name, value in values.items()}
    return kind(**values, **origin, **elsewhere)


def _hours(said: Mapping[str, Any], origin: Mapping[str, Any]) -> profiles.WorkingHours:
    opens, closes = time.fromisoformat(said["opens"]), time.fromisoformat(said["closes"])
    return profiles.WorkingHours(opens, closes, tuple(said["weekdays"]), **origin)


def _quiet(said: Mapping[str, Any], origin: Mapping[str, Any]) -> profiles.QuietHours:
    return profiles.QuietHours(time.fromisoformat(said["starts"]), time.fromisoformat(said["ends"]), **origin)


def _switches(settings: Mapping[str, Any], origin: Mapping[str, Any]) -> profiles.Switches:
    names = {field.name for field in fields(profiles.Switches)} - {field.name for field in fields(profiles.Fact)}
    return profiles.Switches(**{name: settings[name] for name in names}, **origin)
