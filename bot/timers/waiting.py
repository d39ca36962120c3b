"""News that waited for company, or for the morning, is pushed when its time has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import news
from bot.database import Database
from bot.timers.rows import each
from models import News, Resident
from models.news import WAITING


def push_due_news(database: Database, now: datetime) -> int:
    """One push for each person for whom something is due, with everything else that waits for them."""
    due = (
        select(News.resident_id)
        .join(Resident, Resident.id == News.resident_id)
        .where(News.state == WAITING, News.push_at <= now, Resident.blocked_at.is_(None))
        .distinct()
        .order_by(News.resident_id)
    )

    def push(session: Session, resident_id: int) -> bool:
        person = session.get(Resident, resident_id, with_for_update={"skip_locked": True})
        if person is None:
            return False
        still_due = session.scalars(
            select(News.id).where(News.resident_id == person.id, News.state == WAITING, News.push_at <= now).limit(1)
        ).first()
        return still_due is not None and news.push_waiting(session, person, now) is not None

    return each(database, due, push)
