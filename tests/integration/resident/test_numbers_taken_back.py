"""What an officer typed can be taken back: an owner's number, a caller's name and number, words to the reporter."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import select

from bot.database import Database, alembic_config
from models import Report, TicketEvent
from tests.integration.resident.test_unsending import everything
from tests.talking import Person, Rangsit

TRACE = "089-777"
TYPED = f"คุณแดง {TRACE}-5678"
PWA = "การประปาส่วนภูมิภาค สาขารังสิต"


@pytest.fixture
def somsri(town: Rangsit) -> Person:
    """An officer of the desk."""
    return town.officer("somsri", "clerk")


@pytest.fixture
def number(town: Rangsit, nok: Person, somsri: Person) -> str:
    """Nok's ticket, on the officer's screen."""
    reported = nok.reports()
    somsri.sends(reported)
    return reported


def forwards(officer: Person, number: str, typed: str) -> str:
    """Forwarded by telephone; LINE's id of the message with the owner's number."""
    officer.presses("ส่งต่อหน่วยงาน", on=number)
    officer.presses(PWA)
    officer.presses("โทร")
    return officer.sends(typed)


def numbers_later(officer: Person, number: str, typed: str) -> str:
    """Forwarded without a number, which is typed later."""
    forwards(officer, number, "ข้าม")
    officer.presses("ใส่เลขเรื่อง", on=number)
    return officer.sends(typed)


@pytest.mark.parametrize("how", [forwards, numbers_later])
def test_an_owners_number_taken_back_is_gone_everywhere_and_no_longer_told(
    town: Rangsit, nok: Person, somsri: Person, number: str, how: object
) -> None:
    assert callable(how)
    said = how(somsri, number, TYPED)
    somsri.sees(TRACE)
    town.line.pushes = "is away"
    town.passes(minutes=11)
    assert TRACE in everything(town)
    somsri.unsends(said)
    assert TRACE not in everything(town)
    town.line.pushes = "accepts"
    town.delivers()
    assert TRACE not in nok.sees("ส่งเรื่องให้ การประปาส่วนภูมิภาค")
    assert town.standing(number, "status", "forward_number") == ("forwarded", None)
    somsri.sends(number)
    somsri.sees("ลบข้อความที่พิมพ์ · คุณsomsri")
    (erased,) = town.every(TicketEvent, kind="erased")
    assert (erased.actor, erased.resident_id, erased.detail) == ("officer", None, None)


def test_a_newer_number_stays_when_an_older_one_is_taken_back(
    town: Rangsit, nok: Person, somsri: Person, number: str
) -> None:
    old = forwards(somsri, number, TYPED)
    somsri.presses("ใส่เลขเรื่อง", on=number)
    somsri.sends("ปท 52001/1234")
    somsri.unsends(old)
    assert town.standing(number, "forward_number") == "ปท 52001/1234"
    assert TRACE not in everything(town)


def test_nobody_else_takes_a_number_back(
    town: Rangsit, nok: Person, ton: Person, somsri: Person, number: str
) -> None:
    said = forwards(somsri, number, TYPED)
    ton.unsends(said)
    nok.unsends(said)
    assert town.standing(number, "forward_number") == TYPED


@pytest.mark.parametrize("when", ["in the draft", "on the ticket", "on a card of the bot"])
def test_a_callers_name_and_number_taken_back_are_gone_everywhere(town: Rangsit, somsri: Person, when: str) -> None:
    somsri.sends("รับแจ้งแทน")
    somsri.presses("โทรศัพท์")
    said = somsri.sends(TYPED)
    somsri.sends("น้ำประปาเป็นสีแดง ซอยรังสิต-นครนายก 46")
    somsri.sees(TRACE)
    if when != "in the draft":
        somsri.presses("ส่งเรื่อง")
    if when == "on a card of the bot":
        somsri.sends(somsri.number)
        somsri.presses("บันทึกคำตอบ คุณแดง")
    assert TRACE in everything(town)
    somsri.unsends(said)
    assert TRACE not in everything(town)
    assert "คุณแดง" not in everything(town)
    if when == "in the draft":
        somsri.presses("ส่งเรื่อง")
        assert [(one.channel, one.contact) for one in town.every(Report)] == [("phone", None)]
        return
    somsri.sends(somsri.number)
    somsri.sees("ไม่มีเบอร์ติดต่อ", "ลบข้อความที่พิมพ์")


def test_a_callers_name_taken_back_leaves_other_buttons_that_happen_to_hold_it(town: Rangsit, somsri: Person) -> None:
    somsri.sends("รับแจ้งแทน")
    somsri.presses("โทรศัพท์")
    said = somsri.sends("เรื่อง 081-234-5678")
    somsri.sends("น้ำประปาเป็นสีแดง ซอยรังสิต-นครนายก 46")
    somsri.presses("ส่งเรื่อง")
    number = somsri.number
    malee = town.officer("malee", "clerk")
    malee.sends(number)
    assert "บันทึกคำตอบ เรื่อง" in everything(town)
    somsri.unsends(said)
    assert "บันทึกคำตอบ เรื่อง" not in everything(town)
    malee.sends("รับเรื่อง")
    assert town.standing(number) == "accepted"


def test_words_to_the_reporter_taken_back_are_the_officers_act_in_the_history(
    town: Rangsit, nok: Person, somsri: Person, number: str
) -> None:
    somsri.presses("รับเรื่อง", on=number)
    somsri.presses("ตอบกลับ", on=number)
    said = somsri.sends(f"โทรหา {TYPED}")
    town.line.pushes = "is away"
    town.passes(minutes=11)
    somsri.unsends(said)
    assert TRACE not in everything(town)
    somsri.sends(number)
    assert "ผู้แจ้งลบข้อความ" not in somsri.sees("(เจ้าหน้าที่ลบข้อความ)", "ลบข้อความที่พิมพ์ · คุณsomsri")


def test_an_officer_who_reported_takes_back_as_a_reporter(town: Rangsit, somsri: Person) -> None:
    said = somsri.sends("น้ำประปาแดงมาก")
    photo = somsri.sends_photo()
    somsri.sends_place()
    somsri.presses("ส่งเรื่อง")
    for one in (said, photo):
        somsri.unsends(one)
    assert [event.actor for event in town.every(TicketEvent, kind="erased")] == ["resident", "resident"]


def test_numbers_that_stood_in_the_history_are_taken_out_of_it_by_the_upgrade(
    town: Rangsit, nok: Person, database: Database, database_url: str
) -> None:
    number = nok.reports()
    with town.database.transaction() as session:
        ticket = town.ticket(session, number)
        (created,) = ticket.history
        for kind, detail in (("forward_updated", {"number": TYPED}), ("media", {"media": 7})):
            session.add(
                TicketEvent(
                    municipality_id=ticket.municipality_id, ticket_id=ticket.id, at=created.at, kind=kind,
                    actor="officer", detail=detail,
                )
            )  # fmt: skip
    database.close()
    config = alembic_config(database_url)
    command.downgrade(config, "0022")
    command.upgrade(config, "head")
    with town.database.reading() as session:
        entries = session.scalars(select(TicketEvent).order_by(TicketEvent.id))
        assert [(entry.kind, entry.detail) for entry in entries] == [
            ("created", None), ("forward_updated", None), ("media", {"media": 7}),
        ]  # fmt: skip
