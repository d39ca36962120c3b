"""A photo of the finished work must be new: one that was sent before proves nothing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import rights
from models import Media, Officer, Report, Ticket

#: Bits of 64 in which two hashes of the same scene may differ: another size, other compression, a slight crop.
NEAR = 6
#: Hashes with so few (or so many) bits set say nothing (night, a blank wall): then only the same bytes are the same.
_PLAIN = 6
#: Of other tickets, so many of the newest pictures are looked through.
LOOKED_THROUGH = 5_000


def repeats(session: Session, photo: Media, ticket: Ticket) -> Media | None:
    """The earlier picture that this one repeats, of this ticket or another; None for a new one, or one not stored yet.

    "Earlier" is by arrival: whoever sends a picture twice has sent the second one again.
    """
    if photo.kind != "image" or photo.likeness is None:
        return None
    pictures = select(Media).where(
        Media.municipality_id == photo.municipality_id,
        Media.kind == "image",
        Media.state == "stored",
        Media.likeness.is_not(None),
        Media.id < photo.id,
    )
    reports = select(Report.id).where(Report.ticket_id == ticket.id)
    own = session.scalars(pictures.where((Media.ticket_id == ticket.id) | Media.report_id.in_(reports)))
    same = session.scalars(pictures.where(Media.sha256 == photo.sha256).order_by(Media.id.desc()).limit(1))
    others = session.scalars(pictures.order_by(Media.id.desc()).limit(LOOKED_THROUGH))
    for candidates in (own, same, others):
        found = next((one for one in candidates if is_the_same(one, photo)), None)
        if found is not None:
            return found
    return None


def is_the_same(one: Media, other: Media) -> bool:
    """Whether two stored pictures show the same picture."""
    if one.sha256 is not None and one.sha256 == other.sha256:
        return True
    if one.likeness is None or other.likeness is None:
        return False
    first, second = int(one.likeness, 16), int(other.likeness, 16)
    if any(not _PLAIN <= bits.bit_count() <= 64 - _PLAIN for bits in (first, second)):
        return False
    return (first ^ second).bit_count() <= NEAR


def ticket_of(session: Session, media: Media) -> Ticket | None:
    """The ticket that a picture belongs to, through its report where it came with one."""
    if media.ticket_id is not None:
        return session.get(Ticket, media.ticket_id)
    report = session.get(Report, media.report_id) if media.report_id is not None else None
    return session.get(Ticket, report.ticket_id) if report is not None else None


def which(session: Session, officer: Officer, ticket: Ticket, earlier: Media) -> dict[str, str]:
    """Which picture is repeated: `why`, the end of a key of the wording, and the number of the `other` ticket.

    Of a ticket that this officer may not see only that it is another.
    """
    other = ticket_of(session, earlier)
    if other is not None and other.id == ticket.id:
        return {"why": "repeats_before" if earlier.purpose == "before" else "repeats_own"}
    if other is not None and rights.may_work_on(session, officer, other):
        return {"why": "repeats_other", "other": other.number}
    return {"why": "repeats_some"}
