"""What the people of the story write is understood as they mean it; context makes the difference."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.understanding import Context, as_report, understand, versions
from bot.understanding.sentences import own_sentences


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("น้ำประปาที่บ้านเป็นสีแดงมา 3 วันแล้ว ซอยรังสิต-นครนายก 46", "tap_water_quality"),
        ("น้ำก๊อกออกมาสีน้ำตาลแดงตั้งแต่เมื่อคืนครับ", "tap_water_quality"),
        ("ขยะกองใหญ่ไม่มีคนมาเก็บหลายวันแล้ว หน้าวัดเขียนเขต ซอยรังสิต-นครนายก 52 ตรงข้ามเซเว่น", "garbage"),
        ("รถติดมากเลยครับ สัญญาณไฟแยกหน้าตลาดรังสิตเสีย", "traffic"),
        ("ไฟถนนดับหลายดวงในซอยพหลโยธิน 87", "street_light"),
        ("there is a huge pothole in front of our house", "road"),
    ],
)
def test_a_plain_report_is_understood_without_asking(text: str, code: str) -> None:
    found = understand(text)
    assert found.intent == "report"
    assert found.categories[0].code == code
    assert not found.unsure
    assert not found.emergency


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("เรื่องน้ำแดงถึงไหนแล้ว", "status_question"),
        ("RS-6911-00042", "status_question"),
        ("ยกเลิก", "cancel"),
        ("ไม่แจ้งแล้ว", "cancel"),
        ("คุยกับเจ้าหน้าที่", "human"),
        ("สวัสดี", "greeting"),
        ("l;ylfu", "greeting"),
        ("ขอบคุณ", "thanks"),
        ("เก็บขยะวันไหนคะ", "question"),
        ("อยากกินน้ำแดงโซดาเย็นๆ", "chitchat"),
        ("ไอ้ควาย", "abuse"),
    ],
)
def test_what_is_no_report_makes_none(text: str, intent: str) -> None:
    found = understand(text)
    assert found.intent == intent
    assert found.categories == ()
    assert len(found.alternatives) == 3


def test_not_yet_is_a_comment_of_somebody_who_waits() -> None:
    assert understand("ยังไม่มาเลย", Context(has_open_tickets=True)).intent == "follow_up"


def test_a_house_is_an_answer_when_we_asked_for_it() -> None:
    assert understand("บ้านสีเขียวค่ะ", Context(question_pending=True)).intent == "follow_up"


def test_a_pressed_button_makes_any_text_a_report() -> None:
    found = as_report("สวัสดี")
    assert found.intent == "report"
    assert found.categories
    assert found.unsure


@pytest.mark.parametrize(
    ("text", "hotline"),
    [
        ("ไฟไหม้บ้านในซอย 12 ช่วยด้วย", "fire"),
        ("สายไฟขาดตกลงมา มีประกายไฟอยู่กลางถนน", "pea"),
        ("รถชนกัน มีคนเจ็บเลือดออกเยอะมาก", "ems"),
        ("มีคนถือมีดไล่แทงกันหน้าตลาด", "police"),
        ("อยากตาย จะฆ่าตัวตายคืนนี้", "mind"),
        ("เด็กตกท่อ ช่วยด้วย", "ems"),
        ("ไฟดับ คนติดอยู่ในลิฟต์", "fire"),
        ("ไฟดับติดอยู่ในลิฟต์", "fire"),
        ("ไฟดับแล้วมีคนติดอยู่ในห้อง", "fire"),
        ("we are stuck in the elevator", "fire"),
        ("house is burning", "fire"),
        ("ไฟไหมบ้าน", "fire"),
        ("ไฟไหม่หลังบ้าน", "fire"),
        ("มีศพลอยในคลอง", "police"),
        ("a dog bit my son", "ems"),
        ("my father has chest pain", "ems"),
        ("my mother fell and cannot get up", "ems"),
        ("tree has fallen on a car, people inside trapped", "fire"),
        ("ฟันหัก เลือดไหลไม่หยุด", "ems"),
        ("โดนเหล็กแทงขา เลือดออกมาก", "ems"),
        ("มีดบาดมือ เลือดไหลไม่หยุด", "ems"),
        ("สายไฟขาดตกลงมา มีประกายไฟ ชุมชนเทพธัญญา", "pea"),
        ("สายไฟขาดพาดถนน มีประกายไฟ หน้าบริษัท รังสิตการช่าง จำกัด", "pea"),
        ("สายไฟขาดห้อยลงมา มีประกายไฟ ประชาชนเดินผ่านเยอะ", "pea"),
        ("There is a problem, live wire down on the road", "pea"),
        ("รถชนในชุมชน คนติดในรถ ช่วยด้วย", "ems"),
        ("หมากัดเด็กในชุมชน", "ems"),
        ("he was robbed, he has a gun", "police"),
        ("โดนซ้อมอยู่ มาช่วยหน่อยครับ", "police"),
        ("ลูกชายโดนรุมกระทืบหน้าโรงเรียน", "police"),
        ("เพื่อนถูกบีบคออยู่ในห้อง", "police"),
        ("ไฟไหม้ สนามกีฬา รถดับเพลิงอยู่ไหน", "fire"),
        ("ไฟไหม้ตลาดแล้ว รถดับเพลิงมาหรือยัง", "fire"),
        ("ไฟไหม้ โทรเบอร์อะไร ซอย 12 หลังวัด", "fire"),
        ("fire", "fire"),
        ("fire!!", "fire"),
        ("คนเมาขับรถชนคนเจ็บ", "ems"),
        ("พ่อหัวใจวาย", "ems"),
        ("i want to die", "mind"),
        ("ไม่อยากตื่นมาอีกแล้ว เขียนจดหมายลาไว้แล้ว", "mind"),
    ],
)
def test_danger_is_heard_and_the_right_number_given(text: str, hotline: str) -> None:
    found = understand(text)
    assert found.emergency
    assert found.hotline == hotline
    assert found.intent == "report"


@pytest.mark.parametrize(
    "text",
    [
        "สายไฟหล่นลงมากลางซอย เกรงว่าจะเป็นอันตราย",
        "สายไฟขาดหน้าบ้าน กลัวไฟดูดเด็ก",
        "ต้นไม้ล้มพาดสายไฟหน้าหมู่บ้าน",
        "power line fell on our street",
        "คนปีนราวสะพานลอยจะกระโดด หน้าตลาด รีบมา",
    ],
)
def test_what_has_happened_or_is_about_to_is_danger_whatever_is_feared(text: str) -> None:
    assert understand(text).emergency


@pytest.mark.parametrize(
    "text",
    [
        "กลัวสายไฟจะขาดลงมา ห้อยมาก",
        "สายไฟที่ขาดช่างมาซ่อมแล้ว",
        "ต้นไม้ใกล้สายไฟ กลัวจะล้มทับบ้าน",
        "จะรอให้มีคนเจ็บก่อนหรือถึงจะซ่อมถนน",
        "ตะแกรงท่อผุ เด็กอาจตกลงไปได้",
        "แมวจรมาคลอดลูกบนหลังคา 4 ตัว",
    ],
)
def test_what_may_fall_or_fell_before_is_no_danger_now(text: str) -> None:
    assert not understand(text).emergency


@pytest.mark.parametrize(
    "text",
    [
        "ฉันอยากตาย",
        "ไม่ไหวแล้ว อยากตาย",
        "ไม่อยากมีชีวิตอยู่ต่อแล้ว",
        "อยากตาย",
        "ผมอยากตาย",
        "อยากตาย อยู่บ้านเลขที่ 555",
        "อยากตาย ขำไม่ออก",
        "555 แต่เราอยากตายจริงๆ",
        "ไม่อยากอยู่แล้ว",
    ],
)
def test_who_does_not_want_to_live_is_believed(text: str) -> None:
    found = understand(text)
    assert found.emergency
    assert found.hotline == "mind"


@pytest.mark.parametrize(
    "text",
    [
        "ทำงานเหนื่อยจนอยากตาย 555",
        "อยากตาย 555",
        "ผมอยากตาย ฮ่าๆ",
        "อยากตาย 😂",
        "555 อยากตาย",
        "ฉันอยากตายกับการบ้าน",
        "ฮ่าๆ อยากตาย สอบตก",
    ],
)
def test_who_says_how_tired_they_are_and_laughs_is_in_no_danger(text: str) -> None:
    assert not understand(text).emergency


def test_nobody_of_the_corpus_who_only_talks_so_is_in_danger() -> None:
    talk = [said.text for said in own_sentences() if "อยากตาย" in said.text and not said.emergency]
    assert talk
    assert [text for text in talk if understand(text).emergency] == []


def test_a_child_that_does_not_want_to_live_is_no_animal() -> None:
    found = understand("หนูไม่อยากอยู่แล้ว")
    assert found.hotline == "mind"
    assert found.categories[0].code in ("safety", "welfare")
    assert "animals" not in [guess.code for guess in found.categories]
    assert len({guess.code for guess in found.alternatives}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "มีไฟไหม", "ที่บ้านมีไฟไหมคะ", "ไฟถนนติดอยู่ตลอดกลางวัน", "ศพหมาลอยในคลอง", "ลิฟต์อาคารเทศบาลเสีย", "เผาศพวัดควันดำลงบ้าน",
        "the house is burning plastic every evening", "a dog bit my son last year", "dead body of a dog in the canal",
        "เดือนที่แล้วมีคนโดนซ้อมแถวนี้", "ในหนังพระเอกโดนรุมซ้อม", "อ่านข่าวคนถูกทุบตีแล้วสงสาร",
        "ไฟไหม้โทรเบอร์อะไร", "ฝันว่าไฟไหม้", "หัวใจวายแล้วเห็นบิล",
    ],
)  # fmt: skip
def test_what_only_sounds_like_danger_is_none(text: str) -> None:
    assert not understand(text).emergency


@pytest.mark.parametrize(
    "text",
    [
        "สถานีดับเพลิงอยู่ไหน", "where is the fire station", "fire station phone number", "free fire", "ชวนเล่น Free Fire",
        "ระเบิดหู", "ข้างบ้านเปิดเพลงดังระเบิดหู", "ซ้อมหนีไฟ", "วันนี้มีซ้อมหนีไฟที่โรงเรียน", "fire drill tomorrow", "เพลงไฟไหม้",
        "ขอเพลงไฟไหม้หน่อย", "เห็นไฟไหมครับ",
    ],
)  # fmt: skip
def test_what_only_has_a_name_of_danger_is_none(text: str) -> None:
    assert not understand(text).emergency


@pytest.mark.parametrize(
    "text",
    [
        "free fire ไฟไหม้จริง", "เล่น free fire อยู่ ไฟไหม้บ้านข้างๆ", "fire station is on fire", "call the fire station now",
        "the house next to the fire station is burning", "this is not a fire drill", "สถานีดับเพลิงอยู่ไหน ไฟไหม้บ้าน",
        "ไม่ใช่ซ้อมหนีไฟ ไฟไหม้จริง", "ซ้อมหนีไฟแล้วมีคนหมดสติ", "ร้านเพลงไฟไหม้", "กำลังฟังเพลง ไฟไหม้บ้านข้างๆ", "ปิดเพลง ไฟไหม้",
        "หม้อแปลงระเบิดเสียงดังระเบิดหู", "หม้อแปลงระเบิด หูอื้อ", "แก๊สระเบิด หูหนวก", "เห็นไฟไหม้ครับ", "เห็นไฟไหม้ไหมครับ",
        "เปิดเพลงอยู่ ไฟไหม้", "ไฟไหม้ ขอเบอร์สถานีดับเพลิง", "เห็นไฟไหมบ้านข้างๆ",
    ],
)  # fmt: skip
def test_a_danger_beside_such_a_name_rings_all_the_same(text: str) -> None:
    assert understand(text).emergency


def test_few_words_that_fit_no_category_are_asked_about() -> None:
    assert as_report("มันเสียแล้วค่ะ").unsure


@pytest.mark.parametrize("text", ["รถติด ไม่มีคนเจ็บ", "ยังมีควันอยู่", "กลัวเด็กตกท่อ ฝาท่อหาย", "รถติดจะตายอยู่แล้ว", "ขำจะตาย 555"])
def test_fear_denial_and_exaggeration_are_no_danger(text: str) -> None:
    found = understand(text)
    assert not found.emergency
    assert found.hotline is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("น้ำแดงค่ะ", "th"),
        ("no water today", "en"),
        ("ရေမလာဘူး", "my"),
        ("ນ້ຳບໍ່ໄຫຼ", "lo"),
        ("ទឹកមិនហូរ", "km"),
        ("没有水", "other"),
        ("น้ำไม่ไหลที่ condo Plum Condo Park", "th"),
        ("😡", "th"),
    ],
)
def test_the_language_is_known_by_its_script(text: str, language: str) -> None:
    assert understand(text).language == language


def test_the_officer_sees_the_words_that_decided() -> None:
    assert "ขยะ" in "".join(understand("รบกวนด้วยนะคะ กองขยะเหม็นมากหน้าบ้าน").because)


def test_two_problems_are_both_named() -> None:
    codes = [guess.code for guess in understand("ไฟทางดับ แล้วถนนก็เป็นหลุมเป็นบ่อ").categories]
    assert set(codes) >= {"street_light", "road"}


def test_many_threads_may_ask_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_current", versions._Current())
    together = threading.Barrier(8)

    def ask(_: int) -> str:
        together.wait(timeout=10)
        return understand("ขยะล้นถัง").categories[0].code

    with ThreadPoolExecutor(8) as people:
        assert set(people.map(ask, range(8))) == {"garbage"}
