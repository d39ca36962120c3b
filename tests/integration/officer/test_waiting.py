"""While something is waited for: it can be stopped, it ends by itself, and it never swallows what is not for it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import officer_tasks
from bot.replies import Button, Choices
from models import Conversation, Media, Message, Ticket
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat


@pytest.fixture
def ticket(town: Town) -> Ticket:
    return town.ticket(by="นก")


@pytest.fixture
def somchai(town: Town, ticket: Ticket) -> Chat:
    """An officer with the ticket's card on the screen, who has accepted it."""
    opened = chat(town, town.officer("สมชาย", "water", "environment"))
    opened.taps("new")
    opened.presses("รับเรื่อง")
    return opened


def waits(officer: Chat) -> bool:
    conversation = officer.session.get_one(Conversation, officer.person.id)
    task = officer_tasks.read(conversation)
    return task is not None and task.verb != "after"


def sent(officer: Chat) -> list[str | None]:
    """The words of the town so far."""
    wanted = select(Message.text).where(Message.officer_id.is_not(None))
    return list(officer.session.scalars(wanted.order_by(Message.id)))


@pytest.mark.parametrize("verb", ["ตอบกลับ", "ขอข้อมูลเพิ่ม", "เสร็จแล้ว"])
@pytest.mark.parametrize("how", ["press", "type", "type in English", "type later"])
def test_what_was_begun_can_be_stopped(town: Town, somchai: Chat, ticket: Ticket, verb: str, how: str) -> None:
    somchai.presses(verb)
    assert waits(somchai)
    if how == "press":
        somchai.presses("ยกเลิก")
    else:
        if how == "type later":
            somchai.session.get_one(Conversation, somchai.person.id).offers = None
        somchai.says("Cancel" if how == "type in English" else "ยกเลิก")
    assert "ยังไม่ได้ส่งอะไรไป" in somchai.text
    assert not waits(somchai)
    assert (ticket.status, sent(somchai)) == ("accepted", [])


def test_what_nobody_finished_is_over_after_half_an_hour(somchai: Chat, clock: Clock, ticket: Ticket) -> None:
    somchai.presses("ตอบกลับ")
    clock.passes(minutes=29, seconds=59)
    somchai.says("ทันเวลา")
    assert sent(somchai) == ["ทันเวลา"]
    somchai.presses("ตอบกลับ")
    clock.passes(minutes=30)
    somchai.says("น้ำประปาแดง ซอยรังสิต-นครนายก 46")
    assert sent(somchai) == ["ทันเวลา"]
    assert not waits(somchai)
    assert "ซอยรังสิต-นครนายก 46" in somchai.text  # it became a draft of a report, as anybody's words would


def test_a_tab_or_a_number_is_never_taken_for_the_answer(town: Town, somchai: Chat, ticket: Ticket) -> None:
    for words in ("งานใหม่", "งานของฉัน", "โหมดประชาชน", ticket.number):
        town.session.flush()
        somchai.says(ticket.number)
        somchai.presses("ตอบกลับ")
        somchai.says(words)
        assert not waits(somchai)
        assert sent(somchai) == []


def test_looking_at_the_ticket_again_goes_on_waiting_for_what_was_asked_about_it(
    town: Town, somchai: Chat, ticket: Ticket
) -> None:
    other = town.ticket("garbage", by="แป้ง")
    somchai.presses("ตอบกลับ")
    somchai.presses_old(Button("ดูเรื่องนี้", "work.show", {"ticket": ticket.id}))
    assert somchai.card().number == ticket.number
    assert "ยังรอสิ่งที่คุณจะพิมพ์สำหรับเรื่อง RS-6911-00001" in somchai.text
    somchai.says("ช่างจะเข้าไป")
    assert sent(somchai) == ["ช่างจะเข้าไป"]
    somchai.presses("ตอบกลับ")
    somchai.presses_old(Button("ดูเรื่องนี้", "work.show", {"ticket": other.id}))
    assert not waits(somchai), "another ticket is something else"


def test_a_resident_menu_item_is_never_taken_for_the_answer(somchai: Chat) -> None:
    somchai.presses("ตอบกลับ")
    somchai.says("แจ้งปัญหา")
    somchai.says("น้ำประปาแดง ซอยรังสิต-นครนายก 46")
    assert sent(somchai) == []
    assert "ซอยรังสิต-นครนายก 46" in somchai.text


def test_another_button_puts_what_was_typed_aside_and_says_so(town: Town, somchai: Chat) -> None:
    other = town.ticket("garbage", by="แป้ง")
    somchai.says(other.number)
    somchai.presses("รับเรื่อง")
    somchai.presses("เสร็จแล้ว")
    somchai.says("เก็บแล้ว")
    assert "ขอรูปหลังทำ" in somchai.text
    somchai.taps("mine")
    assert f"พักเรื่อง {other.number} ไว้ก่อน" in somchai.text
    somchai.says("ข้อความใหม่")
    assert sent(somchai) == []


