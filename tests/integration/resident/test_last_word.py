"""The resident closes it: เรียบร้อยแล้ว, หายแล้ว, ยังไม่เรียบร้อย, ขอให้ทบทวน, stars, and who shares a ticket."""

from __future__ import annotations

import pytest

from models import Media, Message, Report
from tests.talking import Person, Rangsit

DONE = "ล้างท่อหน้าซอยแล้ว"


def resolved(town: Rangsit, nok: Person, text: str = "น้ำประปาแดงมาก", **given: object) -> str:
    """A ticket that an officer has finished, as its reporter hears it."""
    number = nok.reports(text)
    town.moves(number, "accepted")
    town.moves(number, "resolved", words=DONE, **given)
    return number


@pytest.mark.whole_way
def test_finished_work_is_pushed_at_once_and_closed_by_its_reporter(town: Rangsit, nok: Person) -> None:
    number = resolved(town, nok)
    nok.sees(number, DONE, "เรียบร้อยไหม", way="push")
    nok.presses("เรียบร้อยแล้ว")
    nok.sees(f"ปิดเรื่อง {number} แล้ว", "1 ดาว", "5 ดาว")
    assert town.standing(number) == "closed"
    nok.presses("5 ดาว")
    nok.sees("⭐⭐⭐⭐⭐", "ขอบคุณสำหรับคะแนน")
    nok.sends("ขอบคุณที่ตามให้จนจบ")
    nok.sees("ขอบคุณสำหรับความเห็น")
    assert town.standing(number, "stars") == 5
    assert [m.text for m in town.every(Message, kind="review")] == ["ขอบคุณที่ตามให้จนจบ"]
    assert town.tickets() == [number]


def test_stars_may_be_skipped_changed_and_typed(town: Rangsit, nok: Person) -> None:
    number = resolved(town, nok)
    nok.sends("เรียบร้อยแล้วค่ะ")
    nok.sends("๔ ดาว")
    nok.sees("⭐⭐⭐⭐ ")
    nok.presses("ข้าม")
    nok.sees("พิมพ์มาได้เสมอ")
    nok.presses("5 ดาว")
    assert town.standing(number, "stars") == 5


@pytest.mark.whole_way
def test_stars_may_be_typed_when_they_are_not_on_offer_any_more(town: Rangsit, nok: Person) -> None:
    number = resolved(town, nok)
    nok.presses("เรียบร้อยแล้ว")
    nok.sends("วิธีใช้")
    nok.sends("3 ดาว")
    assert town.standing(number, "stars") == 3


def test_a_new_problem_after_the_stars_is_no_comment(town: Rangsit, nok: Person) -> None:
    resolved(town, nok)
    nok.presses("เรียบร้อยแล้ว")
    nok.presses("5 ดาว")
    nok.sends("ไฟถนนหน้าบ้านดับ")
    nok.sees("ไฟส่องสว่าง", "อยู่ที่ไหน")
    assert town.every(Message, kind="review") == []


@pytest.mark.whole_way(always=True)
def test_not_yet_opens_it_again_before_a_supervisor_with_the_count(town: Rangsit, nok: Person) -> None:
    boss = town.person("boss")
    town.officer("boss", role="supervisor")
    number = resolved(town, nok)
    nok.presses("ยังไม่เรียบร้อย")
    nok.sees(number, "เปิดเรื่องอีกครั้งแล้ว (ครั้งที่ 1)", "ยังมีอะไรไม่เรียบร้อย")
    nok.sends("ยังขุ่นอยู่เลย")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    assert town.standing(number, "status", "reopened_count") == ("reopened", 1)
    town.passes(minutes=10)
    boss.sees(number)
    town.moves(number, "resolved", words="เปลี่ยนวาล์วแล้ว")
    nok.reads_on()
    nok.presses("ยังไม่เรียบร้อย")
    nok.sees("(ครั้งที่ 2)")


@pytest.mark.parametrize(
    ("words", "status"), [("ยังเลยค่ะ", "reopened"), ("Not yet", "reopened"), ("โอเคแล้วครับ", "closed"), ("OK", "closed")]
)
def test_a_bare_yes_or_no_answers_the_question(town: Rangsit, nok: Person, words: str, status: str) -> None:
    number = resolved(town, nok)
    nok.sends(words)
    nok.sees(number)
    assert town.standing(number) == status


