"""People write a thing in several messages: none of them is lost, and none becomes a report by accident."""

from __future__ import annotations

import pytest

from models import Media, Message
from tests.talking import Person, Rangsit

NUMBER = "RS-6911-00001"


def comments(town: Rangsit) -> list[str | None]:
    return [message.text for message in town.every(Message, kind="comment")]


@pytest.mark.parametrize("words", ["อยู่หน้าร้านก๋วยเตี๋ยว", "แย่มาก", "อันนี้ฝั่งซ้ายนะ", "บ้านสีฟ้า"])
def test_what_is_written_right_after_an_addition_belongs_to_it_too(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ถนนเป็นหลุมใหญ่มาก")
    nok.reports("ขยะไม่มาเก็บเลย")
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("หลุมลึกประมาณ 30 เซน")
    nok.reads_on()
    nok.sends(words)
    nok.sees(f"เพิ่มในเรื่อง {number}")
    assert comments(town) == ["หลุมลึกประมาณ 30 เซน", words]


@pytest.mark.parametrize("words", ["ยังไม่มาเลย", "รอมาสองวันแล้ว", "nobody came yet"])
def test_of_several_open_tickets_it_is_asked_which_one_somebody_waits_for(
    town: Rangsit, nok: Person, words: str
) -> None:
    number = nok.reports("ถนนเป็นหลุมใหญ่มาก")
    other = nok.reports("ขยะไม่มาเก็บเลย")
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("หลุมลึกประมาณ 30 เซน")
    nok.reads_on()
    nok.sends(words)
    nok.presses(next(label for label in nok.labels() if other in label))
    nok.sees(f"เพิ่มในเรื่อง {other}")


def test_the_second_message_to_an_officer_goes_with_the_first(town: Rangsit, nok: Person) -> None:
    nok.taps("talk")
    nok.sends("เรื่องเบี้ยคนพิการของแม่ยังไม่ได้เดือนนี้เลยค่ะ")
    nok.reads_on()
    nok.sends("แม่ชื่อสมศรี อยู่ชุมชนริมคลอง")
    assert "ตรงกับข้อไหน" not in nok.sees(f"เพิ่มในเรื่อง {NUMBER}")
    nok.sends("แล้วจะตอบเมื่อไหร่คะ")
    assert "หมายถึงเรื่องไหน" not in nok.sees(NUMBER, "จะแจ้งความคืบหน้า")
    assert town.tickets() == [NUMBER]


def test_another_problem_is_a_report_of_its_own_all_the_same(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ถนนเป็นหลุมใหญ่มาก")
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends("หลุมลึกประมาณ 30 เซน")
    nok.reads_on()
    nok.sends("ขยะหน้าตลาดไม่มีใครมาเก็บ 4 วันแล้ว")
    nok.sees("ขยะและความสะอาด", "อยู่ที่ไหน")


@pytest.mark.parametrize("words", ["ของเราเยอะกว่านะ", "ไม่ใช่บ้านหนูนะคะ บ้านคุณยาย"])
def test_of_words_that_tell_no_kind_it_is_asked_whether_they_belong_to_the_card_above(
    town: Rangsit, nok: Person, words: str
) -> None:
    number = nok.reports("ขยะไม่มาเก็บเลย")
    nok.sends(words)
    nok.sees(f"เรื่องเดียวกับ {number} ที่แจ้งไว้ไหม", "เป็นเรื่องใหม่")
    nok.sends("ใช่ค่ะ")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    assert comments(town) == [words]
    assert town.tickets() == [number]


def test_an_hour_later_such_words_are_a_report_and_the_kind_is_asked(town: Rangsit, nok: Person) -> None:
    nok.reports("ขยะไม่มาเก็บเลย")
    town.passes(hours=1)
    nok.reads_on()
    nok.sends("ของเราเยอะกว่านะ")
    nok.sees("ตรงกับข้อไหนที่สุด")


@pytest.mark.parametrize("words", ["ตู้น้ำหยอดเหรียญซอย 5 น้ำมีกลิ่น โทร 0812345678", "น้ำจากตู้หยอดเหรียญขุ่นมาก"])
def test_a_sentence_with_a_place_or_a_kind_of_its_own_is_a_report_though_we_are_not_sure_of_it(
    town: Rangsit, nok: Person, words: str
) -> None:
    number = nok.reports("ขยะไม่มาเก็บเลย")
    nok.sends(words)
    assert number not in nok.sees("ตรงกับข้อไหนที่สุด")


@pytest.mark.parametrize("words", ["โทรกลับ 0812345678", "โทรหาหน่อย 081-234-5678"])
def test_a_number_to_call_back_reaches_an_officer_and_is_not_asked_for_again(
    town: Rangsit, nok: Person, words: str
) -> None:
    nok.taps("talk")
    nok.sends(words)
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว")
    assert [message.text for message in town.every(Message)] == [words]


def test_a_number_told_in_a_report_stays_in_it(town: Rangsit, nok: Person) -> None:
    nok.sends("ท่อระบายน้ำหน้าบ้านตัน น้ำเอ่อ")
    nok.sends("โทรหาคุณยาย 0812345678")
    nok.sees("อยู่ที่ไหน")
    nok.sends("ซอยรังสิต-นครนายก 19")
    nok.sends("โทรก่อนมานะ 0898765432")
    nok.sends("ส่งเรื่อง")
    assert "โทรหาคุณยาย 0812345678" in [message.text for message in town.every(Message)]
    assert "โทรก่อนมานะ 0898765432" in [message.text for message in town.every(Message)]
    assert town.standing(nok.number, "place_words") == "ซอยรังสิต-นครนายก 19"


def test_a_number_to_call_beside_a_ticket_is_no_question_for_the_town_s_number(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ขยะไม่มาเก็บเลย")
    nok.sends("โทรหาผมที่เบอร์ 0812345678 ได้เลย")
    assert "02-567-6000" not in nok.sees("หมายถึงเรื่องไหน")
    nok.presses(next(label for label in nok.labels() if number in label))
    assert comments(town) == ["โทรหาผมที่เบอร์ 0812345678 ได้เลย"]


@pytest.mark.parametrize("at_once", [True, False])
def test_several_photos_may_be_put_on_an_open_ticket_as_one_may(town: Rangsit, nok: Person, at_once: bool) -> None:
    number = nok.reports("ขยะไม่มาเก็บเลย")
    for index in (1, 2, 3):
        nok.sends_photo(**({"index": index, "total": 3} if at_once else {}))
    nok.sees("หรือถ้าเป็นของเรื่องที่แจ้งไว้แล้ว พิมพ์ เพิ่มในเรื่อง 00001")
    nok.sends("เพิ่มในเรื่อง 00001")
    nok.sees(f"เพิ่มในเรื่อง {number}")
    assert len({media.ticket_id for media in town.every(Media)} - {None}) == 1
    nok.sends("อันนี้อีกมุมนึง")
    nok.sees(f"เพิ่มในเรื่อง {number}")


def test_clear_words_decide_the_kind_after_unclear_ones(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends("มันเสียแล้วค่ะ")
    nok.sends("ไม่รู้เหมือนกันค่ะ อันนั้นแหละ")
    nok.sees("อื่น ๆ", "อยู่ที่ไหน")
    nok.sends("หมาจรจัดเยอะมาก")
    nok.sees("สัตว์จรจัด", "อยู่ที่ไหน")
