"""A code makes one officer once: not guessed, not shared, not after three days."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import invitations, profiles, towns
from bot.database import Database
from bot.invitations import Joined, Refusal
from models import Department, Invitation, Municipality, Officer, Resident
from models.officer import Role

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
RANGSIT = profiles.load("rangsit")


@pytest.fixture
def town(session: Session) -> Municipality:
    return towns.import_profile(session, RANGSIT, NOON).municipality


def somebody(session: Session, town: Municipality, name: str | None = "สมชาย") -> Resident:
    number = len(session.scalars(select(Resident)).all())
    person = Resident(municipality_id=town.id, line_user_id=f"U{number:032x}", display_name=name, first_seen_at=NOON)
    session.add(person)
    session.flush()
    return person


def department(session: Session, town: Municipality, code: str = "water") -> Department:
    wanted = select(Department).where(Department.municipality_id == town.id, Department.code == code)
    return session.scalars(wanted).one()


def joined(result: Joined | Refusal) -> Joined:
    assert isinstance(result, Joined), result
    return result


def test_a_code_makes_an_officer_of_that_department_and_role(session: Session, town: Municipality) -> None:
    person = somebody(session, town)
    code = invitations.invite(session, department(session, town), Role.SUPERVISOR, NOON)
    result = joined(invitations.redeem(session, person, code, NOON))
    assert result.is_new
    assert (result.officer.role, result.officer.name, result.department.code) == ("supervisor", "สมชาย", "water")
    assert [works.code for works in result.officer.departments] == ["water"]
    assert result.officer.resident_id == person.id


def test_a_code_works_once_and_whoever_comes_second_is_told(session: Session, town: Municipality) -> None:
    code = invitations.invite(session, department(session, town), Role.OFFICER, NOON)
    joined(invitations.redeem(session, somebody(session, town), code, NOON))
    second = somebody(session, town)
    assert invitations.redeem(session, second, code, NOON) is Refusal.USED
    assert len(session.scalars(select(Officer)).all()) == 1


@pytest.mark.parametrize(("hours", "outcome"), [(71.99, None), (72, Refusal.EXPIRED), (200, Refusal.EXPIRED)])
def test_a_code_lives_three_days(session: Session, town: Municipality, hours: float, outcome: Refusal | None) -> None:
    code = invitations.invite(session, department(session, town), Role.OFFICER, NOON)
    result = invitations.redeem(session, somebody(session, town), code, NOON + timedelta(hours=hours))
    assert result is outcome if outcome else isinstance(result, Joined)


def test_only_the_hash_is_kept(session: Session, town: Municipality) -> None:
    code = invitations.invite(session, department(session, town), Role.ADMIN, NOON)
    kept = session.scalars(select(Invitation)).one()
    everything = " ".join(str(value) for value in vars(kept).values())
    assert code not in everything
    assert code.replace("-", "") not in everything
    assert len(kept.code_hash) == 64


def test_every_code_is_another(session: Session, town: Municipality) -> None:
    codes = {invitations.invite(session, department(session, town), Role.OFFICER, NOON) for _ in range(20)}
    assert len(codes) == 20
    assert all(invitations.code_in(code) == code for code in codes)


def test_five_wrong_codes_a_day_and_then_not_even_the_right_one(session: Session, town: Municipality) -> None:
    person = somebody(session, town)
    code = invitations.invite(session, department(session, town), Role.OFFICER, NOON)
    for _ in range(5):
        assert invitations.redeem(session, person, "TEAM-AAAAA-AAAAA", NOON) is Refusal.WRONG
    assert invitations.redeem(session, person, code, NOON) is Refusal.TOO_MANY
    # The day is the town's: 17:00 in UTC is midnight in Bangkok.
    assert invitations.redeem(session, person, code, NOON.replace(hour=16, minute=59)) is Refusal.TOO_MANY
    assert isinstance(invitations.redeem(session, person, code, NOON.replace(hour=17)), Joined)


def test_one_persons_wrong_codes_lock_nobody_else_out(session: Session, town: Municipality) -> None:
    guesser = somebody(session, town)
    for _ in range(6):
        invitations.redeem(session, guesser, "TEAM-AAAAA-AAAAA", NOON)
    code = invitations.invite(session, department(session, town), Role.OFFICER, NOON)
    assert isinstance(invitations.redeem(session, somebody(session, town), code, NOON), Joined)


def test_many_wrong_codes_in_a_town_raise_an_alarm_without_names(
    session: Session, town: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for number in range(invitations.ALARM_AT):
            assert not caplog.records, number
            person = somebody(session, town)
            assert invitations.redeem(session, person, "TEAM-AAAAA-AAAAA", NOON) is Refusal.WRONG
    assert "guessing invitation codes" in caplog.text
    assert "AAAAA" not in caplog.text
    assert "สมชาย" not in caplog.text
    assert person.line_user_id not in caplog.text


def test_a_code_of_another_town_is_no_code_here(session: Session, town: Municipality) -> None:
    other = towns.import_profile(session, replace(RANGSIT, code="twin", ticket_prefix="TW"), NOON).municipality
    code = invitations.invite(session, department(session, other), Role.ADMIN, NOON)
    assert invitations.redeem(session, somebody(session, town), code, NOON) is Refusal.WRONG
    assert isinstance(invitations.redeem(session, somebody(session, other), code, NOON), Joined)


def test_a_code_said_in_a_group_is_void(session: Session, town: Municipality) -> None:
    code = invitations.invite(session, department(session, town), Role.OFFICER, NOON)
    assert invitations.void(session, town.id, code, NOON)
    assert not invitations.void(session, town.id, code, NOON)
    assert invitations.redeem(session, somebody(session, town), code, NOON) is Refusal.WRONG
    assert not invitations.void(session, town.id, "TEAM-AAAAA-AAAAA", NOON)


def test_joining_again_adds_a_department_and_never_lowers_the_role(session: Session, town: Municipality) -> None:
    person = somebody(session, town)
    water, roads = department(session, town), department(session, town, "public_works")
    for place, role in ((water, Role.SUPERVISOR), (roads, Role.OFFICER), (roads, Role.OFFICER)):
        code = invitations.invite(session, place, role, NOON)
        result = joined(invitations.redeem(session, person, code, NOON))
    assert not result.is_new
    assert result.officer.role == "supervisor"
    assert sorted(works.code for works in result.officer.departments) == ["public_works", "water"]
    code = invitations.invite(session, water, Role.ADMIN, NOON)
    assert joined(invitations.redeem(session, person, code, NOON)).officer.role == "admin"


def test_somebody_who_was_revoked_begins_anew_without_old_powers(session: Session, town: Municipality) -> None:
    person = somebody(session, town)
    code = invitations.invite(session, department(session, town), Role.ADMIN, NOON)
    officer = joined(invitations.redeem(session, person, code, NOON)).officer
    officer.revoked_at, officer.is_named_for_conduct = NOON, True
    code = invitations.invite(session, department(session, town, "welfare"), Role.OFFICER, NOON)
    again = joined(invitations.redeem(session, person, code, NOON))
    assert again.is_new
    assert again.officer.id == officer.id
    assert (again.officer.role, again.officer.is_active, again.officer.is_named_for_conduct) == ("officer", True, False)
    assert [works.code for works in again.officer.departments] == ["welfare"]


def test_an_officer_without_a_name_is_called_by_the_department(session: Session, town: Municipality) -> None:
    code = invitations.invite(session, department(session, town), Role.OFFICER, NOON)
    result = joined(invitations.redeem(session, somebody(session, town, None), code, NOON))
    assert result.officer.name == "งานประสานการประปา"


def test_two_people_with_one_code_at_the_same_moment_make_one_officer(database: Database) -> None:
    with database.transaction() as session:
        town = towns.import_profile(session, RANGSIT, NOON).municipality
        code = invitations.invite(session, department(session, town), Role.OFFICER, NOON)
        people = [somebody(session, town).id for _ in range(6)]
    together = Barrier(len(people))

    def join(person: int) -> str:
        together.wait(30)
        with database.transaction() as own:
            result = invitations.redeem(own, own.get_one(Resident, person), code, NOON)
            return "joined" if isinstance(result, Joined) else result.value

    with ThreadPoolExecutor(len(people)) as pool:
        assert sorted(pool.map(join, people)) == ["joined", *["used"] * 5]
    with database.reading() as session:
        assert len(session.scalars(select(Officer)).all()) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "TEAM-ABCDE-FGHI7",
        " team-abcde-fghi7 ",
        "Team – abcde – fghi7",
        "TEAM-ABCDEFGHI7",
        "ＴＥＡＭ－ＡＢＣＤＥ－ＦＧＨＩ７",
        "TEAM-A8CDE-FGH17",
    ],
)
def test_a_code_is_recognised_as_people_type_it(typed: str) -> None:
    assert invitations.code_in(typed) == "TEAM-ABCDE-FGHI7"


@pytest.mark.parametrize(
    "said",
    [
        *("", "TEAM", "TEAM-ABCDE", "TEAM-ABCDE-FGHI", "TEAM-ABCDE-FGHI77", "TEAM-ABCD9-FGHI7"),
        *("team hello world", "ทีม-ABCDE-FGHI7", "รหัส TEAM-ABCDE-FGHI7", "TEAM-ABCDE-FGHI7 ครับ"),
    ],
)
def test_other_words_are_no_try(said: str) -> None:
    assert invitations.code_in(said) is None
