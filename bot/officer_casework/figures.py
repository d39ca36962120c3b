"""The figures of วันนี้: what is open, late, finished and how well, for an officer's departments or the whole town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot import queries
from models import Call, Municipality, Owner, Ticket, TicketEvent
from models.call import WAITING
from models.lifecycle import TicketStatus

#: Averages look back so far; the bars so many days.
MONTH, WEEK = timedelta(days=30), 7


@dataclass(frozen=True, slots=True)
class AtOwner:
    """What lies with one owner now, and for how many days on average."""

    code: str
    short_th: str
    short_en: str
    tickets: int
    days: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of tickets now, today, and of the last thirty days. `came` and `finished` end with today."""

    day: date
    open: int
    overdue: int
    due_today: int
    waiting: int
    resolved: int
    calls: int
    came: tuple[int, ...]
    finished: tuple[int, ...]
    reopened: int
    average_hours: float | None  # from the first word to แก้ไขแล้ว
    averaged: int
    stars: float | None
    rated: int
    owners: tuple[AtOwner, ...]  # longest first


def figures(session: Session, town: Municipality, seen: ColumnElement[bool], now: datetime) -> Figures:
    """Count the tickets that `seen` allows (see rights.may_see)."""
    zone = ZoneInfo(town.timezone)
    today = now.astimezone(zone).date()
    tomorrow = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(UTC)
    at_work = seen & Ticket.status.in_(queries.AT_WORK)
    running = at_work & Ticket.paused_at.is_(None)

    def count(condition: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count(Ticket.id)).where(condition)) or 0

    came = session.scalars(select(Ticket.created_at).where(seen, Ticket.created_at >= now - MONTH)).all()
    rows = session.execute(
        select(Ticket.created_at, Ticket.resolved_at).where(seen, Ticket.resolved_at >= now - MONTH)
    )
    done = [(began, ended) for began, ended in rows if ended is not None]
    hours = [(ended - began).total_seconds() / 3600 for began, ended in done]
    stars = session.scalars(
        select(Ticket.stars).where(seen, Ticket.stars.is_not(None), Ticket.ended_at >= now - MONTH)
    ).all()
    reopened = select(func.count(TicketEvent.id)).join(Ticket, Ticket.id == TicketEvent.ticket_id)
    calls = select(func.count(Call.id)).join(Ticket, Ticket.id == Call.ticket_id).where(Call.state == WAITING, seen)
    return Figures(
        day=today,
        open=count(at_work),
        overdue=count(running & (Ticket.due_at < now)),
        due_today=count(running & (Ticket.due_at >= now) & (Ticket.due_at < tomorrow)),
        waiting=count(seen & (Ticket.status == TicketStatus.WAITING)),
        resolved=count(seen & (Ticket.status == TicketStatus.RESOLVED)),
        calls=session.scalar(calls) or 0,
        came=_by_day(came, today, zone),
        finished=_by_day([ended for _, ended in done], today, zone),
        reopened=session.scalar(
            reopened.where(seen, TicketEvent.to_status == TicketStatus.REOPENED, TicketEvent.at >= now - MONTH)
        )
        or 0,
        average_hours=sum(hours) / len(hours) if hours else None,
        averaged=len(hours),
        stars=sum(filter(None, stars)) / len(stars) if stars else None,
        rated=len(stars),
        owners=_at_owners(session, seen, today, zone),
    )


def _by_day(moments: Sequence[datetime], today: date, zone: ZoneInfo) -> tuple[int, ...]:
    counted = Counter(moment.astimezone(zone).date() for moment in moments)
    return tuple(counted[today - timedelta(days=back)] for back in reversed(range(WEEK)))


def _at_owners(session: Session, seen: ColumnElement[bool], today: date, zone: ZoneInfo) -> tuple[AtOwner, ...]:
    rows = session.execute(
        select(Owner, Ticket.forwarded_at)
        .join(Ticket, Ticket.owner_id == Owner.id)
        .where(seen, Ticket.status == TicketStatus.FORWARDED, Ticket.forwarded_at.is_not(None))
    ).all()
    days: dict[Owner, list[int]] = {}
    for owner, since in rows:
        if since is not None:
            days.setdefault(owner, []).append((today - since.astimezone(zone).date()).days)
    found = [
        AtOwner(owner.code, owner.short_th, owner.short_en, len(all_days), sum(all_days) / len(all_days))
        for owner, all_days in days.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.code)))
