"""Places in residents' words: the phrase as written, careful rather than clever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies as st

from bot import profiles
from bot.places.words import cannot_send, is_here, is_unknown, place_in, put_right, says_no_place

#: What stands after a word of position: หน้าวัด, ข้างตลาด.
LANDMARKS = (
    "วัด", "ตลาด", "ห้าง", "โรงเรียน", "โรงพยาบาล", "รพ.", "สถานี", "ปั๊ม", "สนามกีฬา", "ธนาคาร", "คอนโด", "สี่แยก", "วงเวียน",
    "โลตัส", "บิ๊กซี",
)  # fmt: skip
NAMES = {name for place in profiles.load("rangsit").places for name in (place.name_th, *place.also.split("|"))}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("น้ำประปาแดง ซอยรังสิต-นครนายก 46 ช่วยด้วย", "ซอยรังสิต-นครนายก 46"),
        ("ขยะกองใหญ่หน้าตลาดพรพัฒน์ ไม่มีใครมาเก็บ 4 วันแล้ว", "หน้าตลาดพรพัฒน์"),
        ("ไฟดับ หมู่ 2", "หมู่ 2"),
        ("ขยะกองหน้าตลาดพรพัฒน์ไม่มีใครเก็บ", "หน้าตลาดพรพัฒน์"),
        ("รถติดหน้าตลาดมีนบุรีทุกวัน", "หน้าตลาดมีนบุรี"),
        ("หลุมใหญ่หน้าเซเว่นช่วยมาซ่อมที", "หน้าเซเว่น"),
        ("ไฟดับที่ ซ.๔๖", "ซ.๔๖"),
        ("ท่อแตก ตรงข้ามโรงเรียนธัญบุรี", "ตรงข้ามโรงเรียนธัญบุรี"),
        ("คลอง 2 น้ำเน่ามาก", "คลอง 2"),
        ("red water at Soi Rangsit 46", "Soi Rangsit 46"),
        ("garbage near Future Park", "near Future Park"),
        ("ซอย 5 ซอย 5", "ซอย 5"),
        ("ซ.รังสิต-นครนายก 46", "ซ.รังสิต-นครนายก 46"),
        ("ไฟดับ ม.5", "ม.5"),
        ("ซอย 5 ฟุตบาทพัง", "ซอย 5"),
        ("คลอง 2 จุดกลับรถ", "คลอง 2"),
        ("ไฟดับซอย 5 ชั้น 2", "ซอย 5"),
        ("หน้าวัดบางขวางมืด", "หน้าวัดบางขวาง"),
        ("หน้าวัดเขาพระงาม", "หน้าวัดเขาพระงาม"),
        ("หน้าโรงพยาบาลเด็กมีหลุม", "หน้าโรงพยาบาลเด็ก"),
        ("หน้าวัดบารมีเสียงดัง", "หน้าวัดบารมี"),
    ],
)
def test_a_named_place_is_found_as_written(text: str, place: str) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "", "น้ำประปาแดงมาก", "ถนนพังมา 3 เดือนแล้ว", "ซอยบ้านผมมืดมา 2 วัน", "ถนนพัง 3 หลุม", "รถติดตั้งแต่ 7 โมง",
        "โทร 0812345678", "น้ำไม่ไหล 4 ชั่วโมง", "ต้นไม้ล้ม 2 ต้น", "behind schedule", "near the market", "soi is dark",
        "ขยะหน้าตลาดไม่มีใครมาเก็บ 4 วันแล้ว", "ถนนหน้าโรงเรียนเป็นหลุมลึกมาก", "น้ำท่วมหน้าวัด",
        "หมู่บ้านเสียงดัง 24 ชม", "ซอย 30 วันแล้ว", "ซอยแคบ 12 ฟุต", "น้ำท่วมซอย 30 ซม.",
        "น้ำท่วมถนน 20 เซน", "ถนนพัง 15 จุด", "ซอยพัง 10 แห่ง",
        "ข้างวัดเสียงดังตอนกลางคืน", "หน้าตลาดมีแม่ค้าวางของ", "หน้าตลาดมีนักเลง",
        "หน้าโรงเรียนเด็กข้ามถนน", "หน้าวัดมืด", "หน้าวัดเขาเปิดเพลงดัง",
    ],
)  # fmt: skip
def test_a_number_without_a_place_is_none(text: str) -> None:
    assert place_in(text) == ""


@pytest.mark.parametrize("name", sorted(name for name in NAMES if name.startswith(LANDMARKS)))
def test_the_name_of_every_landmark_of_a_town_is_found_whole(name: str) -> None:
    name = name.replace("ปั๊ม ", "ปั๊ม").split()[0].rstrip(".")  # names are found up to their first blank
    assert place_in(f"หน้า{name} มืด") == f"หน้า{name}"


@pytest.mark.parametrize(
    "text",
    [
        "ไม่ทราบ", "ไม่รู้ค่ะ", "ไม่แน่ใจเหมือนกัน", "จำไม่ได้", "don't know", "I do not know", "not sure", "no idea",
        "ไม่ทราบชื่อซอยค่ะ",
        "ไม่รู้ว่าอยู่ตรงไหนครับ", "ก็ไม่รู้สิ", "ยายไม่รู้หรอกลูก", "ตำแหน่งไม่ทราบค่ะ", "ไม่ทราบ ไม่แน่ใจ", "ไม่ทราบเลขผู้ใช้น้ำ",
        "I'm not sure.",
        "Sorry, I don't know where it is",
    ],
)  # fmt: skip
def test_not_knowing_is_heard(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize(
    "text",
    [
        "ไม่รู้ใครเอามาทิ้ง เหม็นมาก", "ไม่รู้ว่าบ้านใคร เจ้าของไม่อยู่", "ไม่รู้จะอยู่ไปทำไม", "ไม่แน่ใจว่าไฟจะลามไหม", "ไม่ทราบว่าจะมาเมื่อไร",
        "not sure who dumped it",
    ],
)  # fmt: skip
def test_a_sentence_that_only_begins_with_not_knowing_says_something_else(text: str) -> None:
    assert not is_unknown(text)
    assert says_no_place(text)


@pytest.mark.parametrize(
    "text", ["หน้าวัดเขียนเขต", "ไม่รู้ชื่อซอย แต่อยู่หน้าวัดเขียนเขต", "ซอย 5", "", "ที่บ้าน", "ไม่รู้ซอยอะไร หลังร้านเจ๊แดง"]
)
def test_a_place_is_not_taken_for_not_knowing(text: str) -> None:
    assert not is_unknown(text)


@pytest.mark.parametrize(
    ("text", "before", "place"),
    [
        ("ไม่ใช่ เป็นซอย 5", "ซอยรังสิต-นครนายก 46", "ซอย 5"),
        ("ไม่ใช่ซอย 15 ค่ะ ซอย 16", "ซอยรังสิต-ปทุมธานี 15", "ซอย 16"),
        ("ซอย 16 ไม่ใช่ซอย 15", "ซอย 15", "ซอย 16"),
        ("not soi 15, soi 16", "soi 15", "soi 16"),
        ("ไม่ใช่ซอย 15", "ซอย 15", ""),
        ("ไม่ใช่ครั้งแรกนะ ซอย 5 ก็เป็น", "ซอย 6", ""),
        ("รถจอดผิดกฎหมายหน้าซอย 5", "ซอย 6", ""),
        ("ซอย 5 ก็มืด", "ซอย 6", ""),
    ],
)
def test_a_place_is_put_right_only_where_the_words_say_so(text: str, before: str, place: str) -> None:
    assert put_right(text, before) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ไฟถนนดับทั้งซอย 5", "ซอย 5"),
        ("ถนนเป็นหลุมหน้าซอย 8", "ซอย 8"),
        ("ไฟถนนพหลโยธิน 87 ดับ", "ถนนพหลโยธิน 87"),
        ("ถนนหน้าเมือง 3", "ถนนหน้าเมือง 3"),
    ],
)
def test_what_is_wrong_with_a_road_is_no_name_of_it(text: str, place: str) -> None:
    assert place_in(text) == place


def test_a_soi_beside_something_is_a_place_and_a_light_that_is_out_is_none() -> None:
    assert says_no_place("ไม่ติด") and says_no_place("สองดวง")
    assert not says_no_place("ซอยติดวัด") and not says_no_place("ต้นที่สอง")


@given(st.text(max_size=3000))
def test_any_text_is_read_quickly_and_never_fails(text: str) -> None:
    started = time.monotonic()
    found = place_in(text)
    assert len(found) <= 120
    assert is_unknown(text) in (True, False)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "ซอย" * 1500, "ซอย " + "ก" * 4000, "ถนน" + " " * 4000 + "1", "near " * 1000, "หน้าวัด" * 700, "มืด" + "มาก" * 1500,
        "ไม่ใช่" + " " * 1300 + "x" + " ซอย 5" * 110,
    ],
)  # fmt: skip
def test_no_text_stands_the_bot_still(text: str) -> None:
    started = time.monotonic()
    place_in(text)
    put_right(text, "ซอย 5")
    assert (is_here(text), cannot_send(text)) == (False, False)
    assert says_no_place(text) in (True, False)
    assert time.monotonic() - started < 1
