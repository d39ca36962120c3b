"""A profile becomes a town, again and again, without losing what tickets refer to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import profiles, towns
from models import Answer, Category, Department, FollowUp, Holiday, ImportantNumber, Municipality, Owner, Ticket
from models.base import Base

RANGSIT = profiles.load("rangsit")
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


def count(session: Session, kind: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def all_rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the town's tables, to compare."""
    tables = (Municipality, Department, Owner, Category, Holiday, ImportantNumber, Answer, FollowUp)
    return {
        kind.__tablename__: [
            tuple(repr(value) for value in row)
            for row in session.execute(select(kind.__table__).order_by(kind.__table__.c.id))
        ]
        for kind in tables
    }


def with_departments(profile: profiles.Profile, *departments: profiles.Department) -> profiles.Profile:
    kept = {department.code for department in departments}
    answers = tuple(answer for answer in profile.answers if answer.department in kept)
    return replace(profile, departments=departments, answers=answers)


def ticket_in(session: Session, town: Municipality, category: str) -> Ticket:
    kind = session.scalars(select(Category).where(Category.code == category, Category.municipality_id == town.id)).one()
    ticket = Ticket(
        municipality_id=town.id,
        number="RS-6911-00001",
        category_id=kind.id,
        department_id=kind.department_id,
        owner_id=kind.owner_id,
        created_at=NOON,
        moved_at=NOON,
    )
    session.add(ticket)
    session.flush()
    return ticket


def test_rangsit_comes_in_whole(session: Session) -> None:
    done = towns.import_profile(session, RANGSIT, NOON)
    town = done.municipality
    assert done.is_new
    assert (town.code, town.ticket_prefix, town.name_th) == ("rangsit", "RS", "เทศบาลนครรังสิต")
    assert town.outline == RANGSIT.outline.geometry
    assert town.settings["working_hours"]["closes"] == "16:30"
    assert (count(session, Category), count(session, Department), count(session, Owner)) == (22, 9, 19)
    assert [number.phone for number in town.numbers if number.is_for_danger][:2] == ["02-567-6000", "199"]
    assert len(town.holidays) == len(RANGSIT.holidays)
    water = session.scalars(select(Category).where(Category.code == "tap_water_quality")).one()
    assert water.owner is not None
    assert (water.department.code, water.owner.short_th, water.promise) == ("water", "กปภ.", 24)
    assert not water.is_confirmed
    assert [department.code for department in town.departments if department.is_desk] == ["clerk"]


def test_importing_twice_is_importing_once(session: Session) -> None:
    towns.import_profile(session, RANGSIT, NOON)
    before = all_rows(session)
    again = towns.import_profile(session, profiles.load("rangsit"), LATER)
    assert (again.is_new, again.changed) == (False, 0)
    assert all_rows(session) == before


def test_a_town_goes_out_as_it_came_in(session: Session) -> None:
    town = towns.import_profile(session, RANGSIT, NOON).municipality
    session.expire_all()
    assert towns.profile_of(session, town) == RANGSIT


def test_a_changed_fact_changes_one_row_and_its_id_stays(session: Session) -> None:
    towns.import_profile(session, RANGSIT, NOON)
    garbage = session.scalars(select(Category).where(Category.code == "garbage")).one()
    key = garbage.id
    categories = tuple(
        replace(fact, promise=1, is_confirmed=True) if fact.code == "garbage" else fact for fact in RANGSIT.categories
    )
    done = towns.import_profile(session, replace(RANGSIT, categories=categories), LATER)
    session.expire_all()
    assert (garbage.id, garbage.promise, garbage.is_confirmed) == (key, 1, True)
    assert done.changed == 1
    assert done.municipality.imported_at == LATER
    assert len(towns.unconfirmed(session, done.municipality)) == len(list(RANGSIT.facts())) - 1


