"""Tablets by the dozen, and a smell of gas that is felt, are danger; what is taken as usual or denied is none."""

import pytest

from bot.understanding import understand
from bot.understanding.poisoning import is_poisoning
from bot.understanding.reading import read
from bot.understanding.sentences import own_sentences


@pytest.mark.parametrize(
    "text",
    [
        "หนูกินพาราไป 40 เม็ด กลัวแล้ว", "กินยานอนหลับไป 20 เม็ด", "เพื่อนกินยาพาราเซตามอลไปสามสิบเม็ด", "แม่กินยาความดันไปทั้งแผง",
        "กินไป 30 เม็ดเลยยาแก้ปวด", "ลูกกลืนยาไปทั้งขวด", "น้องอายุ 15 ปี กินพาราไป 40 เม็ด", "กินพาราไป 40 เม็ด ไม่อยากไปหาหมอ",
        "หนูกินยามา 30 เม็ด", "กินพารา ๔๐ เม็ด จะตายไหม", "i took 40 paracetamol", "she swallowed 30 sleeping pills",
        "my friend took a whole bottle of pills", "i took 40 pills i need a doctor",
    ],
)  # fmt: skip
def test_who_has_swallowed_far_too_many_tablets_is_in_danger(text: str) -> None:
    found = understand(text)
    assert found.emergency
    assert found.hotline == "ems"
    assert found.intent == "report"


@pytest.mark.parametrize(
    "text",
    [
        "gas smell very strong, we feel dizzy", "strong smell of gas in the building, my mother is dizzy",
        "we feel dizzy, smells like gas", "gas smell started 10 minutes ago everyone dizzy",
        "gas smell, dizzy, no joke",
        "กลิ่นแก๊สแรงมาก เวียนหัว", "เวียนหัวกันหมด ได้กลิ่นแก้สจากร้านข้างๆ กลัวระเบิด", "ได้กลิ่นก๊าซในซอย หายใจไม่ค่อยออกแล้ว",
    ],
)  # fmt: skip
def test_a_smell_of_gas_that_is_felt_is_danger(text: str) -> None:
    found = understand(text)
    assert found.emergency
    assert found.hotline == "fire"
    assert found.intent == "report"


def test_who_took_them_in_order_to_die_is_listened_to_first() -> None:
    assert understand("ไม่อยากอยู่แล้ว กินพาราไป 40 เม็ด").hotline == "mind"


def test_a_child_that_took_them_is_no_animal() -> None:
    found = understand("หนูกินพาราไป 40 เม็ด กลัวแล้ว")
    assert "animals" not in [guess.code for guess in found.categories]
    assert found.categories[0].code in ("safety", "welfare")


AS_USUAL = (
    "กินพาราไปเม็ดนึง", "กินพาราไป 2 เม็ด", "กินยาวันละ 12 เม็ด", "หมอให้กินยา 14 เม็ด", "ซื้อพารามา 40 เม็ด", "กินทุเรียนไป 10 เม็ด",
    "เดือนนี้กินพาราไป 20 เม็ดแล้ว", "ขอยาพารา 20 เม็ดที่ศูนย์สาธารณสุขได้ไหม", "took 20 tablets a day as prescribed",
    "no gas smell", "no gas smell here, nobody is dizzy", "gas smell yesterday made us dizzy",
    "gas smell but nobody is dizzy",
    "กลิ่นขยะเหม็นจนเวียนหัว", "กลิ่นแก๊สจากบ่อขยะ เวียนหัวทุกวัน", "แก๊สหมด", "where can i buy gas",
)  # fmt: skip
#: These ring by what was learnt, for nothing; not by the rules of this page.
LEARNT = (
    "กินพาราแล้วไม่หาย", "กินยาครบ 30 เม็ดแล้วยังไม่หาย", "กินยาพารา 500 2 เม็ด", "กินยาหมดแผงแล้วไม่หาย", "i took 2 pills",
    "ไม่มีกลิ่นแก๊สแล้ว หายเวียนหัวแล้ว", "ข้างบ้านกินยาดองหลายขวดแล้วเปิดเพลงดัง", "ลูกกินยาคูลท์ไปสองขวด",
)  # fmt: skip


@pytest.mark.parametrize("text", AS_USUAL)
def test_tablets_as_they_are_taken_and_no_gas_that_is_felt_now_are_no_danger(text: str) -> None:
    assert not understand(text).emergency


@pytest.mark.parametrize("text", AS_USUAL + LEARNT)
def test_the_rules_themselves_ring_for_none_of_them(text: str) -> None:
    assert not is_poisoning(read(text).text)


def test_of_our_own_sentences_they_ring_for_dangers_only() -> None:
    rung = [said for said in own_sentences() if is_poisoning(read(said.text).text)]
    assert rung
    assert [said.text for said in rung if not said.emergency] == []
