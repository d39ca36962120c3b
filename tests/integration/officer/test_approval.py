"""ยุติเรื่อง where the town wants a supervisor's yes: asked, given, sent back, too late, skipped."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Message, Officer, OutboxMessage, Ticket
from models.officer import Role
from tests import builders
from tests.builders import Town
from tests.chats import Chat, Clock, chat, words_of


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session, rejecting_needs_supervisor=True)


@pytest.fixture
def boss(town: Town) -> Chat:
    return chat(town, town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR))


def asks(somchai: Chat) -> None:
    somchai.presses("ยุติเรื่อง")
    somchai.presses("ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง")


def test_an_officer_asks_and_a_supervisor_agrees(ticket: Ticket, somchai: Chat, boss: Chat) -> None:
    due = ticket.due_at
    asks(somchai)
    assert "ขอให้หัวหน้างานอนุมัติยุติเรื่อง" in somchai.text
    assert (ticket.status, ticket.due_at) == ("new", due), "the clock runs on"
    assert "อนุมัติ" not in somchai.labels()
    boss.says(ticket.number)
    assert "ขอยุติเรื่อง: คุณสมชาย: ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง" in boss.text
    assert [button.label for button in boss.card().buttons if button.style == "primary"] == ["อนุมัติ"]
    boss.says("อนุมัติ")
    assert (ticket.status, ticket.history[-1].reason) == ("rejected", "not_found")
    assert ticket.history[-1].officer_id is not None


def test_the_resident_reads_the_officers_words_only_after_the_yes(
    town: Town, ticket: Ticket, somchai: Chat, boss: Chat
) -> None:
    nok = chat(town, town.resident("นก"))
    somchai.presses("ยุติเรื่อง")
    somchai.presses("อื่น ๆ")
    somchai.says("หมดอายุความแล้ว")
    nok.says(ticket.number)
    assert "หมดอายุความ" not in nok.text
    boss.says(ticket.number)
    assert "หมดอายุความแล้ว" in boss.text
    boss.presses("อนุมัติ")
    assert "หมดอายุความแล้ว" in "\n".join(line for reply in nok.pushed() for line in words_of(reply))


def test_the_officers_words_go_everywhere_when_they_are_unsent_after_the_yes(
    town: Town, ticket: Ticket, somchai: Chat, boss: Chat
) -> None:
    somchai.presses("ยุติเรื่อง")
    somchai.presses("อื่น ๆ")
    somchai.says("ป้าสมร บ้านติดกัน บอกว่าไม่ใช่")
    said = somchai.said_ids()
    boss.says(ticket.number)
    boss.presses("อนุมัติ")
    somchai.unsends(said)
    town.session.expire_all()
    kept = [one.text for one in town.session.scalars(select(Message))]
    kept += [str((one.content, one.body)) for one in town.session.scalars(select(OutboxMessage))]
    assert not [text for text in kept if text and "ป้าสมร" in text]
    nok = chat(town, town.resident("นก"))
    nok.says(ticket.number)
    assert "ยุติเรื่อง" in nok.text
    boss_id = town.session.scalars(select(Officer.id).where(Officer.name == "หัวหน้า")).one()
    moved = [entry for entry in ticket.history if entry.to_status == "rejected"]
    assert [entry.officer_id for entry in moved] == [boss_id], "who agreed stands in the history"


def test_what_is_sent_back_goes_on_and_whoever_asked_hears_why(ticket: Ticket, somchai: Chat, boss: Chat) -> None:
    asks(somchai)
    boss.says(ticket.number)
    boss.presses("ส่งกลับ")
    boss.says("ไปดูอีกรอบก่อน")
    assert "ส่งกลับเรื่อง" in boss.text
    assert ticket.status == "new"
    somchai.says("สวัสดี")
    assert "หัวหน้างาน: “ไปดูอีกรอบก่อน”" in somchai.text
    boss.says(ticket.number)
    assert "อนุมัติ" not in boss.labels()
    somchai.says(ticket.number)
    asks(somchai)
    boss.says(ticket.number)
    boss.presses("ส่งกลับ")
    boss.says("ข้าม")
    assert ticket.history[-1].kind == "approval_returned"


def test_a_yes_after_the_ticket_moved_on_is_refused_kindly(ticket: Ticket, somchai: Chat, boss: Chat) -> None:
    asks(somchai)
    boss.says(ticket.number)
    approve, back = boss.button("อนุมัติ"), boss.button("ส่งกลับ")
    somchai.presses("รับเรื่อง")
    for button in (approve, back):
        boss.presses_old(button)
        assert "เดินต่อไปแล้ว" in boss.text
    assert ticket.status == "accepted"
    asks(somchai)
    boss.presses_old(approve)
    assert ticket.status == "accepted", "an old yes is no yes to a new question"


def test_two_supervisors_at_once_end_it_once(town: Town, ticket: Ticket, somchai: Chat, boss: Chat) -> None:
    asks(somchai)
    other = chat(town, town.officer("หัวหน้าสอง", "water", role=Role.SUPERVISOR))
    for one in (boss, other):
        one.says(ticket.number)
    button = boss.button("อนุมัติ")
    other.presses("อนุมัติ")
    boss.presses_old(button)
    assert "หัวหน้าสอง" in boss.text
    assert [event.to_status for event in ticket.history].count("rejected") == 1


def test_an_officer_cannot_agree_with_a_supervisors_button(ticket: Ticket, somchai: Chat, boss: Chat) -> None:
    asks(somchai)
    boss.says(ticket.number)
    somchai.presses_old(boss.button("อนุมัติ"))
    assert "คุณทำสิ่งนี้กับเรื่องนี้ไม่ได้" in somchai.text
    assert ticket.status == "new"


def test_urgent_tickets_and_supervisors_ask_nobody(town: Town, ticket: Ticket, boss: Chat) -> None:
    urgent = town.ticket(by="ต้น", is_urgent=True)
    wipa = chat(town, town.officer("วิภา", "water"))
    wipa.says(urgent.number)
    asks(wipa)
    assert urgent.status == "rejected"
    boss.says(ticket.number)
    asks(boss)
    assert ticket.status == "rejected"


def test_the_supervisors_hear_of_the_question_once(
    town: Town, ticket: Ticket, somchai: Chat, boss: Chat, clock: Clock
) -> None:
    asks(somchai)
    asks(somchai)
    boss.says("สวัสดี")
    assert boss.text.count("มีเรื่องขออนุมัติยุติ") == 1
    assert {"อนุมัติ", "ส่งกลับ"} <= set(boss.labels())


def test_whoever_types_the_number_reads_the_return_on_the_one_card(
    town: Town, ticket: Ticket, somchai: Chat, boss: Chat
) -> None:
    asks(somchai)
    boss.says(ticket.number)
    assert len(boss.answers) == 1, "what a supervisor is asked stands on the card too"
    boss.presses("ส่งกลับ")
    boss.says("ไปดูอีกรอบก่อน")
    somchai.says(ticket.number)
    assert len(somchai.answers) == 1
    assert "หัวหน้างานส่งกลับ" in somchai.text and "หัวหน้างาน: “ไปดูอีกรอบก่อน”" in somchai.text
    somchai.says(ticket.number)
    assert "หัวหน้างานส่งกลับ" not in somchai.text, "it was told"


def test_the_return_stands_on_the_card_that_follows_an_act(ticket: Ticket, somchai: Chat, boss: Chat) -> None:
    asks(somchai)
    boss.says(ticket.number)
    boss.presses("ส่งกลับ")
    boss.says("ข้าม")
    somchai.presses("รับเรื่อง")
    assert somchai.text.count(ticket.number) == 2, "the sentence that it was done, and one card"
    assert "หัวหน้างานส่งกลับ" in somchai.text


def test_what_a_resident_added_is_read_on_the_one_card(town: Town, ticket: Ticket, somchai: Chat) -> None:
    somchai.presses("รับเรื่อง")
    nok = chat(town, town.resident("นก"))
    nok.says("เพิ่มข้อมูล")
    nok.says("ตอนนี้ขุ่นกว่าเดิมแล้ว")
    somchai.says(ticket.number)
    assert len(somchai.answers) == 1
    assert "ตอนนี้ขุ่นกว่าเดิมแล้ว" in somchai.text and "ผู้แจ้งบอกเพิ่ม" in somchai.text
