"""Who is speaking: residents are met on their first word, and remembered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models import Effect, Municipality, Officer, Resident
from models.effect import FETCH_PROFILE, LINK_MENU

#: The rich menus, by who somebody is; deployed by `flask menus deploy`.
RESIDENT_MENU = {"th": "resident-th", "en": "resident-en"}


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
    return session.scalars(
        select(Resident).where(Resident.municipality_id == town.id, Resident.line_user_id == line_user_id)
    ).one_or_none()


def officer_of(session: Session, person: Resident) -> Officer | None:
    """The officer this person is, while the town has not revoked it."""
    return session.scalars(
        select(Officer).where(Officer.resident_id == person.id, Officer.revoked_at.is_(None))
    ).one_or_none()


def wish(session: Session, person: Resident, kind: str, key: str, now: datetime, **payload: int | str | None) -> None:
    """Wish an act at LINE, once per key."""
    known = session.scalars(
        select(Effect.id).where(Effect.municipality_id == person.municipality_id, Effect.key == key)
    ).one_or_none()
    if known is None:
        session.add(
            Effect(
                municipality_id=person.municipality_id,
                key=key,
                kind=kind,
                payload={"resident_id": person.id, **payload},
                resident_id=person.id,
                created_at=now,
                next_at=now,
            )
        )
        session.flush()


def show_menu(session: Session, person: Resident, menu: str | None, event_id: int, now: datetime) -> None:
    """Wish that this person sees this rich menu; None shows the account's default."""
    person.menu = menu
    wish(session, person, LINK_MENU, f"menu:{person.id}:{event_id}", now)
