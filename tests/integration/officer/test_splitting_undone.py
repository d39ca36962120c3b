"""รวมกลับเรื่องเดิม, and who may take a reporter off what."""

from __future__ import annotations

from sqlalchemy import select

from models import Report, SameQuestion, Ticket
from models.lifecycle import TicketStatus
from tests.builders import Town
from tests.chats import Chat, Clock, chat
from tests.integration.officer.sharing import of, takes_off

S = TicketStatus


def test_it_goes_back_with_one_press_and_who_never_heard_hears_nothing(
    town: Town, screen: Chat, shared: Ticket, paengs: Report
) -> None:
    paeng = chat(town, town.resident("แป้ง"))
    paeng.says("สวัสดี")
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    screen.presses("รวมกลับเรื่องเดิม")
    new = of(town, "RS-6911-00002")
    assert (paengs.ticket_id, new.status, new.merged_into_id) == (shared.id, "merged", shared.id)
    assert screen.card().number == shared.number
    assert "มีคนเผาขยะหลังตลาด" in screen.text
    assert len(screen.card().pictures) == 1
    paeng.says("สวัสดี")
    assert "RS-6911-00002" not in paeng.text
    assert "คนละปัญหา" not in paeng.text


def test_who_had_heard_of_the_new_number_hears_that_it_was_joined_again(
    town: Town, screen: Chat, shared: Ticket
) -> None:
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    paeng = chat(town, town.resident("แป้ง"))
    paeng.says("สวัสดี")
    screen.presses("รวมกลับเรื่องเดิม")
    paeng.says("สวัสดี")
    assert "เรื่องนี้รวมกับเรื่องเดิมแล้ว" in paeng.text
    assert shared.number in paeng.text
    town.move(shared, S.REJECTED, town.officer("มาลี", "environment"))
    assert paeng.pushed()


def test_it_goes_back_within_thirty_days_and_only_to_open_work(
    town: Town, screen: Chat, shared: Ticket, clock: Clock
) -> None:
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    back, new = screen.button("รวมกลับเรื่องเดิม"), of(town, "RS-6911-00002")
    clock.passes(days=30, seconds=1)
    screen.presses_old(back)
    assert "รวมกลับไม่ได้" in screen.text
    assert (new.status, "รวมกลับเรื่องเดิม" in screen.labels()) == ("new", False)
    clock.passes(days=-1)
    screen.says(new.number)
    assert "รวมกลับเรื่องเดิม" in screen.labels()
    town.move(shared, S.REJECTED, town.officer("มาลี", "environment"))
    screen.presses_old(back)
    assert "รวมกลับไม่ได้" in screen.text
    assert new.status == "new"


def test_it_goes_back_to_where_the_other_was_merged_on(town: Town, screen: Chat, shared: Ticket) -> None:
    third = town.ticket("garbage", by="อ้อย")
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    back = screen.button("รวมกลับเรื่องเดิม")
    screen.says(shared.number)
    screen.presses("รวมเรื่อง")
    screen.says(third.number)
    screen.presses("ใช่ รวมเลย")
    screen.presses_old(back)
    assert screen.card().number == third.number
    assert of(town, "RS-6911-00003").merged_into_id == third.id


def test_what_is_done_or_taken_back_is_not_taken_off(
    town: Town, screen: Chat, shared: Ticket, paengs: Report
) -> None:
    take_off = screen.button("แยกผู้แจ้งออก")
    screen.presses("แยกผู้แจ้งออก")
    chosen = screen.button("ผู้แจ้งคนที่ 2")
    screen.presses_old(chosen)
    yes = screen.button("ใช่ แยกเลย")
    screen.presses_old(yes)
    back = screen.button("รวมกลับเรื่องเดิม")
    screen.presses_old(yes)
    assert "แยกออกจากเรื่อง RS-6911-00001 ไม่ได้แล้ว" in screen.text
    assert town.session.scalar(select(Ticket.number).where(Ticket.number == "RS-6911-00003")) is None, "once"
    screen.presses_old(back)
    malee = town.officer("มาลี", "environment")
    town.move(shared, S.ACCEPTED, malee)
    shared.status = S.RESOLVED
    for old in (take_off, chosen, yes):
        screen.presses_old(old)
        assert paengs.ticket_id == shared.id
    assert "แยกผู้แจ้งออก" not in screen.labels()
    shared.status, paengs.withdrawn_at = S.ACCEPTED, town.now
    for old in (take_off, chosen, yes):
        screen.presses_old(old)
        assert paengs.ticket_id == shared.id


