"""Residents of Rangsit, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.database import Database
from tests import talking
from tests.talking import Person, Rangsit


@pytest.fixture
def town(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rangsit]:
    """Rangsit with its real profile; time stands still until the test moves it."""
    yield from talking.rangsit(database, monkeypatch)


@pytest.fixture
def nok(town: Rangsit) -> Person:
    """A resident who wrote nothing yet."""
    return town.person("nok")


@pytest.fixture
def ton(town: Rangsit) -> Person:
    """Another resident."""
    return town.person("ton")
