"""Who is speaking: residents are met on their first word, and remembered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.outbox import show_menu as show_menu, wish as wish
from models import Municipality, Officer, Resident
from models.effect import FETCH_PROFILE

#: The rich menus, by who somebody is; deployed by `flask menus deploy`.
RESIDENT_MENU = {"th": "resident-th", "en": "resident-en"}

#: Built once: both are asked for every event.
_PERSON = select(Resident).where(
    Resident.municipality_id == bindparam("town"), Resident.line_user_id == bindparam("line_user")
)
_OFFICER = select(Officer).where(Officer.resident_id == bindparam("person"), Officer.revoked_at.is_(None))


def meet(session: Session, town: Municipality, line_user_id: str, now: datetime) -> Resident:
    """The resident with this LINE account, created on the first word; two events at once create one."""
    found = _find(session, town, line_user_id)
    if found is not None:
        return found
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Resident)
        .values(municipality_id=town.id, line_user_id=line_user_id, first_seen_at=now)
        .on_conflict_do_nothing()
    )
    person = _find(session, town, line_user_id)
    assert person is not None
    # The language of the LINE profile decides until the resident chooses.
    wish(session, person, FETCH_PROFILE, f"profile:{person.id}", now)
    return person


def _find(session: Session, town: Municipality, line_user_id: str) -> Resident | None:
    return session.scalars(_PERSON, {"town": town.id, "line_user": line_user_id}).one_or_none()


def officer_of(session: Session, person: Resident) -> Officer | None:
    """The officer this person is, while the town has not revoked it."""
    return session.scalars(_OFFICER, {"person": person.id}).one_or_none()
