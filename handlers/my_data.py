"""GET /my-data/<token>: a copy of one person's own data as a ZIP file, to whoever holds its signed address."""

from __future__ import annotations

import json
import tempfile
import zipfile
from contextlib import ExitStack
from typing import IO

from flask import Blueprint, Response, abort, send_file

from bot.database import Database
from bot.photos import Folder
from bot.privacy.copying import Copy, copy_of
from bot.privacy.links import Links
from handlers.turns import Turns
from models import Resident

#: More than this is written to a temporary file of the machine instead of memory, and gone with the answer.
_IN_MEMORY = 4 * 1024 * 1024
#: Pictures and recordings in one copy; who has more asks a person for the rest.
MOST_BYTES = 200 * 1024 * 1024


def my_data(database: Database, links: Links, folder: Folder) -> Blueprint:
    """Copies by signed address; 404 for whatever is wrong with it, so that nothing can be learnt by trying.

    503 while others are packed or on their way: each may fill 200 MB of the machine's temporary folder.
    """
    blueprint, turns = Blueprint("my_data", __name__), Turns()

    @blueprint.get("/my-data/<token>")
    def download(token: str) -> Response:
        resident_id = links.read(token)
        if resident_id is None:
            abort(404)
        with ExitStack() as turn:
            turn.enter_context(turns.one())
            copy = _copy(database, resident_id)
            if copy is None:
                abort(404)
            answer = send_file(
                _packed(copy, folder), mimetype="application/zip", as_attachment=True, download_name="my-data.zip"
            )
            answer.direct_passthrough = False  # or nobody would say that it was closed
            answer.call_on_close(turn.pop_all().close)  # until then its file is there
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return blueprint


def _copy(database: Database, resident_id: int) -> Copy | None:
    with database.reading() as session:
        person = session.get(Resident, resident_id)
        return copy_of(session, person) if person is not None and person.erased_at is None else None


def _packed(copy: Copy, folder: Folder) -> IO[bytes]:
    made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # Flask closes it with the answer
    left = MOST_BYTES
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        left_out = []
        for file in copy.files:
            path = folder.path(file.stored_as, file.rendition)
            if not path.is_file() or path.stat().st_size > left:
                left_out.append(file.name)
                continue
            left -= path.stat().st_size
            pack.write(path, file.name, zipfile.ZIP_STORED)
        said = {**copy.said, "left_out": left_out}
        pack.writestr("my-data.json", json.dumps(said, ensure_ascii=False, indent=1))
    made.seek(0)
    return made
