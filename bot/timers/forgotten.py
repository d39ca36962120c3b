"""A draft is not lost: with a problem and a place it goes to the desk by itself; others are kept for seven days.

So does a complaint about ended work of which nobody answered whether that work is not done after all: it says what, and
the place is that of the ended ticket.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from bot import cards, conversation as dialogue, drafts, erasure, intake, metrics
from bot.conversation import Step
from bot.database import Database
from bot.drafts import Draft, Place
from bot.timers.rows import each
from models import Conversation, Municipality, Resident, Ticket

#: A report that waits while something else is talked about is taken up again after this, so that it can be sent.
WAITS = timedelta(minutes=15)
KEPT = timedelta(days=7)
#: What a draft may wait behind.
_SOMETHING_ELSE = (Step.ADDING, Step.TALKING, Step.RATING, Step.PLACING)
#: Where a recognised draft stands.
_ON_THE_TABLE = (Step.READY, Step.UNREAD)
_GOES_BY_ITSELF = (
    Conversation.step.in_(_ON_THE_TABLE),
    and_(Conversation.step == Step.CHOOSING, Conversation.draft["ended"].as_integer().is_not(None)),
)


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
        if not _sends_drafts(settings):
            continue
        limit = now - timedelta(minutes=settings.get("unfinished_draft_minutes", 15))

        def send(session: Session, resident_id: int, limit: datetime = limit) -> bool:
            conversation = _locked(session, resident_id)
            if conversation is None or conversation.touched_at > limit:
                return False
            draft = drafts.from_json(conversation.draft)
            is_asked = conversation.step == Step.CHOOSING and draft is not None and draft.ended is not None
            if conversation.step not in _ON_THE_TABLE and not is_asked:
                return False
            if draft is None or not _send(session, conversation, draft, now):
                # No draft card stands here; out of the way of those that are due.
                _go_on_with(conversation, replace(draft, ended=None) if draft is not None else None)
                return False
            _go_on_with(conversation, draft.earlier)
            return True

        for stands in _GOES_BY_ITSELF:
            of_town = Conversation.municipality_id == town_id
            found = select(Conversation.resident_id).where(of_town, stands, Conversation.touched_at <= limit)
            count += each(database, found.order_by(Conversation.touched_at), send)
    return count


def _sends_drafts(settings: Mapping[str, Any]) -> bool:
    return bool(settings.get("sends_unfinished_drafts", True))


def _send(session: Session, conversation: Conversation, draft: Draft, now: datetime) -> bool:
    """The draft becomes a ticket; False: nobody would know what it is, or where."""
    person = session.get_one(Resident, conversation.resident_id)
    ready = _as_is_known(session, person, draft)
    if not ready.is_recognised:
        return False
    town = session.get_one(Municipality, conversation.municipality_id)
    intake.report_problem(session, town, person, ready, now, is_unsent=True)
    return True


def _as_is_known(session: Session, person: Resident, draft: Draft) -> Draft:
    """With what the ended ticket says that the draft is asked about, where its own words leave it open."""
    ticket = session.get(Ticket, draft.ended) if draft.ended is not None else None
    if ticket is None:
        return draft
    report = cards.own_report(session, ticket, person)
    before = intake.draft_again(session, ticket, report).place if report is not None else None
    if before is None or (before.latitude is None and not before.words):
        before = Place(is_unknown=True)
    elif report is not None:
        before = replace(before, ground=report.ground_owner or "")
    return replace(draft, category=draft.category or ticket.category.code, place=draft.place or before)


def _go_on_with(conversation: Conversation, draft: Draft | None) -> None:
    conversation.step = dialogue.step_of(draft) if draft is not None else Step.IDLE
    conversation.draft, conversation.offers, conversation.about_id = drafts.to_json(draft), None, None


def erase_old_drafts(database: Database, now: datetime) -> int:
    """Unfinished reports are erased after seven days, with their pictures and our copies of their words.

    What had to wait behind one, and says what and where, goes to the desk instead.
    """
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
        sends = _sends_drafts(session.get_one(Municipality, conversation.municipality_id).settings)
        left = [one for one in draft.chain() if not (sends and _send(session, conversation, one, now))]
        for one in left:
            erasure.erase_draft(session, conversation.municipality_id, one)
        conversation.step = Step.IDLE
        conversation.draft, conversation.offers, conversation.about_id = None, None, None
        return any(not replace(one, earlier=None).is_blank for one in left)

    erased = each(database, found.order_by(Conversation.touched_at), erase)
    metrics.drafts_erased.inc(erased)
    return erased
