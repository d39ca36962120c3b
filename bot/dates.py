"""Dates as people read and type them: the Buddhist era in Thai, the town's zone in both languages."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.thai import BUDDHIST_ERA_YEARS, month_named, normalise, thai_date

#: September is the last month of the fiscal year.
_FISCAL_ENDS = 9
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(moment: datetime | date, zone: str, language: str, *, with_time: bool = False) -> str:
    """24 พ.ย. 2569 · 24 Nov 2026, with 14:30 where asked for."""
    local = moment.astimezone(ZoneInfo(zone)) if isinstance(moment, datetime) else moment
    if language == "th":
        text = thai_date(local.date() if isinstance(local, datetime) else local)
    else:
        text = f"{local.day} {_MONTHS[local.month - 1]} {local.year}"
    if with_time and isinstance(local, datetime):
        text += f" {local:%H:%M}" + (" น." if language == "th" else "")
    return text


#: 24/12/2569, 24-12-2026, 24.12.69 · 2026-12-24 · 24 ธ.ค. 2569, 24 ธันวาคม พ.ศ. 2569, 24 Dec 2026
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(?:วันที่ ?)?(\d{1,2}) ?([a-z\u0e01-\u0e4e.]+?)\.? ?(?:พ\.?ศ\.? ?|ค\.?ศ\.? ?)?(\d{4}|\d{2})")


def typed_day(text: str) -> date | None:
    """The day that somebody typed, alone: day, month and year, Buddhist or Christian; None when it is none.

    A year from 2400 on is Buddhist, and so is one of two digits (69 is 2569): people who write it short write Thai.
    """
    words = normalise(text).strip()
    found = _ISO.fullmatch(words)
    if found is not None:
        return _day(int(found[3]), int(found[2]), found[1])
    found = _NUMBERS.fullmatch(words)
    if found is not None:
        return _day(int(found[1]), int(found[2]), found[3])
    found = _NAMED.fullmatch(words)
    month = month_named(found[2]) or _english_month(found[2]) if found is not None else None
    return _day(int(found[1]), month, found[3]) if found is not None and month is not None else None


#: 25/12 · 25 ธ.ค.: the next such day
_NO_YEAR = re.compile(r"\d{1,2}/\d{1,2}|(?:วันที่ ?)?\d{1,2} ?[a-z\u0e01-\u0e4e.]{3,12}")
_NEAR = {"วันนี้": 0, "today": 0, "พรุ่งนี้": 1, "พรุ้งนี้": 1, "tomorrow": 1, "มะรืน": 2, "มะรืนนี้": 2, "วันมะรืน": 2}
_IN_DAYS = re.compile(r"(?:อีก|ภายใน|in)? ?(\d{1,3}) ?(?:วัน|days?)")
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")
_WEEKDAY = re.compile(rf"(?:วัน)?({'|'.join(_WEEKDAYS)})(?:บดี)?(นี้|หน้า)")


def near_day(text: str, today: date) -> date | None:
    """The day that somebody names from today on: พรุ่งนี้, อีก 3 วัน, วันศุกร์นี้ (the next one), ศุกร์หน้า (next week's),

    25 ธ.ค.; of a period its last day: สิ้นเดือน, เดือนหน้า, ไตรมาส 2 and ปีงบ 70, which are fiscal.
    """
    words = normalise(text).strip().removeprefix("ภายใน").strip()
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    found = _IN_DAYS.fullmatch(words)
    if found is not None:
        return today + timedelta(days=int(found[1]))
    found = _WEEKDAY.fullmatch(words)
    if found is None:
        return _end_of(words, today) or _next_such_day(words, today)
    weekday = _WEEKDAYS.index(found[1])
    if found[2] == "หน้า":
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


#: สิ้นเดือนนี้, เดือนหน้า, สัปดาห์หน้า, สิ้นปี · ไตรมาส 2, ไตรมาส 2 ปีงบ 70 · ปีงบประมาณ 2570, ปีงบ 70, ปีงบนี้
_PERIOD = re.compile(r"(?:สิ้น|ปลาย)?(สัปดาห์|อาทิตย์|เดือน|ปี)(นี้|หน้า)")
_END = re.compile(r"(?:สิ้น|ปลาย)(เดือน|ปี)")
_QUARTER = re.compile(r"ไตรมาส(?:ที่)? ?([1-4])(?: ?(?:ของ)?(?:ปีงบประมาณ|ปีงบ|ปี)? ?(\d{4}|\d{2}))?")
_FISCAL = re.compile(r"(?:สิ้น)?ปีงบ(?:ประมาณ)? ?(นี้|หน้า|\d{4}|\d{2})")


def _end_of(words: str, today: date) -> date | None:
    """The last day of a period that somebody names; quarters and years of plans are fiscal, from 1 October on."""
    fiscal = today.year + (today.month > _FISCAL_ENDS)
    found = _FISCAL.fullmatch(words)
    if found is not None:
        year = {"นี้": fiscal, "หน้า": fiscal + 1}.get(found[1]) or _christian(found[1])
        return _last_day(year, _FISCAL_ENDS)
    found = _QUARTER.fullmatch(words)
    if found is not None:
        number, year = int(found[1]), _christian(found[2]) if found[2] else fiscal
        year, month = year - (number == 1), (number * 3 + 8) % 12 + 1
        ends = _last_day(year, month)
        is_over = ends is not None and ends < today and not found[2]
        return _last_day(year + 1, month) if is_over else ends
    found = _PERIOD.fullmatch(words) or _END.fullmatch(words)
    if found is None:
        return None
    later = int(found.re is _PERIOD and found[2] == "หน้า")
    if found[1] == "ปี":
        return date(today.year + later, 12, 31)
    if found[1] == "เดือน":
        return _last_day(today.year, today.month + later)
    return today + timedelta(days=6 - today.weekday() + 7 * later)


def _next_such_day(words: str, today: date) -> date | None:
    """A day without its year: this year's, or next year's once it is past."""
    if _NO_YEAR.fullmatch(words) is None:
        return None
    sign = "/" if "/" in words else " "
    days = (typed_day(f"{words}{sign}{year}") for year in (today.year, today.year + 1))
    return next((day for day in days if day is not None and day >= today), None)


def _last_day(year: int, month: int) -> date | None:
    """Of a month; the thirteenth is the next January. None beyond the calendar."""
    year, month = (year, month) if month <= 12 else (year + 1, month - 12)
    try:
        return date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def _christian(year: str) -> int:
    number = int(year) + (2500 if len(year) == 2 else 0)
    return number - BUDDHIST_ERA_YEARS if number >= 2400 else number


def _english_month(name: str) -> int | None:
    full = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december")  # fmt: skip
    return next((n for n, month in enumerate(full, 1) if name.rstrip(".") in (month, month[:3])), None)


def _day(day_of_month: int, month: int, year: str) -> date | None:
    try:
        return date(_christian(year), month, day_of_month)
    except ValueError:
        return None
