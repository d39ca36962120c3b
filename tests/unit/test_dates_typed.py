"""Days as people type them, and the periods that towns plan for."""

from __future__ import annotations

from datetime import date

import pytest

from bot import dates
from bot.officer_casework import periods

CHRISTMAS = date(2026, 12, 24)


@pytest.mark.parametrize(
    "words",
    [
        "24/12/2569", "24-12-2026", "24.12.69", "2026-12-24", "2569-12-24", "24 ธ.ค. 2569", "24 ธค 69", "24ธันวาคม2569",
        "๒๔ ธันวาคม ๒๕๖๙", "วันที่ 24 ธ.ค. พ.ศ. 2569", "24 Dec 2026", " 24 december 2026 ",
    ],
)  # fmt: skip
def test_a_day_is_read_in_either_era(words: str) -> None:
    assert dates.typed_day(words) == CHRISTMAS


@pytest.mark.parametrize(
    "words",
    [
        "", "วันนี้", "24 ธ.ค.", "24/12", "31/11/2569", "29 ก.พ. 2569", "24 ธ.ค. 2569 ครับ",
        "ประมาณ 24/12/2569", "0/1/2569",
        "24 มค 25699", "24 xyz 2569", "2569", "1/13/2569", "24 ธ.ค. 2569 หรือ 25 ธ.ค. 2569",
    ],
)  # fmt: skip
def test_what_is_no_whole_day_is_none(words: str) -> None:
    assert dates.typed_day(words) is None


def test_a_leap_day_counts_in_its_own_era() -> None:
    assert dates.typed_day("29 ก.พ. 2571") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (
            date(2026, 11, 24),
            {"week": date(2026, 11, 29), "month": date(2026, 11, 30), "quarter": date(2026, 12, 31),
             "next_quarter": date(2027, 3, 31), "fiscal_year": date(2027, 9, 30)},
        ),
        # On the last day of the fiscal year: month, quarter and year end today; the next year is not yet offered.
        (
            date(2026, 9, 30),
            {"month": date(2026, 9, 30), "week": date(2026, 10, 4), "next_quarter": date(2026, 12, 31)},
        ),
        (
            date(2026, 10, 1),
            {"week": date(2026, 10, 4), "month": date(2026, 10, 31), "quarter": date(2026, 12, 31),
             "next_quarter": date(2027, 3, 31), "fiscal_year": date(2027, 9, 30)},
        ),
        (
            date(2028, 2, 29),
            {"month": date(2028, 2, 29), "week": date(2028, 3, 5), "quarter": date(2028, 3, 31),
             "next_quarter": date(2028, 6, 30), "fiscal_year": date(2028, 9, 30)},
        ),
    ],
)  # fmt: skip
def test_periods_end_where_the_calendar_says(today: date, ends: dict[str, date]) -> None:
    found = periods(today)
    assert {period.name: period.ends for period in found} == ends
    assert [period.name for period in found] == list(ends)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("วันนี้", 24), ("พรุ่งนี้", 25), ("มะรืน", 26), ("อีก 3 วัน", 27), ("ภายใน ๓ วัน", 27), ("tomorrow", 25),
        ("in 3 days", 27),
        ("วันศุกร์นี้", 27), ("อังคารนี้", 24), ("วันพฤหัสบดีนี้", 26), ("จันทร์หน้า", 30), ("วันอังคารหน้า", 31),
        ("วันจันทร์นี้", 30),
    ],
)  # fmt: skip
def test_near_days_are_read_as_people_say_them(words: str, day: int) -> None:
    tuesday = date(2026, 11, 24)
    read = dates.near_day(words, tuesday)
    assert read is not None and (read - date(2026, 11, 1)).days + 1 == day


@pytest.mark.parametrize("words", ["", "เร็ว ๆ นี้", "วันศุกร์", "อีกไม่กี่วัน", "หน้าฝน", "soon"])
def test_what_names_no_day_is_none(words: str) -> None:
    assert dates.near_day(words, date(2026, 11, 24)) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("25/12", "2026-12-25"), ("25 ธ.ค.", "2026-12-25"), ("วันที่ 5 มกราคม", "2027-01-05"), ("24 พ.ย.", "2026-11-24"),
        ("24 dec", "2026-12-24"), ("สิ้นเดือน", "2026-11-30"), ("ภายในสิ้นเดือนหน้า", "2026-12-31"),
        ("สัปดาห์หน้า", "2026-12-06"), ("สิ้นปี", "2026-12-31"), ("ปีหน้า", "2027-12-31"),
        ("ไตรมาส 1", "2026-12-31"), ("ไตรมาส 2", "2027-03-31"), ("ไตรมาส ๔ ปีงบ ๗๐", "2027-09-30"),
        ("ปีงบ 70", "2027-09-30"), ("ปีงบประมาณ 2571", "2028-09-30"), ("ปีงบหน้า", "2028-09-30"),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_the_next_and_a_period_is_its_last_day(words: str, day: str) -> None:
    assert dates.near_day(words, date(2026, 11, 24)) == date.fromisoformat(day)


def test_a_quarter_that_is_over_is_the_next_year_s_and_the_fiscal_year_begins_in_october() -> None:
    assert dates.near_day("ไตรมาส 1", date(2027, 1, 4)) == date(2027, 12, 31)
    assert dates.near_day("ไตรมาส 4", date(2026, 9, 30)) == date(2026, 9, 30)
    assert dates.near_day("ปีงบนี้", date(2026, 9, 30)) == date(2026, 9, 30)
    assert dates.near_day("เดือนหน้า", date(2026, 12, 1)) == date(2027, 1, 31)


@pytest.mark.parametrize("words", ["วันที่ 31 ก.พ.", "29 ก.พ.", "13/13", "ไตรมาส 5", "ปีงบ 0000", "3 เดือน", "เมื่อวาน"])
def test_what_the_calendar_does_not_have_is_none(words: str) -> None:
    assert dates.near_day(words, date(2026, 11, 24)) is None
