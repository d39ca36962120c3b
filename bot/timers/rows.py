"""One row after the other: found first, then each locked and looked at again in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.database import Database
from models import Ticket

#: Rows of one kind that one round takes; the rest follow a few seconds later.
BATCH = 200


def each(database: Database, found: Select[Any], act: Callable[[Session, Any], bool]) -> int:
    """Call `act(session, key)` for every key that `found` selects, each committed by itself; how many said yes."""
    with database.reading() as session:
        keys = list(session.scalars(found.limit(BATCH)))
    count = 0
    for key in keys:
        with database.transaction() as session:
            count += act(session, key)
    return count


def locked_ticket(session: Session, ticket_id: int) -> Ticket | None:
    """The ticket if nobody else holds it at this moment; another process is then doing the same."""
    statement = (
        select(Ticket)
        .where(Ticket.id == ticket_id)
        .with_for_update(of=Ticket, key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).unique().one_or_none()
