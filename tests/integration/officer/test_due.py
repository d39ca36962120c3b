"""ใกล้ครบกำหนด, typed: what is overdue or due until the next working day closes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.replies import Carousel
from models.lifecycle import TicketStatus
from tests.builders import NOON, Town
from tests.chats import Chat, chat

S = TicketStatus


@pytest.fixture
def somchai(town: Town) -> Chat:
    return chat(town, town.officer("สมชาย", "water"))


def shown(officer: Chat) -> list[str]:
    return [card.number for reply in officer.answers if isinstance(reply, Carousel) for card in reply.cards]


def test_what_is_overdue_comes_first_and_what_is_far_or_paused_does_not_come(town: Town, somchai: Chat) -> None:
    asker = town.officer("มาลี", "water")
    soon, late, far, asked, done = (town.ticket(by=f"คนที่ {n}") for n in range(5))
    soon.due_at, late.due_at, far.due_at = (
        NOON + timedelta(hours=20), NOON - timedelta(days=1), NOON + timedelta(days=9),
    )  # fmt: skip
    town.move(asked, S.WAITING, asker)
    town.move(done, S.ACCEPTED, asker)
    town.move(done, S.RESOLVED, asker)
    town.ticket("garbage", by="แป้ง").due_at = NOON
    town.session.flush()
    somchai.says("ใกล้ครบกำหนด")
    assert "ใกล้ครบกำหนดหรือเลยแล้ว 2 เรื่อง" in somchai.text
    assert shown(somchai) == [late.number, soon.number]


def test_the_rest_comes_on_demand(town: Town, somchai: Chat) -> None:
    numbers = [town.ticket(by=f"คนที่ {n}").number for n in range(14)]
    somchai.says("Due soon")
    assert shown(somchai) == numbers[:12]
    somchai.presses("ดูเพิ่ม")
    assert shown(somchai) == numbers[12:]


def test_nothing_due_is_said_warmly(somchai: Chat) -> None:
    somchai.says("ใกล้ครบกำหนด")
    assert "ไม่มีเรื่องที่ใกล้ครบกำหนด" in somchai.text
