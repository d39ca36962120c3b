"""While "which one do you mean?" stands open, other things may be done: what was said waits, and is asked again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models import Media, Message, TicketCounter
from tests.talking import INSIDE, Person, Rangsit

ASKED_AGAIN = "ที่ส่งไว้ก่อนหน้านี้ หมายถึงเรื่องไหน"


@pytest.fixture
def two(town: Rangsit, nok: Person) -> tuple[str, str]:
    """Two open tickets, and words with a photo of which it is not known yet to which they belong."""
    water, light = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.sends("ยังไม่มาเลย")
    nok.sends_photo()
    nok.sees("หมายถึงเรื่องไหน")
    return water, light


def added_to(town: Rangsit, number: str) -> tuple[list[str | None], int]:
    """The words that were added to a ticket, and how many pictures."""
    ticket_id = town.standing(number, "id")
    words = [message.text for message in town.every(Message, kind="comment") if message.ticket_id == ticket_id]
    return words, sum(media.ticket_id == ticket_id for media in town.every(Media))


def chooses(nok: Person, number: str, *and_sees: str) -> None:
    nok.presses(next(label for label in nok.labels() if number in label))
    nok.sees(f"เพิ่มในเรื่อง {number}", *and_sees)


@pytest.mark.whole_way
def test_the_card_s_own_button_chooses_its_ticket(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    water, light = two
    nok.presses("เพิ่มข้อมูล", on=light)
    nok.sees(f"เพิ่มในเรื่อง {light} แล้ว", f"เพิ่มสำหรับเรื่อง {light}")
    nok.sends("อยู่หน้าบ้านเลขที่ 9")
    nok.sees(f"เพิ่มในเรื่อง {light} แล้ว")
    assert added_to(town, light) == (["ยังไม่มาเลย", "อยู่หน้าบ้านเลขที่ 9"], 1)
    assert added_to(town, water) == ([], 0)
    assert town.every_conversation()[0].draft is None


def talks_to_somebody(nok: Person, two: tuple[str, str]) -> None:
    nok.taps("talk")
    nok.presses("ยกเลิก")


def looks_near(nok: Person, two: tuple[str, str]) -> None:
    nok.taps("near")
    nok.sends_place(*INSIDE)


def quotes_the_own_report(nok: Person, two: tuple[str, str]) -> None:
    nok.sends("น้ำยังแดงอยู่", quotedMessageId=nok.said[0])


def tells_of_danger(nok: Person, two: tuple[str, str]) -> None:
    nok.taps("talk")
    nok.sends("มีไฟไหม้ในซอย")
    nok.sends_place(*INSIDE)


@pytest.mark.parametrize("first", [talks_to_somebody, looks_near, quotes_the_own_report, tells_of_danger])
def test_after_something_else_was_done_the_question_comes_back(
    town: Rangsit, nok: Person, two: tuple[str, str], first: Callable[[Person, tuple[str, str]], None]
) -> None:
    first(nok, two)
    nok.sees(ASKED_AGAIN)
    chooses(nok, two[1])
    assert added_to(town, two[1]) == (["ยังไม่มาเลย"], 1)
    assert town.every_conversation()[0].draft is None


def test_words_of_danger_do_not_take_what_waits_with_them(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    nok.sends("ไฟไหม้บ้านตรงข้าม")
    nok.sees("199")
    danger = town.tickets()[-1]
    nok.sends("ไม่ทราบตำแหน่ง")
    nok.sees(ASKED_AGAIN)
    chooses(nok, two[0])
    assert added_to(town, two[0]) == (["ยังไม่มาเลย"], 1)
    assert added_to(town, danger) == ([], 0)


def test_more_for_the_desk_is_asked_for_by_itself(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    nok.taps("talk")
    nok.sends("ช่างจะมาวันไหน")
    chooses(nok, two[0], ASKED_AGAIN)
    chooses(nok, two[1])
    assert added_to(town, two[0]) == (["ช่างจะมาวันไหน"], 0)
    assert added_to(town, two[1]) == (["ยังไม่มาเลย"], 1)


def test_a_new_report_goes_first_and_an_old_choice_still_counts(
    town: Rangsit, nok: Person, two: tuple[str, str]
) -> None:
    water, _ = two
    choice = nok.button(next(label for label in nok.labels() if water in label))
    nok.taps("near")
    nok.sends_photo()
    nok.sends("ถนนเป็นหลุมใหญ่มาก")
    nok.sees("ได้รับ")
    nok.presses_button(choice)
    nok.sees(f"เพิ่มในเรื่อง {water}", "ยังไม่ได้ส่ง")
    assert added_to(town, water) == (["ยังไม่มาเลย"], 1)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    hole = nok.number
    assert hole not in two
    (report,) = [message for message in town.every(Message, kind="report") if message.text == "ถนนเป็นหลุมใหญ่มาก"]
    assert [media.report_id for media in town.every(Media)][-1] == report.report_id


def test_left_behind_something_else_it_is_the_next_thing_again(
    town: Rangsit, nok: Person, two: tuple[str, str]
) -> None:
    nok.taps("talk")
    town.passes(hours=2)
    nok.sends("รอมานานแล้ว")
    nok.sees("หมายถึงเรื่องไหน")
    chooses(nok, two[0])
    assert added_to(town, two[0]) == (["ยังไม่มาเลย", "รอมานานแล้ว"], 1)


def test_when_no_ticket_is_open_any_more_it_becomes_a_report(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    for number in two:
        town.moves(number, "rejected", reason="not_found")
    nok.sends("ไฟถนนดับทั้งซอยเลย")
    nok.sees("อยู่ที่ไหน")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    words = [message.text for message in town.every(Message, kind="report")]
    assert words[-2:] == ["ยังไม่มาเลย", "ไฟถนนดับทั้งซอยเลย"]
    assert town.every(Media)[-1].report_id is not None


def test_cancelled_it_is_erased_with_its_photo(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    nok.sends("ยกเลิก")
    nok.sees("ยกเลิก")
    assert [media.state for media in town.every(Media)] == ["erased"]
    assert town.every_conversation()[0].draft is None


def test_a_report_is_what_it_becomes_when_a_report_is_wanted(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    nok.taps("talk")
    nok.taps("report")
    nok.sees("ยังไม่ได้ส่ง")
    nok.sends("ถนนเป็นหลุมใหญ่มาก")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert town.every(Media)[-1].report_id is not None


def test_a_kind_word_or_a_question_is_no_part_of_what_waits(
    town: Rangsit, nok: Person, two: tuple[str, str]
) -> None:
    water, light = two
    nok.sends("ขอบคุณค่ะ")
    nok.sees("หมายถึงเรื่องไหน")
    nok.sends("เรื่องที่แจ้งไว้ถึงไหนแล้ว")
    nok.sees(water, light, ASKED_AGAIN)
    chooses(nok, light)
    assert added_to(town, light) == (["ยังไม่มาเลย"], 1)


def test_what_waits_is_let_go_when_it_is_not_wanted_any_more(town: Rangsit, nok: Person, two: tuple[str, str]) -> None:
    water, light = two
    nok.sends("ไม่แจ้งแล้วค่ะ")
    nok.sees("ข้อความเมื่อกี้ยังไม่ได้ส่งไปไหน", "เรื่องที่แจ้งไว้ก่อนหน้านี้ยังอยู่ครบ")
    assert [added_to(town, number) for number in (water, light)] == [([], 0), ([], 0)]
    assert [media.state for media in town.every(Media)] == ["erased"]
    nok.sends("สวัสดีค่ะ")
    nok.does_not_see("หมายถึงเรื่องไหน")


def test_the_same_kind_of_problem_at_another_place_is_a_report_of_its_own(town: Rangsit, nok: Person) -> None:
    number = nok.reports("น้ำประปาแดงมาก")
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.reads_on()
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    assert f"เพิ่มในเรื่อง {number}" not in nok.text
    nok.sees("ซอยรังสิต-นครนายก 46")
    nok.sends("ยกเลิก")
    nok.sends("น้ำยังแดงอยู่เลย ซอยรังสิต-นครนายก 46")
    nok.sees(f"เพิ่มในเรื่อง {number}", "เรียบร้อยไหม")


def test_what_is_heard_and_not_seen_is_called_no_picture_and_every_digit_of_the_number_stands(
    town: Rangsit, nok: Person
) -> None:
    first = nok.reports()
    with town.database.transaction() as session:
        session.scalars(select(TicketCounter)).one().last = 123455
    second = nok.reports("ไฟถนนหน้าบ้านดับ")
    assert second.endswith("-123456")
    nok.sends_voice()
    nok.does_not_see("เป็นรูป")
    nok.sees("ได้รับข้อความเสียงแล้ว", "ของเรื่องที่แจ้งไว้แล้ว พิมพ์ เพิ่มในเรื่อง 123456")
    assert {"เพิ่มในเรื่อง 123456", f"เพิ่มในเรื่อง {first[-5:]}"} <= set(nok.labels())
