"""In which words the people of the town are told: together, nothing that was taken back, nothing old."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import aftercare, news, officer_news, officer_news_words
from bot.replies import Card, Carousel, Say
from models import Message, Officer
from models.lifecycle import Hears, TicketStatus
from models.news import OVERTAKEN
from models.officer import Role
from tests import builders
from tests.builders import NOON, Town
from tests.integration.test_officer_news import kinds, push, says, text, told

S = TicketStatus


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


def test_several_words_about_a_ticket_are_told_together(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, officer)
    officer_news.seen(town.session, officer, [ticket])
    for n in range(7):
        says(town, ticket, "comment", f"ข้อความ {n}")
    (item,) = told(town, "สมชาย")
    assert item.kind == "officer.comment"
    replies, quotes = push(town, "สมชาย")
    assert len(replies) == 1
    assert all(f"“ข้อความ {n}”" in text(replies) for n in range(7))
    assert quotes >= {f"said ข้อความ {n}" for n in range(7)}


def test_words_taken_back_before_they_were_told_are_not_told(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, officer)
    says(town, ticket, "comment", "เบอร์ 081")
    message = town.session.scalars(select(Message).where(Message.kind == "comment")).one()
    message.text, message.erased_at = None, NOON
    replies, quotes = push(town, "สมชาย")
    assert "081" not in text(replies)
    assert "บอกเพิ่ม: (ผู้แจ้งลบข้อความ)" in text(replies)
    assert "said เบอร์ 081" not in quotes


def test_an_answer_in_a_photo_alone_says_so(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    ticket = town.ticket()
    town.move(ticket, S.WAITING, officer)
    officer_news.tell_officers(town.session, ticket, "officer.answer", NOON)
    assert "คำตอบ: (ส่งรูปหรือไฟล์มา)" in text(push(town, "สมชาย")[0])


def test_one_of_several_reporters_saying_that_it_is_fixed_is_told_as_that(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    ticket = town.ticket(by="นก")
    town.join(ticket, "แป้ง", "บ้านข้าง ๆ ก็แดง")
    town.move(ticket, S.ACCEPTED, officer)
    assert not aftercare.say_fixed(town.session, ticket, town.resident("นก"), NOON)
    assert "บอกเพิ่ม: ผู้แจ้งคนหนึ่งบอกว่าหายแล้ว" in text(push(town, "สมชาย")[0])


def test_new_tickets_come_as_one_list_and_taken_ones_not_at_all(town: Town) -> None:
    officer = town.officer("สมชาย", "water", "environment")
    tickets = [town.ticket(category, by=category) for category in ("tap_water_quality", "garbage")]
    replies, quotes = push(town, "สมชาย")
    assert len(replies) == 1
    assert isinstance(replies[0], Carousel)
    assert {card.number for card in replies[0].cards} == {ticket.number for ticket in tickets}
    assert quotes >= {message.said for ticket in tickets for message in ticket.reports[0].messages}
    items = told(town, "สมชาย", "carried")
    town.move(tickets[0], S.ACCEPTED, officer)
    composed, _ = officer_news_words.compose_news(town.session, officer.resident, items)
    assert isinstance(composed[0], Card)
    assert composed[0].number == tickets[1].number
    town.move(tickets[1], S.REJECTED, officer)
    assert officer_news_words.compose_news(town.session, officer.resident, items) == ([], set())


def test_a_ticket_handed_to_the_department_is_new_to_it_whatever_its_status(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, officer)
    ticket.assignee_id = None
    assert text(push(town, "สมชาย")[0]).count(ticket.number) == 1


def test_a_long_list_of_new_tickets_says_how_many_are_left(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    for n in range(15):
        ticket = town.ticket(by=f"คนที่ {n}")
        if n:
            news.tell(
                town.session, officer.resident, ticket, "officer.new", NOON, way=Hears.NEXT_REPLY,
                is_for_officer=True,
            )  # fmt: skip
    replies, _ = push(town, "สมชาย")
    assert isinstance(replies[0], Carousel)
    assert isinstance(replies[1], Say)
    assert "3 เรื่อง" in replies[1].text


def test_news_of_a_ticket_that_is_no_longer_theirs_says_nothing(town: Town) -> None:
    officer: Officer = town.officer("สมชาย", "water")
    ticket = town.ticket()
    items = told(town, "สมชาย")
    assert items
    ticket.department = town.department("environment")
    town.session.flush()
    assert officer_news_words.compose_news(town.session, officer.resident, items) == ([], set())
    ticket.department, officer.revoked_at = town.department("water"), NOON
    town.session.flush()
    assert officer_news_words.compose_news(town.session, officer.resident, items) == ([], set())


def test_a_wish_for_review_is_told_as_that(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    town.officer("หัวหน้า", "environment", role=Role.SUPERVISOR)
    ticket = town.ticket(by="นก")
    town.move(ticket, S.REJECTED, officer)
    aftercare.reopen(town.session, ticket, town.resident("นก"), NOON)
    for name in ("สมชาย", "หัวหน้า"):
        assert "ผู้แจ้งขอให้ทบทวนเรื่องที่ยุติไปแล้ว" in text(push(town, name)[0])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("officer.overdue", "ถึงกำหนดแจ้งความคืบหน้าแล้ว"),
        ("officer.follow_up", "ถึงเวลาติดตามกับ กปภ. แล้ว"),
        ("officer.reopened", "ผู้แจ้งบอกว่ายังไม่เรียบร้อย"),
        ("officer.withdrawn", "ผู้แจ้งขอถอนเรื่อง RS-6911-00001"),
    ],
)
def test_each_news_says_why_it_comes(town: Town, kind: str, words: str) -> None:
    officer = town.officer("สมชาย", "water")
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, officer)
    officer_news.seen(town.session, officer, [ticket])
    officer_news.tell_officers(town.session, ticket, kind, NOON)
    assert words in text(push(town, "สมชาย")[0])


def test_what_is_on_the_screen_is_not_told_again(town: Town) -> None:
    officer = town.officer("สมชาย", "water")
    ticket = town.ticket()
    officer_news.seen(town.session, officer, [ticket])
    assert (kinds(town, "สมชาย"), [item.kind for item in told(town, "สมชาย", OVERTAKEN)]) == ([], ["officer.new"])
