"""A draft is not lost: with a problem and a place it goes to the desk by itself; others are kept for seven days."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import conversation as dialogue, drafts, erasure, intake, metrics
from bot.conversation import Step
from bot.database import Database
from bot.drafts import Draft
from bot.timers.rows import each
from models import Conversation, Municipality, Resident

#: A report that waits while something else is talked about is taken up again after this, so that it can be sent.
WAITS = timedelta(minutes=15)
KEPT = timedelta(days=7)
#: What a draft may wait behind.
_SOMETHING_ELSE = (Step.ADDING, Step.TALKING, Step.RATING, Step.PLACING)
#: Where a recognised draft stands.
_ON_THE_TABLE = (Step.READY, Step.UNREAD)


def _locked(session: Session, resident_id: int) -> Conversation | None:
    statement = (
        select(Conversation)
        .where(Conversation.resident_id == resident_id)
        .with_for_update(key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one_or_none()


def take_up_again(database: Database, now: datetime) -> int:
    """An unfinished report that waits behind something else that nobody goes on with is the next thing again."""
    found = select(Conversation.resident_id).where(
        Conversation.step.in_(_SOMETHING_ELSE),
        Conversation.draft.is_not(None),
        Conversation.touched_at <= now - WAITS,
    )

    def take_up(session: Session, resident_id: int) -> bool:
        conversation = _locked(session, resident_id)
        draft = drafts.from_json(conversation.draft) if conversation is not None else None
        if conversation is None or draft is None or conversation.touched_at > now - WAITS:
            return False
        if conversation.step not in _SOMETHING_ELSE:
            return False
        conversation.step, conversation.about_id = dialogue.step_of(draft), None
        return True

    return each(database, found.order_by(Conversation.touched_at), take_up)


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
                Conversation.step.in_(_ON_THE_TABLE),
                Conversation.touched_at <= limit,
            )
            .order_by(Conversation.touched_at)
        )

        def send(session: Session, resident_id: int, limit: datetime = limit) -> bool:
            conversation = _locked(session, resident_id)
            if conversation is None or conversation.step not in _ON_THE_TABLE or conversation.touched_at > limit:
                return False
            draft = drafts.from_json(conversation.draft)
            if draft is None or not draft.is_recognised:
                # No draft card stands here; out of the way of those that are due.
                _go_on_with(conversation, draft)
                return False
            town = session.get_one(Municipality, conversation.municipality_id)
            person = session.get_one(Resident, resident_id)
            intake.report_problem(session, town, person, draft, now, is_unsent=True)
            _go_on_with(conversation, draft.earlier)
            return True

        count += each(database, found, send)
    return count


def _go_on_with(conversation: Conversation, draft: Draft | None) -> None:
    conversation.step = dialogue.step_of(draft) if draft is not None else Step.IDLE
    conversation.draft, conversation.offers, conversation.about_id = drafts.to_json(draft), None, None


def erase_old_drafts(database: Database, now: datetime) -> int:
    """Unfinished reports are erased after seven days, with their pictures and our copies of their words."""
    found = select(Conversation.resident_id).where(
        Conversation.draft.is_not(None), Conversation.touched_at <= now - KEPT
    )

    def erase(session: Session, resident_id: int) -> bool:
        conversation = _locked(session, resident_id)
        if conversation is None or conversation.touched_at > now - KEPT:
            return False
        draft = drafts.from_json(conversation.draft)
        if draft is None:
            return False
        for one in draft.chain():
            erasure.erase_draft(session, conversation.municipality_id, one)
        conversation.step = Step.IDLE
        conversation.draft, conversation.offers, conversation.about_id = None, None, None
        return not draft.is_blank

    erased = each(database, found.order_by(Conversation.touched_at), erase)
    metrics.drafts_erased.inc(erased)
    return erased
