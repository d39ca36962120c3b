"""Fetching what somebody sent: photos are cleaned, recordings and files kept as they are, and nothing left behind.

What another town of this installation stored already, because the report was handed over, is copied from there.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock
from bot.channels import Channels
from bot.database import Database
from bot.effects.acts import Act, Ending, Gone, Refused
from bot.errors import ContentGone, ContentTooLarge, DeliveryProblem
from bot.line.client import LineClient
from bot.photos import Cleaned, Folder, PhotoRefused, clean
from bot.photos.folder import new_name
from bot.photos.recordings import drawn_preview, without_place
from bot.privacy import erasing
from models import Conversation, Effect, Media
from models.effect import FETCH_MEDIA, WANTED

#: A photo as LINE hands it over; larger ones than telephones make are refused.
PHOTO_BYTES = 20 * 1024 * 1024
FILE_BYTES = 50 * 1024 * 1024
_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]{1,50}")

#: Takes (session, media, the town's time) once a medium is stored, gone or refused.
MediaHook = Callable[[Session, Media, datetime], object]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a fetch needs once its transaction is over. `stored_as` was committed first: no file is without a row."""

    id: int
    sender: int
    said: str
    kind: str
    stored_as: str

    @property
    def is_photo(self) -> bool:
        return self.kind == "image"


@dataclass(frozen=True, slots=True)
class _Kept:
    """The same medium as another town of this installation has it."""

    stored_as: str
    values: dict[str, Any]


#: What is known of a stored medium, the same in every town.
_KNOWN = ("mime", "sha256", "likeness", "width", "height", "byte_count")


def fetch_media(session: Session, effect: Effect, channels: Channels, folder: Folder, settled: MediaHook) -> Act:
    """Fetch one medium, from LINE or from the town that it was sent to, and store it."""
    media = session.get(Media, effect.payload["media_id"])
    if media is None or media.state != "wanted":
        return Ending
    media.stored_as = media.stored_as or new_name()
    wanted = _Wanted(media.id, media.resident_id, media.said, media.kind, media.stored_as)
    client = channels.client(effect.municipality_id)
    kept = _kept_elsewhere(session, media)

    def act() -> Ending:
        if kept is not None:
            with contextlib.suppress(FileNotFoundError):  # erased there meanwhile: then LINE is asked
                folder.copy(kept.stored_as, wanted.stored_as)
                return Ending(write=_stored(wanted, folder, settled, kept.values))
        try:
            content = client.content(wanted.said, PHOTO_BYTES if wanted.is_photo else FILE_BYTES)
            photo = clean(content.data) if wanted.is_photo else None
        except ContentGone:
            return Gone("gone", _ends(wanted, folder, settled, "gone"))
        except ContentTooLarge:
            return Refused("too large", _ends(wanted, folder, settled, "refused", "too_large"))
        except PhotoRefused as problem:
            return Refused(problem.reason, _ends(wanted, folder, settled, "refused", problem.reason))
        if photo is not None:
            folder.write(wanted.stored_as, "full", photo.full)
            folder.write(wanted.stored_as, "card", photo.card)
            return Ending(write=_stored(wanted, folder, settled, _of_photo(photo)))
        data = content.data if wanted.kind == "file" else without_place(content.data)
        folder.write(wanted.stored_as, "file", data)
        if wanted.kind == "video":
            folder.write(wanted.stored_as, "card", _preview(client, wanted))
        return Ending(write=_stored(wanted, folder, settled, _of_file(data, content.content_type)))

    return act


def give_up_media(session: Session, effect: Effect, folder: Folder, settled: MediaHook) -> Ending:
    """Whatever kept it from being fetched, no further attempt is made: who waits for it is told."""
    media = session.get(Media, effect.payload["media_id"])
    if media is None or media.stored_as is None:
        return Refused("not available")
    wanted = _Wanted(media.id, media.resident_id, media.said, media.kind, media.stored_as)
    return Refused("not available", _ends(wanted, folder, settled, "refused", "not_available")).settle(session)


