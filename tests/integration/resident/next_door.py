"""A town beyond the border, on the same installation, and what is said to ours and handed to it."""

from __future__ import annotations

from typing import Any

from models import Report, Ticket
from tests.integration.resident.test_whose_ground import BEYOND, with_a_neighbour
from tests.talking import Person, Rangsit

HERE, THERE, OLDER_THERE = "RS-6911-00001", "ND-6911-00001", "ND-6911-00009"
BESIDE = (13.99012, 100.67111)
TEMPLE = "ข้างศาลตายาย"


def beside(town: Rangsit) -> Rangsit:
    """The town next door; both have one clock and one post."""
    with_a_neighbour(town)
    bed = object.__new__(Rangsit)
    bed.__dict__ = {**town.__dict__, "code": "next-door-nd"}
    return bed


def hands_over(person: Person, address: str = TEMPLE) -> str:
    person.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    place = person.sends_place(*BEYOND, address=address)
    person.presses("ส่งเรื่อง")
    person.sees("เลขเรื่องที่นั่น")
    return place


def takes_up(officer: Person, number: str, *labels: str) -> None:
    officer.sends(number)
    for label in labels:
        officer.presses(label, on=number)
    officer.reads_on()


def cancels(person: Person, number: str) -> None:
    person.sends(number)
    person.presses("ยกเลิก", on=number)
    person.presses("ใช่ ยกเลิกเรื่องนี้")


def moves_the_place(person: Person, place: tuple[float, float], address: str = "") -> str:
    """The place said anew, after the ticket was made; its LINE id."""
    person.sends(HERE)
    person.presses("เพิ่มข้อมูล", on=HERE)
    return person.sends_place(*place, address=address)


def happened(town: Rangsit, number: str) -> list[str]:
    """The kinds of what happened to a ticket, and the status of a move."""
    with town.database.reading() as session:
        return [entry.to_status or entry.kind for entry in town.ticket(session, number).history]


def stands(town: Rangsit, number: str) -> list[bool]:
    """Whether each report of a ticket still stands."""
    with town.database.reading() as session:
        return [report.withdrawn_at is None for report in town.ticket(session, number).reports]


def older_ticket_there(town: Rangsit, session: Any, **place: Any) -> Ticket:
    """Another ticket of the town next door, of the same kind."""
    theirs = town.ticket(session, THERE)
    other = Ticket(
        municipality_id=theirs.municipality_id, number=OLDER_THERE, category_id=theirs.category_id,
        department_id=theirs.department_id, created_at=town.now, moved_at=town.now, due_at=town.now, **place,
    )  # fmt: skip
    session.add(other)
    session.flush()
    return other


def reported_there_too(town: Rangsit) -> None:
    """Somebody called the town next door about the same garbage."""
    with town.database.transaction() as session:
        theirs = town.ticket(session, THERE)
        session.add(
            Report(
                municipality_id=theirs.municipality_id, ticket_id=theirs.id, channel="phone", contact="02-000-1111",
                created_at=town.now,
            )
        )  # fmt: skip


def where(town: Rangsit, number: str) -> tuple[float | None, float | None, str | None]:
    place: tuple[float | None, float | None, str | None] = town.standing(
        number, "latitude", "longitude", "place_words"
    )
    return place
