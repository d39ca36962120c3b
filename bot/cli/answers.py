"""flask answers: bring the town's answers in, and write them out to be edited."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from bot import clock, profiles, towns
from bot.cli.truth import opened
from models import Municipality


@click.group()
def answers() -> None:
    """The town's answers to questions."""


@answers.command("import")
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_answers(code: str, file: Path) -> None:
    """Let FILE (as `export` writes it) be all the answers of the municipality CODE; refused whole if a row is wrong."""
    with opened() as database, database.transaction() as session:
        town = _town(session, code)
        departments = {row.code for row in town.departments if row.is_active}
        try:
            read = profiles.read_answers(file, departments)
        except profiles.ProfileRefused as refused:
            raise click.ClickException(str(refused)) from None
        changed = towns.import_answers(session, town, read, clock.now())
    left = sum(not answer.is_confirmed for answer in read)
    said = f"{changed} changes" if changed else "nothing changed"
    click.echo(f"{code}: {len(read)} answers, {said}; {left} still to be confirmed by the town")


@answers.command("export")
@click.argument("code")
def export_answers(code: str) -> None:
    """Print the answers of the municipality CODE, tab-separated."""
    with opened() as database, database.reading() as session:
        text = profiles.answers_table(towns.answers_of(session, _town(session, code)))
    click.echo(text, nl=False)


def _town(session: Session, code: str) -> Municipality:
    town = towns.find(session, code)
    if town is None:
        raise click.ClickException(f"no municipality is called {code}")
    return town
