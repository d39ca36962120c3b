"""What a reporter adds after the report was handed over stands in the other town too, as the report does."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.casework import By
from bot.officer_casework import merging
from models import Category, Effect, Media, Message, Municipality, Report, Ticket, TicketEvent
from models.lifecycle import Actor
from tests.integration.resident.next_door import (
    HERE,
    OLDER_THERE,
    THERE,
    happened,
    older_ticket_there,
    takes_up,
)
from tests.integration.resident.test_nothing_is_left import erases
from tests.integration.resident.test_unsending import everything
from tests.integration.resident.test_whose_ground import BEYOND
from tests.talking import Person, Rangsit

FLIES = "แมลงวันเยอะมาก ตรงข้ามร้านป้าแดง"


def adds(person: Person, words: str = FLIES) -> str:
    """Something more about the ticket; LINE's id of it."""
    person.sends(HERE)
    person.presses("เพิ่มข้อมูล", on=HERE)
    return person.sends(words)


def said_there(town: Rangsit) -> list[str | None]:
    """The comments that the town next door has."""
    theirs = town.every(Municipality, code="next-door-nd")[0].id
    return [message.text for message in town.every(Message, municipality_id=theirs, kind="comment")]


def test_a_comment_stands_next_door_too_and_its_officer_hears_it(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    adds(nok)
    nok.sees(f"เพิ่มในเรื่อง {HERE}")
    assert happened(town, THERE) == ["created", "accepted", "comment"]
    mali.sends("งานของฉัน")
    mali.sees("ผู้แจ้งบอกเพิ่ม", FLIES)
    nok.sees_nothing()


def test_a_picture_that_is_added_is_fetched_for_the_town_next_door_too(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    adds(nok)
    nok.sends_photo()
    nok.sees(f"เพิ่มในเรื่อง {HERE}")
    ours, theirs = town.every(Media)
    assert (ours.ticket_id, theirs.ticket_id) == tuple(ticket.id for ticket in town.every(Ticket))
    assert (theirs.said, theirs.purpose, theirs.report_id, theirs.state) == (ours.said, "thread", None, "wanted")
    assert theirs.municipality_id != ours.municipality_id
    assert {f"media:{ours.id}", f"media:{theirs.id}"} <= {effect.key for effect in town.every(Effect)}


@pytest.mark.parametrize("wish", ["unsends", "erases"])
def test_what_was_added_is_taken_back_in_both_towns(
    town: Rangsit, nok: Person, mali: Person, pin: str, wish: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    town.moves(HERE, "accepted")
    words = adds(nok)
    photo = nok.sends_photo()
    mali.sends(THERE)
    mali.sees(FLIES)
    if wish == "unsends":
        nok.unsends(words)
        nok.unsends(photo)
    else:
        erases(nok)
    assert "ป้าแดง" not in everything(town)
    assert {medium.state for medium in town.every(Media)} == {"erased"}
    assert happened(town, THERE)[-1] == "erased"
    mali.sends(THERE)
    mali.does_not_see("ป้าแดง")


def test_an_answer_to_what_we_asked_stays_with_us(town: Rangsit, nok: Person, mali: Person, pin: str) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    town.moves(HERE, "waiting", words="ขอเบอร์โทรกลับหน่อย")
    nok.sends("โทรมาที่ 089-777-1234 ได้เลยค่ะ")
    nok.sees("ส่งคำตอบ")
    assert said_there(town) == []
    adds(nok)
    assert said_there(town) == [FLIES]
    mali.sends(THERE)
    mali.does_not_see("089")


def test_a_comment_answers_nothing_that_the_town_next_door_asked(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    town.moves(THERE, "waiting", by="mali", words="ขยะอยู่ฝั่งไหน")
    adds(nok)
    assert (said_there(town), town.standing(THERE)) == ([FLIES], "waiting")


def test_what_is_confidential_here_by_now_is_not_passed_on(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    with town.database.transaction() as session:
        ticket = town.ticket(session, HERE)
        of_our_town = (Category.municipality_id == ticket.municipality_id, Category.code == "service")
        ticket.category = session.scalars(select(Category).where(*of_our_town)).one()
    adds(nok)
    assert (said_there(town), happened(town, THERE)) == ([], ["created"])
    assert [message.text for message in town.every(Message, kind="comment")] == [FLIES]


def test_another_reporter_whose_report_was_never_handed_over_adds_only_here(
    town: Rangsit, ton: Person, mali: Person, pin: str
) -> None:
    town.joins(ton, HERE)
    adds(ton)
    assert said_there(town) == []
    assert happened(town, HERE)[-1] == "comment"


def test_a_comment_reaches_what_the_ticket_was_merged_into_next_door(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    with town.database.transaction() as session:
        other = older_ticket_there(town, session)
        merging.merge(session, town.ticket(session, THERE), other, By(Actor.OFFICER), town.now)
    adds(nok)
    assert happened(town, OLDER_THERE)[-1] == "comment"
    mali.sends(OLDER_THERE)
    mali.sees(FLIES)


def test_two_reports_of_one_person_that_stand_on_one_ticket_next_door_bring_a_comment_once(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    with town.database.transaction() as session:
        [ours, theirs] = session.scalars(select(Report).order_by(Report.id)).all()
        for one, said_of in ((ours, {}), (theirs, {"handed_from_id": ours.id})):
            session.add(
                Report(
                    municipality_id=one.municipality_id, ticket_id=one.ticket_id, resident_id=one.resident_id,
                    created_at=town.now, **said_of,
                )
            )  # fmt: skip
    adds(nok)
    assert (said_there(town), happened(town, THERE)) == ([FLIES], ["created", "comment"])


def test_what_a_caller_adds_names_nobody_of_ours_next_door(town: Rangsit, mali: Person) -> None:
    somsri = town.officer("somsri", "clerk")
    somsri.sends("รับแจ้งแทน")
    somsri.presses("โทรศัพท์")
    somsri.sends("ยายเขียว 089-777-1234")
    somsri.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    somsri.sends_place(*BEYOND)
    somsri.presses("ส่งเรื่อง")
    somsri.sends(HERE)
    somsri.presses("บันทึกคำตอบ ยายเขียว", on=HERE)
    somsri.presses("บอกเพิ่ม")
    words = somsri.sends(FLIES)
    assert said_there(town) == [FLIES]
    mali.sends(THERE)
    mali.sees(FLIES)
    mali.does_not_see("somsri", "ยายเขียว", "089")
    theirs = town.every(TicketEvent, ticket_id=town.every(Ticket)[1].id)
    assert not any(event.officer_id for event in theirs)
    somsri.unsends(words)
    assert "ป้าแดง" not in everything(town)
