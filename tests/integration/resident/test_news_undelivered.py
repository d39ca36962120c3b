"""When LINE does not take it: a dead token, silence, no quota, a refusal. Nothing is lost, nothing told twice."""

from __future__ import annotations

from datetime import date, timedelta

from bot import clock, news
from models import Message, News, Officer, OutboxMessage
from tests.talking import Person, Rangsit

#: Messages are written at real time, whatever the town's clock says.
LATER = clock.real_now() + timedelta(days=9)


def states(town: Rangsit) -> list[tuple[str, str]]:
    """What became of everything the residents were to hear."""
    return [(item.kind, item.state) for item in town.every(News, is_for_officer=False)]


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


def test_news_of_an_answer_that_must_wait_is_told_by_another_push_only(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.reads_on()
    town.line.replies = "lets the token die"
    nok.sends("ไฟถนนดับ")
    nok.sees("อยู่ที่ไหน", way="push")
    town.passes(minutes=1)
    town.moves(number, "accepted")
    town.moves(number, "planned", planned_until=date(2026, 12, 15))
    nok.sends("ไม่ทราบตำแหน่ง")  # the plan would have gone with this answer
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.sees(number, "ล้างท่อแล้ว", way="push")
    nok.reads_on()
    town.passes(minutes=10)
    assert number not in nok.sees("ตรวจดูก่อนส่ง", way="push")


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
    [pushed] = town.said_to(nok, "push")
    assert (pushed.state, pushed.content, pushed.body) == ("withdrawn", None, None)
    assert pushed.settled_at is not None, "its row goes one day, too"
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
        assert news.still_true(session, message, LATER)
        message.state = "queued"
    town.line.pushes = "accepts"
    town.delivers()
    nok.sees(number, "ส่งเรื่องให้ การประปาส่วนภูมิภาค", "ภายใน 4 ธ.ค. 2569")
    with town.database.transaction() as session:
        message = session.query(OutboxMessage).filter_by(way="push").one()
        assert news.still_true(session, message, LATER)  # nothing of it is carried any more: nothing changes
        assert message.state == "accepted"


def test_what_waited_for_the_next_month_in_several_pushes_is_told_by_one(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.pushes = "has no quota left"
    town.moves(number, "planned", planned_until=date(2026, 12, 15))
    town.passes(minutes=10)
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    with town.database.transaction() as session:
        waiting = [message.id for message in town.said_to(nok, "push") if message.state == "waiting_quota"]
        first, second = (session.get_one(OutboxMessage, message_id) for message_id in waiting)
        first.state = second.state = "queued"
        assert news.still_true(session, first, LATER)
        assert (second.state, second.last_problem) == ("withdrawn", "told with another push")
    town.line.pushes = "accepts"
    town.delivers()
    assert nok.sees(number, "ล้างท่อแล้ว", way="push").count(number) == 1
    assert nok.count("push") == 1
    assert states(town)[-2:] == [("moved", "told"), ("moved", "told")]


def test_an_alarm_for_an_officer_is_not_put_into_a_residents_push(town: Rangsit) -> None:
    desk = town.officer("desk", "clerk")
    number = desk.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม", by="desk")
    town.person("nok").sends("ไฟไหม้บ้าน ช่วยด้วย")
    with town.database.transaction() as session:
        own, alarm = (session.get_one(OutboxMessage, one.id) for one in town.said_to(desk, "push"))
        assert (own.is_for_officer, alarm.is_for_officer) == (False, True)
        assert news.still_true(session, own, LATER)
        assert alarm.state == "waiting_quota"


def test_of_several_answers_that_could_not_be_pushed_only_the_newest_is_said(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    nok.reads_on()
    town.line.replies, town.line.pushes = "lets the token die", "is away"
    nok.sends("น้ำประปาแดงมาก")
    town.passes(minutes=11)
    nok.sends_place()
    town.line.pushes = "accepts"
    town.delivers()
    assert "อยู่ที่ไหน" not in nok.sees("ตรวจดูก่อนส่ง", way="push")
    assert [message.state for message in town.said_to(nok, "push")] == ["withdrawn", "accepted"]


def test_a_push_whose_question_was_answered_meanwhile_is_not_sent(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.passes(days=30)  # given up
    with town.database.transaction() as session:
        (message,) = session.query(OutboxMessage).filter_by(state="waiting_quota").all()
        assert not news.still_true(session, message, LATER)
        assert message.content is None


def test_a_push_for_somebody_who_works_here_no_longer_says_nothing_of_the_ticket(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    town.line.pushes = "has no quota left"
    nok.sends("ไฟไหม้บ้าน ช่วยด้วย")
    with town.database.transaction() as session:
        (message,) = session.query(OutboxMessage).filter_by(state="waiting_quota").all()
        assert message.chat_id == desk.user_id
        assert news.still_true(session, message, message.created_at), "just written"
        assert "ไฟไหม้" in str(message.content)
        officer = session.query(Officer).one()
        officer.revoked_at = town.now
        assert not news.still_true(session, message, LATER)
        assert message.content is None


def test_a_push_that_quotes_what_was_unsent_beside_it_is_made_without_those_words(town: Rangsit, nok: Person) -> None:
    town.officer("desk", "clerk")
    town.line.pushes = "has no quota left"
    nok.sends("ไฟไหม้บ้าน ช่วยด้วย")
    with town.database.transaction() as session:
        (message,) = session.query(OutboxMessage).filter_by(state="waiting_quota").all()
        (words,) = session.query(Message).all()
        words.text, words.erased_at = None, town.now  # by a transaction that could not see this push
        assert news.still_true(session, message, message.created_at)
        assert "ไฟไหม้" not in str(message.content)
        assert "RS-6911-00001" in str(message.content)


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
