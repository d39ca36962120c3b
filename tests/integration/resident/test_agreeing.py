"""Nobody types labels: ส่งเลย, โอเค and ใช่ do what they mean, and no sentence stands as a place."""

from __future__ import annotations

import pytest

from handlers.line.agreeing import wish_in
from handlers.line.plain import plain
from tests.talking import FAR_OUTSIDE, Person, Rangsit


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("ส่ง", "send"),
        ("ส่งเลยค่ะ", "send"),
        ("โอเค ส่งได้เลย", "send"),
        ("ส่งโลด", "send"),
        ("ส่งให้ยายหน่อย", "send"),
        ("ok, send it", "send"),
        ("ใช่ครับ", "yes"),
        ("โอเคค่ะ", "yes"),
        ("ถูกต้องแล้ว", "yes"),
        ("Yes", "yes"),
        ("ส่งยังไงลูก", "how"),
        ("ต้องกดตรงไหน", "how"),
        ("ส่งกลิ่นเหม็นมาก", None),
        ("ส่งเสียงดังทุกคืน", None),
        ("ใช่ซอย 8 ไหม", None),
        ("ไม่ใช่", None),
        ("send somebody quickly", None),
    ],
)
def test_short_words_are_a_wish_and_longer_ones_are_words(typed: str, wish: str | None) -> None:
    assert wish_in(plain(typed)) == wish


@pytest.mark.parametrize(
    ("typed", "is_pinned"),
    [
        *((typed, False) for typed in ("ส่ง", "ส่งเลยนะคะ", "โอเค", "ok send it")),
        *((typed, True) for typed in ("กดไม่เป็น ส่งให้ยายหน่อย", "ส่งสิวะ", "ช่าย ส่งเลย", "สง")),
    ],
)
def test_a_report_goes_off_in_whatever_words_it_is_sent(
    town: Rangsit, nok: Person, typed: str, is_pinned: bool
) -> None:
    nok.sends("น้ำประปาแดงมาก")
    if is_pinned:
        nok.sends_place()
    else:
        nok.sends("หลังบ้านยายแจ่ม")
    nok.sends(typed)
    nok.sees("รอรับเรื่อง")


