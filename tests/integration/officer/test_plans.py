"""วางแผน: by a period, LINE's calendar or a typed day; the resident hears until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import news
from bot.line.actions import Speaker
from bot.line.messages import build
from bot.line.postbacks import sign
from bot.replies import Choices
from models import Ticket
from tests.builders import NOON, Town
from tests.chats import KEY, Chat, chat


@pytest.fixture
def ticket(town: Town) -> Ticket:
    return town.ticket(by="นก")


@pytest.fixture
def somchai(town: Town, ticket: Ticket) -> Chat:
    """An officer who has accepted the ticket and is asked until when it is planned."""
    opened = chat(town, town.officer("สมชาย", "water"))
    opened.says(ticket.number)
    opened.presses("รับเรื่อง")
    opened.presses("วางแผน")
    return opened


def test_a_period_is_planned_with_one_press_and_the_resident_hears_by_push(
    town: Town, somchai: Chat, ticket: Ticket
) -> None:
    assert somchai.labels() == [
        "เลือกวันที่", "ภายในสัปดาห์นี้ (29 พ.ย. 2569)", "ภายในเดือนนี้ (30 พ.ย. 2569)", "ภายในไตรมาสนี้ (31 ธ.ค. 2569)",
        "ภายในไตรมาสหน้า (31 มี.ค. 2570)", "ภายในปีงบประมาณ 2570 (30 ก.ย. 2570)", "ยกเลิก",
    ]  # fmt: skip
    somchai.presses("ภายในไตรมาสนี้ (31 ธ.ค. 2569)")
    assert "วางแผนเรื่อง RS-6911-00001 ภายใน 31 ธ.ค. 2569 แล้ว" in somchai.text
    assert "มีแผนภายใน: 31 ธ.ค. 2569" in somchai.text
    assert (ticket.status, ticket.planned_until) == ("planned", date(2026, 12, 31))
    item = next(item for item in news.waiting_for(town.session, town.resident("นก")) if item.kind == "moved")
    assert (item.way, item.urgency, item.push_at) == ("push_may_wait", "planned", NOON + timedelta(minutes=10))
    nok = chat(town, town.resident("นก"))
    nok.says("สวัสดี")
    assert "มีแผนดำเนินการภายใน 31 ธ.ค. 2569" in nok.text


def test_a_word_that_was_told_sets_the_next_date_to_the_end_of_the_plan(
    town: Town, somchai: Chat, ticket: Ticket
) -> None:
    somchai.says("24 ธ.ค. 2569")
    somchai.presses("ใช่ วางแผนตามนี้")
    message = news.push_waiting(town.session, town.resident("นก"), NOON)
    assert message is not None
    news.accepted(town.session, message, NOON)
    assert ticket.due_at == datetime(2026, 12, 24, 16, 59, tzinfo=UTC)


def test_a_day_of_lines_calendar_is_planned(somchai: Chat, ticket: Ticket) -> None:
    button = somchai.button("เลือกวันที่")
    assert (button.kind, button.earliest) == ("day", "2026-11-24")
    data = sign(button.action, button.args, KEY.encode(), "rangsit")
    somchai.posts_back(data, date="2027-01-15")
    assert (ticket.status, ticket.planned_until) == ("planned", date(2027, 1, 15))


def test_the_calendar_is_built_as_line_takes_it(somchai: Chat) -> None:
    (asked,) = somchai.answers
    assert isinstance(asked, Choices)
    (message,) = build([asked], Speaker("rangsit", b"k" * 40, lambda picture, rendition: None))
    text = str(message)
    assert "'type': 'datetimepicker'" in text
    assert "'mode': 'date', 'initial': '2026-11-24', 'min': '2026-11-24', 'max': '2031-11-28'" in text


@pytest.mark.parametrize("words", ["24/12/2569", "2026-12-24", "24 Dec 2026"])
def test_a_typed_day_is_read_back_before_anybody_is_told(somchai: Chat, ticket: Ticket, words: str) -> None:
    somchai.says(words)
    assert "มีแผนภายใน 24 ธ.ค. 2569 ถูกต้องไหม" in somchai.text
    assert ticket.status == "accepted"
    somchai.says("25 ธ.ค. 2569")
    assert "25 ธ.ค. 2569 ถูกต้องไหม" in somchai.text
    somchai.says("ใช่ วางแผนตามนี้")
    assert (ticket.status, ticket.planned_until) == ("planned", date(2026, 12, 25))


@pytest.mark.parametrize("words", ["เร็ว ๆ นี้", "23 พ.ย. 2569", "1 ม.ค. 2600", "31/11/2569", "เสร็จแล้ว", "24 ธ.ค. 26"])
def test_what_is_no_day_to_plan_for_is_said_so(somchai: Chat, ticket: Ticket, words: str) -> None:
    somchai.says(words)
    assert "ยังไม่ได้วางแผน" in somchai.text
    somchai.says("ยกเลิก")
    assert "ยังไม่ได้ส่งอะไรไป" in somchai.text
    assert (ticket.status, ticket.planned_until) == ("accepted", None)


@pytest.mark.parametrize("day", ["2026-11-23", "2033-01-01", "x", ""])
def test_an_old_or_wrong_day_asks_again(somchai: Chat, ticket: Ticket, day: str) -> None:
    button = somchai.button("ภายในเดือนนี้ (30 พ.ย. 2569)")
    somchai.presses_old(replace(button, args={**button.args, "date": day}))
    assert "ยังไม่ได้วางแผน" in somchai.text
    assert ticket.status == "accepted"


def test_a_plan_is_planned_anew_and_a_finished_ticket_is_not(somchai: Chat, ticket: Ticket) -> None:
    old = somchai.button("ภายในเดือนนี้ (30 พ.ย. 2569)")
    somchai.presses_old(old)
    somchai.presses("วางแผน")
    somchai.presses("ภายในไตรมาสนี้ (31 ธ.ค. 2569)")
    assert ticket.planned_until == date(2026, 12, 31)
    somchai.presses("เสร็จแล้ว")
    somchai.says("ล้างท่อแล้ว")
    somchai.presses_old(old)
    assert "คุณทำเรื่อง RS-6911-00001 ไปแล้ว" in somchai.text
    assert (ticket.status, ticket.planned_until) == ("resolved", date(2026, 12, 31))


def test_a_ticket_that_moved_on_meanwhile_is_not_planned(town: Town, somchai: Chat, ticket: Ticket) -> None:
    malee = chat(town, town.officer("มาลี", "water"))
    malee.says(ticket.number)
    malee.presses("เสร็จแล้ว")
    malee.says("ล้างท่อแล้ว")
    somchai.says("24 ธ.ค. 2569")
    assert "คุณมาลีทำเรื่อง RS-6911-00001 ไปแล้ว" in somchai.text
    assert ticket.status == "resolved"


def test_a_near_day_and_a_bare_yes_are_understood(somchai: Chat, ticket: Ticket) -> None:
    somchai.says("พรุ่งนี้")
    assert "ภายใน 25 พ.ย. 2569 ถูกต้องไหม" in somchai.text
    somchai.says("ใช่ครับ")
    assert ticket.planned_until == date(2026, 11, 25)
