"""The running number of a town's tickets: RS-6911-00042, a counter for each month."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.database import insert_into
from models import Municipality, TicketCounter
from models.ticket import month_of, ticket_number


def take_number(session: Session, town: Municipality, now: datetime) -> str:
    """The next number of this month; the counter's row stays locked until the caller's commit, so none is lost."""
    month = month_of(now, ZoneInfo(town.timezone))
    statement = (
        insert_into(session, TicketCounter)
        .values(municipality_id=town.id, month=month, last=1)
        .on_conflict_do_update(
            index_elements=[TicketCounter.municipality_id, TicketCounter.month],
            set_={"last": TicketCounter.last + 1},
        )
        .returning(TicketCounter.last)
    )
    return ticket_number(town.ticket_prefix, month, session.execute(statement).scalar_one())
