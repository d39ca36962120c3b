"""A ticket that becomes urgent after it was made: whoever is at work hears of it first, as of any other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import officer_casework
from bot.casework import By
from models import Department, Officer
from models.lifecycle import Actor
from models.officer import Role
from tests.talking import Person, Rangsit


def by(session: Session) -> By:
    return By(Actor.OFFICER, officer=session.scalars(select(Officer).where(Officer.name == "somchai")).unique().one())


def test_what_becomes_urgent_late_has_its_ten_minutes_too(town: Rangsit, nok: Person, ton: Person) -> None:
    somchai = town.officer("somchai", "clerk")
    head = town.officer("head", "education", role=Role.SUPERVISOR)
    admin = town.officer("admin", "education", role=Role.ADMIN)
    old = nok.reports()
    town.passes(hours=14)
    town.now = datetime(2026, 11, 24, 19, tzinfo=UTC)  # two at night
    ton.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    fresh = town.tickets()[-1]
    before = {one.name: one.count("push") for one in (somchai, head, admin)}
    with town.database.transaction() as session:
        officer_casework.merge(session, town.ticket(session, fresh), town.ticket(session, old), by(session), town.now)
    town.passes(seconds=2)
    pushes = [one.count("push") - before[one.name] for one in (somchai, head, admin)]
    assert pushes == [1, 0, 0], "those at work first"
    town.passes(minutes=9)
    assert head.count("push") == before["head"]
    town.passes(minutes=1)
    head.sees("ยังไม่มีใครรับ", way="push")
    assert admin.count("push") == before["admin"]
    town.passes(minutes=10)
    admin.sees("ยังไม่มีใครรับ", way="push")


@pytest.mark.parametrize("minutes", [2, 30], ids=["merged at once", "merged after those above were told"])
def test_an_urgent_ticket_that_comes_back_from_a_merge_has_its_ten_minutes_anew(
    town: Rangsit, nok: Person, ton: Person, minutes: int
) -> None:
    somchai = town.officer("somchai", "clerk")
    head = town.officer("head", "education", role=Role.SUPERVISOR)
    admin = town.officer("admin", "education", role=Role.ADMIN)
    old = nok.reports()
    town.moves(old, "accepted", by="somchai")
    ton.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    fresh = town.tickets()[-1]
    town.passes(minutes=minutes / 2)
    town.passes(minutes=minutes / 2)
    with town.database.transaction() as session:
        officer_casework.merge(session, town.ticket(session, fresh), town.ticket(session, old), by(session), town.now)
    town.passes(hours=2)
    before = [one.count("push") for one in (somchai, head, admin)]

    def pushed() -> list[int]:
        return [one.count("push") - count for one, count in zip((somchai, head, admin), before, strict=True)]

    with town.database.transaction() as session:
        officer_casework.unmerge(session, town.ticket(session, fresh), by(session), town.now)
    town.passes(seconds=2)
    assert pushed() == [1, 0, 0], "those at work first"
    town.passes(minutes=9)
    assert pushed() == [1, 0, 0]
    town.passes(minutes=1)
    assert pushed() == [1, 1, 0]
    town.passes(minutes=10)
    assert pushed() == [1, 1, 1]


def test_an_urgent_ticket_that_somebody_had_accepted_alarms_nobody_when_it_comes_back(
    town: Rangsit, nok: Person, ton: Person
) -> None:
    somchai = town.officer("somchai", "clerk")
    old = nok.reports()
    town.moves(old, "accepted", by="somchai")
    ton.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    fresh = town.tickets()[-1]
    town.moves(fresh, "accepted", by="somchai")
    with town.database.transaction() as session:
        officer_casework.merge(session, town.ticket(session, fresh), town.ticket(session, old), by(session), town.now)
    before = somchai.count("push")
    with town.database.transaction() as session:
        officer_casework.unmerge(session, town.ticket(session, fresh), by(session), town.now)
    town.passes(minutes=30)
    assert (town.standing(fresh), somchai.count("push")) == ("accepted", before)


def test_what_was_accepted_and_given_to_another_department_has_its_ten_minutes_anew(town: Rangsit, ton: Person) -> None:
    town.officer("somchai", "clerk")
    team = town.officer("team", "traffic")
    head = town.officer("head", "education", role=Role.SUPERVISOR)
    ton.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    [number] = town.tickets()
    town.moves(number, "accepted")
    town.passes(hours=1)
    before = {one.name: one.count("push") for one in (team, head)}
    with town.database.transaction() as session:
        traffic = session.scalars(select(Department).where(Department.code == "traffic")).one()
        ticket = town.ticket(session, number)
        officer_casework.transfer(session, ticket, traffic, by(session), "ขวางถนน", None, town.now)
    town.passes(seconds=2)
    assert (team.count("push"), head.count("push")) == (before["team"] + 1, before["head"])
    town.passes(minutes=9)
    assert head.count("push") == before["head"], "its new people have their ten minutes"
    town.passes(minutes=1)
    head.sees("ยังไม่มีใครรับ", way="push")
