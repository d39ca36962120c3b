"""What becomes of news when its message is settled: only what LINE accepted is told, and only that keeps a promise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot import news_words, outbox, promises
from bot.news.carrying import carry, overtake_answers, release, withdraw
from bot.news.telling import tell
from bot.replies import to_json
from models import Municipality, News, OutboxMessage, Report, Resident, Ticket
from models.lifecycle import Hears, TicketStatus
from models.news import CARRIED, TOLD, UNCERTAIN, URGENCY, WAITING
from models.outbox import EXPIRED, PUSH, REPLY

#: A dead reply's content is pushed at most once in this time.
DIALOGUE_PUSH_EVERY = timedelta(minutes=10)
#: News that LINE refused so often is not put into another answer, which would be refused with it.
_MOST_REFUSALS = 2
#: Built once: it is asked for every message that LINE took.
_TOLD_BY = select(News).where(
    News.outbox_message_id == bindparam("message"), News.state.in_((CARRIED, UNCERTAIN))
)


def accepted(session: Session, message: OutboxMessage, at: datetime) -> None:
    """LINE took the message: its news are told, and each ticket's next word gets its date."""
    items = session.scalars(_TOLD_BY, {"message": message.id}).all()
    for item in items:
        item.state, item.told_at = TOLD, at
    # Who only follows a ticket was promised nothing: that word is none to its reporters.
    for_residents = [item for item in items if not item.is_for_officer and item.kind != "followed"]
    for ticket_id in sorted({item.ticket_id for item in for_residents}):
        ticket = _locked(session, ticket_id)
        is_news = any(item.kind != "overdue" for item in for_residents if item.ticket_id == ticket.id)
        promises.set_next_word(session, ticket, at, is_news=is_news)
        ticket.last_word_at = at  # only now: what the promise asks the database would write the ticket twice
        for item in for_residents:
            if item.ticket_id == ticket.id and _asks_whether_it_is_fixed(item, ticket):
                _note_the_question(session, item, at)


def _locked(session: Session, ticket_id: int) -> Ticket:
    statement = select(Ticket).where(Ticket.id == ticket_id).with_for_update(of=Ticket, key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).unique().one()


def _asks_whether_it_is_fixed(item: News, ticket: Ticket) -> bool:
    """Whether this news showed the finished work: it tells of it, or was written since."""
    if ticket.status != TicketStatus.RESOLVED or ticket.resolved_at is None or item.kind == "reply":
        return False
    if item.kind == "moved" and (item.detail or {}).get("status") != ticket.status:
        return False
    return item.created_at >= ticket.resolved_at


def _note_the_question(session: Session, item: News, at: datetime) -> None:
    asked = select(Report).where(
        Report.ticket_id == item.ticket_id,
        Report.resident_id == item.resident_id,
        Report.asked_content_at.is_(None),  # the days for an answer are counted from the first time
    )
    for report in session.scalars(asked):
        report.asked_content_at = at


def expired(session: Session, message: OutboxMessage, now: datetime) -> None:
    """A reply's token died unused. Its news wait again; the newest answer of the dialogue is pushed, seldom.

    At most one such push in ten minutes. What comes too soon for that keeps its content and is pushed by
    `push_owed` when its time has come, unless something newer was answered by then.
    """
    for item in release(session, message):
        item.outbox_message_id = message.id  # should its content be pushed after all, these words are told by it
    _push_content(session, message, now)


