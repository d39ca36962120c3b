"""The count itself: what is under way, and what waits for something that only comes from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.chaos.reckoning import under_way
from tests.talking import Rangsit


@pytest.fixture
def database_url(database_kind: str, run_folder: Path) -> Iterator[str]:
    """A fresh database that knows Rangsit."""
    with databases.fresh(database_kind, run_folder, with_town=True) as url:
        yield url


def test_news_that_waits_for_the_months_plan_is_counted_once_with_its_message(rangsit: Rangsit) -> None:
    rangsit.officer("desk", "clerk")
    rangsit.line.pushes = "has no quota left"
    rangsit.person("nok").sends("ไฟไหม้บ้าน ช่วยด้วย")
    with rangsit.database.reading() as session:
        left = under_way(session)
    assert (left["messages"], left["waiting for room"], left["news"]) == (0, 1, 0)
