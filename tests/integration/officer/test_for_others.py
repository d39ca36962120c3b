"""People without LINE: an officer enters their report, calls them with the news, and records what they say."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.replies import Card
from models import Call, Media, Report, Ticket
from tests.builders import Town
from tests.chats import Chat, Clock, chat


@pytest.fixture
def desk(town: Town) -> Chat:
    return chat(town, town.officer("ปราณี", "clerk"))


def enters(
    desk: Chat, contact: str = "ยายสมศรี 081-234-5678", words: str = "น้ำประปาเป็นสีแดง ซอยรังสิต-นครนายก 46"
) -> Ticket:
    """Somebody calls the town hall, and the officer writes it down."""
    desk.says("รับแจ้งแทน")
    desk.presses("โทรศัพท์")
    desk.says(contact)
    desk.says(words)
    desk.says("ส่งเรื่อง")
    return newest(desk.town)


def newest(town: Town) -> Ticket:
    return town.session.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).unique().one()


def works(desk: Chat, ticket: Ticket, *labels: str) -> None:
    """Open the card and press one button after the other."""
    desk.says(ticket.number)
    for label in labels:
        desk.presses(label)


def resolves(desk: Chat, ticket: Ticket) -> None:
    works(desk, ticket, "รับเรื่อง", "เสร็จแล้ว")
    desk.says("ล้างท่อแล้ว")


def test_a_call_to_the_town_hall_becomes_a_ticket_through_the_same_draft_card(town: Town, desk: Chat) -> None:
    desk.says("รับแจ้งแทน")
    assert desk.labels()[:4] == ["โทรศัพท์", "เคาน์เตอร์", "หนังสือ", "ทางอื่น"]
    desk.presses("โทรศัพท์")
    desk.says("ยายสมศรี 081-234-5678")
    desk.says("น้ำประปาเป็นสีแดง ซอยรังสิต-นครนายก 46")
    assert "แจ้งแทน: โทรเข้ามา · ยายสมศรี · 081-234-5678" in desk.text
    desk.presses("ส่งเรื่อง")
    ticket = newest(town)
    assert f"เลข {ticket.number} บอกเลขนี้ให้ผู้แจ้งได้เลย" in desk.text
    assert [reply.number for reply in desk.answers if isinstance(reply, Card)] == [ticket.number], "its card comes once"
    report = town.session.scalars(select(Report)).one()
    told = (report.resident_id, report.channel, report.contact_name, report.contact)
    assert told == (None, "phone", "ยายสมศรี", "081-234-5678")
    created = ticket.history[0]
    assert (created.kind, created.actor, created.detail) == ("created", "officer", {"channel": "phone"})
    desk.says("ติดตามเรื่อง")
    assert ticket.number not in desk.text, "it is not the officer's own report"


@pytest.mark.parametrize(
    ("said", "name", "phone", "dials"),
    [
        ("ยายสมศรี ๐๘๑-๒๓๔-๕๖๗๘", "ยายสมศรี", "081-234-5678", "tel:0812345678"),
        ("ยายสมศรี 0812345678 0899999999", "ยายสมศรี 0899999999", "0812345678", "tel:0812345678"),
        ("บ้าน 123 081 234 5678", "บ้าน 123", "081 234 5678", "tel:0812345678"),
        ("02-567-6000 ต่อ 12 ยายสมศรี", "ต่อ 12 ยายสมศรี", "02-567-6000", "tel:025676000"),
        ("+66 81 234 5678 Somsri", "Somsri", "+66 81 234 5678", "tel:+66812345678"),
    ],
)
def test_the_number_that_is_dialled_is_one_that_can_be(
    town: Town, desk: Chat, said: str, name: str, phone: str, dials: str
) -> None:
    ticket = enters(desk, contact=said)
    report = town.session.scalars(select(Report)).one()
    assert (report.contact_name, report.contact) == (name, phone)
    resolves(desk, ticket)
    desk.says(ticket.number)
    assert [button.url for button in desk.card().buttons if button.url.startswith("tel:")] == [dials]


def test_a_label_or_a_photo_is_not_taken_for_the_contact(town: Town, desk: Chat) -> None:
    desk.says("รับแจ้งแทน")
    desk.presses("เคาน์เตอร์")
    desk.says("งานใหม่")
    assert "ไม่มีงานใหม่" in desk.text
    desk.says("รับแจ้งแทน")
    desk.presses("หนังสือ")
    desk.says("ยกเลิก")
    assert "หยุดให้แล้ว" in desk.text
    desk.says("รับแจ้งแทน")
    desk.presses("หนังสือ")
    desk.sends_photo()
    assert town.session.scalars(select(Media)).one().purpose == "before", "it begins a report as from anybody"


def test_news_becomes_a_call_and_a_finished_call_is_the_towns_word(town: Town, desk: Chat, clock: Clock) -> None:
    ticket = enters(desk)
    works(desk, ticket, "รับเรื่อง")
    assert not town.session.scalars(select(Call)).all(), "what waits for a next reply is no call"
    clock.passes(hours=5)
    works(desk, ticket, "ส่งต่อหน่วยงาน", "การประปาส่วนภูมิภาค สาขารังสิต", "โทร")
    desk.says("ข้าม")
    assert "โทรแจ้งผล: ยายสมศรี · แจ้งสถานะล่าสุด" in desk.text
    dial = desk.button("โทรหา ยายสมศรี")
    assert (dial.kind, dial.url) == ("uri", "tel:0812345678")
    told_before = ticket.last_word_at
    clock.passes(hours=1)
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    assert ticket.last_word_at == clock.now != told_before
    assert ticket.due_at is not None
    assert ticket.due_at > clock.now
    assert ticket.history[-1].kind == "called"
    desk.says("โทรแจ้งผล")
    assert "ไม่มีใครต้องโทรแจ้งผล" in desk.text


def test_a_reply_is_still_to_be_told_by_telephone_after_the_next_moves(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    works(desk, ticket, "รับเรื่อง", "ตอบกลับ")
    desk.says("พรุ่งนี้เช้าน้ำหยุดไหล ช่วยรองน้ำไว้")
    works(desk, ticket, "เริ่มดำเนินการ")
    desk.says("โทรแจ้งผล")
    assert "โทรแจ้งผล: ยายสมศรี · แจ้งข้อความที่เราตอบ" in desk.text
    works(desk, ticket, "เสร็จแล้ว")
    desk.says("ล้างท่อแล้ว")
    assert "แจ้งข้อความที่เราตอบ" in desk.text
    assert "แจ้งสถานะล่าสุด" in desk.text
    assert desk.labels().count("แจ้ง ยายสมศรี แล้ว") == 1, "one telephone call tells both"
    desk.presses("โทรไม่ติด ยายสมศรี")
    assert "1 จาก 3 ครั้ง" in desk.text
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    assert {call.state for call in town.session.scalars(select(Call))} == {"told"}
    desk.says("โทรแจ้งผล")
    assert "ไม่มีใครต้องโทรแจ้งผล" in desk.text


def test_what_came_after_the_card_is_not_told_by_its_button(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    resolves(desk, ticket)
    old = desk.button("แจ้ง ยายสมศรี แล้ว")
    works(desk, ticket, "ตอบกลับ")
    desk.says("ถ้ายังแดงอยู่ให้เปิดทิ้งไว้สิบนาที")
    desk.presses_old(old)
    desk.says("โทรแจ้งผล")
    assert "แจ้งข้อความที่เราตอบ" in desk.text
    assert "แจ้งสถานะล่าสุด" not in desk.text


def test_the_calls_to_make_are_a_list_of_the_own_departments(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    resolves(desk, ticket)
    desk.says("โทรแจ้งผล")
    assert ticket.number in desk.text
    other = chat(town, town.officer("เก่ง", "environment"))
    other.says("โทรแจ้งผล")
    assert "ไม่มีใครต้องโทรแจ้งผล" in other.text


def test_three_calls_in_vain_count_as_not_reached(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    resolves(desk, ticket)
    for count in (1, 2):
        desk.presses("โทรไม่ติด ยายสมศรี")
        assert f"{count} จาก 3 ครั้ง" in desk.text
    old = desk.button("แจ้ง ยายสมศรี แล้ว")
    desk.presses("โทรไม่ติด ยายสมศรี")
    assert "ถือว่าติดต่อผู้แจ้งไม่ได้" in desk.text
    report = town.session.scalars(select(Report)).one()
    assert report.unreachable_at is not None
    assert ticket.history[-1].kind == "unreachable"
    desk.presses_old(old)
    assert "รายการนี้จบไปแล้ว" in desk.text


def test_without_a_number_nobody_is_called_and_the_reporter_counts_as_not_reached(town: Town, desk: Chat) -> None:
    ticket = enters(desk, contact="ข้าม")
    resolves(desk, ticket)
    assert not any(label.startswith("โทรหา") for label in desk.labels())
    assert "ไม่มีเบอร์ติดต่อ" in desk.text
    assert [event.kind for event in ticket.history].count("unreachable") == 1


def test_what_they_say_is_recorded_in_their_name_and_marked_so(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    resolves(desk, ticket)
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    desk.presses("บันทึกคำตอบ ยายสมศรี")
    assert desk.labels()[:2] == ["บอกว่า เรียบร้อยแล้ว", "บอกว่า ยังไม่เรียบร้อย"]
    desk.presses("บอกว่า ยังไม่เรียบร้อย")
    assert (ticket.status, ticket.reopened_count) == ("reopened", 1)
    last = ticket.history[-1]
    assert (last.actor, last.officer_id is not None, last.resident_id) == ("resident", True, None)
    assert "เปิดเรื่องอีกครั้ง · คุณปราณี (ในชื่อผู้แจ้ง)" in "\n".join(desk.card().history)
    resolves(desk, ticket)
    works(desk, ticket, "บันทึกคำตอบ ยายสมศรี", "บอกว่า เรียบร้อยแล้ว")
    assert ticket.status == "closed"


def test_an_answer_to_a_question_brings_the_ticket_back(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    works(desk, ticket, "ขอข้อมูลเพิ่ม")
    desk.says("แดงทุกก๊อกไหม")
    assert ticket.status == "waiting"
    works(desk, ticket, "บันทึกคำตอบ ยายสมศรี", "ตอบคำถาม")
    desk.says("แดงทุกก๊อกเลย")
    assert ticket.status == "new"
    assert "“แดงทุกก๊อกเลย”" in desk.text


@pytest.mark.parametrize(("act", "status"), [("บอกว่า หายแล้ว", "closed"), ("ขอยกเลิก", "cancelled")])
def test_they_may_end_it_themselves(town: Town, desk: Chat, act: str, status: str) -> None:
    ticket = enters(desk)
    works(desk, ticket, "บันทึกคำตอบ ยายสมศรี", act)
    assert ticket.status == status
    assert ticket.assignee_id is None, "recording is no taking in hand"


def test_a_review_of_an_ended_ticket_is_asked_for_once(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    works(desk, ticket, "ยุติเรื่อง", "ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง")
    works(desk, ticket, "บันทึกคำตอบ ยายสมศรี", "ขอให้ทบทวน")
    assert (ticket.status, ticket.was_reviewed) == ("reopened", True)


def test_a_button_for_what_they_can_no_longer_say_is_refused_kindly(town: Town, desk: Chat) -> None:
    ticket = enters(desk)
    works(desk, ticket, "บันทึกคำตอบ ยายสมศรี")
    cancel = desk.button("ขอยกเลิก")
    resolves(desk, ticket)
    desk.presses_old(cancel)
    assert ticket.status == "resolved"
    assert "ตอนนี้: แก้ไขแล้ว รอผู้แจ้งยืนยัน" in desk.text
