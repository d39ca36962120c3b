"""The date of the next word has come: what waits is pushed; where there is nothing to tell, that is told once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import news, officer_news, promises
from bot.database import Database
from bot.timers.rows import each, locked_ticket
from models import Municipality, News, Ticket
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
        on_its_way = session.scalars(
            select(News).where(
                News.ticket_id == ticket.id, News.state.in_((WAITING, CARRIED)), News.is_for_officer.is_(False)
            )
        ).all()
        if on_its_way:
            for item in on_its_way:  # also what one push has no room for
                item.push_at = min(item.push_at or now, now) if item.state == WAITING else item.push_at
            for person in people:
                news.push_waiting(session, person, now)
            return True
        ticket.missed_at = ticket.missed_at or missed
        _remind(session, ticket, now)
        # The date that is told is the next one; it counts from the moment LINE accepts the word.
        ticket.due_at = promises.next_word_at(session.get_one(Municipality, ticket.municipality_id), ticket, now)
        for person in people:
            news.tell(session, person, ticket, "overdue", now, way=Hears.PUSH_MAY_WAIT, urgency="overdue")
        news.ask_to_call(session, ticket, "overdue", now)
        return True

    return each(database, due, keep, merge_seconds=merge_seconds)


def _remind(session: Session, ticket: Ticket, now: datetime) -> None:
    ticket.remember("overdue", Actor.TIME, now)
    this_morning = select(News.id).where(
        News.ticket_id == ticket.id, News.kind == "officer.due_soon", News.created_at > now - timedelta(days=1)
    )
    if session.scalars(this_morning.limit(1)).first() is not None:
        return  # the date was told that morning: a second push would say the same
    officer_news.tell_officers(session, ticket, "officer.overdue", now)


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
        town = session.get_one(Municipality, ticket.municipality_id)
        days = max(ticket.owner.follow_up_days if ticket.owner else 1, 1)
        ticket.follow_up_at = promises.calendar_of(town).due_at(now, days, "working")
        officer_news.tell_officers(session, ticket, "officer.follow_up", now)
        return True

    return each(database, due, remind)
