"""GET /media/<token>: one stored picture or recording, to whoever holds its signed address."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, send_file
from sqlalchemy.orm import Session

from bot.database import Database
from bot.photos import Addresses, Folder, Shown
from bot.photos.recordings import PLAYED
from models import Media, Message

#: As long as LINE's servers and a telephone may keep it; the address itself lives thirty days.
CACHE_SECONDS = 24 * 3600


def media(database: Database, addresses: Addresses, folder: Folder) -> Blueprint:
    """Stored media by signed address; 404 for whatever is wrong with it, so that nothing can be learnt by trying."""
    blueprint = Blueprint("media", __name__)

    @blueprint.get("/media/<token>")
    def show(token: str) -> Response:
        shown = addresses.read(token)
        found = _stored(database, folder, shown) if shown is not None else None
        if found is None:
            abort(404)
        path, mime = found
        is_picture = mime == "image/jpeg"
        is_played = shown is not None and shown.audience == "reporter"  # LINE takes it by its kind
        answer = send_file(
            path,
            mimetype=mime if is_picture or is_played else "application/octet-stream",
            as_attachment=not (is_picture or is_played),
            download_name="photo.jpg" if is_picture else f"recording{_ending(mime)}",
            conditional=True,
            etag=True,
            last_modified=None,
        )
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = f"private, max-age={CACHE_SECONDS}"
        answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return blueprint


def _stored(database: Database, folder: Folder, shown: Shown) -> tuple[Path, str] | None:
    """The file behind an address, and its format; files are for officers alone, a reporter gets what LINE plays."""
    with database.reading() as session:
        row = session.get(Media, shown.media_id)
        if row is None or row.state != "stored" or row.stored_as is None:
            return None
        is_photo = row.kind == "image"
        is_still = is_photo or (row.kind == "video" and shown.rendition == "card")
        if (shown.rendition == "file") == is_still:
            return None
        if not is_still and shown.audience != "officer" and not _is_for_reporters(session, row):
            return None
        try:
            path = folder.path(row.stored_as, shown.rendition)
        except ValueError:
            return None
        return (path, "image/jpeg" if is_still else row.mime or "") if path.is_file() else None


def _is_for_reporters(session: Session, row: Media) -> bool:
    """Whether an officer sent it to a ticket's reporters, as LINE plays it."""
    message = session.get(Message, row.message_id) if row.message_id is not None else None
    is_sent = message is not None and message.officer_id is not None and message.kind == "reply"
    return is_sent and row.mime in PLAYED.get(row.kind, ())


def _ending(mime: str) -> str:
    return {"audio/mp4": ".m4a", "audio/x-m4a": ".m4a", "audio/mpeg": ".mp3", "video/mp4": ".mp4"}.get(mime, "")
