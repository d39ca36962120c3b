"""flask municipality: bring a town in from its profile, and write it out again."""

from __future__ import annotations

from pathlib import Path

import click

from bot import clock, profiles, towns
from bot.cli.truth import opened


@click.group()
def municipality() -> None:
    """Towns as data."""


@municipality.command("import")
@click.argument("profile", metavar="NAME|DIR")
def import_municipality(profile: str) -> None:
    """Create or update a municipality from a profile: one that comes with the project, or a folder."""
    try:
        read = profiles.load(profile)
    except (profiles.UnknownProfile, profiles.ProfileRefused) as refused:
        raise click.ClickException(str(refused)) from None
    with opened() as database, database.transaction() as session:
        try:
            done = towns.import_profile(session, read, clock.now())
        except towns.PrefixTaken as taken:
            raise click.ClickException(str(taken)) from None
        left = len(towns.unconfirmed(session, done.municipality))
        what = "created" if done.is_new else f"{done.changed} changes" if done.changed else "nothing changed"
    click.echo(f"{read.code}: {what}; {left} facts still to be confirmed by the town")


@municipality.command("export")
@click.argument("code")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export_municipality(code: str, folder: Path) -> None:
    """Write a municipality as a profile into a new folder, to be edited and imported again."""
    with opened() as database, database.reading() as session:
        town = towns.find(session, code)
        if town is None:
            raise click.ClickException(f"no municipality is called {code}")
        profile = towns.profile_of(session, town)
    try:
        profiles.write(profile, folder)
    except OSError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{code}: written to {folder}")
