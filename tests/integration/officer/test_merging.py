"""รวมเรื่อง and แยกเรื่องออก: whose reports stand where, and what the reporters hear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import news
from models import Call, Report, Ticket
from models.lifecycle import TicketStatus
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat

S = TicketStatus


@pytest.fixture
def first(town: Town) -> Ticket:
    return town.ticket(by="นก", words="น้ำแดงที่บ้าน")


@pytest.fixture
def second(town: Town, first: Ticket) -> Ticket:
    return town.ticket(by="แป้ง", words="น้ำประปาสีแดง")


@pytest.fixture
def somchai(town: Town, second: Ticket) -> Chat:
    """An officer with the second ticket on the screen."""
    opened = chat(town, town.officer("สมชาย", "water", "clerk"))
    opened.says(second.number)
    return opened


def merges(officer: Chat, ticket: Ticket, other: Ticket) -> None:
    """The officer merges the ticket into the other one by its number."""
    officer.says(ticket.number)
    officer.presses("รวมเรื่อง")
    officer.says(other.number)
    officer.presses("ใช่ รวมเลย")


def where(town: Town) -> dict[str, str]:
    """On which ticket each reporter's report stands."""
    town.session.flush()
    rows = town.session.query(Report, Ticket).join(Ticket, Ticket.id == Report.ticket_id)
    return {report.resident.display_name or "": ticket.number for report, ticket in rows if report.resident}


def test_a_typed_number_is_shown_and_confirmed_before_anything_moves(
    town: Town, somchai: Chat, first: Ticket, second: Ticket
) -> None:
    somchai.presses("รวมเรื่อง")
    somchai.says(first.number.lower())
    assert "รวมเรื่อง RS-6911-00002 เข้ากับ RS-6911-00001 ใช่ไหม" in somchai.text
    assert "น้ำแดงที่บ้าน" in somchai.text
    assert second.status == "new"
    somchai.presses("ใช่ รวมเลย")
    assert (second.status, second.merged_into_id) == ("merged", first.id)
    assert where(town) == {"นก": first.number, "แป้ง": first.number}
    assert somchai.card().number == first.number
    assert "น้ำประปาสีแดง" in somchai.text
    assert "คนแจ้ง: 2 คน" in somchai.text


def test_a_likely_one_may_be_picked(somchai: Chat, first: Ticket, second: Ticket) -> None:
    somchai.presses("รวมเรื่อง")
    assert "RS-6911-00001 · ซอยรังสิต-นครนายก 46" in somchai.text
    somchai.presses("RS-6911-00001")
    somchai.presses("ใช่ รวมเลย")
    assert second.merged_into_id == first.id


def test_reporters_hear_with_the_next_reply_and_their_old_cards_act_on_the_other(
    town: Town, somchai: Chat, first: Ticket, second: Ticket
) -> None:
    paeng = chat(town, town.resident("แป้ง"))
    paeng.says("ติดตามเรื่อง")
    old = paeng.button("เพิ่มข้อมูล")
    merges(somchai, second, first)
    assert paeng.pushed() == []
    paeng.says("สวัสดี")
    assert "เรื่องนี้รวมกับเรื่องเดิมแล้ว" in paeng.text
    assert first.number in paeng.text
    paeng.presses_old(old)
    assert first.number in paeng.text
    town.move(first, S.ACCEPTED, town.officer("มาลี", "water"))
    town.move(first, S.RESOLVED, town.officer("วิชัย", "water"))
    assert paeng.pushed()


def test_a_date_promised_earlier_is_kept_by_a_push(town: Town, somchai: Chat, first: Ticket, second: Ticket) -> None:
    promised = second.due_at
    assert promised is not None
    first.due_at = promised + timedelta(days=3)
    merges(somchai, second, first)
    waiting = [one for one in news.waiting_for(town.session, town.resident("แป้ง")) if one.ticket_id == first.id]
    assert [item.push_at for item in waiting] == [promised]


