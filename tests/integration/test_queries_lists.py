"""An officer's lists: what is new, what is mine, in which order, and who sees whose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot import queries, rights
from bot.queries import Page
from models import Officer, Ticket
from models.lifecycle import Actor, TicketStatus
from models.officer import Role
from tests import builders
from tests.builders import NOON, Town

ALL = 100


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


def new(town: Town, officer: Officer) -> list[Ticket]:
    town.session.flush()
    return queries.new_work(town.session, officer, ALL).tickets


def mine(town: Town, officer: Officer) -> list[Ticket]:
    town.session.flush()
    return queries.my_work(town.session, officer, ALL).tickets


def test_new_work_is_what_the_own_departments_have(town: Town) -> None:
    water, garbage, other = town.ticket(), town.ticket("garbage"), town.ticket("other")
    assert new(town, town.officer("น้ำ", "water")) == [water]
    assert set(new(town, town.officer("สองกอง", "water", "environment"))) == {water, garbage}
    for name, departments, role in (
        ("ศูนย์", ["clerk"], Role.OFFICER),
        ("หัวหน้า", ["water"], Role.SUPERVISOR),
        ("ผู้ดูแล", ["water"], Role.ADMIN),
    ):
        assert set(new(town, town.officer(name, *departments, role=role))) == {water, garbage, other}


def test_urgent_comes_first_then_what_is_due_first(town: Town) -> None:
    slow = town.ticket("garbage")
    late = town.ticket(at=NOON - timedelta(days=2))
    urgent = town.ticket("canal", is_urgent=True)
    soon = town.ticket()
    assert new(town, town.officer("ศูนย์", "clerk")) == [urgent, late, soon, slow]


def test_a_ticket_leaves_the_new_ones_when_somebody_takes_it(town: Town) -> None:
    somchai, malee = town.officer("สมชาย", "water"), town.officer("มาลี", "water")
    ticket = town.ticket()
    town.move(ticket, TicketStatus.ACCEPTED, somchai)
    assert (new(town, malee), mine(town, somchai), mine(town, malee)) == ([], [ticket], [])


def test_a_reopened_ticket_is_new_again_and_still_its_officers(town: Town) -> None:
    somchai, malee = town.officer("สมชาย", "water"), town.officer("มาลี", "water")
    ticket = town.ticket()
    town.move(ticket, TicketStatus.ACCEPTED, somchai)
    town.move(ticket, TicketStatus.RESOLVED, somchai)
    assert (mine(town, somchai), queries.my_resolved_count(town.session, somchai)) == ([], 1)
    ticket.move_to(TicketStatus.REOPENED, Actor.RESIDENT, NOON)
    assert (new(town, malee), mine(town, somchai)) == ([ticket], [ticket])
    assert queries.my_resolved_count(town.session, somchai) == 0


def test_what_a_revoked_officer_had_in_hand_is_everybodys_again(town: Town) -> None:
    somchai, malee = town.officer("สมชาย", "water"), town.officer("มาลี", "water")
    ticket = town.ticket()
    town.move(ticket, TicketStatus.ACCEPTED, somchai)
    somchai.revoked_at = NOON
    assert new(town, malee) == [ticket]
    assert (new(town, somchai), mine(town, somchai)) == ([], [])


def test_ended_tickets_are_on_no_list(town: Town) -> None:
    somchai = town.officer("สมชาย", "water")
    ticket = town.ticket()
    town.move(ticket, TicketStatus.REJECTED, somchai)
    assert (new(town, somchai), mine(town, somchai)) == ([], [])


def test_nobody_sees_the_tickets_of_another_town(town: Town) -> None:
    elsewhere = builders.town(town.session, code="elsewhere", prefix="EL")
    ticket = elsewhere.ticket()
    admin = town.officer("ผู้ดูแล", "clerk", role=Role.ADMIN)
    assert new(town, admin) == []
    assert not rights.may_work_on(town.session, admin, ticket)


def test_a_long_list_comes_in_pages_without_gaps(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    urgent = town.ticket(is_urgent=True)
    tickets = [town.ticket(by=f"คนที่ {n}", at=NOON + timedelta(minutes=n)) for n in range(6)]
    first = queries.new_work(town.session, officer, 3)
    assert first == Page([urgent, *tickets[:2]], 4, 7)
    # Two of them are taken before the next page is asked for.
    town.move(tickets[0], TicketStatus.ACCEPTED, officer)
    town.move(tickets[1], TicketStatus.ACCEPTED, officer)
    second = queries.new_work(town.session, officer, 3, after=tickets[1])
    assert second == Page(tickets[2:5], 1, 5)
    assert queries.new_work(town.session, officer, 3, after=tickets[4]) == Page(tickets[5:], 0, 5)
    assert queries.new_work(town.session, officer, 3, after=tickets[5]) == Page([urgent, *tickets[2:4]], 2, 5)


def test_an_empty_list_has_no_page_behind_it(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    assert queries.my_work(town.session, officer, 3) == Page([], 0, 0)


@pytest.mark.parametrize(
    ("role", "departments", "is_named", "sees"),
    [
        (Role.OFFICER, ["clerk"], False, False),
        (Role.SUPERVISOR, ["clerk"], False, False),
        (Role.ADMIN, ["clerk"], False, True),
        (Role.OFFICER, ["water"], True, True),
    ],
)
def test_a_complaint_about_staff_is_for_the_administrators_or_the_named(
    town: Town, role: Role, departments: list[str], is_named: bool, sees: bool
) -> None:
    ticket = town.ticket("service")
    officer = town.officer("ใครสักคน", *departments, role=role)
    officer.is_named_for_conduct = is_named
    assert rights.may_work_on(town.session, officer, ticket) is sees
    assert new(town, officer) == ([ticket] if sees else [])


def test_once_somebody_is_named_the_administrator_sees_no_conduct(town: Town) -> None:
    ticket = town.ticket("service")
    admin = town.officer("ผู้ดูแล", "clerk", role=Role.ADMIN)
    named = town.officer("คนที่ระบุชื่อ", "clerk")
    named.is_named_for_conduct = True
    assert (new(town, admin), new(town, named)) == ([], [ticket])
    named.revoked_at = NOON
    assert (new(town, admin), new(town, named)) == ([ticket], [])


def test_the_owners_of_a_ticket_come_first(town: Town) -> None:
    officer = town.officer("สมชาย", "clerk")
    ticket = town.ticket("canal")
    assert [owner.code for owner in queries.owners_for(town.session, ticket)] == ["rid", "police", "pwa"]
    town.move(ticket, TicketStatus.FORWARDED, officer)
    assert [owner.code for owner in queries.owners_for(town.session, ticket)] == ["pwa", "rid", "police"]


def test_a_department_knows_whether_it_has_other_open_work(town: Town) -> None:
    first = town.ticket()
    assert not queries.has_other_open(town.session, first)
    town.ticket("garbage")
    assert not queries.has_other_open(town.session, first)
    second = town.ticket(by="แป้ง")
    assert queries.has_other_open(town.session, first)
    town.move(second, TicketStatus.REJECTED, town.officer("สมชาย", "water"))
    assert not queries.has_other_open(town.session, first)
