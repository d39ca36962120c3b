"""How a person becomes an officer: an administrator's code, typed once into the same LINE account.

A code is `TEAM-` and ten base32 characters in two groups. It lives 72 hours, works once, and only its hash is
kept. Whoever types wrong codes may do so five times a day; many wrong tries in a town raise an alarm, but lock
nobody out, or anybody could lock out the town.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from bot.officer_casework import let_go, trail
from models import Department, Invitation, InvitationTry, Municipality, Officer, OutboxMessage, Resident, Ticket
from models.officer import Role

LIVES = timedelta(hours=72)
WRONG_PER_DAY = 5
#: So many wrong tries in one town on one day are no slips of the finger.
ALARM_AT = 20
#: What is kept of a code that was shown.
HIDDEN = "TEAM-•••••-•••••"

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SHAPE = re.compile(r"TEAM\s*-\s*([A-Z2-7]{5})\s*-?\s*([A-Z2-7]{5})")
#: What people type for a hyphen, and digits that base32 leaves out because they look like letters.
_MISREAD = str.maketrans({**dict.fromkeys("‐‑‒–—―−ー_", "-"), "0": "O", "1": "I", "8": "B"})
#: Slow on purpose: ten base32 characters are 50 bits, too few for a fast hash should the database be stolen.
_ROUNDS = 100_000

_log = logging.getLogger(__name__)


class Refusal(StrEnum):
    """Why a code made nobody an officer; each is the end of a wording key, `team.<value>`."""

    WRONG = "wrong"
    EXPIRED = "expired"
    USED = "used"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Joined:
    """This person now works for the town; `is_new` when that was not so a moment ago."""

    officer: Officer
    department: Department
    is_new: bool


def code_in(text: str) -> str | None:
    """The code that this text is, as it was printed, or None when it has another shape.

    Small letters, blanks, other dashes and full-width characters are forgiven.
    """
    typed = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD).strip()
    found = _SHAPE.fullmatch(typed)
    return f"TEAM-{found[1]}-{found[2]}" if found else None


def invite(session: Session, department: Department, role: Role, at: datetime, *, who: Officer | None = None) -> str:
    """Make a code that lets one person join `department` as `role`; it is never to be seen again."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    code = f"TEAM-{letters[:5]}-{letters[5:]}"
    session.add(
        Invitation(
            municipality_id=department.municipality_id,
            code_hash=_hash(department.municipality_id, code),
            department_id=department.id,
            role=role,
            created_at=at,
            expires_at=at + LIVES,
            made_by_id=who.id if who else None,
        )
    )
    session.flush()
    detail = {"department": department.code, "role": role.value}
    trail.record(session, department.municipality_id, "invited", who, at, detail=detail)
    return code


def redeem(session: Session, resident: Resident, code: str, at: datetime) -> Joined | Refusal:
    """Let this person join with a code that `code_in` found in a chat of their own.

    Joining again adds the department and never lowers the role; somebody who was revoked begins anew.
    """
    tries = _tries_today(session, resident, at)
    if tries is not None and tries.wrong >= WRONG_PER_DAY:
        return Refusal.TOO_MANY
    invitation = _find(session, resident.municipality_id, code)
    if invitation is None or invitation.voided_at is not None or not _may_its_maker_invite(session, invitation):
        _count_wrong(session, resident, tries, at)
        return Refusal.WRONG
    if invitation.used_at is not None:
        return Refusal.USED
    if invitation.expires_at <= at:
        return Refusal.EXPIRED
    if not _take(session, invitation, resident, at):
        return Refusal.USED
    return _join(session, resident, invitation, at)


def void(session: Session, municipality_id: int, code: str, at: datetime) -> bool:
    """Make a code useless that was said where others could read it; whether it would still have worked."""
    invitation = _find(session, municipality_id, code)
    if invitation is None or invitation.used_at or invitation.voided_at or invitation.expires_at <= at:
        return False
    invitation.voided_at = at
    session.flush()
    return True


def hide(message: OutboxMessage, *, keep_content: bool = False) -> None:
    """Make the code that a message of ours showed unreadable in what is stored of it.

    `keep_content`: what it says may still be pushed, and only the JSON of the attempt goes.
    """
    message.body = _hidden(message.body)
    if not keep_content:
        message.content = _hidden(message.content)


