"""Who works for the town: managed by an administrator in the chat and at the command line, every act in the trail."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from bot import outbox
from bot.cli.officers import officers
from bot.database import Database
from bot.invitations import code_in
from bot.officer_casework import trail
from bot.replies import Say
from models import Act, Effect, Officer
from models.effect import LINK_MENU
from models.lifecycle import TicketStatus
from models.officer import Role
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat


@pytest.fixture
def malee(town: Town) -> Chat:
    """The administrator, who works at the desk."""
    return chat(town, town.officer("มาลี", "clerk", role=Role.ADMIN))


@pytest.fixture
def somchai(town: Town) -> Chat:
    return chat(town, town.officer("สมชาย", "water"))


def opens(malee: Chat, name: str) -> None:
    """The administrator opens somebody's card."""
    malee.says("จัดการเจ้าหน้าที่")
    malee.presses(next(label for label in malee.labels() if label.startswith(name)))


def officer(town: Town, name: str) -> Officer:
    town.session.expire_all()
    return town.session.scalars(select(Officer).where(Officer.name == name)).unique().one()


def test_an_administrator_invites_somebody_who_then_joins(town: Town, malee: Chat) -> None:
    malee.says("จัดการเจ้าหน้าที่")
    malee.presses("เชิญคนใหม่")
    malee.presses("งานประสานการประปา")
    malee.presses("หัวหน้างาน")
    said = malee.answers[-1]
    assert isinstance(said, Say)
    assert code_in(said.text) == said.text
    wichai = chat(town, town.resident("วิชัย"))
    wichai.says(said.text)
    assert "งานประสานการประปา" in wichai.text
    assert officer(town, "วิชัย").role == "supervisor"


def test_of_many_people_the_rest_comes_with_another_press_and_one_more_may_always_be_invited(
    town: Town, malee: Chat
) -> None:
    for number in range(90):
        town.officer(f"คนที่ {number:02}", "water")
    malee.says("จัดการเจ้าหน้าที่")
    seen = []
    for left in (2, 1, 0):
        assert "เชิญคนใหม่" in malee.labels()
        assert len(malee.answers) <= outbox.MOST
        seen += [label for label in malee.labels() if " · " in label]
        if left:
            malee.presses("ดูเพิ่ม")
    assert len(set(seen)) == 91
    assert "ดูเพิ่ม" not in malee.labels()


def test_somebody_works_for_several_departments_and_sees_the_work_of_all(
    town: Town, malee: Chat, somchai: Chat
) -> None:
    town.ticket("garbage", words="ขยะล้น")
    somchai.taps("new")
    assert "ไม่มีงานใหม่" in somchai.text
    opens(malee, "สมชาย")
    malee.presses("เพิ่มหน่วยงาน")
    malee.presses("สำนักสาธารณสุขและสิ่งแวดล้อม")
    assert "สมชายอยู่ใน สำนักสาธารณสุขและสิ่งแวดล้อม ด้วยแล้ว" in malee.text
    somchai.taps("new")
    assert "ขยะล้น" in somchai.text
    opens(malee, "สมชาย")
    malee.presses("ออกจากหน่วยงาน")
    malee.presses("สำนักสาธารณสุขและสิ่งแวดล้อม")
    somchai.taps("new")
    assert "ไม่มีงานใหม่" in somchai.text
    opens(malee, "สมชาย")
    assert "ออกจากหน่วยงาน" not in malee.labels(), "everybody keeps one department"


def test_revoking_counts_from_the_next_event_and_the_menu_goes_away(town: Town, malee: Chat, somchai: Chat) -> None:
    ticket = town.ticket()
    somchai.taps("new")
    accept = somchai.button("รับเรื่อง")
    somchai.presses_old(accept)
    opens(malee, "สมชาย")
    malee.presses("ถอนสิทธิ์")
    assert "งานในมือ 1 เรื่อง" in malee.text
    malee.presses("ใช่ ถอนสิทธิ์")
    somchai.presses_old(accept)
    assert "ไม่ได้เป็นเจ้าหน้าที่" in somchai.text
    somchai.says("งานใหม่")
    assert not any("รับเรื่อง" in label for label in somchai.labels())
    assert somchai.person.menu == "resident-th"
    wishes = select(Effect).where(Effect.kind == LINK_MENU, Effect.resident_id == somchai.person.id)
    assert town.session.scalars(wishes).all(), "LINE is asked to show the residents' menu"
    malee.says("งานใหม่")
    assert ticket.number in malee.text, "what was in hand waits for somebody else"


