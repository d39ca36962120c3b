"""An officer at work in the chat: every button, and what the resident hears of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.replies import Card, Choices, Say, Show
from models import Media, Message, Ticket
from models.officer import Role
from tests.builders import Town
from tests.chats import Chat, Clock, chat, words_of

NUMBER = "RS-6911-00001"


@pytest.fixture
def nok(town: Town, ticket: Ticket) -> Chat:
    """The reporter, who has seen the first card."""
    opened = chat(town, town.resident("นก"))
    opened.says("ติดตามเรื่อง")
    return opened


def confirmed(officer: Chat, text: str, status: str) -> None:
    """The answer was one short sentence and the fresh card."""
    said, card = officer.answers
    assert isinstance(said, Say)
    assert text in said.text
    assert isinstance(card, Card)
    assert (card.number, card.badge) == (NUMBER, status)


def pushed_text(person: Chat) -> str:
    return "\n".join(line for reply in person.pushed() for line in words_of(reply))


def test_accepting_confirms_with_the_fresh_card_and_the_resident_hears_with_the_next_reply(
    somchai: Chat, nok: Chat, ticket: Ticket
) -> None:
    somchai.presses("รับเรื่อง")
    confirmed(somchai, "รับเรื่อง RS-6911-00001 แล้ว", "รับเรื่องแล้ว")
    assert "เริ่มดำเนินการ" in somchai.labels()
    assert "รับเรื่อง" not in somchai.labels()
    assert nok.pushed() == []
    nok.says("สวัสดี")
    assert "เจ้าหน้าที่รับเรื่องแล้ว" in nok.text


def test_work_starts(somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("รับเรื่อง")
    somchai.presses("เริ่มดำเนินการ")
    confirmed(somchai, "เริ่มดำเนินการเรื่อง", "กำลังดำเนินการ")
    assert ticket.status == "in_progress"


def test_a_typed_label_does_what_pressing_does(somchai: Chat, ticket: Ticket) -> None:
    somchai.says("รับเรื่อง")
    confirmed(somchai, "รับเรื่อง RS-6911-00001 แล้ว", "รับเรื่องแล้ว")


def test_a_question_is_pushed_at_once_and_the_answer_comes_back(somchai: Chat, nok: Chat, ticket: Ticket) -> None:
    somchai.presses("ขอข้อมูลเพิ่ม")
    assert somchai.button("ยกเลิก")
    somchai.says("น้ำแดงทั้งวันหรือเฉพาะตอนเช้า")
    confirmed(somchai, "ถามผู้แจ้งเรื่อง RS-6911-00001 แล้ว", "รอข้อมูลจากผู้แจ้ง")
    assert "น้ำแดงทั้งวันหรือเฉพาะตอนเช้า" in pushed_text(nok)
    nok.says("เฉพาะตอนเช้า")
    assert ticket.status == "new"
    somchai.taps("mine")
    assert "“เฉพาะตอนเช้า”" in somchai.text


def test_a_reply_changes_no_status_and_reaches_the_resident(somchai: Chat, nok: Chat, ticket: Ticket) -> None:
    somchai.presses("ตอบกลับ")
    somchai.says("ช่างจะเข้าไปบ่ายนี้")
    confirmed(somchai, "ส่งข้อความถึงผู้แจ้งเรื่อง", "รอรับเรื่อง")
    nok.says("สวัสดี")
    assert "งานประสานการประปา ตอบเรื่อง RS-6911-00001\nช่างจะเข้าไปบ่ายนี้" in nok.text


def test_forwarding_asks_owner_way_and_number(somchai: Chat, nok: Chat, ticket: Ticket) -> None:
    somchai.presses("ส่งต่อหน่วยงาน")
    (owners,) = somchai.answers
    assert isinstance(owners, Choices)
    assert [button.label for button in owners.buttons] == [
        "การประปาส่วนภูมิภาค สาขารังสิต", "กรมชลประทาน (รังสิตใต้)", "ตำรวจ",
    ]  # fmt: skip
    somchai.presses("การประปาส่วนภูมิภาค สาขารังสิต")
    assert somchai.labels() == ["โทร", "หนังสือ", "ระบบ", "ยกเลิก"]
    somchai.presses("หนังสือ")
    assert somchai.labels() == ["ข้าม", "ยกเลิก"]
    assert ticket.status == "new"
    somchai.says("ปท 52001/1234")
    confirmed(somchai, "ส่งต่อเรื่อง RS-6911-00001 ให้ การประปาส่วนภูมิภาค", "ส่งต่อให้ กปภ. แล้ว")
    assert (ticket.forward_way, ticket.forward_number) == ("letter", "ปท 52001/1234")
    nok.says("สวัสดี")
    assert "เทศบาลส่งเรื่องให้ การประปาส่วนภูมิภาค สาขารังสิต แล้ว เลขที่เรื่อง ปท 52001/1234" in nok.text


@pytest.mark.parametrize("skipping", ["press", "type"])
def test_the_number_may_be_skipped_and_come_later(somchai: Chat, ticket: Ticket, skipping: str) -> None:
    somchai.presses("ส่งต่อหน่วยงาน")
    somchai.presses("ตำรวจ")
    somchai.presses("โทร")
    somchai.presses("ข้าม") if skipping == "press" else somchai.says("ข้าม")
    confirmed(somchai, "ส่งต่อเรื่อง", "ส่งต่อให้ ตำรวจ แล้ว")
    assert (ticket.forward_way, ticket.forward_number) == ("phone", None)
    somchai.presses("ใส่เลขเรื่อง")
    somchai.says("คดี 77/2569")
    confirmed(somchai, "ใส่เลข คดี 77/2569", "ส่งต่อให้ ตำรวจ แล้ว")
    assert ticket.forward_number == "คดี 77/2569"


def test_a_forwarded_ticket_goes_to_another_owner(somchai: Chat, ticket: Ticket) -> None:
    for owner in ("ตำรวจ", "กรมชลประทาน (รังสิตใต้)"):
        somchai.presses("ส่งต่อหน่วยงาน")
        somchai.presses(owner)
        somchai.presses("ระบบ")
        somchai.presses("ข้าม")
    assert ticket.owner is not None
    assert ticket.owner.code == "rid"
    assert [entry.to_status for entry in ticket.history if entry.kind == "move"] == ["forwarded", "forwarded"]


def test_words_alone_finish_work_that_needs_no_photo(somchai: Chat, nok: Chat, ticket: Ticket) -> None:
    somchai.presses("รับเรื่อง")
    somchai.presses("เสร็จแล้ว")
    somchai.says("กปภ. ล้างท่อแล้ว")
    confirmed(somchai, "แจ้งผู้แจ้งเรื่อง RS-6911-00001 ว่าเสร็จแล้ว", "แก้ไขแล้ว รอผู้แจ้งยืนยัน")
    assert "กปภ. ล้างท่อแล้ว" in str(nok.pushed())


@pytest.mark.parametrize("order", ["words first", "photo first", "photo first, in a set"])
def test_words_and_an_after_photo_come_in_either_order(town: Town, order: str) -> None:
    ticket = town.ticket("garbage", by="นก")
    officer = chat(town, town.officer("มาลี", "environment"))
    officer.taps("new")
    officer.presses("รับเรื่อง")
    officer.presses("เสร็จแล้ว")
    assert "รูป" in officer.text
    if order == "words first":
        officer.says("เก็บขยะแล้ว")
        assert ticket.status == "accepted"
        assert "ขอรูปหลังทำ" in officer.text
        officer.sends_photo()
    else:
        photos = [{"index": 1, "total": 2}, {"index": 2, "total": 2}] if "set" in order else [{}]
        for photo in photos:
            officer.sends_photo(**photo)
        assert "ได้รูปแล้ว" in officer.text
        officer.says("เก็บขยะแล้ว")
    assert ticket.status == "resolved"
    after = town.session.scalars(select(Media).where(Media.purpose == "after")).all()
    assert [photo.ticket_id for photo in after] == [ticket.id] * (2 if "set" in order else 1)
    message = town.session.scalars(select(Message).where(Message.kind == "resolution")).one()
    assert message.text == "เก็บขยะแล้ว"


def test_a_photo_right_after_the_words_still_belongs_to_the_work(somchai: Chat, ticket: Ticket, clock: Clock) -> None:
    somchai.presses("รับเรื่อง")
    somchai.presses("เสร็จแล้ว")
    somchai.says("ล้างท่อแล้ว")
    somchai.sends_photo()
    assert "เพิ่มรูปหลังทำ" in somchai.text
    photo = somchai.session.scalars(select(Media)).one()
    assert (photo.purpose, photo.ticket_id) == ("after", ticket.id)
    clock.passes(minutes=5)
    somchai.sends_photo()
    assert "เพิ่มรูปหลังทำ" not in somchai.text


def test_a_listed_reason_ends_the_ticket_at_once(somchai: Chat, nok: Chat, ticket: Ticket) -> None:
    somchai.presses("ยุติเรื่อง")
    assert somchai.labels() == [
        "ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง", "ข้อมูลไม่เพียงพอและติดต่อผู้แจ้งไม่ได้", "เป็นเรื่องในที่ส่วนบุคคลหรือระหว่างบุคคล",
        "อยู่ระหว่างการพิจารณาของศาล", "ไม่ใช่เรื่องที่ต้องแก้ไขหรือตรวจสอบ", "อื่น ๆ", "ยกเลิก",
    ]  # fmt: skip
    somchai.presses("ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง")
    confirmed(somchai, "ยุติเรื่อง RS-6911-00001 แล้ว", "ยุติเรื่อง")
    assert "เหตุผล: ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง" in pushed_text(nok)


def test_another_reason_wants_words(somchai: Chat, nok: Chat, ticket: Ticket) -> None:
    somchai.presses("ยุติเรื่อง")
    somchai.presses("อื่น ๆ")
    assert ticket.status == "new"
    somchai.says("บ้านหลังนี้รื้อไปแล้ว")
    confirmed(somchai, "ยุติเรื่อง", "ยุติเรื่อง")
    assert "บ้านหลังนี้รื้อไปแล้ว" in pushed_text(nok)


def test_another_category_keeps_the_number_and_leaves_the_department(town: Town, somchai: Chat, ticket: Ticket) -> None:
    somchai.presses("เปลี่ยนประเภท")
    assert somchai.labels()[0] == "🗑️ ขยะและความสะอาด"
    assert "🚰 น้ำประปาแดง ขุ่น มีกลิ่น" not in somchai.labels()
    somchai.presses("🗑️ ขยะและความสะอาด")
    assert [type(reply) for reply in somchai.answers] == [Say]  # the card is no longer somchai's to see
    assert "ดูแลโดย สำนักสาธารณสุขและสิ่งแวดล้อม" in somchai.text
    assert (ticket.number, ticket.category.code) == (NUMBER, "garbage")
    malee = chat(town, town.officer("มาลี", "environment"))
    malee.taps("new")
    assert malee.card().number == NUMBER


def test_an_english_officer_works_in_english(town: Town, ticket: Ticket) -> None:
    ann = chat(town, town.officer("Ann", "water", role=Role.SUPERVISOR, language="en"))
    ann.says("New work")
    ann.says("Accept")
    assert "RS-6911-00001 accepted." in ann.text
    ann.presses("Forward to owner")
    ann.presses("Provincial Waterworks Authority")
    ann.presses("Letter")
    ann.presses("Skip")
    assert ann.card().badge == "Passed on to PWA"


def test_choices_of_long_lists_are_all_there(town: Town, somchai: Chat, ticket: Ticket) -> None:
    first = town.owner("pwa")
    for n in range(20):
        columns = {c.name: getattr(first, c.name) for c in first.__table__.columns if c.name != "id"}
        own = {"code": f"owner-{n}", "name_th": f"หน่วยงานที่ {n}", "position": 10 + n}
        town.session.add(type(first)(**columns | own))
    town.session.flush()
    somchai.presses("ส่งต่อหน่วยงาน")
    assert [label for label in somchai.labels() if label.startswith("หน่วยงานที่")] == [
        f"หน่วยงานที่ {n}" for n in range(20)
    ]
    assert all(len(reply.buttons) <= 15 for reply in somchai.answers if isinstance(reply, Choices))
    assert replace(somchai.button("หน่วยงานที่ 19"), label="").args["owner"] == "owner-19"


def test_what_many_reporters_said_is_read_with_one_press(town: Town, somchai: Chat, ticket: Ticket) -> None:
    for n in range(1, 30):
        town.join(ticket, f"บ้าน {n}", f"น้ำแดงที่บ้านหลังที่ {n}")
    somchai.says(NUMBER)
    assert "น้ำแดงที่บ้านหลังที่ 7”" in somchai.text
    assert "น้ำแดงที่บ้านหลังที่ 8" not in somchai.text
    somchai.presses("อ่านทั้งหมด")
    assert [n for n in range(8, 30) if f"น้ำแดงที่บ้านหลังที่ {n}" not in somchai.text] == []
    assert len(somchai.answers) == 1


def adds(nok: Chat, words: str) -> None:
    nok.says("ติดตามเรื่อง")
    nok.presses("เพิ่มข้อมูล")
    nok.says(words)


def test_earlier_words_are_read_with_a_press(somchai: Chat, nok: Chat) -> None:
    adds(nok, "อยู่ชั้น 3 ห้อง 301")
    adds(nok, "รีบหน่อยนะคะ")
    somchai.says(NUMBER)
    for words in ("จด 1", "จด 2", "จด 3", "จด 4"):
        somchai.presses("บันทึกภายใน")
        somchai.says(words)
    assert "รีบหน่อย" in somchai.text
    assert "ห้อง 301" not in somchai.text
    somchai.presses("อ่านทั้งหมด")
    assert "ผู้แจ้งบอกเพิ่ม เรื่อง RS-6911-00001" in somchai.text
    assert "ห้อง 301" in somchai.text
    assert "คุณสมชาย: จด 1" in somchai.text
    assert "จด 2" not in somchai.text, "it stands on the card"


def test_what_was_said_and_sent_before_a_merge_is_there_where_the_work_goes_on(
    town: Town, somchai: Chat, nok: Chat, ticket: Ticket
) -> None:
    adds(nok, "อยู่ชั้น 3 ห้อง 301")
    photo = town.photo()
    photo.ticket_id = ticket.id
    kept = town.ticket(by="แป้ง", words="น้ำแดงทั้งซอย")
    somchai.says(NUMBER)
    somchai.presses("รวมเรื่อง")
    somchai.says(kept.number)
    somchai.presses("ใช่ รวมเลย")
    assert somchai.card().number == kept.number
    assert [picture.media_id for picture in somchai.card().pictures] == [photo.id]
    somchai.presses("อ่านทั้งหมด")
    assert "ห้อง 301" in somchai.text


def test_pictures_that_a_card_has_no_room_for_are_seen_with_a_press(town: Town, somchai: Chat, ticket: Ticket) -> None:
    keys = []
    for _ in range(11):
        photo = town.photo()
        photo.report_id = ticket.reports[0].id
        keys.append(photo.id)
    town.session.flush()
    somchai.says(NUMBER)
    seen = [picture.media_id for picture in somchai.card().pictures]
    for label in ("ดูรูปอีก 7 รูป", "ดูรูปอีก 3 รูป"):
        somchai.presses(label)
        seen += [reply.picture.media_id for reply in somchai.answers if isinstance(reply, Show)]
    assert seen == keys
