"""Unsending a message erases our copy everywhere it stands: raw event, draft, report, messages of ours, media.

History stays as it is: it never held the words, only a reference to them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, union, update
from sqlalchemy.orm import Session

from bot import casework, conversation as dialogue, drafts, news, officer_calls, officer_tasks, queries
from bot.casework import By
from bot.drafts import Draft
from bot.handing_over import copies, handed
from bot.joined import family, place_of, standing_reports
from bot.places import remembered
from models import (
    Call,
    Conversation,
    InboxEvent,
    IncidentWords,
    Media,
    Message,
    Officer,
    OutboxMessage,
    OutboxQuote,
    Report,
    Resident,
    Ticket,
)
from models.lifecycle import Actor
from models.outbox import PUSH, QUEUED, SENDING, WAITING_QUOTA, WITHDRAWN


def erase_message(session: Session, person: Resident, conversation: Conversation, said: str, now: datetime) -> None:
    """Erase everything that came with LINE's message `said` of this person.

    Dialogues come first, as by whoever speaks. Messages of ours come before tickets, because whoever settles a message
    locks them in that order.
    """
    officer = session.scalars(select(Officer).where(Officer.resident_id == person.id).limit(1)).first()
    if officer is not None:
        _offer_no_more(session, officer, said)
    session.execute(
        update(InboxEvent)
        .where(InboxEvent.municipality_id == person.municipality_id, InboxEvent.said == said)
        .values(body=None)
    )
    to_push_anew = withdraw_messages(session, person, {said}, now)
    media = _erase_media(session, person, said)
    _erase_in_dialogue(conversation, said, frozenset(item.id for item in media))
    remembered.forget(session, person.id, said)
    messages = session.scalars(
        select(Message).where(Message.resident_id == person.id, Message.said == said, Message.erased_at.is_(None))
    ).all()
    for message in messages:
        message.text, message.erased_at = None, now
    its_words = (IncidentWords.municipality_id == person.municipality_id, IncidentWords.said == said)
    session.execute(update(IncidentWords).where(*its_words).values(text=None))
    of_messages = {message.ticket_id: message for message in messages}
    of_media = {item.ticket_id for item in media if item.ticket_id is not None}
    numbers = _erase_numbers(session, officer, said) if officer is not None else set()
    for ticket_id in sorted(of_messages.keys() | of_media | numbers | _erase_places(session, person, said)):
        ticket, words = session.get_one(Ticket, ticket_id), of_messages.get(ticket_id)
        by, words_id = _by(session, person, officer, ticket, words), words.id if words is not None else None
        ticket.remember(
            "erased", by.actor, now, officer=by.officer, resident_id=by.resident_id, message_id=words_id
        )
    session.flush()
    for reader in to_push_anew:
        news.push_waiting(session, reader, now)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Our copies of a message that was edited."""

    messages: Sequence[Message]
    is_in_draft: bool


def rewrite_message(
    session: Session, person: Resident, conversation: Conversation, said: str, text: str
) -> Rewritten:
    """Put the new words of LINE's message `said` wherever its old ones stand: in a draft, on tickets."""
    draft = drafts.from_json(conversation.draft)
    is_in_draft = draft is not None and any(said in one.said for one in draft.chain())
    if draft is not None and is_in_draft:
        conversation.draft = drafts.to_json(draft.rewritten(said, text))
    messages = session.scalars(
        select(Message).where(Message.resident_id == person.id, Message.said == said, Message.erased_at.is_(None))
    ).all()
    for message in messages:
        message.text = text
    session.flush()
    return Rewritten(messages, is_in_draft)


def erase_draft(session: Session, municipality_id: int, draft: Draft) -> None:
    """Erase what a report held that is never to become a ticket: pictures, and our copies of what was sent."""
    nobodys = (Media.id.in_(draft.media), Media.report_id.is_(None), Media.ticket_id.is_(None))
    said = set(draft.said)
    for item in session.scalars(select(Media).where(*nobodys)):
        item.state = "erased"
        said.add(item.said)
    copies = (InboxEvent.municipality_id == municipality_id, InboxEvent.said.in_(said))
    session.execute(update(InboxEvent).where(*copies).values(body=None))


def _erase_media(session: Session, person: Resident, said: str) -> list[Media]:
    found = session.scalars(select(Media).where(Media.resident_id == person.id, Media.said == said)).all()
    for item in found:
        item.state = "erased"
    return list(found)


def _erase_in_dialogue(conversation: Conversation, said: str, media: frozenset[int]) -> None:
    officer_tasks.erase(conversation, said, media)
    draft = drafts.from_json(conversation.draft)
    if draft is None:
        return
    draft = draft.without(said, media)
    conversation.draft = drafts.to_json(draft) if not draft.is_blank else None
    if conversation.draft is None and conversation.step in dialogue.REPORT_STEPS | dialogue.PENDING_STEPS:
        conversation.step = dialogue.Step.IDLE
    elif conversation.step in dialogue.REPORT_STEPS:
        conversation.step = dialogue.step_of(draft)


def _erase_places(session: Session, person: Resident, said: str) -> set[int]:
    """The place of a report, here and where it was handed to, and of every ticket that shows it; what was touched."""
    touched: set[int] = set()
    for report in _placed_by(session, person, {said}):
        tickets = showing(session, report)
        places: list[Ticket | Report] = [*tickets, report]
        for place in places:
            place.latitude = place.longitude = place.place_words = None
        report.place_said = None
        touched |= {report.ticket_id, *(ticket.id for ticket in tickets)}
    return touched


