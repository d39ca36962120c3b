"""What stands on a button is typed without its picture, in other words, and in the other language."""

from __future__ import annotations

import pytest

from models import Message, Resident
from tests.talking import Person, Rangsit


@pytest.fixture
def closed(town: Rangsit, nok: Person) -> str:
    """The number of a ticket that was closed a moment ago; stars are asked for."""
    number = nok.reports("ถนนเป็นหลุมใหญ่มาก")
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ซ่อมแล้ว", photos=1)
    nok.sends("เรียบร้อยแล้ว")
    nok.reads_on()
    return number


@pytest.mark.parametrize("words", ["ให้ 10 เลย", "10/10", "เต็มสิบ", "10 คะแนนเต็ม", "100"])
def test_ten_of_ten_is_five_stars(town: Rangsit, nok: Person, closed: str, words: str) -> None:
    nok.sends(words)
    nok.sees("⭐⭐⭐⭐⭐")
    assert town.standing(closed, "stars") == 5


@pytest.mark.parametrize("words", ["ช่างพูดจาดีมากค่ะ ฝากขอบคุณด้วย", "แย่มาก"])
def test_a_comment_may_come_before_the_stars(town: Rangsit, nok: Person, closed: str, words: str) -> None:
    nok.sends(words)
    nok.sees("ขอบคุณสำหรับความเห็น", "5 ดาว")
    assert [message.text for message in town.every(Message, kind="review")] == [words]
    nok.sends("สี่ดาว")
    assert town.standing(closed, "stars") == 4


def test_mere_thanks_are_no_comment(town: Rangsit, nok: Person, closed: str) -> None:
    nok.sends("ขอบคุณมากค่ะ")
    nok.sees("ยินดีเสมอ")
    assert not town.every(Message, kind="review")


def test_a_new_problem_before_the_stars_is_a_report(town: Rangsit, nok: Person, closed: str) -> None:
    nok.sends("ขยะหน้าตลาดไม่มีใครมาเก็บ 4 วันแล้ว")
    nok.sees("ขยะและความสะอาด", "อยู่ที่ไหน")


@pytest.mark.parametrize("words", ["น้ำจากตู้หยอดเหรียญขุ่นมาก", "ตู้น้ำหยอดเหรียญซอย 5 น้ำมีกลิ่น โทร 0812345678"])
def test_another_problem_that_we_are_not_sure_of_is_no_comment_either(
    town: Rangsit, nok: Person, closed: str, words: str
) -> None:
    nok.sends(words)
    nok.sees("ตรงกับข้อไหนที่สุด")
    assert not town.every(Message, kind="review")


def test_a_category_is_chosen_by_its_name(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place()
    nok.presses("เปลี่ยนประเภท")
    nok.sends("คลอง น้ำเน่าเสีย")
    nok.sends("ส่งเรื่อง")
    assert town.standing(nok.number, "category").code == "canal"
    assert [message.text for message in town.every(Message)] == ["น้ำประปาแดงมาก"]


def test_other_is_the_desk_s(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends("มันเสียแล้วค่ะ")
    nok.sends("อื่น ๆ")
    nok.sees("อยู่ที่ไหน")
    nok.sends_place()
    nok.sends("ส่งเรื่อง")
    assert [message.text for message in town.every(Message)] == ["มันเสียแล้วค่ะ"]


@pytest.mark.parametrize("words", ["ขอภาษาไทยค่ะ", "ทำไมเป็นภาษาอังกฤษ", "อ่านภาษาอังกฤษไม่ออก", "in Thai please"])
def test_who_pressed_english_by_mistake_gets_out_of_it(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends("English")
    nok.sends(words)
    nok.sees("เปลี่ยนเป็นภาษาไทยแล้ว")
    assert town.every(Resident)[0].language == "th"


@pytest.mark.parametrize("words", ["ใช่ ลบเลย", "ลบทั้งหมด", "แน่ใจ"])
def test_nearly_yes_to_erasing_erases_nothing_and_cancels_nothing(town: Rangsit, nok: Person, words: str) -> None:
    number = nok.reports("ขยะไม่มาเก็บเลย")
    nok.sends("ลบข้อมูลของฉัน")
    nok.reads_on()
    nok.sends(words)
    nok.sees("ใช่ ลบทั้งหมด", "เอากลับมาไม่ได้")
    assert [message.text for message in town.every(Message)] == ["ขยะไม่มาเก็บเลย"]
    assert town.standing(number) == "new"


@pytest.mark.parametrize("words", ["เก็บข้อมูลของฉันนานแค่ไหน", "how long do you keep my data?"])
def test_how_long_data_are_kept_is_told_at_once(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends(words)
    nok.sees("2 ปี", "อ่านประกาศ")
    assert town.tickets() == []


def test_thanks_in_a_group_are_met_kindly(town: Rangsit, nok: Person) -> None:
    group = town.group()
    group.says(nok, "ขอบคุณครับ")
    group.board.sees("ยินดีเสมอ")
