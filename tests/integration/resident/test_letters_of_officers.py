"""Letters of thousands of characters of officers and to them: kept whole, or kindly refused; never cut, read whole."""

from __future__ import annotations

from typing import get_args

import pytest

from bot import officer_tasks, whole_words
from models import Act, Conversation, Message, Resident
from models.officer import Role
from tests.integration.letters import LENGTHS, kept, letter
from tests.talking import Person, Rangsit

#: What the act needs to know besides its ticket; every verb stands here, so that a new one is thought of.
OFFICERS: dict[str, dict[str, str]] = {
    **{verb: {} for verb in ("reply", "ask", "resolve", "reject", "number", "note", "plan", "merge", "return")},
    **{verb: {} for verb in ("after", "more", "incident", "canned", "find", "their_words")},
    "forward": {"owner": "pwa", "way": "phone"},
    "transfer": {"department": "public_works"},
    "contact": {"way": "phone"},
}
#: These ask for something short, and say so; a letter changes nothing.
_SHORT = ("incident", "canned", "contact")
#: These take no sentence at all, hand it on, or belong to a ticket of another kind: their own answers say so.
_NO_WORDS = ("forward", "number", "plan", "merge", "find", "after", "more", "return", "their_words")


def _waits_for(town: Rangsit, boss: Person, verb: str, number: str) -> None:
    """The officer was asked for what this act needs."""
    with town.database.transaction() as session:
        ticket = town.ticket(session, number)
        conversation = session.get_one(Conversation, _id_of(town, boss))
        of_none = verb in ("find", "canned", "contact")
        task = officer_tasks.Task(
            verb,  # type: ignore[arg-type]  # one of the verbs
            0 if of_none else ticket.id, town.now.isoformat(), conversation.step, **OFFICERS[verb],
        )  # fmt: skip
        officer_tasks.keep(conversation, task)


def _id_of(town: Rangsit, person: Person) -> int:
    (resident,) = town.every(Resident, line_user_id=person.user_id)
    return int(resident.id)


@pytest.mark.parametrize("verb", get_args(officer_tasks.Verb))
def test_a_letter_of_an_officer_is_kept_whole_or_kindly_refused(town: Rangsit, verb: str) -> None:
    for one in range(3):  # an incident, so that a notice about it may be written
        nok = town.person(f"q{one}")
        number = nok.reports(("น้ำประปาแดงมาก", "น้ำก๊อกสีแดงขุ่น ใช้ไม่ได้เลย", "น้ำประปามีสีแดงตั้งแต่เช้า")[one])
    town.moves(number, "accepted")
    boss = town.officer("boss", "clerk", role=Role.SUPERVISOR)
    boss.sends(number)
    _waits_for(town, boss, verb, number)
    boss.reads_on()
    nok.reads_on()
    text = letter(LENGTHS[-1], "เรียนท่านผู้เกี่ยวข้อง" if verb not in ("after", "more") else "น้ำประปาแดงมาก")
    boss.sends(text)
    assert boss.text, "never silence"
    assert kept(town, text) == []
    if verb in _SHORT:
        assert "ไม่เกิน" in boss.text or "ยาวเกิน" in boss.text
        with town.database.reading() as session:
            waits = officer_tasks.read(session.get_one(Conversation, _id_of(town, boss)))
        assert waits is not None and waits.verb == verb
        nok.sees_nothing()
    elif verb not in _NO_WORDS:
        assert any(text == message.text for message in town.every(Message))


def test_a_letter_of_a_resident_is_read_whole_by_an_officer(town: Rangsit, nok: Person) -> None:
    text = letter(3_000)
    nok.sends(text)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    somsri = town.officer("somsri", "clerk")
    somsri.sends(nok.number)
    assert text not in somsri.text and "…" in somsri.text
    somsri.reads_on()
    somsri.presses("อ่านทั้งหมด")
    assert text in somsri.text
    assert "opened" in [act.kind for act in town.every(Act)]


def test_many_letters_are_read_two_at_a_time(town: Rangsit, nok: Person) -> None:
    texts = [letter(3_000), letter(4_900, "ยังไม่มาเลย"), letter(2_000, "รออยู่")]
    nok.sends(texts[0])
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    for text in texts[1:]:
        nok.presses("เพิ่มข้อมูล", on=nok.number)
        nok.sends(text)
    somsri = town.officer("somsri", "clerk")
    somsri.sends(nok.number)
    somsri.reads_on()
    somsri.presses("อ่านทั้งหมด")
    assert texts[0] in somsri.text and texts[2] not in somsri.text
    assert "".join(texts[1].split()) in "".join(somsri.text.split())
    somsri.reads_on()
    somsri.presses("อ่านต่ออีก 1 ข้อความ")
    assert texts[2] in somsri.text
    nok.unsends(nok.said[0])
    somsri.reads_on()
    somsri.presses("อ่านทั้งหมด", on=nok.number)
    somsri.does_not_see(texts[0])