def test_undoing_gives_the_reports_back_and_starts_the_promise_anew(
    town: Town, somchai: Chat, first: Ticket, second: Ticket, clock: Clock
) -> None:
    somchai.presses("รับเรื่อง")
    merges(somchai, second, first)
    assert second.due_at is None
    clock.passes(days=2)
    somchai.says(second.number)
    assert "เรื่อง RS-6911-00002 รวมอยู่กับ RS-6911-00001" in somchai.text
    assert somchai.card().number == first.number
    somchai.presses("แยกเรื่องออก")
    assert (second.status, second.merged_into_id, somchai.card().number) == ("accepted", None, second.number)
    assert where(town) == {"นก": first.number, "แป้ง": second.number}
    assert second.due_at == clock.now + timedelta(hours=24)
    paeng = chat(town, town.resident("แป้ง"))
    paeng.says("สวัสดี")
    assert second.number in paeng.text
    assert first.number not in paeng.text


def test_a_merge_is_undone_once_and_for_thirty_days(
    town: Town, somchai: Chat, first: Ticket, second: Ticket, clock: Clock
) -> None:
    merges(somchai, second, first)
    undo = somchai.button("แยกเรื่องออก")
    clock.passes(days=30)
    somchai.presses_old(undo)
    assert second.status == "new"
    somchai.presses_old(undo)
    assert "แยกออกไม่ได้" in somchai.text
    merges(somchai, second, first)
    clock.passes(days=30, seconds=1)
    somchai.presses_old(undo)
    assert "แยกออกไม่ได้" in somchai.text
    assert second.status == "merged"


def test_undoing_works_after_the_other_was_merged_on(
    town: Town, somchai: Chat, first: Ticket, second: Ticket
) -> None:
    third = town.ticket(by="อ้อย", words="น้ำแดงทั้งซอย")
    merges(somchai, second, first)
    merges(somchai, first, third)
    assert set(where(town).values()) == {third.number}
    somchai.says(second.number)
    somchai.presses("แยกเรื่องออก")
    assert where(town) == {"นก": third.number, "แป้ง": second.number, "อ้อย": third.number}
    merges(somchai, second, third)
    somchai.says(first.number)
    somchai.presses("แยกเรื่องออก")
    assert where(town) == {"นก": first.number, "แป้ง": third.number, "อ้อย": third.number}


def test_undoing_the_middle_takes_along_what_had_come_into_it(
    town: Town, somchai: Chat, first: Ticket, second: Ticket
) -> None:
    third = town.ticket(by="อ้อย")
    merges(somchai, second, first)
    merges(somchai, first, third)
    somchai.says(first.number)
    somchai.presses("แยกเรื่องออก")
    assert where(town) == {"นก": first.number, "แป้ง": first.number, "อ้อย": third.number}


def test_undoing_works_after_the_other_has_ended(town: Town, somchai: Chat, first: Ticket, second: Ticket) -> None:
    merges(somchai, second, first)
    town.move(first, S.REJECTED, town.officer("มาลี", "water"))
    somchai.says(second.number)
    somchai.presses("แยกเรื่องออก")
    assert (first.status, second.status, where(town)["แป้ง"]) == ("rejected", "new", second.number)


def test_a_waiting_ticket_waits_again_and_its_answer_takes_it_back(
    town: Town, somchai: Chat, first: Ticket, second: Ticket
) -> None:
    town.move(second, S.WAITING, town.officer("มาลี", "water"))
    merges(somchai, second, first)
    somchai.says(second.number)
    somchai.presses("แยกเรื่องออก")
    assert (second.status, second.status_before, second.paused_at) == ("waiting", "new", NOON)
    paeng = chat(town, town.resident("แป้ง"))
    paeng.says("ติดตามเรื่อง")
    paeng.presses("ตอบเจ้าหน้าที่")
    paeng.says("บ้านเลขที่ 12")
    assert second.status == "new"


