"""Erasing a person at their own wish: what was worked on keeps category, cell and history, as a public body must."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot import aftercare, casework, drafts, erasure, handing_over, joined, news, queries
from bot.outbox import lane_key
from bot.privacy import erasing
from bot.privacy.owning import own_media
from models import (
    Conversation,
    Follow,
    InboxEvent,
    Media,
    Message,
    News,
    Officer,
    OutboxMessage,
    PlaceLesson,
    Report,
    Resident,
)
from models.inbox import DISMISSED, DONE, PARKED
from models.lifecycle import Actor, TicketStatus
from models.news import CARRIED, OVERTAKEN, WAITING
from models.outbox import ACCEPTED, EXPIRED, WITHDRAWN

#: How the name of an erased person's chat begins.
NOBODY = "erased-"


def forget(session: Session, person: Resident, conversation: Conversation, now: datetime) -> None:
    """Erase everything that names this person or holds their words.

    A report that nobody has begun to work on is withdrawn; the others lose words, pictures and the exact place. The
    account is let go: no news comes any more, and whoever writes again is somebody new. What is still under way (the
    answer to this very wish) keeps the chat's address until `forget_late`.
    """
    to_push_anew = erasure.withdraw_messages(session, person, _all_said(session, person), now)
    _forget_messages(session, person, now)
    _forget_dialogue(session, conversation)
    for ticket in queries.own_tickets(session, person):
        if ticket.status == TicketStatus.NEW:
            locked = casework.lock(session, ticket.id)
            if locked is not None and locked.status == TicketStatus.NEW:
                aftercare.withdraw(session, locked, person, now, unless_begun_there=True)
    session.flush()
    _forget_words(session, person, now)
    _forget_places(session, person, now)
    _forget_news(session, person)
    _forget_lessons(session, person)
    session.execute(delete(Follow).where(Follow.resident_id == person.id))
    _forget_officer(session, person)
    person.line_user_id, person.display_name, person.menu = _nobody(person), None, None
    person.notice_version = person.notice_shown_at = person.notice_acknowledged_at = None
    person.blocked_at = person.erased_at = now
    session.flush()
    # Whoever was writing to this person has been waited for, at the latest by the line before: what that wrote is seen
    # only now.
    _forget_sent(session, person, now)
    for reader in to_push_anew:
        news.push_waiting(session, reader, now)


def _all_said(session: Session, person: Resident) -> set[str]:
    """LINE's ids of everything this person said that is kept: words, pictures and places."""
    words = select(Message.said).where(
        Message.resident_id == person.id, Message.officer_id.is_(None), Message.said.is_not(None)
    )
    media = own_media(session, person).with_only_columns(Media.said)
    places = select(Report.place_said).where(Report.resident_id == person.id, Report.place_said.is_not(None))
    return {*filter(None, session.scalars(words)), *session.scalars(media), *filter(None, session.scalars(places))}


def _forget_officer(session: Session, person: Resident) -> None:
    """Of somebody who worked for the town the books keep what was done, by role, departments and a number.

    A public body has to be able to say in which office something was decided; for that the name is not needed.
    """
    for officer in session.scalars(select(Officer).where(Officer.resident_id == person.id)).unique():
        where = ", ".join(sorted(department.code for department in officer.departments))
        officer.name = f"{officer.role} {officer.id} ({where})"[:200]


def _forget_messages(session: Session, person: Resident, now: datetime) -> None:
    """What we said, and what LINE brought: contents go, and the chat's address too.

    Nothing of this chat is being sent meanwhile: its lane is held by whoever handles the wish. What a person was to
    look at (`flask stuck`) goes as well, because nobody may send or handle it any more.
    """
    _forget_sent(session, person, now)
    lane, nobodys_lane = (lane_key(person.municipality_id, one) for one in (person.line_user_id, _nobody(person)))
    parked = (InboxEvent.lane_key == lane, InboxEvent.state == PARKED)
    session.execute(update(InboxEvent).where(*parked).values(state=DISMISSED))
    events = (InboxEvent.lane_key == lane, InboxEvent.state.in_((DONE, DISMISSED)))
    session.execute(update(InboxEvent).where(*events).values(body=None, lane_key=nobodys_lane))


