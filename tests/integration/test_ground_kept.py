"""The ground is made once and kept; whether something was imported since is asked without reading the map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.places import ground
from models import Area
from tests import builders
from tests.builders import NOON, Town

CORNERS = [[100.6, 13.9], [100.7, 13.9], [100.7, 14.0], [100.6, 14.0], [100.6, 13.9]]
SQUARE = {"type": "Polygon", "coordinates": [CORNERS]}


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    ground.forget_all()
    yield
    ground.forget_all()


def ward(town: Town, code: str, *, later: int = 0) -> Area:
    area = Area(
        municipality_id=town.row.id, level="ward", code=code, name_th=code, name_en=code, geometry=SQUARE,
        imported_at=NOON + timedelta(minutes=later),
    )  # fmt: skip
    town.session.add(area)
    town.session.flush()
    return area


def names(town: Town) -> set[str]:
    return {piece.name_th for piece in ground.ground_of(town.session).at(13.95, 100.65).within}


def test_it_is_made_anew_when_a_town_or_an_area_came_in_and_not_before(town: Town) -> None:
    first = ward(town, "เขต 1")
    kept = ground.ground_of(town.session)
    assert ground.ground_of(town.session) is kept
    ward(town, "เขต 2")
    assert names(town) == {"เขต 1", "เขต 2"}
    first.name_th, first.imported_at = "เขต 3", NOON + timedelta(minutes=1)
    town.session.flush()
    assert names(town) == {"เขต 2", "เขต 3"}
    town.session.delete(first)  # as a profile does that no longer has it, which is an import of the town
    town.row.imported_at = NOON + timedelta(minutes=2)
    town.session.flush()
    assert names(town) == {"เขต 2"}


def test_asking_for_the_newest_import_reads_the_ends_of_indexes_only(town: Town) -> None:
    for number in range(50):
        ward(town, f"เขต {number}", later=number)
    is_sqlite = town.session.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        town.session.execute(text("set local enable_seqscan = off"))  # so few rows would be read whole
    asked = ground.LAST_IMPORT.compile(town.session.get_bind())
    plan = town.session.execute(text(("explain query plan " if is_sqlite else "explain ") + str(asked)))
    lines = [str(row[-1]) for row in plan]
    read = [line for line in lines if any(table in line for table in ("areas", "municipalities"))]
    assert len(read) == 4, lines
    assert all(line.startswith("SEARCH") or "Index Only Scan" in line for line in read), lines  # SCAN reads it whole
