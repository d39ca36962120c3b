"""One person's own data, as they may take it along: words, places, pictures, and what the town said to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import joined
from bot.privacy.owning import own_media
from models import Media, Message, Municipality, Report, Resident, Ticket

#: Of an officer's words only those that were meant for the resident.
_SAID_TO_THEM = ("reply", "question", "resolution", "rejection")
_ENDINGS = {"image": ".jpg", "audio": ".m4a", "video": ".mp4", "file": ""}
_One = TypeVar("_One", Message, Media)


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
    words, media = _Left(_own_words(session, person)), _Left(_own_media(session, person))
    told: set[Message] = set()
    for report in session.scalars(select(Report).where(Report.resident_id == person.id).order_by(Report.id)):
        copy.said["reports"].append(_report(session, report, words, media, told, copy.files))
    # What was said on a ticket where no report of theirs stands any more.
    copy.said["other_messages"] = [_said(one) for one in words.rest() if one not in told]
    copy.said["other_files"] = [_file(one, copy.files) for one in media.rest()]
    return copy


class _Left(Generic[_One]):
    """What the person said or sent, by report or else by ticket: each is taken once, by the first it belongs to."""

    def __init__(self, found: Iterable[_One]) -> None:
        self._of: dict[tuple[str, int | None], list[_One]] = {}
        for one in found:
            key = ("report", one.report_id) if one.report_id is not None else ("ticket", one.ticket_id)
            self._of.setdefault(key, []).append(one)

    def take(self, report: Report, tickets: Iterable[Ticket]) -> list[_One]:
        """What is the report's own, and what was said on these tickets beside any report; oldest first."""
        keys = [("report", report.id), *(("ticket", ticket.id) for ticket in tickets)]
        return sorted((one for key in keys for one in self._of.pop(key, ())), key=lambda one: one.id)

    def rest(self) -> list[_One]:
        """What no report has taken, oldest first."""
        return sorted((one for found in self._of.values() for one in found), key=lambda one: one.id)


def _report(
    session: Session, report: Report, own: _Left[Message], sent: _Left[Media], told: set[Message], files: list[File]
) -> dict[str, Any]:
    ticket = session.get_one(Ticket, report.ticket_id)
    here = joined.tree(session, ticket)
    news = [one for one in _told(session, report) if one not in told]
    told.update(news)
    words = {*own.take(report, here), *news}
    media = sent.take(report, here)
    return {
        "number": ticket.number,
        "category": ticket.category.code,
        "status": ticket.status,
        "stars": ticket.stars,
        "reported_at": _iso(report.created_at),
        "withdrawn_at": _iso(report.withdrawn_at),
        "place": {"latitude": report.latitude, "longitude": report.longitude, "words": report.place_words},
        "messages": [_said(message) for message in sorted(words, key=lambda one: one.id)],
        "files": [_file(item, files) for item in media],
    }


def _own_words(session: Session, person: Resident) -> Iterable[Message]:
    own = (Message.resident_id == person.id, Message.officer_id.is_(None), Message.text.is_not(None))
    here = Message.municipality_id == person.municipality_id  # a town that it was handed to has copies
    return session.scalars(select(Message).where(*own, here))


def _own_media(session: Session, person: Resident) -> Iterable[Media]:
    here = (Media.municipality_id == person.municipality_id, Media.state == "stored")
    return session.scalars(own_media(session, person).where(*here))


def _told(session: Session, report: Report) -> list[Message]:
    """What the town said while this report stood there; what it said to others before or after is theirs."""
    found: list[Message] = []
    for ticket, since, until in joined.stays(session, report):
        wanted = select(Message).where(
            Message.ticket_id == ticket.id,
            Message.kind.in_(_SAID_TO_THEM),
            Message.text.is_not(None),
            Message.said_at >= since,
        )
        found += session.scalars(wanted if until is None else wanted.where(Message.said_at <= until))
    return found


def _said(message: Message) -> dict[str, Any]:
    return {
        "at": _iso(message.said_at),
        "from": "town" if message.kind in _SAID_TO_THEM else "me",
        "kind": message.kind,
        "text": message.text,
    }


def _file(media: Media, files: list[File]) -> str:
    name = f"files/{media.id}{_ENDINGS[media.kind]}"
    if media.stored_as is not None and all(file.name != name for file in files):
        files.append(File(name, media.stored_as, "full" if media.kind == "image" else "file"))
    return name


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None
