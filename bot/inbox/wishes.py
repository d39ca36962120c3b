"""Whether a transaction wished an effect, so that its committer can say so to the workers at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from models import Effect

_WISHED = "effects_wished"


@event.listens_for(Effect, "after_insert")
def _note(_mapper: Any, _connection: Any, wish: Effect) -> None:
    session = object_session(wish)
    if session is not None:
        session.info[_WISHED] = True


def has_wishes(session: Session) -> bool:
    """Whether an effect was added in this session."""
    return bool(session.info.get(_WISHED))
