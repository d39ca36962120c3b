"""Which own ticket a picture, a recording or a pin belongs to, where the dialogue says so."""

from __future__ import annotations

from datetime import timedelta

from bot import queries
from bot.conversation import Step
from handlers.line import danger, mine
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import TicketStatus

#: What is sent so soon after something was added to a ticket belongs to it too.
_AT_ONCE = timedelta(minutes=2)
#: How long a ticket is waited for that was asked to be added to; the place of danger is awaited longer.
_LASTS = {Step.ADDING: timedelta(minutes=30), Step.PLACING: timedelta(hours=24), Step.IDLE: _AT_ONCE}


def ticket_of_step(talk: Talk) -> Ticket | None:
    """The ticket that is talked about: one that was asked for, just added to, sent for them, or with a question."""
    about = talk.conversation.about_id
    lasts = _LASTS.get(talk.step)
    if about is not None and lasts is not None and talk.pause <= lasts:
        ticket = talk.session.get(Ticket, about)
        if ticket is not None and mine.stands_on(talk, ticket):
            return ticket
    if talk.step is not Step.IDLE:
        return None
    waiting = [t for t in queries.own_tickets(talk.session, talk.person) if t.status == TicketStatus.WAITING]
    return waiting[0] if len(waiting) == 1 else mine.sent_for_them(talk)


def ticket_of_danger(talk: Talk) -> Ticket | None:
    """The ticket of a danger that was told a while ago, where nothing else was begun or reported since: nobody asks
    then what a picture of the fire shows. Who is in distress is listened to all the same."""
    if talk.step is not Step.IDLE:
        return None
    ticket = danger.recent(talk)
    return ticket if ticket is not None and ticket is talk.own_tickets[0] else danger.in_distress(talk)
