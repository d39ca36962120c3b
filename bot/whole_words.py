"""How much of what somebody said stands on a card, and what is read whole with a press of its own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.line.counting import cut_units
from models import Message, Report, Ticket

#: Characters of the resident's words on a full card and on one of several. With so few the card is never too large for
#: LINE, which would have it cut where nobody knows; what is longer is read with a press of its own.
FULL, SHORT, SHORT_PLACE = 600, 60, 40
#: Of the town's own words on a resident's card: beside them the date of the next word must still be read.
OF_THE_TOWN = 600


def shortened(text: str, most: int) -> str:
    """The text in at most `most` characters, with … where something is missing."""
    return cut_units(text, most)  # at a whole letter: a Thai one is torn by counting characters


def share(reports: Sequence[Report]) -> int:
    """How many characters of each message of the reports stand on a full card."""
    return max(FULL // max(sum(m.kind == "report" for report in reports for m in report.messages), 1), SHORT)


def cut_short(session: Session, ticket: Ticket, reports: Sequence[Report], *, after: int = 0) -> Sequence[Message]:
    """The messages of which a card may show only the beginning, oldest first, those behind the message `after`.

    `reports` are those that stand on the ticket.
    """
    most = case(
        (Message.follow_up.is_not(None), SHORT),
        (Message.kind == "report", share(reports)),
        (Message.kind == "note", FULL // 4),
        else_=FULL // 2,
    )
    of_reports = (Message.kind == "report") & Message.report_id.in_([report.id for report in reports])
    standing = of_reports | ((Message.kind != "report") & (Message.ticket_id == ticket.id))
    found = select(Message).where(standing, Message.id > after, func.length(Message.text) > most)
    return session.scalars(found.order_by(Message.id)).all()
