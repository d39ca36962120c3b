"""Several tickets at once never mix: what quotes a card, an answer or one's own words is about that ticket."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit


@pytest.fixture
def two(town: Rangsit, nok: Person) -> tuple[str, str]:
    """Nok's red water, then Nok's dark street."""
    return nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")


@pytest.mark.whole_way
def test_words_that_quote_a_card_go_to_its_ticket(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    water, street = two
    nok.quotes(water, "ยังไม่มาเลย")
    assert street not in nok.sees(f"เพิ่มในเรื่อง {water}")
    nok.quotes(street, "ยังไม่มาเลย")
    nok.sees(f"เพิ่มในเรื่อง {street}")


def test_words_that_quote_one_s_own_report_go_to_its_ticket(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    nok.sends("เหม็นมากด้วย", quotedMessageId=nok.said[0])
    nok.sees(f"เพิ่มในเรื่อง {two[0]}")


def test_a_question_that_quotes_shows_that_ticket_alone(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    water, street = two
    nok.quotes(water, "ถึงไหนแล้ว")
    assert street not in nok.sees(water, "รอรับเรื่อง")


def test_a_typed_label_that_quotes_needs_no_choice(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    water, street = two
    for number in two:
        town.moves(number, "accepted")
        town.moves(number, "resolved", words="ทำเสร็จแล้ว", photos=1)
    nok.quotes(water, "เรียบร้อยแล้ว")
    nok.sees(f"ปิดเรื่อง {water}")
    nok.quotes(street, "ยัง")
    nok.sees("เปิดเรื่องอีกครั้ง")
    assert (town.standing(water), town.standing(street)) == ("closed", "reopened")


@pytest.mark.whole_way
def test_an_answer_that_quotes_the_question_answers_it(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    for number in two:
        town.moves(number, "waiting", words=f"ขอรายละเอียดของ {number}")
    nok.quotes(two[0], "ทุกก๊อกเลย")
    nok.sees(f"ส่งคำตอบของเรื่อง {two[0]}")
    assert town.standing(two[1]) == "waiting"


def test_danger_that_quotes_is_danger_all_the_same(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    nok.quotes(two[1], "สายไฟขาดลงมา มีคนโดนไฟดูด")
    nok.sees("โทร")


def test_nobody_reaches_a_ticket_by_quoting_a_number_of_somebody_else(
    town: Rangsit, nok: Person, ton: Person, two: tuple[str, str]
) -> None:
    ton.sends("ยังไม่มาเลย", quotedMessageId=nok.seen[-1].numbers[-1])
    assert not town.every(Message, kind="comment")


@pytest.mark.whole_way
def test_an_officer_who_quotes_writes_to_that_ticket_after_a_yes(
    town: Rangsit, nok: Person, two: tuple[str, str]
) -> None:
    somsri = town.officer("somsri", "clerk")
    somsri.sends("งานใหม่")
    for number in two:
        somsri.sends(number)
    somsri.reads_on()
    somsri.quotes(two[0], "ช่างไปถึงแล้ว")
    somsri.sees("จะส่งคำว่า", two[0])
    assert not town.every(Message, kind="reply")
    somsri.presses("ใช่ ส่งเลย")
    (reply,) = town.every(Message, kind="reply")
    assert reply.text == "ช่างไปถึงแล้ว"
    nok.sends("ติดตามเรื่อง")
    nok.sees(f"ตอบเรื่อง {two[0]}", "ช่างไปถึงแล้ว")


def test_an_officer_sees_how_far_the_town_s_word_has_come(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    somsri = town.officer("somsri", "clerk")
    water = two[0]
    town.moves(water, "accepted")
    somsri.sends(water)
    somsri.sees("ถึงผู้แจ้ง", "รอส่งพร้อมข้อความถัดไป")
    town.line.pushes = "has no quota left"
    town.moves(water, "waiting", words="ทุกก๊อกไหม")
    somsri.sends(water)
    somsri.sees("รอโควตาข้อความของเดือน")
    nok.sends("ติดตามเรื่อง")
    somsri.sends(water)
    somsri.sees("ไลน์รับข้อความแล้ว")
    nok.sends("ทุกก๊อกเลย")
    town.line.pushes = "is silent"
    town.moves(water, "forwarded", owner="pwa", way="phone")
    town.passes(minutes=11)
    somsri.sends(water)
    somsri.sees("ไม่แน่ใจว่าไลน์ได้รับหรือไม่")
    nok.blocks()
    town.moves(water, "in_progress")
    somsri.sends(water)
    somsri.sees("ผู้แจ้งบล็อกบัญชีนี้")
