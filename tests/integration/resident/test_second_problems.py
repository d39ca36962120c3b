"""Two problems in the same words, for two teams: what becomes of the first takes nothing from the second."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import officer_words
from bot.replies import buttons_of
from models import Report, SameQuestion, Ticket
from tests.talking import INSIDE, Person, Rangsit

RED_AND_DARK = "น้ำประปาแดงมาก แล้วก็ไฟถนนดับทั้งซอยด้วย"


@pytest.fixture
def number(nok: Person) -> str:
    """Red water that is known already."""
    return nok.reports()


@pytest.fixture
def asked(town: Rangsit, ton: Person, number: str) -> Person:
    """Somebody with red water and dark street lamps, who is asked whether the water is the known one."""
    ton.sends(RED_AND_DARK)
    ton.sends_photo()
    ton.sends_place(*INSIDE)
    ton.sees("เป็นเรื่องเดียวกันไหม", "ส่งแยกเป็น 2 เรื่อง")
    return ton


def lamps_with_their_photo(town: Rangsit) -> None:
    with town.database.reading() as session:
        ticket = session.scalars(select(Ticket).order_by(Ticket.id)).unique().all()[-1]
        assert ticket.category.code == "street_light"
        assert [message.text for report in ticket.reports for message in report.messages] == [RED_AND_DARK]
        assert len(officer_words.pictures(officer_words.media_of(session, ticket))) == 1


@pytest.mark.whole_way
def test_who_joins_a_known_ticket_is_shown_the_other_problem(town: Rangsit, asked: Person, number: str) -> None:
    asked.presses("เรื่องเดียวกัน")
    asked.sees(number, "อีกเรื่องที่เล่ามา", "ไฟส่องสว่าง")
    asked.presses("ส่งเรื่อง")
    assert len(town.tickets()) == 2
    lamps_with_their_photo(town)


def test_who_says_that_it_is_another_is_shown_the_other_problem_too(town: Rangsit, asked: Person) -> None:
    asked.presses("ไม่ใช่")
    asked.sees("รับเรื่องไว้แล้ว", "อีกเรื่องที่เล่ามา", "ไฟส่องสว่าง")
    assert [one.answer for one in town.every(SameQuestion)] == ["different"]
    town.passes(minutes=15)  # left alone it goes by itself
    assert len(town.tickets()) == 3
    lamps_with_their_photo(town)


def test_the_other_problem_may_be_cancelled_and_the_first_stays(town: Rangsit, asked: Person, number: str) -> None:
    asked.presses("เรื่องเดียวกัน")
    draft_card = asked.seen[-1].replies[-1]
    asked.presses_button(next(button for button in buttons_of(draft_card) if button.label == "ยกเลิก"))
    asked.sees("ยกเลิกให้แล้ว")
    assert town.tickets() == [number]
    assert [one.withdrawn_at for one in town.every(Report)] == [None, None]


def test_who_sends_both_as_one_has_decided(town: Rangsit, asked: Person) -> None:
    asked.presses("ส่งเรื่อง")
    asked.does_not_see("อีกเรื่องที่เล่ามา")
    assert len(town.tickets()) == 2
