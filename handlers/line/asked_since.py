"""What the town has asked of somebody since they last did anything here."""

from __future__ import annotations

from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import TicketStatus

_ASKS = (TicketStatus.WAITING, TicketStatus.RESOLVED)


def asked_since(talk: Talk) -> list[Ticket]:
    """The own tickets with an officer's question, or whether it is fixed, that came after this person's last event."""
    last = talk.now - talk.pause
    return [ticket for ticket in talk.own_tickets if ticket.status in _ASKS and ticket.moved_at > last]
