"""A photo of the finished work that repeats an earlier picture is refused, and the officer is told why."""

from __future__ import annotations

import pytest

from models import Media
from tests.arriving import HOLE, ROAD, settles
from tests.talking import Person, Rangsit


@pytest.fixture
def somsri(town: Rangsit, hole: str) -> Person:
    """An officer who says that it is done."""
    person = town.officer("somsri", "clerk")
    person.sends(hole)
    person.presses("เสร็จแล้ว")
    person.reads_on()
    return person


def test_the_photo_from_before_is_no_photo_of_the_finished_work(town: Rangsit, hole: str, somsri: Person) -> None:
    somsri.sends_photo()
    settles(town, likeness=HOLE[:-1] + "8")  # saved again by a telephone: one bit is another
    somsri.sends("ปะหลุมแล้ว")
    somsri.sees("ซ้ำกับรูปก่อนทำของเรื่อง", hole)
    assert town.standing(hole) == "accepted"
    assert town.every(Media)[-1].state == "erased"
    somsri.sends_photo()
    settles(town, likeness=ROAD)
    somsri.sends("ปะหลุมแล้ว")
    somsri.sees("รอผู้แจ้งยืนยัน")
    assert town.standing(hole) == "resolved"


def test_a_photo_of_another_ticket_is_refused_with_its_number(
    town: Rangsit, ton: Person, hole: str, somsri: Person
) -> None:
    ton.sends("ไฟถนนดับ")
    ton.sends_photo()
    settles(town, likeness=ROAD)
    ton.sends_place()
    ton.presses("ส่งเรื่อง")
    somsri.sends_photo()
    settles(town, likeness=ROAD)
    somsri.sends("ปะหลุมแล้ว")
    somsri.sees(f"ซ้ำกับรูปของเรื่อง {ton.number}")
    assert town.standing(hole) == "accepted"


def test_a_photo_that_follows_the_finished_work_is_taken_off_again(
    town: Rangsit, nok: Person, hole: str, somsri: Person
) -> None:
    somsri.sends_photo()
    settles(town, likeness=ROAD)
    somsri.sends("ปะหลุมแล้ว")
    somsri.sends_photo()
    somsri.sees("เพิ่มรูปหลังทำ")
    settles(town, likeness=HOLE)
    somsri.sees("ซ้ำกับรูปที่เคยส่ง", way="push")
    assert town.standing(hole) == "resolved", "one good photo is there"
    assert [photo.state for photo in town.every(Media, purpose="after")] == ["stored", "erased"]


def test_pictures_of_the_night_are_not_taken_for_the_same(town: Rangsit, hole: str, somsri: Person) -> None:
    with town.database.transaction() as session:
        session.get_one(Media, town.every(Media)[0].id).likeness = "0" * 16
    somsri.sends_photo()
    settles(town, likeness="0" * 16)
    somsri.sends("ปะหลุมแล้ว")
    assert town.standing(hole) == "resolved"