def test_a_label_as_words_is_asked_about(somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("ตอบกลับ")
    somchai.says("เสร็จแล้ว")
    (asked,) = somchai.answers
    assert isinstance(asked, Choices)
    assert "“เสร็จแล้ว”" in asked.text
    assert sent(somchai) == []
    somchai.presses("ใช่ ส่งเลย")
    assert sent(somchai) == ["เสร็จแล้ว"]
    assert ticket.status == "accepted"


def test_a_label_that_was_no_answer_is_not_sent(somchai: Chat) -> None:
    somchai.presses("ขอข้อมูลเพิ่ม")
    somchai.says("รับเรื่อง")
    yes = somchai.button("ใช่ ส่งเลย")
    somchai.says("ไม่ส่ง")
    assert sent(somchai) == []
    assert not waits(somchai)
    somchai.presses_old(yes)
    assert "ปุ่มนี้เก่าแล้ว" in somchai.text
    assert sent(somchai) == []


@pytest.mark.parametrize("kind", ["audio", "video", "file", "sticker", "location"])
def test_what_cannot_be_the_answer_is_said_to_be_unused(somchai: Chat, kind: str) -> None:
    somchai.presses("ขอข้อมูลเพิ่ม")
    somchai.sends(kind, latitude=13.98, longitude=100.6) if kind == "location" else somchai.sends(kind)
    assert "กำลังรอข้อความสำหรับเรื่อง RS-6911-00001 สิ่งที่ส่งมาจึงยังไม่ได้ใช้" in somchai.text
    assert "ยกเลิก" in somchai.labels()
    assert waits(somchai)
    assert somchai.session.scalars(select(Media)).all() == []
    somchai.says("ช่างจะเข้าไป")
    assert sent(somchai) == ["ช่างจะเข้าไป"]


def test_a_photo_for_a_question_is_said_to_be_unused(somchai: Chat) -> None:
    somchai.presses("ขอข้อมูลเพิ่ม")
    somchai.sends_photo()
    assert "สิ่งที่ส่งมาจึงยังไม่ได้ใช้" in somchai.text
    assert somchai.session.scalars(select(Media)).all() == []


def test_a_photo_of_finished_work_is_kept_while_words_are_awaited_and_gone_when_stopped(somchai: Chat) -> None:
    somchai.presses("เสร็จแล้ว")
    somchai.sends_photo()
    assert "ได้รูปแล้ว" in somchai.text
    somchai.presses("ยกเลิก")
    assert [photo.state for photo in somchai.session.scalars(select(Media))] == ["erased"]


def test_a_photo_from_another_app_cannot_be_kept(somchai: Chat) -> None:
    somchai.presses("เสร็จแล้ว")
    somchai.sends("image", contentProvider={"type": "external", "originalContentUrl": "https://example.org/a.jpg"})
    assert "รูปนี้มาจากแอปอื่น" in somchai.text
    assert waits(somchai)


@pytest.mark.parametrize("words", ["ยังไม่ได้เลขเลยครับ เดี๋ยวพรุ่งนี้จะโทรไปถาม 2 รอบ", "ไม่มี", "1\n2", "9" * 81])
def test_a_sentence_is_no_case_number(somchai: Chat, ticket: Ticket, words: str) -> None:
    somchai.presses("ส่งต่อหน่วยงาน")
    somchai.presses("ตำรวจ")
    somchai.presses("โทร")
    somchai.says(words)
    assert "เลขเรื่องควรสั้นและมีตัวเลข" in somchai.text
    assert (ticket.status, waits(somchai)) == ("accepted", True)
    somchai.says("๑๒๓/๒๕๖๙")
    assert ticket.forward_number == "๑๒๓/๒๕๖๙"


def test_new_words_replace_the_ones_that_wait_for_a_photo(town: Town, somchai: Chat) -> None:
    other = town.ticket("garbage", by="แป้ง")
    somchai.says(other.number)
    somchai.presses("รับเรื่อง")
    somchai.presses("เสร็จแล้ว")
    somchai.says("เก็บแล้วบางส่วน")
    somchai.says("เก็บหมดแล้ว")
    somchai.sends_photo()
    assert sent(somchai) == ["เก็บหมดแล้ว"]
    assert other.status == "resolved"


def test_words_taken_back_before_they_were_used_are_forgotten(town: Town, somchai: Chat) -> None:
    other = town.ticket("garbage", by="แป้ง")
    somchai.says(other.number)
    somchai.presses("รับเรื่อง")
    somchai.presses("เสร็จแล้ว")
    somchai.says("เบอร์ 0812345678")
    somchai.unsends(somchai.said_ids())
    conversation = somchai.session.get_one(Conversation, somchai.person.id)
    assert "0812345678" not in str(conversation.task)
    somchai.sends_photo()
    assert "ได้รูปแล้ว" in somchai.text
    assert other.status == "accepted"


def test_a_reply_may_be_taken_back_after_it_was_sent(somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("ตอบกลับ")
    somchai.says("พิมพ์ผิด")
    somchai.unsends(somchai.said_ids())
    assert sent(somchai) == [None]
    assert ticket.history[-1].kind == "erased"


def test_an_old_skip_button_forwards_nothing(somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("ส่งต่อหน่วยงาน")
    somchai.presses("ตำรวจ")
    somchai.presses("โทร")
    skip = somchai.button("ข้าม")
    somchai.presses("ยกเลิก")
    somchai.presses_old(skip)
    assert "ปุ่มนี้เก่าแล้ว" in somchai.text
    assert ticket.status == "accepted"


def test_an_unfinished_act_survives_what_is_kept_of_it() -> None:
    conversation = Conversation(resident_id=1, municipality_id=1, step="idle", version=1, touched_at=NOON)
    task = officer_tasks.Task("resolve", 1, NOON.isoformat(), "idle", words="เก็บแล้ว", said="s", photos=(1, 2))
    officer_tasks.keep(conversation, task)
    assert officer_tasks.read(conversation) == task
    officer_tasks.keep(conversation, None)
    assert officer_tasks.read(conversation) is None
