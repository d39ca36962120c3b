"""A draft is not lost: with a problem and a place it goes to the desk by itself; others are kept for seven days."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import drafts, intake
from bot.conversation import Step
from bot.database import Database
from bot.timers.rows import each
from models import Conversation, Media, Municipality, Resident

_UNSENT_STEPS = (Step.READY, Step.ASKING_PLACE, Step.ASKING_CATEGORY, Step.REPORTING, Step.IDLE)
KEPT = timedelta(days=7)


def _locked(session: Session, resident_id: int) -> Conversation | None:
    statement = (
        select(Conversation)
        .where(Conversation.resident_id == resident_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one_or_none()


def send_forgotten_drafts(database: Database, now: datetime) -> int:
    """Recognised drafts that nobody touched for the town's minutes become tickets marked *unsent_draft*."""
    with database.reading() as session:
        towns = {town.id: town.settings for town in session.scalars(select(Municipality))}
    count = 0
    for town_id, settings in towns.items():
        if not settings.get("sends_unfinished_drafts", True):
            continue
        limit = now - timedelta(minutes=settings.get("unfinished_draft_minutes", 15))
        found = (
            select(Conversation.resident_id)
            .where(
                Conversation.municipality_id == town_id,
                Conversation.step == Step.READY,
                Conversation.touched_at <= limit,
            )
            .order_by(Conversation.touched_at)
        )

        def send(session: Session, resident_id: int, limit: datetime = limit) -> bool:
            conversation = _locked(session, resident_id)
            draft = drafts.from_json(conversation.draft) if conversation is not None else None
            if conversation is None or draft is None or not draft.is_recognised or conversation.touched_at > limit:
                return False
            town = session.get_one(Municipality, conversation.municipality_id)
            person = session.get_one(Resident, resident_id)
            intake.report_problem(session, town, person, draft, now, is_unsent=True)
            conversation.step, conversation.draft, conversation.offers = Step.IDLE, None, None
            return True

        count += each(database, found, send)
    return count


def erase_old_drafts(database: Database, now: datetime) -> int:
    """Drafts that were never finished are erased after seven days, with their pictures."""
    found = select(Conversation.resident_id).where(
        Conversation.step.in_(_UNSENT_STEPS), Conversation.step != Step.IDLE, Conversation.touched_at <= now - KEPT
    )

    def erase(session: Session, resident_id: int) -> bool:
        conversation = _locked(session, resident_id)
        if conversation is None or conversation.touched_at > now - KEPT:
            return False
        draft = drafts.from_json(conversation.draft)
        if draft is not None and draft.media:
            session.execute(update(Media).where(Media.id.in_(draft.media)).values(state="erased"))
        conversation.step, conversation.draft, conversation.offers = Step.IDLE, None, None
        return True

    return each(database, found, erase)
