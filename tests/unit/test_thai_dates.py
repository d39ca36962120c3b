"""Dates for people: Buddhist era, Thai months, the town's own clock."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.thai import thai_date, thai_date_in_full

NEW_YEARS_EVE = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight of 2570 in Thailand


def test_a_short_date_is_in_the_buddhist_era() -> None:
    assert thai_date(date(2026, 11, 24)) == "24 พ.ย. 2569"


def test_a_full_date_has_its_weekday() -> None:
    assert thai_date_in_full(date(2026, 11, 24)) == "วันอังคารที่ 24 พฤศจิกายน 2569"


def test_midnight_is_the_towns_midnight() -> None:
    assert thai_date(NEW_YEARS_EVE, time=True) == "1 ม.ค. 2570 00:30 น."
    assert thai_date_in_full(NEW_YEARS_EVE, time=True) == "วันศุกร์ที่ 1 มกราคม 2570 เวลา 00:30 น."


def test_another_zone_may_be_asked_for() -> None:
    assert thai_date(NEW_YEARS_EVE, time=True, zone=timezone(timedelta(hours=-1))) == "31 ธ.ค. 2569 16:30 น."


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        thai_date(NEW_YEARS_EVE.replace(tzinfo=None))


def test_a_date_has_no_time_to_show() -> None:
    with pytest.raises(ValueError, match="no time of day"):
        thai_date(date(2026, 11, 24), time=True)


def test_every_month_has_its_name() -> None:
    short = {thai_date(date(2026, month, 1)).split()[1] for month in range(1, 13)}
    assert len(short) == 12
