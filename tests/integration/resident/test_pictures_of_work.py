"""What an officer photographed at work is the town's, and what they sent for others is those people's."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.officer_casework import staff
from bot.privacy.copying import copy_of
from handlers.line.dispatch import Dispatcher
from models import Media, Message, Officer, Report, Resident
from tests.integration.resident.test_whose_ground import BEYOND, with_a_neighbour
from tests.people import KEY
from tests.talking import Person, Rangsit


def sends_and_is_stored(town: Rangsit, person: Person) -> int:
    person.sends_photo()
    with town.database.transaction() as session:
        photo = session.get_one(Media, town.every(Media)[-1].id)
        photo.state, photo.stored_as = "stored", f"{photo.id:032x}"
    return photo.id


def enters(officer: Person, words: str) -> None:
    """What somebody says on the telephone; the draft card is on the screen then."""
    officer.sends("รับแจ้งแทน")
    officer.presses("โทรศัพท์")
    officer.sends("ยายสมศรี 081-234-5678")
    officer.sends(words)


def leaves(town: Rangsit) -> None:
    """The officer works here no longer."""
    with town.database.transaction() as session:
        officer = session.scalars(select(Officer).where(Officer.name == "somsri")).unique().one()
        staff.revoke(session, officer, None, town.now)


@pytest.fixture
def somsri(town: Rangsit) -> Person:
    settings = {"SECRET_KEY": KEY, "LINE_API_URL": "http://127.0.0.1:1", "PUBLIC_URL": "https://bot.test"}
    town.dispatch = Dispatcher(Settings(settings))
    return town.officer("somsri", "clerk")


def test_a_former_officer_takes_the_pictures_of_work_neither_along_nor_away(
    town: Rangsit, nok: Person, somsri: Person
) -> None:
    number = nok.reports()
    somsri.sends(number)
    somsri.presses("ตอบกลับ", on=number)
    in_a_reply = sends_and_is_stored(town, somsri)
    enters(somsri, "ขยะล้นถัง ไม่มาเก็บ 4 วันแล้ว ซอยรังสิต-นครนายก 46")
    of_grandmother = sends_and_is_stored(town, somsri)
    somsri.sends("ส่งเรื่อง")
    town.moves(number, "accepted", by="somsri")
    town.moves(number, "resolved", by="somsri", words="ล้างท่อแล้ว", photos=1)
    of_the_work = town.every(Media)[-1].id
    assert [one.purpose for one in town.every(Media)] == ["thread", "before", "after"]
    leaves(town)
    somsri.sends("น้ำประปาแดงมากที่บ้าน")
    own = sends_and_is_stored(town, somsri)
    with town.database.reading() as session:
        person = session.scalars(select(Resident).where(Resident.line_user_id == somsri.user_id)).one()
        copied = [file.name for file in copy_of(session, person).files]
    assert copied == [f"files/{own}.jpg"]
    somsri.sends("ข้อมูลของฉัน")
    somsri.sees("1 รายการ")
    somsri.presses("ลบข้อมูลของฉัน")
    somsri.presses("ใช่ ลบทั้งหมด")
    states = {one.id: one.state for one in town.every(Media)}
    assert states == {in_a_reply: "stored", of_grandmother: "stored", of_the_work: "stored", own: "erased"}


def test_what_was_entered_for_others_stays_where_it_was_handed_to_as_well(town: Rangsit, somsri: Person) -> None:
    with_a_neighbour(town)
    enters(somsri, "ขยะไม่มาเก็บ 4 วันแล้ว")
    somsri.sends_photo()
    somsri.sends_place(*BEYOND)
    somsri.sends("ส่งเรื่อง")
    leaves(town)
    somsri.sends("ข้อมูลของฉัน")
    somsri.presses("ลบข้อมูลของฉัน")
    somsri.presses("ใช่ ลบทั้งหมด")
    somsri.sees("ลบข้อมูลของคุณแล้ว")
    assert [(one.text, one.officer_id is not None) for one in town.every(Message)] == [("ขยะไม่มาเก็บ 4 วันแล้ว", True)] * 2
    assert [one.state for one in town.every(Media)] == ["wanted"] * 2
    assert {(one.latitude, one.longitude) for one in town.every(Report)} == {BEYOND}