def push_owed(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Push what a dead reply still owes, if it is its time; whether anything was done."""
    return message.state == EXPIRED and message.content is not None and _push_content(session, message, now)


def _push_content(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Push a dead reply's content, or drop it where nobody waits for it any more; False: it is too soon."""
    person = message.resident
    if person is None or message.content is None or message.way != REPLY:
        return False
    if person.blocked_at is not None or _was_answered_since(session, message):
        message.content = None
        return True
    conversation = news_words.conversation_of(session, person, lock=True)
    recent = conversation.dialogue_pushed_at
    if recent is not None and now - recent < DIALOGUE_PUSH_EVERY:
        _leave_out_news(session, message, person)
        return False
    conversation.dialogue_pushed_at = now
    session.flush()
    overtake_answers(session, person)
    in_it = session.scalars(select(News).where(News.outbox_message_id == message.id, News.state == WAITING)).all()
    quotes = [quote.said for quote in message.quotes]
    again = outbox.push_content(session, person, message.content, urgency="answer", quotes=quotes)
    again.inbox_event_id = message.inbox_event_id  # it answers that one
    message.content = None
    carry(session, again, in_it)
    return True


def _leave_out_news(session: Session, message: OutboxMessage, person: Resident) -> None:
    """What rode along with an answer that must wait goes its own way: it may be told, or grow old, before that."""
    riding = select(News).where(News.outbox_message_id == message.id, News.state == WAITING)
    in_order = sorted(session.scalars(riding).all(), key=lambda item: (URGENCY.index(item.urgency), item.id))
    for bundle in news_words.bundles(in_order):
        said = to_json(tuple(news_words.compose(session, person, bundle)[0]))
        if said and (message.content or [])[: len(said)] == said:  # the rest is the answer itself
            message.content = (message.content or [])[len(said) :] or None
            for item in bundle:
                item.outbox_message_id = None


def _was_answered_since(session: Session, message: OutboxMessage) -> bool:
    newer = select(OutboxMessage.id).where(
        OutboxMessage.resident_id == message.resident_id, OutboxMessage.way == REPLY, OutboxMessage.id > message.id
    )
    return session.scalars(newer.limit(1)).first() is not None


def uncertain(session: Session, message: OutboxMessage, now: datetime) -> None:
    """Nobody knows whether it was taken: never sent again, but where the tickets stand goes with the next reply."""
    items = list(session.scalars(select(News).where(News.outbox_message_id == message.id, News.state == CARRIED)))
    about: dict[tuple[int, bool], News] = {}
    for item in items:
        item.state = UNCERTAIN
        about.setdefault((item.ticket_id, item.is_for_officer), item)
    if message.resident is None:
        return
    for (ticket_id, is_for_officer), item in sorted(about.items()):
        if not is_for_officer:
            _promise_again(session, _locked(session, ticket_id), now)
        tell(
            session,
            message.resident,
            item.ticket,
            "state",
            now,
            way=Hears.NEXT_REPLY,
            is_for_officer=is_for_officer,
        )


def _promise_again(session: Session, ticket: Ticket, now: datetime) -> None:
    """A word that was sent on its date and may not have arrived does not end the promise: another date follows."""
    if ticket.overdue_told_at is None:
        return
    ticket.overdue_told_at = None
    if ticket.due_at is not None and ticket.due_at <= now:
        ticket.due_at = promises.next_word_at(session.get_one(Municipality, ticket.municipality_id), ticket, now)


def _keep_by_other_means(session: Session, items: Iterable[News]) -> None:
    """A word that did not arrive kept no promise: if its date has come, that date is looked at once more."""
    for ticket_id in sorted({item.ticket_id for item in items if not item.is_for_officer}):
        _locked(session, ticket_id).overdue_told_at = None


def blocked(session: Session, message: OutboxMessage, now: datetime) -> None:
    """Its reader blocks us: its news wait for the day they come back."""
    _keep_by_other_means(session, release(session, message))


def refused(session: Session, message: OutboxMessage, now: datetime) -> None:
    """LINE said no for good: a person sees the refused row, and its news wait for the next reply.

    News that was refused before is not sent again by itself: it could take every further answer down with it.
    """
    items = release(session, message)
    if items and message.way == PUSH:
        message.content = None  # should a person send it again, it says what is true and untold then
    for item in items:
        item.push_at, item.outbox_message_id = None, message.id
        refusals = int((item.detail or {}).get("refused", 0)) + 1
        item.detail = {**(item.detail or {}), "refused": refusals}
        if refusals >= _MOST_REFUSALS:
            item.state = UNCERTAIN
    _keep_by_other_means(session, items)


def waits_for_quota(session: Session, message: OutboxMessage, now: datetime) -> None:
    """The plan is used up: the news stay with their message until the next reply or month.

    A digest that carries none is given up: tomorrow's says more.
    """
    if message.urgency != "digest":
        return
    carried = select(News.id).where(News.outbox_message_id == message.id, News.state == CARRIED)
    if session.scalars(carried.limit(1)).first() is None:
        withdraw(message, "tomorrow's digest says more")
