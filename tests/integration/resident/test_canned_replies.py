"""Canned replies: officers choose them for a ticket, supervisors change them in the chat, imports leave that alone."""

from __future__ import annotations

import pytest

from bot import profiles, towns
from models import Act, CannedReply, Message
from models.officer import Role
from tests.talking import Person, Rangsit


@pytest.fixture
def number(town: Rangsit, nok: Person) -> str:
    """Nok's red water."""
    return nok.reports()


@pytest.fixture
def boss(town: Rangsit) -> Person:
    """A supervisor."""
    return town.officer("boss", "clerk", role=Role.SUPERVISOR)


def test_an_officer_chooses_words_and_sends_them_after_a_yes(town: Rangsit, nok: Person, number: str) -> None:
    somsri = town.officer("somsri", "clerk")
    somsri.sends(number)
    somsri.presses("ตอบกลับ")
    somsri.presses("ข้อความสำเร็จรูป")
    assert somsri.labels()[0] == "น้ำแดง: ประสาน กปภ. แล้ว"  # the category's own stands first
    assert "ขยะ: รอบเก็บถัดไป" not in somsri.labels()
    somsri.presses("น้ำแดง: ประสาน กปภ. แล้ว")
    somsri.sees("เปิดน้ำทิ้งสักครู่", "ใช่ไหม")
    assert not town.every(Message, kind="reply")
    somsri.presses("ใช่ ส่งเลย")
    nok.sends("ติดตามเรื่อง")
    nok.sees(f"ตอบเรื่อง {number}", "เปิดน้ำทิ้งสักครู่")


@pytest.mark.whole_way(always=True)
def test_a_supervisor_adds_changes_and_drops_them_in_the_chat(town: Rangsit, boss: Person, number: str) -> None:
    boss.sends("ข้อความสำเร็จรูป")
    boss.presses("เพิ่มข้อความใหม่")
    boss.sees("บรรทัดแรก")
    boss.sends("ขอบคุณ")
    boss.sees("บรรทัดแรก")  # a name without words is nothing yet
    boss.sends("ขอบคุณที่แจ้ง\nขอบคุณที่ช่วยดูแลเมือง")
    boss.presses("ทุกหน่วยงาน")
    boss.sees("ใช้ได้แล้ว")
    boss.sends("ข้อความสำเร็จรูป")
    boss.presses("ขอบคุณที่แจ้ง")
    boss.sees("ขอบคุณที่ช่วยดูแลเมือง")
    boss.sends("ขอบคุณมากที่ช่วยดูแลเมือง")
    made = town.every(CannedReply)[-1]
    assert (made.title, made.text) == ("ขอบคุณที่แจ้ง", "ขอบคุณมากที่ช่วยดูแลเมือง")
    boss.presses("ขอบคุณที่แจ้ง")
    boss.presses("เลิกใช้ข้อความนี้")
    assert not town.every(CannedReply)[-1].is_active
    acts = [act for act in town.every(Act) if act.kind.startswith("canned.")]
    assert len(acts) == 4
    assert all(set(act.detail) == {"code"} for act in acts)


def test_only_supervisors_change_them(town: Rangsit) -> None:
    somsri = town.officer("somsri", "clerk")
    somsri.sends("ข้อความสำเร็จรูป")
    somsri.sees("แก้ได้โดยหัวหน้างาน")


def test_an_import_leaves_alone_what_a_person_has_changed(town: Rangsit, boss: Person) -> None:
    boss.sends("ข้อความสำเร็จรูป")
    boss.presses("งานล่าช้า ขออภัย")
    boss.sends("ขออภัย งานช้ากว่าที่บอกไว้")
    with town.database.transaction() as session:
        towns.import_profile(session, profiles.load("rangsit"), town.now)
    (changed,) = town.every(CannedReply, code="delayed")
    assert changed.text == "ขออภัย งานช้ากว่าที่บอกไว้"
    with town.database.reading() as session:
        exported = towns.profile_of(session, town.row(session))
    assert [one.code for one in exported.canned] == [one.code for one in profiles.load("rangsit").canned]