def test_the_last_administrator_can_neither_go_nor_step_down(town: Town, malee: Chat) -> None:
    opens(malee, "มาลี")
    malee.presses("ถอนสิทธิ์")
    malee.presses("ใช่ ถอนสิทธิ์")
    assert "ต้องมีผู้ดูแลอย่างน้อยหนึ่งคน" in malee.text
    opens(malee, "มาลี")
    malee.presses("เปลี่ยนบทบาท")
    malee.presses("เจ้าหน้าที่")
    assert "ต้องมีผู้ดูแลอย่างน้อยหนึ่งคน" in malee.text
    assert officer(town, "มาลี").role == "admin"


def test_only_an_administrator_manages_people_even_with_an_old_card(town: Town, malee: Chat, somchai: Chat) -> None:
    somchai.says("จัดการเจ้าหน้าที่")
    assert "สำหรับผู้ดูแลเท่านั้น" in somchai.text
    opens(malee, "สมชาย")
    promote = malee.button("เปลี่ยนบทบาท")
    town.officer("ปราณี", "clerk", role=Role.ADMIN)
    opens(malee, "มาลี")
    malee.presses("เปลี่ยนบทบาท")
    malee.presses("เจ้าหน้าที่")
    malee.presses_old(promote)
    assert "สำหรับผู้ดูแลเท่านั้น" in malee.text


def test_confidential_tickets_are_seen_by_whom_an_administrator_names_and_by_nobody_else(
    town: Town, malee: Chat, somchai: Chat
) -> None:
    pranee = chat(town, town.officer("ปราณี", "clerk"))
    secret = town.ticket("service", words="เจ้าหน้าที่พูดไม่ดี")
    malee.taps("new")
    assert secret.number in malee.text, "until somebody is named, the administrators"
    opens(malee, "สมชาย")
    assert "ให้ดูแลเรื่องลับ" not in malee.labels(), "only people of the desk"
    opens(malee, "ปราณี")
    malee.presses("ให้ดูแลเรื่องลับ")
    pranee.taps("new")
    assert secret.number in pranee.text
    malee.taps("new")
    assert secret.number not in malee.text
    opens(malee, "ปราณี")
    malee.presses("เลิกให้ดูแลเรื่องลับ")
    pranee.taps("new")
    assert secret.number not in pranee.text


def test_everything_in_hand_goes_to_a_colleague_before_a_leave(town: Town, somchai: Chat) -> None:
    wipa = chat(town, town.officer("วิภา", "water"))
    chat(town, town.officer("เก่ง", "environment"))
    numbers = [town.ticket(by=name).number for name in ("นก", "ต้น", "ฝน")]
    for number in numbers:
        somchai.says(number)
        somchai.presses("รับเรื่อง")
    somchai.says("โอนงานทั้งหมด")
    assert "ทั้ง 3 เรื่อง" in somchai.text
    assert somchai.labels() == ["วิภา"], "colleagues of the department, and nobody else"
    somchai.presses("วิภา")
    assert "โอนงาน 3 เรื่องให้คุณวิภาแล้ว" in somchai.text
    wipa.says("งานของฉัน")
    assert all(number in wipa.text for number in numbers)
    somchai.says("โอนงานทั้งหมด")
    assert "ไม่มีงานค้างในมือ" in somchai.text


