"""How much of what somebody said stands on a card, and what is read whole with a press of its own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from bot import joined
from bot.line.counting import cut_units
from models import Message, Report, Ticket

#: Characters of the resident's words on a full card and on one of several. With so few the card is never too large for
#: LINE, which would have it cut where nobody knows; what is longer is read with a press of its own.
FULL, SHORT, SHORT_PLACE = 600, 60, 40
#: What a resident says after the report, and an officer to the resident: of each a card shows the newest; of internal
#: notes the newest three.
LATER = ("answer", "comment", "review")
TOWNS = ("reply", "question", "resolution", "rejection")
NOTES = 3
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
    """The messages of which a full card shows only the beginning, or nothing, oldest first, those behind `after`.

    `reports` are those that stand on the ticket. What was said on tickets that were merged into it is read here alone.
    """
    most = case(
        (Message.follow_up.is_not(None), SHORT),
        (Message.kind == "report", share(reports)),
        (Message.kind == "note", FULL // 4),
        else_=FULL // 2,
    )
    is_report = Message.kind == "report"
    standing = is_report & Message.report_id.in_([report.id for report in reports])
    later = ~is_report & Message.ticket_id.in_([one.id for one in joined.tree(session, ticket)])
    on_it = ((LATER, 1), (TOWNS, 1), (("note",), NOTES))
    shown = [key for kinds, n in on_it for key in _newest(session, ticket, kinds, n)]
    is_unseen = or_(
        is_report & Message.report_id.in_([report.id for report in reports[REPORTS:]]),
        ~is_report & Message.follow_up.is_(None) & Message.id.not_in(shown),
    )
    is_cut = (func.length(Message.text) > most) | (is_unseen & Message.text.is_not(None))
    found = select(Message).where(standing | later, Message.id > after, is_cut)
    return session.scalars(found.order_by(Message.id)).all()


def _newest(session: Session, ticket: Ticket, kinds: tuple[str, ...], most: int) -> Sequence[int]:
    """Of these kinds, what stands on a full card."""
    said = (Message.ticket_id == ticket.id, Message.kind.in_(kinds), Message.follow_up.is_(None))
    has_words = Message.text.is_not(None) | Message.erased_at.is_not(None)
    return session.scalars(select(Message.id).where(*said, has_words).order_by(Message.id.desc()).limit(most)).all()
