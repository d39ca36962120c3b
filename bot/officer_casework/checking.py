"""Work reported as done whose photos are still being fetched: the ticket moves once every picture has proved good.

The officer goes on meanwhile. The answer that says "being checked" waits a moment, so that mostly the result itself is
read there, for free; a picture that takes longer is told of as news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cards, casework, clock, news, news_words, officer_tasks, outbox, queries, rights
from bot.casework import By, Given
from bot.officer_casework.repeats import repeats, which
from bot.officer_tasks import LASTS, Task
from bot.replies import Button, Say, put_on_offer, to_json
from bot.wording import Wording
from models import Conversation, Media, Municipality, Officer, OutboxMessage, OutboxQuote, Resident, Ticket
from models.errors import RuleBroken
from models.lifecycle import Actor, Hears, TicketStatus, may_move

#: So long the answer waits for the pictures; a reply token lives much longer.
PATIENCE = timedelta(seconds=4)
RESOLVED, NOT_RESOLVED = "officer.resolved", "officer.not_resolved"


def photos_of(session: Session, task: Task) -> list[Media]:
    """The photos of a task that are there or on their way, oldest first."""
    wanted = select(Media).where(Media.id.in_(task.photos), Media.state.in_(("wanted", "stored")))
    return list(session.scalars(wanted.order_by(Media.id)))


def being_checked(ticket: Ticket, w: Wording) -> Say:
    """What the officer reads while the pictures are looked at."""
    stop = Button(w("label.cancel"), "work.stop_checking", {"ticket": ticket.id})
    return Say(w("work.checking_photo", number=ticket.number), (stop,))


def wait_for_photos(message: OutboxMessage) -> None:
    """Send this answer a little later: its pictures, fetched at this moment, make it another one."""
    message.next_at = clock.real_now() + PATIENCE


def checked(session: Session, media: Media, now: datetime) -> bool:
    """A photo was stored, or never will be: whether finished work waited for it. What is complete now is done.

    The sender's dialogue is locked first, as by whoever answers the sender.
    """
    sender = session.get_one(Resident, media.resident_id)
    conversation = news_words.conversation_of(session, sender, lock=True)
    task = next((one for one in officer_tasks.checking(conversation) if media.id in one.photos), None)
    if task is None:
        return False
    officer, ticket = rights.officer_of(session, sender.id), casework.lock(session, task.ticket)
    if ticket is not None and ticket.merged_into_id is not None:
        ticket = casework.lock(session, queries.standing(ticket).id)
    if officer is None or ticket is None or not rights.may_work_on(session, officer, ticket):
        _give_up(session, conversation, task)
        return True
    photos = photos_of(session, task)
    why = _why_not(session, officer, ticket, media, photos)
    if why is None and any(photo.state == "wanted" for photo in photos):
        return True  # the last one decides
    officer_tasks.keep_checking(conversation, task.ticket, None)
    if why is None:
        why = _resolve(session, ticket, officer, task, photos, now)
    detail = None
    if why is not None:
        left = [photo.id for photo in photos if photo.state != "erased"]
        is_open = _opens_again(conversation, replace(task, photos=tuple(left)), ticket, now)
        if not is_open:
            _erase(session, task)
        detail = {**why, "is_open": is_open}
    _tell(session, conversation, sender, ticket, task, detail, now)
    return True


def _why_not(
    session: Session, officer: Officer, ticket: Ticket, media: Media, photos: Sequence[Media]
) -> dict[str, str] | None:
    """What is wrong with the photo that came; one that could not be fetched is missed only where it was the last."""
    if media.state != "stored":
        return None if photos else {"why": "lost"}
    earlier = repeats(session, media, ticket)
    if earlier is None:
        return None
    media.state = "erased"
    return which(session, officer, ticket, earlier)


def _resolve(
    session: Session, ticket: Ticket, officer: Officer, task: Task, photos: Sequence[Media], now: datetime
) -> dict[str, str] | None:
    """Move the ticket; or why it cannot be moved any more."""
    if not may_move(TicketStatus(ticket.status), TicketStatus.RESOLVED, Actor.OFFICER):
        return {"why": "moved"}
    given = Given(words=task.words, said=task.said or None, after_photos=photos)
    savepoint = session.begin_nested()
    try:
        by = By(Actor.OFFICER, officer=officer)
        casework.move_ticket(session, ticket, TicketStatus.RESOLVED, by, now, given)
        savepoint.commit()
    except RuleBroken:
        savepoint.rollback()
        return {"why": "moved"}
    return None


def _opens_again(conversation: Conversation, task: Task, ticket: Ticket, now: datetime) -> bool:
    """Ask for another photo, if the officer is still at it and the work can still be reported as done."""
    is_at_it = now - datetime.fromisoformat(task.since) < LASTS and conversation.step == task.step
    can_be_done = may_move(TicketStatus(ticket.status), TicketStatus.RESOLVED, Actor.OFFICER)
    if not (is_at_it and can_be_done and officer_tasks.may_go_on(conversation, task)):
        return False
    officer_tasks.keep(conversation, replace(task, since=now.isoformat()))
    return True


def _give_up(session: Session, conversation: Conversation, task: Task) -> None:
    officer_tasks.keep_checking(conversation, task.ticket, None)
    _erase(session, task)


def _erase(session: Session, task: Task) -> None:
    for photo in photos_of(session, task):
        photo.state = "erased"  # nothing refers to it, so nobody needs its bytes


def stop(session: Session, conversation: Conversation, ticket_id: int) -> bool:
    """ยกเลิก while the pictures are looked at: nothing is sent; False when nothing was waiting any more."""
    task = officer_tasks.checked_for(conversation, ticket_id)
    if task is not None:
        _give_up(session, conversation, task)
    return task is not None


def _tell(
    session: Session,
    conversation: Conversation,
    sender: Resident,
    ticket: Ticket,
    task: Task,
    detail: dict[str, object] | None,
    now: datetime,
) -> None:
    """In the answer that still waits; else what was done comes with the next tap, and what was not is pushed."""
    kind = RESOLVED if detail is None else NOT_RESOLVED
    message = _waiting_answer(session, sender, task)
    way = Hears.NEXT_REPLY if detail is None or message is not None else Hears.PUSH_AT_ONCE
    item = news.tell(session, sender, ticket, kind, now, way=way, detail=detail, is_for_officer=True)
    if message is None:
        return
    replies, quotes = news_words.compose(session, sender, [item])
    message.content = [*(message.content or [])[:-1], *to_json(tuple(replies))]
    message.quotes += [OutboxQuote(said=said) for said in sorted(quotes - {quote.said for quote in message.quotes})]
    conversation.offers = put_on_offer(replies, conversation.offers, now)
    news.carry(session, message, [item])
    outbox.send_now(session, message)


def _waiting_answer(session: Session, sender: Resident, task: Task) -> OutboxMessage | None:
    """The answer that says that these pictures are looked at, if nobody has begun to send it."""
    ticket = session.get_one(Ticket, task.ticket)
    w = cards.wording_for(sender, session.get_one(Municipality, sender.municipality_id))
    said = to_json((being_checked(ticket, w),))[0]
    # One whose time has nearly come may be taken up at this moment, with the words of before.
    found = outbox.unsent_answers(session, sender, clock.real_now() + PATIENCE / 2)
    return next((message for message in found if message.content and message.content[-1] == said), None)
