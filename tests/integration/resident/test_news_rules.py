"""What news costs: reply first, then the next reply, then one push with everything; nothing is lost or doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import Media, News, OutboxMessage
from tests.talking import Person, Rangsit


def states(town: Rangsit) -> list[tuple[str, str]]:
    return [(item.kind, item.state) for item in town.every(News, is_for_officer=False)]


def test_taking_a_ticket_up_is_told_with_the_next_reply_and_costs_nothing(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.passes(hours=2)
    nok.sees_nothing()
    nok.sends("สวัสดี")
    nok.sees(number, "เจ้าหน้าที่รับเรื่องแล้ว", "มีปัญหาอะไรในเมือง", way="reply")
    nok.sends("สวัสดี")
    nok.does_not_see(number)
    assert nok.count("push") == 0


def test_a_question_is_pushed_at_once_and_takes_everything_waiting_along(town: Rangsit, nok: Person) -> None:
    water, light = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")
    town.moves(light, "accepted")
    town.moves(water, "waiting", words="แดงทุกก๊อกไหม")
    text = nok.sees(water, "แดงทุกก๊อกไหม", light, "เจ้าหน้าที่รับเรื่องแล้ว", way="push")
    assert text.index(water) < text.index(light)  # the most pressing first
    assert nok.count("push") == 1


def test_what_may_wait_waits_ten_minutes_for_company(town: Rangsit, nok: Person) -> None:
    water, light = nok.reports(), nok.reports("ไฟถนนหน้าบ้านดับ")
    town.moves(water, "accepted")
    town.moves(water, "forwarded", owner="pwa", way="system", number="PWA-1")
    town.passes(minutes=9)
    nok.sees_nothing()
    town.moves(light, "accepted")
    town.passes(minutes=1)
    nok.sees(water, "PWA-1", light, way="push")
    assert nok.count("push") == 1


def test_only_where_it_stands_is_told_and_a_push_that_was_due_is_kept(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "forwarded", owner="pwa", way="phone")
    town.moves(number, "in_progress")
    town.passes(minutes=10)
    text = nok.sees(number, "กำลังดำเนินการ", way="push")
    assert text.count(number) == 1
    assert nok.count("push") == 1


def test_the_news_of_one_ticket_make_one_card(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    town.passes(minutes=15)
    (number,) = town.tickets()
    town.moves(number, "accepted")
    nok.reads_on()
    nok.sends("สวัสดี")
    text = nok.sees(number, "เจ้าหน้าที่รับเรื่องแล้ว")
    assert text.count(number) == 1
    assert {state for _, state in states(town)} <= {"told", "overtaken"}


def test_a_push_has_room_for_five_and_the_rest_follows(town: Rangsit, nok: Person) -> None:
    numbers = [nok.reports() for _ in range(7)]
    for number in numbers[:6]:
        town.moves(number, "accepted")
    town.moves(numbers[6], "waiting", words="แดงทุกก๊อกไหม")
    text = nok.sees(numbers[6], way="push")
    assert sum(number in text for number in numbers) == 5
    nok.sends("แดงทุกก๊อกเลย")
    text = nok.sees("ส่งคำตอบ")
    assert sum(number in text for number in numbers[:6]) == 2
    assert {state for _, state in states(town)} == {"told"}


def test_a_message_without_a_token_is_heard_and_its_news_come_with_the_next_reply(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.reads_on()
    nok.event({"type": "message", "message": {"type": "text", "id": "no-token", "text": "ส่งเรื่อง"}}, token=False)
    assert town.tickets() == ["RS-6911-00001"]
    nok.sees_nothing()
    nok.sends("สวัสดี")
    nok.sees("RS-6911-00001")


def test_words_of_the_officer_are_their_own_message_and_may_wait(town: Rangsit, nok: Person) -> None:
    from bot import casework, officer_casework
    from bot.casework import By
    from models import Officer
    from models.lifecycle import Actor

    number = nok.reports()
    town.officer("somchai", "water")
    with town.database.transaction() as session:
        ticket = casework.lock(session, town.ticket(session, number).id)
        assert ticket is not None
        officer = session.query(Officer).one()
        by = By(Actor.OFFICER, officer=officer)
        officer_casework.reply_to_reporters(session, ticket, by, "พรุ่งนี้เช้าจะเข้าไปดู", "o-1", town.now)
    town.delivers()
    nok.sees_nothing()
    town.passes(minutes=10)
    nok.sees(f"ตอบเรื่อง {number}", "พรุ่งนี้เช้าจะเข้าไปดู", way="push")


def test_finished_work_waits_a_moment_for_its_photo(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    town.moves(number, "accepted")
    town.photos_arrive = False
    town.moves(number, "resolved", words="เก็บแล้ว", photos=1)
    nok.sees_nothing()
    town.passes(seconds=2)
    nok.sees_nothing()
    with town.database.transaction() as session:
        for media in session.query(Media):
            media.state = "stored"
    town.passes(seconds=1)
    nok.sees("เก็บแล้ว", way="push")
    (card,) = nok.seen[-1].content
    assert card["after"] is not None


@pytest.mark.parametrize("state", ["gone", "wanted"])
def test_finished_work_does_not_wait_for_ever_for_its_photo(town: Rangsit, nok: Person, state: str) -> None:
    number = nok.reports("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    town.moves(number, "accepted")
    town.photos_arrive = False
    town.moves(number, "resolved", words="เก็บแล้ว", photos=1)
    with town.database.transaction() as session:
        for media in session.query(Media):
            media.state = state
    town.passes(seconds=1 if state == "gone" else 8)
    nok.sees("เก็บแล้ว", way="push")


def test_news_of_a_withdrawn_report_is_not_told(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "forwarded", owner="pwa", way="phone")
    nok.presses("หายแล้ว")
    nok.reads_on()
    town.passes(minutes=11)
    nok.sees_nothing()
    assert ("moved", "overtaken") in states(town)


def test_a_ticket_sent_without_its_reporter_s_press_can_be_closed_by_another(
    town: Rangsit, nok: Person, ton: Person
) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    town.passes(minutes=15)
    (number,) = town.tickets()
    town.joins(ton, number)
    nok.sends("สวัสดี")
    nok.presses("หายแล้ว")
    ton.presses_button(nok.button("หายแล้ว"))
    assert town.standing(number, "status", "mark") == ("closed", "unsent_draft")
    nok.reads_on()
    nok.sends("สวัสดี")
    nok.sees(number, "ปิดเรื่องแล้ว ขอบคุณ")


def test_sent_messages_are_forgotten_after_thirty_days(town: Rangsit, nok: Person) -> None:
    nok.reports()
    with town.database.transaction() as session:
        for message in session.query(OutboxMessage):
            message.settled_at = town.now - timedelta(days=31)
    town.passes(seconds=1)
    assert {(m.content, m.body) for m in town.said_to(nok)} == {(None, None)}
