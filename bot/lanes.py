"""The lease of a lane: whoever holds it is the only one who works on that chat.

The holder renews it inside each of its transactions, and that is the fence: who lost the lease while he worked finds
another number there, and his transaction is rolled back. Times are the database server's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Interval, Table, bindparam, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TypedReturnsRows

from bot import clock
from bot.database import Database, insert_into
from models import Lane

#: Longer than one call to LINE may take, shorter than a person waits for an answer.
LEASE = timedelta(seconds=15)


_LANES = cast(Table, Lane.__table__)
_OURS = (
    _LANES.c.key == bindparam("lane"),
    _LANES.c.owner == bindparam("holder"),
    _LANES.c.fence == bindparam("number"),
)


@dataclass(frozen=True, slots=True)
class _Statements:
    """What is asked of a lane; built once, because to build one costs more than SQLite needs to answer it."""

    claim: TypedReturnsRows[Any]
    keep: TypedReturnsRows[Any]


def _statements(now: ColumnElement[datetime], until: ColumnElement[datetime]) -> _Statements:
    free = (
        select(_LANES.c.key)
        .where(_LANES.c.key == bindparam("lane"), _LANES.c.leased_until.is_(None) | (_LANES.c.leased_until < now))
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    claim = update(_LANES).where(_LANES.c.key == free)
    claim = claim.values(owner=bindparam("holder"), fence=_LANES.c.fence + 1, leased_until=until)
    return _Statements(
        claim=claim.returning(_LANES.c.fence, now),
        keep=update(_LANES).where(*_OURS).values(leased_until=until).returning(_LANES.c.fence, now),
    )


_MOMENT = Lane.leased_until.type
_OF_SQLITE = _statements(bindparam("now", type_=_MOMENT), bindparam("until", type_=_MOMENT))
_OF_POSTGRESQL = _statements(
    func.clock_timestamp(type_=_MOMENT), func.clock_timestamp(type_=_MOMENT) + bindparam("lease", type_=Interval)
)
_GIVE_BACK = update(_LANES).where(*_OURS).values(leased_until=None)


class LaneLost(Exception):
    """Another worker holds this lane now: what was done in this transaction must not count."""


class LaneTaken(LaneLost):
    """Another worker held this lane before we had it: nothing was done."""


@dataclass(slots=True)
class Hold:
    """A lane that is ours until `LEASE` after the last renewal, or until it was given back.

    Without a `fence` it is not ours yet: the first transaction `under` it takes it, so that taking it costs none of
    its own. `since` is the database server's moment in the transaction that took or kept it last.
    """

    key: str
    owner: str
    fence: int | None = None
    since: datetime | None = None
    is_given_back: bool = True


#: The fence, and the moment at which the lane was taken or kept.
Taken = tuple[int, datetime]


def claim(session: Session, key: str, owner: str) -> Hold | None:
    """Take the lane if nobody holds it; None while somebody does, without waiting for him."""
    taken = _ask(session, lambda statements: statements.claim, {"lane": key, "holder": owner})
    return None if taken is None else Hold(key, owner, taken[0], taken[1], is_given_back=False)


def _ask(
    session: Session, which: Callable[[_Statements], TypedReturnsRows[Any]], asked: dict[str, Any]
) -> Taken | None:
    """The moment is read with the lane in hand: who takes it later reads a later one, whatever his own clock says."""
    if session.get_bind().dialect.name == "sqlite":
        now = clock.real_now()
        row = session.execute(which(_OF_SQLITE), {**asked, "now": now, "until": now + LEASE}).one_or_none()
        return None if row is None else (row[0], now)
    asked_at = time.monotonic()
    row = session.execute(which(_OF_POSTGRESQL), {**asked, "lease": LEASE}).one_or_none()
    if row is None:
        return None
    clock.hear(row[1], timedelta(seconds=time.monotonic() - asked_at))
    return row[0], row[1]


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
            fence, hold.since = taken.fence, taken.since
        else:
            renew(session, hold)
        yield session
    hold.fence, hold.is_given_back = fence, False  # only now: what is rolled back takes no lane


def renew(session: Session, hold: Hold) -> None:
    """Keep the lane for another `LEASE`, and prove inside this transaction that it is still ours.

    The proof is the fence: whoever lost the lane finds another number on it.

    :raises LaneLost: when it is not.
    """
    kept = _ask(session, lambda statements: statements.keep, _ours(hold))
    if kept is None:
        raise LaneLost
    hold.since, hold.is_given_back = kept[1], False


def release(session: Session, hold: Hold) -> None:
    """Give the lane back with this transaction, and prove in it that it was ours. After the commit, say so in the hold.

    :raises LaneLost: when it was not.
    """
    given_back = session.execute(_GIVE_BACK, _ours(hold))
    if given_back.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE counts its rows
        raise LaneLost


def _ours(hold: Hold) -> dict[str, Any]:
    return {"lane": hold.key, "holder": hold.owner, "number": hold.fence}


def release_all(session: Session) -> int:
    """Free every lane and count them. Only for a process that knows that it is the only worker of its database."""
    freed = session.execute(
        update(Lane)
        .where(Lane.leased_until.is_not(None))
        .values(leased_until=None, fence=Lane.fence + 1)
        .execution_options(synchronize_session=False)
    )
    return int(freed.rowcount)  # type: ignore[attr-defined]  # an UPDATE counts its rows


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
    values = {"key": key, "municipality_id": int(key.partition(":")[0]), "fence": 0}
    statement = insert_into(session, Lane).values(values).on_conflict_do_nothing()
    made = session.execute(statement.execution_options(preserve_rowcount=True))
    return bool(made.rowcount)  # type: ignore[attr-defined]  # an INSERT counts its rows


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
