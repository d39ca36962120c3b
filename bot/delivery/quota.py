"""What a plan allows in a month, what was used, and who may still push."""

from __future__ import annotations

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot import clock
from bot.channels import Channels, Town
from bot.database import Database
from bot.errors import DeliveryProblem
from bot.outbox import lanes_to_wake
from models import LedgerEntry, OutboxMessage, QuotaMonth
from models.news import URGENCY
from models.outbox import PUSH, QUEUED, WAITING_QUOTA

log = logging.getLogger(__name__)

#: This part of a plan is kept for what is urgent.
KEPT_FOR_URGENT = 0.10


def month_of(at: datetime, timezone: str) -> str:
    """The month a send counts to, in the town's zone: 2026-11."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m")


def quota_month(session: Session, municipality_id: int, month: str, *, lock: bool = False) -> QuotaMonth | None:
    """What is known of this month's plan."""
    wanted = select(QuotaMonth).where(QuotaMonth.municipality_id == municipality_id, QuotaMonth.month == month)
    return session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()


def ensure_month(session: Session, municipality_id: int, month: str) -> QuotaMonth:
    """The row of this month, locked; made when it is missing."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"municipality_id": municipality_id, "month": month}
    session.execute(insert(QuotaMonth).values(values).on_conflict_do_nothing())
    found = quota_month(session, municipality_id, month, lock=True)
    assert found is not None
    return found


def used(session: Session, municipality_id: int, month: str, plan: QuotaMonth | None = None) -> int:
    """Paid messages of the month: ours, or LINE's own count where that is higher (the manager sends too)."""
    mine = select(func.coalesce(func.sum(LedgerEntry.recipients), 0)).where(
        LedgerEntry.municipality_id == municipality_id, LedgerEntry.month == month, LedgerEntry.way == PUSH
    )
    ours = int(session.execute(mine).scalar_one())
    if plan is None or plan.used_at_line is None or plan.read_at is None:
        return ours
    since = int(session.execute(mine.where(LedgerEntry.at > plan.read_at)).scalar_one())
    return max(ours, plan.used_at_line + since)


def may_push(session: Session, municipality_id: int, month: str, urgency: str) -> bool:
    """Whether this month's plan has room for one more push of this urgency, as far as we know."""
    plan = quota_month(session, municipality_id, month)
    if plan is None:
        return True
    if plan.exhausted_at is not None:
        return False
    if plan.allowed is None:
        return True
    return used(session, municipality_id, month, plan) < _limit(plan.allowed, urgency)


def _limit(allowed: int, urgency: str) -> int:
    return allowed if urgency == "urgent" else int(allowed * (1 - KEPT_FOR_URGENT))


def exhausted(session: Session, municipality_id: int, month: str, at: datetime) -> None:
    """LINE said that the plan is used up: no further push is tried until a reading shows room again."""
    ensure_month(session, municipality_id, month).exhausted_at = at


def read_quotas(database: Database, channels: Channels) -> set[str]:
    """Ask LINE for every municipality's plan and use; what waited for room is queued again. Gives the lanes to wake.

    A municipality whose channel does not answer keeps what was known.
    """
    to_wake: set[str] = set()
    for town in channels.towns():
        try:
            client = channels.client(town.id)
            allowed, used_at_line = client.quota(), client.consumption()
        except DeliveryProblem as problem:
            log.warning("the plan of %s could not be read: %s", town.code, type(problem).__name__)
            continue
        with database.transaction() as session:
            _note(session, town, allowed, used_at_line)
        to_wake |= lanes_to_wake(session)
    return to_wake


def _note(session: Session, town: Town, allowed: int | None, used_at_line: int) -> None:
    now = clock.real_now()
    month = month_of(now, town.timezone)
    plan = ensure_month(session, town.id, month)
    plan.allowed, plan.used_at_line, plan.read_at = allowed, used_at_line, now
    spent = used(session, town.id, month, plan)
    if allowed is None or spent < allowed:
        plan.exhausted_at = None
    session.flush()
    waiting = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.municipality_id == town.id, OutboxMessage.state == WAITING_QUOTA)
        .with_for_update(of=OutboxMessage, skip_locked=True)
    ).all()
    for message in sorted(waiting, key=lambda one: (URGENCY.index(one.urgency), one.id)):
        if plan.exhausted_at is not None or (allowed is not None and spent >= _limit(allowed, message.urgency)):
            continue
        spent += 1
        message.state, message.next_at = QUEUED, now
        if message.first_attempt_at is None:
            message.body = None  # LINE has not got it: pictures and words are made anew
        lanes_to_wake(session).add(message.lane_key)
