"""What the code should never write, the database refuses as well: unlawful history and unlawful tickets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from models import Ticket, TicketEvent
from models.errors import HistoryIsFinal
from models.lifecycle import Actor, TicketStatus
from tests import builders
from tests.builders import NOON
from tests.unit.test_lifecycle_moves import LAWFUL

Statement = Callable[[], object]


@pytest.fixture
def ticket(session: Session) -> Ticket:
    return builders.town(session).ticket()


def is_refused(session: Session, run: Statement) -> bool:
    """Whether the database refuses a statement; it is undone in any case."""
    savepoint = session.begin_nested()
    try:
        run()
    except (IntegrityError, DataError):  # a text that is too long is refused as data
        return True
    finally:
        savepoint.rollback()
    return False


def event(ticket: Ticket, **values: Any) -> dict[str, Any]:
    return {
        "municipality_id": ticket.municipality_id,
        "ticket_id": ticket.id,
        "at": NOON,
        "kind": "comment",
        "actor": "officer",
        **values,
    }


def test_history_takes_every_lawful_move_and_no_other(session: Session, ticket: Ticket) -> None:
    lawful = {(start, end) for start, end, _ in LAWFUL}
    taken = set()
    for start, end in product(TicketStatus, TicketStatus):
        row = event(ticket, kind="move", from_status=start.value, to_status=end.value)
        if not is_refused(session, lambda row=row: session.execute(insert(TicketEvent).values(row))):
            taken.add((start.value, end.value))
    assert taken == lawful


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "rewritten"},
        {"actor": "minister"},
        {"from_status": "lost"},
        {"to_status": "lost"},
        {"reason": "not_ours"},
        {"ticket_id": 999},
        {"officer_id": 999},
    ],
)
def test_history_refuses_what_it_does_not_know(session: Session, ticket: Ticket, wrong: dict[str, Any]) -> None:
    assert not is_refused(session, lambda: session.execute(insert(TicketEvent).values(event(ticket))))
    assert is_refused(session, lambda: session.execute(insert(TicketEvent).values(event(ticket, **wrong))))


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "lost"},
        {"status": "forwarded"},
        {"status": "forwarded", "forward_way": "phone", "owner_id": None},
        {"status": "forwarded", "forward_way": None},
        {"status": "forwarded", "forward_way": "pigeon"},
        {"status": "planned"},
        {"status": "waiting"},
        {"status": "merged"},
        {"merged_into_id": 1},
        {"mark": "unseen"},
        {"stars": 0},
        {"stars": 6},
        {"category_id": 999},
        {"department_id": 999},
    ],
)
def test_a_ticket_that_contradicts_itself_is_refused(session: Session, ticket: Ticket, wrong: dict[str, Any]) -> None:
    assert is_refused(session, lambda: session.execute(update(Ticket).where(Ticket.id == ticket.id).values(wrong)))


@pytest.mark.parametrize(
    "right",
    [
        {"status": "forwarded", "forward_way": "letter"},
        {"status": "planned", "planned_until": date(2026, 12, 1)},
        {"status": "waiting", "status_before": "new"},
        {"status": "closed", "mark": "unconfirmed", "stars": 5},
    ],
)
def test_a_ticket_with_what_its_status_needs_is_taken(session: Session, ticket: Ticket, right: dict[str, Any]) -> None:
    assert not is_refused(session, lambda: session.execute(update(Ticket).where(Ticket.id == ticket.id).values(right)))


def test_a_merged_ticket_names_the_other(session: Session, ticket: Ticket) -> None:
    other = builders.town(session, code="elsewhere", prefix="EL").ticket()
    merged = {"status": "merged", "status_before": "new", "merged_into_id": other.id}
    assert not is_refused(session, lambda: session.execute(update(Ticket).where(Ticket.id == ticket.id).values(merged)))


def test_a_number_is_given_once_in_a_town(session: Session, ticket: Ticket) -> None:
    def again() -> None:
        columns = {column.name: getattr(ticket, column.name) for column in Ticket.__table__.columns}
        session.execute(insert(Ticket).values({**columns, "id": ticket.id + 1}))

    assert is_refused(session, again)


def test_history_is_never_edited_nor_deleted(session: Session, ticket: Ticket) -> None:
    entry = session.scalars(select(TicketEvent).where(TicketEvent.ticket_id == ticket.id)).one()
    savepoint = session.begin_nested()
    entry.actor = Actor.SYSTEM
    with pytest.raises(HistoryIsFinal):
        session.flush()
    savepoint.rollback()
    savepoint = session.begin_nested()
    session.delete(entry)
    with pytest.raises(HistoryIsFinal):
        session.flush()
    savepoint.rollback()
    assert session.scalars(select(TicketEvent.actor).where(TicketEvent.ticket_id == ticket.id)).one() == "resident"
