"""Places by name: as people type them, with slips; careful where a number or a word could mean something else."""

from __future__ import annotations

import pytest

from bot import profiles
from bot.places.gazetteer import Found, Gazetteer, Named
from bot.places.spelling import skeleton, without_house_number

RANGSIT = Gazetteer(
    Named(
        place.code,
        place.name_th,
        place.name_en,
        place.kind,
        tuple(place.also.split("|")) if place.also else (),
        place.road,
        place.number,
        place.lat,
        place.lon,
        place.accuracy_m or 0,
    )
    for place in profiles.load("rangsit").places
)


def codes(found: Found) -> list[str]:
    return [place.code for place in found.here]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ซ.รังสิต-นครนายก 46", "rn_46"),
        ("ไฟดับซอยรังสิตนครนายก๔๖ มืดมาก", "rn_46"),
        ("ซอย 46 ถนนรังสิต-นครนายก", "rn_46"),
        ("ซอยรังสิต-นครนายค 46", "rn_46"),
        ("Soi Rangsit-Nakhon Nayok 46", "rn_46"),
        ("น้ำท่วมรังสิต-ปทุมธานี 14 ซอย 5", "rp_14_5"),
        ("ซอย 5 รังสิต-ปทุมธานี 14", "rp_14_5"),
        ("ซอย ๘๗ พหลโยธิน", "phy_87"),
        ("หลังฟิวเจอร์", "future"),
        ("near Future Park", "future"),
        ("คลองสอง", "khlong_2"),
        ("ขยะลอยในคลอง 2", "khlong_2"),
        ("ม.รัตนโกสินทร์200ปี", "v_200"),
        ("หมู่บ้านรัตนโกสิน ๒๐๐ ปี", "v_200"),
        ("หน้า รร.ดวงกมล", "duangkamol"),
        ("โรงเรียนดวงกมน", "duangkamol"),
        ("บ้านเอื้ออาธร คลอง1", "com_39"),
        ("ไฟทางดับแถวปากคลองหนึ่ง", "mouth_1"),
        ("ถนนในหมู่บ้านเมืองเอกเป็นหลุม", "v_mueang_ek"),
        ("ม.เมืองเอก โครงการ 4", "v_mueang_ek"),
        ("หน้ามหาวิทยาลัยรังสิต", "rsu"),
        ("หน้า ม.รังสิต ไฟดับ", "rsu"),
        ("มอรังสิต", "rsu"),
        ("ม.ธรรมศาสตร์ รังสิต", "tu"),
        ("ม.รัตนโกสินทร์สองร้อยปี", "v_200"),
        ("หน้าห้างเซียร์", "zeer"),
        ("ตลาดสี่มุมเมือง", "si_mum_mueang"),
        ("สถานีรังสิต", "station"),
        ("รพ.เปาโล รังสิต", "paolo"),
        ("รพ.ปทุมเวช", "pathumvech"),
        ("ดรีมเวิลด์", "dreamworld"),
        ("คลองเจ็ด", "khlong_7"),
        ("ซอยสี่สิบหก", "rn_46"),
        ("ซ.สามสิบ", "rn_30"),
        ("ซอยรังสิตนครนายกสี่สิบหก", "rn_46"),
        ("รังสิต-นครนายก ห้าสิบสี่ ไฟดับ", "rn_54"),
        ("ซอยร้อยยี่สิบเอ็ด พหลโยธิน", "phy_121"),
        ("คลองห้ามืดมาก", "khlong_5"),
        ("คลองสองสามัคคี", "com_47"),
        ("คลอง 1-2", "between_1_2"),
    ],
)
def test_a_place_is_found_as_people_type_it(text: str, code: str) -> None:
    assert codes(RANGSIT.find(text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "ถนนเป็นหลุมใหญ่มาก",
        "ขุดคลอง 2 วันแล้วยังไม่เสร็จ",
        "น้ำไม่ไหลมา 46 ชั่วโมง",
        "ซอยรังสิต-นครนายก 999",
        "โทร 0812345678 ด่วน",
        "อยู่ตรงหน้าบ้าน",
        "ซอยห้าร้อยเมตร",
        "น้ำท่วมซอยสิบสองวันแล้ว",
        "จังหวัดร้อยเอ็ด",
        "ม.รังสิตวิลล่า",
        "มรังสิต",
        "คลองสามวา",
        "คลองห้าง",
        "คลองสิบสอง",
        "คลอง 12",
        "",
        "🙏" * 50,
    ],
)
def test_what_names_no_place_finds_none(text: str) -> None:
    assert codes(RANGSIT.find(text)) == []


