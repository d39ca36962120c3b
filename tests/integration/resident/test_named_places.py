"""A place in words becomes a point only with a yes; what residents' pins teach; nobody's house becomes a name."""

from __future__ import annotations

import pytest

from bot.places import remembered
from models import PlaceLesson, Report
from tests.talking import REPLY, Person, Rangsit

SOI_46 = (13.9903, 100.6502)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Every test has a database of its own; the process keeps one gazetteer for each town."""
    remembered.forget_all()


def point_of(town: Rangsit, number: str) -> tuple[float | None, float | None]:
    latitude, longitude = town.standing(number, "latitude", "longitude")
    return latitude, longitude


@pytest.mark.whole_way(always=True)
def test_a_named_place_is_proposed_and_a_yes_makes_it_the_place(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาเป็นสีแดงมา 3 วันแล้ว ซ.รังสิต-นครนายก ๔๖")
    nok.sees("ตรงนี้ใช่ไหม", "ซอยรังสิต-นครนายก 46", "อาจคลาดเคลื่อนราว")
    nok.presses("ใช่ ตรงนี้")
    nok.sees("ตรวจดูก่อนส่ง", "จุดบนแผนที่", "ซอยรังสิต-นครนายก 46")
    assert nok.count(REPLY) == 2
    nok.presses("ส่งเรื่อง")
    latitude, longitude = point_of(town, nok.number)
    assert latitude == pytest.approx(SOI_46[0], abs=0.002)
    assert longitude == pytest.approx(SOI_46[1], abs=0.002)
    (report,) = town.every(Report)
    assert report.place_accuracy_m == 250
    assert report.place_words == "ซ.รังสิต-นครนายก ๔๖"  # as it was written


def test_without_a_yes_a_ticket_has_the_words_and_no_point(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับ หลังฟิวเจอร์")
    nok.sees("ตรงนี้ใช่ไหม", "ฟิวเจอร์พาร์ค รังสิต")
    nok.presses("ส่งเรื่อง")
    assert point_of(town, nok.number) == (None, None)
    (report,) = town.every(Report)
    assert (report.place_words, report.place_accuracy_m) == ("ฟิวเจอร์พาร์ค รังสิต", None)


def test_typing_the_label_says_yes_too(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว คลองสอง")
    nok.sees("ตรงนี้ใช่ไหม", "คลองสอง")
    nok.sends("ใช่ ตรงนี้")
    nok.sees("จุดบนแผนที่")
    nok.presses("ส่งเรื่อง")
    assert point_of(town, nok.number) != (None, None)


@pytest.mark.whole_way
def test_a_soi_number_that_exists_twice_is_asked_by_name(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว ซอย 8")
    nok.sees("เลือกจากปุ่มข้างล่าง")
    assert "ใช่ ตรงนี้" not in nok.labels()
    nok.presses("ซอยรังสิต-ปทุมธานี 8")
    nok.sees("จุดบนแผนที่", "ซอยรังสิต-ปทุมธานี 8")


def test_a_pin_is_better_than_a_name(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว ซอยรังสิต-นครนายก 46")
    nok.sends_place(13.9911, 100.6511)
    nok.does_not_see("จุดบนแผนที่")
    nok.presses("ส่งเรื่อง")
    assert point_of(town, nok.number) == (13.9911, 100.6511)


def test_a_text_with_ten_places_is_asked_for_a_pin(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะเต็มทั้งตลาดรังสิต ฟิวเจอร์ เปาโล สะพานแดง วัดแสงสรรค์ ดรีมเวิลด์ คลองสาม ปทุมเวช รร.ดวงกมล เซียร์")
    nok.does_not_see("ตรงนี้ใช่ไหม")


@pytest.mark.whole_way
def test_a_place_beyond_the_limits_says_so_after_the_yes(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะล้นหน้าดรีมเวิลด์")
    nok.presses("ใช่ ตรงนี้")
    nok.sees("อยู่นอกเขตเทศบาลนครรังสิต")


def test_an_old_yes_places_the_ticket_that_its_draft_became(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว ซอยรังสิต-นครนายก 46")
    yes = nok.button("ใช่ ตรงนี้")
    nok.presses("ส่งเรื่อง")
    nok.presses_button(yes)
    nok.sees("ได้รับตำแหน่ง")
    assert point_of(town, nok.number) != (None, None)


def teach(town: Rangsit, names: tuple[str, ...], words: str, *pins: tuple[float, float]) -> None:
    for name, pin in zip(names, pins, strict=True):
        person = town.person(name)
        person.sends(f"ขยะไม่มาเก็บ 4 วันแล้ว {words}")
        person.sends_place(*pin)
        person.presses("ส่งเรื่อง")


THREE = ((13.9951, 100.6420), (13.9952, 100.6421), (13.9950, 100.6422))


def test_a_new_name_is_believed_when_three_residents_teach_it(town: Rangsit, nok: Person) -> None:
    teach(town, ("a", "b"), "หน้าตลาดนัดคลองบุญ", *THREE[:2])
    nok.sends("ไฟถนนดับ หน้าตลาดนัดคลองบุญ")
    nok.does_not_see("ตรงนี้ใช่ไหม")
    teach(town, ("c",), "หน้าตลาดนัดคลองบุญ", THREE[2])
    ton = town.person("ton")
    ton.sends("ไฟถนนดับ หน้าตลาดนัดคลองบุญ")
    ton.sees("ตรงนี้ใช่ไหม", "หน้าตลาดนัดคลองบุญ")
    ton.presses("ใช่ ตรงนี้")
    ton.presses("ส่งเรื่อง")
    assert point_of(town, ton.number) == pytest.approx((13.9951, 100.6421), abs=1e-4)


def test_one_resident_teaches_nothing_alone(town: Rangsit, nok: Person) -> None:
    teach(town, ("a", "a", "a"), "หน้าตลาดนัดคลองบุญ", *THREE)
    nok.sends("ไฟถนนดับ หน้าตลาดนัดคลองบุญ")
    nok.does_not_see("ตรงนี้ใช่ไหม")


def test_pins_put_a_listed_place_right(town: Rangsit, nok: Person) -> None:
    teach(town, ("a", "b", "c"), "ซอยรังสิต-นครนายก 46", (13.9921, 100.6511), (13.9922, 100.6512), (13.9921, 100.6513))
    nok.sends("ไฟถนนดับ ซอยรังสิต-นครนายก 46")
    nok.presses("ใช่ ตรงนี้")
    nok.presses("ส่งเรื่อง")
    assert point_of(town, nok.number) == pytest.approx((13.9921, 100.6512), abs=1e-4)


def test_a_house_number_is_never_learnt(town: Rangsit) -> None:
    teach(town, ("a", "b", "c"), "บ้านเลขที่ 12/345 หน้าตลาดนัดคลองบุญ", *THREE)
    lessons = town.every(PlaceLesson)
    assert len(lessons) == 3
    assert not any("12" in (lesson.phrase or "") for lesson in lessons)


def test_what_a_message_taught_goes_when_it_is_taken_back(town: Rangsit) -> None:
    teach(town, ("a",), "หน้าตลาดนัดคลองบุญ", THREE[0])
    assert len(town.every(PlaceLesson)) == 1
    a = town.person("a")
    a.unsends(a.said[-1])
    assert town.every(PlaceLesson) == []
