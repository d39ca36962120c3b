"""A town comes in as a profile and goes out as one. Import creates or updates; nothing a ticket refers to goes.

What the tables have no column for (where a fact comes from, remarks, whether the office's address is
confirmed) is kept in `Municipality.settings["provenance"]`, by the names of `Profile.facts()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import profiles
from bot.town_facts import (
    ELSEWHERE,
    active,
    answers_of as answers_of,
    named_places as named_places,
    profile_of as profile_of,
    unconfirmed as unconfirmed,
)
from models import (
    Answer,
    Area,
    CannedReply,
    Category,
    Department,
    FollowUp,
    Holiday,
    ImportantNumber,
    Municipality,
    NamedPlace,
    Owner,
)
from models.base import Base

Row = TypeVar("Row", bound=Base)

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
    kinds = rows.bring_by_code(Category, categories)
    numbers = ({**_columns(number), "owner_id": owner_ids[number.owner]} for number in profile.numbers)
    rows.bring_or_remove(ImportantNumber, "position", dict(enumerate(numbers, 1)))
    rows.bring_or_remove(Holiday, "day", {holiday.day: _columns(holiday) for holiday in profile.holidays})
    rows.bring_or_remove(Answer, "code", _answers(profile.answers, departments))
    follow_ups = {
        one.code: {**_columns(one), "category_id": kinds[one.category].id, "position": position}
        for position, one in enumerate(profile.follow_ups, 1)
    }
    rows.bring_or_remove(FollowUp, "code", follow_ups)
    _bring_canned(rows, session, town, profile, departments, kinds)
    rows.bring_or_remove(NamedPlace, "code", dict(_places(profile)))
    rows.bring_or_remove(Area, "code", {one.code: _ground(one, at) for one in profile.ground}, level="owner")
    if rows.changed:
        town.imported_at = at
    session.flush()
    session.expire(town)
    return Imported(town, known is None, rows.changed)


def _bring_canned(
    rows: _Rows,
    session: Session,
    town: Municipality,
    profile: profiles.Profile,
    departments: Mapping[str, Department],
    kinds: Mapping[str, Category],
) -> None:
    """Canned replies by code; what a supervisor has changed in the chat is left as it is."""
    known = {row.code: row for row in session.scalars(select(CannedReply).filter_by(municipality_id=town.id))}
    for one in profile.canned:
        row = known.pop(one.code, None) or CannedReply(municipality_id=town.id, code=one.code)
        if row.edited_at is not None:
            continue
        department, kind = departments.get(one.department), kinds.get(one.category)
        refers = {"department_id": department.id if department else None, "category_id": kind.id if kind else None}
        rows.bring(row, {**_columns(one), **refers, "is_active": True})
        session.add(row)
    for row in known.values():
        if row.edited_at is None:
            rows.bring(row, {"is_active": False})


def import_answers(session: Session, town: Municipality, answers: Sequence[profiles.Answer], at: datetime) -> int:
    """Let these be all the answers the town has; how many rows had to change."""
    rows = _Rows(session, town)
    rows.bring_or_remove(Answer, "code", _answers(answers, {row.code: row for row in active(town.departments)}))
    others = {name: kept for name, kept in town.settings["provenance"].items() if not name.startswith("answers.")}
    kept = {f"answers.{answer.code}": {"source": answer.source} for answer in answers}
    town.settings = {**town.settings, "provenance": {**others, **kept}}
    if rows.changed:
        town.imported_at = at
    session.flush()
    return rows.changed


def _answers(answers: Iterable[profiles.Answer], departments: Mapping[str, Department]) -> dict[str, dict[str, Any]]:
    return {
        answer.code: {
            **_columns(answer),
            "department_id": known.id if (known := departments.get(answer.department)) is not None else None,
            "position": position,
        }
        for position, answer in enumerate(answers, 1)
    }


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
    values = {field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in ELSEWHERE}
    return {name: _as_column(value) for name, value in values.items()}


def _as_column(value: Any) -> Any:
    if value == "":
        return None
    return list(value) if isinstance(value, tuple) else value


def _places(profile: profiles.Profile) -> Iterator[tuple[str, dict[str, Any]]]:
    for position, place in enumerate(profile.places, 1):
        point = {"latitude": place.lat, "longitude": place.lon, "source": place.source or None, "position": position}
        values = {name: value for name, value in _columns(place).items() if name not in ("lat", "lon")}
        yield place.code, values | point


def _ground(one: profiles.OwnedGround, at: datetime) -> dict[str, Any]:
    return {
        "level": "owner",
        "name_th": one.name_th,
        "name_en": one.name_en,
        "owner_code": one.owner,
        "categories": " ".join(one.categories),
        "asks": one.asks,
        "width_m": one.width_m,
        "geometry": one.geometry,
        "source": one.source or None,
        "is_confirmed": one.is_confirmed,
        "imported_at": at,
    }


class _Rows:
    """Brings the rows of one town up to date, and counts those it had to touch."""

    def __init__(self, session: Session, town: Municipality) -> None:
        self._session = session
        self._town = town
        self.changed = 0

    def bring(self, row: Base, values: Mapping[str, Any]) -> None:
        """Set what differs."""
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        if different.keys() == {"imported_at"} and getattr(row, *different) is not None:
            return
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

    def bring_or_remove(
        self, kind: type[Row], key: str, facts: Mapping[Any, Mapping[str, Any]], **only: str
    ) -> None:
        """Add, update and remove rows, told apart by the column `key`; `only` those with these values."""
        known = self._known(kind, key, **only)
        for value, values in facts.items():
            row = known.pop(value, None) or kind(municipality_id=self._town.id)
            self.bring(row, {**values, key: value})
            self._session.add(row)
        for superfluous in known.values():
            self._session.delete(superfluous)
            self.changed += 1

    def _known(self, kind: type[Row], key: str, **only: str) -> dict[Any, Row]:
        rows = self._session.scalars(select(kind).filter_by(municipality_id=self._town.id, **only))
        return {getattr(row, key): row for row in rows.unique()}
