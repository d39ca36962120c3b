"""Dates as people read them: the Buddhist era in Thai, the town's zone in both languages."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.thai import thai_date

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
