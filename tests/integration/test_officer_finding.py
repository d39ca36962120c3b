"""ค้นหา, typed: by number, words, category and place, newest first, and never what is not one's own to see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from bot.drafts import Place
from bot.line.postbacks import sign
from bot.replies import Card, Carousel
from handlers.line.officer.finding import LONGEST
from tests import builders
from tests.builders import NOON, Town
from tests.chats import KEY, Chat, Clock, chat, stopped_clock


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with stopped_clock(monkeypatch, NOON) as stopped:
        yield stopped


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


def test_an_unknown_number_is_not_taken_for_words(town: Town, somchai: Chat) -> None:
    somchai.says("ค้นหา RS-6911-09999")
    assert "ไม่พบเรื่อง RS-6911-09999" in somchai.text
    assert "ค้นหา น้ำแดง" in somchai.text
    garbage = town.ticket("garbage")
    somchai.says(f"ค้นหา {garbage.number}")  # another department's: as anybody may see it
    assert "รอรับเรื่อง" in somchai.text
    hidden = town.ticket("service", by="แป้ง")
    somchai.says(f"ค้นหา {hidden.number}")
    assert f"ไม่พบเรื่อง {hidden.number}" in somchai.text


def test_the_newest_come_first_and_the_rest_on_demand(town: Town, somchai: Chat) -> None:
    numbers = [town.ticket(by=f"คนที่ {n}").number for n in range(14)][::-1]
    somchai.says("Search สีแดง")
    assert "พบ 14 เรื่อง" in somchai.text
    assert shown(somchai) == numbers[:12]
    somchai.presses("ดูเพิ่ม")
    assert shown(somchai) == numbers[12:]


def test_other_departments_and_confidential_tickets_are_not_found(town: Town, somchai: Chat) -> None:
    town.ticket("garbage", words="ความลับ")
    town.ticket("service", by="แป้ง", words="ความลับ")
    for officer in (somchai, chat(town, town.officer("ศูนย์", "water"))):
        officer.says("ค้นหา ความลับ")
        assert "ไม่พบ" in officer.text


def test_search_alone_asks_and_takes_what_is_typed_next(town: Town, somchai: Chat) -> None:
    number = town.ticket().number
    for asks in (lambda: somchai.says("ค้นหา"), lambda: somchai.taps("find")):
        asks()
        assert "พิมพ์เลขเรื่อง คำ ประเภท หรือสถานที่" in somchai.text
        somchai.says("สีแดง")
        assert somchai.card().number == number


def test_a_search_swallows_nothing_else(town: Town, somchai: Chat, clock: Clock) -> None:
    town.ticket()
    somchai.taps("find")
    somchai.says("วันนี้")
    assert "ภาพรวมงาน" in somchai.text
    somchai.taps("find")
    somchai.says("ยกเลิก")
    assert "หยุดให้แล้ว" in somchai.text
    somchai.taps("find")
    clock.passes(minutes=31)
    somchai.says("สีแดง")
    assert not any(isinstance(reply, Card) and reply.number for reply in somchai.answers)


def test_the_longest_search_fits_into_the_button_for_more() -> None:
    assert sign("work.find", {"words": "ก" * LONGEST, "before": 10**9}, KEY.encode(), "rangsit")
