"""The whole system over HTTP: simulator, application in its own process, database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.stage import Stage
from bot.simulator import Town


@pytest.fixture
def stage(empty_database_url: str, tmp_path: Path) -> Iterator[Stage]:
    """Rangsit with its application running, on each kind of database."""
    with Stage(tmp_path / "stage", environ={"DATABASE_URL": empty_database_url}) as made:
        made.set_up()
        yield made
        # Whatever a test did: a strict LINE would have taken every request.
        assert made.line.refusals() == []


@pytest.fixture
def town(stage: Stage) -> Town:
    """The town's official account at the simulator."""
    assert stage.town is not None
    return stage.town
