"""flask places: official files of areas in, and a measure of how well named places are found."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock, profiles, towns
from bot.cli.truth import opened
from bot.places.examining import examine
from bot.places.gazetteer import Gazetteer, Named
from bot.profiles import ground, official
from models import Area, Category, Municipality, Owner
from models.place import AREA_LEVELS

#: Degrees that a piece may lie beyond the town's outline: about 5 km for the town's own, 300 km for others.
_OWN, _OTHERS = 0.05, 3.0
_OF_THE_TOWN = ("ward", "community", "owner")


@click.group()
def places() -> None:
    """Places of a town: areas, owners, and names."""


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--level", type=click.Choice(AREA_LEVELS), required=True, help="What the file's features are.")
@click.option("--for", "code", metavar="MUNICIPALITY", required=True, help="The town whose map it is.")
@click.option("--source", required=True, help="Whose file it is and of which day.")
@click.option("--confirmed", is_flag=True, help="The town stands by it.")
def import_areas(file: Path, level: str, code: str, source: str, *, confirmed: bool) -> None:
    """Bring areas of one level in from a GeoJSON FILE in WGS 84; features of the same code are replaced.

    Every feature needs the properties code and name_th (name_en besides); with
    --level owner also owner, categories and, for a line, width_m. Nothing is kept
    while anything is wrong.
    """
    if file.stat().st_size > official.MOST_BYTES:
        raise click.ClickException(f"{file}: larger than {official.MOST_BYTES // 1_000_000} MB; simplify it")
    is_owner = level == "owner"
    try:
        features = official.read(file.read_bytes(), may_be_lines=is_owner, may_overlap=is_owner)
    except official.FileRefused as refused:
        raise click.ClickException(f"{file}:\n{refused}") from None
    with opened() as database, database.transaction() as session:
        town = towns.find(session, code)
        if town is None:
            raise click.ClickException(f"no municipality is called {code}")
        problems = _far_off(town, level, features) + (_unfit(session, town, features) if is_owner else [])
        if problems:
            raise click.ClickException(f"{file}:\n" + "\n".join(problems[:20]))
        changed = _keep(session, town, level, features, source, confirmed, clock.now())
    click.echo(f"{code}: {len(features)} areas of level {level}, {changed} of them new or changed")


def _far_off(town: Municipality, level: str, features: list[official.Feature]) -> list[str]:
    if town.outline is None:
        return []
    outline = shapely.geometry.shape(town.outline)
    most = _OWN if level in _OF_THE_TOWN else _OTHERS
    return [
        f"{one.code}: lies far from {town.code}; is this the file of another town, or another country?"
        for one in features
        if outline.distance(shapely.geometry.shape(one.geometry)) > most
    ]


def _unfit(session: Session, town: Municipality, features: list[official.Feature]) -> list[str]:
    owners = set(session.scalars(select(Owner.code).where(Owner.municipality_id == town.id, Owner.is_active)))
    matters = set(session.scalars(select(Category.code).where(Category.municipality_id == town.id)))
    found = ((one.code, ground.unfit(one, owners, matters)) for one in features)
    return [f"{code}: {problem}" for code, problem in found if problem]


def _keep(
    session: Session,
    town: Municipality,
    level: str,
    features: list[official.Feature],
    source: str,
    is_confirmed: bool,
    at: datetime,
) -> int:
    known = {
        area.code: area
        for area in session.scalars(select(Area).where(Area.municipality_id == town.id, Area.level == level))
    }
    changed = 0
    for one in features:
        values: dict[str, Any] = {"name_th": one.name_th, "name_en": one.name_en, "geometry": one.geometry}
        values |= {"source": source[:400], "is_confirmed": is_confirmed}
        if level == "owner":
            said = ground.owned(one)
            values |= {"owner_code": said.owner, "asks": said.asks, "width_m": said.width_m}
            values["categories"] = " ".join(said.categories)
        row = known.get(one.code) or Area(municipality_id=town.id, level=level, code=one.code, imported_at=at)
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.imported_at = at
            session.add(row)
            changed += 1
    return changed


@places.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", default="rangsit", show_default=True, help="The profile whose names are looked for.")
@click.option("--errors", is_flag=True, help="Also every sentence that went wrong.")
def evaluate(file: Path, profile: str, *, errors: bool) -> None:
    """Measure the place finder on FILE: a line is a sentence, a tab, and the codes it names with bars between, or -."""
    marks = examine(gazetteer_of_profile(profile), read_sentences(file))
    click.echo(marks.table())
    if errors:
        for text, expected, offered in marks.slips:
            click.echo(f"{text}\texpected {expected}\toffered {offered}")


def gazetteer_of_profile(name: str) -> Gazetteer:
    """The named places of a profile, as an import would leave them."""
    return Gazetteer(
        Named(
            row.code, row.name_th, row.name_en, row.kind, tuple(row.also.split("|")) if row.also else (),
            row.road, row.number, row.lat, row.lon, row.accuracy_m or 0,
        )
        for row in profiles.load(name).places
    )  # fmt: skip


def read_sentences(file: Path) -> list[tuple[str, frozenset[str]]]:
    """The sentences and what they name; remarks and the line of names are left out."""
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")][1:]
    return [(text, frozenset(codes.split("|")) if codes != "-" else frozenset()) for text, codes in rows]
