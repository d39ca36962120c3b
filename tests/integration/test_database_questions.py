"""Questions change nothing, and on PostgreSQL they leave what the connection has learnt."""

from __future__ import annotations

from sqlalchemy import select, text

from bot.database import Database
from models import Municipality
from tests import builders


def test_what_is_changed_beside_a_question_is_not_kept(database: Database) -> None:
    with database.transaction() as session:
        builders.town(session)
    with database.reading() as session:
        town = session.scalars(select(Municipality)).one()
        town.name_th = "เมืองอื่น"
        session.add(Municipality(code="other"))
        assert session.scalars(select(Municipality.name_th)).all() != ["เมืองอื่น"]
    with database.reading() as session:
        assert session.scalars(select(Municipality.name_th)).all() != ["เมืองอื่น"]


def test_a_question_is_no_transaction_whose_end_makes_the_connection_forget(postgresql_url: str) -> None:
    database = Database(postgresql_url, threads=1)
    try:
        for _ in range(8):  # psycopg prepares what is asked more than five times, and forgets it all at a ROLLBACK
            with database.reading() as session:
                session.execute(text("select 42"))
            with database.asking() as connection:
                connection.execute(text("select 43"))
        with database.reading() as session:
            names = session.execute(text("select statement from pg_prepared_statements")).scalars().all()
        assert {"select 42", "select 43"} <= set(names)
    finally:
        database.close()
