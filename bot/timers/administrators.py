"""What the administrators of a town must hear without asking."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cards, outbox
from bot.replies import Say
from models import Municipality, Officer
from models.officer import Role


def tell(session: Session, town: Municipality, key: str, **values: int | str) -> None:
    """Push the sentence `key` to every administrator of the town who can be reached, in their language."""
    administrators = select(Officer).where(
        Officer.municipality_id == town.id, Officer.role == Role.ADMIN, Officer.revoked_at.is_(None)
    )
    for officer in session.scalars(administrators.order_by(Officer.id)).unique():
        if officer.resident.blocked_at is None:
            said = Say(cards.wording_for(officer.resident, town)(key, **values))
            # Urgent, so that what is kept for the urgent carries it where officers' share is used up.
            outbox.push(session, officer.resident, [said], urgency="urgent", is_for_officer=True)
