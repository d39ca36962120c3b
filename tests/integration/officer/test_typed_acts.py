"""A ticket's button that is typed while no card on the screen has it: the ticket is asked for, nothing is guessed."""

from __future__ import annotations

import pytest

from bot.replies import Choices
from models import Ticket
from models.officer import Role
from tests.builders import Town
from tests.chats import Chat, chat


def test_who_stopped_an_act_opens_its_ticket_again_with_one_press(somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("ตอบกลับ")
    somchai.says("ยกเลิก")
    assert "หยุดให้แล้ว" in somchai.text
    somchai.presses("ดูเรื่องนี้")
    assert somchai.card().number == ticket.number


def test_a_typed_act_asks_for_which_ticket_in_hand_and_then_goes_on(town: Town, somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("รับเรื่อง")
    town.ticket(by="แป้ง")
    somchai.presses("วางแผน")
    somchai.says("ยกเลิก")
    somchai.says("วางแผน")
    assert "วางแผน: เรื่องไหน" in somchai.text
    (label,) = [one for one in somchai.labels() if ticket.number in one]
    assert len(somchai.labels()) == 1, "what nobody has taken up cannot be planned"
    somchai.presses(label)
    assert f"เรื่อง {ticket.number} จะดำเนินการภายในเมื่อไร" in somchai.text


def test_what_nobody_has_taken_up_is_offered_for_taking_up(town: Town, ticket: Ticket) -> None:
    somchai = chat(town, town.officer("สมชาย", "water"))
    somchai.says("รับเรื่อง")
    assert [type(reply) for reply in somchai.answers] == [Choices]
    somchai.presses(somchai.labels()[0])
    assert ticket.status == "accepted"


@pytest.mark.parametrize(
    "words", ["โอนหน่วยงานภายใน", "เสร็จแล้ว", "แยกเรื่องออก", "ยุติเรื่อง", "ตอบกลับ", "เปลี่ยนประเภท"]
)
def test_with_nothing_in_hand_the_number_is_asked_for_and_no_report_begins(town: Town, words: str) -> None:
    somchai = chat(town, town.officer("สมชาย", "water"))
    somchai.says(words)
    assert f"{words}: เรื่องไหน" in somchai.text
    assert somchai.labels() == ["งานใหม่", "งานของฉัน"]


def test_in_the_residents_menu_the_words_are_a_residents(town: Town) -> None:
    somchai = chat(town, town.officer("สมชาย", "water", role=Role.OFFICER))
    somchai.says("โหมดประชาชน")
    somchai.says("เสร็จแล้ว")
    assert "เรื่องไหน" not in somchai.text


def test_words_that_are_waited_for_stay_words(somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("ตอบกลับ")
    somchai.says("เสร็จแล้ว")
    assert "จะส่งคำว่า “เสร็จแล้ว” ถึงผู้แจ้ง" in somchai.text
