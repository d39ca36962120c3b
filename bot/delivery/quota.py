"""What a plan allows in a month, what was used, and who may still push."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from bot import clock, metrics, officer_news
from bot.channels import Channels, Town
from bot.database import Database, insert_into
from bot.errors import DeliveryProblem
from bot.outbox import lanes_to_wake
from models import LedgerEntry, Municipality, OutboxMessage, QuotaMonth
from models.news import URGENCY
from models.outbox import PUSH, QUEUED, WAITING_QUOTA

log = logging.getLogger(__name__)

#: This part of a plan is kept for what is urgent.
KEPT_FOR_URGENT = 0.10
#: Of the rest, what officers' pushes that are not urgent may use: four fifths are the residents'.
FOR_OFFICERS = 0.20
#: Of the rest, how far each kind may go: when it runs short, the last of it is for what is more pressing.
_UP_TO = {
    "resolved": 1.00,
    "question": 0.98,
    "answer": 0.98,
    "rejected": 0.96,
    "forwarded": 0.96,
    "planned": 0.94,
    "overdue": 0.92,
    "other": 0.92,
    "digest": 0.60,
}
#: A plan of so many messages a month is too small for digests.
TOO_SMALL_FOR_DIGESTS = 300
#: When so much of a plan is used, the administrators are told.
SHORT_AT = 0.80


@dataclass(frozen=True, slots=True)
class Spent:
    """Paid messages of a month: all of them, and those to officers that were not urgent."""

    total: int
    for_officers: int


def month_of(at: datetime, timezone: str) -> str:
    """The month a send counts to, in the town's zone: 2026-11."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m")


def quota_month(session: Session, municipality_id: int, month: str, *, lock: bool = False) -> QuotaMonth | None:
    """What is known of this month's plan."""
    wanted = select(QuotaMonth).where(QuotaMonth.municipality_id == municipality_id, QuotaMonth.month == month)
    return session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()


def ensure_month(session: Session, municipality_id: int, month: str) -> QuotaMonth:
    """The row of this month, locked; made when it is missing."""
    values = {"municipality_id": municipality_id, "month": month}
    session.execute(insert_into(session, QuotaMonth).values(values).on_conflict_do_nothing())
    found = quota_month(session, municipality_id, month, lock=True)
    assert found is not None
    return found


def this_month(timezone: str) -> str:
    """The month it is in the town."""
    return month_of(clock.now(), timezone)


def used(session: Session, municipality_id: int, month: str, plan: QuotaMonth | None = None) -> int:
    """Paid messages of the month: ours, or LINE's own count where that is higher (the manager sends too)."""
    return spent(session, municipality_id, month, plan).total


def spent(session: Session, municipality_id: int, month: str, plan: QuotaMonth | None = None) -> Spent:
    """What the ledger says of the month, reconciled with LINE's count: it knows of what others sent, we of the last."""
    read_at = plan.read_at if plan is not None and plan.used_at_line is not None else None
    mine = select(
        _sum(LedgerEntry.recipients),
        _sum(case((LedgerEntry.is_for_officer & (LedgerEntry.urgency != "urgent"), LedgerEntry.recipients), else_=0)),
        _sum(case((LedgerEntry.at > read_at, LedgerEntry.recipients), else_=0)) if read_at else literal(0),
    ).where(LedgerEntry.municipality_id == municipality_id, LedgerEntry.month == month, LedgerEntry.way == PUSH)
    ours, for_officers, since = (int(number) for number in session.execute(mine).one())
    if plan is None or plan.used_at_line is None or read_at is None:
        return Spent(ours, for_officers)
    return Spent(max(ours, plan.used_at_line + since), for_officers)


def _sum(what: Any) -> ColumnElement[Any]:
    return func.coalesce(func.sum(what), 0)


