"""Dates and times as Thai people read them: Buddhist era, Thai months, the town's own zone."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA_YEARS = 543

_SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


def thai_date(moment: date, *, time: bool = False, zone: tzinfo = BANGKOK) -> str:
    """A short date, "24 พ.ย. 2569", with `time` "24 พ.ย. 2569 14:30 น.".

    A datetime must be aware and is shown in `zone`; a date is shown as it is and has no time.
    Raises ValueError for a naive datetime or for the time of a date.
    """
    local = _local(moment, zone, time)
    day = f"{local.day} {_SHORT_MONTHS[local.month - 1]} {local.year + BUDDHIST_ERA_YEARS}"
    return f"{day} {_clock(local)}" if time else day


def thai_date_in_full(moment: date, *, time: bool = False, zone: tzinfo = BANGKOK) -> str:
    """A date in full words, "วันอังคารที่ 24 พฤศจิกายน 2569", with `time` "… เวลา 14:30 น.".

    The same rules for datetimes and dates as `thai_date`.
    """
    local = _local(moment, zone, time)
    day = f"วัน{_WEEKDAYS[local.weekday()]}ที่ {local.day} {_MONTHS[local.month - 1]} {local.year + BUDDHIST_ERA_YEARS}"
    return f"{day} เวลา {_clock(local)}" if time else day


def month_named(name: str) -> int | None:
    """1 to 12 for a month by its short or full Thai name, with or without dots (ธค, ธ.ค., ธันวาคม), else None."""
    wanted = name.replace(".", "").strip()
    for number, (short, full) in enumerate(zip(_SHORT_MONTHS, _MONTHS, strict=True), 1):
        if wanted in (short.replace(".", ""), full):
            return number
    return None


def _local(moment: date, zone: tzinfo, time: bool) -> date:
    if not isinstance(moment, datetime):
        if time:
            raise ValueError("a date has no time of day")
        return moment
    if moment.tzinfo is None:
        raise ValueError("a time without a zone means nothing to the town")
    return moment.astimezone(zone)


def _clock(local: date) -> str:
    assert isinstance(local, datetime)
    return f"{local:%H:%M} น."