def test_a_yes_answers_the_one_question_on_the_card(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sees("ตรงนี้ใช่ไหม")
    nok.sends("ใช่ค่ะ")
    nok.sees("จุดบนแผนที่")
    nok.sends("ใช่")
    nok.sees("รอรับเรื่อง")


def test_only_a_yes_joins_the_report_of_somebody_else(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    ton.sends("น้ำประปาแดงมาก")
    ton.sends_place()
    ton.sees("เป็นเรื่องเดียวกันไหม")
    ton.sends("โอเค")  # polite, but no answer
    ton.sees("เป็นเรื่องเดียวกันไหม")
    ton.sends("ใช่ครับ")
    ton.sees(number, "เพิ่มคุณเป็นผู้แจ้งเรื่องนี้แล้ว")


def test_a_yes_is_no_place_and_how_to_send_is_no_part_of_the_report(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("ใช่ครับ")
    nok.sees("อยู่ที่ไหน")
    nok.sends("หลังบ้านยายแจ่ม")
    nok.sends("ส่งยังไงลูก")
    assert "ส่งยังไง" not in nok.sees("ตรวจดูก่อนส่ง")


@pytest.mark.parametrize(
    "more", ["แดงมาก ซักผ้าไม่ได้เลย", "ห้ามบอกว่าใครแจ้งนะ", "ไม่ใช่บ่อ หมายถึงน้ำก๊อก", "มีคนป่วยหลายคนในหมู่บ้าน"]
)
def test_a_sentence_is_kept_as_words_and_the_place_is_asked_for(town: Rangsit, nok: Person, more: str) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends(more)
    nok.sees("อยู่ที่ไหน")
    nok.sends("พฤกษา 3")
    card = nok.sees("ตรวจดูก่อนส่ง")
    assert more in card and "พฤกษา 3" in card


def test_a_place_that_comes_later_takes_the_place_of_a_sentence(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("ตรงบ้านเราไม่เคยใสเลย")  # taken for the place
    nok.sends("ซอยรังสิต-นครนายก 46")
    card = nok.sees("ตรวจดูก่อนส่ง", "สถานที่\nซอยรังสิต-นครนายก 46")
    assert "ตรงบ้านเราไม่เคยใสเลย" in card


def test_not_known_is_put_right_by_a_place_that_comes_later(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("ไม่ทราบตำแหน่ง")
    nok.sends("นึกออกแล้ว ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง", "สถานที่\nซอยรังสิต-นครนายก 46")


def test_a_word_more_takes_no_category_back(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sends("หน้าบ้าน")
    nok.sees("ตรวจดูก่อนส่ง", "น้ำประปาแดง ขุ่น มีกลิ่น")


def test_a_bare_yes_or_no_answers_whatever_asks_for_one(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.sends("ยกเลิก")
    nok.sends("ไม่ค่ะ")
    nok.sees(number, "รอรับเรื่อง")
    nok.sends("ยกเลิก")
    nok.sends("ใช่ครับ")
    nok.sees(f"ยกเลิกเรื่อง {number} ให้แล้ว")


@pytest.mark.parametrize("word", ["โอเค", "ครับ", "ok"])
def test_a_yes_to_nothing_begins_no_report(town: Rangsit, nok: Person, word: str) -> None:
    nok.sends(word)
    nok.sees("ได้เลย")


def test_a_bare_no_to_a_question_after_the_ticket_cancels_nothing(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำไม่ไหล ซอยรังสิต-นครนายก 52")
    nok.sends("ส่ง")
    nok.sees("ข้างบ้านน้ำไม่ไหลด้วยไหม")
    nok.sends("ไม่ค่ะ")
    nok.sees("ขอบคุณ เพิ่มในเรื่อง", "เลขที่ผู้ใช้น้ำ")
    nok.sends("ไม่มี")
    nok.sees("เท่านี้ก็พอแล้ว")


def test_what_the_report_tells_is_not_asked_again(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับทั้งซอย ซอยรังสิต-นครนายก 52")
    nok.sends("ส่ง")
    nok.sees("สถานที่\nซอยรังสิต-นครนายก 52", "ที่เสามีเลขเขียนไว้ไหม")
    nok.sends("P12/34")
    assert "หลายดวง" not in nok.sees("ขอบคุณ เพิ่มในเรื่อง")


def test_nothing_more_is_asked_about_what_lies_outside_the_town(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับ")
    nok.sends_place(*FAR_OUTSIDE)
    nok.sends("ส่ง")
    assert "ที่เสามีเลข" not in nok.sees("รอรับเรื่อง")


def test_a_place_alone_waits_for_what_happened_there(town: Rangsit, nok: Person) -> None:
    nok.sends_voice()
    nok.sends("ซอยข้างวัดเขียนเขต")
    nok.sees("ได้รับสถานที่แล้ว ช่วยเล่าสั้น ๆ")
    nok.sends("น้ำท่วม")
    nok.sees("ตรวจดูก่อนส่ง", "น้ำท่วม", "สถานที่\nซอยข้างวัดเขียนเขต", "ตรงนี้ใช่ไหม")


def test_my_house_is_a_place_until_a_better_one_comes(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("หน้าบ้านหนูค่ะ")
    nok.sees("สถานที่\nหน้าบ้านหนูค่ะ")
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees("สถานที่\nซอยรังสิต-นครนายก 46")


def test_who_does_not_want_to_be_named_is_told_who_reads_it(town: Rangsit, nok: Person) -> None:
    nok.sends("ข้างบ้านเปิดเพลงดังทุกคืน")
    nok.sends("ห้ามบอกว่าใครแจ้งนะ")
    nok.sees("คนทั่วไปไม่เห็นชื่อ", "อยู่ที่ไหน")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("แจ้งยังไง", "วิธีใช้ง่าย ๆ"),
        ("วิธีแจ้งปัญหา", "วิธีใช้ง่าย ๆ"),
        ("นี่คือบอทหรือคน", "ระบบตอบอัตโนมัติ"),
        ("are you a bot?", "ระบบตอบอัตโนมัติ"),
        ("รถขยะมาวันไหนคะ หมู่บ้านพฤกษา", "รถเก็บขยะเข้าแต่ละซอยคนละวันกัน"),
    ],
)
def test_what_everybody_asks_first_makes_no_ticket(town: Rangsit, nok: Person, asked: str, answer: str) -> None:
    nok.sends(asked)
    nok.sees(answer)
    assert town.tickets() == []


def test_a_piece_of_a_sentence_is_no_question(town: Rangsit, nok: Person) -> None:
    nok.sends("หน้าบ้านหนู")
    assert "ถังขยะ" not in nok.sees("")


def test_who_wants_a_person_twice_has_said_nothing_to_send_yet(town: Rangsit, nok: Person) -> None:
    nok.sends("คุยกับเจ้าหน้าที่")
    nok.sends("อยากคุยกับคน")
    nok.sees("พิมพ์ข้อความถึงเจ้าหน้าที่ได้เลย")
    assert town.tickets() == []
    nok.sends("เรื่องภาษีป้ายร้าน ต้องคุยกับใคร")
    assert "ไม่ทราบตำแหน่ง" not in nok.sees("ส่งถึงเจ้าหน้าที่แล้ว")
