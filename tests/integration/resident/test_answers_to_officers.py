"""A resident's answer to an officer's question: a kind word before it, odd English, and labels that fit nothing."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit


@pytest.fixture
def asked(town: Rangsit, nok: Person) -> str:
    """The number of a ticket whose officer asks something."""
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="มีกี่ถุง")
    nok.reads_on()
    return number


@pytest.mark.parametrize("words", ["สวัสดีค่ะ ห้าวันแล้ว", "ขอบคุณค่ะ ประมาณสิบถุง", "about ten bags", "Hi, around ten bags"])
def test_a_kind_or_odd_answer_is_not_swallowed(town: Rangsit, nok: Person, asked: str, words: str) -> None:
    nok.sends(words)
    assert [message.text for message in town.every(Message, kind="answer")] == [words]
    assert town.standing(asked) == "accepted"


@pytest.mark.parametrize("words", ["สวัสดีค่ะ", "ขอบคุณมากๆเลยค่ะ", "ขอบคุณเจ้าหน้าที่มากนะคะ", "Thank you so much!", "Hello"])
def test_a_kind_word_alone_is_no_answer(town: Rangsit, nok: Person, asked: str, words: str) -> None:
    nok.sends(words)
    assert not town.every(Message, kind="answer")
    assert town.standing(asked) == "waiting"


def test_a_wish_to_cancel_is_still_heard(town: Rangsit, nok: Person, asked: str) -> None:
    nok.sends("ขอถอนเรื่องค่ะ")
    nok.sees(f"ยกเลิกเรื่อง {asked} ใช่ไหม")
    assert town.standing(asked) == "waiting"


def test_asking_twice_for_a_review_is_no_answer_about_another_ticket(town: Rangsit, nok: Person, asked: str) -> None:
    number = nok.reports("ขยะไม่มาเก็บหน้าบ้าน")
    town.moves(number, "rejected", reason="nothing_to_do")
    nok.sends("ขอให้ทบทวน")
    nok.sends("ข้าม")
    nok.reads_on()
    nok.sends("ขอให้ทบทวน")
    nok.sees(number, "เรื่องนี้ยังทำอยู่")
    assert not town.every(Message, kind="answer")
    assert town.standing(asked) == "waiting"
