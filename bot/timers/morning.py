"""The morning round: once on each working day, when the town opens, officers hear what the day wants of them.

What falls due before the town opens again, which owners to ask today, what the supervisor must know was missed, and a
digest, as one push to each person, with everything else that waits for them.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from bot import delivery, news, officer_digest, officer_news, promises
from bot.database import Database
from bot.timers import overdue
from bot.timers.rows import BATCH, each, locked_ticket
from models import Municipality, News, Officer, Ticket
from models.lifecycle import PROMISED, TicketStatus
from models.news import CARRIED, WAITING

#: Rows of one list that one round tells of; so many are a matter for the list itself.
MOST = 500


def go_round(database: Database, now: datetime) -> int:
    """Every town that is open and whose officers were not told yet today; how many rounds came to their end."""
    with database.reading() as session:
        due = [town for town in session.scalars(select(Municipality)) if _is_due(town, now)]
        session.expunge_all()
    return sum(_round(database, town, now) for town in due)


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


def _round(database: Database, town: Municipality, now: datetime) -> int:
    """One ticket a transaction, so that whoever answers LINE waits for one and not for hundreds.

    Another process may be at it too, and whatever breaks it off, it is begun again: nothing is told twice by that.
    """
    due_soon, to_ask, missed = _due_soon(town, now), _to_ask(town, now), _missed(town, now)

    def remind(session: Session, ticket_id: int) -> bool:
        ticket = _still(session, due_soon, ticket_id)
        if ticket is not None:
            officer_news.tell_officers(session, ticket, "officer.due_soon", now, this_morning=True)
        return ticket is not None

    def follow_up(session: Session, ticket_id: int) -> bool:
        ticket = _still(session, to_ask, ticket_id)
        if ticket is not None:
            overdue.follow_up(session, ticket, now, this_morning=True)
        return ticket is not None

    def tell_supervisors(session: Session, ticket_id: int) -> bool:
        ticket = _still(session, missed, ticket_id)
        if ticket is not None:
            ticket.escalated_at = now
            officer_news.tell_officers(session, ticket, "officer.late", now, to="supervisors", this_morning=True)
        return ticket is not None

    for found, act in ((due_soon, remind), (to_ask, follow_up), (missed, tell_supervisors)):
        with database.reading() as session:
            ids = session.scalars(found.limit(MOST)).all()
        for start in range(0, len(ids), BATCH):
            each(database, found.where(Ticket.id.in_(ids[start : start + BATCH])), act)

    def end(session: Session, town_id: int) -> bool:
        row = session.get(Municipality, town_id, with_for_update={"key_share": True, "skip_locked": True})
        if row is None or not _is_due(row, now):
            return False
        row.morning_on = _today(row, now)
        _digest(session, row, now)
        return True

    return each(database, select(Municipality.id).where(Municipality.id == town.id), end)


def _still(session: Session, found: Select[int], ticket_id: int) -> Ticket | None:
    """The ticket, locked, if it is still to be told of; what somebody holds has its own time later."""
    ticket = locked_ticket(session, ticket_id)
    is_found = session.scalars(found.where(Ticket.id == ticket_id)).first() is not None
    return ticket if is_found else None


def _due_soon(town: Municipality, now: datetime) -> Select[int]:
    """What is due before the town opens on its next working day, and what no waiting news will keep by itself."""
    midnight = datetime.combine(_today(town, now), time.min, ZoneInfo(town.timezone))
    is_told = exists().where(
        News.ticket_id == Ticket.id, News.kind == "officer.due_soon", News.created_at >= midnight
    )
    has_news = exists().where(
        News.ticket_id == Ticket.id, News.state.in_((WAITING, CARRIED)), News.is_for_officer.is_(False)
    )
    return (
        select(Ticket.id)
        .where(
            Ticket.municipality_id == town.id,
            Ticket.status.in_(PROMISED),
            Ticket.due_at > now,
            Ticket.due_at <= _next_opening(town, now),
            Ticket.paused_at.is_(None),
            Ticket.overdue_told_at.is_(None),
            ~has_news,
            ~is_told,
        )
        .order_by(Ticket.due_at)
    )


def _to_ask(town: Municipality, now: datetime) -> Select[int]:
    """Which owners are to be asked today: told in the morning, when there is a day to do it in."""
    return (
        select(Ticket.id)
        .where(
            Ticket.municipality_id == town.id,
            Ticket.status == TicketStatus.FORWARDED,
            Ticket.follow_up_at <= _next_opening(town, now),
        )
        .order_by(Ticket.follow_up_at)
    )


def _missed(town: Municipality, now: datetime) -> Select[int]:
    """A date that passed before today with nothing to tell, and nothing was done since: the supervisor hears of it."""
    opened = datetime.combine(
        _today(town, now), promises.calendar_of(town).opens, ZoneInfo(town.timezone)
    )
    return (
        select(Ticket.id)
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
