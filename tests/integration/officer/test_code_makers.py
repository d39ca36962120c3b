"""Codes of a former administrator: who may invite no more has invited nobody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.replies import Say
from models import Officer
from models.officer import Role
from tests.builders import Town
from tests.chats import Chat, chat


@pytest.fixture
def malee(town: Town) -> Chat:
    return chat(town, town.officer("มาลี", "clerk", role=Role.ADMIN))


@pytest.fixture
def pranee(town: Town) -> Chat:
    return chat(town, town.officer("ปราณี", "clerk", role=Role.ADMIN))


def officer(town: Town, name: str) -> Officer:
    town.session.expire_all()
    return town.session.scalars(select(Officer).where(Officer.name == name)).unique().one()


def invites(malee: Chat, role: str) -> str:
    """The code that the administrator makes for somebody of the waterworks."""
    malee.says("จัดการเจ้าหน้าที่")
    malee.presses("เชิญคนใหม่")
    malee.presses("งานประสานการประปา")
    malee.presses(role)
    said = malee.answers[-1]
    assert isinstance(said, Say)
    return said.text


@pytest.mark.parametrize("loses", ["everything", "the role"])
def test_a_code_kept_aside_lets_no_former_administrator_in_again(
    town: Town, malee: Chat, pranee: Chat, loses: str
) -> None:
    code, of_another = invites(malee, "ผู้ดูแล"), invites(pranee, "เจ้าหน้าที่")
    pranee.says("จัดการเจ้าหน้าที่")
    pranee.presses(next(label for label in pranee.labels() if label.startswith("มาลี")))
    if loses == "everything":
        pranee.presses("ถอนสิทธิ์")
        pranee.presses("ใช่ ถอนสิทธิ์")
    else:
        pranee.presses("เปลี่ยนบทบาท")
        pranee.presses("เจ้าหน้าที่")
    malee.says(code)
    assert "รหัสนี้ใช้ไม่ได้" in malee.text
    assert (officer(town, "มาลี").revoked_at is None, officer(town, "มาลี").role == "admin") == (
        loses == "the role", loses == "everything",
    )  # fmt: skip
    wichai = chat(town, town.resident("วิชัย"))
    wichai.says(of_another)
    assert officer(town, "วิชัย").is_active, "what others made works on"


def test_a_code_made_while_its_maker_was_revoked_lets_nobody_in(town: Town, malee: Chat) -> None:
    code = invites(malee, "ผู้ดูแล")
    officer(town, "มาลี").revoked_at = town.now  # by somebody else's transaction, which could not see the code yet
    town.session.flush()
    malee.says(code)
    assert "รหัสนี้ใช้ไม่ได้" in malee.text
    assert not officer(town, "มาลี").is_active
