"""Wishes and the engine that performs them: what the tests of effects stand on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot import clock
from bot.effects import Effects
from models import Effect, Media
from tests.integration.engine_bed import Bed


def wish(bed: Bed, kind: str, **payload: Any) -> int:
    now = clock.real_now() + timedelta(days=30)  # by a town's clock that is far ahead
    with bed.database.transaction() as session:
        effect = Effect(
            municipality_id=bed.town_id,
            key=f"{kind}:{payload}",
            kind=kind,
            payload=payload,
            created_at=now,
            next_at=now,
        )
        session.add(effect)
    return effect.id


def comes_due(bed: Bed, number: int, **columns: Any) -> None:
    with bed.database.transaction() as session:
        effect = session.get_one(Effect, number)
        for name, value in {"next_at": clock.real_now(), "claimed_until": None, **columns}.items():
            setattr(effect, name, value)


def noting_effects(bed: Bed, notes: list[str]) -> Effects:
    """The engine's effects; what becomes of media is noted."""

    def note(session: Session, media: Media, at: datetime) -> None:
        notes.append(f"{media.state} {media.problem or ''}".strip())

    return Effects(bed.database, bed.parts.channels, bed.parts.folder, "tester", note)
