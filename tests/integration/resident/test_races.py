"""Several chats, officers and timers at the same moment, on PostgreSQL, where they really are at the same moment."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from bot import casework, erasure, news, news_words, timers
from bot.casework import By, Given
from bot.database import Database
from bot.timers import forgotten, waiting
from models import News, Officer, OutboxMessage, Resident
from models.lifecycle import Actor, Hears, TicketStatus
from tests.rounds import run_due
from tests.talking import Person, Rangsit


@pytest.fixture
def database_kind(postgresql: str) -> str:
    """On SQLite writers take turns."""
    return "postgresql"


def resident(session: object, person: Person) -> Resident:
    return session.scalars(select(Resident).where(Resident.line_user_id == person.user_id)).one()  # type: ignore[attr-defined]


def test_an_answer_and_a_push_never_both_tell_the_same_news(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    with town.database.transaction() as answering, town.database.transaction() as pushing:
        replies, items, _ = news.ride_along(answering, resident(answering, nok), 5)
        for item in items:
            item.state = "carried"
        answering.flush()
        assert len(replies) == 1
        assert news.push_waiting(pushing, resident(pushing, nok), town.now) is None


def test_news_that_somebody_carries_at_this_moment_is_not_overtaken(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    with town.database.transaction() as answering:
        _, items, _ = news.ride_along(answering, resident(answering, nok), 5)
        for item in items:
            item.state = "carried"
        answering.flush()
        town.moves(number, "in_progress")
    assert [item.state for item in town.every(News, is_for_officer=False)] == ["told", "carried", "waiting"]


def test_a_draft_whose_reporter_is_writing_just_now_is_not_sent_for_them(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก ซอยรังสิต-นครนายก 46")
    town.now = town.now.replace(hour=9)
    with town.database.transaction() as writing:
        conversation = news_words.conversation_of(writing, resident(writing, nok), lock=True)
        assert forgotten.send_forgotten_drafts(town.database, town.now) == 0
        conversation.touched_at = town.now
    assert forgotten.send_forgotten_drafts(town.database, town.now) == 0


def test_two_processes_with_the_same_timers_do_each_thing_once(town: Rangsit, nok: Person, ton: Person) -> None:
    for person in (nok, ton):
        number = person.reports()
        person.sends("ไฟถนนหน้าบ้านดับ ซอยรังสิต-นครนายก 46")
        town.moves(number, "accepted")
        town.moves(number, "forwarded", owner="pwa", way="phone")
    town.now = town.now.replace(hour=5)
    both = threading.Barrier(2)
    problems: list[BaseException] = []

    def run() -> None:
        both.wait(10)
        try:
            run_due(town.database, town.now)
        except BaseException as problem:  # whatever it is, the test shows it
            problems.append(problem)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    assert len(town.tickets()) == 4
    town.delivers()
    assert [nok.count("push"), ton.count("push")] == [1, 1]


def test_an_officer_s_move_and_the_reporter_s_word_wait_for_each_other(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.officer("somchai", "clerk")
    done = threading.Event()

    def write() -> None:
        nok.sends("ยังไม่มาเลย")
        done.set()

    with town.database.transaction() as moving:
        ticket = casework.lock(moving, town.standing(number, "id"))
        assert ticket is not None
        thread = threading.Thread(target=write)
        thread.start()
        officer = moving.scalars(select(Officer)).one()
        assert not done.wait(0.3)  # it waits for the ticket
        by = By(Actor.OFFICER, officer=officer)
        casework.move_ticket(moving, ticket, TicketStatus.WAITING, by, town.now, Given(words="แดงทุกก๊อกไหม"))
    thread.join(20)
    assert done.is_set()
    # What was written before the question was read is an answer all the same: the officer reads it.
    assert town.standing(number) == "new"


def test_news_can_be_written_while_the_ticket_is_held(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    with town.database.transaction() as holding, town.database.transaction() as telling:
        assert casework.lock(holding, town.standing(number, "id")) is not None
        ticket = town.ticket(telling, number)
        news.tell(telling, resident(telling, nok), ticket, "state", town.now, way=Hears.NEXT_REPLY)
    assert len(town.every(News, kind="state")) == 1


def test_a_push_that_is_being_settled_and_an_unsent_message_take_their_turns(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    number = nok.reports()
    town.moves(number, "accepted", by="desk")
    desk.reads_on()
    said = nok.sends("ยังไม่มาเลย")
    town.line.pushes = "is away"
    town.passes(minutes=10)
    unsent = threading.Event()

    def unsend() -> None:
        with town.database.transaction() as session:
            person = resident(session, nok)
            erasure.erase_message(session, person, news_words.conversation_of(session, person), said, town.now)
        unsent.set()

    with town.database.transaction() as settling:
        queued = settling.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued").with_for_update()).one()
        thread = threading.Thread(target=unsend)
        thread.start()
        assert not unsent.wait(0.3)
        queued.state = "accepted"
        settling.flush()
        news.accepted(settling, queued, town.now)
    thread.join(20)
    assert unsent.is_set()
    (message,) = town.said_to(desk, "push")[-1:]
    assert (message.state, message.content) == ("accepted", None)


def test_a_callers_name_that_is_put_on_offer_just_now_is_taken_off_again(town: Rangsit) -> None:
    somsri, malee = town.officer("somsri", "clerk"), town.officer("malee", "clerk")
    somsri.sends("รับแจ้งแทน")
    somsri.presses("โทรศัพท์")
    said = somsri.sends("คุณแดง 089-777-5678")
    somsri.sends("น้ำประปาเป็นสีแดง ซอยรังสิต-นครนายก 46")
    somsri.presses("ส่งเรื่อง")
    malee.sends(somsri.number)
    unsent = threading.Event()

    def unsend() -> None:
        somsri.unsends(said)
        unsent.set()

    with town.database.transaction() as answering:
        conversation = news_words.conversation_of(answering, resident(answering, malee), lock=True)
        (named,) = [offer for offer in conversation.offers or () if "คุณแดง" in offer["label"]]
        thread = threading.Thread(target=unsend)
        thread.start()
        assert not unsent.wait(0.3)  # it waits for the dialogue
        conversation.offers = [named, {**named, "label": "ปิด", "action": "work.close"}]
    thread.join(20)
    assert unsent.is_set()
    (left,) = [one.offers for one in town.every_conversation() if one.offers and "ปิด" in str(one.offers)]
    assert [offer["label"] for offer in left] == ["ปิด"]


def test_a_round_of_timers_that_has_nothing_to_do_writes_nothing(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("น้ำประปาแดงมาก", "ไฟถนนหน้าบ้านดับ"):
        number = nok.reports(text)
        town.moves(number, "accepted")
        town.moves(number, "waiting", words="ที่ไหน")
    resolved = nok.reports("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    town.moves(resolved, "accepted")
    nok.blocks()
    town.moves(resolved, "resolved", words="เก็บแล้ว", photos=1)
    nok.town.line.pushes = "is away"
    town.passes(days=8)
    opened: list[Database] = []

    def note(database: Database) -> None:
        opened.append(database)

    monkeypatch.setattr(Database, "transaction", note)
    due = {name: timer for name, timer in timers.TIMERS.items() if name != "drafts"}
    assert all(timer(town.database, town.now) == 0 for timer in due.values())
    assert waiting.push_due_news(town.database, town.now) == 0
    assert opened == []
