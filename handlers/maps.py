"""GET /maps/<token>: a map drawn by us, to whoever holds its signed address; a few are drawn at once."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from sqlalchemy import select

from bot import nearby
from bot.database import Database
from bot.photos import Addresses
from handlers.turns import Turns
from models import Municipality

#: The states on it are those of the moment; a telephone may show it for so long without asking again.
CACHE_SECONDS = 600


def maps(database: Database, addresses: Addresses) -> Blueprint:
    """Maps by signed address; 404 for whatever is wrong with it, 503 while others are drawn."""
    blueprint, turns = Blueprint("maps", __name__), Turns()

    @blueprint.get("/maps/<token>")
    def show(token: str) -> Response:
        shown = addresses.read_map(token)
        if shown is None:
            abort(404)
        with turns.one(), database.reading() as session:
            town = session.scalars(select(Municipality).where(Municipality.code == shown.municipality)).one_or_none()
            if town is None:
                abort(404)
            drawn = nearby.picture(session, town, shown.middle, shown.ticket_ids)
        answer = Response(drawn, mimetype="image/png")
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = f"private, max-age={CACHE_SECONDS}"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return blueprint
