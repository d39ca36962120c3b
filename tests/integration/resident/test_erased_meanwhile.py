"""What is written to somebody in the moment in which their data is erased: on PostgreSQL, as only there it can be."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from bot import casework
from bot.casework import By, Given
from models import News, Officer, OutboxMessage
from models.lifecycle import Actor, TicketStatus
from models.outbox import WITHDRAWN
from tests.integration.resident.test_nothing_is_left import naming
from tests.talking import Person, Rangsit


@pytest.fixture
def database_kind(postgresql: str) -> str:
    """On SQLite writers take turns."""
    return "postgresql"


def test_a_question_that_was_being_asked_keeps_neither_words_nor_line_id(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ลบข้อมูลของฉัน")
    done = threading.Event()

    def erase() -> None:
        nok.presses("ใช่ ลบทั้งหมด")
        done.set()

    with town.database.transaction() as asking:
        ticket = casework.lock(asking, town.standing(number, "id"))
        assert ticket is not None
        by = By(Actor.OFFICER, officer=asking.scalars(select(Officer)).unique().one())
        given = Given(words="ป้าแดงอยู่บ้านเลขที่เท่าไร")
        casework.move_ticket(asking, ticket, TicketStatus.WAITING, by, town.now, given)
        asking.flush()
        thread = threading.Thread(target=erase)
        thread.start()
        assert not done.wait(0.5), "it waits for the ticket"
    thread.join(20)
    assert done.is_set()
    nok.sees("ลบข้อมูลของคุณแล้ว")
    pushed = town.every(OutboxMessage, way="push")[-1]
    assert (pushed.state, pushed.content, pushed.body) == (WITHDRAWN, None, None)
    assert not naming(town, nok), naming(town, nok)
    assert {item.state for item in town.every(News, is_for_officer=False)} <= {"told", "overtaken"}
