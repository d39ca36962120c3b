"""From the first word to the number: adding the account, writing, what is asked, the ticket card."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.line.counting import graphemes
from models import Media, Message, Report, Resident
from tests.people import FAR_OUTSIDE
from tests.talking import REPLY, Person, Rangsit


def test_adding_the_account_shows_the_notice_and_gates_nothing(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    nok.sees("ยินดีต้อนรับ", "เทศบาลนครรังสิต", "อ่านประกาศ")
    (person,) = town.every(Resident)
    assert (person.notice_version, person.notice_shown_at) == ("2", town.now)
    assert person.notice_acknowledged_at is None
    nok.presses("อ่านประกาศ")
    nok.sees("ประกาศความเป็นส่วนตัว", "2 ปีหลังจบเรื่อง", "30 วัน", "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล")
    nok.presses("รับทราบ")
    nok.sees("ขอบคุณ")
    assert town.every(Resident)[0].notice_acknowledged_at == town.now


def test_who_never_added_the_account_is_told_once_what_becomes_of_the_data(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sees("เพื่อแก้ปัญหาและติดต่อกลับเท่านั้น", "ส่งตำแหน่ง")
    nok.sends_place()
    nok.does_not_see("เพื่อแก้ปัญหาและติดต่อกลับเท่านั้น")
    assert town.every(Resident)[0].notice_shown_at == town.now


def test_a_clear_report_needs_two_taps_and_two_answers_before_the_ticket_card(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    nok.reads_on()
    before = nok.count(REPLY)
    nok.sends("น้ำประปาที่บ้านเป็นสีแดงมา 3 วันแล้ว")
    nok.sees("น้ำประปาแดง", "ส่งตำแหน่ง")
    nok.sends_place()  # first tap: opening LINE's picker
    nok.sees("ตรวจดูก่อนส่ง", "น้ำประปาแดง")
    assert nok.count(REPLY) - before == 2
    nok.presses("ส่งเรื่อง")  # second tap
    nok.sees("รอรับเรื่อง", "RS-6911-00001", "เทศบาลจะแจ้งความคืบหน้าภายใน 25 พ.ย. 2569 11:00 น.")
    assert town.tickets() == ["RS-6911-00001"]


def test_a_report_that_names_its_place_needs_one_tap_and_one_answer(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาที่บ้านเป็นสีแดงมา 3 วันแล้ว ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง", "ซอยรังสิต-นครนายก 46")
    assert nok.count(REPLY) == 1
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง", "ซอยรังสิต-นครนายก 46")


def test_after_the_menu_any_text_that_is_no_cancel_is_a_report(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sees("เล่ามาได้เลย")
    nok.sends("สวัสดี ขอบคุณมาก")
    nok.sees("ตรงกับข้อไหนที่สุด")
    nok.presses("อื่น ๆ / ให้เจ้าหน้าที่เลือก")
    nok.sees("อยู่ที่ไหน")
    nok.sends("ไม่แจ้งแล้ว")
    nok.sees("ยกเลิกให้แล้ว")
    assert town.tickets() == []


def test_the_card_names_the_owner_and_never_promises_a_repair(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    text = nok.sees("การประปาส่วนภูมิภาค สาขารังสิต เป็นผู้ดูแล", "จะส่งเรื่องให้และติดตามผลให้", "1662")
    assert "แก้เสร็จ" not in text
    assert "ส่งเรื่องให้ การประปา" not in text  # not before it was forwarded


@pytest.mark.parametrize("order", list(permutations(("text", "photo", "place"))), ids="-".join)
def test_text_photo_and_place_may_come_in_any_order(town: Rangsit, nok: Person, order: tuple[str, ...]) -> None:
    send = {
        "text": lambda: nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก"),
        "photo": nok.sends_photo,
        "place": nok.sends_place,
    }
    for one in order:
        send[one]()
    nok.sees("ตรวจดูก่อนส่ง", "ขยะไม่มาเก็บ", "1 รายการ")
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง", "ขยะและความสะอาด")
    (report,) = town.every(Report)
    assert (report.latitude, report.longitude) == (13.985, 100.625)
    assert [(m.report_id, m.purpose, m.state) for m in town.every(Media)] == [(report.id, "before", "wanted")]


def test_a_report_may_be_split_over_messages_voice_video_and_a_file(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_voice()
    nok.sees("ได้รับข้อความเสียงแล้ว เจ้าหน้าที่จะเปิดฟัง")
    nok.sends_video()
    nok.sees("ได้รับวิดีโอแล้ว")
    nok.message({"type": "file", "fileName": "bill.pdf", "fileSize": 9})
    nok.sees("ได้รับไฟล์แล้ว")
    nok.sends_place()
    nok.sends("แดงทุกก๊อกเลย")
    nok.sees("น้ำประปาแดงมาก", "แดงทุกก๊อกเลย", "3 รายการ")
    nok.presses("ส่งเรื่อง")
    (report,) = town.every(Report)
    assert [m.text for m in town.every(Message, report_id=report.id)] == ["น้ำประปาแดงมาก", "แดงทุกก๊อกเลย"]
    assert {m.kind for m in town.every(Media, report_id=report.id)} == {"audio", "video", "file"}


def test_several_photos_sent_at_once_are_answered_once(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.reads_on()
    before = nok.count(REPLY)
    for index in (2, 1, 3):
        nok.sends_photo(index=index, total=3)
    assert nok.count(REPLY) - before == 1
    nok.sees("ได้รับรูปแล้ว")
    assert len(town.every(Media)) == 3


def test_an_uncertain_kind_is_one_question_with_full_names(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends("มันเสียแล้วค่ะ")
    nok.sees("ตรงกับข้อไหนที่สุด")
    labels = nok.labels()
    assert "อื่น ๆ / ให้เจ้าหน้าที่เลือก" in labels
    likely = [label for label in labels if label not in ("อื่น ๆ / ให้เจ้าหน้าที่เลือก", "ยกเลิก")]
    assert len(likely) in (2, 3)  # the three likeliest; "other" among them is the desk's button
    assert not any("…" in label for label in labels)
    assert all(graphemes(label) <= 40 for label in labels)
    nok.presses(labels[0])
    nok.sees("อยู่ที่ไหน")


def test_who_cannot_say_which_kind_is_asked_once_and_then_the_desk_decides(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends("มันเสียแล้วค่ะ")
    nok.sees("ตรงกับข้อไหนที่สุด")
    nok.sends("ไม่รู้เหมือนกันค่ะ อันนั้นแหละ")
    nok.sees("อยู่ที่ไหน")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert town.standing(nok.number, "category").code == "other"
    assert town.standing(nok.number, "department").is_desk


def test_every_category_can_be_chosen_and_the_choice_is_kept(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.presses("เปลี่ยนประเภท")
    text = nok.sees("เลือกประเภทของเรื่อง")
    offered = [label for label in nok.labels() if label not in ("ยกเลิก",)]
    assert len(offered) == 22
    assert offered[0] == "🚰 น้ำประปาแดง ขุ่น มีกลิ่น"
    assert "📌 อื่น ๆ" in offered
    assert "ขยะ" in text
    nok.presses("🗑️ ขยะและความสะอาด")
    nok.sends("น้ำประปาแดงจริง ๆ นะ")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    (report,) = town.every(Report)
    assert town.standing(nok.number, "category").code == "garbage"
    assert report.guessed_category == "tap_water_quality"


def test_the_category_can_be_changed_on_the_finished_draft(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("เปลี่ยนประเภท")
    nok.presses("🚦 จราจร")
    nok.sees("ตรวจดูก่อนส่ง", "จราจร", "ซอยรังสิต-นครนายก 46")


@pytest.mark.parametrize("words", ["ไม่ทราบตำแหน่ง", "ไม่ทราบตำแหน่งค่ะ", "ไม่รู้เหมือนกันครับ", "don't know"])
def test_the_place_need_not_be_known(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends(words)
    nok.sees("ตรวจดูก่อนส่ง", "ไม่ทราบตำแหน่ง")
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง", "ไม่ทราบตำแหน่ง")
    assert town.standing(nok.number, "latitude", "place_words") == (None, None)


def test_a_place_in_words_is_kept_as_written(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("ตรงข้ามร้านเจ๊ติ๋ม ปากซอย")
    nok.sees("ตรวจดูก่อนส่ง", "ตรงข้ามร้านเจ๊ติ๋ม ปากซอย")
    nok.presses("ส่งเรื่อง")
    assert town.standing(nok.number, "place_words") == "ตรงข้ามร้านเจ๊ติ๋ม ปากซอย"


def test_a_greeting_or_thanks_is_no_place(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    for words in ("สวัสดีค่ะ", "ขอบคุณค่ะ"):
        nok.sends(words)
        nok.sees("อยู่ที่ไหน")
    nok.sends("หน้าวัดเขียนเขต")
    text = nok.sees("ตรวจดูก่อนส่ง", "หน้าวัดเขียนเขต")
    assert "สวัสดี" not in text


def test_a_place_outside_is_said_plainly_and_the_report_kept_for_the_desk(town: Rangsit, nok: Person) -> None:
    nok.sends("ถนนเป็นหลุมใหญ่มาก")
    nok.sends_place(*FAR_OUTSIDE)
    nok.sees("อยู่นอกเขตเทศบาลนครรังสิต", "ผู้ดูแลพื้นที่คือ")
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง")
    assert town.standing(nok.number, "department").is_desk
    assert town.every(Report)[0].is_outside


def test_pressing_send_twice_makes_one_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    button = nok.button("ส่งเรื่อง")
    nok.presses_button(button)
    nok.sees("รอรับเรื่อง")
    nok.presses_button(button)
    nok.sees("RS-6911-00001")
    assert town.tickets() == ["RS-6911-00001"]


def test_numbers_run_within_a_month_and_begin_anew_in_the_next(town: Rangsit, nok: Person, ton: Person) -> None:
    assert [nok.reports(), ton.reports()] == ["RS-6911-00001", "RS-6911-00002"]
    town.passes(days=10)
    assert nok.reports("ไฟถนนหน้าบ้านดับ") == "RS-6912-00001"


def test_after_hours_a_working_day_promise_counts_from_the_next_working_day(town: Rangsit, nok: Person) -> None:
    town.passes(hours=6)  # Tuesday 17:00, the town has closed
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    nok.sees("ภายใน 27 พ.ย. 2569")  # Wednesday is day 0, two working days


def test_more_pictures_than_anybody_needs_are_refused_kindly(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    for _ in range(21):
        nok.sends_photo()
    nok.sees("พอแล้ว")
    assert len(town.every(Media)) == 20


def test_a_photo_of_another_app_is_not_waited_for(town: Rangsit, nok: Person) -> None:
    nok.message({"type": "image", "contentProvider": {"type": "external", "originalContentUrl": "https://a.test/x"}})
    nok.sees("มาจากแอปอื่น")
    assert town.every(Media) == []


def test_the_same_words_again_are_no_place(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะหน้าบ้านไม่เก็บ แล้วไฟซอยก็ดับด้วย")
    nok.sees("อยู่ที่ไหน")
    nok.reads_on()
    nok.sends("ขยะหน้าบ้านไม่เก็บ  แล้วไฟซอยก็ดับด้วย")
    nok.sees("อยู่ที่ไหน")
    assert town.every_conversation()[0].step == "asking_place"


def test_a_complaint_about_an_officer_is_never_split_to_the_team_it_names(town: Rangsit, nok: Person) -> None:
    nok.sends("ร้องเรียนเจ้าหน้าที่เรียกรับเงินค่าเก็บขยะ")
    nok.sends("ไม่ทราบตำแหน่ง")
    assert "ส่งแยกเป็น 2 เรื่อง" not in nok.sees("การให้บริการของเจ้าหน้าที่", "ส่งเรื่อง")


def test_whom_to_call_is_told_and_the_report_goes_on(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บสามวันแล้ว")
    nok.sends("โทรหาใครดี")
    nok.sees("02-567-6000", "อยู่ที่ไหน")


def test_a_complaint_about_a_person_needs_no_place(town: Rangsit, nok: Person) -> None:
    nok.sends("เจ้าหน้าที่เทศบาลเรียกรับเงินใต้โต๊ะ ทุจริต")
    nok.sees("เกิดขึ้นที่ไหน", "ข้าม")
    assert {"ข้าม", "ไม่ทราบตำแหน่ง"} <= set(nok.labels())
    nok.sends("ข้าม")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    assert len(town.tickets()) == 1


def test_two_problems_for_two_teams_are_sent_with_one_press_that_stands_first(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก แล้วก็ไฟถนนดับด้วย หน้าวัดเขียนเขต")
    assert nok.labels()[0] == "ส่งแยกเป็น 2 เรื่อง"
    assert nok.button("ส่งแยกเป็น 2 เรื่อง").style == "primary"
    assert nok.text.count("กดหรือพิมพ์ ส่งเรื่อง") == 0, "what to press is said once"
    nok.presses("ส่งแยกเป็น 2 เรื่อง")
    assert len(town.tickets()) == 2
