"""บันทึกภายใน: words for colleagues, which no resident ever reads."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models import Message, News, OutboxMessage, Ticket
from tests.builders import Town
from tests.chats import Chat, chat


@pytest.fixture
def ticket(town: Town) -> Ticket:
    return town.ticket(by="นก")


@pytest.fixture
def somchai(town: Town, ticket: Ticket) -> Chat:
    """An officer with the ticket's card on the screen."""
    opened = chat(town, town.officer("สมชาย", "water"))
    opened.says(ticket.number)
    return opened


def test_a_note_is_read_by_colleagues_with_its_author(town: Town, somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("บันทึกภายใน")
    somchai.says("โทรหาเจ้าของบ้านแล้ว ไม่มีคนรับ")
    assert "เก็บบันทึกในเรื่อง RS-6911-00001 แล้ว" in somchai.text
    malee = chat(town, town.officer("มาลี", "water"))
    malee.says(ticket.number)
    assert "บันทึกภายใน: คุณสมชาย: “โทรหาเจ้าของบ้านแล้ว ไม่มีคนรับ”" in malee.text
    assert any("บันทึกภายใน · คุณสมชาย" in line for line in malee.card().history)
    assert (ticket.status, ticket.assignee_id) == ("new", None)


def test_a_note_reaches_no_resident_by_any_way(town: Town, somchai: Chat, ticket: Ticket) -> None:
    nok = chat(town, town.resident("นก"))
    nok.says("ติดตามเรื่อง")
    before = town.session.scalar(select(func.count()).select_from(News))
    somchai.presses("บันทึกภายใน")
    somchai.says("บ้านนี้แจ้งบ่อยมาก")
    assert town.session.scalar(select(func.count()).select_from(News)) == before
    for words in ("สวัสดี", "ติดตามเรื่อง", ticket.number):
        nok.says(words)
        assert nok.answers
        assert "แจ้งบ่อย" not in nok.text
    wanted = select(OutboxMessage).where(OutboxMessage.resident_id == nok.person.id)
    assert "แจ้งบ่อย" not in str([row.content for row in town.session.scalars(wanted).unique()])


def test_the_newest_notes_stand_on_the_card(somchai: Chat, ticket: Ticket) -> None:
    for n in range(4):
        somchai.presses("บันทึกภายใน")
        somchai.says(f"รอบที่ {n}")
    (line,) = [line.value for line in somchai.card().lines if line.label == "บันทึกภายใน"]
    assert line == "คุณสมชาย: “รอบที่ 1”\nคุณสมชาย: “รอบที่ 2”\nคุณสมชาย: “รอบที่ 3”"


def test_a_label_as_a_note_is_asked_about_without_naming_the_resident(somchai: Chat) -> None:
    somchai.presses("บันทึกภายใน")
    somchai.says("เสร็จแล้ว")
    assert "ให้เจ้าหน้าที่อ่าน ใช่ไหม" in somchai.text
    assert somchai.labels() == ["ใช่ บันทึกเลย", "ยกเลิก"]
    somchai.presses("ใช่ บันทึกเลย")
    note = somchai.session.scalars(select(Message).where(Message.kind == "note")).one()
    assert note.text == "เสร็จแล้ว"


def test_a_note_that_was_taken_back_is_gone_and_the_history_says_so(somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("บันทึกภายใน")
    somchai.says("พิมพ์ผิดเรื่อง")
    somchai.unsends(somchai.said_ids())
    somchai.says(ticket.number)
    assert "พิมพ์ผิดเรื่อง" not in somchai.text
    assert [entry.kind for entry in ticket.history] == ["created", "note", "erased"]