def may_push(
    session: Session, municipality_id: int, month: str, urgency: str, *, is_for_officer: bool = False
) -> bool:
    """Whether this month's plan has room for one more push of this urgency, as far as we know."""
    plan = quota_month(session, municipality_id, month)
    if plan is None:
        return True
    if plan.exhausted_at is not None:
        return False
    if plan.allowed is None:
        return True
    so_far = spent(session, municipality_id, month, plan)
    _note_short(plan, so_far)
    return has_room(plan.allowed, so_far, urgency, is_for_officer=is_for_officer)


def has_room(allowed: int, so_far: Spent, urgency: str, *, is_for_officer: bool = False) -> bool:
    """Whether a plan of so many messages has room for one more of this urgency. Pure."""
    if urgency == "urgent":
        return so_far.total < allowed
    rest = allowed * (1 - KEPT_FOR_URGENT)
    if is_for_officer and so_far.for_officers >= rest * FOR_OFFICERS:
        return False
    return so_far.total < min(math.ceil(rest * _UP_TO[urgency]), int(rest))


def may_digest(session: Session, municipality_id: int, month: str) -> bool:
    """Whether this month's plan is known, large enough for digests, and has room for one."""
    plan = quota_month(session, municipality_id, month)
    if plan is None or plan.read_at is None:
        return False
    if plan.allowed is not None and plan.allowed <= TOO_SMALL_FOR_DIGESTS:
        return False
    return may_push(session, municipality_id, month, "digest", is_for_officer=True)


def _note_short(plan: QuotaMonth, so_far: Spent) -> None:
    """Remember when four fifths were used: a timer tells the administrators."""
    if plan.short_at is None and plan.allowed is not None and so_far.total >= plan.allowed * SHORT_AT:
        plan.short_at = clock.real_now()


def exhausted(session: Session, municipality_id: int, month: str, at: datetime) -> None:
    """LINE said that the plan is used up: no further push is tried until a reading shows room again."""
    ensure_month(session, municipality_id, month).exhausted_at = at


def measure(database: Database) -> None:
    """Refresh the gauge of what each municipality may still push this month."""
    with database.reading() as session:
        for town in session.scalars(select(Municipality)):
            month, left = this_month(town.timezone), math.nan  # else what was true last month would stay there
            plan = quota_month(session, town.id, month)
            if plan is not None and plan.exhausted_at is not None:
                left = 0
            elif plan is not None and plan.allowed is not None:
                left = max(plan.allowed - used(session, town.id, month, plan), 0)
            metrics.quota_left.labels(town.code).set(left)


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
    month = this_month(town.timezone)
    plan = ensure_month(session, town.id, month)
    plan.allowed, plan.used_at_line, plan.read_at = allowed, used_at_line, now
    so_far = spent(session, town.id, month, plan)
    if allowed is None or so_far.total < allowed:
        plan.exhausted_at = None
    _note_short(plan, so_far)
    session.flush()
    row = session.get_one(Municipality, town.id)
    is_night = officer_news.after_quiet_hours(row, clock.now()) > clock.now()
    waiting = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.municipality_id == town.id, OutboxMessage.state == WAITING_QUOTA)
        .with_for_update(of=OutboxMessage, skip_locked=True)
    ).all()
    for message in sorted(waiting, key=lambda one: (URGENCY.index(one.urgency), one.id)):
        is_for_officer = message.is_for_officer
        if plan.exhausted_at is not None:
            break
        if is_night and is_for_officer and message.urgency != "urgent":
            continue  # a month begins at midnight; a reading after the quiet hours lets it go
        if allowed is not None and not has_room(allowed, so_far, message.urgency, is_for_officer=is_for_officer):
            continue
        so_far = Spent(
            so_far.total + 1, so_far.for_officers + (is_for_officer and message.urgency != "urgent")
        )
        message.state, message.next_at = QUEUED, now
        if message.first_attempt_at is None:
            message.body = None  # LINE has not got it: pictures and words are made anew
        lanes_to_wake(session).add(message.lane_key)
