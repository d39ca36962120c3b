"""What people corrected, as labelled reports to learn from. These are residents' words: they stay in the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.drafts import UNKNOWN_CATEGORY
from models import Category, Correction, Municipality, Report, Ticket

#: The columns of the table, those of the files that `flask understanding train` reads.
COLUMNS = ("text", "primary", "also", "emergency", "clear")
#: Telephone numbers, house numbers, plates: nothing is learnt from which digits they are.
_DIGITS = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
#: With these a cell becomes a formula where somebody looks at the table with a spreadsheet; they teach nothing.
_BEGINS_A_FORMULA = "=+-@ "


@dataclass(frozen=True, slots=True)
class Corrected:
    """A report and the category that people gave it in the end."""

    text: str
    primary: str
    is_emergency: bool

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        return self.text, self.primary, "", "yes" if self.is_emergency else "no", "yes"


def corrected(session: Session, town: Municipality) -> Iterator[Corrected]:
    """Every corrected report of the town, oldest first, with the category its ticket has now.

    Left out: confidential matters, what ended as "other", and words that were taken back.
    """
    statement = (
        select(Ticket)
        .join(Correction, Correction.ticket_id == Ticket.id)
        .join(Category, Category.id == Ticket.category_id)
        .where(Ticket.municipality_id == town.id)
        .order_by(Ticket.id)
    )
    confidential = _once_confidential(session, town)
    for ticket in session.scalars(statement).unique():
        if ticket.category.is_confidential or ticket.category.code == UNKNOWN_CATEGORY or ticket.id in confidential:
            continue
        for report in session.scalars(select(Report).where(Report.ticket_id == ticket.id).order_by(Report.id)):
            text = _words(report)
            if text and report.shares_media_of_id is None:
                yield Corrected(text, ticket.category.code, ticket.is_urgent)


def _once_confidential(session: Session, town: Municipality) -> set[int]:
    """Tickets that were confidential before they were corrected."""
    codes = [
        category.code
        for category in session.scalars(select(Category).where(Category.municipality_id == town.id)).unique()
        if category.is_confidential
    ]
    found = select(Correction.ticket_id).where(
        Correction.municipality_id == town.id, Correction.from_category.in_(codes)
    )
    return {number for number in session.scalars(found) if number is not None}


def _words(report: Report) -> str:
    said = " ".join(message.text for message in report.messages if message.kind == "report" and message.text)
    return _DIGITS.sub("0", _SPACES.sub(" ", said)).strip().lstrip(_BEGINS_A_FORMULA)
