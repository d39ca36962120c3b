"""Two officers press at the very same moment, in two transactions: one wins, the other is told who."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.replies import Button
from models import Municipality, Resident, Ticket, TicketEvent
from tests import builders
from tests.builders import Town
from tests.chats import chat

NAMES = ("สมชาย", "มาลี")


@pytest.mark.parametrize("round_number", range(3))
def test_one_accepts_and_the_other_hears_who(database: Database, round_number: int) -> None:
    with database.transaction() as session:
        town = builders.town(session)
        people = {name: town.officer(name, "water").resident_id for name in NAMES}
        ticket_id = town.ticket().id
    barrier = Barrier(len(NAMES))

    def press(name: str) -> str:
        barrier.wait()
        with database.transaction() as session:
            own = Town(session, session.scalars(select(Municipality)).one())
            officer = chat(own, session.get_one(Resident, people[name]))
            officer.presses_old(Button("รับเรื่อง", "work.accept", {"ticket": ticket_id}))
            return officer.text

    with ThreadPoolExecutor(len(NAMES)) as threads:
        heard = dict(zip(NAMES, threads.map(press, NAMES), strict=True))
    with database.reading() as session:
        ticket = session.scalars(select(Ticket)).unique().one()
        moves = session.scalars(select(TicketEvent).where(TicketEvent.kind == "move")).all()
        winner = session.get_one(Ticket, ticket_id).assignee
        assert winner is not None
        name = winner.name
        assert (ticket.status, [move.officer_id for move in moves]) == ("accepted", [winner.id])
    loser = next(other for other in NAMES if other != name)
    assert heard[name].startswith("รับเรื่อง RS-6911-00001 แล้ว")
    assert f"คุณ{name}รับเรื่องนี้ไปแล้ว" in heard[loser]
