"""After ข้อมูลของฉัน · ลบ no column of any table names the person any more, whatever they had done before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import inspect, select

from bot import outbox, stuck
from bot.places import ground
from bot.privacy.cells import cell
from bot.replies import Say
from models import Base, Follow, InboxEvent, Message, OutboxMessage, Report, Resident
from models.inbox import PARKED
from tests.integration.resident.test_whose_ground import BEYOND, with_a_neighbour
from tests.talking import Person, Rangsit

EXACT = (13.987654, 100.623456)
#: What stands for the person: the name LINE shows, their words, their place in words, and the exact point.
NAME, WORDS, PLACE = "นกฮูกตาโต", "ป้าแดง", "ข้างศาลตายาย"
POINT = ("13.98765", "100.62345")


def every_value(town: Rangsit) -> Iterator[tuple[str, Any, str]]:
    """Every value of every column of every table, as text, with its place (table.column) and its row."""
    with town.database.reading() as session:
        inspector = inspect(session.get_bind())
        tables = [Base.metadata.tables[name] for name in inspector.get_table_names() if name in Base.metadata.tables]
        assert len(tables) == len(Base.metadata.tables)
        for table in tables:
            for row in session.execute(select(table)).mappings():
                for name, value in row.items():
                    if value is not None:
                        yield f"{table.name}.{name}", row, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = json.loads(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def naming(town: Rangsit, person: Person, *marks: str) -> set[str]:
    """The columns in which the person's LINE id, or one of these marks, still stands."""
    wish, answer = town.every(InboxEvent)[-1], town.every(OutboxMessage)[-1]
    own = {("inbox_events", wish.id), ("outbox_messages", answer.id)}  # still under way at that moment
    return {
        place
        for place, row, text in every_value(town)
        if any(mark in text for mark in (person.user_id, *marks))
        and (place.partition(".")[0], row.get("id")) not in own
    }


def erases(person: Person) -> None:
    person.sends("ข้อมูลของฉัน")
    person.presses("ลบข้อมูลของฉัน")
    person.presses("ใช่ ลบทั้งหมด")
    person.sees("ลบข้อมูลของคุณแล้ว")


def change(town: Rangsit, model: Any, how: Callable[[Any], None], **where: Any) -> None:
    with town.database.transaction() as session:
        for row in session.scalars(select(model).filter_by(**where)).unique():
            how(row)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    ground.forget_all()


def test_no_column_of_any_table_names_who_was_erased(town: Rangsit, nok: Person, ton: Person) -> None:
    somsri = town.officer("somsri", "clerk")
    nok.adds_the_account()
    change(town, Resident, lambda row: setattr(row, "display_name", NAME), line_user_id=nok.user_id)
    nok.sends(f"ขยะล้นหน้าบ้าน{WORDS}")
    nok.sends_photo()
    nok.sends_place(*EXACT, address=PLACE)
    nok.presses("ส่งเรื่อง")
    number = nok.number
    somsri.sends(number)
    somsri.presses("รับเรื่อง", on=number)
    nok.sends(f"{number} {WORDS}บอกว่ายังไม่มา")
    somsri.sends(number)
    somsri.sees(WORDS)
    other = ton.reports("ไฟถนนดับ")
    with town.database.transaction() as session:
        person = session.scalars(select(Resident).where(Resident.line_user_id == nok.user_id)).one()
        followed = town.ticket(session, other)
        session.add(
            Follow(resident_id=person.id, ticket_id=followed.id, municipality_id=person.municipality_id, since=town.now)
        )
    nok.sends(f"น้ำแดงที่บ้าน{WORDS}")  # and a draft
    before = naming(town, nok, NAME, WORDS, PLACE, *POINT)
    assert {"residents.line_user_id", "residents.display_name", "messages.text", "reports.place_words"} <= before
    assert {"conversations.draft", "inbox_events.body", "outbox_messages.content", "reports.latitude"} <= before
    erases(nok)
    own = naming(town, nok, NAME, WORDS, PLACE, *POINT)
    assert not own, own


