"""What the database goes through is no event's fault: nothing is counted against it, and it is handled later."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from bot import clock
from bot.inbox import drain
from bot.retry import EVENT_DELAYS
from models import InboxEvent
from models.inbox import NEW
from tests.integration.engine_bed import an_engine, event
from tests.integration.test_inbox_draining import Handler, keep, lane


def test_a_full_disk_counts_against_no_event(sqlite_url: str, tmp_path: Path) -> None:
    def writes_more_than_there_is_room_for(session: Session, event: InboxEvent) -> None:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.execute(text("UPDATE inbox_events SET body = zeroblob(10000000)"))

    with an_engine(sqlite_url, tmp_path) as bed:
        keep(bed, event(1))
        with pytest.raises(OperationalError, match="full"):
            drain(bed.database, lane(bed), writes_more_than_there_is_room_for, "w")
        bed.database.engine.dispose()  # the next connection has room again
        assert bed.events()[0].attempts == 0
        assert drain(bed.database, lane(bed), Handler(), "w") == 1


def test_a_row_that_somebody_holds_too_long_counts_against_no_event(postgresql_url: str, tmp_path: Path) -> None:
    def waits_in_vain(session: Session, event: InboxEvent) -> None:
        session.execute(text("SET LOCAL lock_timeout = '50ms'"))
        session.execute(text("UPDATE municipalities SET code = code"))

    with an_engine(postgresql_url, tmp_path) as bed:
        keep(bed, event(1))
        with bed.database.transaction() as holder:
            holder.execute(text("UPDATE municipalities SET code = code"))
            with pytest.raises(OperationalError, match="lock timeout"):
                drain(bed.database, lane(bed), waits_in_vain, "w")
        assert bed.events()[0].attempts == 0
        assert drain(bed.database, lane(bed), waits_in_vain, "w") == 1


def test_a_slow_database_counts_against_no_event_but_one_that_is_slow_for_hours_does(
    postgresql_url: str, tmp_path: Path
) -> None:
    def asks_for_long(session: Session, event: InboxEvent) -> None:
        session.execute(text("SET LOCAL statement_timeout = '50ms'"))
        session.execute(text("SELECT pg_sleep(5)"))

    with an_engine(postgresql_url, tmp_path) as bed:
        keep(bed, event(1))
        for _ in EVENT_DELAYS:
            with pytest.raises(OperationalError, match="statement timeout"):
                drain(bed.database, lane(bed), asks_for_long, "w")
        assert (bed.events()[0].attempts, bed.events()[0].state) == (0, NEW)
        with bed.database.transaction() as session:
            session.execute(update(InboxEvent).values(received_at=clock.real_now() - timedelta(hours=2)))
        drain(bed.database, lane(bed), asks_for_long, "w")
        assert bed.events()[0].attempts == 1, "else its chat would never go on"


def test_a_wrong_question_is_the_events_own_fault(postgresql_url: str, tmp_path: Path) -> None:
    def asks_for_nonsense(session: Session, event: InboxEvent) -> None:
        with pytest.raises(ProgrammingError):
            session.execute(text("select nothing from nowhere"))
        session.execute(text("select 1"))

    with an_engine(postgresql_url, tmp_path) as bed:
        keep(bed, event(1))
        drain(bed.database, lane(bed), asks_for_nonsense, "w")
        assert bed.events()[0].attempts == 1
