"""A town, its people and their phones: every talk here goes over real webhooks, workers and a strict LINE."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.officer import Role
from tests import whole_way
from tests.phones import PhonePerson
from tests.whole_way import WholeTown


@pytest.fixture
def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WholeTown]:
    """Rangsit the whole way; in the end LINE must have refused nothing."""
    with whole_way.rangsit(database_url, tmp_path, monkeypatch) as town:
        yield town


@pytest.fixture
def nok(town: WholeTown) -> PhonePerson:
    """A resident who wrote nothing yet."""
    return town.person("นก")


@pytest.fixture
def ton(town: WholeTown) -> PhonePerson:
    """Another resident."""
    return town.person("ต้น")


@pytest.fixture
def desk(town: WholeTown) -> PhonePerson:
    """An officer of the complaint desk."""
    return town.officer("ปราณี", "clerk")


@pytest.fixture
def somchai(town: WholeTown) -> PhonePerson:
    """An officer for tap water."""
    return town.officer("สมชาย", "water")


@pytest.fixture
def boss(town: WholeTown) -> PhonePerson:
    """A supervisor."""
    return town.officer("หัวหน้า", "clerk", role=Role.SUPERVISOR)


@pytest.fixture
def malee(town: WholeTown) -> PhonePerson:
    """An administrator."""
    return town.officer("มาลี", "clerk", role=Role.ADMIN)
