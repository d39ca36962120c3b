"""The whole system over HTTP: simulator, application in its own process, database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.stage import Stage
from bot.simulator import Town


@pytest.fixture
def stage(empty_database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Rangsit with its application running, on each kind of database."""
    with Stage(tmp_path / "stage", environ={"DATABASE_URL": empty_database_url}) as made:
        made.set_up()
        yield made
        # Whatever a test did, a strict LINE takes every request. One exception: a reply that was under way when the
        # plug was pulled is tried again, and "Invalid reply token" is how we learn that it had been taken.
        refused = {refusal["message"] for refusal in made.line.refusals()}
        assert refused <= ({"Invalid reply token"} if "plug" in request.node.name else set())


@pytest.fixture
def town(stage: Stage) -> Town:
    """The town's official account at the simulator."""
    assert stage.town is not None
    return stage.town