def _kept_elsewhere(session: Session, media: Media) -> _Kept | None:
    same = select(Media).where(
        Media.resident_id == media.resident_id,
        Media.said == media.said,
        Media.municipality_id != media.municipality_id,
        Media.state == "stored",
        Media.stored_as.is_not(None),
    )
    found = session.scalars(same.limit(1)).first()
    if found is None or found.stored_as is None:
        return None
    return _Kept(found.stored_as, {name: getattr(found, name) for name in _KNOWN})


def _preview(client: LineClient, wanted: _Wanted) -> bytes:
    """The picture that stands for a video until it is played; a drawn one where LINE gives none."""
    try:
        return clean(client.content(wanted.said, PHOTO_BYTES, preview=True).data).card
    except (ContentGone, ContentTooLarge, PhotoRefused, DeliveryProblem):
        return drawn_preview()


def _of_photo(photo: Cleaned) -> dict[str, Any]:
    size = {"width": photo.width, "height": photo.height, "byte_count": len(photo.full)}
    return {"mime": "image/jpeg", "sha256": photo.sha256, "likeness": photo.likeness, **size}


def _of_file(data: bytes, mime: str) -> dict[str, Any]:
    said = mime.partition(";")[0].strip().lower()
    mime = said if _MIME.fullmatch(said) else "application/octet-stream"
    return {"mime": mime, "sha256": hashlib.sha256(data).hexdigest(), "byte_count": len(data)}


def _stored(
    wanted: _Wanted, folder: Folder, settled: MediaHook, known: Mapping[str, Any]
) -> Callable[[Session], Ending | None]:
    def write(session: Session) -> Ending | None:
        media = _still_wanted(session, wanted, folder)
        if media is None:
            return Gone("unsent meanwhile")
        media.state, media.stored_at = "stored", clock.real_now()
        for name, value in known.items():
            setattr(media, name, value)
        settled(session, media, clock.now())
        return None

    return write


def _ends(
    wanted: _Wanted, folder: Folder, settled: MediaHook, state: str, problem: str | None = None
) -> Callable[[Session], Ending | None]:
    def write(session: Session) -> Ending | None:
        media = _still_wanted(session, wanted, folder)
        if media is None:
            return Gone("unsent meanwhile")
        folder.erase(wanted.stored_as)  # an attempt before may have written half of it
        media.state, media.problem, media.stored_as = state, problem, None
        settled(session, media, clock.now())
        return None

    return write


def _still_wanted(session: Session, wanted: _Wanted, folder: Folder) -> Media | None:
    """The medium, locked, unless its author took it back meanwhile: then what was written goes again.

    The sender's dialogue is locked before it, as it is where the sender's next word is answered.
    """
    dialogue = select(Conversation.resident_id).where(Conversation.resident_id == wanted.sender)
    session.execute(dialogue.with_for_update(key_share=True))
    media = session.get(Media, wanted.id, with_for_update=True, populate_existing=True)
    if media is not None and media.state == "wanted":
        return media
    if media is None or media.state == "erased":
        folder.erase(wanted.stored_as)
    return None


def erase_files(database: Database, folder: Folder) -> int:
    """Remove the files of media that were erased (state `erased`), and count them. Repeats itself after a crash.

    A name is kept until its fetch has ended: whoever fetches may write once more.
    """
    is_fetched = select(Effect.id).where(
        Effect.kind == FETCH_MEDIA, Effect.state == WANTED, Effect.payload["media_id"].as_integer() == Media.id
    )
    erased = (Media.state == "erased", Media.stored_as.is_not(None), ~is_fetched.exists())
    with database.reading() as session:
        found = session.execute(select(Media.id, Media.stored_as).where(*erased).limit(100)).all()
    return erasing.one_by_one(found, lambda row: _erase_files(database, folder, row.id, row.stored_as))


def _erase_files(database: Database, folder: Folder, media_id: int, stored_as: str | None) -> bool:
    assert stored_as is not None
    folder.erase(stored_as)
    with database.transaction() as session:
        row = session.get_one(Media, media_id)
        row.stored_as = row.sha256 = row.likeness = None  # by these a picture could still be recognised
    return True