@pytest.mark.parametrize("label", ["ตอบกลับ", "ขอข้อมูลเพิ่ม", "เสร็จแล้ว", "ยุติเรื่อง"])
def test_a_letter_of_an_officer_is_read_whole_by_the_resident(town: Rangsit, nok: Person, label: str) -> None:
    number = nok.reports()
    somsri = town.officer("somsri", "clerk")
    town.moves(number, "accepted")
    somsri.sends(number)
    somsri.presses(label, on=number)
    if label == "ยุติเรื่อง":
        somsri.presses("อื่น ๆ")
    text = letter(3_000, "เรียนผู้แจ้ง")
    nok.reads_on()
    somsri.sends(text)
    town.passes(minutes=11)
    assert "เรียนผู้แจ้ง" in nok.text
    if label != "ตอบกลับ":  # on a card
        assert text not in nok.text and "…" in nok.text
        nok.reads_on()
        nok.presses("อ่านทั้งหมด")
    assert text in nok.text


def test_after_the_town_has_said_something_else_the_old_button_shows_how_it_stands(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words=letter(3_000, "ล้างท่อแล้ว"))
    nok.sees("…", "อ่านทั้งหมด")
    nok.presses("ยังไม่เรียบร้อย")
    nok.reads_on()
    nok.presses("อ่านทั้งหมด")
    nok.sees(number, "เปิดเรื่องอีกครั้ง")


def test_no_older_button_sends_a_notice_that_was_refused_as_too_long(town: Rangsit) -> None:
    people = [town.person(f"q{one}") for one in range(3)]
    for person, words in zip(people, ("น้ำประปาแดงมาก", "น้ำก๊อกสีแดงขุ่น ใช้ไม่ได้เลย", "น้ำประปามีสีแดงตั้งแต่เช้า"), strict=True):
        number = person.reports(words)
    boss = town.officer("boss", "clerk", role=Role.SUPERVISOR)
    boss.sends(number)
    _waits_for(town, boss, "incident", number)
    boss.sends("ท่อแตก กำลังซ่อม")
    send = next(label for label in boss.labels() if "3" in label)
    _waits_for(town, boss, "incident", number)
    boss.sends(letter(3_000, "ประกาศ"))
    boss.sees("ไม่เกิน")
    for person in people:
        person.reads_on()
    boss.presses(send)
    town.passes(minutes=11)
    for person in people:
        person.does_not_see("ประกาศ", "ท่อแตก")


def test_a_letter_in_place_of_a_contact_is_refused_and_the_contact_still_asked_for(town: Rangsit) -> None:
    somsri = town.officer("somsri", "clerk")
    somsri.sends("รับแจ้งแทน")
    somsri.presses("โทรศัพท์")
    somsri.reads_on()
    somsri.sends(letter(3_000, "สมศรี 081-234-5678 น้ำไม่ไหล"))
    somsri.sees("ยาวเกิน", "ข้าม")
    somsri.sends("สมศรี 081-234-5678")
    somsri.sees("ผู้แจ้งเล่าว่าอย่างไร")


def test_what_a_full_card_cuts_can_always_be_read_whole(town: Rangsit, nok: Person) -> None:
    full = whole_words.FULL
    texts = [letter(full), letter(full // 2, "ยังไม่มาเลย"), letter(full // 2, "เรียนผู้แจ้ง")]
    texts += [letter(full // 4, f"จด {n}") for n in range(3)]
    nok.sends(texts[0])
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    number = nok.number
    town.moves(number, "accepted")
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends(texts[1])
    somsri = town.officer("somsri", "clerk")
    somsri.sends(number)
    for label, text in zip(("ตอบกลับ", *["บันทึกภายใน"] * 3), texts[2:], strict=True):
        somsri.presses(label, on=number)
        somsri.reads_on()
        somsri.sends(text)
    card = somsri.text
    somsri.reads_on()
    assert [text for text in texts if text not in card] == []
    assert "อ่านทั้งหมด" not in somsri.labels()
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends(letter(full // 2 + 1, "ยังไม่มา"))
    somsri.sends(number)
    assert "อ่านทั้งหมด" in somsri.labels()