def test_other_words_are_kept_and_the_question_asked_again(town: Rangsit, nok: Person) -> None:
    number = resolved(town, nok)
    nok.reads_on()
    nok.sends("น้ำยังขุ่นอยู่นิดหน่อย")
    nok.sees(f"เพิ่มในเรื่อง {number}", "เรียบร้อยไหม", "ยังไม่เรียบร้อย")
    assert town.standing(number) == "resolved"
    nok.sends("โอเค")
    second = resolved(town, nok, "ไฟถนนหน้าบ้านดับ", photos=1)
    assert town.standing(second) == "resolved"


def test_saying_not_yet_twice_reopens_once(town: Rangsit, nok: Person) -> None:
    number = resolved(town, nok)
    button = nok.button("ยังไม่เรียบร้อย")
    nok.presses_button(button)
    nok.presses_button(button)
    nok.sees("เรื่องนี้ยังทำอยู่")
    assert town.standing(number, "reopened_count") == 1


def test_a_closed_ticket_is_opened_again_within_thirty_days_only(town: Rangsit, nok: Person) -> None:
    number = resolved(town, nok)
    not_yet = nok.button("ยังไม่เรียบร้อย")
    nok.presses("เรียบร้อยแล้ว")
    town.passes(days=29)
    nok.presses_button(not_yet)
    assert town.standing(number) == "reopened"
    town.moves(number, "resolved", words=DONE)
    nok.presses("เรียบร้อยแล้ว")
    town.passes(days=31)
    nok.reads_on()
    nok.presses_button(not_yet)
    nok.sees("เปิดอีกไม่ได้แล้ว", "แจ้งปัญหา")
    assert town.standing(number) == "closed"


