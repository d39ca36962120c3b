"""An invitation code makes one officer once, in a private chat only."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import invitations
from models import Department, Officer
from models.officer import Role
from tests.talking import Person, Rangsit


@pytest.fixture
def code(town: Rangsit) -> str:
    with town.database.transaction() as session:
        desk = session.scalars(select(Department).where(Department.code == "clerk")).one()
        return invitations.invite(session, desk, Role.OFFICER, town.now)


def test_a_code_makes_an_officer_and_links_the_menu(town: Rangsit, nok: Person, code: str) -> None:
    nok.sends(code)
    nok.sees("คุณเป็นเจ้าหน้าที่ของ")
    (officer,) = town.every(Officer)
    assert officer.resident.menu == "officer-new"


def test_a_code_works_once(town: Rangsit, nok: Person, ton: Person, code: str) -> None:
    nok.sends(code.lower())
    ton.sends(code)
    ton.sees("รหัสนี้ใช้ไม่ได้")
    assert len(town.every(Officer)) == 1


def test_an_expired_a_used_and_a_guessed_code_are_told_alike(
    town: Rangsit, nok: Person, ton: Person, code: str
) -> None:
    nok.sends("TEAM-AAAAA-AAAAA")
    guessed = nok.sees("รหัสนี้ใช้ไม่ได้")
    town.now = town.now.replace(day=28)
    ton.sends(code)
    assert ton.sees("รหัสนี้ใช้ไม่ได้") == guessed
    assert town.every(Officer) == []


def test_five_wrong_codes_a_day_and_no_more(town: Rangsit, nok: Person, code: str) -> None:
    for letter in "ABCDE":
        nok.sends(f"TEAM-{letter * 5}-AAAAA")
        nok.sees("รหัสนี้ใช้ไม่ได้")
    nok.sends(code)
    nok.sees("ลองรหัสหลายครั้งแล้ว")
    assert town.every(Officer) == []
    town.passes(days=1)
    nok.sends(code)
    nok.sees("คุณเป็นเจ้าหน้าที่")


def test_a_code_said_in_a_group_is_worth_nothing_any_more(town: Rangsit, nok: Person, code: str) -> None:
    group = {"type": "group", "groupId": "C" + "2" * 32, "userId": nok.user_id}
    nok.message({"type": "text", "text": code}, source=group)
    nok.sends(code)
    nok.sees("รหัสนี้ใช้ไม่ได้")
    assert town.every(Officer) == []


def test_a_code_in_the_middle_of_a_report_is_no_part_of_it(town: Rangsit, nok: Person, code: str) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.sends(code)
    nok.sees("คุณเป็นเจ้าหน้าที่")
    assert town.every_conversation()[0].draft is not None
    nok.presses("ส่งเรื่อง")
    assert code not in nok.sees("รอรับเรื่อง")
