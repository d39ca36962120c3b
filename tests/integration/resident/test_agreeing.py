"""Nobody types labels: ส่งเลย, โอเค and ใช่ do what they mean, and no sentence stands as a place."""

from __future__ import annotations

import pytest

from handlers.line.agreeing import wish_in
from handlers.line.typing import plain
from tests.talking import Person, Rangsit


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


@pytest.mark.parametrize("typed", ["ส่ง", "ส่งเลยนะคะ", "โอเค", "ok send it"])
def test_a_report_goes_off_in_whatever_words_it_is_sent(town: Rangsit, nok: Person, typed: str) -> None:
    nok.sends("น้ำประปาแดงมาก")
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
