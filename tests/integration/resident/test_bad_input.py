"""What should not happen and does: officers who block us, answers of three thousand letters, ten open tickets."""

from __future__ import annotations

import pytest

from bot.replies import buttons_of
from models import Message
from models.officer import Role
from models.outbox import PUSH
from tests.talking import Person, Rangsit

LONG = ("ช่างจะเข้าไปดูให้ " * 200)[:2999] + "จ"


@pytest.fixture
def number(town: Rangsit, nok: Person) -> str:
    return nok.reports()


@pytest.fixture
def somchai(town: Rangsit, number: str) -> Person:
    """An officer with the accepted ticket on the screen."""
    officer = town.officer("somchai", "clerk")
    officer.sends(number)
    officer.presses("รับเรื่อง")
    officer.reads_on()
    return officer


@pytest.mark.parametrize(
    ("way", "status", "kind"),
    [
        (("ตอบกลับ",), "accepted", "reply"),
        (("ขอข้อมูลเพิ่ม",), "waiting", "question"),
        (("เสร็จแล้ว",), "resolved", "resolution"),
        (("ยุติเรื่อง", "อื่น ๆ"), "rejected", "reason"),
        (("บันทึกภายใน",), "accepted", "note"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_three_thousand_letters_of_an_officer_are_kept_whole_and_told(
    town: Rangsit, nok: Person, somchai: Person, number: str, way: tuple[str, ...], status: str, kind: str
) -> None:
    for label in way:
        somchai.presses(label)
    before = len(somchai.seen)
    somchai.sends(LONG)
    assert len(somchai.seen) == before + 1
    assert town.standing(number) == status
    assert LONG in [message.text for message in town.every(Message)]
    town.passes(minutes=15)
    is_told = any("ช่างจะเข้าไปดูให้" in saw.text for saw in nok.seen)
    assert is_told == (kind != "note")


@pytest.mark.parametrize(
    "way",
    [("ส่งต่อหน่วยงาน", "ตำรวจ", "โทร"), ("วางแผน",), ("รวมเรื่อง",)],
    ids=lambda way: way[0],
)
def test_three_thousand_letters_where_something_short_is_asked_for_change_nothing(
    town: Rangsit, somchai: Person, number: str, way: tuple[str, ...]
) -> None:
    for label in way:
        somchai.presses(label) if label != "ตำรวจ" else press_the_first_owner(somchai)
    before = len(somchai.seen)
    somchai.sends(LONG)
    assert len(somchai.seen) == before + 1
    assert town.standing(number) == "accepted"
    somchai.sends("ยกเลิก")
    somchai.sees("ยังไม่ได้ส่งอะไรไป")


def press_the_first_owner(somchai: Person) -> None:
    shown = [button for reply in somchai.seen[-1].replies for button in buttons_of(reply)]
    somchai.presses(next(one.label for one in shown if "owner" in one.args))


def test_a_search_for_three_thousand_letters_is_answered_once(somchai: Person) -> None:
    somchai.sends("ค้นหา")
    before = len(somchai.seen)
    somchai.sends(LONG)
    assert len(somchai.seen) == before + 1


def test_an_answer_of_three_thousand_letters_reaches_the_officer_whole(
    town: Rangsit, nok: Person, somchai: Person, number: str
) -> None:
    somchai.presses("ขอข้อมูลเพิ่ม")
    somchai.sends("บ้านเลขที่เท่าไร")
    nok.sends(LONG)
    assert town.standing(number) == "accepted"
    assert LONG in [message.text for message in town.every(Message)]
    somchai.sends(number)
    somchai.sees("ช่างจะเข้าไปดูให้")


def test_a_comment_beside_the_stars_may_be_long(town: Rangsit, nok: Person, somchai: Person, number: str) -> None:
    somchai.presses("เสร็จแล้ว")
    somchai.sends("ล้างท่อแล้ว")
    nok.sends("เรียบร้อยแล้ว")
    nok.sends("5 ดาว")
    nok.sends(LONG)
    assert LONG in [message.text for message in town.every(Message)]


def test_an_answer_to_an_officer_who_blocks_us_reaches_the_colleagues(
    town: Rangsit, nok: Person, somchai: Person, number: str
) -> None:
    wichai = town.officer("wichai", "clerk")
    somchai.presses("ขอข้อมูลเพิ่ม")
    somchai.sends("บ้านเลขที่เท่าไร")
    somchai.blocks()
    nok.sends("บ้านเลขที่ 12")
    town.passes(minutes=15)
    assert any(number in saw.text for saw in wichai.seen if saw.way == PUSH)


def test_a_reminder_of_what_a_blocking_officer_holds_reaches_the_colleagues(
    town: Rangsit, somchai: Person, number: str
) -> None:
    wichai = town.officer("wichai", "clerk")
    somchai.blocks()
    for _ in range(5):
        town.passes(hours=12)
    assert any(number in saw.text for saw in wichai.seen if saw.way == PUSH)


def test_who_blocks_us_as_an_officer_is_pushed_nothing_and_the_work_is_not_lost(
    town: Rangsit, nok: Person, ton: Person, somchai: Person, number: str
) -> None:
    boss = town.officer("boss", "clerk", role=Role.SUPERVISOR)
    somchai.presses("ขอข้อมูลเพิ่ม")
    somchai.sends("บ้านเลขที่เท่าไร")
    somchai.blocks()
    seen = len(somchai.seen)
    nok.sends("บ้านเลขที่ 12")
    assert town.standing(number) == "accepted"
    ton.reports("ไฟถนนหน้าบ้านดับ")
    for _ in range(8):
        town.passes(hours=12)
    assert len(somchai.seen) == seen
    assert any(number in saw.text for saw in boss.seen if saw.way == PUSH), "the promise ran out before other eyes"
    somchai.comes_back()
    somchai.sends(number)
    somchai.sees("บ้านเลขที่ 12")


TEN = [
    "น้ำประปาแดงมาก", "ไฟถนนหน้าบ้านดับ", "ขยะล้นหน้าบ้าน", "ถนนเป็นหลุมใหญ่", "ท่อระบายน้ำอุดตัน",
    "หมาจรจัดไล่กัด", "ต้นไม้ล้มขวางทาง", "น้ำประปาไม่ไหล", "คลองเน่าเหม็นมาก", "เสียงดังจากร้านเหล้า",
]  # fmt: skip


def test_a_resident_with_ten_open_tickets_is_asked_which_and_nothing_mixes(town: Rangsit, nok: Person) -> None:
    numbers = [nok.reports(words) for words in TEN]
    assert len(set(numbers)) == 10
    nok.reads_on()
    nok.sends("ติดตามเรื่อง")
    text = nok.seen[-1].text
    assert all(number in text for number in numbers)
    nok.sends("ยังไม่มาเลย")
    nok.sees("เรื่องไหน")
    nok.sends(numbers[3])
    comments = [message for message in town.every(Message) if message.text == "ยังไม่มาเลย"]
    assert [town.standing(numbers[3], "id")] == [message.ticket_id for message in comments]
    town.moves(numbers[6], "accepted")
    town.moves(numbers[6], "resolved", words="ตัดแล้ว", photos=1)
    nok.sends("เรียบร้อยแล้ว")
    assert town.standing(numbers[6]) == "closed"
    assert all(town.standing(number) == "new" for number in numbers if number != numbers[6])
