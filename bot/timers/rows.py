"""One row after the other: found first, then each locked and looked at again in a transaction of its own."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot import clock, news
from bot.database import Database
from bot.logs import place_of
from models import Ticket

log = logging.getLogger(__name__)

#: Rows of one kind that one round takes; the rest follow a few seconds later.
BATCH = 200

#: How long a row rests after its first, second, … failure; the last one repeats.
RESTS = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300))
#: Failed rows of one kind that are remembered; of more, those that failed longest ago are tried again sooner.
MOST_RESTING = 5000


class Resting:
    """The rows of one kind that failed: how often, and since when. Another process tries them by itself."""

    def __init__(self) -> None:
        self._failed: dict[Any, tuple[int, datetime]] = {}

    def __len__(self) -> int:
        return len(self._failed)

    def is_asleep(self, key: Any) -> bool:
        """Whether this row failed so lately that it is left alone."""
        times, since = self._failed.get(key, (0, None))
        return since is not None and abs(clock.now() - since) < RESTS[min(times, len(RESTS)) - 1]

    def rest(self, key: Any) -> None:
        """It failed (again)."""
        times, _ = self._failed.pop(key, (0, None))
        self._failed[key] = (times + 1, clock.now())
        if len(self._failed) > MOST_RESTING:
            del self._failed[next(iter(self._failed))]

    def wake(self, key: Any) -> None:
        """It succeeded."""
        self._failed.pop(key, None)


#: By what was to be done with them.
_resting: WeakKeyDictionary[Database, defaultdict[str, Resting]] = WeakKeyDictionary()


def each(
    database: Database,
    found: Select[Any],
    act: Callable[[Session, Any], bool],
    *,
    merge_seconds: int = news.MERGE_SECONDS,
) -> int:
    """Call `act(session, key)` for every key that `found` selects, each committed by itself; how many said yes.

    `found` must select what is due and little else: what it selects in vain is asked for again every few seconds.
    A row that fails rests, each time longer, so that rows that fail for ever do not fill the rounds of all others.
    """
    of_database = _resting.setdefault(database, defaultdict(Resting))
    resting = of_database[f"{act.__module__}.{act.__qualname__}"]
    with database.reading() as session:
        keys = session.scalars(found.limit(BATCH + len(resting))).all()
    count = 0
    for key in [key for key in keys if not resting.is_asleep(key)][:BATCH]:
        try:
            with database.transaction() as session:
                news.use_merge_seconds(session, merge_seconds)
                count += act(session, key)
            resting.wake(key)
        except Exception as error:
            # Whatever is wrong with one row must not keep the rows behind it waiting; a later round tries it again.
            resting.rest(key)
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
