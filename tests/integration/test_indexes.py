"""What is looked up by a key is found by an index on both kinds of database, however few rows there are yet."""

from __future__ import annotations

import pytest
from sqlalchemy import Select, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models import Message, Report, Ticket

LOOKED_UP = {
    "what an author unsends": select(Message.id).where(Message.resident_id == 1, Message.said == "1"),
    "the words of a report": select(Message.text).join(Report, Message.report_id == Report.id).where(Report.id == 1),
    "what was merged into a ticket": select(Ticket.id).where(Ticket.merged_into_id == 1),
    "the copies of reports in other towns": select(Report.id).where(Report.handed_from_id.in_([1, 2])),
}


def read_whole(session: Session, statement: Select[tuple[object]]) -> list[str]:
    """The lines of a statement's plan that read a whole table, where the database may choose."""
    if session.get_bind().dialect.name == "sqlite":
        asked = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in session.execute(text(f"explain query plan {asked}"))]
        return [line for line in plan if line.startswith("SCAN")]
    session.execute(text("set local enable_seqscan = off"))  # so few rows would be read whole
    asked = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return [line for line in session.scalars(text(f"explain {asked}")) if "Seq Scan" in line]


@pytest.mark.parametrize("name", LOOKED_UP)
def test_what_is_looked_up_by_a_key_is_found_by_an_index(session: Session, name: str) -> None:
    assert read_whole(session, LOOKED_UP[name]) == []


def test_a_question_without_an_index_is_noticed(session: Session) -> None:
    assert read_whole(session, select(Ticket.id).where(Ticket.stars == 3))
