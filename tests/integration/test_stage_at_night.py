"""A demonstration or a story that is begun at night plays in the day: news that can wait does not wait for hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.cli.stage import Stage


@pytest.mark.parametrize(
    ("begun", "plays"),
    [
        ("2026-11-24 14:30", "2026-11-25 02:00"),  # half past nine in the evening: nine in the morning
        ("2026-11-24 20:00", "2026-11-25 02:00"),  # three in the morning
        ("2026-11-24 12:30", "2026-11-25 02:00"),  # half past seven: the night would come into the story
        ("2026-11-24 07:00", "2026-11-24 07:00"),
        ("2026-11-24 00:00", "2026-11-24 00:00"),  # seven in the morning
    ],
)
def test_the_town_of_a_demonstration_is_awake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: str, plays: str
) -> None:
    at = datetime.fromisoformat(begun).replace(tzinfo=UTC)
    monkeypatch.setattr(clock, "real_now", lambda: at)
    with Stage(tmp_path) as stage:
        stage._wake_the_town()
        offset = timedelta(seconds=stage.line.clock()["offset_seconds"])
        assert at + offset == datetime.fromisoformat(plays).replace(tzinfo=UTC)
        assert timedelta(seconds=float((tmp_path / "clock").read_text())) == offset
