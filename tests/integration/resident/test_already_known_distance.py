"""How far the known ticket is: told by its public square, so that nobody finds out where another reporter stood."""

from __future__ import annotations

import pytest

from bot import limits
from tests.integration.resident.test_already_known import INSIDE, drafts, north
from tests.talking import Person, Rangsit


def test_the_distance_is_told_for_one_pin_alone(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.reports("ถนนเป็นหลุมใหญ่หน้าตลาด รถตกหลุมบ่อย", place=INSIDE)
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.sees("ประมาณ 40 เมตร")
    ton.sends("รถล้มเมื่อคืน")
    ton.sees("ประมาณ 40 เมตร")
    ton.sends_place(*north(-20))
    ton.sees("ใกล้จุดที่คุณแจ้ง")
    assert "20 เมตร" not in str(ton.seen[-1].content)


def test_another_draft_is_told_no_distance(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.reports("ถนนเป็นหลุมใหญ่หน้าตลาด รถตกหลุมบ่อย", place=INSIDE)
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.presses("ยกเลิก")
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.sees("ใกล้จุดที่คุณแจ้ง")


#: Where the other reporter stood: two corners of one public square, 120 m from each other.
CORNERS = north(-42, -42), north(42, 42)


@pytest.mark.parametrize("words", ["น้ำประปาแดงมาก", "ถนนเป็นหลุมใหญ่หน้าตลาด"])
def test_no_pin_finds_out_where_in_its_square_the_other_reporter_stood(
    town: Rangsit, nok: Person, ton: Person, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PLACES_A_DAY", 1_000)
    pins = [north(metres) for metres in (0, 30, -30, 60, 90, 120, 140, 420, 490, 520, 560, 600)]
    told: list[list[tuple[bool, bool]]] = []
    for reporter, corner in zip((nok, town.person("pim")), CORNERS, strict=True):
        number = reporter.reports(words, place=corner)
        drafts(ton, words, INSIDE if "น้ำ" in words else corner)
        ton.sees("เรื่องคล้ายกัน")
        told.append([])
        for pin in pins:
            ton.sends_place(*pin)
            shown = str(ton.seen[-1].content)
            told[-1].append(("คล้ายกัน" in shown, "ใกล้จุดที่คุณแจ้ง" in shown))
        ton.presses("ยกเลิก")
        town.moves(number, "rejected", reason="not_found")
    assert told[0] == told[1]
    assert {is_asked for is_asked, _ in told[0]} == {True, False}
