"""Every (status, role, action) through the chat itself, compared with the product's table written out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from bot.casework import By, Given, move_ticket
from bot.replies import Button
from models import Conversation, Ticket
from models.lifecycle import Actor, TicketStatus
from models.officer import Role
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat, stopped_clock
from tests.unit.test_lifecycle_moves import LAWFUL

S = TicketStatus

#: How each status comes about, one lawful move after the other.
PATHS: dict[TicketStatus, tuple[TicketStatus, ...]] = {
    S.NEW: (),
    S.ACCEPTED: (S.ACCEPTED,),
    S.PLANNED: (S.ACCEPTED, S.PLANNED),
    S.IN_PROGRESS: (S.ACCEPTED, S.IN_PROGRESS),
    S.WAITING: (S.ACCEPTED, S.WAITING),
    S.FORWARDED: (S.ACCEPTED, S.FORWARDED),
    S.RESOLVED: (S.ACCEPTED, S.RESOLVED),
    S.CLOSED: (S.ACCEPTED, S.RESOLVED, S.CLOSED),
    S.REOPENED: (S.ACCEPTED, S.RESOLVED, S.REOPENED),
    S.REJECTED: (S.REJECTED,),
    S.CANCELLED: (S.CANCELLED,),
    S.MERGED: (S.MERGED,),
}
_RESIDENTS = (S.CLOSED, S.REOPENED, S.CANCELLED)
#: Role: whom the table calls what, None for whoever may do nothing here.
ROLES: dict[str, str | None] = {
    "officer of the department": "officer",
    "officer of two departments": "officer",
    "desk": "officer",
    "supervisor of elsewhere": "officer",
    "administrator of elsewhere": "officer",
    "officer of elsewhere": None,
    "revoked officer": None,
    "reporter": "resident",
    "another resident": None,
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with stopped_clock(monkeypatch, NOON) as stopped:
        yield stopped


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


def made(town: Town, status: TicketStatus, other: Ticket) -> Ticket:
    """The reporter's ticket in this status."""
    ticket = town.ticket(by="นก")
    officer = town.officer(f"ผู้ทำ {status}", "water")
    by = {True: By(Actor.RESIDENT, resident_id=town.resident("นก").id), False: By(Actor.OFFICER, officer=officer)}
    for end in PATHS[status]:
        given = Given(other=other) if end is S.MERGED else town.needed(end)
        move_ticket(town.session, ticket, end, by[end in _RESIDENTS], NOON, given)
    town.session.flush()
    assert ticket.status == status
    return ticket


def person(town: Town, role: str) -> Chat:
    if role == "reporter":
        return chat(town, town.resident("นก"))
    if role == "another resident":
        return chat(town, town.resident("คนอื่น"))
    departments = {"officer of the department": ["water"], "officer of two departments": ["environment", "water"],
                   "desk": ["clerk"], "revoked officer": ["water"]}.get(role, ["environment"])  # fmt: skip
    rank = {"supervisor of elsewhere": Role.SUPERVISOR, "administrator of elsewhere": Role.ADMIN}
    officer = town.officer(role, *departments, role=rank.get(role, Role.OFFICER))
    if role == "revoked officer":
        officer.revoked_at = NOON
    return chat(town, officer)


def act(name: str, *words: str, **args: str | int) -> Callable[[Chat, Ticket], None]:
    """Press the button `name` of any old card of the ticket, then say these words."""

    def done(who: Chat, ticket: Ticket) -> None:
        who.presses_old(Button("x", name, {"ticket": ticket.id, **args}))
        conversation = who.session.get(Conversation, who.person.id)
        for said in words if conversation is not None and conversation.task is not None else ():
            who.says(said)

    return done


def actions(other: Ticket) -> dict[str, tuple[Callable[[Chat, Ticket], None], TicketStatus, str]]:
    """Every action that changes a status: how it is done, where it leads, whose it is."""
    return {
        "รับเรื่อง": (act("work.accept"), S.ACCEPTED, "officer"),
        "เริ่มดำเนินการ": (act("work.start"), S.IN_PROGRESS, "officer"),
        "วางแผน": (act("work.day", date="2026-12-24"), S.PLANNED, "officer"),
        "ขอข้อมูลเพิ่ม": (act("work.ask", "แดงทุกก๊อกหรือเปล่า"), S.WAITING, "officer"),
        "ส่งต่อหน่วยงาน": (act("work.way", "ข้าม", owner="pwa", way="phone"), S.FORWARDED, "officer"),
        "เสร็จแล้ว": (act("work.resolve", "ล้างท่อหน้าบ้านแล้วเมื่อเช้า"), S.RESOLVED, "officer"),
        "ยุติเรื่อง": (act("work.reason", reason="not_found"), S.REJECTED, "officer"),
        "รวมเรื่อง": (act("work.join", into=other.id), S.MERGED, "officer"),
        "หายแล้ว": (act("mine.fixed"), S.CLOSED, "resident"),
        "ยังไม่เรียบร้อย": (act("mine.not_content"), S.REOPENED, "resident"),
        "ยกเลิก": (act("mine.cancel_yes"), S.CANCELLED, "resident"),
    }


#: Who else walks through everything in the long forms.
_IN_SHORT = ("officer of the department", "reporter")


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in _IN_SHORT else pytest.mark.long) for role in ROLES]
)
def test_every_action_in_every_status_does_what_the_table_says_and_nothing_else(town: Town, role: str) -> None:
    other = town.ticket(by="ต้น")
    tickets = {status: made(town, status, other) for status in S}
    who, session = person(town, role), town.session
    session.flush()
    wrong, moved = [], 0
    for label, (does, end, actor) in actions(other).items():
        for status, ticket in tickets.items():
            is_lawful = (status.value, end.value, actor) in LAWFUL and ROLES[role] == actor
            savepoint = session.begin_nested()
            does(who, ticket)
            session.flush()
            stands, told = TicketStatus(ticket.status), bool(who.answers)
            savepoint.rollback()
            moved += stands is not status or is_lawful
            if stands is not (end if is_lawful else status) or not told:
                wrong.append(f"{label} in {status} → {stands}, answered: {told}")
    assert wrong == []
    allowed = {(start, end) for start, end, actor in LAWFUL if actor == ROLES[role]}
    assert moved == len(allowed), "as many moves as the table has for this role"
