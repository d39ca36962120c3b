"""มีคนแจ้งเรื่องคล้ายกันไว้แล้ว: asked on the draft card, joined with a yes, remembered as a no, never in the way."""

from __future__ import annotations

import math

import pytest

from bot.places.cells import cell_of, middle_of
from models import Media, Report, SameQuestion, Ticket
from tests import talking
from tests.talking import FAR_OUTSIDE, Person, Rangsit

#: The middle of a public square, from which distances are told.
INSIDE = middle_of(cell_of((talking.INSIDE[0] + 0.0001, talking.INSIDE[1] + 0.0001)))
#: Metres of latitude, and of longitude there.
METRE = 1 / 111_195
ASIDE = METRE / math.cos(math.radians(INSIDE[0]))


def north(metres: float, east: float = 0) -> tuple[float, float]:
    return INSIDE[0] + metres * METRE, INSIDE[1] + east * ASIDE


@pytest.fixture
def number(nok: Person) -> str:
    """Nok's pothole, reported."""
    return nok.reports("ถนนเป็นหลุมใหญ่หน้าตลาด รถตกหลุมบ่อย", place=INSIDE)


def drafts(person: Person, text: str, place: tuple[float, float]) -> None:
    """Everything up to the draft card."""
    person.sends(text)
    person.sends_place(*place)