def test_another_departments_officer_may_not(town: Town, screen: Chat, shared: Ticket, paengs: Report) -> None:
    take_off = screen.button("แยกผู้แจ้งออก")
    screen.presses("แยกผู้แจ้งออก")
    screen.presses("ผู้แจ้งคนที่ 2")
    yes = screen.button("ใช่ แยกเลย")
    water = chat(town, town.officer("วิชัย", "water"))
    for old in (take_off, yes):
        water.presses_old(old)
        assert "เผาขยะ" not in water.text
    nok = chat(town, town.resident("นก"))
    nok.presses_old(yes)
    assert paengs.ticket_id == shared.id


def test_a_report_that_a_merge_brought_gets_its_old_number_back(town: Town, screen: Chat, shared: Ticket) -> None:
    brought = town.ticket("garbage", by="อ้อย", words="ตู้เย็นถูกทิ้งริมทาง")
    town.move(brought, S.ACCEPTED, town.officer("มาลี", "environment"))
    screen.says(brought.number)
    screen.presses("รวมเรื่อง")
    screen.says(shared.number)
    screen.presses("ใช่ รวมเลย")
    undo = screen.button("แยกเรื่องออก")
    takes_off(screen, shared, "ผู้แจ้งคนที่ 3")
    assert (brought.status, brought.merged_into_id, screen.card().number) == ("accepted", None, brought.number)
    assert town.session.scalar(select(Ticket.number).where(Ticket.number == "RS-6911-00003")) is None
    screen.presses_old(undo)
    assert "แยกออกไม่ได้" in screen.text


def test_a_merge_of_which_every_report_went_its_own_way_is_not_undone(
    town: Town, screen: Chat, shared: Ticket, clock: Clock
) -> None:
    screen.says(shared.number)
    third = town.ticket("garbage", by="อ้อย")
    screen.presses("รวมเรื่อง")
    screen.says(third.number)
    screen.presses("ใช่ รวมเลย")
    undo = screen.button("แยกเรื่องออก")
    takes_off(screen, third, "ผู้แจ้งคนที่ 2")
    assert screen.card().number == "RS-6911-00003", "two came with the merge: this one gets a number of its own"
    takes_off(screen, third, "ผู้แจ้งคนที่ 1")
    assert screen.card().number == shared.number, "the last of the merge takes the old number back"
    screen.presses_old(undo)
    assert "แยกออกไม่ได้" in screen.text


def test_the_town_takes_back_that_the_reporter_had_said_the_same(
    town: Town, screen: Chat, shared: Ticket, paengs: Report
) -> None:
    asked = SameQuestion(
        municipality_id=town.row.id, resident_id=town.resident("แป้ง").id, ticket_id=shared.id, metres=10,
        draft_token="draft-paeng", asked_at=town.now, answer="same", report_id=paengs.id,
    )  # fmt: skip
    town.session.add(asked)
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    town.session.refresh(asked)
    assert asked.answer == "different"
    back = screen.button("รวมกลับเรื่องเดิม")
    screen.presses("รวมเรื่อง")
    assert not any(shared.number in label for label in screen.labels()), "not proposed to the officer either"
    screen.presses_old(back)
    town.session.refresh(asked)
    assert asked.answer == "same"
