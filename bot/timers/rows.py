"""One row after the other: found first, then each locked and looked at again in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot import news
from bot.database import Database
from bot.logs import place_of
from models import Ticket

log = logging.getLogger(__name__)

#: Rows of one kind that one round takes; the rest follow a few seconds later.
BATCH = 200


def each(
    database: Database,
    found: Select[Any],
    act: Callable[[Session, Any], bool],
    *,
    merge_seconds: int = news.MERGE_SECONDS,
) -> int:
    """Call `act(session, key)` for every key that `found` selects, each committed by itself; how many said yes.

    `found` must select what is due and little else: what it selects in vain is asked for again every few seconds.
    """
    with database.reading() as session:
        keys = list(session.scalars(found.limit(BATCH)))
    count = 0
    for key in keys:
        try:
            with database.transaction() as session:
                news.use_merge_seconds(session, merge_seconds)
                count += act(session, key)
        except Exception as error:
            # Whatever is wrong with one row must not keep the rows behind it waiting; the next round tries it again.
            log.error("what is due for row %s was not done: %s", key, place_of(error), exc_info=error)
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