def _hidden(parts: list[Any] | None) -> list[Any] | None:
    """A code stands in a message object of its own, as its whole text; everything else stays the same object."""
    if not any(_is_a_code(part) for part in parts or ()):
        return parts
    return [{**part, "text": HIDDEN} if _is_a_code(part) else part for part in parts or ()]


def _is_a_code(part: Any) -> bool:
    text = part.get("text") if isinstance(part, dict) else None
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None


def _hash(municipality_id: int, code: str) -> str:
    salt = f"invitation {municipality_id}".encode()
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, _ROUNDS).hex()


def _find(session: Session, municipality_id: int, code: str) -> Invitation | None:
    wanted = select(Invitation).where(
        Invitation.municipality_id == municipality_id, Invitation.code_hash == _hash(municipality_id, code)
    )
    return session.scalars(wanted).one_or_none()


def _may_its_maker_invite(session: Session, invitation: Invitation) -> bool:
    """Whether it is still an administrator's code; asked again here, as one may be made while its maker is revoked."""
    maker = session.get(Officer, invitation.made_by_id) if invitation.made_by_id is not None else None
    return maker is None or (maker.is_active and maker.role == Role.ADMIN)


def _take(session: Session, invitation: Invitation, resident: Resident, at: datetime) -> bool:
    """Use the code up, unless somebody else did in this very moment: the database decides."""
    taken = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None), Invitation.voided_at.is_(None))
        .values(used_at=at, used_by_id=resident.id)
    )
    assert isinstance(taken, CursorResult)
    return taken.rowcount == 1


def _join(session: Session, resident: Resident, invitation: Invitation, at: datetime) -> Joined:
    department = session.get_one(Department, invitation.department_id)
    role = Role(invitation.role)
    officer = session.scalars(
        select(Officer).where(Officer.municipality_id == resident.municipality_id, Officer.resident_id == resident.id)
    ).one_or_none()
    is_new = officer is None or not officer.is_active
    if officer is None:
        officer = Officer(
            municipality_id=resident.municipality_id,
            resident=resident,
            name=resident.display_name or department.name_th,
            role=role,
            created_at=at,
            departments=[department],
        )
        session.add(officer)
    elif officer.revoked_at is not None:
        officer.revoked_at = None
        officer.is_named_for_conduct = False
        officer.on_duty_since = None
        officer.role = role
        officer.departments = [department]
    else:
        officer.role = max(Role(officer.role), role, key=list(Role).index)
        if department not in officer.departments:
            officer.departments.append(department)
    session.flush()
    detail = {"department": department.code, "role": role.value}
    trail.record(session, officer.municipality_id, "joined", officer, at, subject=officer, detail=detail)
    if is_new:  # who comes back to another department has nothing of the old one in hand
        let_go(session, officer.municipality_id, Ticket.assignee_id == officer.id, at)
    return Joined(officer, department, is_new)


def _today(session: Session, municipality_id: int, at: datetime) -> date:
    town = session.get_one(Municipality, municipality_id)
    return at.astimezone(ZoneInfo(town.timezone)).date()


def _tries_today(session: Session, resident: Resident, at: datetime) -> InvitationTry | None:
    day = _today(session, resident.municipality_id, at)
    wanted = select(InvitationTry).where(InvitationTry.resident_id == resident.id, InvitationTry.day == day)
    return session.scalars(wanted).one_or_none()


def _count_wrong(session: Session, resident: Resident, tries: InvitationTry | None, at: datetime) -> None:
    """One person's events run one at a time, so that counting needs no lock."""
    town_id, day = resident.municipality_id, _today(session, resident.municipality_id, at)
    if tries is None:
        tries = InvitationTry(municipality_id=town_id, resident_id=resident.id, day=day, wrong=0)
        session.add(tries)
    tries.wrong += 1
    session.flush()
    total = session.scalar(
        select(func.sum(InvitationTry.wrong)).where(InvitationTry.municipality_id == town_id, InvitationTry.day == day)
    )
    if total is not None and total >= ALARM_AT:
        _log.warning("somebody may be guessing invitation codes: %d wrong today in municipality %d", total, town_id)
