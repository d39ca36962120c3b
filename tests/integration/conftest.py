"""What the tests of effects share: the engine's effects over the bed of their file, and what they note."""

from __future__ import annotations

import pytest

from bot.effects import Effects
from tests.integration.effects_bed import noting_effects
from tests.integration.engine_bed import Bed


@pytest.fixture
def settled() -> list[str]:
    """What became of media, in order."""
    return []


@pytest.fixture
def effects(bed: Bed, settled: list[str]) -> Effects:
    """The engine's effects, which note in `settled`."""
    return noting_effects(bed, settled)
