"""flask migrate: bring the database to the newest schema."""

from __future__ import annotations

import click
from sqlalchemy.exc import SQLAlchemyError

from bot import database
from bot.cli.settings import checked


@click.command("migrate")
def migrate() -> None:
    """Bring the database to the newest schema. Safe to repeat; what is there stays."""
    settings = checked()
    try:
        database.migrate(settings.database_url)
    except database.SchemaIsNewer as newer:
        raise click.ClickException(str(newer)) from None
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or type(error).__name__
        raise click.ClickException(f"the database could not be migrated: {reason}") from None
    click.echo("the schema is the newest", err=True)
