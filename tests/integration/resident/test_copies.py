"""The copy of one's data follows a report through merges, and holds nothing that was said to others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from bot import casework
from bot.casework import By
from bot.officer_casework import merging
from bot.privacy import copying
from models import Officer, Report, Resident
from models.lifecycle import Actor
from tests.talking import Person, Rangsit


def copied(town: Rangsit, person: Person) -> dict[str, Any]:
    """What stands in somebody's copy."""
    with town.database.reading() as session:
        return copying.copy_of(session, session.query(Resident).filter_by(line_user_id=person.user_id).one()).said


def texts(report: dict[str, Any]) -> list[str]:
    return [message["text"] for message in report["messages"]]


def answers(town: Rangsit, number: str, words: str) -> None:
    """An officer's reply to whoever reports there now."""
    with town.database.transaction() as session:
        officer = session.query(Officer).first()
        assert officer is not None
        casework.say_on_ticket(
            session, town.ticket(session, number), "reply", By(Actor.OFFICER, officer=officer), words, None, town.now
        )


def test_the_copy_keeps_what_was_said_before_a_merge_and_leaves_out_what_was_said_to_others(
    town: Rangsit, nok: Person, ton: Person, reported: str
) -> None:
    answers(town, reported, "ถึงนกก่อนรวม")
    held = ton.reports("ไฟถนนดับทั้งซอย")
    town.passes(hours=1)
    answers(town, held, "ถึงต้นเท่านั้น")
    town.passes(hours=1)
    with town.database.transaction() as session:
        tickets = (town.ticket(session, reported), town.ticket(session, held))
        merging.merge(session, *tickets, By(Actor.OFFICER), town.now)
    town.passes(hours=1)
    answers(town, held, "ถึงทั้งสองคน")
    (mine,) = copied(town, nok)["reports"]
    assert texts(mine) == ["ขยะล้นหน้าบ้านป้าแดง", f"{reported} ยังไม่มาเลย", "ถึงนกก่อนรวม", "ถึงทั้งสองคน"]
    (his,) = copied(town, ton)["reports"]
    assert texts(his)[-2:] == ["ถึงต้นเท่านั้น", "ถึงทั้งสองคน"]
    assert "ถึงนกก่อนรวม" not in texts(his)
    nok.sends("ข้อมูลของฉัน")
    nok.sees("ข้อความ", "4 รายการ")


def test_the_copy_has_nothing_said_before_one_joined_or_after_one_withdrew(
    town: Rangsit, nok: Person, ton: Person, reported: str
) -> None:
    answers(town, reported, "ก่อนต้นมา")
    town.passes(hours=1)
    town.joins(ton, reported)
    answers(town, reported, "ตอนต้นอยู่")
    with town.database.transaction() as session:
        session.query(Report).filter_by(place_words="บ้านตรงข้าม").one().withdrawn_at = town.now
    town.passes(hours=1)
    answers(town, reported, "หลังต้นถอน")
    (his,) = copied(town, ton)["reports"]
    assert texts(his) == ["ตอนต้นอยู่"]


def test_what_was_said_on_a_ticket_that_was_taken_apart_again_is_in_the_copy(
    town: Rangsit, nok: Person, ton: Person, reported: str
) -> None:
    held = ton.reports("ไฟถนนดับทั้งซอย")
    with town.database.transaction() as session:
        tickets = (town.ticket(session, reported), town.ticket(session, held))
        merging.merge(session, *tickets, By(Actor.OFFICER), town.now)
    nok.sends(f"{held} บอกไว้ตอนรวม")
    with town.database.transaction() as session:
        merging.unmerge(session, town.ticket(session, reported), By(Actor.OFFICER), town.now)
    assert [one["text"] for one in copied(town, nok)["other_messages"]] == [f"{held} บอกไว้ตอนรวม"]


def test_own_words_and_pictures_are_read_once_however_much_was_reported(town: Rangsit, nok: Person) -> None:
    for words in ("ขยะล้นหน้าบ้าน", "ไฟถนนดับทั้งซอย", "น้ำประปาแดงมาก"):
        nok.reports(words)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(town.database.engine, "before_cursor_execute", note)
    try:
        copy = copied(town, nok)
    finally:
        event.remove(town.database.engine, "before_cursor_execute", note)
    assert [len(report["messages"]) for report in copy["reports"]] == [1, 1, 1]
    for table in ("messages", "media"):
        own = [one for one in asked if one.startswith(f"SELECT {table}.") and f"{table}.resident_id =" in one]
        assert len(own) == 1
