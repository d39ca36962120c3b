"""What waits for an officer in the morning, counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot import cards, promises, queries, rights
from bot.line.menu_definitions import IN_CHAT
from bot.replies import Button, Reply, Say
from models import Conversation, Municipality, Officer, Ticket


def digest_for(session: Session, town: Municipality, officer: Officer, now: datetime) -> Reply | None:
    """The counts of this officer's lists, if there is new work since he or she last looked; else nothing."""
    if not _has_something_new(session, officer):
        return None
    w = cards.wording_for(officer.resident, town)
    counts = _counts(session, town, officer, now)
    parts = [w(f"officer.digest.{name}", n=count) for name, count in counts.items() if count]
    buttons = tuple(Button(w(f"work_label.tab_{name}"), f"tab.{name}", IN_CHAT) for name in ("new", "mine"))
    return Say("\n".join([w("officer.digest.morning"), " · ".join(parts)]), buttons)


def _has_something_new(session: Session, officer: Officer) -> bool:
    newest = session.scalar(queries.unheld(session, officer).with_only_columns(func.max(Ticket.created_at)))
    conversation = session.get(Conversation, officer.resident_id)
    return newest is not None and (conversation is None or newest > conversation.touched_at)


def _counts(session: Session, town: Municipality, officer: Officer, now: datetime) -> dict[str, int]:
    seen = select(Ticket).where(rights.may_see(session, officer), Ticket.status.in_(queries.AT_WORK))
    is_overdue = Ticket.missed_at.is_not(None) | (Ticket.paused_at.is_(None) & (Ticket.due_at <= now))
    return {
        "new": _count(session, queries.unheld(session, officer)),
        "mine": _count(session, queries.mine(session, officer).where(Ticket.status.in_(queries.AT_WORK))),
        "overdue": _count(session, seen.where(is_overdue)),
        "silent": _count(session, seen.where(promises.is_silent(town, now))),
    }


def _count(session: Session, statement: Select[Ticket]) -> int:
    return session.scalar(select(func.count()).select_from(statement.with_only_columns(Ticket.id).subquery())) or 0
