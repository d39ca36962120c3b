"""A push that LINE has not got for a while: what it says when it leaves at last, and how pressing it is."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from bot import clock, news
from models import OutboxMessage
from tests.talking import End, Person, Rangsit

#: Messages are written at real time, whatever the town's clock says.
LATER = clock.real_now() + timedelta(days=9)
#: Where the lamp of the draft is that does not light.
DRAFT = "ซอยรังสิต-นครนายก 46"


def pushes(town: Rangsit, session: Session, person: Person, state: str) -> list[OutboxMessage]:
    """The pushes to this person in that state, oldest first, to be changed."""
    found = [one.id for one in town.said_to(person, "push") if one.state == state]
    return [session.get_one(OutboxMessage, message_id) for message_id in found]


def test_an_alarm_that_is_told_with_another_push_is_as_pressing_as_before(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    number = nok.reports()
    town.moves(number, "waiting", by="desk", words="แดงทุกก๊อกไหม")
    town.line.pushes = "has no quota left"
    nok.sends("แดงทุกก๊อกเลย")
    town.passes(minutes=10)
    town.person("ton").sends("ไฟไหม้บ้าน ช่วยด้วย")
    with town.database.transaction() as session:
        answer, alarm = pushes(town, session, desk, "waiting_quota")
        assert (answer.urgency, alarm.urgency) == ("answer", "urgent")
        assert news.still_true(session, answer, LATER)
        assert (answer.urgency, alarm.state) == ("urgent", "withdrawn")


def test_what_quotes_somebody_is_made_anew_before_each_attempt(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    town.line.pushes = "has no quota left"
    nok.sends("ไฟไหม้บ้าน ช่วยด้วย")
    for _ in range(2):
        with town.database.transaction() as session:
            [alarm] = pushes(town, session, desk, "waiting_quota")
            quotes = {quote.said for quote in alarm.quotes}
            assert quotes
            assert news.still_true(session, alarm, LATER)
            session.flush()
            assert {quote.said for quote in alarm.quotes} == quotes


def an_answer_that_was_pushed(town: Rangsit, nok: Person, pushes: End) -> str:
    """A draft's card, with the news of another ticket before it, that reached her neither way; the other's number."""
    first = nok.reports()
    town.moves(first, "accepted")
    town.line.replies, town.line.pushes = "lets the token die", pushes
    nok.sends(f"ไฟถนนหน้าบ้านดับ {DRAFT}")
    return first


def test_an_answer_that_line_did_not_take_keeps_its_own_words_beside_its_news(town: Rangsit, nok: Person) -> None:
    first = an_answer_that_was_pushed(town, nok, "is away")
    with town.database.transaction() as session:
        [answer] = pushes(town, session, nok, "queued")
        assert news.still_true(session, answer, answer.created_at + timedelta(hours=3))
    town.line.pushes = "accepts"
    town.delivers()
    nok.sees(first, "ตรวจดูก่อนส่ง", way="push")


def test_of_an_answer_of_last_week_only_the_news_are_told(town: Rangsit, nok: Person) -> None:
    first = an_answer_that_was_pushed(town, nok, "has no quota left")
    with town.database.transaction() as session:
        [answer] = pushes(town, session, nok, "waiting_quota")
        assert DRAFT in str(answer.content)
        assert news.still_true(session, answer, LATER)
        assert first in str(answer.content)
        assert DRAFT not in str(answer.content)