def _nobody(person: Resident) -> str:
    """What stands from now on where the LINE id stood."""
    return f"{NOBODY}{person.id}"


def _forget_sent(session: Session, person: Resident, now: datetime) -> None:
    nobody = _nobody(person)
    ours = OutboxMessage.resident_id == person.id
    unfinished = OutboxMessage.state.not_in((ACCEPTED, EXPIRED))
    session.execute(
        update(OutboxMessage)
        .where(ours, unfinished)
        .values(state=WITHDRAWN, settled_at=now, last_problem="its reader's data was erased")
    )
    session.execute(
        update(OutboxMessage)
        .where(ours)
        .values(
            content=None,
            body=None,
            chat_id=nobody,
            lane_key=lane_key(person.municipality_id, nobody),
            reply_token=None,
        )
        .execution_options(synchronize_session="fetch")
    )


def forget_late(session: Session, person: Resident, now: datetime) -> list[str]:
    """What was under way when this person was erased, now that it is over; the lanes in which it stood.

    That is the answer to the wish with its event, and what was written in that very moment by somebody who had read the
    LINE id before.
    """
    late = (OutboxMessage.resident_id == person.id, OutboxMessage.chat_id != _nobody(person))
    lanes = list(session.scalars(select(OutboxMessage.lane_key).where(*late).distinct()))
    answered = session.scalars(select(OutboxMessage.inbox_event_id).where(*late)).all()
    events = (InboxEvent.id.in_([one for one in answered if one is not None]), InboxEvent.state.in_((DONE, DISMISSED)))
    nobodys_lane = lane_key(person.municipality_id, _nobody(person))
    session.execute(update(InboxEvent).where(*events).values(body=None, lane_key=nobodys_lane))
    _forget_sent(session, person, now)
    return lanes


def _forget_dialogue(session: Session, conversation: Conversation) -> None:
    draft = drafts.from_json(conversation.draft)
    if draft is not None:
        for one in draft.chain():
            erasure.erase_draft(session, conversation.municipality_id, one)
    conversation.step, conversation.about_id = "idle", None
    conversation.draft = conversation.offers = conversation.task = conversation.checking = None


def _forget_words(session: Session, person: Resident, now: datetime) -> None:
    own = (Message.resident_id == person.id, Message.officer_id.is_(None), Message.text.is_not(None))
    erasing.erase_words(session, list(session.scalars(select(Message).where(*own))), now)
    media = own_media(session, person).where(Media.state != "erased")
    erasing.erase_media(session, list(session.scalars(media)))


def _forget_places(session: Session, person: Resident, now: datetime) -> None:
    """Of the places of this person's reports, here and in the towns they were handed to, only cells stay."""
    own = session.scalars(select(Report).where(Report.resident_id == person.id).order_by(Report.ticket_id, Report.id))
    theirs = [*own, *handing_over.handed(session, person)]
    for report in theirs:
        _forget_place(session, report, [one.id for one in theirs], person, now)


def _forget_place(session: Session, report: Report, theirs: list[int], person: Resident, now: datetime) -> None:
    ticket = casework.lock(session, report.ticket_id)
    if ticket is None:
        return
    tickets = {one.id: one for one in erasure.showing(session, report)}
    others = select(Report.id).where(
        Report.ticket_id == ticket.id, Report.id.not_in(theirs), Report.withdrawn_at.is_(None)
    )
    if session.scalars(others.limit(1)).first() is None:  # whatever place stands there
        tickets |= {one.id: one for one in joined.tree(session, ticket)}
    whom_to_ask = report.contact_name if report.resident_id is None else None  # its number in the first town
    for shown in tickets.values():
        erasing.blur(shown)
    erasing.blur(report)
    report.contact_name = whom_to_ask
    for one in (tickets | {ticket.id: ticket}).values():
        one.remember("erased", Actor.RESIDENT, now, resident_id=person.id, detail={"why": "request"})


def _forget_lessons(session: Session, person: Resident) -> None:
    """What the town learnt of its map from this person's words and pins."""
    session.execute(delete(PlaceLesson).where(PlaceLesson.resident_id == person.id))


def _forget_news(session: Session, person: Resident) -> None:
    untold = update(News).where(News.resident_id == person.id, News.state.in_((WAITING, CARRIED)))
    session.execute(untold.values(state=OVERTAKEN))
