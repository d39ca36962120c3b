"""The date of the next word has come: what waits is pushed; where there is nothing to tell, that is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import news, officer_calls, officer_news, promises
from bot.database import Database
from bot.timers.rows import each, locked_ticket
from models import Municipality, News, Resident, Ticket
from models.lifecycle import PROMISED, Actor, Hears, TicketStatus
from models.news import CARRIED, WAITING


def keep_promises(database: Database, now: datetime, *, merge_seconds: int = news.MERGE_SECONDS) -> int:
    """Every ticket whose word is due: news that waits for a next reply is pushed; else officer and resident hear."""
    due = (
        select(Ticket.id)
        .where(
            Ticket.status.in_(PROMISED),
            Ticket.due_at <= now,
            Ticket.paused_at.is_(None),
            Ticket.overdue_told_at.is_(None),
        )
        .order_by(Ticket.due_at)
    )

    def keep(session: Session, ticket_id: int) -> bool:
        ticket = locked_ticket(session, ticket_id)
        if ticket is None or ticket.due_at is None or ticket.due_at > now or ticket.overdue_told_at is not None:
            return False
        missed = ticket.due_at
        # Set first: whatever follows happens once for this date; an accepted word sets the next date and clears it.
        ticket.overdue_told_at = now
        people = news.reporters(session, ticket)
        on_its_way = _on_its_way(session, ticket, people)
        if any(_can_arrive(item) for item in on_its_way):
            for item in on_its_way:  # also what one push has no room for
                item.push_at = min(item.push_at or now, now) if item.state == WAITING else item.push_at
            for person in people:
                news.push_waiting(session, person, now)
            return True
        ticket.missed_at = ticket.missed_at or missed
        _remind(session, ticket, now)
        # The date that is told is the next one; it counts from the moment LINE accepts the word.
        ticket.due_at = promises.next_word_at(session.get_one(Municipality, ticket.municipality_id), ticket, now)
        hear_more = {item.resident_id for item in on_its_way}  # should they ever write again
        told = [person for person in people if person.id not in hear_more]
        for person in told:
            news.tell(session, person, ticket, "overdue", now, way=Hears.PUSH_MAY_WAIT, urgency="overdue")
        news.ask_to_call(session, ticket, "overdue", now)
        if all(person.blocked_at is not None for person in told) and not officer_calls.waiting(session, ticket):
            ticket.overdue_told_at = None  # nobody will hear it, so the next date is looked at by itself
        return True

    return each(database, due, keep, merge_seconds=merge_seconds)


def _on_its_way(session: Session, ticket: Ticket, people: Sequence[Resident]) -> Sequence[News]:
    """What the reporters have not been told yet."""
    wanted = select(News).where(
        News.ticket_id == ticket.id,
        News.state.in_((WAITING, CARRIED)),
        News.is_for_officer.is_(False),
        News.resident_id.in_([person.id for person in people]),
        News.kind != "followed",
    )
    return session.scalars(wanted).all()


def _can_arrive(item: News) -> bool:
    """Whether a push may bring it: its reader does not block us, and LINE did not refuse it."""
    return item.resident.blocked_at is None and not (item.detail or {}).get("refused")


def _remind(session: Session, ticket: Ticket, now: datetime) -> None:
    ticket.remember("overdue", Actor.TIME, now)
    of_it = (News.ticket_id == ticket.id, News.kind == "officer.due_soon")
    told = select(News.id).where(*of_it, News.created_at >= _since_the_round(session, ticket, now))
    if session.scalars(told.limit(1)).first() is not None:
        return  # the date was told in the last morning round: a second push would say the same
    officer_news.tell_officers(session, ticket, "officer.overdue", now)


def _since_the_round(session: Session, ticket: Ticket, now: datetime) -> datetime:
    """Since when a reminder is about this date: the last morning round, or the news that set the date anew."""
    town = session.get_one(Municipality, ticket.municipality_id)
    since = now - timedelta(days=1)
    if town.morning_on is not None:  # before a weekend it tells of what falls due until the town opens again
        since = datetime.combine(town.morning_on, time.min, ZoneInfo(town.timezone)).astimezone(UTC)
    return max(since, ticket.progress_told_at or since)


def remind_to_follow_up(database: Database, now: datetime) -> int:
    """A ticket that lies with an owner is followed up: its officer is reminded, and again after the same days."""
    due = (
        select(Ticket.id)
        .where(Ticket.status == TicketStatus.FORWARDED, Ticket.follow_up_at <= now)
        .order_by(Ticket.follow_up_at)
    )

    def remind(session: Session, ticket_id: int) -> bool:
        ticket = locked_ticket(session, ticket_id)
        if ticket is None or ticket.follow_up_at is None or ticket.follow_up_at > now:
            return False
        follow_up(session, ticket, now)
        return True

    return each(database, due, remind)


def follow_up(session: Session, ticket: Ticket, now: datetime, *, this_morning: bool = False) -> None:
    """Remind whoever forwarded this ticket to ask its owner, and again after the owner's days."""
    town = session.get_one(Municipality, ticket.municipality_id)
    days = max(ticket.owner.follow_up_days if ticket.owner else 1, 1)
    since = max(now, ticket.follow_up_at or now)  # told in the morning of its day, it comes no oftener
    ticket.follow_up_at = promises.calendar_of(town).due_at(since, days, "working")
    officer_news.tell_officers(session, ticket, "officer.follow_up", now, this_morning=this_morning)
