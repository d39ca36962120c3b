"""Run the migrations on the database that our settings name."""

from __future__ import annotations

from alembic import context

from bot.config import load
from bot.database import make_engine
from models import Base


def run() -> None:
    """Migrate under one lock, so that two starts at the same moment do it once."""
    url = context.config.attributes.get("url") or load().database_url
    engine = make_engine(url, threads=1, statement_seconds=600)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_lock(7151520)")
                connection.commit()
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=connection.dialect.name == "sqlite",
                compare_type=True,
            )
            with context.begin_transaction():
                context.run_migrations()
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_unlock(7151520)")
            connection.commit()
    finally:
        engine.dispose()


run()
