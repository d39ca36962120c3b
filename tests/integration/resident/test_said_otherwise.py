"""People say it in words of their own: too late, in anger, with thanks, without dashes, and at the wrong place."""

from __future__ import annotations

import pytest

from models import Media, Message
from tests.talking import INSIDE, Person, Rangsit


def test_a_pin_that_came_first_is_not_asked_for_again(nok: Person) -> None:
    nok.sends_place()
    nok.sees("ได้รับตำแหน่งแล้ว ที่นั่นมีปัญหาอะไร")
    nok.sends("ไฟดับครับ")
    nok.sees("ตรวจดูก่อนส่ง")


def test_skip_leaves_the_place_out_and_is_no_part_of_the_report(town: Rangsit, nok: Person) -> None:
    nok.sends("ท่อน้ำทิ้งตันหน้าบ้าน")
    nok.sends("ข้าม")
    nok.sees("ตรวจดูก่อนส่ง", "ไม่ทราบตำแหน่ง")
    nok.sends("ข้าม")
    assert "ข้าม" not in nok.sees("ตรวจดูก่อนส่ง")
    nok.sends("ส่ง")
    assert [message.text for message in town.every(Message)] == ["ท่อน้ำทิ้งตันหน้าบ้าน"]


@pytest.mark.parametrize("words", ["ส่ง", "ส่งเลยค่ะ", "สง", "ส่งเรื่อง"])
def test_what_was_sent_already_is_shown_when_it_is_sent_again(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends(words)
    nok.sees(number, "รอรับเรื่อง")
    assert town.tickets() == [number]


@pytest.mark.parametrize("words", ["ส่งแยก", "แยกเป็นสองเรื่อง", "send separately"])
def test_two_problems_are_sent_apart_in_people_s_own_words(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends("ไฟถนนดับแล้วก็ขยะไม่มาเก็บ หน้าวัดแสงสรรค์")
    nok.sees("ดูเหมือนมี 2 เรื่อง")
    nok.sends(words)
    assert len(town.tickets()) == 2


def test_when_they_come_is_told_only_after_it_was_sent(town: Rangsit, nok: Person) -> None:
    nok.sends("หมาจรจัดเยอะมาก กลัวกัด")
    nok.sends_place()
    nok.sends("แล้วเขาจะมาวันไหน")
    nok.sees("ยังไม่ได้ส่ง", "ตรวจดูก่อนส่ง")
    nok.sends("ส่ง")
    assert "แล้วเขาจะมาวันไหน" in [message.text for message in town.every(Message)]


def test_the_same_again_is_asked_about_and_never_guessed(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ขยะไม่มาเก็บ")
    nok.sends("ขยะยังไม่มาเก็บเหมือนเดิม")
    nok.sees(f"เรื่องเดียวกับ {number} ที่แจ้งไว้ไหม", "เป็นเรื่องใหม่")
    nok.sends("เรื่องเดิมค่ะ")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    nok.sends("ขยะยังไม่มาเก็บเลย")
    nok.sends("เรื่องใหม่")
    nok.sees("อยู่ที่ไหน")
    nok.sends("ยกเลิก")
    nok.sends("ขยะยังไม่มาเก็บเลย")
    nok.sends("ใช่")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    assert town.tickets() == [number]


@pytest.mark.parametrize("words", ["น้ำมาแล้วค่ะ ขอบคุณมาก", "เรียบร้อยแล้วค่ะ ขอบคุณ", "โอเค ขอบคุณครับ", "ใช่ค่ะ"])
def test_a_yes_with_or_without_thanks_closes_what_was_asked_about(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("น้ำประปาไม่ไหล")
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ซ่อมท่อแล้ว")
    nok.reads_on()
    nok.sends("5 ดาว")
    nok.sees("บอกก่อนว่าเรียบร้อยไหม", "ยังไม่เรียบร้อย")
    nok.sends(words)
    nok.sees(f"ปิดเรื่อง {number} แล้ว")
    assert town.standing(number) == "closed"


def test_thanks_that_say_not_yet_close_nothing(town: Rangsit, nok: Person) -> None:
    number = nok.reports("น้ำประปาไม่ไหล")
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ซ่อมท่อแล้ว")
    nok.sends("ขอบคุณที่มานะคะ แต่น้ำยังไม่มาเลย")
    assert town.standing(number) == "resolved"
    nok.sends("ยังค่ะ ขอบคุณ")
    assert town.standing(number) == "reopened"


def test_who_presses_the_officers_in_danger_hears_that_they_hear_it_now(town: Rangsit, nok: Person) -> None:
    nok.sends("มีสายไฟขาดห้อยลงมา")
    nok.sends_place()
    nok.sends("รีบมาหน่อย กลัวคนโดน")
    nok.sees("ดูแลเรื่องด่วนจะเห็น", "โทรได้เลย")


def test_after_a_no_the_next_place_is_the_place(town: Rangsit, nok: Person) -> None:
    nok.sends("ถนนเป็นหลุม")
    nok.sends("หน้าตลาดรังสิต")
    nok.sees("ตรงนี้ใช่ไหม")
    nok.sends("ไม่ใช่")
    nok.sees("จะไม่ใช้จุดนั้น")
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees("สถานที่\nซอยรังสิต-นครนายก 46")
    nok.sends("เปลี่ยนตำแหน่งได้ไหม")
    nok.sees("ส่งตำแหน่งใหม่")
    nok.sends("ส่ง")
    nok.sees("รอรับเรื่อง", "ซอยรังสิต-นครนายก 46")


def test_the_place_of_a_sent_ticket_is_put_right(town: Rangsit, nok: Person) -> None:
    number = nok.reports(place=(INSIDE[0] + 0.002, INSIDE[1]))
    nok.sends("ส่งผิดที่ค่ะ")
    nok.sees(f"ส่งตำแหน่งใหม่ของเรื่อง {number}")
    nok.sends_place()
    nok.sees(f"ได้รับตำแหน่งของเรื่อง {number}")
    assert town.standing(number, "latitude") == INSIDE[0]
    assert town.tickets() == [number]


def test_of_several_tickets_the_one_at_the_wrong_place_is_asked_for(town: Rangsit, nok: Person) -> None:
    water, light = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ", place=(INSIDE[0] + 0.002, INSIDE[1]))
    nok.sends("ขอเปลี่ยนตำแหน่งหน่อย")
    nok.presses(next(label for label in nok.labels() if light in label))
    nok.sends_place()
    assert town.standing(light, "latitude") == INSIDE[0]
    assert set(town.tickets()) == {water, light}


def test_a_number_without_its_first_dash_is_one(nok: Person) -> None:
    number = nok.reports()
    nok.sends(number.replace("-", "", 1).lower())
    nok.sees(number, "รอรับเรื่อง")


@pytest.mark.parametrize("words", ["tel 0812-34567", "บ้านเลขที่ 99/12 โทร 081-2345678"])
def test_a_telephone_number_is_none(nok: Person, words: str) -> None:
    nok.sends(f"น้ำประปาแดงมาก {words}")
    nok.sees("น้ำประปาแดง", "อยู่ที่ไหน")


@pytest.mark.parametrize("words", ["ค้นหา", "ค้นหา 00001", "search 123"])
def test_a_resident_who_searches_is_told_how(nok: Person, words: str) -> None:
    nok.sends(words)
    nok.sees("เลขเรื่องให้ครบ", "ติดตามเรื่อง")


@pytest.mark.parametrize("words", ["I don't speak Thai", "Can you speak English?", "English please"])
def test_who_speaks_no_thai_is_answered_in_english(nok: Person, words: str) -> None:
    nok.sends(words)
    nok.sees("We will write in English now")


def test_the_same_place_of_nothing_is_no_report(nok: Person) -> None:
    nok.sends("ที่เดิม")
    nok.sees("แจ้งปัญหา")
    nok.does_not_see("ตรงกับข้อไหน")


def test_who_keeps_the_data_in_english_says_no(town: Rangsit, nok: Person) -> None:
    nok.sends("English")
    nok.sends("delete my data")
    nok.sends("no")
    nok.sees("My data", "Get a copy")
    nok.sends("please delete my data")
    nok.reads_on()
    nok.sends("Yes, erase it all")
    assert nok.sees("Your data has been erased").count("\n") == 0  # no notice of what is kept beside it
    assert town.every(Media) == []


@pytest.mark.parametrize("words", ["เดี๋ยวบอกนะ", "รอแป๊บนึง", "one moment please"])
def test_an_answer_that_comes_later_is_none_yet(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports()
    town.moves(number, "waiting", words="ขอเลขที่บ้านด้วยครับ")
    nok.sends(words)
    nok.sees("สะดวกเมื่อไร พิมพ์ตอบ")
    assert town.standing(number) == "waiting"
    nok.sends("99/12")
    nok.sees(f"ส่งคำตอบของเรื่อง {number}")


def test_who_objects_to_an_end_sees_the_reason_and_the_way_on(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "rejected", reason="private_matter", words="เป็นท่อภายในบ้าน")
    nok.reads_on()
    for words in ("ทำไมไม่ทำให้", "ไม่ยอม"):
        nok.sends(words)
        nok.sees("ถ้าเห็นว่ายังไม่ถูกต้อง", "เป็นท่อภายในบ้าน", "ขอให้ทบทวน")
    nok.sends("ไฟถนนหน้าบ้านดับ")
    nok.sees("ไฟส่องสว่าง", "อยู่ที่ไหน")


@pytest.mark.parametrize(("words", "stars"), [("3", 3), ("สี่ดาว", 4), ("⭐⭐⭐⭐⭐", 5), ("ให้ 5 คะแนนเลย", 5), ("๕", 5)])
def test_stars_are_given_as_people_give_them(town: Rangsit, nok: Person, words: str, stars: int) -> None:
    number = nok.reports()
    nok.sends("หายแล้ว")
    nok.sends(words)
    nok.sees("⭐" * stars)
    assert town.standing(number, "stars") == stars


def test_who_gives_no_stars_begins_no_report_and_may_give_them_later(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.sends("หายแล้ว")
    nok.sends("ไม่ให้")
    nok.sees("พิมพ์มาได้เสมอ")
    nok.sends("หายแล้ว")
    nok.sees(number, "จบไปแล้ว")
    nok.sends("4")
    assert town.standing(number, "stars") == 4
    assert town.every_conversation()[0].draft is None


@pytest.mark.parametrize("words", ["แจ้ง", "อยากแจ้งเรื่อง", "มีเรื่องร้องเรียนค่ะ", "I want to report a problem"])
def test_a_wish_to_report_is_met_with_the_question_what_it_is(nok: Person, words: str) -> None:
    nok.sends(words)
    assert any(asked in nok.text for asked in ("มีปัญหาอะไร เล่ามาได้เลย ส่งรูป", "What is the problem?"))
    assert "ยกเลิก" in nok.labels() or "Cancel" in nok.labels()


def test_a_link_to_a_map_that_cannot_be_opened_is_no_english(nok: Person) -> None:
    nok.sends("https://maps.app.goo.gl/AbC123")
    nok.sees("ลิงก์นี้เปิดจากตรงนี้ไม่ได้", "ส่งตำแหน่ง")
    nok.sends("ขยะล้น")
    nok.sees("อยู่ที่ไหน")


def test_who_wants_to_die_is_not_answered_as_a_broken_lamp(town: Rangsit, nok: Person) -> None:
    nok.sends("ไม่อยากอยู่แล้ว")
    nok.sees("1323")
    nok.sends("อยากตาย")
    nok.sees("1323", "คุณไม่ได้อยู่คนเดียว", "พิมพ์คุยต่อได้เลย")
    nok.sends("ขอบคุณ")
    nok.sees("ถ้าอยากให้มีคนไปหา")
    assert len(town.tickets()) == 1


def test_words_for_an_officer_in_danger_reach_that_ticket_at_once(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำท่วมบ้านแล้ว ช่วยด้วย")
    nok.sends_place()
    nok.sends("คุยกับเจ้าหน้าที่")
    nok.sends("น้ำขึ้นเร็วมาก")
    nok.sees("ดูแลเรื่องด่วนจะเห็น")
    assert len(town.tickets()) == 1
