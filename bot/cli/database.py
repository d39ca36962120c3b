"""flask migrate: bring the database to the newest schema."""

from __future__ import annotations

import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from bot import database
from bot.config import SettingsWrong, load


@click.command("migrate")
def migrate() -> None:
    """Bring the database to the newest schema. Safe to repeat; what is there stays."""
    try:
        settings = load().check()
    except SettingsWrong as wrong:
        for problem in wrong.problems:
            click.echo(problem, err=True)
        sys.exit(2)
    try:
        database.migrate(settings.database_url)
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or type(error).__name__
        raise click.ClickException(f"the database could not be migrated: {reason}") from None
    click.echo("the schema is the newest", err=True)
