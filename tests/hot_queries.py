"""What a town asks its database all day long, called as the engine calls it, on a town that `masses` filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import event as listening, select
from sqlalchemy.orm import Session

from bot import inbox, lanes, queries, stuck
from bot.database import Database
from bot.effects import _is_due
from bot.inbox import unpack
from bot.known.finding import NEAREST, NEAREST_AND_WORDS, candidates, kind_of
from bot.timers import TIMERS
from bot.worker.sweeping import due_in, due_lanes
from models import Effect, Municipality, Officer, Resident
from tests.integration.engine_bed import body_of, event
from tests.masses import NOW, Masses

_numbers = count(5_000_000)
#: A place in the middle of the town.
HERE = (13.985, 100.62)

Ask = Callable[[], object]


def hot_queries(database: Database, masses: Masses) -> dict[str, Ask]:
    """Each by its name; every call is a whole question in a transaction of its own."""

    def reading(ask: Callable[[Session, Municipality], object]) -> Ask:
        def run() -> None:
            with database.reading() as session:
                ask(session, session.get_one(Municipality, masses.town_id))

        return run

    def officer(session: Session) -> Officer:
        return session.get_one(Officer, masses.officer_id)

    def keep() -> None:
        number = next(_numbers)
        with database.transaction() as session:
            inbox.keep(session, unpack(body_of(event(number, user=f"U{number:032x}")), masses.town_id, NOW).events)

    def drain() -> None:
        number = next(_numbers)
        user, body = f"U{number:032x}", body_of(event(number, user=f"U{number:032x}"))
        with database.transaction() as session:
            inbox.keep(session, unpack(body, masses.town_id, NOW).events)
        inbox.drain(database, f"{masses.town_id}:{user}", lambda _session, _event: None, uuid4().hex[:20])

    def nearby(session: Session, town: Municipality) -> object:
        kind = kind_of(session, town.id, "road")
        assert kind is not None
        asked_with = candidates(town.id, kind, HERE, NOW, masses.resident_id)
        return [session.execute(one, asked_with).all() for one in (NEAREST, NEAREST_AND_WORDS)]

    def own(session: Session, _town: Municipality) -> object:
        return queries.own_tickets(session, session.get_one(Resident, masses.resident_id))

    def sweep() -> None:
        due_lanes(database, NOW)
        due_in(database, f"{masses.town_id}:U{1:032x}", NOW)

    def effects(session: Session, _town: Municipality) -> object:
        return session.scalars(select(Effect.id).where(_is_due(NOW)).limit(1)).first()

    def timers() -> None:
        for timer in TIMERS.values():
            timer(database, NOW - timedelta(days=3000))  # nothing is due: this is what is asked every two seconds

    def lease() -> None:
        with lanes.held(database, f"{masses.town_id}:U{1:032x}", "bench"):
            pass

    return {
        "officer's queue": reading(lambda session, _town: queries.new_work(session, officer(session), 10)),
        "officer's own work": reading(lambda session, _town: queries.my_work(session, officer(session), 10)),
        "due soon": reading(
            lambda session, town: queries.due_soon(session, officer(session), town, NOW + timedelta(days=2), NOW, 10)
        ),
        "my tickets": reading(own),
        "by number": reading(lambda session, town: queries.by_number(session, town, "RS-6911-0000777")),
        "nearby": reading(nearby),
        "dedupe insert": keep,
        "drain of one event": drain,
        "lease": lease,
        "sweep": sweep,
        "effects due": reading(effects),
        "timers": timers,
        "metrics": lambda: stuck.measure(database),
    }


def asked(database: Database, ask: Ask) -> list[tuple[str, object]]:
    """The statements that a question makes, with their parameters."""
    found: list[tuple[str, object]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: object, _context: Any, _many: bool) -> None:
        found.append((statement, parameters))

    listening.listen(database.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        listening.remove(database.engine, "before_cursor_execute", note)
    return found