@pytest.mark.parametrize("which", ["itself", "ended", "confidential", "none", "another town's", "no number"])
def test_what_cannot_be_merged_is_refused_with_the_reason(
    town: Town, somchai: Chat, first: Ticket, second: Ticket, which: str
) -> None:
    trusted = town.session.get_one(builders.Officer, 1)
    trusted.is_named_for_conduct = True
    secret = town.ticket("service", by="ลับ")
    elsewhere = builders.town(town.session, code="elsewhere", prefix="EL").ticket()
    if which == "ended":
        town.move(first, S.REJECTED, trusted)
    said, answer = {
        "itself": (second.number, "คือเรื่องนี้เอง"),
        "ended": (first.number, "จบไปแล้ว"),
        "confidential": (secret.number, "เรื่องลับ"),
        "none": ("RS-6911-09999", "ไม่พบเรื่องนั้น"),
        "another town's": (elsewhere.number, "ไม่พบเรื่องนั้น"),
        "no number": ("เรื่องเมื่อวาน", "ไม่พบเรื่องนั้น"),
    }[which]
    somchai.presses("รวมเรื่อง")
    somchai.says(said)
    assert answer in somchai.text
    assert (second.status, second.merged_into_id) == ("new", None)
    somchai.says(secret.number)
    somchai.says("ยกเลิก")
    somchai.says(secret.number)
    assert "รวมเรื่อง" not in somchai.labels()


def test_a_ticket_of_another_department_is_not_there(town: Town, first: Ticket, second: Ticket) -> None:
    other = town.ticket("garbage", by="อ้อย", words="ความลับ")
    water = chat(town, town.officer("วิชัย", "water"))
    water.says(second.number)
    water.presses("รวมเรื่อง")
    water.says(other.number)
    assert "ไม่พบเรื่องนั้น" in water.text
    assert "ความลับ" not in water.text


def test_urgent_stays_urgent_and_one_person_hears_once(town: Town, somchai: Chat, first: Ticket) -> None:
    again = town.ticket(by="นก", words="น้ำแดงอีก", is_urgent=True)
    merges(somchai, again, first)
    assert first.is_urgent
    told = [one for one in news.waiting_for(town.session, town.resident("นก")) if one.ticket_id == first.id]
    assert "state" not in [item.kind for item in told]


def test_the_words_of_a_report_that_was_merged_in_are_read_whole_too(town: Town, first: Ticket) -> None:
    letter = "น้ำประปาสีแดงทุกวัน " * 60 + "จบตรงนี้"
    other = town.ticket(by="แป้ง", words=letter)
    somchai = chat(town, town.officer("สมชาย", "water", "clerk"))
    merges(somchai, other, first)
    somchai.says(first.number)
    assert "จบตรงนี้" not in somchai.text
    somchai.presses("อ่านทั้งหมด")
    assert "จบตรงนี้" in somchai.text


def test_a_reply_that_a_caller_is_still_to_hear_goes_along_with_a_merge_and_back(
    town: Town, somchai: Chat, first: Ticket, second: Ticket
) -> None:
    caller = town.join(second, "ป้าแดง", "น้ำแดงทั้งซอย")
    caller.resident_id, caller.channel, caller.contact_name, caller.contact = None, "phone", "ป้าแดง", "0812345678"
    somchai.presses("รับเรื่อง")
    somchai.presses("ตอบกลับ")
    somchai.says("พรุ่งนี้เช้าน้ำหยุดไหล")
    merges(somchai, second, first)
    somchai.says("โทรแจ้งผล")
    assert somchai.card().number == first.number
    for words in ("โทรแจ้งผล: ป้าแดง · แจ้งข้อความที่เราตอบ", "พรุ่งนี้เช้าน้ำหยุดไหล"):
        assert words in somchai.text
    somchai.says(second.number)
    somchai.presses("แยกเรื่องออก")
    town.session.flush()
    calls = town.session.scalars(select(Call).execution_options(populate_existing=True)).all()
    assert [(call.kind, call.state, call.ticket_id) for call in calls] == [("reply", "waiting", second.id)]
