"""A ticket's card in an officer's chat: every move, what it asks for, and what the resident hears of it."""

from __future__ import annotations

import pytest

from models.officer import Role
from tests.phones import PhonePerson
from tests.whole_way import WholeTown

PWA = "การประปาส่วนภูมิภาค สาขารังสิต"
ENVIRONMENT = "สำนักสาธารณสุขและสิ่งแวดล้อม"


def opens(officer: PhonePerson, number: str, *labels: str) -> None:
    """Open the card of this number, then press one button after the other."""
    officer.sends(number)
    for label in labels:
        officer.presses(label)


def test_a_plan_is_told_by_a_push_and_may_be_a_day_of_the_calendar(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson
) -> None:
    number = nok.reports()
    opens(somchai, number, "รับเรื่อง", "วางแผน")
    assert "ภายในไตรมาสนี้ (31 ธ.ค. 2569)" in somchai.labels()
    somchai.picks_day("เลือกวันที่", "2027-01-15")
    somchai.sees("มีแผนภายใน", "15 ม.ค. 2570")
    town.passes(minutes=11)
    nok.sees(number, "มีแผนดำเนินการภายใน 15 ม.ค. 2570", way="push")
    somchai.presses("วางแผน", on=number)
    somchai.presses("ภายในปีงบประมาณ 2570 (30 ก.ย. 2570)")
    assert str(town.standing(number, "planned_until")) == "2027-09-30"


def test_a_question_goes_out_at_once_and_its_answer_comes_back_to_who_asked(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson
) -> None:
    number = nok.reports()
    opens(somchai, number, "ขอข้อมูลเพิ่ม")
    somchai.sends("น้ำแดงทั้งวันหรือเฉพาะตอนเช้า")
    nok.sees("น้ำแดงทั้งวันหรือเฉพาะตอนเช้า", way="push")
    assert town.standing(number) == "waiting"
    nok.sends("เฉพาะตอนเช้า")
    assert town.standing(number) == "new"
    somchai.reads_on()
    town.passes(minutes=11)
    somchai.sees("“เฉพาะตอนเช้า”", way="push")


@pytest.mark.long
def test_another_department_gets_it_without_a_word_to_the_resident(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson
) -> None:
    arun = town.officer("อรุณ", "environment")
    number = nok.reports()
    opens(somchai, number, "รับเรื่อง", "โอนหน่วยงานภายใน", ENVIRONMENT)
    somchai.sees("เพราะอะไร")
    somchai.sends("เป็นน้ำจากรถเก็บขยะ")
    somchai.sees(f"โอนเรื่อง {number} ให้ {ENVIRONMENT} แล้ว")
    arun.taps("งานใหม่")
    arun.sees(number, "คุณสมชาย: “เป็นน้ำจากรถเก็บขยะ”")
    town.passes(minutes=15)
    nok.sees_nothing()


def test_what_is_the_owners_is_forwarded_with_a_number_and_followed_up(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson
) -> None:
    number = nok.reports()
    opens(somchai, number, "ส่งต่อหน่วยงาน", PWA, "หนังสือ")
    somchai.sends("ปท 52001/1234")
    somchai.sees("ส่งต่อให้ กปภ. แล้ว")
    town.passes(minutes=11)
    nok.sees(f"เทศบาลส่งเรื่องให้ {PWA} แล้ว เลขที่เรื่อง ปท 52001/1234", way="push")
    somchai.reads_on()
    town.passes(days=2)
    town.passes(minutes=10)
    somchai.sees(number, "ติดตาม", way="push")
    somchai.sends(number)
    somchai.sees("อยู่กับ กปภ. มาแล้ว 2 วัน")


def test_finished_work_needs_words_and_where_the_category_says_so_a_photo_of_now(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson
) -> None:
    number = nok.reports("ขยะล้นถังไม่มีคนมาเก็บ")
    opens(desk, number, "รับเรื่อง", "เริ่มดำเนินการ", "เสร็จแล้ว")
    desk.sends("เก็บขยะแล้ว")
    desk.sees("ขอรูปหลังทำ")
    assert town.standing(number) == "in_progress"
    desk.sends_photo()
    town.passes(seconds=10)  # a set of photos may still be coming
    nok.sees("เก็บขยะแล้ว", "เรียบร้อยแล้ว", "ยังไม่เรียบร้อย", way="push")
    (picture,) = nok.looks_at_pictures()
    assert (picture["status"], picture["is_shown"], picture["has_place"]) == (200, True, False)
    nok.presses("เรียบร้อยแล้ว")
    nok.presses("5 ดาว")
    assert town.standing(number, "status", "stars") == ("closed", 5)


