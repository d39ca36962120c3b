"""LINE on a PC shows neither quick replies nor menus: every label on the screen, typed, does what pressing it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.replies import buttons_of
from models import Ticket
from models.lifecycle import TicketStatus
from models.officer import Role
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat, stopped_clock

S = TicketStatus
#: How a person comes to see a screen: what is typed, or pressed where it begins with ">".
Way = tuple[str, ...]


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with stopped_clock(monkeypatch, NOON) as stopped:
        yield stopped


def goes(person: Chat, way: Way) -> None:
    for step in way:
        person.presses(step[1:]) if step.startswith(">") else person.says(step)


def labels(person: Chat) -> list[str]:
    """What can be pressed and typed; links and pickers, of days too, are the phone's."""
    shown = [button for reply in person.answers for button in buttons_of(reply)]
    return list(dict.fromkeys(button.label for button in shown if button.kind in ("press", "keyboard")))


def outcome(town: Town, person: Chat, act: Callable[[], object]) -> dict[str, Any]:
    """What an act is answered with and what it changes; then it is as if it had never been."""
    before = list(person.answers)
    with town.session.no_autoflush:
        undone = town.session.begin_nested()
    act()
    town.session.flush()
    tickets = town.session.scalars(select(Ticket).order_by(Ticket.id)).unique()
    found = {
        "text": re.sub(r"TEAM-\w+-\w+", "TEAM", person.text),
        "labels": person.labels(),
        "tickets": [(one.number, one.status, one.department_id, one.category_id, len(one.history)) for one in tickets],
    }
    undone.rollback()
    town.session.expire_all()
    person.answers = before
    return found


def every_label_typed_does_what_pressing_does(town: Town, person: Chat) -> None:
    found = labels(person)
    assert found, f"nothing to press: {person.text}"
    for label in found:
        pressed = outcome(town, person, lambda label=label: person.presses(label))
        typed = outcome(town, person, lambda label=label: person.says(label))
        assert typed == pressed, label


NUMBER = "RS-6911-00001"
AFTER = {
    "new": (),
    "accepted": (S.ACCEPTED,),
    "planned": (S.ACCEPTED, S.PLANNED),
    "in progress": (S.ACCEPTED, S.IN_PROGRESS),
    "waiting": (S.ACCEPTED, S.WAITING),
    "forwarded": (S.ACCEPTED, S.FORWARDED),
    "resolved": (S.ACCEPTED, S.RESOLVED),
    "rejected": (S.ACCEPTED, S.REJECTED),
}


@pytest.mark.parametrize("moves", AFTER.values(), ids=AFTER)
def test_the_card_of_a_ticket_for_its_officer(town: Town, moves: tuple[TicketStatus, ...]) -> None:
    somchai = town.officer("สมชาย", "water")
    ticket = town.ticket()
    for end in moves:
        town.move(ticket, end, somchai)
    opened = chat(town, somchai)
    opened.says(NUMBER)
    every_label_typed_does_what_pressing_does(town, opened)


@pytest.mark.parametrize("moves", AFTER.values(), ids=AFTER)
def test_the_card_of_a_ticket_for_its_reporter(town: Town, moves: tuple[TicketStatus, ...]) -> None:
    somchai = town.officer("สมชาย", "water")
    ticket = town.ticket(by="นก")
    for end in moves:
        town.move(ticket, end, somchai)
    nok = chat(town, town.resident("นก"))
    nok.says("ติดตามเรื่อง")
    every_label_typed_does_what_pressing_does(town, nok)


OF_OFFICERS: dict[str, Way] = {
    "the question of a reply": (">ตอบกลับ",),
    "the question of a question": (">ขอข้อมูลเพิ่ม",),
    "words of finished work": (">เสร็จแล้ว",),
    "a note": (">บันทึกภายใน",),
    "a label as words": (">ตอบกลับ", "เสร็จแล้ว"),
    "reasons for the end": (">ยุติเรื่อง",),
    "words for the end": (">ยุติเรื่อง", ">อื่น ๆ"),
    "owners": (">ส่งต่อหน่วยงาน",),
    "ways to an owner": (">ส่งต่อหน่วยงาน", ">ตำรวจ"),
    "the owner's number": (">ส่งต่อหน่วยงาน", ">ตำรวจ", ">โทร"),
    "plans": (">วางแผน",),
    "departments": (">โอนหน่วยงานภายใน",),
    "other tickets": (">รวมเรื่อง",),
    "categories": (">เปลี่ยนประเภท",),
    "new work": ("งานใหม่",),
    "my work": ("งานของฉัน",),
    "what is due": ("ใกล้ครบกำหนด",),
    "a search": ("ค้นหา",),
    "today": ("วันนี้",),
    "the resident's side": ("โหมดประชาชน",),
}


