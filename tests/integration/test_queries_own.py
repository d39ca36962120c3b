"""A resident's own tickets, and finding a ticket by its number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot import queries
from models.lifecycle import TicketStatus
from tests import builders
from tests.builders import NOON, Town


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


def test_own_tickets_come_newest_first_and_only_ones_own(town: Town) -> None:
    old = town.ticket(by="นก")
    new = town.ticket("garbage", by="นก", at=NOON + timedelta(hours=1))
    town.ticket(by="แป้ง")
    assert queries.own_tickets(town.session, town.resident("นก")) == [new, old]


def test_a_report_taken_back_is_ones_own_no_more(town: Town) -> None:
    ticket = town.ticket(by="นก")
    ticket.reports[0].withdrawn_at = NOON
    assert queries.own_tickets(town.session, town.resident("นก")) == []


def test_open_only_leaves_out_what_has_ended(town: Town) -> None:
    ended, resolved = town.ticket(by="นก"), town.ticket("canal", by="นก")
    officer = town.officer("สมชาย", "clerk")
    town.move(ended, TicketStatus.REJECTED, officer)
    town.move(resolved, TicketStatus.ACCEPTED, officer)
    town.move(resolved, TicketStatus.RESOLVED, officer)
    nok = town.resident("นก")
    assert set(queries.own_tickets(town.session, nok)) == {ended, resolved}
    assert queries.own_tickets(town.session, nok, open_only=True) == [resolved]


def test_a_merged_ticket_is_seen_as_the_one_it_went_into_once(town: Town) -> None:
    first, second, third = (town.ticket(by=name) for name in ("นก", "นก", "แป้ง"))
    for merged, into in ((first, second), (second, third)):
        merged.merged_into, merged.status, merged.status_before = into, TicketStatus.MERGED, "new"
    town.session.flush()
    assert queries.own_tickets(town.session, town.resident("นก")) == [third]
    assert queries.standing(first) is third


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("RS-6911-00042", "RS-6911-00042"),
        ("เรื่อง rs-6911-00042 ถึงไหนแล้ว", "RS-6911-00042"),
        ("RS-๖๙๑๑-๐๐๐๔๒", "RS-6911-00042"),
        ("RS – 6911 – 00042", "RS-6911-00042"),
        ("RS-6911-123456", "RS-6911-123456"),
        ("โทร 081-2345-67890", None),
        ("RS-6911-042", None),
        ("น้ำแดงถึงไหนแล้ว", None),
    ],
)
def test_a_number_is_found_as_people_type_it(text: str, number: str | None) -> None:
    assert queries.number_in(text) == number


def test_a_number_belongs_to_its_town(town: Town) -> None:
    elsewhere = builders.town(town.session, code="elsewhere", prefix="EL")
    ticket, other = town.ticket(), elsewhere.ticket()
    assert queries.by_number(town.session, town.row, " rs-6911-00001 ") is ticket
    assert queries.by_number(town.session, town.row, other.number) is None
    assert queries.by_id(town.session, town.row, ticket.id) is ticket
    assert queries.by_id(town.session, town.row, other.id) is None
