"""The stories that the page of phones offers come true, one after the other in one town."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import profiles
from bot.cli import phones
from bot.cli.stage import Stage
from bot.simulator.playing import Player
from bot.simulator.story import parse

STORIES = Path(profiles.__file__).parent / "rangsit" / phones.STORIES


@pytest.mark.long
def test_every_story_of_the_page_comes_true(tmp_path: Path, sqlite_url: str) -> None:
    with Stage(tmp_path / "stage", environ={"DATABASE_URL": sqlite_url}) as stage:
        stage.set_up()
        assert stage.town is not None
        found = phones.stories(STORIES)
        assert {"first-day", "first-report", "tourist", "officer-morning", "reopened", "quota-empty"} <= set(found)
        for name in sorted(found, key=lambda one: one == "quota-empty"):  # the bot asks for room again only hourly
            text = found[name][1]
            kept = {"invitation": stage.run("invite", "rangsit", "--department", "clerk")}
            Player(stage.line, stage.town, kept, patience=30).play(parse(text))
            refused = {one["message"] for one in stage.line.refusals()}
            assert refused <= {"You have reached your monthly limit."}, name  # what the story of the quota is about
        assert stage.run("stuck", "--json") == "[]"


def test_the_page_gets_the_town_s_map_and_stories(tmp_path: Path) -> None:
    drawn = phones.town_map("rangsit")
    kinds = [feature["properties"]["kind"] for feature in drawn["features"]]
    assert kinds[0] == "outline"
    assert {"water", "road", "point"} <= set(kinds)
    (tmp_path / "own.story").write_text("# เรื่องของเรา\nwait 1\n", encoding="utf-8")
    assert phones.stories(tmp_path) == {"own": ("เรื่องของเรา", "# เรื่องของเรา\nwait 1\n")}
