"""What news costs: reply first, then the next reply, then one push with everything; nothing is lost or doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import news
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


def test_a_dead_token_s_answer_is_pushed_with_its_news(town: Rangsit, nok: Person) -> None:
    first = nok.reports()
    town.moves(first, "accepted")
    town.line.replies = "lets the token die"
    nok.sends("ไฟถนนหน้าบ้านดับ ซอยรังสิต-นครนายก 46")
    nok.sees(first, "ตรวจดูก่อนส่ง", way="push")
    town.line.replies = "accepts"
    nok.sends("สวัสดี")
    nok.does_not_see("เจ้าหน้าที่รับเรื่องแล้ว")  # the push told it
    assert nok.count("push") == 1


def test_a_second_dead_token_within_ten_minutes_is_pushed_when_they_are_over(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    nok.reads_on()
    town.line.replies = "lets the token die"
    nok.sends("น้ำประปาแดงมาก")
    nok.sees("อยู่ที่ไหน", way="push")
    town.passes(minutes=1)
    nok.sends_place()
    nok.presses("ไม่ทราบตำแหน่ง")
    nok.sees_nothing()
    town.passes(minutes=8)
    nok.sees_nothing()
    town.passes(minutes=1)
    text = nok.sees("ตรวจดูก่อนส่ง", way="push")
    assert text.count("ตรวจดูก่อนส่ง") == 1  # the newest state of the dialogue, once
    town.passes(hours=1)
    assert nok.count("push") == 2


def test_what_was_answered_meanwhile_is_not_pushed(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    town.line.replies = "lets the token die"
    nok.sends("น้ำประปาแดงมาก")
    nok.sends("สวัสดี")
    town.line.replies = "accepts"
    nok.sends_place()
    nok.reads_on()
    pushes = nok.count("push")
    town.passes(minutes=11)
    nok.sees_nothing()
    assert nok.count("push") == pushes


def test_a_ticket_card_whose_token_died_is_pushed_and_told_once(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    town.line.replies = "lets the token die"
    nok.presses("ส่งเรื่อง")
    nok.sees("RS-6911-00001", "รอรับเรื่อง", way=None)
    town.line.replies = "accepts"
    nok.sends("สวัสดี")
    nok.does_not_see("RS-6911-00001")
    assert states(town) == [("ticket", "told")]


def test_an_answer_of_unknown_outcome_is_never_pushed_and_the_state_comes_with_the_next_reply(
    town: Rangsit, nok: Person
) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.reads_on()
    town.line.replies = "is silent"
    nok.presses("ส่งเรื่อง")
    town.passes(hours=3)
    nok.sees_nothing()
    town.line.replies = "accepts"
    nok.sends("สวัสดี")
    nok.sees("RS-6911-00001", "รอรับเรื่อง", way="reply")
    assert nok.count("push") == 0
    assert states(town) == [("ticket", "uncertain"), ("state", "told")]


def test_an_uncertain_push_on_the_date_does_not_end_the_promise(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.pushes = "is silent"
    town.passes(hours=24)
    assert town.standing(number, "due_at") > town.now
    town.line.pushes = "accepts"
    nok.sees_nothing()
    town.passes(hours=24)
    nok.sees(number, way="push")


def test_without_quota_news_waits_and_rides_along_with_the_next_reply(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    nok.sees_nothing()
    nok.sends("สวัสดี")
    nok.sees(number, "แดงทุกก๊อกไหม", "มีปัญหาอะไรในเมือง", way="reply")
    assert [m.state for m in town.said_to(nok, "push")] == ["withdrawn"]
    assert states(town)[-1] == ("moved", "told")


def test_a_status_question_tells_what_waited_for_the_quota_and_once(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    nok.sends("เรื่องน้ำแดงถึงไหนแล้ว")
    assert nok.sees(number, "แดงทุกก๊อกไหม").count("แดงทุกก๊อกไหม") == 1


def test_a_push_that_waited_for_the_next_month_says_what_is_true_then(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.pushes = "has no quota left"
    town.moves(number, "forwarded", owner="pwa", way="phone")
    town.passes(minutes=10)
    town.passes(days=9)
    with town.database.transaction() as session:
        (message,) = session.query(OutboxMessage).filter_by(state="waiting_quota").all()
        assert news.compose_again(session, message)
        message.state = "queued"
    town.line.pushes = "accepts"
    town.delivers()
    nok.sees(number, "ส่งเรื่องให้ การประปาส่วนภูมิภาค", "ภายใน 4 ธ.ค. 2569")
    with town.database.transaction() as session:
        message = session.query(OutboxMessage).filter_by(way="push").one()
        assert news.compose_again(session, message)  # nothing of it is carried any more: nothing changes
        assert message.state == "accepted"


def test_a_push_whose_question_was_answered_meanwhile_is_not_sent(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.passes(days=30)  # given up
    with town.database.transaction() as session:
        (message,) = session.query(OutboxMessage).filter_by(state="waiting_quota").all()
        assert not news.compose_again(session, message)
    assert [m.state for m in town.said_to(nok, "push")][:1] == ["withdrawn"]


def test_blocking_stops_every_push_and_coming_back_brings_all(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.blocks()
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.passes(hours=1)
    assert town.said_to(nok, "push") == []
    nok.comes_back()
    nok.sees("ยินดีต้อนรับกลับมา", "แดงทุกก๊อกไหม", way="reply")
    town.passes(hours=1)
    assert nok.count("push") == 0


def test_a_message_without_a_token_is_heard_and_its_news_come_with_the_next_reply(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    nok.reads_on()
    nok.event({"type": "message", "message": {"type": "text", "id": "no-token", "text": "ส่งเรื่อง"}}, token=False)
    assert town.tickets() == ["RS-6911-00001"]
    nok.sees_nothing()
    nok.sends("สวัสดี")
    nok.sees("RS-6911-00001")


def test_refused_news_does_not_take_every_later_answer_down_with_it(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.replies = "refuses"
    nok.sends("สวัสดี")
    nok.sends("สวัสดี")
    town.line.replies = "accepts"
    nok.sends("สวัสดี")
    nok.sees("มีปัญหาอะไรในเมือง")
    nok.does_not_see(number)
    assert states(town)[-1] == ("moved", "uncertain")
    assert [m.state for m in town.said_to(nok)].count("refused") == 2  # a person sees them


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
    from tests.integration.resident.test_last_word import joins

    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    town.passes(minutes=15)
    (number,) = town.tickets()
    joins(town, ton, number)
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
