"""ที่เดิม: the place of one's own last report is proposed, and taken with a yes only."""

from __future__ import annotations

import pytest

from models import Report
from tests.talking import INSIDE, Person, Rangsit


def asks_for_the_same_place(nok: Person, words: str = "ที่เดิม") -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว")
    nok.sees("อยู่ที่ไหน")
    nok.sends(words)


@pytest.mark.whole_way
@pytest.mark.parametrize("words", ["ที่เดิม", "ตรงเดิมเลยค่ะ", "same place"])
def test_the_last_place_is_proposed_and_a_yes_makes_it_the_place(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports()
    asks_for_the_same_place(nok, words)
    nok.sees("ตรงนี้ใช่ไหม", f"ตามเรื่อง {number}")
    assert "ดูบนแผนที่" in nok.labels()
    nok.sends("ใช่ค่ะ")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    assert town.standing(nok.number, "latitude", "longitude") == INSIDE
    assert not [report for report in town.every(Report) if report.place_words == words]


def test_without_a_yes_nothing_is_placed(town: Rangsit, nok: Person) -> None:
    nok.reports()
    asks_for_the_same_place(nok)
    nok.sends("ไม่ใช่")
    nok.sees("อยู่ที่ไหน")
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees("สถานที่\nซอยรังสิต-นครนายก 46")
    assert "ตามเรื่อง" not in nok.text


def test_a_place_in_words_is_proposed_as_it_was_written(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("หลังบ้านยายแจ่ม")
    nok.sends("ส่ง")
    asks_for_the_same_place(nok)
    nok.sees("หลังบ้านยายแจ่ม")
    assert "ดูบนแผนที่" not in nok.labels()
    nok.presses("ใช่ ตรงนี้")
    nok.sees("ตรวจดูก่อนส่ง", "สถานที่\nหลังบ้านยายแจ่ม")


def test_who_never_told_a_place_is_asked_for_it(town: Rangsit, nok: Person, ton: Person) -> None:
    ton.reports()  # another resident's place is nobody else's
    asks_for_the_same_place(nok)
    nok.sees("ยังไม่มีตำแหน่งที่คุณเคยแจ้งไว้", "อยู่ที่ไหน")
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง")


def test_said_with_the_problem_it_is_proposed_at_once(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.sends("ขยะไม่มาเก็บอีกแล้ว ที่เดิม")
    nok.sees("ตรงนี้ใช่ไหม")
    nok.presses("ใช่ ตรงนี้")
    nok.sees("ตรวจดูก่อนส่ง", "ขยะไม่มาเก็บอีกแล้ว ที่เดิม")


def test_a_place_that_was_taken_back_is_not_proposed_and_goes_here_too(town: Rangsit, nok: Person) -> None:
    nok.reports()
    place = nok.said[-1]
    asks_for_the_same_place(nok)
    yes = nok.button("ใช่ ตรงนี้")
    nok.presses_button(yes)
    nok.presses("ส่งเรื่อง")
    nok.unsends(place)
    assert {report.latitude for report in town.every(Report)} == {None}
    asks_for_the_same_place(nok)
    nok.sees("ยังไม่มีตำแหน่งที่คุณเคยแจ้งไว้")
    nok.presses_button(yes)
    assert {report.latitude for report in town.every(Report)} == {None}


def test_in_danger_officers_read_it_at_once_and_a_yes_places_it(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.sends("มีไฟไหม้บ้าน")
    nok.sees("199")
    fire = town.tickets()[-1]
    nok.sends("ที่เดิม")
    nok.sees(f"เพิ่มในเรื่อง {fire}", "ตรงนี้ใช่ไหม")
    assert town.standing(fire, "latitude") is None
    nok.presses("ใช่ ตรงนี้")
    nok.sees("ได้รับตำแหน่ง")
    assert town.standing(fire, "latitude") == INSIDE[0]


def test_a_no_to_a_named_place_is_no_part_of_the_report(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sees("ตรงนี้ใช่ไหม")
    nok.sends("ไม่ใช่")
    nok.sees("จะไม่ใช้จุดนั้น")
    nok.sends_place()
    assert "ไม่ใช่\n" not in nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    assert town.standing(nok.number, "latitude") == INSIDE[0]
