"""Photos arrive: LINE hands over the pictures that finished work waits for, as the workers would fetch them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import clock, officer_casework, officer_tasks
from models import Conversation, Media, OutboxMessage
from models.outbox import QUEUED

if TYPE_CHECKING:
    from tests.talking import Rangsit

#: How two pictures look that nobody takes for one another.
HOLE, ROAD = "0f0f33cc55aa6699", "f0f0cc33aa559966"


def awaited(session: Session) -> list[Media]:
    """The photos that work reported as done still waits for, oldest first."""
    waiting = session.scalars(select(Conversation).where(Conversation.checking.is_not(None)))
    ids = {number for one in waiting for task in officer_tasks.checking(one) for number in task.photos}
    wanted = select(Media).where(Media.id.in_(ids), Media.state == "wanted")
    return list(session.scalars(wanted.order_by(Media.id)))


def arrives(session: Session, photo: Media, now: datetime, *, state: str = "stored", likeness: str = "") -> None:
    """One photo is settled; unless `likeness` says how it looks, it looks like no other."""
    photo.state = state
    if state == "stored":
        photo.sha256 = hashlib.sha256(f"{photo.id}".encode()).hexdigest()
        photo.likeness, photo.mime = likeness or photo.sha256[:16], "image/jpeg"
    is_untried = (OutboxMessage.state == QUEUED, OutboxMessage.attempts == 0)
    held = (*is_untried, OutboxMessage.next_at > OutboxMessage.created_at)
    # However slow this machine is, the answer that waits for its pictures is still waiting.
    session.execute(update(OutboxMessage).where(*held).values(next_at=clock.real_now() + timedelta(hours=1)))
    officer_casework.media_came(session, photo, now)
    session.flush()


def photos_arrive(session: Session, now: datetime) -> None:
    """Every awaited photo is stored, and is a new one."""
    for photo in awaited(session):
        arrives(session, photo, now)


def settles(town: Rangsit, state: str = "stored", likeness: str = "", newest: int = 1) -> None:
    """The newest picture (or the one before) is fetched and looks like this, or never will be."""
    with town.database.transaction() as session:
        photo = session.get_one(Media, town.every(Media)[-newest].id)
        arrives(session, photo, town.now, state=state, likeness=likeness)
    town.delivers()
