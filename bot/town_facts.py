"""A town as the profile that would bring it about, and which of its facts are still to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import time
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import profiles
from models import Answer, Area, CannedReply, Category, Department, FollowUp, Municipality, NamedPlace, Owner
from models.base import Base

AnyFact = TypeVar("AnyFact", bound=profiles.Fact)

#: Fields of a fact that are columns of no table, or columns of another name.
ELSEWHERE = frozenset({"source", "note", "department", "owner", "category"})


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
            for row in active(town.departments)
        ),
        owners=tuple(_fact(profiles.Owner, row, _origin(town, f"owners.{row.code}")) for row in active(town.owners)),
        categories=tuple(
            _fact(
                profiles.Category,
                row,
                _origin(town, f"categories.{row.code}"),
                department=row.department.code,
                owner=owner_codes[row.owner_id],
            )
            for row in active(categories)
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
        answers=answers_of(session, town),
        canned=_canned_of(session, town),
        follow_ups=_follow_ups_of(session, town),
        places=tuple(_named(row) for row in named_places(session, town)),
        over=tuple(settings.get("over", ())),
        wording=settings.get("wording", {}),
        ground=tuple(_owned(row) for row in owned_ground(session, town)),
    )


def _canned_of(session: Session, town: Municipality) -> tuple[profiles.Canned, ...]:
    """Canned replies as facts, those made in the chat left out: they are no profile's."""
    found = session.scalars(
        select(CannedReply)
        .where(CannedReply.municipality_id == town.id, CannedReply.is_active, ~CannedReply.code.startswith("chat-"))
        .order_by(CannedReply.id)
    )
    return tuple(
        _fact(
            profiles.Canned,
            row,
            _origin(town, f"canned.{row.code}"),
            department=row.department.code if row.department else "",
            category=row.category.code if row.category else "",
        )
        for row in found
    )


def answers_of(session: Session, town: Municipality) -> tuple[profiles.Answer, ...]:
    """The town's answers as facts, in their order."""
    found = session.scalars(select(Answer).where(Answer.municipality_id == town.id).order_by(Answer.position))
    codes: dict[int | None, str] = {row.id: row.code for row in town.departments}
    return tuple(
        _fact(profiles.Answer, row, _origin(town, f"answers.{row.code}"), department=codes.get(row.department_id, ""))
        for row in found
    )


def _follow_ups_of(session: Session, town: Municipality) -> tuple[profiles.FollowUp, ...]:
    found = session.execute(
        select(FollowUp, Category.code)
        .join(Category, Category.id == FollowUp.category_id)
        .where(FollowUp.municipality_id == town.id)
        .order_by(FollowUp.position)
    )
    return tuple(
        _fact(profiles.FollowUp, row, _origin(town, f"follow_ups.{row.code}"), category=category)
        for row, category in found
    )


def named_places(session: Session, town: Municipality) -> list[NamedPlace]:
    """The places of this town that have a name, as its profile lists them."""
    statement = select(NamedPlace).where(NamedPlace.municipality_id == town.id).order_by(NamedPlace.position)
    return list(session.scalars(statement))


def owned_ground(session: Session, town: Municipality) -> list[Area]:
    """The roads, canals, railways and estates of this town whose owner is known."""
    statement = select(Area).where(Area.municipality_id == town.id, Area.level == "owner").order_by(Area.id)
    return list(session.scalars(statement))


def _owned(row: Area) -> profiles.OwnedGround:
    return profiles.OwnedGround(
        code=row.code,
        name_th=row.name_th,
        name_en=row.name_en,
        owner=row.owner_code or "",
        categories=tuple((row.categories or "").split()),
        asks=row.asks,
        width_m=row.width_m,
        geometry=row.geometry,
        is_confirmed=row.is_confirmed,
        source=row.source or "",
    )


def _named(row: NamedPlace) -> profiles.NamedPlace:
    texts = ("code", "name_th", "name_en", "kind", "also", "road", "number", "source")
    values: dict[str, Any] = {name: getattr(row, name) or "" for name in texts}
    values |= {"lat": row.latitude, "lon": row.longitude, "accuracy_m": row.accuracy_m}
    return profiles.NamedPlace(**values, is_confirmed=row.is_confirmed)


def unconfirmed(session: Session, town: Municipality) -> list[str]:
    """The facts the town has still to confirm, such as `departments.clerk` or `holidays.2027-04-13`."""
    return [name for name, fact in profile_of(session, town).facts() if not fact.is_confirmed]


def _origin(town: Municipality, name: str) -> dict[str, Any]:
    kept: dict[str, Any] = town.settings["provenance"].get(name, {})
    return kept


Retirable = TypeVar("Retirable", Department, Owner, Category)


def active(rows: Iterable[Retirable]) -> Iterator[Retirable]:
    return (row for row in rows if row.is_active)


def _fact(kind: type[AnyFact], row: Base, origin: Mapping[str, Any], **elsewhere: Any) -> AnyFact:
    """The row as a fact: the other direction of `_columns`."""
    names = {field.name for field in fields(kind)} - ELSEWHERE
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    values = {name: _as_fact(name, value) for name, value in values.items()}
    return kind(**values, **origin, **elsewhere)


def _as_fact(name: str, value: Any) -> Any:
    if value is None:
        return None if name == "valid_until" else ""
    return tuple(value) if isinstance(value, list) else value


def _hours(said: Mapping[str, Any], origin: Mapping[str, Any]) -> profiles.WorkingHours:
    opens, closes = time.fromisoformat(said["opens"]), time.fromisoformat(said["closes"])
    return profiles.WorkingHours(opens, closes, tuple(said["weekdays"]), **origin)


def _quiet(said: Mapping[str, Any], origin: Mapping[str, Any]) -> profiles.QuietHours:
    return profiles.QuietHours(time.fromisoformat(said["starts"]), time.fromisoformat(said["ends"]), **origin)


def _switches(settings: Mapping[str, Any], origin: Mapping[str, Any]) -> profiles.Switches:
    names = {field.name for field in fields(profiles.Switches)} - {field.name for field in fields(profiles.Fact)}
    return profiles.Switches(**{name: settings[name] for name in names}, **origin)