@pytest.mark.whole_way(always=True)
def test_the_draft_card_asks_and_yes_joins_with_one_number_for_both(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก อันตราย", north(40))
    ton.sees("มีคนแจ้งเรื่องคล้ายกันไว้แล้ว ห่างจากจุดที่คุณแจ้งประมาณ 40 เมตร เป็นเรื่องเดียวกันไหม", "รอรับเรื่อง")
    assert ton.labels()[:3] == ["เรื่องเดียวกัน", "ไม่ใช่", "ส่งเรื่อง"]
    ton.presses("เรื่องเดียวกัน")
    ton.sees(number, "เพิ่มคุณเป็นผู้แจ้งเรื่องนี้แล้ว")
    assert town.tickets() == [number]
    one, other = town.every(Report)
    assert one.ticket_id == other.ticket_id
    assert other.latitude != one.latitude


def test_the_question_shows_nothing_of_the_other_report(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.sends("ถนนเป็นหลุมใหญ่หน้าบ้านเลขที่ 99/1 โทร 0812345678")
    nok.sends_photo()
    nok.sends_place(*INSIDE, address="บ้านของนก")
    nok.presses("ส่งเรื่อง")
    drafts(ton, "ถนนเป็นหลุมใหญ่หน้าบ้านเลขที่ 7", north(20))
    shown = str(ton.seen[-1].content)
    assert "เรื่องเดียวกัน" in shown
    for theirs in ("99/1", "0812345678", "บ้านของนก", nok.number, "media"):
        assert theirs not in shown
    ton.presses("เรื่องเดียวกัน")
    assert not [theirs for theirs in ("99/1", "0812345678", "บ้านของนก") if theirs in str(ton.seen[-1].content)]


@pytest.mark.whole_way
def test_everyone_on_the_ticket_hears_the_outcome(town: Rangsit, nok: Person, ton: Person, number: str) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(10))
    ton.presses("เรื่องเดียวกัน")
    ton.reads_on()
    nok.reads_on()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ปะหลุมแล้ว", photos=1)
    nok.sees("ปะหลุมแล้ว", way="push")
    ton.sees("ปะหลุมแล้ว", way="push")
    ton.presses("ยังไม่เรียบร้อย")
    assert town.standing(number) == "reopened"


@pytest.mark.whole_way
def test_no_makes_a_ticket_of_its_own_at_once_and_is_never_asked_again(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.presses("ไม่ใช่")
    ton.sees("รับเรื่องไว้แล้ว")
    assert len(town.tickets()) == 2
    (asked,) = town.every(SameQuestion)
    assert (asked.answer, asked.metres) == ("different", 40)
    ton.presses("ยกเลิก", on=ton.number)
    ton.presses("ใช่ ยกเลิกเรื่องนี้")
    ton.reads_on()
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(30))
    ton.does_not_see("เรื่องคล้ายกัน")


def test_an_officer_is_not_offered_to_merge_what_its_reporter_called_different(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.presses("ไม่ใช่")
    officer = town.officer("somsri", "clerk", "public_works")
    officer.sends(ton.number)
    officer.presses("รวมเรื่อง")
    assert not [label for label in officer.labels() if number in label]


def test_sending_without_an_answer_makes_a_ticket_of_its_own(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.sees("เรื่องเดียวกันไหม")
    ton.presses("ส่งเรื่อง")
    ton.sees("รับเรื่องไว้แล้ว")
    assert len(town.tickets()) == 2
    (asked,) = town.every(SameQuestion)
    assert asked.answer is None


@pytest.mark.parametrize("typed", ["เรื่องเดียวกัน", "เรื่องเดียวกันค่ะ"])
def test_the_answer_can_be_typed(town: Rangsit, nok: Person, ton: Person, number: str, typed: str) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.sends(typed)
    assert town.tickets() == [number]


def test_two_answers_of_the_bot_and_three_taps_are_enough_with_the_question_on_the_card(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))  # the picker is one tap
    assert ton.count("reply") == 2
    ton.presses("เรื่องเดียวกัน")  # the second
    assert ton.number == number
    assert ton.count("reply") == 3  # the third is the ticket's card


@pytest.mark.parametrize(
    ("words", "metres"),
    [
        ("ถนนหน้าตลาดเป็นหลุมลึก", 60),  # beyond the radius of roads
        ("สะพานข้ามคลองทรุด เสาสั่น", 20),  # of the same kind, but another thing
    ],
)
def test_what_is_farther_or_other_is_not_asked_about(
    town: Rangsit, nok: Person, ton: Person, number: str, words: str, metres: float
) -> None:
    drafts(ton, words, north(metres))
    ton.does_not_see("เรื่องคล้ายกัน")


def test_red_water_is_of_the_pipes_whatever_the_words(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.reports("น้ำประปาแดงมาก", place=INSIDE)
    drafts(ton, "น้ำประปาเป็นสีเหลืองขุ่นมีตะกอน ซักผ้าไม่ได้เลย", north(450))
    ton.sees("ห่างจากจุดที่คุณแจ้งประมาณ 450 เมตร")


@pytest.mark.parametrize("words", ["บ้านข้าง ๆ เปิดเพลงเสียงดังมาก", "เจ้าหน้าที่เทศบาลพูดจาไม่ดี"])
def test_a_kind_that_is_not_public_is_never_asked_about(town: Rangsit, nok: Person, ton: Person, words: str) -> None:
    nok.reports(words)
    drafts(ton, words, INSIDE)
    ton.does_not_see("เรื่องคล้ายกัน")
    assert "เรื่องเดียวกัน" not in ton.labels()


def test_a_place_in_words_or_outside_has_nothing_near(town: Rangsit, nok: Person, ton: Person, number: str) -> None:
    ton.sends("ถนนหน้าตลาดเป็นหลุมลึก")
    ton.sends("ซอย 12")
    ton.does_not_see("เรื่องคล้ายกัน")
    ton.presses("ยกเลิก")
    nok.reports("ถนนเป็นหลุมใหญ่", place=FAR_OUTSIDE)
    drafts(ton, "ถนนเป็นหลุมใหญ่", FAR_OUTSIDE)
    ton.does_not_see("เรื่องคล้ายกัน")


def test_a_photo_of_the_same_thing_is_enough_where_the_words_differ(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.sends("ถนนเป็นหลุมใหญ่หน้าตลาด")
    nok.sends_photo()
    nok.sends_place(*INSIDE)
    nok.presses("ส่งเรื่อง")
    ton.sends("สะพานทรุด")
    ton.sends_photo()
    with town.database.transaction() as session:
        for photo, likeness in zip(
            session.query(Media).order_by(Media.id), ("f0f0a5a51234abcd", "f0f0a5a51234abcf"), strict=True
        ):
            photo.likeness, photo.state, photo.stored_as = likeness, "stored", f"{photo.id}"
    ton.sends_place(*north(30))
    ton.sees("ประมาณ 30 เมตร")


@pytest.mark.whole_way
def test_what_was_done_of_late_is_offered_as_again_and_opened(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ปะหลุมแล้ว", photos=1)
    nok.presses("เรียบร้อยแล้ว")
    assert town.standing(number) == "closed"
    town.passes(days=3)
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.sees("เพิ่งทำเสร็จเมื่อ 3 วันก่อน", "อีกแล้ว")
    ton.presses("อีกแล้ว")
    ton.sees(number, "เปิดเรื่องเดิม")
    assert town.standing(number) == "reopened"


def test_what_was_closed_long_ago_is_not_offered(town: Rangsit, nok: Person, ton: Person, number: str) -> None:
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ปะหลุมแล้ว", photos=1)
    nok.presses("เรียบร้อยแล้ว")
    town.passes(days=31)
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.does_not_see("คล้ายกัน")


def test_an_old_yes_for_a_ticket_that_has_gone_lays_the_draft_on_the_table_again(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    town.moves(number, "rejected", reason="not_found")
    ton.presses("เรื่องเดียวกัน")
    ton.sees("รวมด้วยไม่ได้แล้ว")
    ton.presses("ส่งเรื่อง")
    assert len(town.tickets()) == 2


def test_a_yes_pressed_twice_joins_once(town: Rangsit, nok: Person, ton: Person, number: str) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    yes = ton.button("เรื่องเดียวกัน")
    ton.presses_button(yes)
    ton.presses_button(yes)
    ton.sees(number)
    assert len(town.every(Report)) == 2
    assert len(town.every(Ticket)) == 1


def test_joining_a_merged_ticket_joins_the_one_it_went_into(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    other = town.person("pim").reports("ถนนเป็นหลุมตรงสี่แยก", place=north(2000))
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    officer = town.officer("somsri", "clerk")
    officer.sends(number)
    officer.presses("รวมเรื่อง")
    officer.sends(other)
    officer.presses("ใช่ รวมเลย")
    ton.presses("เรื่องเดียวกัน")
    ton.sees(other)


def test_the_own_earlier_report_is_named_as_such(town: Rangsit, nok: Person, number: str) -> None:
    nok.taps("report")
    drafts(nok, "ถนนหน้าตลาดเป็นหลุมลึก", north(10))
    nok.sees("คุณแจ้งเรื่องคล้ายกันไว้แล้ว")


def test_withdrawing_a_joined_report_leaves_the_ticket_to_the_others(
    town: Rangsit, nok: Person, ton: Person, number: str
) -> None:
    drafts(ton, "ถนนหน้าตลาดเป็นหลุมลึก", north(40))
    ton.presses("เรื่องเดียวกัน")
    nok.presses("ยกเลิก", on=number)
    nok.presses("ใช่ ยกเลิกเรื่องนี้")
    nok.sees("ผู้แจ้งคนอื่นยังรอผลอยู่")
    assert town.standing(number) == "new"
    ton.presses("ยกเลิก", on=number)
    ton.presses("ใช่ ยกเลิกเรื่องนี้")
    assert town.standing(number) == "cancelled"
