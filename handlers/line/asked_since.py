"""What the town has asked of somebody since they last did anything here."""

from __future__ import annotations

from bot import news
from handlers.line.talk import Talk
from models import Ticket


def asked_since(talk: Talk) -> list[Ticket]:
    """The own tickets with an officer's question, or whether it is fixed, that came after this person's last event and
    was seen."""
    return news.asked(talk.session, talk.person, talk.own_tickets, talk.now - talk.pause)
