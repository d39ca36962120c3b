"""The lease of a lane: whoever holds it is the only one who works on that chat.

The holder renews it inside each of its transactions, and that is the fence: who lost the lease while he worked finds
another number there, and his transaction is rolled back. Times are the database server's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

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


class LaneTaken(LaneLost):
    """Another worker held this lane before we had it: nothing was done."""


@dataclass(slots=True)
class Hold:
    """A lane that is ours until `LEASE` after the last renewal, or until it was given back.

    Without a `fence` it is not ours yet: the first transaction `under` it takes it, so that taking it costs none of
    its own.
    """

    key: str
    owner: str
    fence: int | None = None
    is_given_back: bool = True


def claim(session: Session, key: str, owner: str) -> Hold | None:
    """Take the lane if nobody holds it; None while somebody does, without waiting for him."""
    now = server_now(session)
    asked = {"lane": key, "now": now, "holder": owner, "until": now + LEASE}
    fence = session.execute(_CLAIM, asked).scalar_one_or_none()
    return None if fence is None else Hold(key, owner, fence, is_given_back=False)


@contextmanager
def under(database: Database, hold: Hold) -> Iterator[Session]:
    """A transaction that counts only while the lane is ours: taken in it if it is not yet, else kept for a `LEASE`.

    :raises LaneLost: somebody else has it; nothing of the transaction remains.
    """
    with database.transaction() as session:
        fence = hold.fence
        if fence is None:
            taken = _take(session, hold.key, hold.owner)
            if taken is None:
                raise LaneTaken
            fence = taken.fence
        else:
            renew(session, hold)
        yield session
    hold.fence, hold.is_given_back = fence, False  # only now: what is rolled back takes no lane


def renew(session: Session, hold: Hold) -> None:
    """Keep the lane for another `LEASE`, and prove inside this transaction that it is still ours.

    :raises LaneLost: when it is not.
    """
    _prove(session, hold, server_now(session) + LEASE)
    hold.is_given_back = False


def release(session: Session, hold: Hold) -> None:
    """Give the lane back with this transaction, and prove in it that it was ours. After the commit, say so in the hold.

    :raises LaneLost: when it was not.
    """
    _prove(session, hold, None)


def _prove(session: Session, hold: Hold, until: datetime | None) -> None:
    """The fence: whoever lost the lane finds another number on it."""
    asked = {"lane": hold.key, "holder": hold.owner, "number": hold.fence, "until": until}
    kept = session.execute(_KEEP_UNTIL, asked)
    if kept.rowcount != 1:  # type: ignore[attr-defined]
        raise LaneLost


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
        hold = _take(session, key, owner)
    try:
        yield hold
    finally:
        if hold is not None:
            give_back(database, hold)


@contextmanager
def wanted(database: Database, key: str, owner: str) -> Iterator[Hold]:
    """The lane for the length of a block, taken by the first transaction `under` it.

    :raises LaneTaken: out of that transaction, when somebody else works on it.
    """
    hold = Hold(key, owner)
    try:
        yield hold
    finally:
        give_back(database, hold)


def _take(session: Session, key: str, owner: str) -> Hold | None:
    hold = claim(session, key, owner)
    if hold is None and _make(session, key):
        hold = claim(session, key, owner)
    return hold


def _make(session: Session, key: str) -> bool:
    """Make the lane of a chat that had none; False when it was there."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"key": key, "municipality_id": int(key.partition(":")[0]), "fence": 0}
    statement = insert(Lane).values(values).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    made = session.execute(statement)
    return bool(made.rowcount)  # type: ignore[attr-defined]


def give_back(database: Database, hold: Hold) -> None:
    """Let others have the lane, if it is still ours."""
    if hold.is_given_back:
        return
    try:
        with database.transaction() as session:
            release(session, hold)
    except (LaneLost, OperationalError, TimeoutError):
        pass  # it is another's, or the database is away: the lease ends by itself
    hold.is_given_back = True
