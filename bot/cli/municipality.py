"""flask municipality: bring a town in from its profile, and write it out again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot import clock, profiles, towns
from bot.cli.truth import opened
from bot.profiles.beginning import Begun, begin
from bot.profiles.fields import PHONE
from bot.profiles.sections import MUNICIPALITY_CODE, TICKET_PREFIX


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


def _profile_of(code: str) -> profiles.Profile:
    """What the database holds of a municipality, as a profile."""
    with opened() as database, database.reading() as session:
        town = towns.find(session, code)
        if town is None:
            raise click.ClickException(f"no municipality is called {code}")
        return towns.profile_of(session, town)


@municipality.command("export")
@click.argument("code")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export_municipality(code: str, folder: Path) -> None:
    """Write a municipality as a profile into a new folder, to be edited and imported again."""
    profile = _profile_of(code)
    try:
        profiles.write(profile, folder)
    except OSError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{code}: written to {folder}")


@municipality.command("share")
@click.argument("code")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def share_with_others(code: str, folder: Path) -> None:
    """Write what other towns can use into a new folder: answers, follow-up questions, owners, canned replies."""
    profile = _profile_of(code)
    try:
        written = profiles.share(profile, folder)
    except OSError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{code}: {', '.join(written)} written to {folder}")


def _free(_context: click.Context, _parameter: click.Parameter, folder: Path) -> Path:
    """A folder that holds nothing, told before the first question and not after the last."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise click.BadParameter(f"{folder} is not empty; name a new folder")
    return folder


def _matching(pattern: re.Pattern[str], example: str) -> Callable[[click.Context, click.Parameter, str], str]:
    """What a question takes; anything else is asked again at once."""

    def checked(_context: click.Context, _parameter: click.Parameter, said: str) -> str:
        if not pattern.fullmatch(said):
            raise click.BadParameter(f"{said!r} has the wrong form; write it like {example}")
        return said

    return checked


@municipality.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), callback=_free)
@click.option("--like", default="rangsit", show_default=True, help="The profile whose tables are the beginning.")
@click.option(
    "--code",
    prompt="Code, small letters (stands in addresses)",
    callback=_matching(MUNICIPALITY_CODE, "rangsit"),
)
@click.option("--prefix", prompt="Prefix of ticket numbers, capital letters", callback=_matching(TICKET_PREFIX, "RS"))
@click.option("--name-th", prompt="Name in Thai")
@click.option("--name-en", prompt="Name in English")
@click.option("--word-th", prompt="What it calls itself in a sentence", default="เทศบาล")
@click.option("--word-en", prompt="The same in English", default="the municipality")
@click.option("--address-th", prompt="Address in Thai")
@click.option("--address-en", prompt="Address in English")
@click.option("--phone", prompt="Telephone of the town hall", callback=_matching(PHONE, "02-567-6000"))
@click.option("--lat", prompt="Latitude of the town hall", type=click.FloatRange(-85, 85))
@click.option("--lon", prompt="Longitude of the town hall", type=click.FloatRange(-180, 180))
@click.option("--outline", prompt="GeoJSON file of its limits (empty: a square)", default="", show_default=False)
def new(folder: Path, like: str, outline: str, **said: Any) -> None:
    """Ask for what makes a town and write its profile into a new folder, to be edited and imported."""
    try:
        begun = Begun(
            code=said["code"],
            ticket_prefix=said["prefix"],
            name=profiles.Words(said["name_th"], said["name_en"]),
            town_word=profiles.Words(said["word_th"], said["word_en"]),
            phone=said["phone"],
            address=profiles.Words(said["address_th"], said["address_en"]),
            lat=said["lat"],
            lon=said["lon"],
            outline=_geometry(outline) if outline else None,
        )
        profiles.write(begin(profiles.load(like), begun), folder)
        left = sum(not fact.is_confirmed for _, fact in profiles.load(folder).facts())
    except (profiles.UnknownProfile, profiles.ProfileRefused, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{begun.code}: written to {folder}; {left} facts to be confirmed")
    click.echo(f"Read every file, then: flask municipality import {folder}")


def _geometry(file: str) -> dict[str, Any]:
    """The geometry of the one feature in a file, as towns get it from their surveyors."""
    try:
        document = json.loads(Path(file).read_text(encoding="utf-8-sig"))
        feature = document["features"][0] if document.get("type") == "FeatureCollection" else document
        geometry = feature.get("geometry", feature)
        return {key: geometry[key] for key in ("type", "coordinates")}
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        raise click.ClickException(f"{file}: this is no GeoJSON with one area") from None
