"""Pictures and recordings that stand on nothing go: dropped by a dialogue, and in no draft or unfinished act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot import drafts, officer_tasks
from bot.database import Database
from bot.privacy import erasing
from bot.privacy.terms import terms_of
from models import Conversation, Media, Municipality

#: Of a town in one round; the next takes the rest.
MOST = 500


def erase_stray_media(database: Database, now: datetime) -> int:
    """Erase what was received longer ago than raw events are kept, and belongs to no report and no ticket; how many."""
    with database.reading() as session:
        towns = [(town.id, terms_of(town).raw_before(now)) for town in session.scalars(select(Municipality))]
        found = [row for town_id, before in towns for row in session.execute(_stray(town_id, before).limit(MOST))]
    return erasing.one_by_one(found, lambda row: _erase(database, row.id, row.resident_id))


def _stray(town_id: int, before: datetime) -> Select[int, int]:
    return (
        select(Media.id, Media.resident_id)
        .where(
            Media.municipality_id == town_id,
            Media.report_id.is_(None),
            Media.ticket_id.is_(None),
            Media.state == "stored",
            Media.received_at < before,
        )
        .order_by(Media.id)
    )


def _erase(database: Database, media_id: int, author_id: int) -> bool:
    with database.transaction() as session:
        if media_id in _held(session, author_id):
            return False
        one = session.get_one(Media, media_id, with_for_update=True)
        if one.report_id is not None or one.ticket_id is not None or one.state != "stored":
            return False  # it found its place meanwhile
        erasing.erase_media(session, [one])
        return True


def _held(session: Session, author_id: int) -> set[int]:
    """What this person's dialogue may still need; whoever writes meanwhile waits for it."""
    conversation = session.get(Conversation, author_id, with_for_update={"key_share": True})
    if conversation is None:
        return set()
    draft = drafts.from_json(conversation.draft)
    held = {media_id for one in draft.chain() for media_id in one.media} if draft is not None else set()
    begun = officer_tasks.read(conversation)
    tasks = [*officer_tasks.checking(conversation), *([begun] if begun is not None else [])]
    return held | {media_id for task in tasks for media_id in task.photos}
