"""What a move tells whom, and by which way: reply first, then the next reply, then a push that brings everything along.

A News row is one word to one person about one ticket. It is carried by an outbox message and is told when LINE has
accepted that message: only then has the town kept its promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import news_words, outbox, promises
from bot.replies import Reply
from models import Municipality, News, OutboxMessage, Report, Resident, Ticket, TicketEvent
from models.lifecycle import MOVES, Hears, TicketStatus
from models.news import CARRIED, OVERTAKEN, TOLD, UNCERTAIN, URGENCY, WAITING
from models.outbox import REPLY, WAITING_QUOTA, WITHDRAWN

_URGENCY_OF_STATUS = {
    TicketStatus.RESOLVED: "resolved",
    TicketStatus.WAITING: "question",
    TicketStatus.REJECTED: "rejected",
    TicketStatus.FORWARDED: "forwarded",
    TicketStatus.PLANNED: "planned",
}
#: A dead reply's content is pushed at most once in this time.
_DIALOGUE_PUSH_EVERY = timedelta(minutes=10)
_AT_ONCE = timedelta(0)
_MERGE_SETTING = "news_merge_seconds"


def use_merge_seconds(session: Session, seconds: int) -> None:
    """How long news that may wait does wait for company (NEWS_MERGE_SECONDS), for this session."""
    session.info[_MERGE_SETTING] = seconds


def _merge(session: Session) -> timedelta:
    return timedelta(seconds=session.info.get(_MERGE_SETTING, 600))


def reporters(session: Session, ticket: Ticket) -> list[Resident]:
    """Everybody with LINE whose report stands on this ticket, once each."""
    statement = (
        select(Resident)
        .join(Report, Report.resident_id == Resident.id)
        .where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None))
        .order_by(Resident.id)
    )
    return list(session.scalars(statement).unique())


def tell(
    session: Session,
    person: Resident,
    ticket: Ticket,
    kind: str,
    now: datetime,
    *,
    way: Hears,
    urgency: str = "other",
    detail: dict[str, Any] | None = None,
    is_for_officer: bool = False,
    push_at: datetime | None = None,
) -> News:
    """Remember one word to one person. PUSH_AT_ONCE leaves with this transaction; the others wait for their time."""
    if way is Hears.PUSH_MAY_WAIT and push_at is None:
        push_at = now + _merge(session)
    if way is Hears.PUSH_AT_ONCE:
        push_at = now
    item = News(
        municipality_id=ticket.municipality_id,
        resident_id=person.id,
        ticket_id=ticket.id,
        kind=kind,
        way=way,
        urgency=urgency,
        detail=detail,
        is_for_officer=is_for_officer,
        state=WAITING,
        created_at=now,
        push_at=push_at,
    )
    session.add(item)
    session.flush()
    if way is Hears.PUSH_AT_ONCE:
        push_waiting(session, person, now)
    return item


def tell_move(session: Session, ticket: Ticket, entry: TicketEvent, now: datetime) -> None:
    """Tell every reporter of a move, by the way the lifecycle names. What was the resident's own act is answered there.

    Older news of the same ticket that nobody has carried yet is overtaken: people hear where it stands, not every step.
    """
    status = TicketStatus(entry.to_status or ticket.status)
    move = MOVES.get(status)
    if move is None or entry.actor == "system":
        return
    for person in reporters(session, ticket):
        _overtake(session, person, ticket, ("moved",))
        is_own_act = entry.resident_id == person.id
        if is_own_act:
            continue  # the handler answers it
        way = Hears.NEXT_REPLY if move.hears is Hears.ANSWER else move.hears
        tell(
            session,
            person,
            ticket,
            "moved",
            now,
            way=way,
            urgency=_URGENCY_OF_STATUS.get(status, "other"),
            detail={"status": status.value, "event": entry.id, "message": entry.message_id, "reason": entry.reason},
        )


def _overtake(session: Session, person: Resident, ticket: Ticket, kinds: Sequence[str]) -> None:
    waiting = select(News).where(
        News.resident_id == person.id, News.ticket_id == ticket.id, News.state == WAITING, News.kind.in_(kinds)
    )
    for item in session.scalars(waiting):
        # A question or a resolution is worth hearing even when more happened since.
        if item.urgency in ("other", "planned", "forwarded"):
            item.state = OVERTAKEN


def waiting_for(session: Session, person: Resident) -> list[News]:
    """What this person has not been told yet, most pressing first."""
    found = session.scalars(select(News).where(News.resident_id == person.id, News.state == WAITING)).all()
    return sorted(found, key=lambda item: (URGENCY.index(item.urgency), item.id))


def carry(session: Session, message: OutboxMessage, items: Iterable[News]) -> None:
    """These words travel with this message; its settlement settles them."""
    for item in items:
        item.state, item.outbox_message_id = CARRIED, message.id


def ride_along(session: Session, person: Resident, room: int) -> tuple[list[Reply], list[News], set[str]]:
    """What waits and fits into `room` message objects of an answer: replies, their news, the message ids they quote.

    A push that waits for the quota is overtaken by the free answer: its news ride along as well.
    """
    for message in session.scalars(
        select(OutboxMessage).where(OutboxMessage.resident_id == person.id, OutboxMessage.state == WAITING_QUOTA)
    ):
        message.state, message.last_problem, message.content = WITHDRAWN, "told with a free answer", None
        release(session, message)
    session.flush()
    return _as_many_as_fit(session, person, waiting_for(session, person), room)


def _as_many_as_fit(
    session: Session, person: Resident, items: Sequence[News], room: int
) -> tuple[list[Reply], list[News], set[str]]:
    replies: list[Reply] = []
    taken: list[News] = []
    quotes: set[str] = set()
    for bundle in news_words.bundles(items):
        said, quoted = news_words.compose(session, person, bundle)
        if not said:
            for item in bundle:
                item.state = OVERTAKEN
            continue
        if len(replies) + len(said) > room:
            break
        replies += said
        taken += bundle
        quotes |= quoted
    return replies, taken, quotes


def push_waiting(session: Session, person: Resident, now: datetime) -> OutboxMessage | None:
    """One push with everything that waits for this person (as much as one request holds); None when nothing does."""
    if person.blocked_at is not None:
        return None
    replies, items, quotes = _as_many_as_fit(session, person, waiting_for(session, person), outbox.MOST)
    if not replies:
        return None
    message = outbox.push(session, person, replies, urgency=items[0].urgency, quotes=quotes)
    carry(session, message, items)
    return message


def release(session: Session, message: OutboxMessage) -> list[News]:
    """The words this message carried wait again."""
    items = list(session.scalars(select(News).where(News.outbox_message_id == message.id, News.state == CARRIED)))
    for item in items:
        item.state, item.outbox_message_id = WAITING, None
    return items


def accepted(session: Session, message: OutboxMessage, at: datetime) -> None:
    """LINE took the message: its news are told, and each ticket's next word gets its date."""
    items = session.scalars(
        select(News).where(News.outbox_message_id == message.id, News.state.in_((CARRIED, UNCERTAIN)))
    ).all()
    for item in items:
        item.state, item.told_at = TOLD, at
    about = sorted({item.ticket_id for item in items if not item.is_for_officer})
    for ticket_id in about:
        ticket = session.scalars(
            select(Ticket)
            .where(Ticket.id == ticket_id)
            .with_for_update(of=Ticket)
            .execution_options(populate_existing=True)
        ).unique().one()
        ticket.last_word_at = at
        promises.set_next_word(session, ticket, at)
        if ticket.status == TicketStatus.RESOLVED and message.resident_id is not None:
            _note_the_question(session, ticket, message.resident_id, at)