def test_a_soi_number_that_exists_twice_is_a_choice() -> None:
    assert set(codes(RANGSIT.find("ซอย 8 น้ำท่วม"))) == {"rn_8", "rp_8"}
    assert codes(RANGSIT.find("ซอย 8 น้ำท่วม ถนนรังสิต-ปทุมธานี")) == ["rp_8"]


def test_a_spoken_number_is_the_number() -> None:
    assert set(codes(RANGSIT.find("ซอยสิบสอง"))) == {"rn_12", "rp_12"}
    spoken = {"สิบ": 10, "สิบเอ็ด": 11, "ยี่สิบ": 20, "ยี่สิบเอ็ด": 21, "เก้าสิบเก้า": 99, "ร้อยห้า": 105, "สองร้อยสิบ": 210}
    for words, number in spoken.items():
        assert skeleton(f"ซอย{words}") == skeleton(f"ซอย {number}")


@pytest.mark.parametrize("name", ["สามัคคี", "ห้ามจอด", "สองพี่น้อง", "เก้าอี้", "แปดริ้ว", "หกล้ม", "สามวา", "สี่แยก"])
def test_a_word_that_begins_like_a_number_is_none(name: str) -> None:
    assert not any(letter.isdigit() for letter in skeleton(f"ซอย{name}"))
    assert codes(RANGSIT.find(f"ซอย{name}")) == []


def test_a_comparison_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.places.gazetteer._PATIENCE", 1e-9)
    assert RANGSIT.find("หน้าโรงเรียนดวงกมน " + "โรงเรียนดวกมน" * 30) == Found()


def test_a_name_is_not_taken_for_another_that_ends_like_many() -> None:
    assert not RANGSIT.find("บ้านรังสิต").names


def test_a_landmark_beside_a_soi_is_no_second_place() -> None:
    assert codes(RANGSIT.find("ซอยรังสิต-นครนายก 46 ใกล้คลองสอง")) == ["rn_46"]


def test_a_text_with_ten_places_offers_none() -> None:
    text = "ตลาดรังสิต ฟิวเจอร์ เปาโล สะพานแดง วัดแสงสรรค์ ดรีมเวิลด์ คลองสาม ซอยรังสิต-นครนายก 46 รร.ดวงกมล ปทุมเวช"
    found = RANGSIT.find(text)
    assert found.here == ()
    assert len(found.names) >= 9


def test_a_name_whose_place_is_not_known_is_known_and_not_offered() -> None:
    found = RANGSIT.find("ชุมชนมิตรสัมพันธ์ ไฟดับ")
    assert found.here == ()
    assert [place.code for place in found.names] == ["com_40"]
    assert [place.code for place in RANGSIT.find("หน้าตลาดพูนทรัพย์").names] == ["market_phunsap"]


def test_an_exact_name_is_told_from_one_with_slips() -> None:
    assert RANGSIT.find("หน้าโรงเรียนดวงกมล").is_exact
    assert not RANGSIT.find("หน้าโรงเรียนดวงกมน").is_exact


def test_a_text_of_any_length_is_answered() -> None:
    assert RANGSIT.find("ก" * 100_000 + " ซอย 46").here == ()
    assert RANGSIT.find("ซอย" * 5_000).here == ()


def test_one_name_has_one_skeleton_however_it_is_typed() -> None:
    forms = ("ซอยรังสิต-นครนายก 46", "ซ.รังสิต - นครนายก ๔๖", "ซอย รังสิตนครนายก46")
    assert len({skeleton(form) for form in forms}) == 1
    assert skeleton("ซอย 46 2 วัน") != skeleton("ซอย 462 วัน")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("บ้านเลขที่ 12/34 ซอยรังสิต-นครนายก 46", "ซอยรังสิต-นครนายก 46"),
        ("99/1 หมู่บ้านวรุณพร", "หมู่บ้านวรุณพร"),
        ("เลขที่ ๑๕ หน้าวัดแสงสรรค์", "หน้าวัดแสงสรรค์"),
        ("ซอยรังสิต-นครนายก 3/1", "ซอยรังสิต-นครนายก 3/1"),
    ],
)
def test_a_house_number_is_taken_out_and_a_sois_stays(text: str, left: str) -> None:
    assert without_house_number(text) == left
