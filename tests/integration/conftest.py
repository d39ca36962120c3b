"""What the tests of the engine stand on: its parts in a small town, and its effects, which note what they did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.effects import Effects
from bot.wakeups import Wakeups
from tests.integration.effects_bed import noting_effects
from tests.integration.engine_bed import Bed, an_engine, no_slow_loads


@pytest.fixture
def plain_bed(database_url: str, tmp_path: Path) -> Iterator[Bed]:
    """The parts of a process in a small town on a fresh database, beside a LINE that accepts everything."""
    with an_engine(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def bed(plain_bed: Bed) -> Bed:
    """The plain one, unless a file says which."""
    return plain_bed


@pytest.fixture
def quick_bed(plain_bed: Bed, monkeypatch: pytest.MonkeyPatch) -> Bed:
    """The same for a process that is ready at once: its tests have no use for dictionaries."""
    no_slow_loads(monkeypatch)
    return plain_bed


@pytest.fixture
def queued_bed(quick_bed: Bed, database_url: str) -> Iterator[Bed]:
    """The same with the queue where a town has it: on PostgreSQL beside the database."""
    if not quick_bed.database.is_sqlite:
        quick_bed.parts.wakeups = Wakeups(database_url)
    yield quick_bed
    quick_bed.parts.wakeups.close()


@pytest.fixture
def settled() -> list[str]:
    """What became of media, in order."""
    return []


@pytest.fixture
def effects(bed: Bed, settled: list[str]) -> Effects:
    """The engine's effects, which note in `settled`."""
    return noting_effects(bed, settled)