def _note_the_question(session: Session, ticket: Ticket, resident_id: int, at: datetime) -> None:
    for report in session.scalars(
        select(Report).where(Report.ticket_id == ticket.id, Report.resident_id == resident_id)
    ):
        report.asked_content_at = at


def expired(session: Session, message: OutboxMessage, now: datetime) -> None:
    """A reply's token died unused. Its news wait again; the newest answer of the dialogue is pushed, seldom.

    At most one such push in ten minutes, and only if nothing newer was said to this person.
    """
    release(session, message)
    person = message.resident
    if person is None or person.blocked_at is not None or message.content is None or message.way != REPLY:
        return
    newer = session.scalars(
        select(OutboxMessage.id).where(OutboxMessage.resident_id == person.id, OutboxMessage.id > message.id).limit(1)
    ).first()
    conversation = news_words.conversation_of(session, person)
    recent = conversation.dialogue_pushed_at
    if newer is not None or (recent is not None and now - recent < _DIALOGUE_PUSH_EVERY):
        return
    conversation.dialogue_pushed_at = now
    items = list(session.scalars(select(News).where(News.resident_id == person.id, News.state == WAITING)))
    in_it = [item for item in items if item.way == Hears.ANSWER]
    quotes = [quote.said for quote in message.quotes]
    again = outbox.push_content(session, person, message.content, urgency="answer", quotes=quotes)
    carry(session, again, in_it)


def uncertain(session: Session, message: OutboxMessage, now: datetime) -> None:
    """Nobody knows whether it was taken: never sent again, but where the tickets stand goes with the next reply."""
    items = list(session.scalars(select(News).where(News.outbox_message_id == message.id, News.state == CARRIED)))
    for item in items:
        item.state = UNCERTAIN
    told: set[int] = set()
    for item in items:
        if item.ticket_id in told or message.resident is None:
            continue
        told.add(item.ticket_id)
        tell(
            session,
            message.resident,
            item.ticket,
            "state",
            now,
            way=Hears.NEXT_REPLY,
            is_for_officer=item.is_for_officer,
        )


def refused(session: Session, message: OutboxMessage, now: datetime) -> None:
    """LINE said no for good: its news wait for the next reply; a person sees the refused row."""
    for item in release(session, message):
        item.push_at = None


def waits_for_quota(session: Session, message: OutboxMessage, now: datetime) -> None:
    """The plan is used up: the news stay with their message until the next reply or month."""


def town_of(session: Session, ticket: Ticket) -> Municipality:
    """The municipality whose ticket it is."""
    return session.get_one(Municipality, ticket.municipality_id)
