"""flask nearby evaluate, flask nearby learn: how well places, duplicates and outbreaks are told."""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot import profiles
from bot.cli import nearby_outbreaks, nearby_pairs
from bot.cli.places import gazetteer_of_profile, read_sentences
from bot.places import likeness
from bot.places.examining import examine

REPORTS = "public_reports.csv.gz"


@click.group()
def nearby() -> None:
    """Measure how places, duplicates and outbreaks are told."""


_data = click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@nearby.command()
@_data
@click.option(
    "--sentences",
    type=_file,
    default=Path("tests/data/place_sentences.tsv"),
    show_default=True,
    help="Sentences whose places are known.",
)
@click.option(
    "--pairs",
    type=_file,
    default=Path("tests/data/same_problem_pairs.tsv"),
    show_default=True,
    help="Pairs of reports of DATA that people judged.",
)
@click.option("--town", default="rangsit", show_default=True, help="Profile whose names, kinds and radiuses are used.")
@click.option("--years", default=3, show_default=True, help="Simulated years of reports; 1 is the short form.")
def evaluate(data: Path, sentences: Path, pairs: Path, town: str, years: int) -> None:
    """Print three tables: named places, the same problem (judged pairs of DATA), outbreaks (simulated years)."""
    rows = {row["rid"]: row for row in read_reports(data)}
    radiuses = {one.code: one.radius_m for one in profiles.load(town).categories if one.is_public}
    click.echo(f"Which place is named? (places of {town})")
    click.echo(examine(gazetteer_of_profile(town), read_sentences(sentences)).table())
    click.echo()
    click.echo(nearby_pairs.table(rows, pairs, radiuses))
    click.echo()
    click.echo(nearby_outbreaks.table(radiuses, years))


@nearby.command()
@_data
def learn(data: Path) -> None:
    """Learn from DATA which letters are rare; only counts are kept, in bot/places/rarity.npy."""
    click.echo(likeness.keep(likeness.learn(row["text"] for row in read_reports(data))))


def read_reports(data: Path) -> Iterator[dict[str, str]]:
    """The public reports of the data folder.

    :raises click.ClickException: they are not there.
    """
    path = data / REPORTS
    if not path.is_file():
        raise click.ClickException(f"{path} is missing")
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
