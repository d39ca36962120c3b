"""A ticket in other hands: another department, or a colleague. The resident notices nothing of either."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.replies import Card
from models import Message, News, Ticket
from tests.builders import NOON, Town
from tests.chats import Chat, chat

ENVIRONMENT = "สำนักสาธารณสุขและสิ่งแวดล้อม"


@pytest.fixture
def somchai(town: Town, ticket: Ticket) -> Chat:
    """An officer who has the ticket in hand and on the screen."""
    opened = chat(town, town.officer("สมชาย", "water"))
    opened.says(ticket.number)
    opened.presses("รับเรื่อง")
    return opened


def for_residents(town: Town) -> int | None:
    return town.session.scalar(select(func.count()).select_from(News).where(News.is_for_officer.is_(False)))


def test_a_transfer_asks_where_and_why_and_the_other_department_has_it(
    town: Town, somchai: Chat, ticket: Ticket
) -> None:
    malee = chat(town, town.officer("มาลี", "environment"))
    status, due, news_before = ticket.status, ticket.due_at, for_residents(town)
    somchai.presses("โอนหน่วยงานภายใน")
    assert somchai.labels() == ["ศูนย์รับเรื่อง", ENVIRONMENT, "ยกเลิก"]
    somchai.presses(ENVIRONMENT)
    assert "เพราะอะไร" in somchai.text
    assert ticket.department.code == "water"
    somchai.says("เป็นน้ำจากรถเก็บขยะ")
    assert f"โอนเรื่อง RS-6911-00001 ให้ {ENVIRONMENT} แล้ว" in somchai.text
    assert (ticket.status, ticket.due_at, for_residents(town)) == (status, due, news_before)
    assert (ticket.department.code, ticket.assignee_id) == ("environment", None)
    malee.taps("new")
    assert malee.card().number == ticket.number
    assert "คุณสมชาย: “เป็นน้ำจากรถเก็บขยะ”" in malee.text


def test_the_history_refers_to_the_reason_and_holds_no_words(town: Town, somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("โอนหน่วยงานภายใน")
    somchai.presses(ENVIRONMENT)
    somchai.says("เป็นน้ำจากรถเก็บขยะ")
    entry = ticket.history[-1]
    assert (entry.kind, entry.detail) == ("transferred", {"from": "water", "to": "environment"})
    reason = town.session.get_one(Message, entry.message_id)
    assert (reason.kind, reason.text) == ("note", "เป็นน้ำจากรถเก็บขยะ")


def test_rights_follow_the_department(town: Town, somchai: Chat, ticket: Ticket) -> None:
    old = somchai.button("เริ่มดำเนินการ")
    somchai.presses("โอนหน่วยงานภายใน")
    somchai.presses(ENVIRONMENT)
    somchai.says("ไม่ใช่งานประปา")
    somchai.presses_old(old)
    assert "เรื่องนี้อยู่กับหน่วยงานอื่น" in somchai.text
    somchai.taps("mine")
    assert "ไม่มีงานค้างในมือ" in somchai.text


def test_who_works_in_both_departments_keeps_it_in_hand(town: Town, ticket: Ticket) -> None:
    both = town.officer("สองงาน", "water", "environment")
    officer = chat(town, both)
    officer.says(ticket.number)
    officer.presses("รับเรื่อง")
    officer.presses("โอนหน่วยงานภายใน")
    officer.presses(ENVIRONMENT)
    officer.says("เป็นงานสิ่งแวดล้อม")
    assert (ticket.department.code, ticket.assignee_id) == ("environment", both.id)


def test_the_desk_gives_what_it_holds_to_the_department(town: Town, ticket: Ticket) -> None:
    desk = chat(town, town.officer("ศูนย์", "clerk"))
    desk.says(ticket.number)
    desk.presses("รับเรื่อง")
    desk.presses("โอนหน่วยงานภายใน")
    desk.presses(ENVIRONMENT)
    desk.says("ช่วยดูหน่อย")
    assert ticket.assignee_id is None
    assert desk.card().number == ticket.number  # the desk still sees everything


def test_a_transfer_without_words_or_of_finished_work_does_not_happen(
    town: Town, somchai: Chat, ticket: Ticket
) -> None:
    somchai.presses("โอนหน่วยงานภายใน")
    old = somchai.button(ENVIRONMENT)
    somchai.presses(ENVIRONMENT)
    somchai.presses("ยกเลิก")
    assert ticket.department.code == "water"
    somchai.says(ticket.number)
    somchai.presses("เสร็จแล้ว")
    somchai.says("ล้างท่อแล้ว")
    somchai.presses_old(old)
    assert "คุณทำเรื่อง RS-6911-00001 ไปแล้ว" in somchai.text
    assert ticket.department.code == "water"


def test_an_urgent_ticket_is_told_to_its_new_department_at_once(town: Town) -> None:
    town.officer("มาลี", "environment")
    ticket = town.ticket(by="นก", is_urgent=True)
    desk = chat(town, town.officer("ศูนย์", "clerk"))
    desk.says(ticket.number)
    desk.presses("โอนหน่วยงานภายใน")
    desk.presses(ENVIRONMENT)
    desk.says("อยู่ในเขตตลาด")
    assert chat(town, town.resident("มาลี")).pushed()


def test_an_urgent_ticket_that_was_accepted_is_told_to_its_new_department_at_once_too(town: Town) -> None:
    malee = chat(town, town.officer("มาลี", "environment"))
    ticket = town.ticket(by="นก", is_urgent=True)
    desk = chat(town, town.officer("ศูนย์", "clerk"))
    desk.says(ticket.number)
    desk.presses("รับเรื่อง")
    desk.presses("โอนหน่วยงานภายใน")
    desk.presses(ENVIRONMENT)
    desk.says("อยู่ในเขตตลาด")
    [card] = malee.pushed()
    assert isinstance(card, Card)
    assert "ช่วยรับเรื่องทันที" in card.note
    assert "เริ่มดำเนินการ" in [button.label for button in card.buttons]


def test_an_urgent_ticket_is_handed_to_a_colleague_with_a_push(town: Town) -> None:
    wichai = chat(town, town.officer("วิชัย", "water"))
    ticket = town.ticket(by="นก", is_urgent=True)
    before = len(wichai.pushed())
    boss = chat(town, town.officer("หัวหน้า", "water"))
    boss.says(ticket.number)
    boss.presses("มอบงานให้")
    boss.presses("วิชัย")
    [card] = wichai.pushed()[before:]
    assert isinstance(card, Card)
    assert "มีเรื่องมอบให้คุณ" in card.note


def test_a_ticket_is_handed_to_a_colleague_who_hears_with_the_next_tap(
    town: Town, somchai: Chat, ticket: Ticket
) -> None:
    assert "มอบงานให้" not in somchai.labels()  # nobody else is there
    colleague = town.officer("วิชัย", "water")
    town.officer("มาลี", "environment")
    before = for_residents(town)
    somchai.says(ticket.number)
    somchai.presses("มอบงานให้")
    assert somchai.labels() == ["วิชัย", "ยกเลิก"]
    somchai.presses("วิชัย")
    assert "มอบเรื่อง RS-6911-00001 ให้ คุณวิชัย แล้ว" in somchai.text
    assert (ticket.assignee_id, ticket.status, for_residents(town)) == (colleague.id, "accepted", before)
    wichai = chat(town, colleague)
    assert wichai.pushed() == []
    wichai.says("สวัสดี")
    assert "มีเรื่องมอบให้คุณ" in wichai.text
    wichai.taps("mine")
    assert wichai.card().number == ticket.number


def test_what_was_handed_on_meanwhile_is_not_announced_to_the_first(town: Town, somchai: Chat, ticket: Ticket) -> None:
    first, second = town.officer("วิชัย", "water"), town.officer("อรุณ", "water")
    for name in ("วิชัย", "อรุณ"):
        somchai.says(ticket.number)
        somchai.presses("มอบงานให้")
        somchai.presses(name)
    assert ticket.assignee_id == second.id
    wichai = chat(town, first)
    wichai.says("สวัสดี")
    assert "มีเรื่องมอบให้คุณ" not in wichai.text


def test_a_colleague_who_has_left_is_not_given_anything(town: Town, somchai: Chat, ticket: Ticket) -> None:
    colleague = town.officer("วิชัย", "water")
    somchai.says(ticket.number)
    somchai.presses("มอบงานให้")
    old = somchai.button("วิชัย")
    colleague.revoked_at = NOON
    town.session.flush()
    somchai.presses_old(old)
    assert "ไม่มีใครในหน่วยงาน" in somchai.text
    assert ticket.assignee_id != colleague.id
