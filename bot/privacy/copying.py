"""One person's own data, as they may take it along: words, places, pictures, and what the town said to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Media, Message, Municipality, Report, Resident, Ticket

#: Of an officer's words only those that were meant for the resident.
_SAID_TO_THEM = ("reply", "question", "resolution", "rejection")
_ENDINGS = {"image": ".jpg", "audio": ".m4a", "video": ".mp4", "file": ""}


@dataclass(frozen=True, slots=True)
class File:
    """One stored picture, recording or file: its name in the copy, and where it lies."""

    name: str
    stored_as: str
    rendition: str


@dataclass
class Copy:
    """Everything of one person: `said` is plain JSON, times ISO 8601 in UTC."""

    said: dict[str, Any]
    files: list[File] = field(default_factory=list)


def copy_of(session: Session, person: Resident) -> Copy:
    """What this town holds of a person. Nothing of other reporters, no officer's name, no internal note."""
    town = session.get_one(Municipality, person.municipality_id)
    copy = Copy(
        {
            "municipality": town.name_th,
            "account": {
                "display_name": person.display_name,
                "language": person.language,
                "first_seen_at": _iso(person.first_seen_at),
                "notice_version": person.notice_version,
                "notice_shown_at": _iso(person.notice_shown_at),
                "notice_acknowledged_at": _iso(person.notice_acknowledged_at),
            },
            "reports": [],
        }
    )
    reports = session.scalars(select(Report).where(Report.resident_id == person.id).order_by(Report.id))
    for report in reports:
        copy.said["reports"].append(_report(session, report, person, copy.files))
    return copy


def _report(session: Session, report: Report, person: Resident, files: list[File]) -> dict[str, Any]:
    ticket = session.get_one(Ticket, report.ticket_id)
    own = (Message.resident_id == person.id) & Message.officer_id.is_(None)
    words = session.scalars(
        select(Message)
        .where(Message.ticket_id == ticket.id, Message.text.is_not(None), own | Message.kind.in_(_SAID_TO_THEM))
        .order_by(Message.id)
    )
    media = session.scalars(
        select(Media)
        .where(
            Media.resident_id == person.id,
            (Media.report_id == report.id) | (Media.ticket_id == ticket.id),
            Media.state == "stored",
        )
        .order_by(Media.id)
    )
    return {
        "number": ticket.number,
        "category": ticket.category.code,
        "status": ticket.status,
        "stars": ticket.stars,
        "reported_at": _iso(report.created_at),
        "withdrawn_at": _iso(report.withdrawn_at),
        "place": {"latitude": report.latitude, "longitude": report.longitude, "words": report.place_words},
        "messages": [
            {
                "at": _iso(message.said_at),
                "from": "town" if message.kind in _SAID_TO_THEM else "me",
                "kind": message.kind,
                "text": message.text,
            }
            for message in words
        ],
        "files": [_file(item, files) for item in media],
    }


def _file(media: Media, files: list[File]) -> str:
    name = f"files/{media.id}{_ENDINGS[media.kind]}"
    if media.stored_as is not None and all(file.name != name for file in files):
        files.append(File(name, media.stored_as, "full" if media.kind == "image" else "file"))
    return name


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None
