"""What somebody has in hand stands in somebody's list, whatever becomes of that person's rights."""

from __future__ import annotations

import pytest

from bot.replies import Say
from models.officer import Role
from tests.builders import Town
from tests.chats import Chat, chat

ENVIRONMENT = "สำนักสาธารณสุขและสิ่งแวดล้อม"


@pytest.fixture
def malee(town: Town) -> Chat:
    """The administrator, who works at the desk."""
    return chat(town, town.officer("มาลี", "clerk", role=Role.ADMIN))


@pytest.fixture
def somchai(town: Town) -> Chat:
    return chat(town, town.officer("สมชาย", "water", "environment"))


@pytest.fixture
def wipa(town: Town) -> Chat:
    return chat(town, town.officer("วิภา", "environment"))


def opens(malee: Chat, name: str) -> None:
    """The administrator opens somebody's card."""
    malee.says("จัดการเจ้าหน้าที่")
    malee.presses(next(label for label in malee.labels() if label.startswith(name)))


def accepts(officer: Chat, number: str) -> None:
    officer.says(number)
    officer.presses("รับเรื่อง", on=number)


def test_who_leaves_a_department_leaves_its_work_to_the_others(
    town: Town, malee: Chat, somchai: Chat, wipa: Chat
) -> None:
    garbage, water = town.ticket("garbage", words="ขยะล้น"), town.ticket(by="แป้ง")
    accepts(somchai, garbage.number)
    accepts(somchai, water.number)
    wipa.taps("new")
    assert "ไม่มีงานใหม่" in wipa.text, "he has it in hand"
    opens(malee, "สมชาย")
    malee.presses("ออกจากหน่วยงาน")
    malee.presses(ENVIRONMENT)
    assert "งานในมือ 1 เรื่องกลับไปอยู่ในงานใหม่" in malee.text
    assert "งานในมือ: 1 เรื่อง" in malee.text
    wipa.taps("new")
    assert garbage.number in wipa.text
    somchai.taps("mine")
    assert (garbage.number in somchai.text, water.number in somchai.text) == (False, True)


def test_who_is_a_supervisor_no_longer_leaves_what_other_departments_do(town: Town, malee: Chat, wipa: Chat) -> None:
    boss = chat(town, town.officer("หัวหน้า", "water", role=Role.SUPERVISOR))
    garbage = town.ticket("garbage", words="ขยะล้น")
    accepts(boss, garbage.number)
    opens(malee, "หัวหน้า")
    malee.presses("เปลี่ยนบทบาท")
    malee.presses("เจ้าหน้าที่")
    wipa.taps("new")
    assert garbage.number in wipa.text


def test_a_confidential_ticket_goes_on_to_whom_it_is_for_from_now_on(town: Town, malee: Chat) -> None:
    pranee, anong = (chat(town, town.officer(name, "clerk")) for name in ("ปราณี", "อนงค์"))
    secret = town.ticket("service", words="เจ้าหน้าที่พูดไม่ดี")
    accepts(malee, secret.number)
    opens(malee, "ปราณี")
    malee.presses("ให้ดูแลเรื่องลับ")
    pranee.taps("new")
    assert secret.number in pranee.text, "whoever had it as long as nobody was named sees it no longer"
    pranee.presses("เริ่มดำเนินการ")
    opens(malee, "อนงค์")
    malee.presses("ให้ดูแลเรื่องลับ")
    pranee.taps("mine")
    assert secret.number in pranee.text, "she may go on with it"
    opens(malee, "ปราณี")
    malee.presses("เลิกให้ดูแลเรื่องลับ")
    anong.taps("new")
    assert secret.number in anong.text


def test_what_was_accepted_before_it_proved_to_be_about_staff_reaches_those_it_is_for(town: Town, malee: Chat) -> None:
    pranee = chat(town, town.officer("ปราณี", "clerk"))
    ticket = town.ticket("other", words="เมื่อวานไปติดต่อแล้วโดนว่า")
    accepts(pranee, ticket.number)
    pranee.presses("เปลี่ยนประเภท")
    pranee.presses("🏛️ การให้บริการของเจ้าหน้าที่")
    malee.taps("new")
    assert ticket.number in malee.text
    assert ticket.assignee_id is None


def test_a_merge_that_is_undone_gives_the_work_to_nobody_who_left(
    town: Town, malee: Chat, somchai: Chat, wipa: Chat
) -> None:
    merged, kept = town.ticket("garbage"), town.ticket("garbage", by="แป้ง")
    accepts(somchai, merged.number)
    somchai.presses("รวมเรื่อง")
    somchai.says(kept.number)
    somchai.presses("ใช่ รวมเลย")
    opens(malee, "สมชาย")
    malee.presses("ออกจากหน่วยงาน")
    malee.presses(ENVIRONMENT)
    wipa.says(merged.number)
    wipa.presses("แยกเรื่องออก")
    wipa.taps("new")
    assert merged.number in wipa.text
    assert merged.status == "accepted"


def test_who_comes_back_to_another_department_leaves_what_was_in_hand_where_it_is(
    town: Town, malee: Chat, wipa: Chat
) -> None:
    keng, boonma = (chat(town, town.officer(name, "water")) for name in ("เก่ง", "บุญมา"))
    water = town.ticket()
    accepts(keng, water.number)
    opens(malee, "เก่ง")
    malee.presses("ถอนสิทธิ์")
    malee.presses("ใช่ ถอนสิทธิ์")
    malee.says("จัดการเจ้าหน้าที่")
    for label in ("เชิญคนใหม่", ENVIRONMENT, "เจ้าหน้าที่"):
        malee.presses(label)
    invitation = malee.answers[-1]
    assert isinstance(invitation, Say)
    keng.says(invitation.text)
    assert ENVIRONMENT in keng.text
    boonma.taps("new")
    assert water.number in boonma.text
