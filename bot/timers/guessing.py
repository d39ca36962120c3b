"""When somebody may be guessing invitation codes the administrators are told, once a day at most and not at night."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import invitations, officer_news
from bot.database import Database
from bot.timers import administrators
from bot.timers.rows import each
from models import InvitationTry, Municipality

_A_DAY = timedelta(days=1)


def warn_administrators(database: Database, now: datetime) -> int:
    """Every town and day with too many wrong codes is told of, unless the town heard so within a day."""
    told_lately = select(InvitationTry.municipality_id).where(InvitationTry.told_at > now - _A_DAY)
    first_of_the_day = func.min(InvitationTry.id)
    guessed = (
        select(first_of_the_day)
        .where(
            InvitationTry.day >= (now - 2 * _A_DAY).date(),  # what is older is news to nobody
            InvitationTry.municipality_id.not_in(told_lately),
        )
        .group_by(InvitationTry.municipality_id, InvitationTry.day)
        .having(func.sum(InvitationTry.wrong) >= invitations.ALARM_AT, func.count(InvitationTry.told_at) == 0)
        .order_by(first_of_the_day)
    )

    def warn(session: Session, number: int) -> bool:
        tries = session.get(InvitationTry, number, with_for_update={"skip_locked": True})
        if tries is None or tries.told_at is not None:
            return False
        of_the_town = InvitationTry.municipality_id == tries.municipality_id
        town = session.get_one(Municipality, tries.municipality_id)
        lately = select(InvitationTry.id).where(of_the_town, InvitationTry.told_at > now - _A_DAY)
        if officer_news.after_quiet_hours(town, now) > now or session.scalars(lately.limit(1)).first() is not None:
            return False
        wrong = session.scalar(select(func.sum(InvitationTry.wrong)).where(of_the_town, InvitationTry.day == tries.day))
        tries.told_at = now
        administrators.tell(session, town, "officer.people.guessed", n=int(wrong or 0))
        return True

    return each(database, guessed, warn)
