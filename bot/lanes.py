"""The lease of a lane: whoever holds it is the only one who works on that chat.

The holder renews it inside each of its transactions, and that is the fence: who lost the lease while he worked finds
another number there, and his transaction is rolled back. Times are the database server's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.database import Database, server_now
from models import Lane

#: Longer than one call to LINE may take, shorter than a person waits for an answer.
LEASE = timedelta(seconds=15)


#: Built once: each event asks them several times, and to build one costs more than SQLite needs to answer it.
_LANES = cast(Table, Lane.__table__)
_FREE = (
    select(_LANES.c.key)
    .where(
        _LANES.c.key == bindparam("lane"),
        _LANES.c.leased_until.is_(None) | (_LANES.c.leased_until < bindparam("now")),
    )
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = (
    update(_LANES)
    .where(_LANES.c.key == _FREE)
    .values(owner=bindparam("holder"), fence=_LANES.c.fence + 1, leased_until=bindparam("until"))
    .returning(_LANES.c.fence)
)
_KEEP_UNTIL = (
    update(_LANES)
    .where(
        _LANES.c.key == bindparam("lane"),
        _LANES.c.owner == bindparam("holder"),
        _LANES.c.fence == bindparam("number"),
    )
    .values(leased_until=bindparam("until"))
)


class LaneLost(Exception):
    """Another worker holds this lane now: what was done in this transaction must not count."""


@dataclass(slots=True)
class Hold:
    """A lane that is ours until `LEASE` after the last renewal, or until it was given back."""

    key: str
    owner: str
    fence: int
    is_given_back: bool = False


def claim(session: Session, key: str, owner: str) -> Hold | None:
    """Take the lane if nobody holds it; None while somebody does, without waiting for him."""
    now = server_now(session)
    asked = {"lane": key, "now": now, "holder": owner, "until": now + LEASE}
    fence = session.execute(_CLAIM, asked).scalar_one_or_none()
    return None if fence is None else Hold(key, owner, fence)


def renew(session: Session, hold: Hold) -> None:
    """Keep the lane for another `LEASE`, and prove inside this transaction that it is still ours.

    :raises LaneLost: when it is not.
    """
    renewed = session.execute(_KEEP_UNTIL, _asked(hold, server_now(session) + LEASE))
    if renewed.rowcount != 1:  # type: ignore[attr-defined]
        raise LaneLost
    hold.is_given_back = False


def release(session: Session, hold: Hold) -> None:
    """Give the lane back; nothing happens if it is not ours any more. After the commit, say so in the hold."""
    session.execute(_KEEP_UNTIL, _asked(hold, None))


def _asked(hold: Hold, until: datetime | None) -> dict[str, Any]:
    return {"lane": hold.key, "holder": hold.owner, "number": hold.fence, "until": until}


def release_all(session: Session) -> int:
    """Free every lane and count them. Only for a process that knows that it is the only worker of its database."""
    freed = session.execute(
        update(Lane)
        .where(Lane.leased_until.is_not(None))
        .values(leased_until=None, fence=Lane.fence + 1)
        .execution_options(synchronize_session=False)
    )
    return int(freed.rowcount)  # type: ignore[attr-defined]


@contextmanager
def held(database: Database, key: str, owner: str) -> Iterator[Hold | None]:
    """The lane for the length of a block, or None when somebody else works on it."""
    with database.transaction() as session:
        hold = claim(session, key, owner)
        if hold is None and _make(session, key):
            hold = claim(session, key, owner)
    try:
        yield hold
    finally:
        if hold is not None and not hold.is_given_back:
            _give_back(database, hold)


def _make(session: Session, key: str) -> bool:
    """Make the lane of a chat that had none; False when it was there."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"key": key, "municipality_id": int(key.partition(":")[0]), "fence": 0}
    statement = insert(Lane).values(values).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    made = session.execute(statement)
    return bool(made.rowcount)  # type: ignore[attr-defined]


def _give_back(database: Database, hold: Hold) -> None:
    try:
        with database.transaction() as session:
            release(session, hold)
    except (OperationalError, TimeoutError):
        pass  # the database is away: the lease ends by itself
