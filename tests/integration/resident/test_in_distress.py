"""Somebody in distress, or in danger, goes on talking: each word reaches a person, and none is met with a form."""

from __future__ import annotations

import pytest

from models import Media, Message
from tests.talking import Person, Rangsit

FIRE = "ไฟไหม้บ้านข้างๆ"
LISTENS = "คุณไม่ได้อยู่คนเดียว"


def comments(town: Rangsit) -> list[str | None]:
    return [message.text for message in town.every(Message, kind="comment")]


@pytest.mark.parametrize(
    "words", ["ไม่มีใครเข้าใจ", "ไม่ต้องมาหรอก", "แค่อยากระบาย", "หนูอยู่คนเดียว", "nobody cares about me", "what is the point"]
)
@pytest.mark.parametrize("hours", [0, 3])
def test_whatever_is_said_in_distress_is_heard_and_is_no_place_and_no_report(
    town: Rangsit, nok: Person, words: str, hours: int
) -> None:
    nok.sends("อยากตาย ไม่มีใครรัก")
    if hours:
        nok.sends("ไม่ทราบตำแหน่ง")
        town.passes(hours=hours)
    nok.reads_on()
    nok.sends(words)
    text = nok.sees(LISTENS)
    assert "RS-" not in text
    assert "ตำแหน่ง" not in text
    assert comments(town) == [words]
    assert town.standing("RS-6911-00001", "place_words") is None
    assert town.tickets() == ["RS-6911-00001"]


def test_an_address_told_late_in_distress_reaches_the_officers_at_once(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends("อยากตาย ไม่มีใครรัก")
    nok.sends("ไม่ทราบตำแหน่ง")
    nok.sends("หนูอยู่คนเดียว")
    before = desk.count("push")
    nok.sends("บ้านเลขที่ 5 ซอยรังสิต-นครนายก 12")
    nok.sees("ได้รับตำแหน่งของเรื่อง RS-6911-00001 แล้ว")
    assert "ซอยรังสิต-นครนายก 12" in str(town.standing("RS-6911-00001", "place_words"))
    assert desk.count("push") == before + 1


def test_no_smile_no_notice_and_no_form_meet_who_is_in_distress(town: Rangsit, nok: Person) -> None:
    nok.sends("i want to die")
    nok.presses("Place not known")
    nok.reads_on()
    nok.message({"type": "sticker", "packageId": "1", "stickerId": "1", "keywords": ["cry"]})
    text = nok.sees("You are not alone")
    assert "😊" not in text
    assert "Read notice" not in text
    nok.sends_voice()
    assert "what happened" not in nok.sees("You are not alone")
    assert [media.ticket_id is not None for media in town.every(Media)] == [True]


def test_another_problem_is_still_a_report_of_its_own(town: Rangsit, nok: Person) -> None:
    nok.sends("อยากตาย ไม่มีใครรัก")
    nok.sends("ไม่ทราบตำแหน่ง")
    town.passes(hours=5)
    nok.sends("ขยะหน้าตลาดไม่มีใครมาเก็บ 4 วันแล้ว")
    nok.sees("ขยะและความสะอาด", "อยู่ที่ไหน")
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง")


def test_where_it_burns_is_told_of_the_fire_though_somebody_was_in_distress(town: Rangsit, nok: Person) -> None:
    nok.sends("อยากตาย ไม่มีใครรัก")
    nok.sends("ไม่ทราบตำแหน่ง")
    town.passes(hours=2)
    nok.sends(FIRE)
    fire = town.tickets()[-1]
    nok.reads_on()
    nok.message({"type": "sticker", "packageId": "1", "stickerId": "1", "keywords": ["cry"]})
    nok.sees("อยู่ที่ไหน")
    nok.sends("หน้าตลาดพรพัฒน์")
    nok.sees(f"ได้รับตำแหน่งของเรื่อง {fire} แล้ว")
    assert town.standing(fire, "place_words") == "หน้าตลาดพรพัฒน์"
    assert town.standing("RS-6911-00001", "place_words") is None
    nok.presses("ไม่ทราบตำแหน่ง")
    nok.reads_on()
    nok.sends("รีบมาเลย")
    nok.sees(f"เพิ่มในเรื่อง {fire}")
    town.passes(hours=2)
    nok.reads_on()
    nok.sends("ไม่มีใครเข้าใจ")
    nok.sees(LISTENS)


@pytest.mark.parametrize("is_placed", [False, True])
@pytest.mark.parametrize("words", ["ดับแล้วค่ะ ขอบคุณ", "เจอแล้วค่ะ ปลอดภัย ขอบคุณมากค่ะ"])
def test_that_a_danger_is_over_reaches_the_officers_with_the_thanks(
    town: Rangsit, nok: Person, words: str, is_placed: bool
) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends(FIRE)
    if is_placed:
        nok.sends_place()
    before = desk.count("push")
    nok.sends(words)
    nok.sees("เพิ่มในเรื่อง RS-6911-00001")
    assert words in comments(town)
    assert desk.count("push") == before + 1


@pytest.mark.parametrize("words", ["ขอบคุณค่ะ", "รับทราบค่ะ ขอบคุณ", "โอเค ขอบคุณมาก"])
def test_mere_thanks_alarm_nobody(town: Rangsit, nok: Person, words: str) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends(FIRE)
    nok.sends_place()
    before = desk.count("push")
    nok.sends(words)
    assert words not in comments(town)
    assert desk.count("push") == before


def test_what_a_picture_of_the_fire_shows_is_not_asked(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends("หน้าตลาดพรพัฒน์")
    nok.presses("ไม่ทราบตำแหน่ง")
    nok.reads_on()
    nok.sends_photo()
    assert "เกิดอะไรขึ้น" not in nok.sees("เพิ่มในเรื่อง RS-6911-00001")
    nok.sends_place()
    nok.sees("ได้รับตำแหน่งของเรื่อง RS-6911-00001 แล้ว")
    nok.sends_place(13.99, 100.61)
    nok.sees("ที่นั่นมีปัญหาอะไร")  # it has its point: this is about something else


def test_a_picture_after_another_report_is_not_put_on_the_fire_before_it(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends_place()
    number = nok.reports("ขยะไม่มาเก็บเลย")
    town.passes(minutes=10)
    nok.reads_on()
    nok.sends_photo()
    assert "เพิ่มในเรื่อง RS-6911-00001" not in nok.sees(f"เพิ่มในเรื่อง {number[-5:]}")
    assert [media.ticket_id for media in town.every(Media)] == [None]


def test_a_sticker_while_the_place_of_danger_is_asked_asks_for_it_again(nok: Person) -> None:
    nok.sends(FIRE)
    nok.reads_on()
    nok.message({"type": "sticker", "packageId": "1", "stickerId": "1", "keywords": ["cry"]})
    assert "😊" not in nok.sees("อยู่ที่ไหน")