@pytest.mark.whole_way
def test_gone_by_itself_closes_any_open_ticket(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("หายแล้ว")
    nok.sees(f"ปิดเรื่อง {number} แล้ว")
    assert town.standing(number) == "closed"
    nok.presses("หายแล้ว")
    nok.sees("จบไปแล้ว", "5 ดาว")


@pytest.mark.whole_way
def test_a_rejection_says_why_and_may_be_reviewed_once(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "rejected", reason="not_found", words="ไปดูแล้วสองครั้ง", said="o-1")
    text = nok.sees(number, "ตรวจแล้วไม่พบปัญหาในจุดที่แจ้ง\nไปดูแล้วสองครั้ง", "ขอให้ทบทวน", way="push")
    assert "\n\n" not in text
    nok.sends("ขอให้ทบทวน")
    nok.sees("เปิดเรื่องอีกครั้ง")
    assert town.standing(number, "status", "was_reviewed") == ("reopened", True)
    nok.sends("น้ำยังแดงอยู่ทุกเช้า")
    town.moves(number, "rejected", reason="other", words="เป็นท่อภายในบ้าน", said="o-2")
    nok.reads_on()
    nok.sends(number)
    text = nok.sees("เหตุผล: เป็นท่อภายในบ้าน")
    assert "ขอให้ทบทวน" not in text
    assert "อื่น ๆ" not in text
    nok.presses("ขอให้ทบทวน")
    nok.sees("เปิดอีกไม่ได้แล้ว")
    assert town.standing(number) == "rejected"


def test_before_and_after_show_only_what_is_the_reader_s(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends_photo()
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    number = nok.number
    with town.database.transaction() as session:
        for media in session.query(Media):
            media.state = "stored"
    town.joins(ton, number)
    town.moves(number, "accepted")
    town.moves(number, "resolved", words=DONE, photos=1)
    assert [picture_count(person) for person in (nok, ton)] == [2, 1]


def picture_count(person: Person) -> int:
    (card,) = (reply for reply in person.seen[-1].content if reply["is"] == "BeforeAfter")
    return sum(card[side] is not None for side in ("before", "after"))


@pytest.mark.whole_way
def test_a_shared_ticket_ends_with_its_last_reporter(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    town.joins(ton, number)
    nok.sends("ยกเลิก")
    nok.presses("ใช่ ยกเลิกเรื่องนี้")
    nok.sees("ถอนชื่อคุณออกจากเรื่อง")
    assert town.standing(number) == "new"
    nok.presses("ใช่ ยกเลิกเรื่องนี้")  # pressed again
    nok.sees("ถอนชื่อคุณออกจากเรื่อง")
    town.moves(number, "waiting", words="บ้านเลขที่เท่าไร")
    nok.sees_nothing()
    ton.sends("ยกเลิก")
    ton.presses("ใช่ ยกเลิกเรื่องนี้")
    ton.sees(f"ยกเลิกเรื่อง {number} ให้แล้ว")
    assert town.standing(number) == "cancelled"


def test_gone_by_itself_closes_when_every_reporter_has_said_so(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.joins(ton, number)
    nok.sends("หายแล้ว")
    nok.sees("รอผู้แจ้งคนอื่น")
    nok.sends("หายแล้ว")
    nok.sees("รอผู้แจ้งคนอื่น")
    assert town.standing(number) == "accepted"
    ton.sends("หายแล้ว")
    ton.sees(f"ปิดเรื่อง {number} แล้ว")
    nok.sends("สวัสดี")
    nok.sees(number, "ปิดเรื่องแล้ว")


@pytest.mark.whole_way
def test_one_not_yet_reopens_for_everybody_and_all_must_be_content(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    town.joins(ton, number)
    town.moves(number, "accepted")
    town.moves(number, "resolved", words=DONE)
    nok.presses("เรียบร้อยแล้ว")
    nok.sees("รอผู้แจ้งคนอื่นยืนยัน")
    ton.presses("ยังไม่เรียบร้อย")
    assert town.standing(number) == "reopened"
    assert {r.content_with_answer_at for r in town.every(Report)} == {None}
    nok.reads_on()
    nok.sends("สวัสดี")
    nok.sees(number, "เปิดเรื่องอีกครั้ง")


def test_the_first_answer_counts_and_later_ones_are_comments(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    town.joins(ton, number)
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    for person in (nok, ton):
        person.sees("แดงทุกก๊อกไหม", way="push")
    ton.sends("แดงทุกก๊อกเลย")
    ton.sees("ส่งคำตอบ")
    nok.sends("แดงบางก๊อกค่ะ แดงตอนเช้า")
    nok.sees("เพิ่มในเรื่อง")
    kinds = {m.text: m.kind for m in town.every(Message) if m.kind in ("answer", "comment")}
    assert kinds == {"แดงทุกก๊อกเลย": "answer", "แดงบางก๊อกค่ะ แดงตอนเช้า": "comment"}
    assert town.standing(number) == "new"


@pytest.mark.parametrize("before", ["accepted", "planned", "in_progress", "forwarded"])
def test_an_answer_takes_the_ticket_back_to_where_it_was(town: Rangsit, nok: Person, before: str) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    if before == "planned":
        town.moves(number, "planned", planned_until=town.now.date().replace(day=30))
    elif before == "forwarded":
        town.moves(number, "forwarded", owner="pwa", way="phone")
    elif before == "in_progress":
        town.moves(number, "in_progress")
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    nok.sends("แดงทุกก๊อกเลย")
    nok.sees("ส่งคำตอบ")
    assert town.standing(number) == before


def test_a_pin_answers_the_question_where_it_is(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("ไม่ทราบตำแหน่ง")
    nok.presses("ส่งเรื่อง")
    number = nok.number
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="อยู่ตรงไหน")
    nok.reads_on()
    nok.sends_place(13.985, 100.625)
    nok.sees("ได้รับตำแหน่ง")
    assert town.standing(number, "status", "latitude") == ("accepted", 13.985)
    assert town.tickets() == [number]


def test_a_photo_answers_a_question_too(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="ขอรูปหน่อย")
    nok.sends_photo()
    nok.sees("ส่งคำตอบ")
    assert town.standing(number) == "accepted"


def test_another_reporter_s_place_is_not_moved_by_mine(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    town.joins(ton, number)
    ton.sends("เพิ่มข้อมูล")
    ton.sends_place(13.98, 100.62)
    ton.sees("ได้รับตำแหน่ง")
    assert town.standing(number, "latitude") == 13.985
    assert [report.latitude for report in town.every(Report)] == [13.985, 13.98]


def test_an_unrelated_problem_is_not_taken_for_an_answer(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    nok.sends("ไฟถนนหน้าบ้านดับ")
    nok.sees("ไฟส่องสว่าง", "อยู่ที่ไหน")
    assert town.standing(number) == "waiting"
