"""ค้นหา, typed: by number, words, category and place, newest first, and never what is not one's own to see."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from bot.drafts import Place
from bot.line.postbacks import sign
from bot.replies import Carousel
from handlers.line.officer.finding import LONGEST
from tests import builders
from tests.builders import Town
from tests.chats import KEY, Chat, chat


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture
def somchai(town: Town) -> Chat:
    return chat(town, town.officer("สมชาย", "water"))


def shown(officer: Chat) -> list[str]:
    return [card.number for reply in officer.answers if isinstance(reply, Carousel) for card in reply.cards]


@pytest.mark.parametrize(
    "words", ["RS-6911-00001", "rs-6911-00001 ", "ขุ่นมาก", "น้ำประปา ตลาด", "ตลาดรังสิต", "discoloured ขุ่น"]
)
def test_a_ticket_is_found_by_number_words_category_and_place(town: Town, somchai: Chat, words: str) -> None:
    ticket = town.ticket(words="น้ำประปาขุ่นมาก", place=Place(13.98, 100.6, "หลังตลาดรังสิต", "place"), at=builders.NOON)
    town.ticket(by="แป้ง", words="ท่อแตก", at=builders.NOON)
    somchai.says(f"ค้นหา {words}")
    assert somchai.card().number == ticket.number


@pytest.mark.parametrize("words", ["100%", "_", "ไม่มีคำนี้"])
def test_nothing_found_is_said_and_signs_are_no_wildcards(town: Town, somchai: Chat, words: str) -> None:
    town.ticket()
    somchai.says(f"ค้นหา {words}")
    assert "ไม่พบเรื่องที่มีคำเหล่านั้น" in somchai.text


def test_the_newest_come_first_and_the_rest_on_demand(town: Town, somchai: Chat) -> None:
    numbers = [town.ticket(by=f"คนที่ {n}").number for n in range(7)][::-1]
    somchai.says("Search สีแดง")
    assert "พบ 7 เรื่อง" in somchai.text
    assert shown(somchai) == numbers[:5]
    somchai.presses("ดูเพิ่ม")
    assert shown(somchai) == numbers[5:]


def test_other_departments_and_confidential_tickets_are_not_found(town: Town, somchai: Chat) -> None:
    town.ticket("garbage", words="ความลับ")
    town.ticket("service", by="แป้ง", words="ความลับ")
    for officer in (somchai, chat(town, town.officer("ศูนย์", "water"))):
        officer.says("ค้นหา ความลับ")
        assert "ไม่พบ" in officer.text


def test_search_alone_says_how(somchai: Chat) -> None:
    somchai.says("ค้นหา")
    assert "ตามด้วยเลขเรื่อง" in somchai.text


def test_the_longest_search_fits_into_the_button_for_more() -> None:
    assert sign("work.find", {"words": "ก" * LONGEST, "before": 10**9}, KEY.encode(), "rangsit")