@pytest.mark.parametrize("way", OF_OFFICERS.values(), ids=OF_OFFICERS)
def test_what_an_officer_is_asked(town: Town, way: Way) -> None:
    somchai = town.officer("สมชาย", "water")
    town.move(town.ticket(), S.ACCEPTED, somchai)
    opened = chat(town, somchai)
    opened.says(NUMBER)
    goes(opened, way)
    if labels(opened):
        every_label_typed_does_what_pressing_does(town, opened)
    else:
        assert way[-1] in ("งานใหม่", "ใกล้ครบกำหนด", "โหมดประชาชน", "วันนี้"), "only a list may offer nothing"


@pytest.mark.parametrize(
    "way",
    [(), (">แยกผู้แจ้งออก",), (">แยกผู้แจ้งออก", ">ผู้แจ้งคนที่ 2"), (">แยกผู้แจ้งออก", ">ผู้แจ้งคนที่ 2", ">ใช่ แยกเลย")],
    ids=["the card", "the reports", "whether", "the new card"],
)
def test_what_an_officer_is_asked_of_a_ticket_with_two_reports(town: Town, way: Way) -> None:
    somchai = town.officer("สมชาย", "water")
    ticket = town.ticket(by="นก")
    town.join(ticket, "แป้ง", "น้ำแดงเหมือนกัน")
    town.move(ticket, S.ACCEPTED, somchai)
    opened = chat(town, somchai)
    opened.says(NUMBER)
    goes(opened, way)
    every_label_typed_does_what_pressing_does(town, opened)


def test_who_types_the_label_of_the_calendar_hears_how_a_day_is_typed(town: Town) -> None:
    somchai = town.officer("สมชาย", "water")
    town.move(town.ticket(), S.ACCEPTED, somchai)
    opened = chat(town, somchai)
    goes(opened, (NUMBER, ">วางแผน", "เลือกวันที่"))
    assert "พิมพ์วัน เดือน ปี" in opened.text
    opened.says("24 ธ.ค. 2569")
    every_label_typed_does_what_pressing_does(town, opened)


OF_ADMINISTRATORS: dict[str, Way] = {
    "people": ("จัดการเจ้าหน้าที่",),
    "a person": ("จัดการเจ้าหน้าที่", ">สมชาย · เจ้าหน้าที่"),
    "departments to invite to": ("จัดการเจ้าหน้าที่", ">เชิญคนใหม่"),
    "roles to invite as": ("จัดการเจ้าหน้าที่", ">เชิญคนใหม่", ">งานประสานการประปา"),
    "whether to revoke": ("จัดการเจ้าหน้าที่", ">สมชาย · เจ้าหน้าที่", ">ถอนสิทธิ์"),
}


@pytest.mark.parametrize("way", OF_ADMINISTRATORS.values(), ids=OF_ADMINISTRATORS)
def test_what_an_administrator_is_asked(town: Town, way: Way) -> None:
    town.officer("สมชาย", "water")
    malee = chat(town, town.officer("มาลี", "clerk", role=Role.ADMIN))
    goes(malee, way)
    every_label_typed_does_what_pressing_does(town, malee)


OF_RESIDENTS: dict[str, Way] = {
    "the draft": ("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46",),
    "categories of the draft": ("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46", ">เปลี่ยนประเภท"),
    "the place": ("น้ำประปาแดงมาก",),
    "the ticket": ("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46", ">ส่งเรื่อง"),
    "more for the ticket": ("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46", ">ส่งเรื่อง", ">เพิ่มข้อมูล"),
    "whether to cancel": ("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46", ">ส่งเรื่อง", "ยกเลิก"),
    "languages": ("ภาษา",),
    "help": ("วิธีใช้",),
    "a person": ("คุยกับเจ้าหน้าที่",),
    "a report": ("แจ้งปัญหา",),
    "my data": ("ข้อมูลของฉัน",),
}


@pytest.mark.parametrize("way", OF_RESIDENTS.values(), ids=OF_RESIDENTS)
def test_what_a_resident_is_asked(town: Town, way: Way) -> None:
    nok = chat(town, town.resident("นก"))
    goes(nok, way)
    every_label_typed_does_what_pressing_does(town, nok)


def test_stars_after_the_work_was_confirmed(town: Town) -> None:
    somchai = town.officer("สมชาย", "water")
    ticket = town.ticket(by="นก")
    town.move(ticket, S.ACCEPTED, somchai)
    town.move(ticket, S.RESOLVED, somchai)
    nok = chat(town, town.resident("นก"))
    goes(nok, ("ติดตามเรื่อง", ">เรียบร้อยแล้ว"))
    assert "5 ดาว" in nok.labels()
    every_label_typed_does_what_pressing_does(town, nok)
    nok.presses("5 ดาว")
    every_label_typed_does_what_pressing_does(town, nok)
