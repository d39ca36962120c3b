"""How alike two reports are: words by the letters they share, photos by their fingerprints."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.places.likeness import are_same_photo, learn, likeness as alike, likenesses


@pytest.mark.parametrize(
    ("same", "again", "other"),
    [
        ("ถนนเป็นหลุมใหญ่หน้าตลาด", "หน้าตลาดถนนเป็นหลุมลึกมาก", "สะพานข้ามคลองทรุด"),
        ("ไฟถนนดับทั้งซอย 12", "ซอย12 ไฟถนนดับครับ", "เสาไฟเอียงจะล้ม"),
        ("น้ำท่วมขังซอยเทศบาล", "นํ้าท่วมขังซอยเทศบาล", "ท่วมบ่อยตอนฝนตกหน้าโรงเรียน"),
    ],
)
def test_the_same_problem_in_other_words_is_more_alike_than_another_problem(same: str, again: str, other: str) -> None:
    assert alike(same, again) > 0.15 > alike(same, other)


def test_politeness_and_blanks_make_nothing_alike() -> None:
    assert alike("ช่วยซ่อมถนนที่พังให้หน่อยครับ ขอบคุณครับ", "ไฟทางดับหมดเลย รบกวนด้วยนะคะ ขอบคุณค่ะ") < 0.15
    assert alike("", "ถนนพัง") == alike("กข", "ถนนพัง") == alike("😀😀😀", "😀😀😀") == 0


@given(st.text(), st.text())
def test_any_two_texts_are_compared_the_same_both_ways(some: str, other: str) -> None:
    assert alike(some, other) == pytest.approx(alike(other, some))
    assert 0 <= alike(some, other) <= 1.000001


@given(st.text(), st.lists(st.text(alphabet="¶ กขคนี่้า1a.") | st.text(), max_size=8))
def test_many_texts_are_compared_as_each_of_them_alone(text: str, others: list[str]) -> None:
    assert likenesses(text, others) == pytest.approx([alike(text, other) for other in others])


def test_near_copies_of_a_photo_are_known_and_blank_ones_are_not() -> None:
    assert are_same_photo("f0f0a5a51234abcd", "f0f0a5a51234abcf")
    assert not are_same_photo("f0f0a5a51234abcd", "0f0f5a5aedcb5432")
    assert not are_same_photo("0000000000000000", "0000000000000001")
    assert not are_same_photo("", "f0f0a5a51234abcd")


def test_what_is_rare_counts_more_and_is_learnt_from_texts_alone() -> None:
    rarity = learn(["ถนนพัง", "ถนนเป็นหลุม", "ถนนลื่น"])
    assert rarity.dtype.name == "uint8"
    assert sorted({int(value) for value in rarity}) == [0, 6, 18]