def _erase_numbers(session: Session, officer: Officer, said: str) -> set[int]:
    """An owner's number, and the name and number of a caller, that an officer typed; the tickets that were touched."""
    forwarded = select(Ticket.id).where(
        Ticket.municipality_id == officer.municipality_id, Ticket.forward_said == said
    )
    touched = set(session.scalars(forwarded))
    for ticket in (casework.lock(session, ticket_id) for ticket_id in sorted(touched)):
        if ticket is not None and ticket.forward_said == said:
            ticket.forward_number = ticket.forward_said = None
    for report in session.scalars(_called(officer, said)):
        report.contact = report.contact_name = report.contact_said = None
        touched.add(report.ticket_id)
    return touched


def _called(officer: Officer, said: str) -> Select[Report]:
    """The reports whose caller an officer named with this message."""
    return select(Report).where(Report.municipality_id == officer.municipality_id, Report.contact_said == said)


def _offer_no_more(session: Session, officer: Officer, said: str) -> None:
    """Buttons with the name or number of a caller are typed no more: the offers to the town's officers hold them.

    Their dialogues are locked, so that an offer of this very moment is seen.
    """
    of_reports = {report.id for report in session.scalars(_called(officer, said))}
    if not of_reports:
        return
    of_calls = set(session.scalars(select(Call.id).where(Call.report_id.in_(of_reports))))
    colleagues = select(Officer.resident_id).where(Officer.municipality_id == officer.municipality_id)
    asked = (
        select(Conversation)
        .where(Conversation.resident_id.in_(colleagues))
        .order_by(Conversation.resident_id)
        .with_for_update(of=Conversation, key_share=True)
        .execution_options(populate_existing=True)
    )
    for one in session.scalars(asked):
        left = [offer for offer in one.offers or () if not officer_calls.names(offer, of_reports, of_calls)]
        if len(left) < len(one.offers or ()):
            one.offers = left or None


def _by(session: Session, person: Resident, officer: Officer | None, ticket: Ticket, message: Message | None) -> By:
    """Who took it back: a reporter of the ticket, or the officer who said it there. No other town reads whose name."""
    own = select(Report.id).where(Report.ticket_id == ticket.id, Report.resident_id == person.id)
    if message is not None:
        is_reporters = message.officer_id is None
    else:
        is_reporters = session.scalars(own.limit(1)).first() is not None
    if officer is None or is_reporters:
        return By(Actor.RESIDENT, resident_id=person.id)
    return By(Actor.OFFICER, officer=officer if officer.municipality_id == ticket.municipality_id else None)


def _placed_by(session: Session, person: Resident, said: Collection[str]) -> list[Report]:
    """The reports whose place came with these messages: own ones, those entered for others, and what became of both.

    By ticket, as whoever changes several tickets locks them.
    """
    own = select(Report.id).where(Report.resident_id == person.id)
    entered = select(Message.report_id).where(Message.resident_id == person.id, Message.report_id.is_not(None))
    here = Report.municipality_id == person.municipality_id
    placed = select(Report).where(Report.id.in_(union(own, entered)), here, Report.place_said.in_(said))
    found = session.scalars(placed).all()
    theirs = {report.id: report for report in (*found, *handed(session, person), *copies(session, found))}
    chosen = (report for report in theirs.values() if report.place_said in said)
    return sorted(chosen, key=lambda one: (one.ticket_id, one.id))


def showing(session: Session, report: Report) -> list[Ticket]:
    """The tickets, locked, that show this report's place; not where another reporter says the very same.

    Beside the one it stands on: what was merged into that, and where the report stood before it was taken off.
    """
    place, ids = place_of(report), [one.id for one in family(session, session.get_one(Ticket, report.ticket_id))]
    tickets = [ticket for ticket in (casework.lock(session, one) for one in sorted(ids)) if ticket is not None]
    return [one for one in tickets if place_of(one) == place and not _is_anothers_too(session, one, report)]


def _is_anothers_too(session: Session, ticket: Ticket, report: Report) -> bool:
    others = [one for one in standing_reports(session, queries.standing(ticket)) if one is not report]
    return any(place_of(one) == place_of(report) for one in others)


def withdraw_messages(session: Session, person: Resident, said: Collection[str], now: datetime) -> list[Resident]:
    """Ours that quote these words: unsettled ones are not sent (again). Whom to push anew what they carried.

    A message that may be at LINE already takes its news with it: where the tickets stand goes with the next reply.
    """
    quoting = select(OutboxQuote.outbox_message_id).where(OutboxQuote.said.in_(said))
    found = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.id.in_(quoting), OutboxMessage.municipality_id.in_(_towns_with(session, person, said)))
        .order_by(OutboxMessage.id)
        .with_for_update(of=OutboxMessage)
        .execution_options(populate_existing=True)
    ).all()
    readers: dict[int, Resident] = {}
    for message in found:
        was = message.state
        message.content = message.body = None
        if was not in (QUEUED, SENDING, WAITING_QUOTA):
            continue
        message.state, message.settled_at = WITHDRAWN, now
        if was == SENDING or message.first_attempt_at is not None:
            message.last_problem = "outcome unknown when its words were unsent"
            news.uncertain(session, message, now)
            continue
        message.last_problem = "its words were unsent"
        if news.release(session, message) and message.way == PUSH and message.resident is not None:
            readers[message.resident.id] = message.resident
    return list(readers.values())


def _towns_with(session: Session, person: Resident, said: Collection[str]) -> set[int]:
    """The towns that hold these words or places: the one they were said to, and one that the report was handed to."""
    words = select(Message.municipality_id).where(Message.resident_id == person.id, Message.said.in_(said))
    media = select(Media.municipality_id).where(Media.resident_id == person.id, Media.said.in_(said))
    placed = (report.municipality_id for report in _placed_by(session, person, said))
    return {person.municipality_id, *session.scalars(words), *session.scalars(media), *placed}
