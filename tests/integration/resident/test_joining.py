"""An invitation code makes one officer once, in a private chat only."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import invitations
from bot.replies import Say
from models import Department, Officer, OutboxMessage
from models.officer import Role
from models.outbox import PUSH
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


def guess(town: Rangsit, *names: str) -> None:
    """Each of these people types five wrong codes."""
    for name in names:
        for letter in "ABCDE":
            town.person(name).sends(f"TEAM-{letter * 5}-AAAAA")


def alarms(town: Rangsit, person: Person) -> list[OutboxMessage]:
    return [one for one in town.said_to(person, PUSH) if "พิมพ์รหัสเชิญผิด" in str(one.content)]


def test_many_wrong_codes_are_told_to_the_administrators_once_a_day(town: Rangsit) -> None:
    malee = town.officer("malee", "clerk", role=Role.ADMIN)
    somchai = town.officer("somchai", "clerk", role=Role.SUPERVISOR)
    guess(town, "a", "b", "c")
    town.passes(minutes=1)
    assert alarms(town, malee) == [], "fifteen may be slips of the finger"
    guess(town, "d")
    town.passes(minutes=1)
    malee.sees("พิมพ์รหัสเชิญผิดรวม 20 ครั้ง")
    guess(town, "e", "f")
    town.passes(hours=2)
    assert (len(alarms(town, malee)), len(alarms(town, somchai))) == (1, 0)
    town.passes(days=1)
    assert len(alarms(town, malee)) == 1, "what was told is not told again"
    guess(town, "g", "h", "i", "j")
    town.passes(minutes=1)
    assert len(alarms(town, malee)) == 2
    assert "AAAAA" not in str(alarms(town, malee)[-1].content)


def test_codes_guessed_in_the_night_are_told_in_the_morning(town: Rangsit) -> None:
    malee = town.officer("malee", "clerk", role=Role.ADMIN)
    town.now = town.now.replace(hour=16)  # 23:00 in the town
    guess(town, "a", "b", "c", "d")
    town.passes(minutes=10)
    assert alarms(town, malee) == []
    town.passes(hours=10)
    assert len(alarms(town, malee)) == 1


def test_a_code_that_was_shown_stands_nowhere_any_more(town: Rangsit, nok: Person) -> None:
    malee = town.officer("malee", "clerk", role=Role.ADMIN)
    malee.sends("จัดการเจ้าหน้าที่")
    malee.presses("เชิญคนใหม่")
    malee.presses("งานประสานการประปา")
    malee.presses("เจ้าหน้าที่")
    shown = malee.seen[-1].replies[-1]
    assert isinstance(shown, Say)
    assert invitations.code_in(shown.text) == shown.text
    assert shown.text not in str([(one.content, one.body) for one in town.said_to(malee)])
    assert "TEAM-•••••-•••••" in str(town.said_to(malee)[-1].content)
    nok.sends(shown.text)
    nok.sees("คุณเป็นเจ้าหน้าที่")


def test_a_code_whose_reply_died_is_pushed_whole_and_then_hidden(town: Rangsit) -> None:
    malee = town.officer("malee", "clerk", role=Role.ADMIN)
    malee.sends("จัดการเจ้าหน้าที่")
    malee.presses("เชิญคนใหม่")
    malee.presses("งานประสานการประปา")
    town.line.replies = "lets the token die"
    malee.presses("เจ้าหน้าที่")
    pushed = malee.seen[-1]
    shown = pushed.replies[-1]
    assert pushed.way == PUSH
    assert isinstance(shown, Say)
    assert invitations.code_in(shown.text) == shown.text
    assert shown.text not in str([(one.content, one.body) for one in town.said_to(malee)])


def test_what_line_was_sent_of_a_code_is_hidden_too() -> None:
    said = [{"type": "text", "text": "ส่งรหัสนี้ให้เขา"}, {"type": "text", "text": "TEAM-ABCDE-FGH23"}]
    message = OutboxMessage(content=said, body=said)
    invitations.hide(message, keep_content=True)
    assert message.content is said
    assert message.body == [said[0], {"type": "text", "text": "TEAM-•••••-•••••"}]
    other = OutboxMessage(content=said[:1], body=None)
    invitations.hide(other)
    assert (other.content, other.body) == (said[:1], None)
