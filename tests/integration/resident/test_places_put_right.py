"""The place is what was said last to be it; what is no place is not taken for one, and how to tell one is told."""

from __future__ import annotations

import pytest

from models import Message
from tests.talking import Person, Rangsit


def sent(town: Rangsit, nok: Person) -> str | None:
    """The place of the report, once it was sent."""
    nok.sends("ส่งเรื่อง")
    where: str | None = town.standing(nok.number, "place_words")
    return where


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("ไม่ใช่ เป็นซอย 5", "ซอย 5"),
        ("ไม่ใช่ซอย 15 ค่ะ ซอย 16", "ซอย 16"),
        ("พิมพ์ผิดค่ะ ซอย 7", "ซอย 7"),
        ("ขอโทษค่ะ หน้าวัดเขียนเขต", "หน้าวัดเขียนเขต"),
    ],
)
def test_a_place_that_is_put_right_is_the_place(town: Rangsit, nok: Person, words: str, place: str) -> None:
    nok.sends("ขยะไม่มาเก็บ")
    nok.sends("ซอยรังสิต-ปทุมธานี 15")
    nok.sends(words)
    assert sent(town, nok) == place
    said = [message.text for message in town.every(Message)]
    assert said == ["ขยะไม่มาเก็บ", "ซอยรังสิต-ปทุมธานี 15", words]  # nothing is lost


def test_a_pin_is_not_put_right_by_words(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ")
    nok.sends_place()
    nok.sends("ไม่ใช่ขยะเปียกนะคะ อยู่ซอย 5")
    sent(town, nok)
    assert town.standing(nok.number, "latitude") is not None


@pytest.mark.parametrize(
    "words", ["ไม่ติด", "ดับหมดเลย", "สองดวง", "เมื่อคืน", "ตั้งแต่เมื่อวาน", "ด่วนๆ", "ประมาณสามวันแล้วค่ะ"]
)
def test_how_and_since_when_is_no_place(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends("ไฟถนน")
    nok.sends(words)
    nok.sees("อยู่ที่ไหน")
    nok.sends("หน้าวัดแสงสรรค์")
    assert sent(town, nok) == "หน้าวัดแสงสรรค์"
    assert words in [message.text for message in town.every(Message)]


@pytest.mark.parametrize("words", ["ตรงนี้เลย", "แถวนี้แหละค่ะ", "อยู่ที่นี่"])
def test_who_says_here_hears_that_we_do_not_see_it(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends("ไฟถนนดับ")
    nok.reads_on()
    nok.sends(words)
    nok.sees("เรามองไม่เห็นว่าคุณอยู่ตรงไหน", "ส่งตำแหน่ง", "ไม่ทราบตำแหน่ง")
    nok.sends("หน้าวัดแสงสรรค์")
    assert sent(town, nok) == "หน้าวัดแสงสรรค์"


@pytest.mark.parametrize("words", ["ส่งโลเคชั่นไม่เป็น", "จะให้ส่งยังไง", "กดตรงไหนคะ"])
def test_who_cannot_send_a_location_is_told_how(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends("ไฟถนนดับ")
    nok.reads_on()
    nok.sends(words)
    nok.sees("กดเครื่องหมาย + ข้างช่องพิมพ์")
    nok.sends_place()
    sent(town, nok)
    assert [message.text for message in town.every(Message)] == ["ไฟถนนดับ"]


def test_who_will_send_it_later_is_given_the_time(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับ")
    nok.sends("เดี๋ยวส่งให้ค่ะ")
    assert "ตรวจดูก่อนส่ง" not in nok.sees("สะดวกเมื่อไร")
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง")


@pytest.mark.parametrize("nowhere", ["ทั้งหมู่บ้านเลยค่ะ", "ปากซอย", "ในซอยนี้แหละ"])
def test_a_name_takes_the_place_of_what_only_its_neighbours_know(town: Rangsit, nok: Person, nowhere: str) -> None:
    nok.sends("น้ำประปาไม่ไหล")
    nok.sends(nowhere)
    nok.sends("ซอยรังสิต-นครนายก 46")
    assert sent(town, nok) == "ซอยรังสิต-นครนายก 46"
    assert nowhere in [message.text for message in town.every(Message)]


@pytest.mark.parametrize("words", ["ซอยเดิม", "ก็ตรงที่เดิมที่เคยแจ้งไงคะ"])
def test_the_same_place_as_people_say_it_is_asked_about(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ขยะไม่มาเก็บ")
    nok.sends("ไฟถนนดับ")
    nok.sends(words)
    nok.sees("ตรงนี้ใช่ไหม", f"ตามเรื่อง {number}")


def test_the_name_of_the_lamp_is_no_name_of_a_road(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับทั้งซอย 5")
    assert sent(town, nok) == "ซอย 5"
