"""When four fifths of a month's plan are used, the administrators are told, once a month and not at night."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import delivery, officer_news
from bot.database import Database
from bot.timers import administrators
from bot.timers.rows import each
from models import Municipality, QuotaMonth


def warn_administrators(database: Database, now: datetime) -> int:
    """Every plan that has become short is told of, once."""
    short = (
        select(QuotaMonth.id)
        .where(QuotaMonth.short_at.is_not(None), QuotaMonth.warned_at.is_(None))
        .order_by(QuotaMonth.id)
    )

    def warn(session: Session, number: int) -> bool:
        plan = session.get(QuotaMonth, number, with_for_update={"skip_locked": True})
        if plan is None or plan.warned_at is not None:
            return False
        town = session.get_one(Municipality, plan.municipality_id)
        if officer_news.after_quiet_hours(town, now) > now:
            return False
        spent = delivery.used(session, town.id, plan.month, plan)
        is_over = plan.month != delivery.this_month(town.timezone)
        if is_over or plan.allowed is None or spent < plan.allowed * delivery.SHORT_AT:
            plan.short_at = None  # also: a larger plan was bought, or LINE began to count the month only now
            return False
        plan.warned_at = now
        administrators.tell(session, town, "officer.plan.short", used=spent, allowed=plan.allowed)
        return True

    return each(database, short, warn)
