"""The morning round: once on each working day, when the town opens, officers hear what the day wants of them.

What falls due before the town opens again, which owners to ask today, what the supervisor must know was missed, and a
digest, as one push to each person, with everything else that waits for them.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot import delivery, news, officer_digest, officer_news, promises
from bot.database import Database
from bot.timers import overdue
from bot.timers.rows import each
from models import Municipality, News, Officer, Ticket
from models.lifecycle import PROMISED, TicketStatus
from models.news import CARRIED, WAITING

#: Rows of one list that one round tells of; so many are a matter for the list itself.
MOST = 500


def go_round(database: Database, now: datetime) -> int:
    """Every town that is open and whose officers were not told yet today."""
    with database.reading() as session:
        due = [town.id for town in session.scalars(select(Municipality)) if _is_due(town, now)]
    wanted = select(Municipality.id).where(Municipality.id.in_(due)).order_by(Municipality.id)
    return each(database, wanted, lambda session, number: _round(session, number, now)) if due else 0


def _today(town: Municipality, now: datetime) -> date:
    return now.astimezone(ZoneInfo(town.timezone)).date()


def _next_opening(town: Municipality, now: datetime) -> datetime:
    calendar = promises.calendar_of(town)
    return calendar.opens_after(calendar.closing_of(_today(town, now)))


def _is_due(town: Municipality, now: datetime) -> bool:
    if town.morning_on is not None and town.morning_on >= _today(town, now):
        return False
    if not town.settings.get("working_hours") or not promises.calendar_of(town).is_open_at(now):
        return False
    return officer_news.after_quiet_hours(town, now) <= now


def _round(session: Session, town_id: int, now: datetime) -> bool:
    town = session.get(Municipality, town_id, with_for_update={"key_share": True, "skip_locked": True})
    if town is None or not _is_due(town, now):
        return False
    town.morning_on = _today(town, now)
    _remind(session, town, now)
    _remind_to_follow_up(session, town, now)
    _tell_supervisors(session, town, now)
    session.flush()
    _digest(session, town, now)
    return True


def _remind(session: Session, town: Municipality, now: datetime) -> None:
    """What is due before the town opens on its next working day, and what no waiting news will keep by itself."""
    has_news = exists().where(
        News.ticket_id == Ticket.id, News.state.in_((WAITING, CARRIED)), News.is_for_officer.is_(False)
    )
    due = (
        select(Ticket)
        .where(
            Ticket.municipality_id == town.id,
            Ticket.status.in_(PROMISED),
            Ticket.due_at > now,
            Ticket.due_at <= _next_opening(town, now),
            Ticket.paused_at.is_(None),
            Ticket.overdue_told_at.is_(None),
            ~has_news,
        )
        .order_by(Ticket.due_at)
    )
    for ticket in session.scalars(due.limit(MOST)).unique():
        officer_news.tell_officers(session, ticket, "officer.due_soon", now, this_morning=True)


def _remind_to_follow_up(session: Session, town: Municipality, now: datetime) -> None:
    """Which owners are to be asked today: told in the morning, when there is a day to do it in."""
    due = (
        select(Ticket)
        .where(
            Ticket.municipality_id == town.id,
            Ticket.status == TicketStatus.FORWARDED,
            Ticket.follow_up_at <= _next_opening(town, now),
        )
        .order_by(Ticket.follow_up_at)
    )
    # What somebody holds at this moment is reminded of when its own time has come.
    locked = due.limit(MOST).with_for_update(of=Ticket, key_share=True, skip_locked=True)
    for ticket in session.scalars(locked.execution_options(populate_existing=True)).unique():
        overdue.follow_up(session, ticket, now, this_morning=True)


def _tell_supervisors(session: Session, town: Municipality, now: datetime) -> None:
    """A date that passed before today with nothing to tell, and nothing was done since: the supervisor hears of it."""
    opened = datetime.combine(
        _today(town, now), promises.calendar_of(town).opens, ZoneInfo(town.timezone)
    )
    late = (
        select(Ticket)
        .where(
            Ticket.municipality_id == town.id,
            Ticket.status.in_(PROMISED),
            Ticket.missed_at <= opened,
            Ticket.moved_at <= Ticket.missed_at,
            Ticket.paused_at.is_(None),
            Ticket.escalated_at.is_(None),
        )
        .order_by(Ticket.missed_at)
    )
    for ticket in session.scalars(late.limit(MOST).with_for_update(of=Ticket, key_share=True)).unique():
        ticket.escalated_at = now
        officer_news.tell_officers(session, ticket, "officer.late", now, to="supervisors", this_morning=True)


def _digest(session: Session, town: Municipality, now: datetime) -> None:
    """What waits for each officer, if there is new work since they last looked, and the plan is large enough."""
    month = delivery.this_month(town.timezone)
    if not delivery.may_digest(session, town.id, month):
        return
    officers = select(Officer).where(Officer.municipality_id == town.id, Officer.revoked_at.is_(None))
    for officer in session.scalars(officers.order_by(Officer.id)).unique().all():
        if officer.resident.blocked_at is not None:
            continue
        digest = officer_digest.digest_for(session, town, officer, now)
        if digest is not None:
            news.push_waiting(session, officer.resident, now, digest=[digest])
