"""The town's own answers: which of them answers what somebody asks, if any does for sure."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.understanding.answering import Questions
from models import Answer, Municipality

#: Towns whose questions are kept ready; to read them takes some hundredths of a second.
_TOWNS = 16


def find(session: Session, town: Municipality, asked: str, now: datetime) -> Answer | None:
    """The answer to this question; None where none fits for sure, or the one that fits is valid no more."""
    known = session.scalars(select(Answer).where(Answer.municipality_id == town.id).order_by(Answer.position)).all()
    forms = tuple((answer.code, tuple(answer.forms)) for answer in known)
    found = _questions(forms).nearest(asked) if forms else None
    if found is None or not found.is_sure:
        return None
    answer = next(answer for answer in known if answer.code == found.code)
    today = now.astimezone(ZoneInfo(town.timezone)).date()
    return answer if answer.valid_until is None or today <= answer.valid_until else None


@lru_cache(maxsize=_TOWNS)
def _questions(forms: tuple[tuple[str, tuple[str, ...]], ...]) -> Questions:
    return Questions(dict(forms))
