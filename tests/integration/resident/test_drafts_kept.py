"""A draft is not lost: sent to the desk, offered again, put aside and taken up, erased at last."""

from __future__ import annotations

from models import Conversation, InboxEvent, Media, News, Report
from tests.talking import Person, Rangsit

WATER = "น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46"
GARBAGE = "ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก"
FIRE = "ไฟไหม้บ้าน ช่วยด้วย"


def test_a_recognised_draft_goes_to_the_desk_after_fifteen_minutes(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    nok.reads_on()
    town.passes(minutes=14)
    assert town.tickets() == []
    town.passes(minutes=1)
    (number,) = town.tickets()
    assert town.standing(number, "status", "mark") == ("new", "unsent_draft")
    nok.sees_nothing()  # its card goes with the next reply
    nok.sends("สวัสดี")
    nok.sees(number, "คุณยังไม่ได้กดส่ง เราจึงส่งให้เจ้าหน้าที่แทน", way="reply")


def test_the_card_of_a_sent_draft_comes_at_the_latest_on_the_promised_date(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    town.passes(minutes=15)
    nok.reads_on()
    town.passes(hours=24)
    nok.sees("RS-6911-00001", "คุณยังไม่ได้กดส่ง", way="push")
    assert nok.count("push") == 1


def test_the_town_may_leave_unsent_drafts_alone(town: Rangsit, nok: Person) -> None:
    with town.database.transaction() as session:
        row = town.row(session)
        row.settings = {**row.settings, "sends_unfinished_drafts": False}
    nok.sends(WATER)
    town.passes(hours=5)
    assert town.tickets() == []


def test_the_old_draft_card_sends_cancels_and_corrects_the_ticket_it_became(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    send, change = nok.button("ส่งเรื่อง"), nok.button("เปลี่ยนประเภท")
    cancel = nok.button("ยกเลิก")
    town.passes(minutes=15)
    (number,) = town.tickets()
    nok.presses_button(change)
    nok.sees("เลือกประเภทของเรื่อง")
    nok.presses("🚦 จราจร")
    nok.sees(number, "จราจร")
    assert town.standing(number, "category").code == "traffic"
    nok.presses_button(send)
    text = nok.sees(number, "รอรับเรื่อง")
    assert "คุณยังไม่ได้กดส่ง" not in text
    assert town.standing(number, "mark") is None
    nok.presses_button(cancel)
    nok.presses("ใช่ ยกเลิกเรื่องนี้")
    assert town.standing(number) == "cancelled"
    assert town.tickets() == [number]


def test_what_is_sent_later_is_added_to_the_ticket_and_a_pin_corrects_its_place(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    town.passes(minutes=15)
    (number,) = town.tickets()
    nok.sends("แดงทุกก๊อกเลย ข้างบ้านก็เป็น")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    nok.sends_photo()
    nok.sees(f"เพิ่มในเรื่อง {number}")
    nok.sends_place(13.984, 100.62)
    nok.sees("ได้รับตำแหน่ง")
    assert town.standing(number, "latitude") == 13.984
    nok.sends("ไฟถนนหน้าบ้านดับ")  # clearly something else
    nok.sees("ไฟส่องสว่าง", "อยู่ที่ไหน")
    assert town.tickets() == [number]


def test_typing_send_after_the_draft_was_sent_shows_its_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    town.passes(minutes=20)
    nok.sends("ส่งเรื่อง")
    nok.sees("RS-6911-00001", "รอรับเรื่อง")
    assert town.standing("RS-6911-00001", "mark") is None


def test_an_unfinished_draft_is_offered_again_on_the_next_contact(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    town.passes(days=2)
    nok.reads_on()
    nok.sends("สวัสดีค่ะ")
    nok.sees("มีเรื่องที่ยังไม่ได้ส่ง", "อยู่ที่ไหน")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert town.standing(nok.number, "category").code == "tap_water_quality"


def test_another_problem_days_later_is_reported_first_and_not_mixed(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    town.passes(days=2)
    nok.sends(GARBAGE)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง", "มีเรื่องที่ยังไม่ได้ส่ง", "น้ำประปาแดง")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    texts = [report.id for report in town.every(Report)]
    assert len(texts) == 2
    assert [town.standing(number, "category").code for number in town.tickets()] == ["garbage", "tap_water_quality"]


def test_after_seven_days_an_unfinished_draft_is_erased_with_everything(town: Rangsit, nok: Person) -> None:
    said = nok.sends("น้ำประปาแดงมาก")
    photo = nok.sends_photo()
    old = nok.button("ไม่ทราบตำแหน่ง")
    town.passes(days=7)
    (conversation,) = town.every_conversation()
    assert (conversation.step, conversation.draft, conversation.offers) == ("idle", None, None)
    assert [media.state for media in town.every(Media)] == ["erased"]
    assert all(event.body is None for event in town.every(InboxEvent) if event.said in (said, photo))
    nok.reads_on()
    nok.presses_button(old)
    nok.sees("ร่างนี้ไม่อยู่แล้ว", "แจ้งปัญหา")


def test_a_cancelled_draft_leaves_nothing_behind(town: Rangsit, nok: Person) -> None:
    said = nok.sends(GARBAGE)
    nok.sends_photo()
    nok.presses("ยกเลิก")
    nok.sees("ยังไม่ได้ส่งอะไรไป")
    assert [media.state for media in town.every(Media)] == ["erased"]
    assert [event.body for event in town.every(InboxEvent) if event.said == said] == [None]
    assert town.every_conversation()[0].draft is None


def test_adding_to_a_ticket_in_between_does_not_lose_the_draft(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.sends(GARBAGE)
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("แดงทุกก๊อกเลย")
    nok.sees(f"เพิ่มในเรื่อง {number}", "มีเรื่องที่ยังไม่ได้ส่ง", "ขยะและความสะอาด")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert len(town.tickets()) == 2


def test_talking_to_the_desk_in_between_does_not_lose_the_draft(town: Rangsit, nok: Person) -> None:
    nok.sends(GARBAGE)
    nok.taps("talk")
    nok.sees("พิมพ์ข้อความถึงเจ้าหน้าที่ได้เลย")
    nok.sends("อยากทราบเวลาทำการของเทศบาล")
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว", "มีเรื่องที่ยังไม่ได้ส่ง")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert [town.standing(number, "category").code for number in town.tickets()] == ["other", "garbage"]


def test_a_complete_draft_that_waits_behind_something_else_goes_to_the_desk_too(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    nok.taps("talk")
    town.passes(minutes=15)
    town.passes(seconds=5)
    assert len(town.tickets()) == 1
    assert town.standing(town.tickets()[0], "mark") == "unsent_draft"


def test_a_complete_draft_behind_danger_goes_to_the_desk_too(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    nok.sends(FIRE)
    town.passes(minutes=15)
    town.passes(seconds=5)
    assert [town.standing(number, "mark") for number in town.tickets()] == [None, "unsent_draft"]


def test_starting_again_lays_the_unfinished_draft_on_the_table(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    nok.taps("report")
    nok.sees("มีเรื่องที่ยังไม่ได้ส่ง", "ตรวจดูก่อนส่ง")


def test_thanks_in_the_middle_are_no_part_of_the_report(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    nok.sends("ขอบคุณค่ะ")
    text = nok.sees("ตรวจดูก่อนส่ง")
    assert "ขอบคุณค่ะ" not in text


def test_a_sticker_asks_again_for_what_is_missing(town: Rangsit, nok: Person) -> None:
    nok.message({"type": "sticker", "packageId": "1", "stickerId": "1", "keywords": ["hi"]})
    nok.sees("😊")
    nok.sends("น้ำประปาแดงมาก")
    nok.message({"type": "sticker", "packageId": "1", "stickerId": "1"})
    nok.sees("อยู่ที่ไหน")


def test_the_old_card_of_a_draft_that_was_put_aside_takes_it_up_again(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    unknown = nok.button("ไม่ทราบตำแหน่ง")
    town.passes(days=2)
    nok.sends(GARBAGE)
    nok.presses_button(unknown)
    nok.sees("ตรวจดูก่อนส่ง", "น้ำประปาแดง")
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง", "มีเรื่องที่ยังไม่ได้ส่ง", "ขยะและความสะอาด")


def test_the_card_of_a_forgotten_draft_is_told_once(town: Rangsit, nok: Person) -> None:
    nok.sends(WATER)
    town.passes(minutes=15)
    nok.sends("ติดตามเรื่อง")
    text = nok.sees("RS-6911-00001")
    assert text.count("คุณยังไม่ได้กดส่ง") == 1
    assert [item.state for item in town.every(News, is_for_officer=False)] == ["told"]
    assert isinstance(town.every_conversation()[0], Conversation)
