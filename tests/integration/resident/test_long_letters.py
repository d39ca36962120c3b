"""Letters of thousands of characters, typed wherever words are waited for: kept whole, or kindly refused; never cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import get_args

import pytest
from sqlalchemy import select

from bot import officer_tasks
from bot.conversation import Step
from models import Conversation, Resident
from models.base import Base
from models.officer import Role
from tests.talking import Person, Rangsit

#: What LINE lets a person type, and a length that many write.
LENGTHS = (3_000, 5_000)
#: Ours and LINE's messages are made of the rows below; how they look is judged by LINE's rules when they are delivered.
MADE_OF_OTHERS = ("outbox_messages", "inbox_events")


def letter(length: int, begins: str = "น้ำประปาแดงมากตั้งแต่เช้า") -> str:
    """One long letter that begins like a report."""
    words = f"{begins} ฉบับยาว {length} " + "ช่วยมาดูหน่อยนะครับเดือดร้อนกันทั้งซอย " * (length // 30)
    return words[:length].strip().ljust(length, "ๆ")


def kept(town: Rangsit, text: str) -> list[str]:
    """Every place where the database holds the beginning of this text without the rest."""
    broken = []
    with town.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in MADE_OF_OTHERS:
                continue
            for row in session.execute(select(table)).mappings():
                for name, value in row.items():
                    held = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
                    if text[:40] in held and text not in held:
                        broken.append(f"{table.name}.{name}")
    return broken


# ---- residents: how each step is reached; each says what was last seen


def _reporting(town: Rangsit, nok: Person) -> None:
    nok.taps("report")


def _asking_category(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends("มันพังแล้วช่วยมาดูหน่อย")


def _asking_place(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")


def _ready(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place()


def _placing(town: Rangsit, nok: Person) -> None:
    nok.sends("เสาไฟฟ้าล้ม สายไฟขาดพาดถนน มีไฟช็อต อันตรายมาก")


def _adding(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)


def _choosing(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.reports("ไฟถนนดับทั้งซอย", place=(13.99, 100.61))
    nok.sends("ยังไม่มาเลย")


def _offered(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะเก็บวันไหน")


def _talking(town: Rangsit, nok: Person) -> None:
    nok.taps("talk")


def _nearby(town: Rangsit, nok: Person) -> None:
    nok.sends("เรื่องใกล้ฉัน")


def _rating(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.presses("เรียบร้อยแล้ว", on=number)
    nok.presses("4 ดาว")


RESIDENTS: dict[Step, Callable[[Rangsit, Person], None]] = {
    Step.IDLE: lambda town, nok: None,
    Step.REPORTING: _reporting,
    Step.ASKING_CATEGORY: _asking_category,
    Step.ASKING_PLACE: _asking_place,
    Step.READY: _ready,
    Step.PLACING: _placing,
    Step.ADDING: _adding,
    Step.CHOOSING: _choosing,
    Step.OFFERED: _offered,
    Step.TALKING: _talking,
    Step.NEARBY: _nearby,
    Step.RATING: _rating,
}


@pytest.mark.parametrize("step", Step)
def test_a_letter_of_a_resident_is_answered_and_kept_whole_at_every_step(town: Rangsit, step: Step) -> None:
    for length in LENGTHS:
        person = town.person(f"p{length}")
        RESIDENTS[step](town, person)
        assert step is Step.IDLE or step in {Step(one.step) for one in town.every_conversation()}
        person.reads_on()
        text = letter(length)
        person.sends(text)
        assert person.text, "never silence"
        assert kept(town, text) == []


# ---- officers: whatever an act waits for


#: What the act needs to know besides its ticket; every verb stands here, so that a new one is thought of.
OFFICERS: dict[str, dict[str, str]] = {
    **{verb: {} for verb in ("reply", "ask", "resolve", "reject", "number", "note", "plan", "merge", "return")},
    **{verb: {} for verb in ("after", "more", "incident", "canned", "find", "their_words")},
    "forward": {"owner": "pwa", "way": "phone"},
    "transfer": {"department": "public_works"},
    "contact": {"way": "phone"},
}
#: These take no sentence at all, or hand it on: their own answers say so.
_NO_WORDS = ("forward", "number", "plan", "merge", "find", "after", "more")


@pytest.mark.parametrize("verb", get_args(officer_tasks.Verb))
def test_a_letter_of_an_officer_is_kindly_refused_and_the_act_goes_on_waiting(town: Rangsit, verb: str) -> None:
    for one in range(3):  # an incident, so that a notice about it may be written
        nok = town.person(f"q{one}")
        number = nok.reports(("น้ำประปาแดงมาก", "น้ำก๊อกสีแดงขุ่น ใช้ไม่ได้เลย", "น้ำประปามีสีแดงตั้งแต่เช้า")[one])
    boss = town.officer("boss", "clerk", role=Role.SUPERVISOR)
    boss.sends(number)
    for length in LENGTHS:
        with town.database.transaction() as session:
            ticket = town.ticket(session, number)
            person = session.scalars(select(Resident).where(Resident.line_user_id == boss.user_id)).one()
            conversation = session.get_one(Conversation, person.id)
            of_none = verb in ("find", "canned", "contact")
            task = officer_tasks.Task(
                verb,  # type: ignore[arg-type]  # one of the verbs
                0 if of_none else ticket.id, town.now.isoformat(), conversation.step, **OFFICERS[verb],
            )  # fmt: skip
            officer_tasks.keep(conversation, task)
        boss.reads_on()
        nok.reads_on()
        text = letter(length, "เรียนท่านผู้เกี่ยวข้อง" if verb not in ("after", "more") else "น้ำประปาแดงมาก")
        boss.sends(text)
        assert boss.text, "never silence"
        assert kept(town, text) == []
        if verb not in _NO_WORDS:
            assert "ไม่เกิน" in boss.text or "ยาวเกิน" in boss.text
            with town.database.reading() as session:
                waits = officer_tasks.read(session.get_one(Conversation, person.id))
                assert waits is not None
                assert waits.verb == verb
            nok.sees_nothing()


def test_a_letter_of_a_resident_is_read_whole_by_an_officer(town: Rangsit, nok: Person) -> None:
    text = letter(3_000)
    nok.sends(text)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    somsri = town.officer("somsri", "clerk")
    somsri.sends(nok.number)
    assert "…" in somsri.text
    somsri.reads_on()
    somsri.presses("อ่านข้อความเต็ม")
    assert text in somsri.text


def test_words_of_the_longest_length_reach_the_resident_whole(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    somsri = town.officer("somsri", "clerk")
    somsri.sends(number)
    for label in ("ขอข้อมูลเพิ่ม", "เสร็จแล้ว"):
        somsri.presses(label, on=number)
        text = letter(1_000, label)
        nok.reads_on()
        somsri.sends(text)
        town.passes(minutes=11)
        assert text in nok.text


def test_a_quoted_letter_is_refused_before_it_is_offered(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    somsri = town.officer("somsri", "clerk")
    somsri.sends(number)
    somsri.quotes(number, letter(3_000))
    somsri.sees("ไม่เกิน 1000")
    somsri.sends("ช่างเข้าไปบ่ายนี้")
    town.passes(minutes=11)
    nok.sees("ช่างเข้าไปบ่ายนี้")


def test_words_instead_of_a_location_nearby_are_read_anew(town: Rangsit, nok: Person) -> None:
    nok.sends("เรื่องใกล้ฉัน")
    nok.reads_on()
    nok.sends("ไฟถนนดับทั้งซอย")
    nok.sees("ไฟ", "ส่งตำแหน่ง")
