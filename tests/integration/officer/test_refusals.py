"""What an officer may not do, or no more: other departments, old cards, revoked people, two at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.replies import Button, Card, Say
from models import Message, Ticket
from models.lifecycle import Actor, TicketStatus
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, chat

S = TicketStatus
NUMBER = "RS-6911-00001"



def test_a_ticket_of_another_department_is_refused_kindly(town: Town, ticket: Ticket) -> None:
    malee = chat(town, town.officer("มาลี", "environment"))
    for verb in ("accept", "reply", "forward", "reject", "recategorise", "show", "skip", "send_it"):
        malee.presses_old(Button("x", f"work.{verb}", {"ticket": ticket.id}))
        assert "เรื่องนี้อยู่กับหน่วยงานอื่น" in malee.text
        assert "น้ำประปาเป็นสีแดง" not in malee.text
    assert (ticket.status, len(ticket.history)) == ("new", 1)


@pytest.mark.parametrize("number", ["", "x", "999", "๑", "-1", "1e3"])
def test_a_button_of_no_ticket_is_refused_kindly(somchai: Chat, number: str) -> None:
    somchai.presses_old(Button("x", "work.accept", {"ticket": number}))
    assert "เรื่องนี้อยู่กับหน่วยงานอื่น" in somchai.text


def test_a_ticket_of_another_town_is_refused(town: Town, somchai: Chat) -> None:
    other = builders.town(town.session, code="elsewhere", prefix="EL").ticket()
    somchai.presses_old(Button("x", "work.accept", {"ticket": other.id}))
    assert other.status == "new"


@pytest.mark.parametrize("action", ["work.fly", "work.", "tab.kitchen", "work.list"])
def test_a_button_of_another_release_says_that_it_is_old(somchai: Chat, action: str) -> None:
    somchai.presses_old(Button("x", action, {}))
    assert "ปุ่มนี้เก่าแล้ว" in somchai.text


def test_a_forged_button_does_nothing(somchai: Chat, ticket: Ticket) -> None:
    somchai.posts_back(f"AAAAAAAAAAAAAAAAAAAA.work.accept?ticket={ticket.id}")
    assert ticket.status == "new"
    assert "ปุ่มนี้ใช้ไม่ได้" in somchai.text


def test_an_old_card_says_what_has_happened_and_shows_the_card_of_now(somchai: Chat, ticket: Ticket) -> None:
    old = {label: somchai.button(label) for label in ("รับเรื่อง", "ขอข้อมูลเพิ่ม", "ส่งต่อหน่วยงาน", "ยุติเรื่อง", "เปลี่ยนประเภท")}
    somchai.presses("รับเรื่อง")
    somchai.presses_old(old["รับเรื่อง"])
    assert "คุณทำเรื่อง RS-6911-00001 ไปแล้ว" in somchai.text
    somchai.presses("เสร็จแล้ว")
    somchai.says("ล้างท่อแล้ว")
    for button in old.values():
        somchai.presses_old(button)
        assert somchai.card().badge == "แก้ไขแล้ว รอผู้แจ้งยืนยัน"
        assert ticket.status == "resolved"


def test_a_ticket_the_resident_took_back_says_so(somchai: Chat, ticket: Ticket) -> None:
    old = [somchai.button("รับเรื่อง"), somchai.button("ตอบกลับ")]
    ticket.move_to(S.CANCELLED, Actor.RESIDENT, NOON)
    for button in old:
        somchai.presses_old(button)
        assert "เปลี่ยนไปแล้ว ตอนนี้: ผู้แจ้งยกเลิก" in somchai.text


def test_the_second_of_two_officers_is_told_who_was_first(town: Town, somchai: Chat, ticket: Ticket) -> None:
    malee = chat(town, town.officer("มาลี", "water"))
    malee.taps("new")
    somchai.presses("รับเรื่อง")
    malee.presses("รับเรื่อง")
    said, card = malee.answers
    assert isinstance(said, Say)
    assert said.text == "คุณสมชายรับเรื่องนี้ไปแล้ว (RS-6911-00001)"
    assert isinstance(card, Card)
    assert card.badge == "รับเรื่องแล้ว"


def test_words_that_come_too_late_are_not_sent_and_that_is_said(town: Town, somchai: Chat, ticket: Ticket) -> None:
    malee = chat(town, town.officer("มาลี", "water"))
    malee.taps("new")
    malee.presses("ยุติเรื่อง")
    malee.presses("อื่น ๆ")
    somchai.presses("ยุติเรื่อง")
    somchai.presses("ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง")
    malee.says("รื้อไปแล้ว")
    assert "สิ่งที่เพิ่งพิมพ์ยังไม่ได้ส่ง" in malee.text
    assert "คุณสมชายทำเรื่อง RS-6911-00001 ไปแล้ว ตอนนี้: ยุติเรื่อง" in malee.text
    assert [entry.officer_id for entry in ticket.history if entry.kind == "move"] == [ticket.assignee_id]


def test_an_officer_revoked_in_the_middle_is_told_kindly_and_nothing_is_sent(
    town: Town, somchai: Chat, ticket: Ticket
) -> None:
    accept = somchai.button("รับเรื่อง")
    somchai.presses("ตอบกลับ")
    officer = town.session.scalars(select(builders.Officer)).one()
    officer.revoked_at = NOON
    town.session.flush()
    somchai.says("ความลับ")
    assert "ไม่ได้เป็นเจ้าหน้าที่ของเทศบาลนครรังสิตแล้ว" in somchai.text
    assert town.session.scalars(select(Message).where(Message.kind == "reply")).all() == []
    assert somchai.person.id
    somchai.presses_old(accept)
    assert "ไม่ได้เป็นเจ้าหน้าที่" in somchai.text
    somchai.taps("new")
    assert "ไม่ได้เป็นเจ้าหน้าที่" in somchai.text
    assert (ticket.status, ticket.assignee_id) == ("new", None)


def test_who_loses_the_department_in_the_middle_sends_nothing(town: Town, somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("ตอบกลับ")
    ticket.department = town.department("environment")
    town.session.flush()
    somchai.says("ช่างจะเข้าไป")
    assert "ย้ายไปหน่วยงานอื่นแล้ว" in somchai.text
    assert town.session.scalars(select(Message).where(Message.kind == "reply")).all() == []
