"""Finished work waits for its photos: it is told once every picture is there and new; the officer hears what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import Conversation, Media, News, Officer
from models.officer import Role
from tests.arriving import HOLE, ROAD, settles
from tests.talking import Person, Rangsit

CHECKING = "กำลังตรวจรูปหลังทำ"


@pytest.fixture
def somsri(town: Rangsit, hole: str) -> Person:
    """An officer who says that it is done, and sends a photo of it."""
    person = town.officer("somsri", "clerk")
    person.sends(hole)
    person.presses("เสร็จแล้ว")
    person.sends("ปะหลุมแล้ว")
    person.reads_on()
    town.line.replies = "is away"  # the answer waits a moment for the picture
    person.sends_photo()
    town.line.replies = "accepts"
    return person


def checking(town: Rangsit) -> int:
    return sum(len(one.checking or ()) for one in town.every_conversation())


def test_the_answer_is_the_result_when_the_picture_comes_at_once(
    town: Rangsit, nok: Person, hole: str, somsri: Person
) -> None:
    pushes = somsri.count("push")
    settles(town)
    text = somsri.sees("รูปหลังทำใช้ได้", hole, "รอผู้แจ้งยืนยัน", way="reply")
    assert CHECKING not in text
    nok.sees("ปะหลุมแล้ว", "เรียบร้อยไหม", way="push")
    assert somsri.count("push") == pushes
    assert town.standing(hole) == "resolved"
    assert [photo.state for photo in town.every(Media, purpose="after")] == ["stored"]
    settles(town)  # told twice, it is done once
    nok.sees_nothing()
    assert checking(town) == 0


@pytest.mark.parametrize("likeness", ["", HOLE], ids=["a card", "another photo is asked for"])
def test_what_the_result_offers_is_asked_from_now_on_as_after_any_answer(
    town: Rangsit, hole: str, somsri: Person, likeness: str
) -> None:
    town.now += timedelta(seconds=2)
    settles(town, likeness=likeness)
    somsri.sees(hole, way="reply")
    offers = [offer for one in town.every_conversation() for offer in one.offers or ()]
    asked_since = {offer.get("at") for offer in offers if offer["action"].startswith("work.")}
    assert asked_since == {town.now.isoformat()}


def test_a_picture_that_takes_its_time_finishes_the_work_and_the_officer_hears_it_for_free(
    town: Rangsit, nok: Person, hole: str, somsri: Person
) -> None:
    town.delivers()
    somsri.sees(CHECKING, "ยกเลิก", way="reply")
    town.passes(minutes=45)
    nok.sees_nothing()
    assert town.standing(hole) == "accepted"
    pushes = somsri.count("push")
    settles(town)
    nok.sees("ปะหลุมแล้ว", way="push")
    assert (town.standing(hole), somsri.count("push")) == ("resolved", pushes)
    somsri.sends("งานของฉัน")
    somsri.sees("รูปหลังทำใช้ได้", hole, way="reply")


@pytest.mark.parametrize("waits", [True, False], ids=["the answer still waits", "the answer is gone"])
def test_a_repeated_picture_leaves_the_ticket_open_and_a_new_one_finishes_it(
    town: Rangsit, nok: Person, hole: str, somsri: Person, waits: bool
) -> None:
    if not waits:
        town.delivers()
        somsri.sees(CHECKING)
    settles(town, likeness=HOLE)
    somsri.sees("ซ้ำกับรูปก่อนทำ", hole, way="reply" if waits else "push")
    nok.sees_nothing()
    assert town.standing(hole) == "accepted"
    assert town.every(Media)[-1].state == "erased"
    somsri.sends_photo()
    settles(town, likeness=ROAD)
    nok.sees("ปะหลุมแล้ว", "เรียบร้อยไหม")
    assert town.standing(hole) == "resolved"


@pytest.mark.parametrize("state", ["gone", "refused"])
def test_a_picture_that_never_comes_is_told_and_asked_for_again(
    town: Rangsit, nok: Person, hole: str, somsri: Person, state: str
) -> None:
    settles(town, state)
    somsri.sees("โหลดรูปหลังทำของเรื่อง", hole, "ส่งรูปอีกครั้ง")
    nok.sees_nothing()
    assert town.standing(hole) == "accepted"
    somsri.presses("ยกเลิก")
    somsri.sees("หยุดให้แล้ว")
    assert town.standing(hole) == "accepted"


def test_a_picture_refused_hours_later_swallows_nothing_the_officer_says_then(
    town: Rangsit, nok: Person, hole: str, somsri: Person
) -> None:
    town.delivers()
    town.passes(minutes=31)
    somsri.reads_on()
    settles(town, "refused")
    somsri.sees("โหลดรูปหลังทำของเรื่อง", "กด เสร็จแล้ว แล้วส่งอีกครั้ง", way="push")
    somsri.sends("สวัสดี")
    assert town.standing(hole) == "accepted"
    nok.sees_nothing()


def test_other_work_goes_on_while_the_picture_is_looked_at(
    town: Rangsit, ton: Person, nok: Person, hole: str, somsri: Person
) -> None:
    other = ton.reports()
    somsri.sends(other)
    somsri.presses("ตอบกลับ")
    settles(town)
    assert town.standing(hole) == "resolved"
    somsri.sends("ช่างเข้าไปบ่ายนี้")
    town.passes(minutes=11)
    ton.sees("ช่างเข้าไปบ่ายนี้")
    nok.sees("ปะหลุมแล้ว")


def test_a_refused_picture_does_not_disturb_other_work(town: Rangsit, ton: Person, hole: str, somsri: Person) -> None:
    other = ton.reports()
    somsri.sends(other)
    somsri.presses("ตอบกลับ")
    somsri.reads_on()
    settles(town, likeness=HOLE)
    somsri.sees("ซ้ำกับรูปที่เคยส่ง", "กด เสร็จแล้ว", hole)
    somsri.sends("ช่างเข้าไปบ่ายนี้")
    town.passes(minutes=11)
    ton.sees("ช่างเข้าไปบ่ายนี้")
    assert town.standing(hole) == "accepted"


@pytest.mark.parametrize("how", ["press", "type"])
def test_it_can_be_stopped_while_the_picture_is_looked_at(
    town: Rangsit, nok: Person, hole: str, somsri: Person, how: str
) -> None:
    town.delivers()
    somsri.presses("ยกเลิก") if how == "press" else somsri.sends("ยกเลิก")
    somsri.sees("หยุดให้แล้ว")
    assert town.every(Media)[-1].state == "erased"
    assert (town.standing(hole), checking(town)) == ("accepted", 0)
    nok.sees_nothing()


def test_stopping_too_late_says_that_it_is_done(town: Rangsit, hole: str, somsri: Person) -> None:
    town.delivers()
    settles(town)
    somsri.presses("ยกเลิก")
    somsri.sees("คุณทำเรื่อง", hole)
    assert town.standing(hole) == "resolved"


def test_all_pictures_of_a_set_are_looked_at_in_whatever_order_they_come(
    town: Rangsit, nok: Person, hole: str, somsri: Person
) -> None:
    for index in (2, 1):
        somsri.sends_photo(index=index, total=2)
    settles(town, likeness=ROAD)
    settles(town, "refused", newest=2)  # one of three is lost: the others show the work
    assert town.standing(hole) == "accepted"
    settles(town, newest=3)
    assert town.standing(hole) == "resolved"
    assert [photo.state for photo in town.every(Media, purpose="after")] == ["stored", "stored"]
    nok.sees("ปะหลุมแล้ว")


def test_whoever_was_faster_wins_and_the_officer_hears_that_nothing_was_sent(
    town: Rangsit, nok: Person, hole: str, somsri: Person
) -> None:
    town.delivers()
    town.moves(hole, "rejected", reason="not_found")
    somsri.reads_on()
    nok.reads_on()
    settles(town)
    somsri.sees(hole, "เปลี่ยนไปก่อนที่รูปหลังทำจะโหลดเสร็จ")
    nok.sees_nothing()
    assert town.standing(hole) == "rejected"
    assert town.every(Media)[-1].state == "erased"


def test_nothing_is_done_in_the_name_of_somebody_who_left(
    town: Rangsit, nok: Person, hole: str, somsri: Person
) -> None:
    town.officer("chief", "clerk", role=Role.ADMIN)
    with town.database.transaction() as session:
        session.get_one(Officer, town.every(Officer, name="somsri")[0].id).revoked_at = town.now
    settles(town)
    assert (town.standing(hole), checking(town)) == ("accepted", 0)
    assert town.every(Media)[-1].state == "erased"
    nok.sees_nothing()
    assert town.every(News, kind="officer.resolved") == []


@pytest.mark.parametrize("taken", ["words", "photo"])
def test_what_was_taken_back_is_waited_for_again(
    town: Rangsit, nok: Person, hole: str, somsri: Person, taken: str
) -> None:
    words, photo = somsri.said[-2:]
    somsri.unsends(words if taken == "words" else photo)
    assert "ปะหลุมแล้ว" not in str([one.checking for one in town.every_conversation()])
    settles(town, "stored" if taken == "words" else "erased")
    nok.sees_nothing()
    assert town.standing(hole) == "accepted"
    if taken == "words":
        somsri.sends("ปะหลุมเรียบร้อย")
    else:
        somsri.sends_photo()
        settles(town)
    nok.sees("ปะหลุม", "เรียบร้อยไหม")


def test_begun_anew_the_earlier_words_are_put_aside(town: Rangsit, nok: Person, hole: str, somsri: Person) -> None:
    town.delivers()
    somsri.presses("เสร็จแล้ว", on=hole)
    somsri.sees("พักเรื่อง", hole)
    settles(town)
    nok.sees_nothing()
    somsri.sends("ปะหลุมและตีเส้นแล้ว")
    somsri.sends_photo()
    settles(town)
    nok.sees("ตีเส้นแล้ว")
    with town.database.reading() as session:
        assert all(one.checking is None for one in session.query(Conversation))