def test_what_was_under_way_in_that_moment_goes_with_the_next_daily_round(town: Rangsit, nok: Person) -> None:
    nok.reports()
    erases(nok)
    with town.database.transaction() as session:  # somebody who had read the LINE id a moment before
        person = session.scalars(select(Resident).where(Resident.erased_at.is_not(None))).one()
        message = outbox.push(session, person, [Say(f"{WORDS}อยู่บ้านเลขที่เท่าไร")], urgency="other")
        message.chat_id, message.lane_key = nok.user_id, outbox.lane_key(person.municipality_id, nok.user_id)
    town.line.pushes = "is blocked"
    town.delivers()

    def left() -> set[str]:
        return {place for place, _, text in every_value(town) if nok.user_id in text or WORDS in text}

    assert left() == {"inbox_events.lane_key", "inbox_events.body", *_OF_A_MESSAGE}
    town.passes(hours=2)
    assert left() == set()


_OF_A_MESSAGE = {f"outbox_messages.{column}" for column in ("chat_id", "lane_key", "content")}


def test_no_place_is_left_with_an_officer_who_looked_for_what_to_merge(
    town: Rangsit, nok: Person, ton: Person
) -> None:
    somsri = town.officer("somsri", "clerk")
    nok.sends("ขยะล้นถัง ไม่มาเก็บ 4 วันแล้ว")
    nok.sends_place(*EXACT, address=PLACE)
    nok.presses("ส่งเรื่อง")
    number = nok.number
    other = ton.reports("ขยะล้นถัง ไม่มาเก็บ 4 วันแล้ว", place=(13.991, 100.66))
    town.moves(number, "accepted", by="somsri")
    somsri.sends(other)
    somsri.reads_on()
    somsri.presses("รวมเรื่อง", on=other)
    somsri.sees(number, PLACE)
    erases(nok)
    own = naming(town, nok, PLACE, *POINT)
    assert not own, own
    somsri.presses(number)
    somsri.sees("ใช่ไหม")


@pytest.mark.parametrize("end", ["is silent", "refuses", "has no quota left", "is away"])
def test_what_lay_stuck_goes_with_its_person_and_nobody_can_set_it_going(
    town: Rangsit, nok: Person, ton: Person, end: Any
) -> None:
    number = nok.reports(f"ขยะล้นหน้าบ้าน{WORDS}")
    town.joins(ton, number)
    town.line.pushes = end
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="ขยะอยู่ฝั่งไหน")
    nok.sends(f"{number} {WORDS}")
    change(town, InboxEvent, lambda row: setattr(row, "state", PARKED), id=town.every(InboxEvent)[-1].id)
    erases(nok)
    own = naming(town, nok, WORDS)
    assert not own, own
    with town.database.reading() as session:
        assert not [one for one in stuck.listed(session) if one.kind == "event"]
        gone = {message.id for message in town.every(OutboxMessage) if message.chat_id.startswith("erased-")}
        assert gone.isdisjoint({int(one.id.partition("-")[2]) for one in stuck.listed(session)})
    town.line.pushes = "accepts"
    town.passes(minutes=20)
    nok.sees_nothing()


@pytest.mark.parametrize("end", ["is away", "has no quota left"])
def test_words_that_wait_to_be_sent_to_others_are_not_sent_after_their_author_was_erased(
    town: Rangsit, nok: Person, end: Any
) -> None:
    desk = town.officer("desk", "clerk")
    town.line.pushes = end
    nok.sends(f"ไฟไหม้บ้าน{WORDS} ช่วยด้วย")
    assert "outbox_messages.content" in naming(town, nok, WORDS)
    town.moves(nok.number, "accepted")
    erases(nok)
    own = naming(town, nok, WORDS)
    assert not own, own
    town.line.pushes = "accepts"
    town.passes(minutes=20)
    desk.does_not_see(WORDS)
    assert town.tickets() == ["RS-6911-00001"]


def test_the_town_that_a_report_was_handed_to_keeps_no_more_than_the_first(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    nok.sends(f"ขยะไม่มาเก็บ 4 วันแล้ว {WORDS}")
    nok.sends_place(*BEYOND, address=PLACE)
    nok.presses("ส่งเรื่อง")
    erases(nok)
    own = naming(town, nok, WORDS, PLACE)
    assert not own, own
    assert {(report.latitude, report.longitude) for report in town.every(Report)} == {cell(*BEYOND)}
    assert [message.text for message in town.every(Message)] == [None, None]
    assert {report.contact_name for report in town.every(Report)} == {None, "RS-6911-00001"}
