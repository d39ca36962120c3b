"""Quoting decides: words that quote a card, an answer or an own message are about that ticket and no other."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import queries, rights
from bot.aftercare import Said
from bot.line.events import TextSaid
from bot.replies import Reply, Say
from bot.understanding import Context
from bot.wording import key_of_label
from handlers.line import ending, is_it_fixed, menu, mine, officer, typing
from handlers.line.plain import tells_a_telephone
from handlers.line.talk import Talk
from models import Media, Message, OutboxMessage, Report, SentPart, Ticket
from models.lifecycle import OPEN, TicketStatus


def answered(talk: Talk, said: TextSaid) -> Sequence[Reply] | None:
    """What words do that quote something of one ticket; None where nothing of one ticket is quoted."""
    ticket = _quoted(talk, said.quoted) if said.quoted else None
    if ticket is None:
        return None
    if talk.officer is not None and rights.may_work_on(talk.session, talk.officer, ticket):
        is_command = key_of_label(said.text, "work_label.") is not None
        return None if is_command else officer.quoted(talk, said, ticket)
    ticket = mine.followed(talk, ticket)
    if not mine.stands_on(talk, ticket):
        return None
    return _of_resident(talk, said, ticket)


def _quoted(talk: Talk, quoted: str) -> Ticket | None:
    """The ticket behind a message of ours to this person, or one of theirs; where the work on it goes on."""
    ours = (
        select(SentPart.ticket_id)
        .join(OutboxMessage, OutboxMessage.id == SentPart.outbox_message_id)
        .where(
            SentPart.municipality_id == talk.town.id,
            SentPart.said == quoted,
            OutboxMessage.resident_id == talk.person.id,
        )
    )
    words = select(Message.ticket_id).where(Message.resident_id == talk.person.id, Message.said == quoted)
    media = select(Media.ticket_id).where(Media.resident_id == talk.person.id, Media.said == quoted)
    pictures = (
        select(Report.ticket_id)
        .join(Media, Media.report_id == Report.id)
        .where(Media.resident_id == talk.person.id, Media.said == quoted)
    )
    for statement in (ours, words, media, pictures):
        number = talk.session.scalars(statement.limit(1)).first()
        if number is not None:
            ticket = queries.by_id(talk.session, talk.town, number)
            return queries.standing(ticket) if ticket is not None else None
    return None


def _of_resident(talk: Talk, said: TextSaid, ticket: Ticket) -> Sequence[Reply] | None:
    """A label acts on this ticket; a question shows it; whatever else is said is added to it."""
    is_asked = ticket.status == TicketStatus.WAITING
    context = Context(has_open_tickets=ticket.status in OPEN, question_pending=is_asked)
    understood = talk.hear(said.text).understood(context)
    if understood.emergency:
        return None  # danger comes before everything else
    pressed = typing.on_ticket(talk, said.text, ticket)
    if pressed is not None:
        return pressed
    fixed = is_it_fixed.answered(talk, said, understood, [ticket])
    if fixed is not None:
        return fixed
    if not understood.unsure or understood.intent in ("status_question", "thanks"):
        match understood.intent:
            case "status_question":
                return mine.where_it_stands(talk, [ticket])
            case "thanks" if not is_asked:
                return [Say(talk.w("idle.thanks"))]
            case "human" if not tells_a_telephone(said.text):
                return menu.talk_to_somebody(talk)
            case "cancel" if not ending.keeps(said.text):
                return ending.confirm_cancel(talk, ticket)
    return mine.add_said(talk, ticket, Said(said.said, said.text))
