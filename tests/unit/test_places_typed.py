"""Points in numbers and in maps' links, as people paste them; what only looks so is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies as st

from bot.places.typed import has_unread_link, is_link_alone, point_in

HERE = (13.9876, 100.6123)


@pytest.mark.parametrize(
    "text",
    [
        "13.9876, 100.6123", "13.9876,100.6123", "100.6123 13.9876", "พิกัด 13.9876, 100.6123 ค่ะ",
        "lat: 13.9876 lng: 100.6123",
        "13.9876° N, 100.6123° E", "๑๓.๙๘๗๖, ๑๐๐.๖๑๒๓", "อยู่ที่ 13.9876, 100.6123.", "(13.9876, 100.6123)",
        "https://www.google.com/maps?q=13.9876,100.6123", "https://maps.google.com/?q=13.9876%2C100.6123",
        "https://www.google.com/maps/place/%E0%B8%A7/@13.5,100.5,17z/data=!3m1!4b1!4m6!3m5!8m2!3d13.9876!4d100.6123!16s",
        "https://www.google.co.th/maps/@13.9876,100.6123,17z",
        "https://www.google.com/maps/@13.9876,100.6123,500m/data=!3m1!1e3",
        "https://www.google.com/maps/search/?api=1&query=13.987600,100.612300",
        "https://maps.apple.com/?ll=13.9876,100.6123&q=Pin",
        "https://www.google.com/maps/place/13.9876,100.6123", "geo:13.9876,100.6123?z=17",
        "อยู่ตรงนี้ค่ะ https://maps.google.com/?q=13.9876,100.6123",
    ],
)  # fmt: skip
def test_a_point_is_read_however_it_was_written(text: str) -> None:
    found = point_in(text)
    assert found is not None
    assert (found.latitude, found.longitude, found.is_alone) == (*HERE, True)
    assert not has_unread_link(text)


def test_words_beside_a_point_are_words() -> None:
    found = point_in("ไฟดับหน้าบ้าน 13.9876, 100.6123 ช่วยด้วย")
    assert found is not None
    assert not found.is_alone


@pytest.mark.parametrize(
    "text",
    [
        "35.6812, 139.7671", "ราคา 13.50, 100.60 บาท", "ซอย 13.9876", "โทร 081-234-5678", "1.2345, 2.3456",
        "น้ำประปาแดง", "0.0001, 0.0002", "https://example.com/13.9876,100.6123", "9.123, 106.456",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_point_in_thailand_is_none(text: str) -> None:
    assert point_in(text) is None
    assert not has_unread_link(text)


@pytest.mark.parametrize(
    "link",
    [
        "https://maps.app.goo.gl/AbC123", "https://goo.gl/maps/AbC123",
        "https://www.google.com/maps/@13.9876,100.6123,12z", "https://www.google.com/maps/place/%E0%B8%A7%E0%B8%B1%E0%B8%94",
        "https://www.google.com/maps/place/Tokyo/@35.68,139.76,17z",
    ],
)  # fmt: skip
def test_a_link_that_says_no_point_near_by_is_known_as_one(link: str) -> None:
    assert has_unread_link(link)
    assert is_link_alone(f"อยู่ตรงนี้ค่ะ {link}")
    assert has_unread_link(f"ไฟดับ {link}")
    assert not is_link_alone(f"ไฟดับ {link}")


@pytest.mark.parametrize("text", ["13.9876" + " " * 2900 + "x", "13.9876" + " " * 1400 + "n" + " " * 1400 + "x"])
def test_thousands_of_spaces_after_a_number_hold_nobody_up(text: str) -> None:
    before = time.process_time()
    assert point_in(text) is None
    assert time.process_time() - before < 0.1


@given(st.text(alphabet="0123456789., /@!?&=qd34google.com/mapshtp:geo", max_size=400))
def test_any_text_is_answered(text: str) -> None:
    found = point_in(text)
    assert found is None or (5 < found.latitude < 21 and 97 < found.longitude < 106)
    assert not (found is not None and has_unread_link(text))
