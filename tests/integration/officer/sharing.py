"""A ticket that two residents share, and an officer who takes one of them off."""

from __future__ import annotations

from sqlalchemy import select

from bot.drafts import Place
from models import Ticket
from tests.builders import Town
from tests.chats import Chat

NEXT_DOOR = Place(latitude=13.98715, longitude=100.60955, words="ซอยรังสิต-นครนายก 48", said="place-2")


def takes_off(officer: Chat, ticket: Ticket, who: str) -> None:
    """The officer takes one reporter off the ticket."""
    officer.says(ticket.number)
    officer.presses("แยกผู้แจ้งออก")
    officer.presses(who)
    officer.presses("ใช่ แยกเลย")


def of(town: Town, number: str) -> Ticket:
    return town.session.scalars(select(Ticket).where(Ticket.number == number)).unique().one()
