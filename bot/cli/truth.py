"""How a command opens the database, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from bot import clock, config
from bot.database import Database, schema_problem


@contextmanager
def opened() -> Iterator[Database]:
    """The database of the settings, with the newest schema.

    :raises click.ClickException: settings are wrong, the database is away, or its schema is not the newest.
    """
    try:
        settings = config.load().check()
    except config.SettingsWrong as wrong:
        raise click.ClickException(str(wrong)) from None
    clock.use_file(settings.clock_file)
    database = Database(settings.database_url, threads=1)
    try:
        problem = schema_problem(database.engine)
        if problem:
            raise click.ClickException(problem)
        yield database
    except OperationalError as error:
        # The driver's own words name host and reason, never the password.
        raise click.ClickException(f"the database does not answer: {error.orig}") from None
    finally:
        database.close()
