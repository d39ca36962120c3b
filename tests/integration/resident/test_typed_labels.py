"""On a PC there are neither menus nor quick replies: what a button says can be typed."""

from __future__ import annotations

import pytest

from tests.talking import Person, Rangsit


def test_a_whole_report_without_a_single_press(town: Rangsit, nok: Person) -> None:
    nok.sends("แจ้งปัญหา")
    nok.sees("เล่ามาได้เลย")
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("ส่งตำแหน่ง")
    nok.sees("พิมพ์ชื่อซอย")
    nok.sends("ไม่ทราบตำแหน่ง")
    nok.sends("เปลี่ยนประเภท")
    nok.sends("🚦 จราจร")
    nok.sees("ตรวจดูก่อนส่ง", "จราจร")
    nok.sends("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง")


@pytest.mark.parametrize(
    "typed", ["ส่งเรื่อง", " ส่งเรื่อง ", "ส่งเรื่องค่ะ", "ส่งเรื่องครับ", "“ส่งเรื่อง”", "ส่งเรื่อง.", "Send report", "send REPORT"]
)
def test_labels_are_understood_as_people_type_them(town: Rangsit, nok: Person, typed: str) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sends(typed)
    nok.sees("รอรับเรื่อง")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("ติดตามเรื่อง", "ยังไม่มีเรื่องที่แจ้งไว้"),
        ("คุยกับเจ้าหน้าที่", "พิมพ์ข้อความถึงเจ้าหน้าที่"),
        ("เบอร์สำคัญ", "1662"),
        ("ภาษา/Language", "Choose a language"),
        ("ภาษา", "Choose a language"),
        ("วิธีใช้", "วิธีใช้ง่าย ๆ"),
        ("รับทราบ", "ขอบคุณที่อ่าน"),
        ("อ่านประกาศ", "ประกาศความเป็นส่วนตัว"),
        ("ยกเลิก", "ไม่มีเรื่องที่ต้องยกเลิก"),
        ("ส่งเรื่อง", "ร่างนี้ไม่อยู่แล้ว"),
    ],
)
def test_every_standing_label_can_be_typed_at_any_time(town: Rangsit, nok: Person, typed: str, answer: str) -> None:
    nok.sends(typed)
    nok.sees(answer)


def test_labels_of_a_pushed_card_can_be_typed(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    nok.sends("ตอบเจ้าหน้าที่")  # is no answer itself
    nok.sees(f"สำหรับเรื่อง {number}")
    assert town.standing(number) == "waiting"
    nok.sends("แดงทุกก๊อกเลย")
    assert town.standing(number) == "new"
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.sends("เรียบร้อยแล้ว")
    nok.sees("ปิดเรื่อง")
    nok.sends("5 ดาว")
    nok.sees("⭐⭐⭐⭐⭐")
    nok.sends("ข้าม")
    nok.sees("พิมพ์มาได้เสมอ")


def test_a_label_that_stands_on_several_cards_asks_which(town: Rangsit, nok: Person) -> None:
    nok.reports()
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("ติดตามเรื่อง")
    nok.sends("เพิ่มข้อมูล")
    nok.sees("หมายถึงเรื่องไหน")
    nok.sends(f"เพิ่มข้อมูล {light}")
    nok.sees(f"สำหรับเรื่อง {light}")


def test_a_label_fits_the_one_ticket_where_it_makes_sense(town: Rangsit, nok: Person) -> None:
    nok.reports()
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    town.moves(light, "accepted")
    town.moves(light, "resolved", words="เปลี่ยนหลอดแล้ว", photos=1)
    nok.sends("สวัสดี")
    nok.sends("ยังไม่เรียบร้อย")
    nok.sees(light, "เปิดเรื่องอีกครั้ง")
    assert town.standing(light) == "reopened"


def test_a_label_inside_a_sentence_is_only_words(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sends("เคยส่งเรื่อง ไปแล้วรอบหนึ่ง")
    nok.sees("ตรวจดูก่อนส่ง", "เคยส่งเรื่อง ไปแล้วรอบหนึ่ง")
    assert town.tickets() == []


def test_cancel_means_what_stands_on_the_table(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("ยกเลิก")
    nok.sees("พิมพ์มาได้เสมอ")
    nok.sends("ไฟถนนหน้าบ้านดับ")
    nok.sends("ยกเลิก")
    nok.sees("ยังไม่ได้ส่งอะไรไป")
    assert town.standing(number) == "new"
    nok.sends("ยกเลิก")
    nok.sees(f"ยกเลิกเรื่อง {number} ใช่ไหม")
