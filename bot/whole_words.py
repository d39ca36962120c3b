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
#: Reports whose words stand on a full card, the oldest; more left no room for where it is and when a word is due.
REPORTS = 8
#: Of the town's own words on a resident's card: beside them the date of the next word must still be read.
OF_THE_TOWN = 600


def shortened(text: str, most: int) -> str:
    """The text in at most `most` characters, with … where something is missing."""
    return cut_units(text, most)  # at a whole letter: a Thai one is torn by counting characters


def share(reports: Sequence[Report]) -> int:
    """How many characters of each message of the reports stand on a full card."""
    shown = [m for report in reports[:REPORTS] for m in report.messages if m.kind == "report"]
    return max(FULL // max(len(shown), 1), SHORT)


def cut_short(session: Session, ticket: Ticket, reports: Sequence[Report], *, after: int = 0) -> Sequence[Message]:
    """The messages of which a card may show only the beginning, or nothing, oldest first, those behind `after`.

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
    is_unseen = (Message.kind == "report") & Message.report_id.in_([report.id for report in reports[REPORTS:]])
    is_cut = (func.length(Message.text) > most) | (is_unseen & Message.text.is_not(None))
    found = select(Message).where(standing, Message.id > after, is_cut)
    return session.scalars(found.order_by(Message.id)).all()
