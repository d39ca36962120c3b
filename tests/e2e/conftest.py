"""The whole system over HTTP: simulator, application in its own process, database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import clock
from bot.cli.stage import Stage
from bot.simulator import Town
from tests.e2e.stages import ReadyStage


@pytest.fixture
def knows_rangsit() -> bool:
    """The town is there before its phones."""
    return True


@pytest.fixture
def stage(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    """Rangsit with its application running, on each kind of database."""
    monkeypatch.setattr(clock, "_clock_file", None)  # a command in this process follows that of the stage
    environ = {"DATABASE_URL": database_url, "MODEL_URL": f"file:{tmp_path / 'models'}"}
    yield from _opened(ReadyStage(tmp_path / "stage", environ=environ), request.node.name)


@pytest.fixture
def stage_from_nothing(empty_database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The same, made as on a machine without anything: by our commands, each in a process of its own."""
    yield from _opened(Stage(tmp_path / "stage", environ={"DATABASE_URL": empty_database_url}), request.node.name)


def _opened(stage: Stage, test: str) -> Iterator[Stage]:
    with stage:
        stage.set_up()
        yield stage
        # Whatever a test did, a strict LINE takes every request. One exception: a reply that was under way when the
        # plug was pulled is tried again, and "Invalid reply token" is how we learn that it had been taken.
        refused = {refusal["message"] for refusal in stage.line.refusals()}
        assert refused <= ({"Invalid reply token"} if "plug" in test else set())


@pytest.fixture
def town(stage: Stage) -> Town:
    """The town's official account at the simulator."""
    assert stage.town is not None
    return stage.town
