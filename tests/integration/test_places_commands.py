"""flask places: official files in with checks, and the place finder's marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import clock, profiles, towns
from bot.cli.places import places
from bot.database import Database
from models import Area

SENTENCES = Path(__file__).parents[1] / "data" / "place_sentences.tsv"


@pytest.fixture
def flask(database: Database, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The commands, on a database that holds Rangsit."""
    monkeypatch.setenv("DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    with database.transaction() as session:
        towns.import_profile(session, profiles.load("rangsit"), clock.now())
    monkeypatch.setattr("bot.cli.places.opened", lambda: _Open(database))
    return CliRunner()


class _Open:
    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Database:
        return self._database

    def __exit__(self, *_: object) -> None:
        return None


def wards(folder: Path, *wests: float, south: float = 13.97) -> str:
    features = []
    for number, west in enumerate(wests, 1):
        east, north = west + 0.01, south + 0.02
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        properties = {"code": f"w{number}", "name_th": f"เขต {number}"}
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    (folder / "wards.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(folder / "wards.geojson")


def test_wards_come_in_once(flask: CliRunner, database: Database, tmp_path: Path) -> None:
    how = ["--level", "ward", "--for", "rangsit", "--source", "the city, 1 November 2569"]
    for expected in ("2 of them new", "0 of them new"):
        done = flask.invoke(places, ["import", wards(tmp_path, 100.61, 100.62), *how])
        assert done.exit_code == 0, done.output
        assert expected in done.output
    with database.reading() as session:
        found = session.query(Area).filter_by(level="ward").order_by(Area.code).all()
        assert [(area.code, area.is_confirmed) for area in found] == [("w1", False), ("w2", False)]


@pytest.mark.parametrize(
    ("wests", "south", "town", "says"),
    [
        ((100.61, 100.615), 13.97, "rangsit", "both would claim"),
        ((102.6,), 17.9, "rangsit", "another country"),
        ((100.61,), 13.97, "nowhere", "no municipality"),
    ],
)
def test_nothing_is_kept_while_anything_is_wrong(
    flask: CliRunner, database: Database, tmp_path: Path, wests: tuple[float, ...], south: float, town: str, says: str
) -> None:
    file = wards(tmp_path, *wests, south=south)
    done = flask.invoke(places, ["import", file, "--level", "ward", "--for", town, "--source", "x"])
    assert done.exit_code == 1
    assert says in done.output
    with database.reading() as session:
        assert session.query(Area).filter_by(level="ward").count() == 0


def test_an_owner_that_the_town_does_not_have_is_refused(flask: CliRunner, tmp_path: Path) -> None:
    file = wards(tmp_path, 100.61)
    done = flask.invoke(places, ["import", file, "--level", "owner", "--for", "rangsit", "--source", "x"])
    assert done.exit_code == 1
    assert "not in owners.tsv" in done.output


def test_the_finder_is_measured_by_one_command() -> None:
    done = CliRunner().invoke(places, ["evaluate", str(SENTENCES), "--errors"])
    assert done.exit_code == 0, done.output
    assert "offers that are right" in done.output
