"""When the next word to the resident is due. The promise is the date of a word, never of the repair."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from models import Municipality, Ticket
from models.calendar import WorkingCalendar
from models.lifecycle import PROMISED, TicketStatus

#: So long without news is an alarm, whatever was promised.
SILENCE = timedelta(days=15)


def calendar_of(town: Municipality) -> WorkingCalendar:
    """The town's working days and hours."""
    hours = town.settings["working_hours"]
    days = frozenset(holiday.day for holiday in town.holidays)
    return WorkingCalendar.from_settings(town.timezone, hours, days)


def next_word_at(town: Municipality, ticket: Ticket, since: datetime) -> datetime | None:
    """When the resident is to hear again after a word at `since`; None where nothing is promised.

    The category's promise; after *planned* the end of the planned date; after *forwarded* the longer of the
    promise and the owner's follow-up days in working days; resolved and ended tickets have none.
    """
    status = TicketStatus(ticket.status)
    if status not in PROMISED:
        return None
    calendar = calendar_of(town)
    if status is TicketStatus.PLANNED and ticket.planned_until is not None:
        end_of_day = end_of(town, ticket.planned_until)
        if end_of_day > since:
            return end_of_day
    due = calendar.due_at(since, ticket.category.promise, ticket.category.clock)  # type: ignore[arg-type]
    if status is TicketStatus.FORWARDED and ticket.owner is not None and ticket.owner.follow_up_days > 0:
        due = max(due, calendar.due_at(since, ticket.owner.follow_up_days, "working"))
    return due


def pause(ticket: Ticket, at: datetime) -> None:
    """The promise stands still while the town waits for the resident, and only then."""
    if ticket.paused_at is None:
        ticket.paused_at = at


def resume(town: Municipality, ticket: Ticket, at: datetime) -> None:
    """The promise goes on where it stood: what was left when it paused is left again.

    On the working clock that is counted in working days, and the date falls on a closing time again.
    """
    if ticket.paused_at is None:
        return
    if ticket.due_at is not None:
        ticket.due_at = _moved_on(town, ticket, ticket.paused_at, at)
    ticket.paused_at = None


def _moved_on(town: Municipality, ticket: Ticket, paused_at: datetime, at: datetime) -> datetime:
    assert ticket.due_at is not None
    left = max(ticket.due_at - paused_at, timedelta(hours=1))
    if ticket.category.clock == "calendar":
        return at + left
    calendar = calendar_of(town)
    zone = ZoneInfo(town.timezone)
    days_left = calendar.days_between(paused_at.astimezone(zone).date(), ticket.due_at.astimezone(zone).date())
    return calendar.due_at(at, max(days_left, 1), "working")


def set_next_word(session: Session, ticket: Ticket, since: datetime, *, is_news: bool = True) -> None:
    """Set the date of the next word after one was accepted at `since`; a paused promise keeps standing still.

    `is_news` is False for the word that there is no news: it keeps the promise, but ends no silence.
    """
    town = session.get_one(Municipality, ticket.municipality_id)
    ticket.due_at = next_word_at(town, ticket, since)
    ticket.overdue_told_at = None
    if is_news:
        ticket.progress_told_at = since
        forgive(ticket)
    if ticket.paused_at is not None:
        ticket.paused_at = since


def forgive(ticket: Ticket) -> None:
    """What was missed or left silent before does not count any more: there is news, or the work begins anew."""
    ticket.missed_at = ticket.escalated_at = ticket.silence_told_at = None


def is_silent(town: Municipality, now: datetime) -> ColumnElement[bool]:
    """The condition that a ticket is at work and its reporters heard nothing new for fifteen days.

    On a planned ticket they are counted from its planned date, if that is later.
    """
    limit = now - SILENCE
    day = limit.astimezone(ZoneInfo(town.timezone)).date()
    return (
        (Ticket.municipality_id == town.id)
        & Ticket.status.in_(PROMISED)
        & (func.coalesce(Ticket.progress_told_at, Ticket.created_at) <= limit)
        & ((Ticket.status != TicketStatus.PLANNED) | Ticket.planned_until.is_(None) | (Ticket.planned_until < day))
    )


def days_silent(town: Municipality, ticket: Ticket, now: datetime) -> int:
    """For how many days the reporters heard nothing new, where that is an alarm; else 0."""
    if ticket.status not in PROMISED:
        return 0
    since = ticket.progress_told_at or ticket.created_at
    if ticket.status == TicketStatus.PLANNED and ticket.planned_until is not None:
        since = max(since, end_of(town, ticket.planned_until))
    return (now - since).days if now - since >= SILENCE else 0


def end_of(town: Municipality, day: date) -> datetime:
    """The last minute of a day in the town, in UTC."""
    return datetime.combine(day, time(23, 59), ZoneInfo(town.timezone)).astimezone(UTC)