def test_a_supervisor_hands_over_for_somebody_who_is_away_and_an_officer_cannot(town: Town, somchai: Chat) -> None:
    wipa = chat(town, town.officer("วิภา", "water"))
    boss = chat(town, town.officer("หัวหน้า", "clerk", role=Role.ADMIN))
    town.ticket()
    somchai.taps("new")
    somchai.presses("รับเรื่อง")
    opens(boss, "สมชาย")
    give = boss.button("โอนงานทั้งหมด")
    wipa.presses_old(give)
    assert "เฉพาะหัวหน้างานและผู้ดูแล" in wipa.text
    boss.presses_old(give)
    boss.presses("วิภา")
    wipa.taps("mine")
    assert "RS-6911-00001" in wipa.text


def test_the_trail_tells_who_did_what_when_and_on_which_ticket(
    town: Town, malee: Chat, somchai: Chat, clock: Clock
) -> None:
    ticket = town.ticket()
    somchai.says(ticket.number)
    somchai.presses("รับเรื่อง")
    somchai.says("เข้าเวร")
    clock.passes(minutes=1)
    opens(malee, "สมชาย")
    malee.presses("เปลี่ยนบทบาท")
    malee.presses("หัวหน้างาน")
    found = trail.trail(town.session, town.row.id)
    told = [(one.who, one.what, one.ticket, one.to_whom) for one in found]
    assert (None, "created", ticket.number, None) in told
    assert ("สมชาย", "opened", ticket.number, None) in told
    assert ("สมชาย", "to_accepted", ticket.number, None) in told
    assert ("สมชาย", "on_duty", None, None) in told
    assert told[-1] == ("มาลี", "role_changed", None, "สมชาย")
    assert found[-1].detail == {"from": "officer", "to": "supervisor"}
    of_ticket = trail.trail(town.session, town.row.id, number=ticket.number)
    assert {one.ticket for one in of_ticket} == {ticket.number}


def test_the_trail_cannot_be_changed_not_even_by_hand(town: Town) -> None:
    act = trail.record(town.session, town.row.id, "opened", None, NOON)
    for statement in (update(Act).values(kind="nothing"), delete(Act).where(Act.id == act.id)):
        savepoint = town.session.begin_nested()
        with pytest.raises(DBAPIError, match="never changed"):
            town.session.execute(statement)
        savepoint.rollback()


# ---- at the command line


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setenv("DATABASE_URL", database_url)

    def runs(*arguments: str) -> str:
        done = CliRunner().invoke(officers, arguments, prog_name="flask officers")
        return done.stdout if done.exit_code == 0 else done.stderr

    return runs


def test_the_command_line_lists_people_and_changes_what_they_are(database: Database, run: Callable[..., str]) -> None:
    with database.transaction() as session:
        made = builders.town(session)
        made.officer("มาลี", "clerk", role=Role.ADMIN)
        made.officer("สมชาย", "water")
        wipa = made.officer("วิภา", "water")
        ticket = made.ticket()
        made.move(ticket, TicketStatus.ACCEPTED, wipa)
    people = {one["name"]: one for one in json.loads(run("list", "rangsit", "--json"))}
    assert people["วิภา"] == {
        "id": people["วิภา"]["id"], "name": "วิภา", "role": "officer", "departments": ["water"],
        "named_for_conduct": False, "in_hand": 1,
    }  # fmt: skip
    number = str(people["สมชาย"]["id"])
    run("role", "rangsit", number, "supervisor")
    run("add", "rangsit", number, "environment")
    run("handover", "rangsit", str(people["วิภา"]["id"]), number)
    people = {one["name"]: one for one in json.loads(run("list", "rangsit", "--json"))}
    assert people["สมชาย"]["role"] == "supervisor"
    assert sorted(people["สมชาย"]["departments"]) == ["environment", "water"]
    assert people["สมชาย"]["in_hand"] == 1
    run("revoke", "rangsit", str(people["วิภา"]["id"]))
    assert "วิภา" not in run("list", "rangsit")
    assert "one administrator" in run("revoke", "rangsit", str(people["มาลี"]["id"]))
    assert "nobody who works" in run("role", "rangsit", "999", "officer")
    told = json.loads(run("trail", "rangsit", "--json"))
    assert [one["what"] for one in told if one["who"] is None and one["to_whom"]] == [
        "role_changed", "department_added", "gave_everything", "revoked",
    ]  # fmt: skip
