"""Officer and resident talk about one ticket through the bot: words, pictures, recordings, and how far a word came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.officer_casework import staff
from models import Officer, OutboxMessage
from models.outbox import ACCEPTED, WAITING_QUOTA, WITHDRAWN
from tests.phones import PhonePerson
from tests.whole_way import WholeTown


def kinds(person: PhonePerson) -> list[str]:
    """What kinds of messages reached this person."""
    return [message["type"] for saw in person.seen for message in saw.content]


def answers(officer: PhonePerson, number: str, words: str) -> None:
    """The officer replies to this ticket's reporters."""
    officer.sends(number)
    officer.presses("ตอบกลับ")
    officer.sends(words)


def test_words_go_both_ways_in_the_departments_name(town: WholeTown, nok: PhonePerson, somchai: PhonePerson) -> None:
    number = nok.reports()
    answers(somchai, number, "ช่างจะเข้าไปบ่ายนี้")
    nok.sends("สวัสดี")
    said = nok.sees(f"งานประสานการประปา ตอบเรื่อง {number}", "ช่างจะเข้าไปบ่ายนี้")
    assert "สมชาย" not in said
    nok.quotes(number, "บ่ายสองโมงอยู่บ้านค่ะ")
    somchai.sends(number)
    somchai.sees("“บ่ายสองโมงอยู่บ้านค่ะ”")


@pytest.mark.long
def test_a_canned_reply_is_chosen_and_sent_after_a_yes(town: WholeTown, nok: PhonePerson, desk: PhonePerson) -> None:
    number = nok.reports()
    desk.sends(number)
    desk.presses("ตอบกลับ")
    desk.presses("ข้อความสำเร็จรูป")
    desk.presses("น้ำแดง: ประสาน กปภ. แล้ว")
    desk.sees("เปิดน้ำทิ้งสักครู่", "ใช่ไหม")
    desk.presses("ใช่ ส่งเลย")
    nok.sends("ติดตามเรื่อง")
    nok.sees(f"ตอบเรื่อง {number}", "เปิดน้ำทิ้งสักครู่")


def test_photos_recordings_and_videos_go_both_ways(town: WholeTown, nok: PhonePerson, desk: PhonePerson) -> None:
    number = nok.reports()
    for send in (desk.sends_photo, desk.sends_voice, desk.sends_video):
        desk.sends(number)
        desk.presses("ตอบกลับ")
        send()
        desk.sees("กำลังส่งให้ผู้แจ้งเรื่อง")
        town.passes(minutes=11)
        nok.sees("ส่งมาให้ เรื่อง", number, way="push")
    assert [kind for kind in kinds(nok) if kind in ("image", "audio", "video")] == ["image", "audio", "video"]
    assert all(one["status"] == 200 for one in nok.looks_at_pictures())
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends_photo()
    nok.sends_voice()
    nok.sends_video()
    desk.sends(number)
    desk.sees("ไฟล์แนบ")
    assert {one["status"] for one in desk.looks_at_pictures()} == {200}


@pytest.mark.long
def test_words_about_two_open_tickets_never_mix(town: WholeTown, nok: PhonePerson, desk: PhonePerson) -> None:
    water = nok.reports()
    garbage = nok.reports("ขยะล้นถังไม่มีคนมาเก็บ", place=(13.979, 100.61))
    nok.quotes(water, "วันนี้แดงกว่าเดิม")
    nok.sends("ยังไม่มาเลย")
    nok.presses(next(label for label in nok.labels() if garbage[-5:] in label))
    desk.sends(garbage)
    desk.sees("“ยังไม่มาเลย”")
    desk.sends(water)
    desk.does_not_see("ยังไม่มาเลย")
    desk.sees("“วันนี้แดงกว่าเดิม”")


@pytest.mark.long
def test_an_officer_sees_how_far_the_towns_word_has_come_and_blocking_stops_every_push(
    town: WholeTown, nok: PhonePerson, ton: PhonePerson, desk: PhonePerson
) -> None:
    number = nok.reports()
    desk.sends(number)
    desk.sees("ถึงผู้แจ้ง", "ไลน์รับข้อความแล้ว 24 พ.ย. 2569 11:00 น.")
    nok.blocks()
    answers(desk, number, "ช่างจะเข้าไปบ่ายนี้")
    desk.reads_on()
    desk.sends(number)
    desk.sees("ถึงผู้แจ้ง", "บล็อก")
    pushes = nok.count("push")
    town.passes(hours=1)
    assert nok.count("push") == pushes
    nok.comes_back()
    nok.sends("ติดตามเรื่อง")
    nok.sees("ช่างจะเข้าไปบ่ายนี้")
    desk.blocks()
    heard = len(town.said_to(desk))
    ton.sends("เสาไฟฟ้าล้ม สายไฟขาดพาดถนน มีไฟช็อต อันตรายมาก")
    assert len(town.said_to(desk)) == heard, "nothing is even written for an officer who has blocked us"
    assert {message.state for message in town.said_to(desk)} == {ACCEPTED}


@pytest.mark.long
def test_an_empty_plan_loses_nothing_and_the_next_answer_brings_it(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson
) -> None:
    number = nok.reports()
    desk.sends(number)
    town.plan_is_used_up()
    desk.presses("ขอข้อมูลเพิ่ม")
    desk.sends("แดงทุกก๊อกไหม")
    assert nok.count("push") == 0
    desk.sends(number)
    desk.sees("รอโควตาข้อความของเดือน")
    nok.sends("ติดตามเรื่อง")
    nok.sees("แดงทุกก๊อกไหม", way="reply")
    nok.sends("ทุกก๊อก")
    assert town.standing(number) == "new"
    town.expects_refusals("monthly limit")


@pytest.mark.long
def test_what_waited_for_the_plan_is_not_told_to_an_officer_who_works_here_no_longer(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson
) -> None:
    town.plan_is_used_up()
    nok.sends("เสาไฟฟ้าล้ม สายไฟขาดพาดถนน มีไฟช็อต อันตรายมาก")
    with town.database.transaction() as session:
        (waits,) = session.scalars(select(OutboxMessage).where(OutboxMessage.state == WAITING_QUOTA))
        waits.created_at -= timedelta(hours=1)
        staff.revoke(session, session.scalars(select(Officer)).unique().one(), None, town.now)
    town.channel.quota = 300
    town.passes(minutes=20)
    assert desk.count("push") == 0
    assert [message.state for message in town.said_to(desk, "push")] == [WITHDRAWN]
    town.expects_refusals("monthly limit")
