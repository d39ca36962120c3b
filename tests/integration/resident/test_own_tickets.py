"""Any time: where one's tickets stand, a number, more words, an answer, taking a report back."""

from __future__ import annotations

import pytest

from models import Media, Message, News, Report
from tests.talking import Person, Rangsit


@pytest.mark.whole_way
def test_the_menu_and_a_question_show_where_the_tickets_stand(town: Rangsit, nok: Person) -> None:
    nok.taps("track")
    nok.sees("ยังไม่มีเรื่องที่แจ้งไว้")
    first = nok.reports()
    nok.sends("เรื่องน้ำแดงถึงไหนแล้ว")
    nok.sees(first, "รอรับเรื่อง")
    second = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("เรื่องน้ำแดงถึงไหนแล้ว")
    assert second not in nok.sees(first)
    nok.sends("ติดตามเรื่อง")
    nok.sees(first, second)


def test_news_that_a_card_shows_is_not_told_a_second_time_beside_it(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("ติดตามเรื่อง")
    assert nok.sees(number, "รับเรื่องแล้ว").count(number) == 1
    assert {item.state for item in town.every(News, is_for_officer=False)} == {"told"}


def test_the_own_number_shows_the_ticket_also_in_small_letters_and_thai_digits(town: Rangsit, nok: Person) -> None:
    nok.reports()
    for typed in ("RS-6911-00001", "rs-6911-00001", "RS-๖๙๑๑-๐๐๐๐๑", " RS 6911 00001 ".replace(" ", "-").strip("-")):
        nok.sends(typed)
        nok.sees("RS-6911-00001", "น้ำประปาแดง", "สถานที่")


def test_a_number_with_words_adds_them_to_that_ticket(town: Rangsit, nok: Person) -> None:
    nok.reports()
    second = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends(f"{second} ยังไม่มาเลย")
    nok.sees(f"เพิ่มในเรื่อง {second}")
    (comment,) = town.every(Message, kind="comment")
    assert comment.text == f"{second} ยังไม่มาเลย"


def test_a_number_in_the_middle_of_a_report_is_looked_up_and_no_part_of_it(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.sends("ไฟถนนหน้าบ้านดับ")
    nok.sends(number)
    nok.sees("น้ำประปาแดง")
    nok.sends_place()
    assert number not in nok.sees("ตรวจดูก่อนส่ง", "ไฟถนนหน้าบ้านดับ")


@pytest.mark.whole_way
def test_anybody_else_s_number_shows_category_and_status_only(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    ton.sends(number)
    text = ton.sees(number, "น้ำประปาแดง", "รอรับเรื่อง")
    assert "นครนายก" not in text
    assert "สถานที่" not in text


def test_a_report_that_mentions_somebody_else_s_number_is_a_report(town: Rangsit, nok: Person, ton: Person) -> None:
    number = ton.reports("ขยะไม่มาเก็บหน้าบ้าน")
    nok.sends(f"ขยะหน้าบ้านไม่เก็บ 5 วันแล้ว เหมือนเรื่อง {number}")
    nok.sees("ขยะ", "อยู่ที่ไหน")


def test_a_confidential_number_answers_as_an_unknown_one(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.sends("ได้ยินเสียงเพลงดังทุกคืนเลย นอนไม่หลับ")
    nok.presses("เปลี่ยนประเภท")
    nok.presses("🔊 เสียงรบกวน")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    nok.reads_on()
    number = nok.number
    ton.adds_the_account()
    ton.reads_on()
    ton.sends(number)
    hidden = ton.sees("ไม่พบเรื่อง").replace(number, "X")
    ton.sends("RS-6911-09999")
    assert ton.sees("ไม่พบเรื่อง").replace("RS-6911-09999", "X") == hidden
    nok.sends(number)
    nok.sees("เสียงรบกวน")


def test_ten_foreign_numbers_an_hour_and_no_more(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    mine = ton.reports("ไฟถนนหน้าบ้านดับ")
    for _ in range(10):
        ton.sends(number)
        ton.sees("น้ำประปาแดง")
    ton.sends(number)
    assert "น้ำประปาแดง" not in ton.sees("ลองใหม่ได้ในอีกหนึ่งชั่วโมง")
    ton.sends(mine)  # the own number is always answered
    ton.sees("ไฟส่องสว่าง")
    town.passes(minutes=60)
    ton.sends(number)
    ton.sees("น้ำประปาแดง")


@pytest.mark.whole_way
def test_words_about_a_ticket_become_its_comment_and_reach_its_officer(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    officer = town.officer("somchai", "clerk")
    town.moves(number, "accepted")
    nok.reads_on()
    nok.sends("ยังไม่มาเลย")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    officer.sends("งานของฉัน")
    officer.sees("ยังไม่มาเลย", number)


@pytest.mark.whole_way
def test_with_several_tickets_one_question_decides_and_nothing_is_mixed(town: Rangsit, nok: Person) -> None:
    water, light = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("ยังไม่มาเลย")
    nok.sees("หมายถึงเรื่องไหน")
    nok.sends("ช่วยหน่อยนะ รอมานานแล้ว")
    nok.sees("หมายถึงเรื่องไหน")
    nok.presses(next(label for label in nok.labels() if light in label))
    nok.sees(f"เพิ่มในเรื่อง {light}")
    with town.database.reading() as session:
        assert town.ticket(session, water).id not in {m.ticket_id for m in town.every(Message, kind="comment")}
    assert len(town.every(Message, kind="comment")) == 2


def test_which_ticket_may_be_answered_by_its_number(town: Rangsit, nok: Person) -> None:
    water, _ = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("ยังไม่มาเลย")
    nok.sends(water)
    nok.sees(f"เพิ่มในเรื่อง {water}")
    assert [m.text for m in town.every(Message, kind="comment")] == ["ยังไม่มาเลย"]


def test_words_that_belong_to_no_ticket_become_a_report_of_their_own(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("ยังไม่มาเลย")
    nok.presses("เป็นเรื่องใหม่")
    nok.sees("ตรงกับข้อไหนที่สุด")


def test_pictures_and_a_pin_sent_after_adding_belong_to_the_same_ticket(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sees(f"เพิ่มสำหรับเรื่อง {number}")
    for index in (1, 2, 3):
        nok.sends_photo(index=index, total=3)
    nok.sees(f"เพิ่มในเรื่อง {number}")
    nok.sends_photo()
    nok.sees(f"เพิ่มในเรื่อง {number}")
    with town.database.reading() as session:
        ticket_id = town.ticket(session, number).id
    assert [m.ticket_id for m in town.every(Media)] == [ticket_id] * 4
    town.passes(minutes=20)
    nok.sends_photo()  # much later it is something new
    nok.sees("ช่วยเล่าสั้น ๆ")


def test_a_picture_without_words_may_be_put_on_an_open_ticket(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.passes(minutes=20)
    nok.reads_on()
    nok.sends_photo()
    nok.sees("ช่วยเล่าสั้น ๆ", "เพิ่มในเรื่อง 00001")
    nok.sends("เพิ่มในเรื่อง 00001")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    assert town.every(Media)[0].ticket_id == town.standing(number, "id")
    assert town.every_conversation()[0].draft is None


def test_who_forgot_that_words_were_wanted_for_a_ticket_starts_anew(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)
    town.passes(hours=3)
    nok.sends("ไฟถนนหน้าบ้านดับ")
    nok.sees("ไฟส่องสว่าง", "อยู่ที่ไหน")


@pytest.mark.whole_way
def test_cancelling_asks_once_and_ends_the_ticket(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    officer = town.officer("somchai", "clerk")
    town.moves(number, "accepted")
    cancel = nok.button("ยกเลิก")
    nok.presses_button(cancel)
    nok.sees(f"ยกเลิกเรื่อง {number} ใช่ไหม")
    nok.presses("ไม่ยกเลิก")
    assert town.standing(number) == "accepted"
    nok.sends("ยกเลิก")
    nok.presses("ใช่ ยกเลิกเรื่องนี้")
    nok.sees(f"ยกเลิกเรื่อง {number} ให้แล้ว")
    assert town.standing(number) == "cancelled"
    officer.sends("งานของฉัน")
    officer.sees(number, "ขอถอนเรื่อง")
    for button in (cancel, nok.button("ใช่ ยกเลิกเรื่องนี้"), nok.button("เพิ่มข้อมูล"), nok.button("หายแล้ว")):
        nok.presses_button(button)
        nok.sees("จบไปแล้ว", "ผู้แจ้งยกเลิก")
    nok.sends(number)
    nok.sees("ผู้แจ้งยกเลิก", "สถานที่")  # it is still one's own


def test_with_several_tickets_cancelling_asks_which(town: Rangsit, nok: Person) -> None:
    nok.reports()
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("ยกเลิกเรื่องที่แจ้ง")
    nok.sees("ต้องการยกเลิกเรื่องไหน")
    nok.presses(next(label for label in nok.labels() if light in label))
    nok.sees(f"ยกเลิกเรื่อง {light} ใช่ไหม")
    nok.presses("ใช่ ยกเลิกเรื่องนี้")
    assert town.standing(light) == "cancelled"


def test_there_may_be_nothing_to_cancel(town: Rangsit, nok: Person) -> None:
    nok.sends("ยกเลิก")
    nok.sees("ไม่มีเรื่องที่ต้องยกเลิก")


def test_cancelling_finished_work_asks_whether_it_is_fixed(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    cancel = nok.button("ยกเลิก")
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.reads_on()
    nok.presses_button(cancel)
    nok.sees("เรียบร้อยไหม", "ล้างท่อแล้ว", "ยังไม่เรียบร้อย")
    assert town.standing(number) == "resolved"


def test_somebody_else_s_button_is_no_key_to_a_ticket(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    ton.adds_the_account()
    ton.reads_on()
    for label in ("เพิ่มข้อมูล", "หายแล้ว", "ยกเลิก"):
        ton.presses_button(nok.button(label, on=number))
        assert number not in ton.sees("ไม่พบเรื่องนี้ในรายการของคุณ")
    assert town.standing(number) == "new"
    assert town.every(Message, kind="comment") == []


@pytest.mark.whole_way
def test_words_for_the_desk_become_its_ticket_and_say_when_somebody_answers(town: Rangsit, nok: Person) -> None:
    nok.taps("talk")
    nok.sees("เจ้าหน้าที่จะตอบโดยเร็ว")
    nok.sends("อยากทราบเวลาทำการของเทศบาล")
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว", "รอรับเรื่อง")
    assert town.standing(nok.number, "department").is_desk
    town.passes(hours=8)  # 19:00
    nok.taps("talk")
    nok.sees("นอกเวลาทำการ", "25 พ.ย. 2569 08:30 น.")


def test_who_has_tickets_is_asked_whether_the_words_belong_to_one(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.taps("talk")
    nok.sends("ช่างจะมาวันไหน")
    nok.sees("หมายถึงเรื่องไหน", number, "ถามเรื่องอื่น")
    nok.presses("ถามเรื่องอื่น")
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว", "RS-6911-00002")
    assert town.standing("RS-6911-00002", "category").code == "other"
    assert [m.text for m in town.every(Message, kind="report")][-1] == "ช่างจะมาวันไหน"


def test_a_question_goes_to_a_person_with_one_press_and_is_not_written_again(town: Rangsit, nok: Person) -> None:
    words = "ทำบัตรประชาชนต้องใช้เอกสารอะไรบ้าง"
    nok.sends(words)
    nok.sees("ส่งให้เจ้าหน้าที่")
    nok.sends("ส่งให้เจ้าหน้าที่")
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว", "RS-6911-00001")
    assert [m.text for m in town.every(Message)] == [words]
    nok.sends("จ่ายภาษีที่ดินได้ที่ไหน")
    nok.reads_on()
    nok.sends("ไฟถนนหน้าบ้านดับ")  # the question is left alone
    nok.sees("ไฟส่องสว่าง", "อยู่ที่ไหน")
    assert len(town.tickets()) == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("สวัสดีค่ะ", "มีปัญหาอะไรในเมือง"),
        ("ขอบคุณมากค่ะ", "ยินดีเสมอ"),
        ("ขอคุยกับคน", "พิมพ์ข้อความถึงเจ้าหน้าที่ได้เลย"),
        ("เบอร์สำคัญ", "1662"),
        ("วิธีใช้", "ส่งเรื่อง"),
    ],
)
def test_kind_words_are_answered_kindly(town: Rangsit, nok: Person, words: str, answer: str) -> None:
    nok.sends(words)
    nok.sees(answer)
    assert town.every(Report) == []