def test_what_tickets_refer_to_is_retired_and_never_deleted(session: Session) -> None:
    town = towns.import_profile(session, RANGSIT, NOON).municipality
    ticket = ticket_in(session, town, "tap_water_quality")
    smaller = replace(
        RANGSIT,
        departments=tuple(fact for fact in RANGSIT.departments if fact.code != "water"),
        owners=tuple(fact for fact in RANGSIT.owners if fact.code != "pwa"),
        categories=tuple(fact for fact in RANGSIT.categories if fact.department != "water"),
        numbers=tuple(fact for fact in RANGSIT.numbers if fact.owner != "pwa"),
        answers=tuple(fact for fact in RANGSIT.answers if fact.department != "water"),
        canned=tuple(fact for fact in RANGSIT.canned if not fact.category.startswith("tap_water")),
        follow_ups=tuple(fact for fact in RANGSIT.follow_ups if not fact.category.startswith("tap_water")),
    )
    towns.import_profile(session, smaller, LATER)
    session.expire_all()
    assert not ticket.category.is_active
    assert ticket.owner is not None
    assert not ticket.owner.is_active
    assert not session.get_one(Department, ticket.department_id).is_active
    assert towns.profile_of(session, town) == smaller


def test_what_comes_back_is_the_same_row_again(session: Session) -> None:
    town = towns.import_profile(session, RANGSIT, NOON).municipality
    before = all_rows(session)
    fewer = replace(RANGSIT, categories=RANGSIT.categories[:-1], numbers=RANGSIT.numbers[:-1])
    towns.import_profile(session, fewer, LATER)
    towns.import_profile(session, RANGSIT, NOON)
    session.expire_all()
    after = all_rows(session)
    assert [row for name in ("categories", "departments", "owners") for row in after[name]] == [
        row for name in ("categories", "departments", "owners") for row in before[name]
    ]
    assert towns.profile_of(session, town) == RANGSIT


def test_a_retired_desk_no_longer_sees_everything(session: Session) -> None:
    towns.import_profile(session, RANGSIT, NOON)
    clerk = RANGSIT.departments[0]
    new_desk = replace(clerk, code="call_centre", name_th="ศูนย์บริการร่วม", name_en="Call centre")
    moved = tuple(
        replace(fact, department="call_centre") if fact.department == "clerk" else fact for fact in RANGSIT.categories
    )
    profile = replace(RANGSIT, departments=(new_desk, *RANGSIT.departments[1:]), categories=moved)
    town = towns.import_profile(session, profile, LATER).municipality
    desks = [department.code for department in town.departments if department.is_desk]
    assert desks == ["call_centre"]


def test_a_withdrawn_holiday_goes_and_a_special_one_comes(session: Session) -> None:
    town = towns.import_profile(session, RANGSIT, NOON).municipality
    special = replace(RANGSIT.holidays[1], day=datetime(2027, 4, 16, tzinfo=UTC).date())
    holidays = tuple(sorted((*RANGSIT.holidays[1:], special), key=lambda holiday: holiday.day))
    towns.import_profile(session, replace(RANGSIT, holidays=holidays), LATER)
    assert [holiday.day for holiday in town.holidays] == [holiday.day for holiday in holidays]


def test_two_towns_live_side_by_side_and_never_share_a_prefix(session: Session) -> None:
    rangsit = towns.import_profile(session, RANGSIT, NOON).municipality
    twin = replace(RANGSIT, code="thanyaburi", ticket_prefix="TB")
    other = towns.import_profile(session, twin, NOON).municipality
    assert towns.profile_of(session, rangsit) == RANGSIT
    assert towns.profile_of(session, other) == twin
    with pytest.raises(towns.PrefixTaken, match="RS belongs to rangsit"):
        towns.import_profile(session, replace(twin, ticket_prefix="RS"), NOON)
    with pytest.raises(towns.PrefixTaken):
        towns.import_profile(session, replace(RANGSIT, code="another"), NOON)


def test_what_the_town_has_not_confirmed_is_listed_by_name(session: Session) -> None:
    town = towns.import_profile(session, RANGSIT, NOON).municipality
    names = towns.unconfirmed(session, town)
    assert {"office", "working_hours", "outline", "owners.pwa", "numbers.199", "holidays.2027-02-21"} <= set(names)
    assert len(names) == len(set(names)) == len(list(RANGSIT.facts()))