@pytest.mark.long
def test_a_supervisor_sends_an_ending_back_and_agrees_to_the_next(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson
) -> None:
    town.wants(rejecting_needs_supervisor=True)
    boss = town.officer("หัวหน้า", "water", role=Role.SUPERVISOR)
    number = nok.reports()
    due = town.standing(number, "due_at")
    opens(somchai, number, "ยุติเรื่อง", "ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง")
    somchai.sees("ขอให้หัวหน้างานอนุมัติยุติเรื่อง")
    assert town.standing(number, "status", "due_at") == ("new", due), "the clock runs on"
    boss.sends(number)
    late = boss.button("อนุมัติ")
    boss.presses("ส่งกลับ")
    boss.sends("ไปดูอีกรอบก่อน")
    somchai.sends(number)
    somchai.sees("หัวหน้างานส่งกลับ", "“ไปดูอีกรอบก่อน”")
    boss.reads_on()
    boss.presses_button(late)
    boss.sees("เดินต่อไปแล้ว")
    opens(somchai, number, "ยุติเรื่อง", "ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง")
    boss.sends(number)
    boss.sends("อนุมัติ")
    nok.sees("ยุติเรื่อง", "ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง", "ขอให้ทบทวน", way="push")
    nok.presses("ขอให้ทบทวน")
    assert town.standing(number) == "reopened"


@pytest.mark.long
def test_two_reports_become_one_and_are_taken_apart_again(
    town: WholeTown, nok: PhonePerson, ton: PhonePerson, desk: PhonePerson
) -> None:
    first = nok.reports()
    second = ton.reports(place=(13.979, 100.61))
    old = ton.button("เพิ่มข้อมูล")
    opens(desk, second, "รวมเรื่อง")
    desk.sends(first.lower())
    desk.sees(f"รวมเรื่อง {second} เข้ากับ {first} ใช่ไหม")
    desk.presses("ใช่ รวมเลย")
    desk.sees("คนแจ้ง", "2 คน")
    ton.presses_button(old)
    ton.sees("เรื่องนี้รวมกับเรื่องเดิมแล้ว", first)
    desk.sends(second)
    desk.sees(f"เรื่อง {second} รวมอยู่กับ {first}")
    desk.presses("แยกเรื่องออก")
    assert (town.standing(first), town.standing(second)) == ("new", "new")
    ton.sends("ติดตามเรื่อง")
    ton.sees(second)


@pytest.mark.long
def test_a_colleague_gets_it_and_reads_the_note_that_no_resident_reads(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson
) -> None:
    wichai = town.officer("วิชัย", "water")
    number = nok.reports()
    opens(somchai, number, "รับเรื่อง", "บันทึกภายใน")
    somchai.sends("โทรหาเจ้าของบ้านแล้ว ไม่มีคนรับ")
    opens(somchai, number, "มอบงานให้", "วิชัย")
    wichai.sends("สวัสดี")
    wichai.sees("มีเรื่องมอบให้คุณ")
    wichai.taps("งานของฉัน")
    wichai.sees(number, "“โทรหาเจ้าของบ้านแล้ว ไม่มีคนรับ”")
    nok.sends(number)
    nok.does_not_see("ไม่มีคนรับ")


def test_a_step_that_waits_can_be_stopped_forgets_itself_and_swallows_nothing(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson
) -> None:
    number = nok.reports()
    opens(somchai, number, "ตอบกลับ")
    somchai.presses("ยกเลิก")
    somchai.sees("ยังไม่ได้ส่งอะไรไป")
    somchai.presses("ตอบกลับ", on=number)
    somchai.sends("งานของฉัน")
    somchai.sees("ไม่มีงานค้างในมือ")
    opens(somchai, number, "ตอบกลับ")
    town.passes(minutes=31)
    somchai.sends("ช่างจะเข้าไปบ่ายนี้")
    assert town.said_to(nok, "push") == [], "half an hour later nobody remembers what it was for"
    assert town.standing(number) == "new"


@pytest.mark.long
def test_two_officers_and_the_resident_move_it_in_the_same_second(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson, desk: PhonePerson
) -> None:
    number = nok.reports()
    for officer in (somchai, desk):
        officer.sends(number)
    town.at_once(
        lambda: somchai.presses("รับเรื่อง"),
        lambda: desk.presses("รับเรื่อง"),
        lambda: nok.presses("หายแล้ว", on=number),
    )
    assert town.standing(number) == "closed"
    told = somchai.text + desk.text
    assert "คุณสมชาย" in told or "คุณปราณี" in told or "ผู้แจ้ง" in told
