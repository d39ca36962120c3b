"""Taking a message back erases our copy everywhere it stands; the history keeps that something was taken back."""

from __future__ import annotations

import json

from sqlalchemy import text

from models import InboxEvent, Media, Message, News, OutboxMessage, Report, TicketEvent
from tests.talking import Person, Rangsit

SECRET = "เลขที่ 99 ซอยรังสิต-นครนายก 46 น้ำประปาแดงมาก"
TRACE = "นครนายก"


FACTS_OF_THE_TOWN = frozenset(
    ("categories", "owners", "municipalities", "departments", "important_numbers", "holidays", "named_places", "areas")
)


def everything(town: Rangsit) -> str:
    """Every value of every row of the database, as text."""
    found = []
    with town.database.reading() as session:
        tables = session.connection().dialect.get_table_names(session.connection())
        for table in tables:
            if table in FACTS_OF_THE_TOWN:
                continue
            for row in session.execute(text(f"SELECT * FROM {table}")):
                found.append(f"{table}: " + " ".join(_readable(value) for value in row))
    return "\n".join(found)


def _readable(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        value = bytes(value).decode()
    if isinstance(value, str) and value[:1] in "[{":
        value = json.loads(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def test_words_in_a_draft_are_gone_everywhere(town: Rangsit, nok: Person) -> None:
    said = nok.sends(SECRET)
    assert TRACE in everything(town)
    nok.unsends(said)
    assert TRACE not in everything(town)
    nok.sends("ส่งเรื่อง")
    nok.sees("แจ้งปัญหา")
    assert town.tickets() == []


def test_one_message_of_several_is_gone_and_the_rest_stays(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    said = nok.sends("บอกสมศรีบ้านข้าง ๆ ด้วยว่าแดงทุกก๊อก")
    place = nok.sends_place(address="ซอยรังสิต-นครนายก 46")
    nok.unsends(said)
    nok.unsends(place)
    assert "สมศรี" not in everything(town)
    assert TRACE not in everything(town)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert [m.text for m in town.every(Message)] == ["น้ำประปาแดงมาก"]


def test_words_and_place_of_a_ticket_are_gone_everywhere_and_the_history_says_so(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    said = nok.sends(SECRET)
    nok.presses("ส่งเรื่อง")
    number = nok.number
    desk.sends("งานใหม่")
    assert TRACE in desk.sees(number)
    nok.unsends(said)
    assert TRACE not in everything(town)
    assert town.standing(number, "status", "place_words") == ("new", None)
    assert town.every(Report)[0].place_words is None
    (erased,) = [event for event in town.every(TicketEvent) if event.kind == "erased"]
    assert (erased.actor, erased.detail) == ("resident", None)
    assert town.every(Message)[0].erased_at == town.now
    desk.sends("งานใหม่")
    assert TRACE not in desk.sees(number)


def test_a_pin_that_is_taken_back_leaves_no_place(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    pin = nok.sends_place(13.98511, 100.62511, "ซอยรังสิต-นครนายก 46")
    nok.presses("ส่งเรื่อง")
    number = nok.number
    nok.unsends(pin)
    assert town.standing(number, "latitude", "longitude", "place_words") == (None, None, None)
    assert "13.98511" not in everything(town)
    assert TRACE not in everything(town)


def test_a_photo_is_gone_from_draft_and_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    first = nok.sends_photo()
    nok.unsends(first)
    assert "1 รายการ" not in nok.sees("ได้รับรูปแล้ว").rpartition("ได้รับรูปแล้ว")[2]
    second = nok.sends_photo()
    nok.sends_place()
    nok.sees("1 รายการ")
    nok.presses("ส่งเรื่อง")
    nok.unsends(second)
    assert [media.state for media in town.every(Media)] == ["erased", "erased"]


def test_comments_answers_and_reviews_are_gone_too(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)
    comment = nok.sends("โทรหาสมศรี 081-111-1111 ได้")
    town.moves(number, "waiting", words="บ้านเลขที่เท่าไร")
    answer = nok.sends("บ้านสมศรี เลขที่ 9")
    nok.unsends(comment)
    nok.unsends(answer)
    assert "สมศรี" not in everything(town)
    assert town.standing(number) == "new"  # what was done stays done


def test_a_push_to_an_officer_that_quotes_it_is_not_sent_any_more(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    number = nok.reports()
    town.moves(number, "accepted", by="desk")
    town.moves(number, "waiting", by="desk", words="บ้านเลขที่เท่าไร")
    desk.reads_on()
    said = nok.sends("บ้านสมศรี เลขที่ 9")
    town.line.pushes = "is away"
    town.passes(minutes=10)
    assert "สมศรี" in everything(town)
    nok.unsends(said)
    assert "สมศรี" not in everything(town)
    town.line.pushes = "accepts"
    town.delivers()
    text = desk.sees(number)
    assert "สมศรี" not in text
    assert [m.state for m in town.said_to(desk, "push") if m.state == "withdrawn"] == ["withdrawn"]


def test_what_may_be_at_line_already_is_not_sent_again_but_listed(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    number = nok.reports()
    town.moves(number, "accepted", by="desk")
    town.moves(number, "waiting", by="desk", words="บ้านเลขที่เท่าไร")
    desk.reads_on()
    said = nok.sends("บ้านสมศรี เลขที่ 9")
    town.line.pushes = "is away"
    town.passes(minutes=10)
    with town.database.transaction() as session:
        (message,) = session.query(OutboxMessage).filter_by(state="queued").all()
        message.state, message.attempts, message.first_attempt_at = "sending", 1, town.now
    nok.unsends(said)
    (row,) = [m for m in town.said_to(desk, "push") if m.state == "withdrawn"]
    assert (row.content, row.body) == (None, None)
    assert (row.last_problem or "").startswith("outcome unknown")
    town.line.pushes = "accepts"
    town.passes(hours=1)
    desk.sees_nothing()
    desk.sends("งานของฉัน")
    assert "สมศรี" not in desk.sees(number)


def test_what_was_answered_before_it_was_sent_is_not_sent(town: Rangsit, nok: Person) -> None:
    town.line.replies = "is away"
    said = nok.sends(SECRET)
    nok.unsends(said)
    town.line.replies = "accepts"
    town.delivers()
    nok.sees_nothing()


def test_taking_back_before_it_was_read_leaves_nothing_to_read(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    with town.database.transaction() as session:
        town_id = town.row(session).id
        body = json.dumps(
            {
                "type": "message",
                "source": {"type": "user", "userId": nok.user_id},
                "message": {"type": "text", "id": "late", "text": SECRET},
                "replyToken": "t",
            }
        ).encode()
        session.add(
            InboxEvent(
                municipality_id=town_id,
                event_id="late",
                lane_key=f"{town_id}:{nok.user_id}",
                said="late",
                body=body,
                occurred_at_ms=1,
                received_at=town.now,
            )
        )
    nok.unsends("late")
    assert next(event for event in town.every(InboxEvent) if event.event_id == "late").body is None


def test_words_that_wait_for_the_choice_of_a_ticket_are_gone(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.reports("ไฟถนนหน้าบ้านดับ")
    said = nok.sends("ยังไม่มาเลย บอกสมศรีไว้แล้ว")
    nok.sees("หมายถึงเรื่องไหน")
    nok.unsends(said)
    assert "สมศรี" not in everything(town)
    nok.sends("สวัสดี")
    nok.sees("มีปัญหาอะไรในเมือง")


def test_an_officer_s_unfinished_words_are_gone(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    number = nok.reports("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    town.moves(number, "accepted", by="desk")
    desk.sends("งานของฉัน")
    desk.presses("เสร็จแล้ว", on=number)
    said = desk.sends("คุณสมศรีเก็บให้แล้ว")
    assert "สมศรี" in everything(town)
    desk.unsends(said)
    assert "สมศรี" not in everything(town)


def test_somebody_else_cannot_take_my_message_back(town: Rangsit, nok: Person, ton: Person) -> None:
    said = nok.sends(SECRET)
    nok.presses("ส่งเรื่อง")
    ton.unsends(said)
    assert town.every(Message)[0].text == SECRET
    assert town.every(Report)[0].place_words is not None


def test_a_village_group_s_words_are_not_kept(town: Rangsit, nok: Person) -> None:
    source = {"type": "group", "groupId": "C" + "1" * 32, "userId": nok.user_id}
    nok.message({"type": "text", "text": "ลูกป้าสมศรีป่วย"}, source=source)
    assert "สมศรี" not in everything(town)
    assert town.every(News) == []
