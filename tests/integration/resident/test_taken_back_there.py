"""What a reporter takes back is taken back in the town that the report was handed to, whatever became of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.casework import By
from bot.officer_casework import merging
from bot.privacy.cells import cell
from models import Media, Message, Municipality, Report, Ticket, TicketEvent
from models.lifecycle import Actor
from tests.integration.resident.next_door import (
    BESIDE,
    HERE,
    OLDER_THERE,
    TEMPLE,
    THERE,
    cancels,
    hands_over,
    happened,
    moves_the_place,
    older_ticket_there,
    reported_there_too,
    stands,
    takes_up,
    where,
)
from tests.integration.resident.test_nothing_is_left import change, erases
from tests.integration.resident.test_unsending import everything
from tests.integration.resident.test_whose_ground import BEYOND, with_a_neighbour
from tests.talking import Person, Rangsit


def test_a_report_taken_back_ends_the_ticket_next_door_too_and_its_officer_hears_it(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง", "เริ่มดำเนินการ")
    cancels(nok, HERE)
    nok.sees(f"ยกเลิกเรื่อง {HERE} ให้แล้ว")
    assert (town.standing(HERE), town.standing(THERE)) == ("cancelled", "cancelled")
    assert (stands(town, HERE), stands(town, THERE)) == ([False], [False])
    mali.sends("งานของฉัน")
    mali.sees(f"ผู้แจ้งขอถอนเรื่อง {THERE}")
    mali.sends(THERE)
    mali.sees("ผู้แจ้งยกเลิก · ผู้แจ้ง")
    nok.presses("ใช่ ยกเลิกเรื่องนี้")  # pressed again
    assert happened(town, THERE).count("cancelled") == 1
    assert [event.officer_id for event in town.every(TicketEvent, to_status="cancelled")] == [None, None]


def test_the_ticket_next_door_goes_on_until_nobody_here_reports_it_any_more(
    town: Rangsit, nok: Person, ton: Person, mali: Person, pin: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    town.joins(ton, HERE)
    cancels(nok, HERE)
    nok.sees("ถอนชื่อคุณออกจากเรื่อง")
    assert (town.standing(HERE), town.standing(THERE)) == ("new", "accepted")
    mali.sends("งานของฉัน")
    mali.sees(f"ผู้แจ้งขอถอนเรื่อง {THERE}")
    cancels(ton, HERE)
    assert (town.standing(HERE), town.standing(THERE)) == ("cancelled", "cancelled")
    assert happened(town, THERE) == ["created", "accepted", "withdrawn", "cancelled"]


def test_what_others_reported_next_door_goes_on_there(town: Rangsit, nok: Person, pin: str) -> None:
    reported_there_too(town)
    cancels(nok, HERE)
    assert (town.standing(HERE), town.standing(THERE)) == ("cancelled", "new")
    assert stands(town, THERE) == [False, True]
    assert happened(town, THERE) == ["created", "withdrawn"]


def test_a_report_taken_back_reaches_what_it_was_merged_into_next_door(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    with town.database.transaction() as session:
        other = older_ticket_there(town, session)
        merging.merge(session, town.ticket(session, THERE), other, By(Actor.OFFICER), town.now)
    cancels(nok, HERE)
    assert (town.standing(OLDER_THERE), town.standing(THERE)) == ("cancelled", "merged")


@pytest.mark.parametrize("end", ["resolved", "rejected"])
def test_work_that_is_done_next_door_stays_done_and_keeps_that_it_was_taken_back(
    town: Rangsit, nok: Person, mali: Person, pin: str, end: str
) -> None:
    with town.database.transaction() as session:
        theirs = town.ticket(session, THERE)
        theirs.category.needs_after_photo = False
    takes_up(mali, THERE, "รับเรื่อง")
    town.moves(THERE, end, by="mali", words="เก็บแล้ว", reason="other" if end == "rejected" else None)
    cancels(nok, HERE)
    assert (town.standing(HERE), town.standing(THERE)) == ("cancelled", end)
    assert stands(town, THERE) == [False]
    assert happened(town, THERE)[-1] == "withdrawn"
    if end == "resolved":
        town.passes(days=31)
        assert town.standing(THERE) == "closed"


# ---- words, places and pictures are taken back, or everything is erased


@pytest.mark.parametrize("wish", ["unsends", "erases"])
def test_what_officers_next_door_were_shown_of_a_place_goes_with_it(
    town: Rangsit, nok: Person, mali: Person, pin: str, wish: str
) -> None:
    mali.sends(THERE)
    mali.sees(TEMPLE)
    assert TEMPLE in everything(town)
    if wish == "unsends":
        nok.unsends(pin)
    else:
        erases(nok)
    assert TEMPLE not in everything(town)
    assert where(town, THERE)[:2] == ((None, None) if wish == "unsends" else cell(*BEYOND))
    assert happened(town, THERE)[-1] == "erased"


def test_erasing_ones_data_ends_only_what_nobody_has_taken_up_next_door(
    town: Rangsit, nok: Person, ton: Person, mali: Person, pin: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    hands_over(ton, "")
    erases(nok)
    erases(ton)
    assert [town.standing(number) for number in town.tickets()] == ["cancelled", "accepted", "cancelled", "cancelled"]
    assert stands(town, THERE) == [True]
    assert not any(message.text for message in town.every(Message))


def test_a_picture_that_was_never_there_leaves_no_place_behind(town: Rangsit, nok: Person, next_door: Rangsit) -> None:
    """LINE had no picture any more when the report was handed over, so nothing there has an author."""
    said = nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends_place(*BEYOND)
    nok.presses("เปลี่ยนประเภท")
    nok.presses("🗑️ ขยะและความสะอาด")
    nok.sends_photo()
    nok.unsends(said)
    change(town, Media, lambda row: setattr(row, "state", "gone"))
    nok.presses("ส่งเรื่อง")
    assert len(town.every(Ticket)) == 2
    assert (len(town.every(Media)), town.every(Message)) == (1, [])
    erases(nok)
    assert {(row.latitude, row.longitude) for row in (*town.every(Ticket), *town.every(Report))} == {cell(*BEYOND)}


# ---- handed on, and handed over by a release that did not note it


def handed_on(town: Rangsit) -> None:
    """The town next door handed it on to a third one."""
    with_a_neighbour(town, "ถัดไป", "TD")
    with town.database.transaction() as session:
        theirs = town.ticket(session, THERE)
        third = session.scalars(select(Municipality).where(Municipality.code == "next-door-td")).one()
        further = Ticket(
            municipality_id=third.id, number="TD-6911-00001", category_id=theirs.category_id,
            department_id=theirs.department_id, latitude=BEYOND[0], longitude=BEYOND[1], place_words=TEMPLE,
            created_at=town.now, moved_at=town.now, due_at=town.now,
        )  # fmt: skip
        session.add(further)
        session.flush()
        (copy,) = theirs.reports
        session.add(
            Report(
                municipality_id=third.id, ticket_id=further.id, channel="other", contact_name=THERE,
                latitude=BEYOND[0], longitude=BEYOND[1], place_words=TEMPLE, place_said=copy.place_said,
                handed_from_id=copy.id, created_at=town.now,
            )
        )  # fmt: skip


def is_taken_back(town: Rangsit, nok: Person, pin: str) -> None:
    cancels(nok, HERE)
    assert {town.standing(number) for number in town.tickets()} == {"cancelled"}


def is_corrected(town: Rangsit, nok: Person, pin: str) -> None:
    moves_the_place(nok, BESIDE)
    assert {(row.latitude, row.longitude) for row in (*town.every(Ticket), *town.every(Report))} == {BESIDE}


def is_unsent(town: Rangsit, nok: Person, pin: str) -> None:
    nok.unsends(pin)
    assert TEMPLE not in everything(town)
    assert {row.latitude for row in (*town.every(Ticket), *town.every(Report))} == {None}


def is_erased(town: Rangsit, nok: Person, pin: str) -> None:
    erases(nok)
    assert TEMPLE not in everything(town)
    assert {(row.latitude, row.longitude) for row in (*town.every(Ticket), *town.every(Report))} == {cell(*BEYOND)}


Then = Callable[[Rangsit, Person, str], None]


@pytest.mark.parametrize("then", [is_taken_back, is_corrected, is_unsent, is_erased])
def test_what_was_handed_on_from_there_follows_as_well(town: Rangsit, nok: Person, pin: str, then: Then) -> None:
    handed_on(town)
    assert len(town.tickets()) == 3
    then(town, nok, pin)


@pytest.mark.parametrize("then", [is_unsent, is_erased])
def test_a_copy_of_an_earlier_release_is_still_known_by_whose_words_stand_there(
    town: Rangsit, nok: Person, pin: str, then: Then
) -> None:
    change(town, Report, lambda row: setattr(row, "handed_from_id", None))
    then(town, nok, pin)


def test_what_a_caller_takes_back_ends_it_next_door_and_names_nobody_of_ours(town: Rangsit, mali: Person) -> None:
    somsri = town.officer("somsri", "clerk")
    somsri.sends("รับแจ้งแทน")
    somsri.presses("โทรศัพท์")
    somsri.sends("ยายแดง 089-777-1234")
    words = somsri.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    place = somsri.sends_place(*BEYOND, address=TEMPLE)
    somsri.presses("ส่งเรื่อง")
    somsri.sends(HERE)
    somsri.presses("บันทึกคำตอบ ยายแดง", on=HERE)
    somsri.presses("ขอยกเลิก")
    assert (town.standing(HERE), town.standing(THERE)) == ("cancelled", "cancelled")
    for said in (words, place):
        somsri.unsends(said)
    assert TEMPLE not in everything(town)
    assert [message.text for message in town.every(Message)] == [None, None]
    theirs = town.every(TicketEvent, municipality_id=town.every(Ticket)[1].municipality_id)
    assert [event.actor for event in theirs] == ["system", "resident", "officer", "officer"]
    assert not any(event.officer_id for event in theirs)
    mali.sends(THERE)
    mali.sees("ลบข้อความที่พิมพ์")
    mali.does_not_see("somsri", "ยายแดง", "089")
