"""The promise is kept by a word that LINE accepted; overdue is told once; silence closes only what was asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import Report, TicketEvent
from tests.talking import MORNING, End, Person, Rangsit

HOURS = timedelta(hours=1)


def test_an_accepted_word_sets_the_date_of_the_next(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    assert town.standing(number, "due_at") == MORNING + 24 * HOURS
    town.moves(number, "accepted")
    town.passes(hours=2)
    nok.sends("สวัสดี")  # tells that it was taken up
    assert town.standing(number, "last_word_at", "due_at") == (town.now, town.now + 24 * HOURS)


@pytest.mark.parametrize("end", ["has no quota left", "is silent", "refuses", "is away"])
def test_a_word_that_line_did_not_take_keeps_no_promise(town: Rangsit, nok: Person, end: End) -> None:
    number = nok.reports()
    before = town.standing(number, "last_word_at", "due_at")
    town.line.pushes = end
    town.passes(hours=1)
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    assert town.standing(number, "last_word_at", "due_at") == before
    assert town.standing(number, "paused_at") == town.now


def test_the_date_on_a_card_of_news_is_the_date_that_its_acceptance_sets(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.passes(hours=2)
    nok.sends("สวัสดี")
    nok.sees("เจ้าหน้าที่รับเรื่องแล้ว", "ภายใน 25 พ.ย. 2569 13:00 น.")
    town.passes(hours=1)
    nok.sends("ติดตามเรื่อง")  # shows where it stands, and renews nothing
    nok.sees("ภายใน 25 พ.ย. 2569 13:00 น.")
    assert town.standing(number, "due_at") == MORNING + 26 * HOURS


def test_on_the_date_news_that_waits_for_a_reply_is_pushed(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.passes(hours=23)
    nok.sees_nothing()
    town.passes(hours=1)
    nok.sees(number, "เจ้าหน้าที่รับเรื่องแล้ว", way="push")
    assert town.standing(number, "due_at") == town.now + 24 * HOURS
    assert [event.kind for event in town.every(TicketEvent)].count("overdue") == 0


def test_on_the_date_everything_is_pushed_even_what_one_push_has_no_room_for(town: Rangsit, nok: Person) -> None:
    numbers = [nok.reports() for _ in range(7)]
    for number in numbers:
        town.moves(number, "accepted")
    town.passes(hours=24)
    town.passes(seconds=2)
    text = nok.sees(*numbers, way="push")
    assert all(text.count(f"\n{number}\n") == 1 for number in numbers)
    assert nok.count("push") == 2


def test_where_there_is_nothing_to_tell_that_is_told_once_with_the_next_date(town: Rangsit, nok: Person) -> None:
    officer = town.officer("somchai", "clerk")
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("สวัสดี")
    nok.reads_on()
    town.passes(hours=24)
    nok.sees_nothing()  # it may wait for company
    town.passes(minutes=10)
    nok.sees(number, "ยังไม่มีความคืบหน้าใหม่ เทศบาลจะแจ้งให้ทราบอีกครั้งภายใน 26 พ.ย. 2569", way="push")
    officer.sees(number)
    town.passes(hours=5)
    nok.sees_nothing()
    assert nok.count("push") == 1
    assert [event.kind for event in town.every(TicketEvent)].count("overdue") == 1
    town.passes(hours=19)
    town.passes(minutes=10)
    nok.sees("ยังไม่มีความคืบหน้าใหม่", way="push")


def test_the_date_that_is_told_is_the_date_that_holds(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.reads_on()
    town.passes(hours=24)
    town.passes(minutes=10)
    nok.sees("26 พ.ย. 2569 11:10 น.")
    assert town.standing(number, "due_at") == MORNING + 48 * HOURS + timedelta(minutes=10)


def test_news_that_comes_while_overdue_waits_is_told_in_its_place(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.passes(hours=24)
    town.moves(number, "accepted")
    town.passes(minutes=10)
    text = nok.sees("เจ้าหน้าที่รับเรื่องแล้ว", way="push")
    assert "ยังไม่มีความคืบหน้าใหม่" not in text


def test_after_a_plan_the_next_word_is_due_at_the_end_of_the_planned_day(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "planned", planned_until=date(2026, 12, 15))
    town.passes(minutes=10)
    nok.sees("มีแผนดำเนินการภายใน 15 ธ.ค. 2569", way="push")
    assert town.standing(number, "due_at").isoformat() == "2026-12-15T16:59:00+00:00"
    town.passes(days=10)
    nok.sees_nothing()


def test_after_forwarding_the_longer_of_promise_and_follow_up_counts(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "forwarded", owner="doh", way="letter")
    town.passes(minutes=10)
    nok.sees("ส่งเรื่องให้ กรมทางหลวง แล้ว", way="push")
    assert town.standing(number, "due_at").isoformat() == "2026-12-03T09:30:00+00:00"  # seven working days


def test_the_officer_is_reminded_to_follow_up_and_again(town: Rangsit, nok: Person) -> None:
    officer = town.officer("somchai", "clerk")
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "forwarded", owner="pwa", way="phone")
    officer.reads_on()
    town.passes(days=1, hours=6)  # Wednesday 17:00, after closing time
    for _ in range(2):
        town.passes(minutes=10)
        officer.sees(number, "ติดตาม")
        town.passes(days=2)  # after closing time Thursday is day 0, so Friday


def test_the_promise_stands_still_while_the_town_waits_and_goes_on_with_the_answer(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.passes(hours=4)
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.passes(days=3)
    assert nok.count("push") == 1  # nothing is overdue meanwhile
    nok.sends("แดงทุกก๊อกเลย")
    nok.sees("ส่งคำตอบ")
    assert town.standing(number, "paused_at") is None
    assert town.standing(number, "due_at") == town.now + 24 * HOURS  # counted from the question, which LINE took


@pytest.mark.whole_way
def test_an_unanswered_question_is_given_up_seven_days_after_line_took_it(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.passes(days=6, hours=23)
    assert town.standing(number) == "waiting"
    town.passes(hours=1)
    assert town.standing(number, "status", "mark") == ("accepted", "unanswered")


def test_a_question_that_line_never_took_is_given_up_after_thirty_days(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.passes(days=29)
    assert town.standing(number) == "waiting"
    town.passes(days=1)
    assert town.standing(number, "status", "mark") == ("new", "unanswered")


def test_a_question_heard_late_gives_seven_days_from_then(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.line.pushes = "has no quota left"
    town.moves(number, "waiting", words="แดงทุกก๊อกไหม")
    town.passes(days=10)
    nok.sends("สวัสดี")
    nok.sees("แดงทุกก๊อกไหม")
    town.passes(days=6)
    assert town.standing(number) == "waiting"
    town.passes(days=1)
    assert town.standing(number, "mark") == "unanswered"


@pytest.mark.whole_way
def test_finished_work_closes_unconfirmed_seven_days_after_the_question(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    assert town.every(Report)[0].asked_content_at == town.now
    town.passes(days=6, hours=23)
    assert town.standing(number) == "resolved"
    town.passes(hours=1)
    assert town.standing(number, "status", "mark") == ("closed", "unconfirmed")
    nok.reads_on()
    nok.sends("สวัสดี")
    nok.sees(number, "ไม่ได้รับคำตอบใน 7 วัน", "ยังไม่เรียบร้อย")
    nok.presses("ยังไม่เรียบร้อย", on=number)
    assert town.standing(number, "status", "mark") == ("reopened", None)


@pytest.mark.parametrize("why", ["quota", "blocked"])
def test_who_cannot_be_asked_is_not_said_to_have_been_silent(town: Rangsit, nok: Person, why: str) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    if why == "blocked":
        nok.blocks()
    else:
        town.line.pushes = "has no quota left"
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    town.passes(days=29)
    assert town.standing(number) == "resolved"
    town.passes(days=1)
    assert town.standing(number, "status", "mark") == ("closed", "unreachable")


def test_what_line_took_after_the_work_was_done_but_said_nothing_of_it_is_no_question(
    town: Rangsit, nok: Person
) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.replies = "is away"
    nok.sends("สวัสดี")  # tells that it was taken up; LINE takes it later
    town.passes(minutes=1)
    town.line.pushes = "has no quota left"
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    town.line.replies = "accepts"
    town.delivers()
    assert town.every(Report)[0].asked_content_at is None


def test_seven_days_count_from_the_last_reporter_who_could_be_asked(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports()
    town.joins(ton, number)
    ton.blocks()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    town.passes(days=5)
    ton.comes_back()
    ton.sees("เรียบร้อยไหม")
    town.passes(days=6)
    assert town.standing(number) == "resolved"
    nok.presses("เรียบร้อยแล้ว")
    town.passes(days=1)
    assert town.standing(number, "status", "mark") == ("closed", None)  # nok was content


def test_resolved_and_ended_tickets_promise_nothing(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    assert town.standing(number, "due_at") is None
    assert "จะแจ้งความคืบหน้าภายใน" not in nok.sees("เรียบร้อยไหม")
    nok.presses("ยังไม่เรียบร้อย")
    assert town.standing(number, "due_at") == town.now + 24 * HOURS
    nok.presses("ยกเลิก", on=number)
    nok.presses("ใช่ ยกเลิกเรื่องนี้")
    assert town.standing(number, "due_at") is None


def test_a_broken_row_does_not_keep_the_others_waiting(
    town: Rangsit, nok: Person, ton: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from bot import news

    numbers = [nok.reports(), ton.reports()]
    for number in numbers:
        town.moves(number, "accepted")
    real = news.push_waiting

    def broken(session: object, person: object, now: object) -> object:
        if getattr(person, "line_user_id", "") == nok.user_id:
            raise KeyError("น้ำประปาแดงมาก")
        return real(session, person, now)  # type: ignore[arg-type]

    monkeypatch.setattr(news, "push_waiting", broken)
    town.passes(hours=24)
    ton.sees(numbers[1], way="push")
    nok.sees_nothing()
    monkeypatch.undo()
    monkeypatch.setattr("bot.clock.now", lambda: town.now)
    town.passes(seconds=2)
    nok.sees(numbers[0], way="push")
